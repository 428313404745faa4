"""What counts as an order's time, and what the rows may look like."""

from __future__ import annotations

from itertools import permutations

import pytest

from services.workhours.core.families.continuous_work import Params
from services.workhours.core.verdict import Severity
from services.workhours.core.work_events import DispatchKind, WorkEvents
from tests.unit.workhours.shifts import (
    MINUTE,
    NIGHT,
    Row,
    accepted,
    as_records,
    at,
    columns,
    completed,
    judge,
    judged,
    orders,
    picked_up,
    severities,
)


def test_offered_and_rejected_orders_are_not_work(worked: Params) -> None:
    rows = [
        Row(0, 0, 1, DispatchKind.OFFERED, at("08:00")),
        Row(0, 0, 1, DispatchKind.REJECTED, at("13:00")),
        Row(0, 0, 2, DispatchKind.OFFERED, at("08:00")),
        *orders(("08:10", "11:50"), first_order=2),
    ]
    found = judged(rows, worked)
    assert found.worked.tolist() == [220 * MINUTE]
    assert found.evidence(0) == sorted(row.event for row in rows[3:])


def test_pick_up_starts_the_order_only_while_no_acceptance_is_known(worked: Params) -> None:
    late_start = [picked_up("08:30"), completed("12:15")]
    assert judged(late_start, worked).worked.tolist() == [225 * MINUTE]
    assert judged([*late_start, accepted("08:00")], worked).worked.tolist() == [255 * MINUTE]


def test_cancelled_order_counts_until_it_is_cancelled(worked: Params) -> None:
    rows = [accepted("08:00"), Row(0, 0, 0, DispatchKind.CANCELLED, at("12:01"))]
    assert severities(judged(rows, worked)) == [Severity.BREACH]


def test_end_without_a_start_contributes_nothing_until_the_start_arrives(
    worked: Params,
) -> None:
    end_only = [completed("12:30")]
    assert len(judged(end_only, worked)) == 0
    assert severities(judged([*end_only, accepted("08:00")], worked)) == [Severity.BREACH]


def test_end_before_the_start_contributes_nothing(worked: Params) -> None:
    assert len(judged([accepted("12:30"), completed("08:00")], worked)) == 0


def test_open_order_counts_up_to_the_watermark(worked: Params) -> None:
    rows = [*orders(("08:00", "10:30")), accepted("10:30", order=9)]
    assert len(judged(rows, worked, now="11:29")) == 0
    found = judged(rows, worked, now="11:45")
    assert severities(found) == [Severity.PROMPT]
    assert found.spell_end.tolist() == [at("11:45")]
    assert found.in_hand.tolist() == found.open.tolist() == [True]


def test_open_order_counts_no_longer_than_declared(worked: Params) -> None:
    rows = [*orders(("08:00", "10:00")), accepted("10:00", order=9)]
    found = judged(rows, worked, now="20:00")
    assert severities(found) == [Severity.LIMIT_REACHED]
    assert found.spell_end.tolist() == [at("12:00")]
    assert found.in_hand.tolist() == found.open.tolist() == [False]


def test_order_accepted_after_the_watermark_contributes_nothing_yet(worked: Params) -> None:
    rows = [*orders(("08:00", "11:40")), accepted("11:50", order=9)]
    assert judged(rows, worked, now="11:45").spell_end.tolist() == [at("11:40")]


def test_area_of_an_order_is_that_of_its_acceptance_whichever_row_comes_first(
    worked: Params,
) -> None:
    rows = [accepted("08:00", area=5), picked_up("08:00", area=6), completed("12:30", area=7)]
    for turn in permutations(rows):
        assert judged(turn, worked).crossing_area == [5]


def test_of_two_acceptances_in_one_instant_the_smaller_identity_states_the_area(
    worked: Params,
) -> None:
    twice = [accepted("08:00", area=area) for area in range(4)]
    expected = min(twice, key=lambda row: row.event).area
    for turn in permutations([*twice, completed("12:30")]):
        assert judged(turn, worked).crossing_area == [expected]


# --- the shape of the input -----------------------------------------------------------------------------


def test_no_events_are_no_judgements(worked: Params) -> None:
    nothing, _ = judge(columns([]), worked, at(NIGHT))
    assert len(nothing.judgements) == len(nothing.deadlines) == len(nothing.count.spells) == 0


def test_reversed_and_doubled_events_change_nothing(worked: Params) -> None:
    rows = [*orders(("08:00", "10:15"), platform=1), *orders(("10:20", "12:40"), platform=2)]
    assert judged([*rows[::-1], *rows], worked).records == judged(rows, worked).records


def test_times_that_cannot_be_numbered_are_refused_with_a_way_out(worked: Params) -> None:
    rows = [Row(w, 0, 0, kind, w * 2**61) for w in (0, 1, 2, 3) for kind in (DispatchKind.ACCEPTED,)]
    rows += [Row(w, 0, 0, DispatchKind.COMPLETED, w * 2**61 + 5) for w in (0, 1, 2, 3)]
    with pytest.raises(ValueError, match="judge fewer workers in a call"):
        judge(columns(rows), worked, at(NIGHT))


def test_columns_of_unequal_length_are_refused() -> None:
    whole = columns(orders(("08:00", "09:00")))
    with pytest.raises(ValueError, match="differ in length"):
        WorkEvents(
            whole.worker[:1],
            whole.platform,
            whole.order,
            whole.kind,
            whole.time,
            whole.event,
            whole.area,
            whole.record,
        )


def test_concatenated_parts_are_judged_like_the_whole(worked: Params) -> None:
    rows = orders(("08:00", "10:15"), ("10:20", "12:40"))
    parts = WorkEvents.concatenate([columns(rows[:1]), columns(rows[1:])])
    assert as_records(*judge(parts, worked, at(NIGHT))) == judged(rows, worked).records
    with pytest.raises(ValueError, match="no parts"):
        WorkEvents.concatenate([])
