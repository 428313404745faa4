"""Work sessions against a reading second by second: what was stated of a worker, in any order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle

from hypothesis import given
from hypothesis import strategies as st

from services.workhours.core.timeline import Interval, Span, union
from services.workhours.core.work_sessions import SessionEvent, SessionKind, held
from services.workhours.core.worker_timeline import stated_by_sessions
from services.workhours.engine.sessions import Sessions
from tests.unit.workhours.session_batches import SessionRow, session_batch

SECOND = 1_000
HISTORY_S = 60
"""Small, so that the horizon cuts into what the tests draw."""
LAST_S = 100
UNKNOWN_KIND = 9

row = st.builds(
    SessionRow,
    worker=st.integers(0, 1),
    platform=st.integers(0, 2),
    kind=st.sampled_from([*SessionKind, UNKNOWN_KIND]),
    time=st.integers(0, LAST_S).map(lambda second: second * SECOND),
    area=st.just(3),
    version=st.just(0),
    deleted=st.just(False),
    says=st.just(0),
)


@st.composite
def statements(draw: st.DrawFn) -> list[SessionRow]:
    """Events, some of them corrected or deleted, some versions twice."""
    rows: list[SessionRow] = draw(st.lists(row, max_size=12, unique_by=lambda each: each.event))
    for first in list(rows):
        if draw(st.integers(0, 3)) == 0:
            moved = draw(st.integers(0, LAST_S)) * SECOND
            kind = draw(st.sampled_from(list(SessionKind)))
            rows.append(first.corrected(time=moved, kind=kind, deleted=draw(st.booleans())))
    again = draw(st.lists(st.sampled_from(rows), max_size=4)) if rows else []
    return list(draw(st.permutations(rows + again)))


def holding(rows: Sequence[SessionRow], worker: int) -> list[SessionRow]:
    """Of each event the highest version, unless it is deleted."""
    newest: dict[int, SessionRow] = {}
    for each in sorted(rows, key=lambda each: each.version):
        newest[each.event] = each
    return [each for each in newest.values() if each.worker == worker and not each.deleted]


def source_at(second: int, rows: Sequence[SessionRow], platform: int) -> str | None:
    """What a platform's latest statement up to a second says; None: it has stated nothing yet."""
    said = [
        each
        for each in rows
        if each.platform == platform and each.time <= second * SECOND and each.kind != UNKNOWN_KIND
    ]
    if not said:
        return None
    latest = max(said, key=lambda each: (each.time, f"s{each.event:016x}"))
    return {
        SessionKind.ONLINE: "online",
        SessionKind.OFFLINE: "offline",
        SessionKind.BREAK_START: "break",
        SessionKind.BREAK_END: "online",
    }[latest.kind]


def seconds(spans: Sequence[Span]) -> list[int]:
    return [second for span in spans for second in range(span.start_ms // SECOND, span.end_ms // SECOND)]


def taken(rows: Sequence[SessionRow], cut: int = 3) -> Sessions:
    sessions = Sessions(HISTORY_S * SECOND)
    for start in range(0, len(rows), cut):
        sessions.take(0, session_batch(rows[start : start + cut]))
    return sessions


@given(rows=statements(), known=st.integers(0, LAST_S), start=st.integers(0, LAST_S), cut=st.integers(1, 20))
def test_what_was_observed_is_what_a_second_by_second_reading_gives(
    rows: list[SessionRow], known: int, start: int, cut: int
) -> None:
    sessions = taken(rows, cut)
    for worker in (0, 1):
        counting = [each for each in holding(rows, worker) if each.time >= (known - HISTORY_S) * SECOND]
        expected = [
            second
            for second in range(start, min(known, LAST_S))
            if any(source_at(second, counting, platform) for platform in range(3))
        ]
        window = Span(start * SECOND, max(start, LAST_S) * SECOND)
        found = sessions.observed(f"worker-{worker:04d}", window, known * SECOND)
        assert seconds(found) == expected


@given(rows=statements(), known=st.integers(0, LAST_S))
def test_what_each_platform_stated_is_what_a_second_by_second_reading_gives(
    rows: list[SessionRow], known: int
) -> None:
    rows = holding(rows, 0)
    events = [
        SessionEvent(r.time, f"platform-{r.platform}", f"s{r.event:016x}", r.kind, "130203", r.version)
        for r in rows
    ]
    found = held(events, known * SECOND)
    for platform in range(3):
        for source in ("online", "break", "offline"):
            spans = [
                each.span
                for each in found
                if each.event.platform_id == f"platform-{platform}" and each.source == source
            ]
            assert seconds(union(spans)) == [
                second for second in range(known) if source_at(second, rows, platform) == source
            ]
    assert sum(each.span.length_ms for each in found if each.open) == sum(
        known * SECOND - max(times)
        for platform in range(3)
        if (
            times := [
                r.time
                for r in rows
                if r.platform == platform and r.time <= known * SECOND and r.kind != UNKNOWN_KIND
            ]
        )
    )


@given(rows=statements(), known=st.integers(0, LAST_S), passes=st.lists(st.booleans(), min_size=1))
def test_when_what_is_too_old_is_let_go_of_changes_nothing(
    rows: list[SessionRow], known: int, passes: list[bool]
) -> None:
    whole, window = taken(rows), Span(0, LAST_S * SECOND)
    dropped = Sessions(HISTORY_S * SECOND)
    book = dropped._book
    for each, lets_go in zip(rows, cycle(passes), strict=False):
        dropped.take(0, session_batch([each]))
        if lets_go:
            book.drop_before(0, (known - HISTORY_S) * SECOND)
    for worker in ("worker-0000", "worker-0001"):
        assert dropped.observed(worker, window, known * SECOND) == whole.observed(
            worker, window, known * SECOND
        )


def test_a_partition_given_up_is_forgotten_and_the_others_are_not() -> None:
    sessions = Sessions(HISTORY_S * SECOND)
    sessions.take(0, session_batch([SessionRow(0, 0, SessionKind.ONLINE, 10 * SECOND)]))
    sessions.take(1, session_batch([SessionRow(1, 0, SessionKind.ONLINE, 20 * SECOND)]))
    sessions.forget([0])
    window = Span(0, 30 * SECOND)
    assert sessions.observed("worker-0000", window, 30 * SECOND) == ()
    assert sessions.observed("worker-0001", window, 30 * SECOND) == (Span(20 * SECOND, 30 * SECOND),)
    assert sessions.observed("worker-0002", window, 30 * SECOND) == ()


def test_a_pack_draws_the_sources_its_states_name() -> None:
    said = [(100, SessionKind.ONLINE), (200, SessionKind.BREAK_START), (250, SessionKind.BREAK_END)]
    events = [SessionEvent(time, "swift", f"s{time}", kind, "130203", 0) for time, kind in said]
    found = stated_by_sessions(held(events, 400), {"waiting": "online", "order": "order_in_hand"})
    assert [each.interval for each in found] == [
        Interval(100, 200, "waiting", "swift"),
        Interval(250, 400, "waiting", "swift", open=True),
    ]
    assert {each.order_id for each in found} == {""}
    assert [event.area_code for each in found for event in each.events] == ["130203", "130203"]
