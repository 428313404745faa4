"""What can be read off a city's events: orders put together again, and spells of continuous order time.

For the summary and the calibration table only; the product's own verdicts come from its services.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.city import City
from simulator.vocabulary import DispatchKind
from simulator.weeks import Weeks

SPELL_GAP_MS = 20 * 60_000
"""A gap of at least this ends a spell (外卖平台服务管理基本要求, 2025-12; the project's reading)."""
SPELL_LIMIT_MS = 4 * 3_600_000
"""More order time than this in one spell is too much (same source)."""
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class OrderTimes:
    """One entry per order of ``order_names``; times in epoch ms, :data:`UNKNOWN` = did not happen."""

    platform: NDArray[np.int64]
    worker: NDArray[np.int64]
    """Who accepted it."""
    accepted_ms: NDArray[np.int64]
    picked_up_ms: NDArray[np.int64]
    completed_ms: NDArray[np.int64]
    cancelled_ms: NDArray[np.int64]
    distance_m: NDArray[np.int64]
    promised_s: NDArray[np.int64]

    @property
    def completed(self) -> NDArray[np.bool_]:
        """Orders brought to the customer."""
        done: NDArray[np.bool_] = self.completed_ms != UNKNOWN
        return done

    @property
    def delivery_time_s(self) -> NDArray[np.float64]:
        """The metric ``delivery_time``, accepted → completed; meaningless where not completed."""
        return (self.completed_ms - self.accepted_ms) / 1_000


@dataclass(frozen=True, slots=True)
class Spells:
    """Continuous order time: one entry per spell."""

    worker: NDArray[np.int64]
    start_ms: NDArray[np.int64]
    end_ms: NDArray[np.int64]
    worked_ms: NDArray[np.int64]
    """Union of the spell's orders: simultaneous orders count once, gaps do not count."""

    @property
    def too_long(self) -> NDArray[np.bool_]:
        """Spells of more order time than the limit."""
        return self.worked_ms > SPELL_LIMIT_MS


def order_times(city: City | Weeks) -> OrderTimes:
    """Put the dispatch events of each order together again."""
    events, size = city.dispatches, len(city.order_names)

    def when(kind: DispatchKind) -> NDArray[np.int64]:
        rows = events.kind == kind
        return _scattered(size, events.order[rows], events.time_ms[rows])

    accepted = events.kind == DispatchKind.ACCEPTED
    order = events.order[accepted]
    return OrderTimes(
        platform=_scattered(size, order, events.platform[accepted]),
        worker=_scattered(size, order, events.worker[accepted]),
        accepted_ms=when(DispatchKind.ACCEPTED),
        picked_up_ms=when(DispatchKind.PICKED_UP),
        completed_ms=when(DispatchKind.COMPLETED),
        cancelled_ms=when(DispatchKind.CANCELLED),
        distance_m=_scattered(size, order, events.distance_m[accepted]),
        promised_s=_scattered(size, order, events.promised_s[accepted]),
    )


def _scattered(size: int, order: NDArray[np.int32], value: NDArray[np.integer]) -> NDArray[np.int64]:
    column = np.full(size, UNKNOWN, dtype=np.int64)
    column[order] = value
    return column


def spells(times: OrderTimes, platform: int | None = None) -> Spells:
    """Spells of every worker, over all platforms or as one platform alone sees them.

    Order time runs from acceptance to completion or cancellation. Orders whose end is unknown are left out.
    """
    end_ms = np.where(times.completed, times.completed_ms, times.cancelled_ms)
    ended = end_ms != UNKNOWN
    if platform is not None:
        ended &= times.platform == platform
    rows = np.flatnonzero(ended)
    rows = rows[np.lexsort((times.accepted_ms[rows], times.worker[rows]))]
    worker, start, end = times.worker[rows], times.accepted_ms[rows], end_ms[rows]
    if not len(rows):
        return Spells(worker, start, end, end)

    # The running maximum of ends must not leak from worker to worker: lift each one's day above the last.
    lift = worker * (end.max() - start.min() + 1)
    covered_until = np.maximum.accumulate(end + lift) - lift
    before = np.concatenate([start[:1], covered_until[:-1]])
    first = np.concatenate([[True], worker[1:] != worker[:-1]])
    opens = np.flatnonzero(first | (start - before >= SPELL_GAP_MS))
    before[opens] = start[opens]
    added = np.maximum(end - np.maximum(start, before), 0)
    return Spells(
        worker=worker[opens],
        start_ms=start[opens],
        end_ms=covered_until[np.append(opens[1:], len(rows)) - 1],
        worked_ms=np.add.reduceat(added, opens),
    )


def overworked(times: OrderTimes, platforms: int) -> tuple[set[int], set[int]]:
    """Workers with a spell over the limit, and those of them whom no single platform could see."""
    together = spells(times)
    all_workers = set(together.worker[together.too_long].tolist())
    seen: set[int] = set()
    for platform in range(platforms):
        alone = spells(times, platform)
        seen |= set(alone.worker[alone.too_long].tolist())
    return all_workers, all_workers - seen
