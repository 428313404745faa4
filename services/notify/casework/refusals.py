"""Refusals that more than one act has."""

from __future__ import annotations

from kit.errors import FailedPreconditionError, NotFoundError
from services.notify.core.case_words import STATES, STEPS
from services.notify.core.cases import Case
from services.notify.core.transitions import Actor, Trigger, lawful_steps


def require_lawful(case: Case, trigger: Trigger, actor: Actor) -> None:
    """Refuse a step that the ladder does not have.

    Raises:
        FailedPreconditionError: ILLEGAL_STEP, with the state, the step and what is lawful now.
    """
    lawful = lawful_steps(case.state, actor)
    if trigger in lawful:
        return
    if actor is Actor.APPROVER:  # whoever approves belongs to a department
        lawful += lawful_steps(case.state, Actor.DEPARTMENT)
    state, step = STATES[case.state], STEPS[trigger]
    zh = "、".join(STEPS[each].zh for each in lawful) or "无"
    en = ", ".join(STEPS[each].en for each in lawful) or "nothing"
    raise FailedPreconditionError(
        f"case_id: {case.case_id} is in state “{state.en}”, which has no step “{step.en}”; you may now: {en}",
        zh=f"case_id：{case.case_id} 当前状态为“{state.zh}”，不能“{step.zh}”；目前可以：{zh}",
        field="case_id",
        reason="ILLEGAL_STEP",
        metadata={
            "state": case.state.name,
            "step": trigger.name,
            "lawful": ",".join(each.name for each in lawful),
        },
    )


def case_not_found(case_id: str) -> NotFoundError:
    """The refusal of a case that does not exist, or is not the caller's to see: in the same words."""
    return NotFoundError(
        f"case_id: no case {case_id[:80]!r} that you may see",
        zh=f"case_id：没有您可以查看的问题线索 {case_id[:80]!r}",
        field="case_id",
        reason="CASE_NOT_FOUND",
    )


def notice_not_found(notice_id: str) -> NotFoundError:
    """The refusal of a notice that does not exist, or is not the caller's to see: in the same words."""
    return NotFoundError(
        f"notice_id: no notice {notice_id[:80]!r} that you may see",
        zh=f"notice_id：没有您可以查看的文书 {notice_id[:80]!r}",
        field="notice_id",
        reason="NOTICE_NOT_FOUND",
    )
