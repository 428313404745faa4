"""The service over days of work, with late events, corrections and hand-overs, against the families.

What stands at the end must be what each rule's family says of each worker's whole timeline: so what is kept
of old days, read from the log again or stored at a hand-over loses nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeVar
from unittest.mock import patch

import numpy as np
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from services.workhours import handlers
from services.workhours.core.families import contradictory_events
from services.workhours.core.pack_judge import judge_pack
from services.workhours.core.rule_pack import RulePack
from services.workhours.core.timeline import Interval, Timeline
from services.workhours.core.work_events import DispatchKind
from services.workhours.ports import Keeping
from tests.unit.workhours.long_run import EXAMPLES
from tests.unit.workhours.shifts import DAY_START, HOUR, MINUTE, Row
from tests.unit.workhours.shipped_packs import shipped_pack
from tests.unit.workhours.test_working_time import service

IntT = TypeVar("IntT", bound=int)

DAY = 24 * HOUR
LAST_DAY = 12
NO_WORK = (DispatchKind.REJECTED, DispatchKind.COMPLAINED)


def _between(rng: np.random.Generator, least: int, most: int) -> int:
    return int(rng.integers(least, most + 1))


def _one_of(rng: np.random.Generator, options: Sequence[IntT]) -> IntT:
    return options[_between(rng, 0, len(options) - 1)]


def shift(rng: np.random.Generator) -> list[Row]:
    """A worker's day on one or two platforms: one order after the other, sometimes overlapping or resting."""
    worker, day = _between(rng, 0, 1), _between(rng, 0, LAST_DAY - 2)
    number = _between(rng, 0, 999) * 100
    at = DAY_START + day * DAY + _between(rng, -3, 12) * HOUR
    rows = []
    for order in range(number, number + _between(rng, 1, 14)):
        platform, length = _between(rng, 0, 1), _between(rng, 10, 70) * MINUTE
        moments = [at - MINUTE, at, at + length // 2, at + length]
        kinds = [DispatchKind.OFFERED, DispatchKind.ACCEPTED, DispatchKind.PICKED_UP, DispatchKind.COMPLETED]
        rows += [Row(worker, platform, order, *each) for each in zip(kinds, moments, strict=True)]
        if rng.random() < 0.06:
            rows.pop()  # its end is never reported
        at += length + _one_of(rng, [-5, 0, 1, 5, 12, 19, 20, 21, 45]) * MINUTE
    return rows


def arrivals(rng: np.random.Generator) -> tuple[list[Row], list[Row]]:
    """Events as they arrive, and those that hold in the end."""
    rows = list(dict.fromkeys(row for _ in range(_between(rng, 1, 20)) for row in shift(rng)))
    arriving, holding = [], []
    for row in rows:
        late = _one_of(rng, [0] * 40 + [2 * HOUR, 20 * HOUR, 30 * HOUR, 5 * DAY])
        arriving.append((row.time + late, row))
        said_again = row.time + _one_of(rng, [-MINUTE, HOUR, 3 * DAY])
        fate = rng.random()
        if fate < 0.01:
            moved = row.corrected(time=row.time - _between(rng, 1, 20) * MINUTE)
            arriving.append((said_again, moved))
            holding.append(moved)
        elif fate < 0.02:
            arriving.append((said_again, row.corrected(deleted=True)))
        elif fate < 0.03:
            arriving.append((said_again, row.corrected(kind=_one_of(rng, NO_WORK))))
        else:
            holding.append(row)
        if fate > 0.97:
            complained = row._replace(
                kind=DispatchKind.COMPLAINED, time=row.time + _between(rng, -9, 99) * HOUR
            )
            arriving.append((row.time + late, complained))
    arriving.sort(key=lambda each: each[0])
    return [row for _, row in arriving], holding


@settings(max_examples=EXAMPLES // 5, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(st.integers(0, 2**32))
def test_what_stands_is_what_the_families_say_of_the_whole_timeline(seed: int) -> None:
    pack = shipped_pack("cn-food-delivery-2025", local_12h_offline="on")
    rng = np.random.default_rng(seed)
    arriving, holding = arrivals(rng)
    most, hand_over = _one_of(rng, [5, 60, 400]), rng.random() < 0.5
    end = _the_moment_of_asking(rng, holding)
    arriving, holding = ([row for row in rows if row.time <= end] for rows in (arriving, holding))
    with service(pack, Keeping(history_days=40)) as running, patch.object(handlers, "SNAPSHOT_ROWS", 50):
        while arriving:
            size = _between(rng, 1, most)
            running.take(arriving[:size])
            arriving = arriving[size:]
            if hand_over and rng.random() < 0.2:
                running.restart()
        running.take([Row(9, 0, 1, DispatchKind.OFFERED, end)])  # time passes
        stands = {
            (f.worker_id, f.rule_id, f.spell_start_ms, f.severity, f.tier_at_ms)
            for f in running.standing()
            if not f.rule_id.endswith("contradictory-events")
        }
    expected = _by_the_families(holding, pack, end)
    assert stands == expected


def _the_moment_of_asking(rng: np.random.Generator, rows: Sequence[Row]) -> int:
    """When all is over, or in the middle of it, with orders in hand that grow by time alone."""
    if not rows or rng.random() < 0.4:
        return DAY_START + (LAST_DAY + 1) * DAY
    return rows[_between(rng, 0, len(rows) - 1)].time + _between(rng, 0, 180) * MINUTE


def _by_the_families(rows: Sequence[Row], pack: RulePack, end: int) -> set[tuple[object, ...]]:
    found: set[tuple[object, ...]] = set()
    for worker in {row.worker for row in rows}:
        timeline = Timeline.of(_intervals([row for row in rows if row.worker == worker], end), end)
        for rule_id, verdicts in judge_pack(timeline, pack).items():
            assert not verdicts or pack.rule(rule_id).family != contradictory_events.NAME
            found |= {
                (f"worker-{worker:04d}", rule_id, each.period_start_ms, each.severity, each.start_ms)
                for each in verdicts
            }
    return found


def _intervals(rows: Sequence[Row], end: int) -> list[Interval]:
    orders: dict[tuple[int, int], dict[DispatchKind, set[int]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        orders[row.platform, row.order][row.kind].add(row.time)
    intervals = []
    for (platform, _), said in orders.items():
        for at in sorted(said[DispatchKind.OFFERED])[:1]:
            intervals.append(Interval(at, at, "dispatch_push", f"platform-{platform}"))
        starts = said[DispatchKind.ACCEPTED] or said[DispatchKind.PICKED_UP]
        if starts:
            stop = min(end, min(said[DispatchKind.COMPLETED], default=max(starts) + 2 * HOUR))
            if stop > max(starts):
                intervals.append(Interval(max(starts), stop, "order", f"platform-{platform}"))
    return intervals
