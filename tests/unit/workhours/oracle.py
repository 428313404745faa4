"""The same rule by brute force, written apart from the engine: it looks at every minute of every worker.

Works on whole minutes only. Slow, and plain enough to be read against the rule's text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from services.workhours.core.counter import Measure
from services.workhours.core.families.continuous_work import Params
from services.workhours.core.work_events import DispatchKind
from tests.unit.workhours.shifts import MINUTE, Row


class Order(NamedTuple):
    order_hash: int
    start: int
    end: int
    running: bool
    platform: int
    area: int


def judge_by_minutes(rows: Iterable[Row], params: Params, watermark: int) -> list[dict[str, object]]:
    """The records `shifts.as_records` gives for the engine's judgements."""
    of_worker: dict[int, dict[int, set[Row]]] = defaultdict(lambda: defaultdict(set))
    latest: dict[int, int] = defaultdict(int)
    for row in rows:
        of_worker[row.worker][row.order_hash].add(row)
        latest[row.worker] = max(latest[row.worker], row.time)
    records = []
    for worker in sorted(of_worker):
        known_until = max(watermark, latest[worker])
        orders = [
            order
            for order_rows in of_worker[worker].values()
            if (order := _order(order_rows, params, known_until)) is not None
        ]
        for minutes in _spells(orders, params):
            record = _judge_spell(minutes, orders, params, known_until)
            if record is not None:
                records.append({"worker": worker} | record)
    return records


def _order(rows: set[Row], params: Params, known_until: int) -> Order | None:
    def of(*kinds: DispatchKind) -> list[Row]:
        return sorted((row for row in rows if row.kind in kinds), key=lambda row: (row.time, row.event))

    starts = of(DispatchKind.ACCEPTED) or of(DispatchKind.PICKED_UP)
    if not starts:
        return None
    # Two different starts, or ends, contradict each other: what both agree on counts.
    start = starts[-1].time
    first = min((row for row in starts if row.time == start), key=lambda row: row.event)
    ends = of(DispatchKind.COMPLETED, DispatchKind.CANCELLED)
    latest = start + params.max_open_order_ms
    end = ends[0].time if ends else min(latest, known_until)
    if end <= start:
        return None
    return Order(first.pair, start, end, not ends and latest > known_until, first.platform, first.area)


def _spells(orders: list[Order], params: Params) -> list[list[int]]:
    """The starts of busy minutes, in groups between which the worker rested long enough."""
    busy = sorted({minute for order in orders for minute in range(order.start, order.end, MINUTE)})
    spells: list[list[int]] = []
    for minute in busy:
        if not spells or minute - (spells[-1][-1] + MINUTE) >= params.reset_gap_ms:
            spells.append([])
        spells[-1].append(minute)
    return spells


def _judge_spell(
    minutes: list[int], orders: list[Order], params: Params, known_until: int
) -> dict[str, object] | None:
    start, end = minutes[0], minutes[-1] + MINUTE

    def measure_after(count: int) -> int:
        """The measure when `count` busy minutes are over."""
        if params.measure is Measure.WORKED:
            return count * MINUTE
        return minutes[count - 1] + MINUTE - start

    def first_minute(threshold: int, *, past: bool = False) -> int:
        """The instant in which the measure gets to `threshold`: looks at one busy minute after the other."""
        for count, minute in enumerate(minutes, 1):
            measure = measure_after(count)
            if measure > threshold or (measure == threshold and not past):
                return max(minute, minute + MINUTE - (measure - threshold))
        return -1

    measured = measure_after(len(minutes))
    prompt = params.limit_ms - params.prompt_lead_ms
    if measured < prompt:
        return None
    prompt_at, limit_at = first_minute(prompt), first_minute(params.limit_ms)
    breach_at = first_minute(params.limit_ms, past=True)
    severity = 1 + (limit_at >= 0) + (breach_at >= 0)
    crossing = (prompt_at, limit_at, breach_at)[severity - 1]

    mine = [order for order in orders if start <= order.start and order.end <= end]
    held = [
        order
        for order in mine
        if order.start <= crossing and (crossing < order.end or (severity < 3 and crossing == order.end))
    ]
    named = max(held, key=lambda order: (order.start, -order.order_hash))
    in_hand = any(order.running for order in mine)
    resting = severity == 3 and not in_hand

    trace: list[tuple[int, int, int]] = []
    for count, minute in enumerate(minutes, 1):
        if trace and trace[-1][1] == minute:
            trace[-1] = (trace[-1][0], minute + MINUTE, measure_after(count))
        else:
            trace.append((minute, minute + MINUTE, measure_after(count)))
    return {
        "spell_start": start,
        "spell_end": end,
        "worked": len(minutes) * MINUTE,
        "elapsed": end - start,
        "measured": measured,
        "severity": severity,
        "prompt_at": prompt_at,
        "limit_at": limit_at,
        "breach_at": breach_at,
        "crossing_platform": named.platform,
        "crossing_area": named.area,
        "crossing_order": named.order_hash,
        "known_until": known_until,
        "open": end + params.reset_gap_ms > known_until,
        "in_hand": in_hand,
        "no_push_from": end if resting else -1,
        "no_push_until": end + params.no_push_ms if resting else -1,
        "platforms": sorted({order.platform for order in mine}),
        "orders": sorted(order.order_hash for order in mine),
        "trace": trace,
    }
