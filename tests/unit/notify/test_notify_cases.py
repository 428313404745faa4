"""The state machine of a case: what the table has happens, what it has not cannot."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from services.notify.core.cases import (
    TRANSITIONS,
    Case,
    CaseState,
    IllegalStepError,
    Tally,
    Trigger,
    case_id,
    due,
    new_case,
    step,
)
from services.notify.core.findings import Place, Severity
from services.notify.core.text import Text

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
