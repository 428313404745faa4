"""The rule on contradictory events, asked of one order, against the oracle that the engine is held to."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from services.workhours.core.contradictions import contradictions
from services.workhours.core.work_events import DispatchKind
from services.workhours.core.worker_timeline import DispatchEvent, orders_of
from tests.unit.workhours.shifts import Row, accepted, at, completed, picked_up
from tests.unit.workhours.test_contradictory_orders import EVENTS, unfit


def events(rows: list[Row]) -> dict[int, list[DispatchEvent]]:
    """By worker."""
    of: dict[int, list[DispatchEvent]] = defaultdict(list)
    for row in dict.fromkeys(rows):
        of[row.worker].append(
            DispatchEvent(row.time, "swift", str(row.event), str(row.order), int(row.kind), 0, "", 0)
        )
    return of


@given(st.lists(EVENTS, max_size=12))
def test_an_order_contradicts_itself_exactly_where_the_engine_says_so(rows: list[Row]) -> None:
    found = {
        (worker, int(order.order_id))
        for worker, of in events(rows).items()
        for order in orders_of(of, {0})
        if contradictions(order).any
    }
    assert found == unfit(rows)


def test_what_does_not_fit_is_named() -> None:
    rows = [accepted("08:00"), picked_up("08:30"), completed("08:20"), completed("08:40")]
    (order,) = orders_of(events(rows)[0], {0})
    found = contradictions(order)
    assert found.early_end is not None
    assert found.early_end.time_ms == at("08:20"), "before the pick-up, though after the acceptance"
    assert found.differing == (((DispatchKind.COMPLETED, DispatchKind.CANCELLED), 2),)
