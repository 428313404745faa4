"""The engine against the minute-by-minute oracle, on any events at all, sensible or contradictory."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from services.workhours.core.counter import Measure
from services.workhours.core.families.continuous_work import Params
from services.workhours.core.work_events import DispatchKind
from tests.unit.workhours.oracle import judge_by_minutes
from tests.unit.workhours.shifts import DAY_START, MINUTE, Row, as_records, columns, judge

LAST_MINUTE = 90

params = st.builds(
    lambda limit, gap, measure, lead, longest, no_push: Params(
        limit_ms=limit * MINUTE,
        reset_gap_ms=gap * MINUTE,
        measure=measure,
        prompt_lead_ms=min(lead, limit - 1) * MINUTE,
        max_open_order_ms=longest * MINUTE,
        no_push_ms=no_push * MINUTE,
    ),
    st.integers(1, 30),
    st.integers(1, 8),
    st.sampled_from(Measure),
    st.integers(0, 10),
    st.integers(1, 20),
    st.integers(1, 8),
)
minutes = st.integers(0, LAST_MINUTE).map(lambda minute: DAY_START + minute * MINUTE)
any_event = st.builds(
    Row,
    worker=st.integers(0, 2),
    platform=st.integers(0, 2),
    order=st.integers(0, 3),
    kind=st.sampled_from(DispatchKind),
    time=minutes,
    area=st.integers(0, 2),
    version=st.just(0),
    deleted=st.just(False),
    says=st.just(0),
)


@st.composite
def usual_order(draw: st.DrawFn) -> list[Row]:
    """Accepted, perhaps picked up, mostly ended within a few minutes: makes long spells likely."""
    worker, platform, area = draw(st.integers(0, 1)), draw(st.integers(0, 2)), draw(st.integers(0, 2))
    order, start, length = draw(st.integers(4, 40)), draw(minutes), draw(st.integers(1, 12)) * MINUTE
    rows = [Row(worker, platform, order, DispatchKind.ACCEPTED, start, area)]
    if draw(st.booleans()):
        rows.append(Row(worker, platform, order, DispatchKind.PICKED_UP, start + length // 2, area))
    if draw(st.integers(0, 9)):
        rows.append(Row(worker, platform, order, DispatchKind.COMPLETED, start + length, area))
    return rows


any_events = st.one_of(
    st.lists(any_event, max_size=30),
    st.lists(usual_order(), max_size=25).map(lambda shifts: [row for rows in shifts for row in rows]),
)
watermarks = st.integers(0, LAST_MINUTE + 40).map(lambda minute: DAY_START + minute * MINUTE)


# An order's PICKED_UP may fall on half a minute; the oracle counts whole ones.
def on_the_grid(rows: list[Row]) -> list[Row]:
    return [row._replace(time=row.time - row.time % MINUTE) for row in rows]


@given(any_events.map(on_the_grid), params, watermarks)
def test_every_judgement_equals_the_oracles(rows: list[Row], params: Params, watermark: int) -> None:
    assert as_records(*judge(columns(rows), params, watermark)) == judge_by_minutes(rows, params, watermark)


@given(any_events, params, watermarks, st.randoms(use_true_random=False), st.data())
def test_shuffling_and_doubling_change_nothing(
    rows: list[Row], params: Params, watermark: int, random: object, data: st.DataObject
) -> None:
    again = data.draw(st.lists(st.sampled_from(rows), max_size=20)) if rows else []
    shuffled = data.draw(st.permutations(rows + again))
    once = judge(columns(rows), params, watermark)
    twice = judge(columns(shuffled), params, watermark)
    assert as_records(*twice) == as_records(*once)
    assert twice[0].deadlines.at.tolist() == once[0].deadlines.at.tolist()


@given(any_events, params, watermarks)
def test_workers_judged_apart_give_what_they_give_together(
    rows: list[Row], params: Params, watermark: int
) -> None:
    events = columns(rows)
    apart = [
        record
        for worker in np.unique(events.worker)
        for record in as_records(*judge(events.take(events.worker == worker), params, watermark))
    ]
    assert apart == as_records(*judge(events, params, watermark))


@given(any_events, params, watermarks, st.integers(1, 60 * MINUTE))
def test_a_verdict_rises_without_events_only_at_its_deadline(
    rows: list[Row], params: Params, watermark: int, later_ms: int
) -> None:
    events = columns(rows)
    deadline = {}
    before, _ = judge(events, params, watermark)
    for worker, at in zip(before.deadlines.worker.tolist(), before.deadlines.at.tolist(), strict=True):
        assert worker not in deadline, "a worker has orders in hand in one spell only"
        deadline[worker] = at

    def tiers(moment: int) -> dict[tuple[int, int], int]:
        found = judge(events, params, moment)[0].judgements
        spells = zip(found.worker.tolist(), found.spell_start.tolist(), strict=True)
        return dict(zip(spells, found.severity.tolist(), strict=True))

    now, later = tiers(watermark), tiers(watermark + later_ms)
    risen = {worker for (worker, start), tier in later.items() if tier > now.get((worker, start), 0)}
    assert risen == {worker for worker, at in deadline.items() if at <= watermark + later_ms}
