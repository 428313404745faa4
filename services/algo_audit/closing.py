"""Days are closed, computed again when something of them comes late, and one day their events are dropped.

| a day is | when                                     | an event of it                                  |
|----------|------------------------------------------|-------------------------------------------------|
| open     | the watermark is within its reach        | is kept                                         |
| closed   | the watermark has passed the day's reach | is kept, and the day's cells are computed again |
| dropped  | it is older than the days that are kept  | changes nothing any more; it is counted         |

The watermark is the latest event time of all partitions: closing a day too early costs no more than doing it
again, so nothing rests on it but the moment of the work. What a day's cells are made of is in
``core.day_cells``; they are a function of the set of events, whatever order these came in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kit.clock import show
from kit.errors import FailedPreconditionError
from services.algo_audit.baseline_ports import ClosedDays, DayState, SketchedCells
from services.algo_audit.core.audit import METHOD_VERSION
from services.algo_audit.core.cohort_keys import local_days
from services.algo_audit.core.day_cells import (
    REACH_DAYS,
    cells_of,
    days_touched,
    last_closed,
    measure_day,
    midnight_ms,
    orders_of_day,
    show_day,
    window_ms,
)
from services.algo_audit.core.measures import MeasureContext
from services.algo_audit.core.metrics import METRICS
from services.algo_audit.core.orders import orders_of
from services.algo_audit.core.params import AuditParams
from services.algo_audit.ports import Observed, Scope
from services.algo_audit.sketches import K, sketched


def method_of(params: AuditParams) -> str:
    """Names what cells are a function of, besides events: cells of two methods are never added up."""
    bands = ",".join(band.id for band in params.bands)
    return f"audit {METHOD_VERSION}, KLL {K}, bands {bands}"


class Closing:
    """Which days are closed, and the work of it. Called by the loop's thread, within its transactions."""

    def __init__(self, days: ClosedDays, params: AuditParams, keep_days: int) -> None:
        """``keep_days``: how many days' events are kept, today's among them.

        Raises ValueError if that is less than a day and its reach.
        """
        if keep_days <= REACH_DAYS + 1:
            raise ValueError(f"to close a day takes {REACH_DAYS} days more: {keep_days} are too few to keep")
        self._days = days
        self._params = params
        self._keep_days = keep_days
        self._method = method_of(params)
        self._states: dict[int, DayState] = {}
        self.first_kept: int | None = None
        """The first day whose events are kept; None: none was ever dropped."""

    def restore(self, connection: Any) -> None:
        """Read what the store says."""
        self._states = {state.day: state for state in self._days.states(connection)}
        self.first_kept = self._after_dropped()

    @property
    def oldest_event_ms(self) -> int | None:
        """Events before this moment are part of no day that is kept; None: nothing was ever dropped."""
        return None if self.first_kept is None else window_ms(self.first_kept)[0]

    def due(self, days: Collection[int], watermark_ms: int) -> list[int]:
        """Of the days of events that are held those to be computed, ascending."""
        last, first = last_closed(watermark_ms), self.first_kept
        return sorted(
            day
            for day in days
            if day <= last and (first is None or day >= first) and not self._is_current(day)
        )

    def close(self, connection: Any, day: int, observed: Observed) -> None:
        """Compute a day's cells from the events of its window (``window_ms``) and keep them."""
        start_ms, end_ms = window_ms(day)
        orders = orders_of(observed.dispatches, observed_until_ms=end_ms)
        orders = orders.take((orders.begun_ms >= start_ms) & (orders.area > 0))
        keys = worker_keys(observed.worker_ids)
        sessions = observed.sessions
        cells = []
        for city in np.unique(
            np.concatenate((orders.area, sessions.area[sessions.area > 0])) // 100
        ).tolist():
            here = orders_of_day(orders.take(orders.area // 100 == city), day)
            context = MeasureContext(
                bands=self._params.bands,
                floor=self._params.floor,
                over_hours=observed.over_hours,
                sessions=sessions.take(sessions.area // 100 == city),
            )
            for metric in METRICS.values():
                for each in cells_of(measure_day(metric, here, context), keys):
                    cells.append(
                        SketchedCells(
                            city=city,
                            platform_id=observed.platform_ids[each.platform],
                            cells=each.cells,
                            ends=sketched(each.ends.values, each.ends.starts),
                            cuts=sketched(each.cuts.values, each.cuts.starts),
                        )
                    )
        self._days.keep(connection, day, self._method, cells)
        was = self._states.get(day, DayState(day, "", stale=False, dropped=False, after_closing=0))
        self._states[day] = was._replace(method=self._method, stale=False)

    def touched(self, connection: Any, days: NDArray[np.int64]) -> None:
        """Events of these days came, or what they said before does not hold any more."""
        self.changed(connection, days_touched(days))

    def changed(self, connection: Any, days: NDArray[np.int64]) -> None:
        """The cells of these days are to be computed again, where there are any."""
        closed = [day for day in days.tolist() if self._is_current(day) and not self._states[day].dropped]
        if closed:
            self._days.mark_stale(connection, closed)
            self._states |= {day: self._states[day]._replace(stale=True) for day in closed}

    def came_after(self, connection: Any, days: NDArray[np.int64], statements: NDArray[np.uint64]) -> None:
        """Count statements that came after their day was dropped. Both of shape (n,)."""
        for day in np.unique(days).tolist():
            self._days.came_after(connection, day, statements[days == day])
            if day not in self._states:
                self._states[day] = DayState(day, "", stale=False, dropped=True, after_closing=0)

    def drop_old(self, connection: Any, days: Collection[int], watermark_ms: int) -> bool:
        """Let go of the days that are old enough, once they are closed; whether there were any.

        ``days``: of the events that are held.
        """
        newest = int(local_days(np.array([watermark_ms]))[0])
        first = newest - self._keep_days + 1
        waiting = [day for day in days if day < first and not self._is_done(day)]
        first = min([first, *waiting])
        if not any(day < first and not state.dropped for day, state in self._states.items()):
            return False
        self._days.drop(connection, first)
        for day, state in self._states.items():
            if day < first:
                self._states[day] = state._replace(dropped=True)
        self.first_kept = self._after_dropped()
        return True

    def _after_dropped(self) -> int | None:
        """The day after the last that was dropped: after a restart, too."""
        return max((day + 1 for day, state in self._states.items() if state.dropped), default=None)

    def _is_current(self, day: int) -> bool:
        state = self._states.get(day)
        return state is not None and state.method == self._method and not state.stale

    def _is_done(self, day: int) -> bool:
        """Whether nothing more comes of the day's events."""
        return self._is_current(day) or (day in self._states and self._states[day].dropped)


def require_kept(scope: Scope, first_day: int | None) -> None:
    """Raises FailedPreconditionError if a period asks for orders that are not kept any more.

    ``first_day``: the first that is; None: all are.
    """
    if first_day is None:
        return
    first_ms = midnight_ms(first_day)
    if scope.start_ms is not None and scope.start_ms < first_ms:
        field, moment = "period_start_time", scope.start_ms
    elif scope.start_ms is None and scope.end_ms is not None and scope.end_ms <= first_ms:
        field, moment = "period_end_time", scope.end_ms
    else:
        return
    raise FailedPreconditionError(
        f"{field}: orders of {show(moment)} are not kept any more, the first day kept is "
        f"{show_day(first_day)}; begin the period there, or ask ListBaselines, which answers for older days",
        zh=f"{field}：{show(moment)} 的订单已超过保存期限，现存最早一日为 {show_day(first_day)}；"
        "请从该日起审计，更早的日期请用 ListBaselines 查询",
        field=field,
        reason="ORDERS_NO_LONGER_KEPT",
        metadata={"first_day_kept": show_day(first_day)},
    )


def worker_keys(worker_ids: Sequence[str]) -> NDArray[np.uint64]:
    """What workers are known by when their events are gone, shape (n,): 64 bits of BLAKE2b of the pseudonym.

    Codes of workers change from one start to the next. Two of a million workers share a key with a chance of
    one in 37 million, and would be counted as one.
    """
    digests = b"".join(hashlib.blake2b(each.encode(), digest_size=8).digest() for each in worker_ids)
    return np.frombuffer(digests, "<u8").astype(np.uint64)
