"""How a case goes on or ends: result of a recheck (复查结果通知书), closure (结案通知书), joint action
(联合处置告知书)."""

from __future__ import annotations

from services.notify.core.cases import Case
from services.notify.core.letters import words
from services.notify.core.letters.form import Sections, issue, numbered, spoken
from services.notify.core.letters.notice import Letterhead, Notice, NoticeKind
from services.notify.core.policy import Rung
from services.notify.core.recheck import Outcome, Recheck
from services.notify.core.text import Text

_OUTCOMES = {
    Outcome.IMPROVED: Text("经复查，该问题已经改正。", "The matter has been put right."),
    Outcome.NOT_SHOWN: Text(
        "经复查，现有数据不能证明该问题已经改正到位。", "The data do not show that it has been put right."
    ),
    Outcome.WORSE: Text(
        "经复查，该问题未改正，且有所加重。", "It has not been put right, and has become worse."
    ),
}


def write_recheck(case: Case, recheck: Recheck, head: Letterhead, *, follows: Text) -> Notice:
    """What the data say after the deadline, as ``recheck.reason`` has it, and what ``follows`` from it."""
    counted = [seen.workers for seen in (recheck.before, recheck.after) if seen.workers]
    found = words.found(head, case.title)
    paragraphs = (
        Sections(
            Text(f"现将对{found.zh}的复查结果通知如下：", f"This is what the recheck of {found.en} came to.")
        )
        .add(Text("复查情况", "What the data say"), spoken(recheck.reason))
        .add(Text("复查结果", "Result"), [_OUTCOMES[recheck.outcome]])
        .add(Text("后续处理", "What follows"), spoken(follows))
        .add(Text("主要依据", "Grounds"), numbered(cited := head.cited_with_duty(Rung.RECHECK)))
        .add(Text("陈述和申辩", "Your right to be heard"), [words.DEFENCE])
        .end(words.under_policy(head.policy), words.TOTALS_ONLY)
    )
    return issue(NoticeKind.RECHECK, case, head, paragraphs, cited, workers=min(counted, default=0))


def write_closure(case: Case, head: Letterhead, *, reason: Text, workers: int = 0) -> Notice:
    """That the case is closed. ``workers`` are those that the reason counts."""
    found = words.found(head, case.title)
    paragraphs = (
        Sections(Text(f"{found.zh}一案，现予结案。", f"The case of {found.en} is closed."))
        .add(Text("结案理由", "Why"), spoken(reason))
        .add(Text("主要依据", "Grounds"), numbered(cited := head.cited(Rung.RECHECK)))
        .end(_CLOSED, words.sent_by(head))
    )
    return issue(NoticeKind.CLOSURE, case, head, paragraphs, cited, workers=workers)


def write_escalation(case: Case, head: Letterhead, *, reason: Text, workers: int = 0) -> Notice:
    """That the departments now deal with it jointly. ``workers`` are those that the reason counts."""
    found, basis, who = words.found(head, case.title), head.policy.basis, words.in_whose_name(head)
    cited = head.cited_with_duty(Rung.JOINT, Rung.RECTIFICATION)
    together = (
        Text(f"{who.zh}依照各自职责", who.en)
        if head.is_joint
        else Text(f"{who.zh}会同有关部门", f"{who.en} together with the other departments in charge")
    )
    paragraphs = (
        Sections(
            Text(
                f"根据{basis.zh}，{found.zh}尚未改正到位，现由{together.zh}联合处置。现告知如下：",
                f"Under {basis.en}, joint action is taken by {together.en} about {found.en}, which has not "
                "been put right.",
            )
        )
        .add(Text("转入联合处置的理由", "Why"), spoken(reason))
        .add(
            Text("主要依据", "Grounds"),
            numbered(cited := head.cited_with_duty(Rung.JOINT, Rung.RECTIFICATION)),
        )
        .add(Text("后续处理", "What follows"), numbered(_JOINT))
        .add(Text("陈述和申辩", "Your right to be heard"), [words.DEFENCE, _NO_PENALTY])
        .end(words.sent_by(head))
    )
    return issue(NoticeKind.ESCALATION, case, head, paragraphs, cited, workers=workers)


_CLOSED = Text(
    "结案后再次发生同类问题的，重新启动处置。结案不影响劳动者依法主张权利，也不影响有关部门对其他违法行为的查处。",
    "Should it happen again, a new round of the case begins. The closure takes no right from any worker, and "
    "keeps no department from acting on any other violation.",
)
_JOINT = (
    Text(
        "有关部门将依照各自职责调查核实；构成违法的，依法查处。",
        "Each department looks into what is in its charge; what is unlawful is dealt with by law.",
    ),
    Text(
        "联合处置期间，你单位应当继续整改，并随时报告进展；改正到位的，可以申请复查。",
        "You go on putting it right in the meantime and report on it; once it is, you may ask for a recheck.",
    ),
)
_NO_PENALTY = Text(
    "本告知书不是行政处罚决定。拟作出行政处罚的，作出处罚的机关将依法另行告知拟处罚的内容、事实、理由和依据，"
    "以及陈述、申辩、要求听证等权利。",
    "This notice imposes no administrative penalty. Whoever means to impose one will first tell you "
    "separately, as the law demands, its content, facts, reasons and grounds, and your rights to be heard.",
)
