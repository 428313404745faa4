"""The form that every letter has, and the way back from a body to its parts.

    编号：notice-…                         No. notice-…
    迅达外卖：                             To Swift Delivery:
    根据……                             Under …
    一、存在的问题                     1. What was found
    （一）……                           (1) …
    唐山市人力资源和社会保障局             Tangshan Human Resources …          as many as sign
    2026年3月16日                          2026-03-16

Chinese paragraphs are indented by two full-width spaces, and nothing else is: so whatever a person wrote
into a letter cannot pass for its number, its addressee or its signature. Both languages have the same lines
in the same places, and the indents of the Chinese ones tell the parts of both.

The order of parts follows 党政机关公文格式 (GB/T 9704—2012) for a letter; our number stands where the
document number (发文字号) does, which an office draws from its own register.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from services.notify.core.cases import Case
from services.notify.core.identifiers import stable_id
from services.notify.core.letters.notice import Letterhead, Notice, NoticeKind
from services.notify.core.text import Text

INDENT_ZH = "　　"

_NUMERALS_ZH = "一二三四五六七八九十"
_WEEKDAYS_ZH = "一二三四五六日"
_TURNS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})

KIND_NAMES: dict[NoticeKind, Text] = {
    NoticeKind.WARNING: Text("警示函", "Warning"),
    NoticeKind.SUMMONS: Text("约谈通知书", "Summons for talks"),
    NoticeKind.SUMMONS_CANCELLED: Text("取消约谈通知书", "Cancellation of a summons for talks"),
    NoticeKind.RECTIFICATION: Text("限期整改通知书", "Order to rectify"),
    NoticeKind.RECHECK: Text("复查结果通知书", "Result of a recheck"),
    NoticeKind.CLOSURE: Text("结案通知书", "Closure of a case"),
    NoticeKind.COMMENDATION: Text("表扬通报", "Commendation"),
    NoticeKind.ESCALATION: Text("联合处置告知书", "Notice of joint action"),
}
"""What each kind is called on paper."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A body, taken apart."""

    opening: tuple[Text, ...]
    """The number, then the addressee."""
    paragraphs: tuple[Text, ...]
    """Without indents."""
    closing: tuple[Text, ...]
    """Who signs, then the date."""


def write(
    number: str, addressee: Text, paragraphs: Iterable[Text], issuers: Sequence[Text], day: date
) -> Text:
    """The body of a letter."""
    name = one_line(addressee)
    opening = [Text(f"编号：{number}", f"No. {number}"), Text(f"{name.zh}：", f"To {name.en}:")]
    middle = [line for paragraph in paragraphs for line in spoken(paragraph)]
    closing = [*map(one_line, issuers), Text(day_zh(day), day.isoformat())]
    return Text(
        "\n".join(
            [
                *(line.zh for line in opening),
                *(INDENT_ZH + line.zh for line in middle),
                *(line.zh for line in closing),
            ]
        ),
        "\n".join(line.en for line in [*opening, *middle, *closing]),
    )


def read(body: Text) -> Sheet:
    """The parts of a body that ``write`` made; of any other text, all of it is paragraphs."""
    lines_zh, lines_en = body.zh.split("\n"), body.en.split("\n")
    indented = [at for at, line in enumerate(lines_zh) if line.startswith(INDENT_ZH)]
    if not indented or len(lines_zh) != len(lines_en):
        return Sheet((), spoken(body), ())
    lines = [Text(zh.removeprefix(INDENT_ZH), en) for zh, en in zip(lines_zh, lines_en, strict=True)]
    first, last = indented[0], indented[-1] + 1
    return Sheet(tuple(lines[:first]), tuple(lines[first:last]), tuple(lines[last:]))


def issue(
    kind: NoticeKind,
    case: Case,
    head: Letterhead,
    paragraphs: Iterable[Text],
    cited: Sequence[Text],
    *,
    workers: int = 0,
    deadline: date | None = None,
    talk_id: str = "",
) -> Notice:
    """A letter in a case. Its number is a function of the case, the kind and how many of it there were."""
    notice_id = stable_id("notice", case.case_id, kind.name, head.earlier)
    return Notice(
        notice_id=notice_id,
        kind=kind,
        case_id=case.case_id,
        place=case.place,
        title=case.title,
        body=write(notice_id, head.parties.platform, paragraphs, head.issuers, head.day),
        citations=tuple(cited),
        policy_id=head.policy.id,
        policy_version=head.policy.version,
        create_time_ms=head.at_ms,
        workers=workers,
        signed_by=head.signed_by,
        deadline=deadline,
        talk_id=talk_id,
    )


def heading(notice: Notice) -> Text:
    """The heading (标题): who sends it, what about, which kind."""
    issuers = read(notice.body).closing[:-1]
    about, kind = notice.title, KIND_NAMES[notice.kind]
    senders = " ".join(issuer.zh for issuer in issuers)
    if notice.kind is NoticeKind.COMMENDATION:
        return Text(f"{senders}关于{about.zh}的通报", f"{kind.en}: {about.en}")
    matter = about.zh.removesuffix("问题")
    if notice.kind is NoticeKind.SUMMONS_CANCELLED:
        return Text(f"{senders}关于取消{matter}问题约谈的通知", f"{kind.en}: {about.en}")
    return Text(f"{senders}关于{matter}问题的{kind.zh}", f"{kind.en}: {about.en}")


def numbered(texts: Iterable[Text]) -> list[Text]:
    """（一）…（二）…, as the second level of a Chinese letter is numbered."""
    return [
        Text(f"（{numeral_zh(at)}）{text.zh}", f"({at}) {text.en}") for at, text in enumerate(texts, start=1)
    ]


class Sections:
    """The paragraphs of a letter under numbered headings: 一、… 二、…"""

    def __init__(self, *before: Text) -> None:
        """``before``: what stands before the first heading."""
        self._paragraphs = [*before]
        self._count = 0

    def add(self, title: Text, paragraphs: Iterable[Text]) -> Sections:
        """One more section; one without a paragraph is left out."""
        if found := list(paragraphs):
            self._count += 1
            number = self._count
            self._paragraphs.append(Text(f"{numeral_zh(number)}、{title.zh}", f"{number}. {title.en}"))
            self._paragraphs += found
        return self

    def end(self, *paragraphs: Text) -> list[Text]:
        """All of it, with what belongs to no section at its end."""
        return [*self._paragraphs, *paragraphs]


def spoken(text: Text) -> tuple[Text, ...]:
    """What a person wrote, as paragraphs: one a line, none empty.

    Where only one language has words, the other takes them; where the languages have different numbers of
    lines, all of it is one paragraph.
    """
    lines_zh, lines_en = _lines(text.zh or text.en), _lines(text.en or text.zh)
    if not lines_zh or not lines_en:
        lines_zh = lines_en = lines_zh or lines_en
    if len(lines_zh) != len(lines_en):
        return (Text("".join(lines_zh), " ".join(lines_en)),)
    return tuple(Text(zh, en) for zh, en in zip(lines_zh, lines_en, strict=True))


def one_line(text: Text) -> Text:
    """A name as it stands in a line; one that is known in one language only stands so in both."""
    zh, en = " ".join(_lines(text.zh)), " ".join(_lines(text.en))
    return Text(zh or en, en or zh)


def _lines(text: str) -> list[str]:
    shown = ("".join(c for c in line if _is_shown(c)) for line in text.splitlines())
    return [words for line in shown if (words := " ".join(line.split()))]


def _is_shown(letter: str) -> bool:
    """Not so: control characters, halves of a pair, and marks that turn the order of reading."""
    if letter == "\t":
        return True  # a space, as soon as words are parted
    turns = unicodedata.bidirectional(letter) in _TURNS
    return not turns and unicodedata.category(letter) not in ("Cc", "Cs")


def numeral_zh(number: int) -> str:
    """1–99 as a Chinese letter numbers its clauses: 一, 十, 十一, 二十, 二十一."""
    tens, ones = divmod(number, 10)
    head = ("" if tens <= 1 else _NUMERALS_ZH[tens - 1]) + ("十" if tens else "")
    return head + (_NUMERALS_ZH[ones - 1] if ones else "")


def day_zh(day: date) -> str:
    """2026年3月16日, without leading zeros (GB/T 9704—2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def weekday_zh(day: date) -> str:
    """星期一."""
    return f"星期{_WEEKDAYS_ZH[day.weekday()]}"
