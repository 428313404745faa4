"""The minutes of a talk (约谈纪要) as pages; or the record that nobody of the platform came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal

from kit.typesetting import typeset
from services.notify.core.letters import Parties
from services.notify.core.letters.form import day_zh, one_line, spoken
from services.notify.core.letters.summons import moment
from services.notify.core.talks import Commitment, Talk, TalkState
from services.notify.core.text import Text
from services.notify.documents import Language
from services.notify.documents.letter import LABELS, TEMPLATES

_RECORDED: Final = (TalkState.HELD, TalkState.FAILED_TO_APPEAR)

_LABELS: Final = {
    **LABELS,
    "held": Text("约谈纪要", "Minutes of a talk"),
    "failed": Text("约谈未到场记录", "Record of a failure to appear"),
    "number": Text("编号：", "No. "),
    "at_number": Text("序号", "No."),
    "subject": Text("约谈事由", "About"),
    "platform": Text("被约谈单位", "Summoned"),
    "departments": Text("约谈机关", "Summoned by"),
    "when": Text("约谈时间", "When"),
    "where": Text("约谈地点", "Where"),
    "attendees": Text("要求参加人员", "Asked to come"),
    "approved": Text("批准人", "Approved by"),
    "said": Text("约谈情况", "What was said"),
    "promised": Text("被约谈单位承诺事项", "What was promised"),
    "what": Text("承诺事项", "Commitment"),
    "due": Text("完成日期", "Due"),
    "no_day": Text("未定", "not set"),
    "no_promises": Text("无。", "None."),
    "nothing_said": Text("未作记录。", "Nothing was recorded."),
    "nobody_came": Text(
        "被约谈单位未派人到场。", "Nobody came on the part of the platform that was summoned."
    ),
    "checked": Text(
        "以上内容经双方核对无误。如有更正，请在更正处签名。",
        "Both sides have checked the above. Whoever corrects it signs beside the correction.",
    ),
    "by_departments": Text("约谈机关（签字或者盖章）", "For the summoning side (signature)"),
    "by_platform": Text("被约谈单位（签字或者盖章）", "For the platform (signature)"),
    "keeper": Text("记录人（签字）", "Keeper of the minutes (signature)"),
    "day": Text("　　年　　月　　日", "Date: ____________"),
}


def minutes_pages(
    talk: Talk,
    subject: Text,
    parties: Parties,
    departments: Sequence[Text],
    approved_by: Text,
    language: Language,
    format: Literal["pdf", "png"] = "pdf",
    ppi: float = 144.0,
) -> list[bytes]:
    """``pdf``: one file; ``png``: one picture a page. Raises as ``render_minutes``."""
    content = minutes_content(talk, subject, parties, departments, approved_by, language)
    return typeset(TEMPLATES / "minutes.typ", content, made_ms=talk.end_ms, format=format, ppi=ppi)


def minutes_content(
    talk: Talk,
    subject: Text,
    parties: Parties,
    departments: Sequence[Text],
    approved_by: Text,
    language: Language,
) -> dict[str, Any]:
    """What the template lays out: strings alone."""
    if talk.state not in _RECORDED:
        raise ValueError(f"{talk.talk_id}: a talk that is {talk.state.name} has no minutes")

    def say(text: Text) -> str:
        return language.pick(one_line(text))

    held = talk.state is TalkState.HELD
    labels = {name: language.pick(text) for name, text in _LABELS.items()}
    said = [language.pick(paragraph) for paragraph in spoken(Text(talk.minutes, talk.minutes))]
    between = "、" if language is Language.ZH_CN else "; "
    facts = [
        (labels["subject"], say(subject)),
        (labels["platform"], say(parties.platform)),
        (labels["departments"], between.join(map(say, departments))),
        (labels["when"], language.pick(moment(talk))),
        (labels["where"], say(Text(talk.place, talk.place))),
        (labels["attendees"], say(Text(talk.attendees, talk.attendees))),
        (labels["approved"], say(approved_by)),
    ]
    return {
        "language": language.tag,
        "title": labels["held" if held else "failed"],
        "number": labels["number"] + talk.talk_id,
        "facts": [[name, value] for name, value in facts if value],
        "held": held,
        "said": ([] if held else [labels["nobody_came"]])
        + (said or ([labels["nothing_said"]] if held else [])),
        "promised": [_promise(commitment, language, labels["no_day"]) for commitment in talk.commitments],
        "labels": labels,
    }


def _promise(commitment: Commitment, language: Language, no_day: str) -> list[str]:
    words = language.pick(one_line(Text(commitment.text, commitment.text)))
    if commitment.due is None:
        return [words, no_day]
    return [words, language.pick(Text(day_zh(commitment.due), commitment.due.isoformat()))]
