"""A letter as pages, its parts in the order of GB/T 9704—2012, section 10.1: letters (信函格式)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final, Literal

from kit.typesetting import typeset
from services.notify.core.letters import KIND_NAMES, Notice, heading
from services.notify.core.letters.form import read
from services.notify.core.text import Text
from services.notify.documents import Language

TEMPLATES: Final = Path(__file__).parent

LABELS: Final = {
    "seal": Text("（印章）", "(seal)"),
    "page": Text("第 {} 页，共 {} 页", "page {} of {}"),
}
_SECTION_ZH: Final = re.compile("[一二三四五六七八九十]+、[^。；：]{1,20}")
_ENCLOSURE_ZH: Final = "附件："


def letter_pages(
    notice: Notice, language: Language, format: Literal["pdf", "png"] = "pdf", ppi: float = 144.0
) -> list[bytes]:
    """``pdf``: one file; ``png``: one picture a page. Raises as ``kit.typesetting.typeset``."""
    return typeset(
        TEMPLATES / "letter.typ",
        letter_content(notice, language),
        made_ms=notice.create_time_ms,
        format=format,
        ppi=ppi,
    )


def letter_content(notice: Notice, language: Language) -> dict[str, Any]:
    """What the template lays out: strings alone."""
    sheet = read(notice.body)
    number, addressee = sheet.opening or (Text("", ""), Text("", ""))
    *issuers, day = sheet.closing or (Text("", ""),)
    *above, about = language.pick(_broken(heading(notice), issuers)).split("\n")
    kind = language.pick(KIND_NAMES[notice.kind]) if about.endswith(KIND_NAMES[notice.kind].zh) else ""
    return {
        "language": language.tag,
        "senders": [language.pick(issuer) for issuer in issuers],
        "heading": [*above, about.removesuffix(kind)],
        # At the end of a Chinese heading, and not broken.
        "kind": kind,
        "number": language.pick(number),
        "addressee": language.pick(addressee),
        # Both languages have the same lines, and the Chinese ones say which are headings.
        "paragraphs": [
            {"kind": _kind(paragraph), "text": language.pick(paragraph)} for paragraph in sheet.paragraphs
        ],
        "day": language.pick(day),
        "labels": {name: language.pick(text) for name, text in LABELS.items()},
    }


def _broken(whole: Text, issuers: list[Text]) -> Text:
    """The heading, broken after who sends it; several stand in the letterhead, and are not repeated."""
    senders = " ".join(issuer.zh for issuer in issuers)
    about = whole.zh.removeprefix(senders)
    return Text(f"{senders}\n{about}" if len(issuers) == 1 and senders else about, whole.en)


def _kind(paragraph: Text) -> str:
    if _SECTION_ZH.fullmatch(paragraph.zh):
        return "section"
    return "enclosure" if paragraph.zh.startswith(_ENCLOSURE_ZH) else "text"
