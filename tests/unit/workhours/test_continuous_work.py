"""4 h of continuous work, edge by edge, with the shipped parameters."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from services.workhours.core.families.continuous_work import Params
from services.workhours.core.judgements import NOT_REACHED, Deadlines
from services.workhours.core.verdict import Severity
from services.workhours.core.work_events import DispatchKind
from tests.unit.workhours.shifts import (
    MINUTE,
    Row,
    accepted,
    at,
    columns,
    completed,
    judge,
    judged,
    orders,
    picked_up,
    severities,
)


def deadlines(rows: Iterable[Row], params: Params, now: str) -> Deadlines:
    return judge(columns(rows), params, at(now))[0].deadlines


# --- tiers ----------------------------------------------------------------------------------------------


def test_less_than_the_prompt_is_no_judgement(worked: Params) -> None:
    assert len(judged(orders(("08:00", "11:29:59.999")), worked)) == 0


def test_prompt_is_due_thirty_minutes_before_the_limit(worked: Params) -> None:
    found = judged(orders(("08:00", "11:30")), worked)
    assert severities(found) == [Severity.PROMPT]
    assert found.prompt_at.tolist() == [at("11:30")]
    assert found.limit_at.tolist() == found.breach_at.tolist() == [NOT_REACHED]


def test_exactly_4_h_reaches_the_limit_and_is_no_breach(worked: Params) -> None:
    found = judged(orders(("08:00", "12:00")), worked)
    assert severities(found) == [Severity.LIMIT_REACHED]
    assert found.limit_at.tolist() == [at("12:00")]
    assert found.breach_at.tolist() == found.no_push_until.tolist() == [NOT_REACHED]


def test_one_millisecond_past_4_h_is_a_breach(worked: Params) -> None:
    found = judged(orders(("08:00", "12:00:00.001")), worked)
    assert severities(found) == [Severity.BREACH]
    assert found.limit_at.tolist() == found.breach_at.tolist() == [at("12:00")]


def test_moments_fall_inside_the_interval_that_crosses_when_gaps_are_not_counted(
    worked: Params,
) -> None:
    found = judged(orders(("08:00", "10:00"), ("10:10", "12:30")), worked)
    assert found.worked.tolist() == [260 * MINUTE]
    assert found.elapsed.tolist() == [270 * MINUTE]
    assert found.prompt_at.tolist() == [at("11:40")]
    assert found.limit_at.tolist() == [at("12:10")]


def test_limit_standing_in_a_short_gap_is_breached_by_the_next_order(worked: Params) -> None:
    found = judged(orders(("08:00", "12:00"), ("12:10", "12:15"), platform=3, area=7), worked)
    assert found.limit_at.tolist() == [at("12:00")]
    assert found.breach_at.tolist() == [at("12:10")]


def test_elapsed_counts_short_gaps(worked: Params, elapsed: Params) -> None:
    rows = orders(("08:00", "09:50"), ("10:00", "12:05"))
    assert severities(judged(rows, worked)) == [Severity.PROMPT]
    found = judged(rows, elapsed)
    assert severities(found) == [Severity.BREACH]
    assert found.measured.tolist() == [245 * MINUTE]
    assert found.limit_at.tolist() == [at("12:00")]


def test_elapsed_limit_inside_a_gap_is_reached_when_the_next_order_starts(
    elapsed: Params,
) -> None:
    found = judged(orders(("08:00", "11:55"), ("12:05", "12:10")), elapsed)
    assert found.limit_at.tolist() == found.breach_at.tolist() == [at("12:05")]


# --- what ends a spell ----------------------------------------------------------------------------------


@pytest.mark.parametrize("measure", ["worked", "elapsed"])
def test_gap_of_exactly_20_minutes_resets(measure: str, request: pytest.FixtureRequest) -> None:
    params: Params = request.getfixturevalue(measure)
    assert len(judged(orders(("08:00", "10:00"), ("10:20", "12:30")), params)) == 0


@pytest.mark.parametrize("measure", ["worked", "elapsed"])
def test_gap_one_millisecond_short_of_20_minutes_does_not_reset(
    measure: str, request: pytest.FixtureRequest
) -> None:
    params: Params = request.getfixturevalue(measure)
    found = judged(orders(("08:00", "10:00"), ("10:19:59.999", "12:30")), params)
    assert severities(found) == [Severity.BREACH]


def test_each_spell_of_a_day_is_judged_by_itself(worked: Params) -> None:
    found = judged(orders(("06:00", "10:30"), ("11:00", "12:00"), ("13:00", "17:00")), worked)
    assert found.spell_start.tolist() == [at("06:00"), at("13:00")]
    assert severities(found) == [Severity.BREACH, Severity.LIMIT_REACHED]


def test_order_cancelled_in_the_instant_it_was_accepted_breaks_no_rest(worked: Params) -> None:
    assert len(judged(orders(("08:00", "10:00"), ("10:10", "10:10"), ("10:20", "12:30")), worked)) == 0


# --- several orders, several platforms ------------------------------------------------------------------


def test_simultaneous_orders_count_once(worked: Params) -> None:
    rows = orders(("08:00", "10:00"), ("08:30", "09:30"), ("09:00", "11:40"))
    found = judged(rows, worked)
    assert found.worked.tolist() == [220 * MINUTE]
    assert found.trace.of(0) == [(at("08:00"), at("11:40"), 220 * MINUTE)]


def test_two_platforms_that_each_see_less_than_4_h_make_a_breach_together(
    worked: Params,
) -> None:
    first = orders(("08:00", "10:15"), platform=1, area=11)
    second = orders(("10:20", "12:40"), platform=2, area=22)
    assert len(judged(first, worked)) == len(judged(second, worked)) == 0
    found = judged(first + second, worked)
    assert found.worked.tolist() == [275 * MINUTE]
    assert found.platforms == [[1, 2]]
    assert found.crossing_platform == [2]
    assert found.crossing_area == [22]


def test_overlapping_orders_of_two_platforms_count_once(worked: Params) -> None:
    rows = orders(("08:00", "11:00"), platform=1) + orders(("09:00", "12:00"), platform=2)
    found = judged(rows, worked)
    assert severities(found) == [Severity.LIMIT_REACHED]
    assert found.worked.tolist() == [240 * MINUTE]


def test_of_several_orders_in_hand_the_one_accepted_last_is_named(worked: Params) -> None:
    rows = orders(("08:00", "12:30"), platform=1, area=11) + orders(("11:50", "12:10"), platform=2, area=22)
    found = judged(rows, worked)
    assert found.crossing_platform == [2]
    assert found.crossing_area == [22]


def test_order_completed_at_the_crossing_is_not_named_for_the_breach(worked: Params) -> None:
    rows = orders(("08:00", "12:30"), platform=1) + orders(("11:50", "12:00"), platform=2)
    assert judged(rows, worked).crossing_platform == [1]


def test_workers_do_not_add_up(worked: Params) -> None:
    rows = orders(("08:00", "11:00"), worker=1) + orders(("11:00", "14:00"), worker=2)
    assert len(judged(rows, worked)) == 0


def test_order_handed_to_another_worker_counts_for_each_their_part(worked: Params) -> None:
    rows = [
        accepted("08:00", worker=1),
        Row(1, 0, 0, DispatchKind.CANCELLED, at("11:45")),
        accepted("11:45", worker=2),
        completed("12:30", worker=2),
    ]
    found = judged(rows, worked)
    assert found.worker.tolist() == [1]
    assert found.worked.tolist() == [225 * MINUTE]


# --- open spells, the wait after a breach, deadlines ----------------------------------------------------


def test_spell_stays_open_until_the_reset_gap_has_passed(worked: Params) -> None:
    rows = orders(("08:00", "11:45"))
    assert judged(rows, worked, now="12:04").open.tolist() == [True]
    assert judged(rows, worked, now="12:05").open.tolist() == [False]


def test_no_push_runs_20_minutes_from_the_completion_of_the_order_in_hand(
    worked: Params,
) -> None:
    found = judged(orders(("08:00", "12:01")), worked)
    assert found.no_push_from.tolist() == [at("12:01")]
    assert found.no_push_until.tolist() == [at("12:21")]


def test_a_further_order_starts_the_wait_anew(worked: Params) -> None:
    found = judged(orders(("08:00", "12:01"), ("12:15", "12:40")), worked)
    assert found.no_push_from.tolist() == [at("12:40")]
    assert found.no_push_until.tolist() == [at("13:00")]


def test_wait_has_not_begun_while_an_order_is_in_hand(worked: Params) -> None:
    found = judged([*orders(("08:00", "11:00")), accepted("11:00", order=9)], worked, now="12:30")
    assert severities(found) == [Severity.BREACH]
    assert found.no_push_from.tolist() == found.no_push_until.tolist() == [NOT_REACHED]


@pytest.mark.parametrize(
    ("now", "next_moment"),
    [("11:00", at("11:30")), ("11:30", at("12:00")), ("12:00", at("12:00:00.001"))],
)
def test_deadline_is_the_next_tier_of_an_order_in_hand(worked: Params, now: str, next_moment: int) -> None:
    rows = [*orders(("08:00", "10:30")), accepted("10:30", order=9)]
    assert deadlines(rows, worked, now).at.tolist() == [next_moment]


def test_order_accepted_at_the_watermark_itself_has_its_deadline(worked: Params, elapsed: Params) -> None:
    rows = [*orders(("08:00", "11:25")), accepted("11:35", order=9)]
    assert deadlines(rows, worked, "11:35").at.tolist() == [at("11:40")]
    # Elapsed is already past the prompt's 3 h 30: one instant of this order makes it so.
    assert deadlines(rows, elapsed, "11:35").at.tolist() == [at("11:35:00.001")]


def test_no_deadline_without_an_order_in_hand(worked: Params) -> None:
    assert len(deadlines(orders(("08:00", "10:30")), worked, "10:30")) == 0


def test_no_deadline_past_what_an_open_order_may_count(worked: Params) -> None:
    assert len(deadlines([accepted("08:00")], worked, "08:10")) == 0


# --- evidence -------------------------------------------------------------------------------------------


def test_trace_runs_up_to_the_measure(worked: Params, elapsed: Params) -> None:
    rows = orders(("08:00", "10:00"), ("10:10", "12:30"))
    assert judged(rows, worked).trace.of(0) == [
        (at("08:00"), at("10:00"), 120 * MINUTE),
        (at("10:10"), at("12:30"), 260 * MINUTE),
    ]
    assert judged(rows, elapsed).trace.of(0)[-1] == (at("10:10"), at("12:30"), 270 * MINUTE)


def test_evidence_names_the_events_that_decide_the_spells_orders(worked: Params) -> None:
    other_spell = orders(("05:00", "06:00"))
    spell = [*orders(("08:00", "12:10"), first_order=5), picked_up("08:20", order=5)]
    found = judged(other_spell + spell, worked)
    assert found.evidence(0) == sorted(row.event for row in spell[:2])
