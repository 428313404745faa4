"""What the policy does next: each line of the table, and the whole of it against a count of days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.holidays import chinese_working_days
from services.notify.adapters.policy_file import load_policy
from services.notify.core import ladder
from services.notify.core.cases import new_case, step
from services.notify.core.escalation import WindowCount
from services.notify.core.findings import Place
from services.notify.core.ladder import Move
from services.notify.core.policy import AtOnce, Ladder, Rate
from services.notify.core.recheck import Observed, Outcome, Recheck
from services.notify.core.text import NO_TEXT, Text
from services.notify.core.transitions import TRANSITIONS, CaseState, Trigger

DAYS = chinese_working_days()
DAY = timedelta(days=1)
MONDAY = date(2026, 3, 9)
POLICY = load_policy()
LADDER = POLICY.ladder
RULE = POLICY.rule_for("cn-food-delivery-2025.continuous-work")
assert RULE is not None
assert isinstance(RULE.trigger, Rate)
RATE = RULE.trigger
CASE = replace(new_case(Place("swift", "r", "130203"), Text("超限", "beyond")), openings=1, create_time_ms=1)


def window(workers: int, active: int, last: date = MONDAY) -> WindowCount:
    return WindowCount(last - 6 * DAY, last, workers, active)


def recheck(outcome: Outcome, last: date = MONDAY) -> Recheck:
    after = Observed(last - 6 * DAY, last, 12, 1_000)
    before = Observed(last - 60 * DAY, last - 54 * DAY, 30, 1_000)
    return Recheck("r", "c", before, after, 0.4, 0.2, 0.7, 0.95, outcome, Text("因", "why"), 1)


def test_terms_are_counted_in_working_days_of_the_chinese_calendar() -> None:
    # 2026: Qingming is off on Monday 6 April.
    assert ladder.answer_term(LADDER, DAYS, date(2026, 4, 1)).deadline == date(2026, 4, 9)
    assert ladder.rectification_term(LADDER, DAYS, date(2026, 3, 20)).deadline == date(2026, 4, 13)
    assert ladder.earliest_talk(LADDER, DAYS, date(2026, 4, 2)) == date(2026, 4, 8)
    term = ladder.answer_term(LADDER, DAYS, MONDAY)
    assert term.extendable_to == DAYS.after(term.deadline, LADDER.extension_working_days)


def test_a_grave_rate_is_followed_by_a_summons_at_once_strictly_above() -> None:
    assert ladder.after_warning(LADDER, window(200, 1_000), [MONDAY]) is None
    move = ladder.after_warning(LADDER, window(201, 1_000), [MONDAY])
    assert move is not None
    assert (move.trigger, move.workers) == (Trigger.SUMMONS_PROPOSED, 201)
    assert "201.0" in move.reason.zh
    never = replace(LADDER, summons_workers_per_thousand=None)
    assert ladder.after_warning(never, window(999, 1_000), [MONDAY]) is None


def test_repeated_warnings_within_the_span_are_followed_by_a_summons() -> None:
    first = MONDAY - (LADDER.repeat_within_days - 1) * DAY
    assert ladder.after_warning(LADDER, None, [first - DAY, MONDAY]) is None
    move = ladder.after_warning(LADDER, None, [first, MONDAY])
    assert move is not None
    assert move.trigger is Trigger.SUMMONS_PROPOSED


@pytest.mark.parametrize(
    ("state", "trigger"),
    [
        (CaseState.WARNED, Trigger.SUMMONS_PROPOSED),
        (CaseState.ANSWERED, Trigger.DEADLINE_PASSED),
        (CaseState.RECTIFYING, Trigger.DEADLINE_PASSED),
    ],
)
def test_a_deadline_is_over_once_its_day_is(state: CaseState, trigger: Trigger) -> None:
    case = replace(CASE, state=state, deadline=MONDAY)
    assert ladder.at_deadline(case, LADDER, MONDAY) is None
    move = ladder.at_deadline(case, LADDER, MONDAY + DAY)
    assert move is not None
    assert move.trigger is trigger
    assert ladder.at_deadline(case, LADDER, MONDAY + 30 * DAY) == move  # whenever it is seen


def test_days_after_a_rectification_are_observed_before_its_recheck() -> None:
    move = ladder.at_deadline(
        replace(CASE, state=CaseState.RECTIFYING, deadline=MONDAY), LADDER, MONDAY + DAY
    )
    assert move is not None
    assert (move.watched_from, move.deadline) == (MONDAY + DAY, MONDAY + LADDER.observe_days * DAY)


@pytest.mark.parametrize("state", sorted(set(CaseState) - ladder.DEADLINES))
def test_where_people_have_the_next_step_the_policy_waits(state: CaseState) -> None:
    assert ladder.at_deadline(replace(CASE, state=state, deadline=MONDAY), LADDER, date(2030, 1, 1)) is None


def test_a_rate_above_the_standard_counts_in_days_wholly_after_the_answer() -> None:
    answered = replace(CASE, state=CaseState.ANSWERED, watched_from=MONDAY)
    last = MONDAY + 6 * DAY
    above, touching = window(10, 1_000, last), window(10, 1_000, last - DAY)
    assert ladder.above_again(answered, RATE, [touching], last) is None
    assert ladder.above_again(answered, RATE, [above], last - DAY) is None  # its last day is not over
    assert ladder.above_again(answered, RATE, [window(5, 1_000, last)], last) is None
    move = ladder.above_again(answered, RATE, [touching, above], last)
    assert move is not None
    assert (move.trigger, move.workers) == (Trigger.SUMMONS_PROPOSED, 10)
    assert ladder.above_again(replace(answered, state=CaseState.WARNED), RATE, [above], last) is None


@pytest.mark.parametrize("outcome", [Outcome.NOT_SHOWN, Outcome.WORSE])
def test_without_improvement_an_order_decides_between_a_summons_and_the_last_rung(outcome: Outcome) -> None:
    case = replace(CASE, state=CaseState.RECHECKING, deadline=MONDAY)
    assert ladder.after_recheck(case, recheck(outcome)).trigger is Trigger.SUMMONS_PROPOSED
    ordered = replace(case, ordered=True)
    move = ladder.after_recheck(ordered, recheck(outcome))
    assert move.trigger is Trigger.NOT_IMPROVED
    assert move.workers == 12  # the least that the reason counts


def test_improvement_settles_the_days_observed() -> None:
    case = replace(CASE, state=CaseState.RECHECKING, deadline=MONDAY, ordered=True)
    move = ladder.after_recheck(case, recheck(Outcome.IMPROVED))
    assert (move.trigger, move.settled_through) == (Trigger.IMPROVED, MONDAY)


def test_windows_of_a_recheck_are_as_long_and_do_not_touch() -> None:
    case = replace(
        CASE,
        state=CaseState.RECHECKING,
        deadline=MONDAY + 14 * DAY,
        watched_from=MONDAY + DAY,
        warned_from=MONDAY - 8 * DAY,
        warned_to=MONDAY - 2 * DAY,
    )
    before, after = ladder.recheck_windows(case, RATE)
    assert before == (MONDAY - 8 * DAY, MONDAY - 2 * DAY)
    assert after == (MONDAY + 8 * DAY, MONDAY + 14 * DAY)
    before, after = ladder.recheck_windows(case, AtOnce(RATE.least_severity))
    assert after == (MONDAY + DAY, MONDAY + 14 * DAY)
    assert before == (MONDAY - 13 * DAY, MONDAY)
    with pytest.raises(ValueError, match="nothing to recheck"):
        ladder.recheck_windows(CASE, RATE)


def test_who_never_appears_is_summoned_so_often_and_then_escalated() -> None:
    once = replace(CASE, state=CaseState.FAILED_TO_APPEAR, summonses=LADDER.summonses_before_escalation - 1)
    assert ladder.after_absence(once, LADDER).trigger is Trigger.SUMMONS_PROPOSED
    often = replace(once, summonses=LADDER.summonses_before_escalation)
    assert ladder.after_absence(often, LADDER).trigger is Trigger.ESCALATED


# The whole ladder, day by day


@dataclass(frozen=True)
class Story:
    """What people do, counted in days from the step before; and what the data say."""

    answers_after: int | None
    decides_after: int
    declines: tuple[bool, ...]
    appears: tuple[bool, ...]
    improves: tuple[bool, ...]


STORIES = st.builds(
    Story,
    answers_after=st.none() | st.integers(1, 25),
    decides_after=st.integers(0, 6),
    declines=st.tuples(*[st.booleans()] * 8),
    appears=st.tuples(*[st.booleans()] * 12),
    improves=st.tuples(*[st.booleans()] * 8),
)
LADDERS = st.builds(
    Ladder,
    answer_working_days=st.integers(1, 10),
    observe_days=st.integers(1, 14),
    summons_notice_working_days=st.integers(1, 5),
    rectify_working_days=st.integers(1, 20),
    extension_working_days=st.just(10),
    summonses_before_escalation=st.integers(1, 4),
    repeat_within_days=st.just(90),
    repeats_to_summons=st.just(2),
    summons_workers_per_thousand=st.none(),
    recheck_confidence=st.just(0.95),
)
SPAN = 120


def by_the_ladder(story: Story, of: Ladder, start: date) -> list[tuple[date, str]]:
    """What ``core.ladder`` makes of it, asked once a day."""
    case = replace(CASE, state=CaseState.OPEN)
    trail: list[tuple[date, str]] = []
    declines, appears, improves = iter(story.declines), iter(story.appears), iter(story.improves)
    since = start

    def take(trigger: Trigger, day: date, term: ladder.Term | None = None, move: Move | None = None) -> None:
        nonlocal case, since
        deadline = term.deadline if term else move.deadline if move else None
        watched = move.watched_from if move else (day + DAY if trigger is Trigger.ANSWERED else None)
        case, _ = step(
            case, trigger, actor="a", reason=NO_TEXT, at_ms=1, deadline=deadline, watched_from=watched
        )
        trail.append((day, trigger.name))
        since = day

    def policy(move: Move | None, day: date) -> None:
        if move is not None:
            take(move.trigger, day, move=move)

    take(Trigger.WARNING_SENT, start, ladder.answer_term(of, DAYS, start))
    for ahead in range(1, SPAN):
        day = start + ahead * DAY
        policy(ladder.at_deadline(case, of, day), day)
        if case.state is CaseState.RECHECKING and case.deadline is not None and day > case.deadline:
            outcome = Outcome.IMPROVED if next(improves, True) else Outcome.NOT_SHOWN
            policy(ladder.after_recheck(case, recheck(outcome)), day)
        waited = (day - since).days
        match case.state:
            case CaseState.WARNED if story.answers_after is not None and waited == story.answers_after:
                take(Trigger.ANSWERED, day, ladder.observation_term(of, day))
            case CaseState.SUMMONS_PROPOSED if waited == story.decides_after:
                if next(declines, False):
                    take(Trigger.SUMMONS_DECLINED, day, ladder.answer_term(of, DAYS, day))
                else:
                    take(Trigger.SUMMONS_APPROVED, day)
                    talk = ladder.earliest_talk(of, DAYS, day)
                    take(Trigger.SUMMONS_SENT, day, ladder.Term(talk))
            case CaseState.SUMMONS_SCHEDULED if day == case.deadline:
                if next(appears, True):
                    take(Trigger.TALK_HELD, day)
                    take(Trigger.ORDER_ISSUED, day, ladder.rectification_term(of, DAYS, day))
                else:
                    take(Trigger.FAILED_TO_APPEAR, day)
                    policy(ladder.after_absence(case, of), day)
    return trail


def by_counting_days(story: Story, of: Ladder, start: date) -> list[tuple[date, str]]:
    """The same told plainly: a state, and counters that go down day by day."""
    trail: list[tuple[date, str]] = [(start, "WARNING_SENT")]
    state, waited, working, calendar = "WARNED", 0, of.answer_working_days, 0
    missed, ordered = 0, False
    declines, appears, improves = iter(story.declines), iter(story.appears), iter(story.improves)

    def told(day: date, *names: str) -> None:
        trail.extend((day, name) for name in names)

    for ahead in range(1, SPAN):
        day, waited = start + ahead * DAY, waited + 1
        over = working == 0 and calendar == 0
        if over and state == "WARNED":
            told(day, "SUMMONS_PROPOSED")
            state, waited = "PROPOSED", 0
        elif over and state in ("ANSWERED", "RECTIFYING"):
            told(day, "DEADLINE_PASSED")
            calendar = of.observe_days if state == "RECTIFYING" else 0
            state, waited = "RECHECKING", 0
            over = calendar == 0
        if state == "RECHECKING" and over:
            if next(improves, True):
                told(day, "IMPROVED")
                state = "CLOSED"
            elif ordered:
                told(day, "NOT_IMPROVED")
                state = "ESCALATED"
            else:
                told(day, "SUMMONS_PROPOSED")
                state = "PROPOSED"
            waited = 0
        # A day that is counted down is over at its end, so the policy looked first.
        working -= working > 0 and DAYS.is_working(day)
        calendar -= calendar > 0
        if state == "WARNED" and waited == story.answers_after:
            told(day, "ANSWERED")
            state, waited, working, calendar = "ANSWERED", 0, 0, of.observe_days
        elif state == "PROPOSED" and waited == story.decides_after:
            if next(declines, False):
                told(day, "SUMMONS_DECLINED")
                state, working = "WARNED", of.answer_working_days
            else:
                told(day, "SUMMONS_APPROVED", "SUMMONS_SENT")
                state, working = "SCHEDULED", of.summons_notice_working_days
            waited = 0
        elif state == "SCHEDULED" and working == 0:
            if next(appears, True):
                told(day, "TALK_HELD", "ORDER_ISSUED")
                state, working, ordered = "RECTIFYING", of.rectify_working_days, True
            elif missed + 1 < of.summonses_before_escalation:
                told(day, "FAILED_TO_APPEAR", "SUMMONS_PROPOSED")
                state, missed = "PROPOSED", missed + 1
            else:
                told(day, "FAILED_TO_APPEAR", "ESCALATED")
                state = "ESCALATED"
            waited = 0
    return trail


@given(STORIES, LADDERS, st.dates(date(2025, 1, 1), date(2026, 6, 30)))
def test_the_ladder_is_what_counting_days_makes_of_it(story: Story, of: Ladder, start: date) -> None:
    assert by_the_ladder(story, of, start) == by_counting_days(story, of, start)


def _policy_moves() -> Iterator[tuple[CaseState, Trigger]]:
    for case in (replace(CASE, state=state, deadline=MONDAY) for state in ladder.DEADLINES):
        move = ladder.at_deadline(case, LADDER, MONDAY + DAY)
        assert move is not None
        yield case.state, move.trigger
    for ordered in (False, True):
        case = replace(CASE, state=CaseState.RECHECKING, deadline=MONDAY, ordered=ordered)
        for outcome in Outcome:
            yield case.state, ladder.after_recheck(case, recheck(outcome)).trigger
    for summonses in range(4):
        absent = replace(CASE, state=CaseState.FAILED_TO_APPEAR, summonses=summonses)
        yield absent.state, ladder.after_absence(absent, LADDER).trigger


def test_the_policy_asks_for_no_step_that_the_table_does_not_have() -> None:
    assert set(_policy_moves()) <= set(TRANSITIONS)
