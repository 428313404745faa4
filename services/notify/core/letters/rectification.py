"""The order to rectify (限期整改通知书): what is to be done by when.

It lays a duty on whoever gets it, so it says how it may be contested: 行政复议法 (2023) art. 20 (60 days) and
art. 24 (the people's government above the department), 行政诉讼法 art. 46 (six months).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from services.notify.core.cases import Case
from services.notify.core.letters import words
from services.notify.core.letters.form import Sections, day_zh, issue, numbered, one_line, spoken
from services.notify.core.letters.notice import Letterhead, Notice, NoticeKind
from services.notify.core.policy import Rung
from services.notify.core.talks import Commitment
from services.notify.core.text import Text

REMEDIES = Text(
    "认为本通知书侵犯你单位合法权益的，可以自收到之日起六十日内向发文机关的本级人民政府申请行政复议，"
    "也可以自收到之日起六个月内向有管辖权的人民法院提起行政诉讼。",
    "Should you hold that this order infringes your lawful rights, you may apply for administrative "
    "reconsideration to the people's government at the level of whoever issued it within 60 days of "
    "receiving it, or bring an action before the competent people's court within six months.",
)


def write_order(
    case: Case,
    head: Letterhead,
    *,
    measures: str,
    commitments: Sequence[Commitment],
    deadline: date,
    workers: int = 0,
) -> Notice:
    """The order to do ``measures`` by ``deadline``; without any, what the policy demands.

    ``commitments`` are what the platform promised in the talk, if there was one; ``workers`` are those that
    measures and commitments count.
    """
    cited = head.cited_with_duty(Rung.RECTIFICATION)
    found, basis, who = words.found(head, case.title), head.policy.basis, words.in_whose_name(head)
    paragraphs = (
        Sections(
            Text(
                f"根据{basis.zh}，因{found.zh}，{who.zh}要求你单位限期整改。现通知如下：",
                f"Under {basis.en}, you are ordered by {who.en} to rectify {found.en}, as follows.",
            )
        )
        .add(Text("主要依据", "Grounds"), numbered(cited))
        .add(Text("整改要求", "What is to be done"), _measures(head, measures))
        .add(Text("约谈承诺", "What you promised"), numbered(map(_promise, commitments)))
        .add(Text("整改期限", "By when"), _by(deadline))
        .add(Text("陈述、申辩和救济", "Your right to be heard, and remedies"), [words.DEFENCE, REMEDIES])
        .end(words.sent_by(head))
    )
    return issue(NoticeKind.RECTIFICATION, case, head, paragraphs, cited, workers=workers, deadline=deadline)


def _measures(head: Letterhead, measures: str) -> Sequence[Text]:
    ordered = spoken(Text(measures, measures))
    if ordered or head.rule is None:
        return ordered or [_STOP]
    return spoken(head.rule.demand)


def _promise(commitment: Commitment) -> Text:
    said = one_line(Text(commitment.text, commitment.text)).zh.rstrip("。；，.;, ")
    if commitment.due is None:
        return Text(f"{said}。", f"{said}.")
    return Text(f"{said}，于{day_zh(commitment.due)}前完成。", f"{said}, by {commitment.due.isoformat()}.")


def _by(deadline: date) -> list[Text]:
    day = words.until(deadline)
    where = words.where_to_answer(Text("整改情况报告", "Hand in the report"))
    return [
        Text(
            f"请于{day.zh}完成整改，并书面报告整改情况。{where.zh}",
            f"Rectify {day.en}, and report in writing on what was done. {where.en}",
        ),
        Text(
            "确需延长期限的，请在期限届满前说明理由并提出申请。期限届满后，将依据你单位报送的数据进行复查；"
            "经复查未改正到位的，转入联合处置。",
            "Should you need more time, ask for it before that day is over and say why. Afterwards the "
            "matter is rechecked from the data that you hand in; what is not put right by then is dealt with "
            "jointly.",
        ),
    ]


_STOP = Text(
    "立即停止上述行为，查明原因，采取措施予以改正。", "Stop at once, find the cause, and put it right."
)
