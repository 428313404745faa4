"""One worker's events as orders, and as a timeline in a pack's states."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from services.workhours.core.coverage import coverage_of
from services.workhours.core.timeline import Interval, Span
from services.workhours.core.work_events import DispatchKind
from services.workhours.core.worker_timeline import DispatchEvent, orders_of, stated, timeline_of

SOURCES = {"order": "order_in_hand", "riding": "on_board", "push": "offer"}
FOOD = frozenset({0, 1})
KNOWN_UNTIL = 1_000
LONGEST = 200


def event(kind: DispatchKind, time_ms: int, order: str = "o1", service: int = 1) -> DispatchEvent:
    return DispatchEvent(time_ms, "swift", f"{order}-{kind}-{time_ms}", order, kind, service, "130203", 0)


def intervals(*events: DispatchEvent) -> list[tuple[str, int, int]]:
    found = stated(orders_of(events, FOOD), SOURCES, KNOWN_UNTIL, LONGEST)
    return [(each.interval.state, each.interval.start_ms, each.interval.end_ms) for each in found]


def test_an_order_is_in_hand_from_acceptance_and_on_board_from_the_pick_up() -> None:
    assert intervals(
        event(DispatchKind.OFFERED, 90),
        event(DispatchKind.ACCEPTED, 100),
        event(DispatchKind.PICKED_UP, 150),
        event(DispatchKind.COMPLETED, 180),
    ) == [("push", 90, 90), ("order", 100, 180), ("riding", 150, 180)]


def test_without_an_acceptance_the_pick_up_begins_it() -> None:
    found = intervals(event(DispatchKind.PICKED_UP, 150), event(DispatchKind.CANCELLED, 180))
    assert found == [("order", 150, 180), ("riding", 150, 180)]


def test_an_order_without_an_end_counts_no_longer_than_it_may_nor_than_is_known() -> None:
    assert intervals(event(DispatchKind.ACCEPTED, 100)) == [("order", 100, 300)]
    assert intervals(event(DispatchKind.ACCEPTED, 900)) == [("order", 900, 1_000)]
    assert intervals(event(DispatchKind.ACCEPTED, 1_000)) == []


def test_an_order_that_contradicts_itself_counts_as_what_all_agree_on() -> None:
    assert intervals(
        event(DispatchKind.ACCEPTED, 100),
        event(DispatchKind.ACCEPTED, 120),
        event(DispatchKind.COMPLETED, 180),
        event(DispatchKind.CANCELLED, 170),
    ) == [("order", 120, 170)]
    assert intervals(event(DispatchKind.ACCEPTED, 180), event(DispatchKind.COMPLETED, 170)) == []


def test_an_end_alone_and_a_rejection_are_no_work() -> None:
    assert intervals(event(DispatchKind.COMPLETED, 170), event(DispatchKind.REJECTED, 100, "o2")) == []


def test_orders_of_another_service_are_left_out_and_unstated_ones_are_not() -> None:
    rows = [event(DispatchKind.ACCEPTED, 100, f"o{service}", service) for service in (0, 1, 2)]
    assert [order.order_id for order in orders_of(rows, FOOD)] == ["o0", "o1"]


EVENTS = st.lists(
    st.builds(
        event,
        st.sampled_from(list(DispatchKind)),
        st.integers(0, 40).map(lambda step: step * 30),
        st.sampled_from(["o1", "o2", "o3"]),
    ),
    max_size=12,
    unique_by=lambda each: each.place,
)


@given(events=EVENTS, turn=st.randoms(use_true_random=False))
def test_the_order_of_events_does_not_matter(events: list[DispatchEvent], turn: object) -> None:
    shuffled = list(events)
    turn.shuffle(shuffled)  # type: ignore[attr-defined]
    assert orders_of(shuffled, FOOD) == orders_of(events, FOOD)


@given(events=EVENTS)
def test_the_timeline_is_what_a_second_by_second_reading_gives(events: list[DispatchEvent]) -> None:
    timeline = timeline_of(stated(orders_of(events, FOOD), SOURCES, KNOWN_UNTIL, LONGEST), KNOWN_UNTIL)
    busy = {moment for moment in range(0, KNOWN_UNTIL, 10) if any(in_hand(events, moment, o) for o in "123")}
    spans = timeline.spans({"order"})
    covered = {moment for span in spans for moment in range(span.start_ms, span.end_ms, 10)}
    assert covered == busy
    assert all(before.end_ms < after.start_ms for before, after in itertools.pairwise(spans))


def in_hand(events: list[DispatchEvent], moment: int, order: str) -> bool:
    """Read off the definition, one moment and one order at a time."""
    own = [each for each in events if each.order_id == f"o{order}"]
    begun = [each.time_ms for each in own if each.kind == DispatchKind.ACCEPTED] or [
        each.time_ms for each in own if each.kind == DispatchKind.PICKED_UP
    ]
    if not begun or moment < max(begun):
        return False
    ends = [each.time_ms for each in own if each.kind in (DispatchKind.COMPLETED, DispatchKind.CANCELLED)]
    return moment < (min(ends) if ends else max(begun) + LONGEST)


def test_coverage_counts_what_was_stated_within_what_is_known() -> None:
    timeline = timeline_of(
        stated(
            orders_of([event(DispatchKind.ACCEPTED, 100), event(DispatchKind.COMPLETED, 180)], FOOD),
            SOURCES,
            KNOWN_UNTIL,
            LONGEST,
        ),
        KNOWN_UNTIL,
    )
    assert timeline.intervals == (Interval(100, 180, "order", "swift"),)
    covered = coverage_of(timeline, Span(150, 5_000))
    assert (covered.window_end_ms, covered.observed_ms, covered.unknown_ms) == (1_000, 30, 820)
    assert coverage_of(timeline, Span(2_000, 5_000)).unknown_ms == 0
