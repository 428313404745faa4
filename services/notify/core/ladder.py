"""What the policy does next for a case, and until when: a function of the case, its figures and a day.

    state               what happens                                         the policy's step
    ─────────────────────────────────────────────────────────────────────────────────────────────────────
    just WARNED         rate above ``summons_workers_per_thousand``          summons proposed
                        ``repeats_to_summons`` warnings in the span          summons proposed
    WARNED              deadline over, no answer                             summons proposed
    ANSWERED            rate above the standard in days after the answer     summons proposed
                        deadline over                                        recheck begins
    RECTIFYING          deadline over                                        recheck begins
    RECHECKING          improved                                             closed
                        not improved, no order in this round                 summons proposed
                        not improved after an order                          escalated
    FAILED_TO_APPEAR    less often than before an escalation                 summons proposed
                        else                                                 escalated

A deadline is a day (Asia/Shanghai); it is over once that day is. No clock is read: the caller says which day
it is, and every moment at which a step became due is in the case's row, so that a restart forgets none.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from kit.working_days import WorkingDays
from services.notify.core import ladder_reasons as reasons
from services.notify.core.cases import Case
from services.notify.core.escalation import WindowCount
from services.notify.core.policy import AtOnce, Ladder, Rate, Rung
from services.notify.core.recheck import Outcome, Recheck
from services.notify.core.text import Text
from services.notify.core.transitions import CaseState, Trigger

_DAY = timedelta(days=1)

DEADLINES = frozenset({CaseState.WARNED, CaseState.ANSWERED, CaseState.RECTIFYING})
"""States whose deadline, once over, is followed by a step of the policy."""

_RUNGS = {
    Trigger.WARNING_SENT: Rung.WARNING,
    Trigger.ANSWERED: Rung.WARNING,
    Trigger.SUMMONS_PROPOSED: Rung.SUMMONS,
    Trigger.SUMMONS_APPROVED: Rung.SUMMONS,
    Trigger.SUMMONS_DECLINED: Rung.SUMMONS,
    Trigger.SUMMONS_SENT: Rung.SUMMONS,
    Trigger.TALK_MOVED: Rung.SUMMONS,
    Trigger.SUMMONS_CANCELLED: Rung.SUMMONS,
    Trigger.TALK_HELD: Rung.SUMMONS,
    Trigger.FAILED_TO_APPEAR: Rung.SUMMONS,
    Trigger.ORDER_ISSUED: Rung.RECTIFICATION,
    Trigger.TIME_EXTENDED: Rung.RECTIFICATION,
    Trigger.DEADLINE_PASSED: Rung.RECHECK,
    Trigger.IMPROVED: Rung.RECHECK,
    Trigger.NOT_IMPROVED: Rung.JOINT,
    Trigger.ESCALATED: Rung.JOINT,
    Trigger.CLOSED: Rung.RECHECK,
}


def rung_of(state: CaseState, trigger: Trigger) -> Rung | None:
    """The rung whose article allows the step from a state; None where none is needed."""
    if trigger is Trigger.SUMMONS_PROPOSED and state is CaseState.ESCALATED:
        return Rung.JOINT
    if trigger is Trigger.TIME_EXTENDED and state is CaseState.WARNED:
        return Rung.WARNING
    return _RUNGS.get(trigger)


@dataclass(frozen=True, slots=True)
class Term:
    """Until when something runs. Days in Asia/Shanghai, the last one included."""

    deadline: date
    extendable_to: date | None = None
    """The last day to which it may be moved; None: it may not."""


@dataclass(frozen=True, slots=True)
class Move:
    """A step that the policy takes, with what it brings."""

    trigger: Trigger
    reason: Text
    workers: int = 0
    """As many workers as the reason counts."""
    deadline: date | None = None
    watched_from: date | None = None
    settled_through: date | None = None


def _moved_at_most(term_end: date, ladder: Ladder, days: WorkingDays) -> Term:
    return Term(term_end, days.after(term_end, ladder.extension_working_days))


def answer_term(ladder: Ladder, days: WorkingDays, letter_day: date) -> Term:
    """Until when a warning of the day is to be answered."""
    return _moved_at_most(days.after(letter_day, ladder.answer_working_days), ladder, days)


def observation_term(ladder: Ladder, after: date) -> Term:
    """Until when the days after an answer, or after a rectification, are observed."""
    return Term(after + ladder.observe_days * _DAY)


def day_after(day: date) -> date:
    """The first day of which the data tell of what was done on ``day``."""
    return day + _DAY


def rectification_term(ladder: Ladder, days: WorkingDays, order_day: date) -> Term:
    """Until when an order of the day is to be carried out, if it names no day of its own."""
    return _moved_at_most(days.after(order_day, ladder.rectify_working_days), ladder, days)


def earliest_talk(ladder: Ladder, days: WorkingDays, summons_day: date) -> date:
    """The first day for which a platform may be summoned."""
    return days.after(summons_day, ladder.summons_notice_working_days)


def after_warning(ladder: Ladder, window: WindowCount | None, warned_on: Collection[date]) -> Move | None:
    """What follows a warning at once. ``window`` has the warning's rate, if it rests on one; ``warned_on``
    are the days of the place's warnings, that one included, but for those of rounds that were withdrawn."""
    severe = ladder.summons_workers_per_thousand
    rate = window.rate_per_thousand if window is not None else None
    if window is not None and severe is not None and rate is not None and rate > severe:
        return Move(Trigger.SUMMONS_PROPOSED, reasons.severe(rate, severe), workers=window.workers)
    if not warned_on:
        return None
    since = max(warned_on) - (ladder.repeat_within_days - 1) * _DAY
    repeats = sum(day >= since for day in warned_on)
    if repeats >= ladder.repeats_to_summons:
        return Move(Trigger.SUMMONS_PROPOSED, reasons.repeated(repeats, ladder.repeat_within_days))
    return None


def at_deadline(case: Case, ladder: Ladder, today: date) -> Move | None:
    """What follows a deadline that is over; None if it is not, or if people have the next step."""
    if case.state not in DEADLINES or case.deadline is None or today <= case.deadline:
        return None
    match case.state:
        case CaseState.WARNED:
            return Move(Trigger.SUMMONS_PROPOSED, reasons.unanswered(case.deadline))
        case CaseState.ANSWERED:
            return Move(Trigger.DEADLINE_PASSED, reasons.observed(case.deadline), deadline=case.deadline)
        case _:
            observed = observation_term(ladder, case.deadline)
            return Move(
                Trigger.DEADLINE_PASSED,
                reasons.rectification_over(case.deadline, observed.deadline),
                deadline=observed.deadline,
                watched_from=case.deadline + _DAY,
            )


def above_again(case: Case, rate: Rate, counts: Collection[WindowCount], until: date) -> Move | None:
    """What follows figures above the standard in days wholly after the answer, and over by ``until``."""
    if case.state is not CaseState.ANSWERED or case.watched_from is None:
        return None
    again = [
        count
        for count in counts
        if count.first >= case.watched_from and count.last <= until and count.exceeds(rate)
    ]
    if not again:
        return None
    first = min(again, key=lambda count: count.last)
    return Move(Trigger.SUMMONS_PROPOSED, reasons.above_again(first, rate), workers=first.workers)


def recheck_windows(case: Case, trigger: AtOnce | Rate) -> tuple[tuple[date, date], tuple[date, date]]:
    """First and last day before and after: the warning's window, and as many days up to the deadline.

    Findings about thresholds have no window: all watched days, and as many before them.
    """
    if case.deadline is None or case.watched_from is None:
        raise ValueError(f"{case.case_id}: {case.state.name} has nothing to recheck")
    if isinstance(trigger, AtOnce) or case.warned_from is None or case.warned_to is None:
        span = case.deadline - case.watched_from
        before = case.watched_from - _DAY
        return (before - span, before), (case.watched_from, case.deadline)
    span = case.warned_to - case.warned_from
    return (case.warned_from, case.warned_to), (case.deadline - span, case.deadline)


def after_recheck(case: Case, recheck: Recheck) -> Move:
    """What a recheck is followed by: the end, the next rung after an answer, the last one after an order."""
    # The reason counts both; the least of them decides who may read it.
    least = min((seen.workers for seen in (recheck.before, recheck.after) if seen.workers), default=0)
    if recheck.outcome is Outcome.IMPROVED:
        return Move(Trigger.IMPROVED, recheck.reason, least, settled_through=case.deadline)
    trigger = Trigger.NOT_IMPROVED if case.ordered else Trigger.SUMMONS_PROPOSED
    return Move(trigger, recheck.reason, least)


def after_absence(case: Case, ladder: Ladder) -> Move:
    """What follows when nobody of the platform appeared."""
    if case.summonses < ladder.summonses_before_escalation:
        return Move(Trigger.SUMMONS_PROPOSED, reasons.summoned_again(case.summonses))
    return Move(Trigger.ESCALATED, reasons.never_appeared(case.summonses))
