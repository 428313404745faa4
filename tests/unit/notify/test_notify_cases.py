"""The state machine of a case: what the table has happens, what it has not cannot."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from services.notify.core.cases import Case, IllegalStepError, Tally, case_id, due, new_case, step
from services.notify.core.findings import Place, Severity
from services.notify.core.text import Text
from services.notify.core.transitions import LIVE, TRANSITIONS, WHO, Actor, CaseState, Trigger, lawful_steps

PLACE = Place("swift", "cn-food-delivery-2025.continuous-work", "130203")
TITLE = Text("连续工作时间超限", "continuous work beyond the limit")
STANDING = Tally(findings=2, workers=2, severity=Severity.BREACH, latest_event_ms=5_000)


def case_in(state: CaseState, tally: Tally = STANDING) -> Case:
    return replace(new_case(PLACE, TITLE), state=state, tally=tally, openings=1, create_time_ms=10)


def take(case: Case, trigger: Trigger) -> Case:
    return step(case, trigger, actor="policy:p@1.0.0", reason=TITLE, at_ms=2_000)[0]


@pytest.mark.parametrize(("state", "trigger"), list(product(CaseState, Trigger)))
def test_only_steps_of_the_table_can_be_taken(state: CaseState, trigger: Trigger) -> None:
    if (state, trigger) in TRANSITIONS:
        assert take(case_in(state), trigger).state is TRANSITIONS[state, trigger]
    else:
        with pytest.raises(IllegalStepError):
            take(case_in(state), trigger)


def test_a_step_records_who_when_why_and_between_which_states() -> None:
    reason = Text("理由", "reason")
    moved, taken = step(
        case_in(CaseState.OPEN), Trigger.WARNING_SENT, actor="policy:p@1.0.0", reason=reason, at_ms=2_000
    )
    assert (taken.actor, taken.time_ms, taken.reason) == ("policy:p@1.0.0", 2_000, reason)
    assert (taken.from_state, taken.to_state) == (CaseState.OPEN, CaseState.WARNED)
    assert (moved.create_time_ms, moved.update_time_ms) == (10, 2_000)


def test_a_first_finding_opens_and_further_ones_only_strengthen() -> None:
    case = replace(new_case(PLACE, TITLE), tally=STANDING)
    assert due(case) is Trigger.FINDING_STANDS
    opened = take(case, Trigger.FINDING_STANDS)
    assert (opened.state, opened.openings) == (CaseState.OPEN, 1)
    assert due(replace(opened, tally=replace(STANDING, findings=40))) is None


@pytest.mark.parametrize("state", [CaseState.OPEN, CaseState.WARNED])
def test_a_case_whose_findings_are_all_withdrawn_is_withdrawn(state: CaseState) -> None:
    assert due(case_in(state, Tally())) is Trigger.ALL_WITHDRAWN


@pytest.mark.parametrize("state", [CaseState.NEW, CaseState.WITHDRAWN])
def test_without_findings_nothing_opens(state: CaseState) -> None:
    assert due(case_in(state, Tally())) is None


def test_a_withdrawn_case_is_opened_anew_under_the_same_name() -> None:
    again = take(case_in(CaseState.WITHDRAWN), Trigger.FINDING_STANDS)
    assert (again.case_id, again.state, again.openings) == (case_id(PLACE), CaseState.OPEN, 2)


def test_the_name_is_a_function_of_platform_rule_area_and_whose_duty_it_is() -> None:
    assert case_id(PLACE) == case_id(Place(*PLACE))
    others = {case_id(PLACE._replace(**{name: "x"})) for name in PLACE._fields}
    assert len(others | {case_id(PLACE)}) == 5
    assert case_id(Place("a", "bc", "d")) != case_id(Place("ab", "c", "d"))


def test_a_case_opened_anew_begins_a_round_of_its_own() -> None:
    closed = replace(
        case_in(CaseState.CLOSED),
        summonses=1,
        ordered=True,
        taken=9,
        watched_from=date(2026, 3, 11),
        warned_from=date(2026, 3, 1),
        warned_to=date(2026, 3, 7),
        settled_through=date(2026, 3, 17),
    )
    again = take(closed, Trigger.FINDING_STANDS)
    assert (again.openings, again.taken, again.summonses, again.ordered) == (2, 1, 0, False)
    assert (again.watched_from, again.warned_from, again.warned_to) == (None, None, None)
    assert again.settled_through == date(2026, 3, 17)
    assert again.counted_from == date(2026, 3, 18)
    assert case_in(CaseState.OPEN).counted_from == date.min


def test_a_step_keeps_what_is_settled_and_watched_unless_it_says_otherwise() -> None:
    answered, _ = step(
        case_in(CaseState.WARNED),
        Trigger.ANSWERED,
        actor="swift",
        reason=TITLE,
        at_ms=2_000,
        deadline=date(2026, 3, 17),
        watched_from=date(2026, 3, 11),
    )
    rechecking = take(answered, Trigger.DEADLINE_PASSED)
    assert (answered.deadline, rechecking.deadline) == (date(2026, 3, 17), None)
    assert rechecking.watched_from == date(2026, 3, 11)
    assert rechecking.step_time_ms == 2_000


def test_what_is_lawful_is_what_the_table_has_for_the_actor() -> None:
    for state, actor in product(CaseState, Actor):
        expected = {trigger for (before, trigger) in TRANSITIONS if before is state and actor in WHO[trigger]}
        assert set(lawful_steps(state, actor)) == expected
    assert lawful_steps(CaseState.WARNED, Actor.PLATFORM) == (Trigger.ANSWERED,)
    assert Trigger.SUMMONS_APPROVED not in lawful_steps(CaseState.SUMMONS_PROPOSED, Actor.DEPARTMENT)


@pytest.mark.parametrize("state", sorted(LIVE))
def test_from_every_live_state_a_case_may_be_withdrawn(state: CaseState) -> None:
    assert take(case_in(state, Tally()), Trigger.ALL_WITHDRAWN).state is CaseState.WITHDRAWN


def test_every_state_is_reached_and_every_trigger_is_used_and_somebody_s() -> None:
    assert set(TRANSITIONS.values()) == set(CaseState) - {CaseState.NEW}
    assert {trigger for _, trigger in TRANSITIONS} == set(Trigger) == set(WHO)
