"""The warning (警示函): what was found, on what it rests, what is asked, and by when to answer.

A warning is a reminder and no penalty: 警告 is one (行政处罚法 art. 9), 警示 is not, and the letter says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from services.notify.core.cases import Case
from services.notify.core.escalation import Decision
from services.notify.core.letters import words
from services.notify.core.letters.form import Sections, issue, numbered
from services.notify.core.letters.notice import Letterhead, Notice, NoticeKind, Parties
from services.notify.core.policy import EscalationRule, Policy
from services.notify.core.text import NO_TEXT, Text

STANDARDS_NAMED = 20
"""A letter names as many standards of assessment; of more it gives the number, and the case has them all."""

NO_PENALTY = Text(
    "本函是对存在问题的提醒和警示，不是行政处罚。",
    "This letter is a reminder of what was found, and no administrative penalty.",
)


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
    deadline: date | None = None,
    signed_by: str = "",
    departments: tuple[Text, ...] = (),
) -> Notice:
    """The warning that ``decision`` calls for.

    ``citations`` are what the findings themselves rest on; ``standards`` are the titles of those about a
    standard of assessment, each of which is named; ``day`` dates the letter (Asia/Shanghai); an answer is
    asked for by ``deadline``, if there is one; the policy signs unless ``signed_by`` names another. Its id is
    a function of the case and of how many warnings it got ``earlier``; not of how often it was opened, which
    depends on the order in which findings and their withdrawals arrived.
    """
    head = Letterhead(
        policy, rule, parties, departments, signed_by or policy.actor, NO_TEXT, earlier, day, at_ms
    )
    # Sorted, so that the order in which findings arrived does not show in the letter.
    grounds = _sorted(without_articles(text, policy, rule) for text in citations)
    cited = tuple(dict.fromkeys([*head.cited_with_duty(), *(text for text in grounds if text.zh or text.en)]))
    paragraphs = _paragraphs(head, rule, decision, cited, _named(_sorted(standards)), deadline)
    return issue(
        NoticeKind.WARNING,
        replace(case, title=rule.title),
        head,
        paragraphs,
        cited,
        workers=decision.workers,
        deadline=deadline,
    )


def _paragraphs(
    head: Letterhead,
    rule: EscalationRule,
    decision: Decision,
    cited: tuple[Text, ...],
    named: list[Text],
    deadline: date | None,
) -> list[Text]:
    found, basis = words.found(head, rule.title), head.policy.basis
    asked = [rule.demand] if deadline is None else [rule.demand, _answer_by(deadline)]
    under = words.under_policy(head.policy)
    return (
        Sections(
            Text(
                f"根据{basis.zh}，现就{found.zh}予以警示。",
                f"Under {basis.en}, you are hereby warned of {found.en}.",
            )
        )
        .add(Text("存在的问题", "What was found"), [decision.reason, *named])
        .add(Text("主要依据", "Grounds"), numbered(cited))
        .add(Text("有关要求", "What is required"), asked)
        .add(Text("陈述和申辩", "Your right to be heard"), [words.DEFENCE])
        .end(
            Text(
                f"{NO_PENALTY.zh}{under.zh}{words.TOTALS_ONLY.zh}",
                f"{NO_PENALTY.en} {under.en} {words.TOTALS_ONLY.en}",
            )
        )
    )


def _answer_by(deadline: date) -> Text:
    day = words.until(deadline)
    where = words.where_to_answer(Text("答复", "Hand in the answer"))
    return Text(
        f"请于{day.zh}对本函作出书面答复，写明核查情况、原因、改正措施和完成时限，并附相关材料。{where.zh}"
        "需要延长答复期限的，请在期限届满前说明理由并提出申请；逾期不答复的，将提请约谈。",
        f"Answer this letter {day.en}: what you looked into, the cause, what you mend and by when; enclose "
        f"what supports it. {where.en} Should you need more time, ask for it before that day is over and say "
        "why; without an answer, a summons for talks will be proposed.",
    )


def _named(standards: list[Text]) -> list[Text]:
    named = [
        Text(f"{at}．{text.zh}。", f"({at}) {text.en}.")
        for at, text in enumerate(standards[:STANDARDS_NAMED], start=1)
    ]
    if more := len(standards) - len(named):
        named.append(Text(f"另有 {more} 项，详见本案。", f"And {more} more, which the case lists."))
    return named


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
