"""The warning (警示函): what it says and which clauses it cites. Counts only: nobody is identifiable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from services.notify.core.cases import Case
from services.notify.core.escalation import Decision
from services.notify.core.findings import Place
from services.notify.core.identifiers import stable_id
from services.notify.core.policy import EscalationRule, Policy
from services.notify.core.text import Text

_NUMERALS_ZH = "一二三四五六七八九十"
_INDENT_ZH = "　　"

STANDARDS_NAMED = 20
"""A letter names as many standards of assessment; of more it gives the number, and the case has them all."""


class NoticeKind(IntEnum):
    """The values equal ``quzhong.api.notify.v1.NoticeKind``."""

    WARNING = 1


@dataclass(frozen=True, slots=True)
class Notice:
    """A letter as sent."""

    notice_id: str
    kind: NoticeKind
    case_id: str
    place: Place
    title: Text
    body: Text
    """Paragraphs separated by line feeds."""
    citations: tuple[Text, ...]
    policy_id: str
    policy_version: str
    create_time_ms: int
    workers: int = 0
    """As many workers are counted in the body; 0 if it counts none."""


@dataclass(frozen=True, slots=True)
class Parties:
    """Whom a letter names."""

    platform: Text
    area: Text


def write_warning(
    case: Case,
    decision: Decision,
    policy: Policy,
    rule: EscalationRule,
    *,
    parties: Parties,
    citations: Iterable[Text],
    standards: Iterable[Text] = (),
    earlier: int,
    day: date,
    at_ms: int,
) -> Notice:
    """The warning that ``decision`` calls for.

    ``citations`` are what the findings themselves rest on; ``standards`` are the titles of those about a
    standard of assessment, each of which is named; ``day`` dates the letter (Asia/Shanghai). Its id is a
    function of the case and of how many warnings it got ``earlier``; not of how often it was opened, which
    depends on the order in which findings and their withdrawals arrived.
    """
    notice_id = stable_id("notice", case.case_id, NoticeKind.WARNING.name, earlier)
    # Sorted, so that the order in which findings arrived does not show in the letter.
    grounds = _sorted(without_articles(text, policy, rule) for text in citations)
    cited = tuple(
        [policy.articles[key] for key in rule.articles] + [text for text in grounds if text.zh or text.en]
    )
    named = _sorted(standards)
    return Notice(
        notice_id=notice_id,
        kind=NoticeKind.WARNING,
        case_id=case.case_id,
        place=case.place,
        title=rule.title,
        body=Text(
            _body_zh(notice_id, decision, policy, rule, parties, cited, named, day),
            _body_en(notice_id, decision, policy, rule, parties, cited, named, day),
        ),
        citations=cited,
        policy_id=policy.id,
        policy_version=policy.version,
        create_time_ms=at_ms,
        workers=decision.workers,
    )


def without_articles(citation: Text, policy: Policy, rule: EscalationRule) -> Text:
    """A finding's citation but for the articles that the letter quotes itself, so that each is cited once.

    A citation may name several clauses, ``文件 二.8：…；文件二：…``; what stands before the colon says which.
    """
    quoted = [
        re.compile(rf"{re.escape(document)}\D*{re.escape(key)}(?!\d)")
        for key in rule.articles
        for document in re.findall(r"^[^〔]*〔\d+〕\d+号", policy.articles[key].zh)
    ]

    def rest(text: str, separator: str, colon: str, stop: str) -> str:
        clauses = _clauses(text.removesuffix(stop), separator, colon)
        kept = [
            clause for clause in clauses if not any(head.match(clause.partition(colon)[0]) for head in quoted)
        ]
        return separator.join(kept) + (stop if kept and text.endswith(stop) else "")

    return Text(rest(citation.zh, "；", "：", "。"), rest(citation.en, "; ", ": ", "."))


def _clauses(text: str, separator: str, colon: str) -> Iterator[str]:
    """The clauses of a citation; a part without a colon goes on with the clause before it."""
    clause = ""
    for part in text.split(separator):
        if clause and colon in part:
            yield clause
            clause = part
        else:
            clause = f"{clause}{separator}{part}" if clause else part
    yield clause


def _sorted(texts: Iterable[Text]) -> list[Text]:
    return sorted(set(texts), key=lambda text: (text.zh, text.en))


def _body_zh(
    number: str,
    decision: Decision,
    policy: Policy,
    rule: EscalationRule,
    parties: Parties,
    cited: Sequence[Text],
    standards: Sequence[Text],
    day: date,
) -> str:
    grounds = [f"（{numeral_zh(at)}）{text.zh}" for at, text in enumerate(cited, start=1)]
    named = [f"{at}．{text.zh}。" for at, text in enumerate(standards[:STANDARDS_NAMED], start=1)]
    if more := len(standards) - len(named):
        named.append(f"另有 {more} 项，详见本案。")
    paragraphs = [
        f"根据{policy.basis.zh}，现就你单位在{parties.area.zh}平台用工中存在的“{rule.title.zh}”问题予以警示。",
        "一、存在的问题",
        decision.reason.zh,
        *named,
        "二、主要依据",
        *grounds,
        "三、有关要求",
        rule.demand.zh,
        "你单位对上述数据或者认定有异议的，可以向主管部门提出，并附相关材料；经核实确有错误的，予以更正或者撤销。",
        f"本函依照《{policy.title.zh}》（{policy.version} 版）发出，所列均为汇总数，不含劳动者个人信息。",
    ]
    lines = [f"编号：{number}", f"{parties.platform.zh}：", *(_INDENT_ZH + text for text in paragraphs)]
    return "\n".join([*lines, policy.issuer.zh, f"{day.year}年{day.month}月{day.day}日"])


def _body_en(
    number: str,
    decision: Decision,
    policy: Policy,
    rule: EscalationRule,
    parties: Parties,
    cited: Sequence[Text],
    standards: Sequence[Text],
    day: date,
) -> str:
    named = [f"({at}) {text.en}." for at, text in enumerate(standards[:STANDARDS_NAMED], start=1)]
    if more := len(standards) - len(named):
        named.append(f"And {more} more, which the case lists.")
    lines = [
        f"No. {number}",
        f"To {parties.platform.en}:",
        f"Under {policy.basis.en}, you are hereby warned of “{rule.title.en}” in your platform work in "
        f"{parties.area.en}.",
        "1. What was found",
        decision.reason.en,
        *named,
        "2. Grounds",
        *(f"({at}) {text.en}" for at, text in enumerate(cited, start=1)),
        "3. What is required",
        rule.demand.en,
        "If you dispute these figures or findings, tell the competent authority and enclose what supports "
        "it; what proves wrong will be corrected or withdrawn.",
        f"This letter goes out under “{policy.title.en}”, version {policy.version}. It holds totals only and "
        "nothing about any single worker.",
        policy.issuer.en,
        day.isoformat(),
    ]
    return "\n".join(lines)


def numeral_zh(number: int) -> str:
    """1–99 as a Chinese letter numbers its clauses: 一, 十, 十一, 二十, 二十一."""
    tens, ones = divmod(number, 10)
    head = ("" if tens <= 1 else _NUMERALS_ZH[tens - 1]) + ("十" if tens else "")
    return head + (_NUMERALS_ZH[ones - 1] if ones else "")
