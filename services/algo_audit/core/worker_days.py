"""How long workers were online, and how long they worked.

Online: from ONLINE to the next OFFLINE of the worker on the platform, without breaks, cut at midnight in
Asia/Shanghai. A break lasts from BREAK_START to the next event. An ONLINE that another ONLINE follows, or
nothing, has no known end: it is not counted, but reported as open.

Worked: the union of the worker's order intervals on the platform; orders carried at the same time are never
counted twice (人社厅发〔2023〕50号 指引).

Both are pure functions of the set of events: of events of one moment the order is fixed, not that of arrival.
"""

from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.cohort_keys import DAY_MS, SHANGHAI_OFFSET_MS, local_days


class WorkSessionKind(IntEnum):
    """Values equal those of quzhong.api.events.v1.WorkSessionKind."""

    ONLINE = 1
    OFFLINE = 2
    BREAK_START = 3
    BREAK_END = 4


_RANK = np.array([0, 2, 1, 3, 0])
"""By kind, of events of one moment: what ends comes before what begins, a break begins within its session."""


@dataclass(frozen=True, slots=True, eq=False)
class SessionColumns:
    """Work-session events, one array of shape (n,) per field, rows in any order.

    Raises ValueError naming the first column whose length differs.
    """

    worker: NDArray[np.int64]
    """Code of the worker, the same across platforms and in the orders."""
    platform: NDArray[np.int64]
    area: NDArray[np.int64]
    """GB/T 2260 code; 0 unknown."""
    vehicle: NDArray[np.int64]
    """Vehicle of the events; 0 not stated."""
    kind: NDArray[np.int8]
    """WorkSessionKind values."""
    time: NDArray[np.int64]
    """Epoch milliseconds, UTC."""

    def __post_init__(self) -> None:
        for field in fields(self):
            length = len(getattr(self, field.name))
            if length != len(self.worker):
                raise ValueError(f"column {field.name} has {length} rows, column worker {len(self.worker)}")

    def take(self, rows: NDArray[np.bool_]) -> "SessionColumns":
        """Some of the rows."""
        return SessionColumns(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})


@dataclass(frozen=True, slots=True, eq=False)
class WorkerDays:
    """A worker's day on a platform with time online, one array of shape (n,) per field, sorted by platform,
    worker and day."""

    worker: NDArray[np.int64]
    platform: NDArray[np.int64]
    area: NDArray[np.int64]
    """The largest code an ONLINE of the day's sessions states; 0 unknown."""
    vehicle: NDArray[np.int64]
    """Likewise; 0 not stated."""
    day: NDArray[np.int64]
    """Days since 1970-01-01 in Asia/Shanghai."""
    online_s: NDArray[np.float64]
    """Above 0."""
    open_sessions: int
    """How many ONLINE have no OFFLINE; nothing of them is counted."""

    def __len__(self) -> int:
        return len(self.worker)


def online_days(sessions: SessionColumns) -> WorkerDays:
    """Seconds online per worker, platform and local day; see the top of this file."""
    rank = _RANK[sessions.kind]
    order = np.lexsort(
        (sessions.vehicle, sessions.area, rank, sessions.time, sessions.worker, sessions.platform)
    )
    platform, worker = sessions.platform[order], sessions.worker[order]
    kind, time = sessions.kind[order], sessions.time[order]
    # A worker's events of one kind and moment are one event: the last, of the largest area.
    same_worker = _as_next(platform) & _as_next(worker)
    last = ~(same_worker & _as_next(time) & _as_next(kind))
    order, platform, worker, kind, time = order[last], platform[last], worker[last], kind[last], time[last]
    same_worker = _as_next(platform) & _as_next(worker)

    bound = np.flatnonzero((kind == WorkSessionKind.ONLINE) | (kind == WorkSessionKind.OFFLINE))
    session = np.searchsorted(bound, np.arange(len(kind)), side="right") - 1
    begins = kind[bound] == WorkSessionKind.ONLINE
    ends = np.zeros(len(bound), np.bool_)
    ends[:-1] = ~begins[1:] & (platform[bound][1:] == platform[bound][:-1])
    ends[:-1] &= worker[bound][1:] == worker[bound][:-1]
    closed = begins & ends
    counted = same_worker & (session >= 0)
    counted &= (kind == WorkSessionKind.ONLINE) | (kind == WorkSessionKind.BREAK_END)
    counted[counted] = closed[session[counted]]

    spell = np.flatnonzero(counted)
    start, end = time[spell], time[spell + 1]
    spell, start, end = (column[end > start] for column in (spell, start, end))
    first, last_day = local_days(start), local_days(end - 1)
    days = last_day - first + 1
    piece = np.repeat(np.arange(len(spell)), days)
    day = first[piece] + np.arange(len(piece)) - np.repeat(np.cumsum(days) - days, days)
    midnight = day * DAY_MS - SHANGHAI_OFFSET_MS
    length = np.minimum(end[piece], midnight + DAY_MS) - np.maximum(start[piece], midnight)
    said = order[bound[session[spell]]][piece]
    return _by_day(sessions, said, day, length, int(np.count_nonzero(begins & ~ends)))


def _by_day(
    sessions: SessionColumns,
    said: NDArray[np.intp],
    day: NDArray[np.int64],
    length_ms: NDArray[np.int64],
    open_sessions: int,
) -> WorkerDays:
    """Pieces within a day added up; `said`: beside each the row of its ONLINE."""
    order = np.lexsort((day, sessions.worker[said], sessions.platform[said]))
    said, day, length_ms = said[order], day[order], length_ms[order]
    worker, platform = sessions.worker[said], sessions.platform[said]
    as_before = _as_next(day) & _as_next(worker) & _as_next(platform)
    starts = np.flatnonzero(np.concatenate((np.ones(min(1, len(day)), np.bool_), ~as_before[:-1])))
    if len(starts) == 0:
        none = np.empty(0, np.int64)
        return WorkerDays(none, none, none, none, none, np.empty(0), open_sessions)
    return WorkerDays(
        worker=worker[starts],
        platform=platform[starts],
        area=np.maximum.reduceat(sessions.area[said], starts),
        vehicle=np.maximum.reduceat(sessions.vehicle[said], starts),
        day=day[starts],
        online_s=np.add.reduceat(length_ms, starts) / 1000,
        open_sessions=open_sessions,
    )


def _as_next(column: NDArray[Any]) -> NDArray[np.bool_]:
    """True where the next row holds the same; False in the last."""
    same = np.zeros(len(column), np.bool_)
    np.equal(column[1:], column[:-1], out=same[:-1])
    return same


def worked_s(
    group: NDArray[np.int64], start_ms: NDArray[np.int64], end_ms: NDArray[np.int64], groups: int
) -> NDArray[np.float64]:
    """Seconds of the union of each group's intervals [start, end), shape (groups,).

    `group`: beside each interval its number, from 0. Sweep: starts and ends in order of time, +1 and −1;
    where the sum is above 0, the group works. Each group ends at 0, so one sum serves all. Group, time and
    whether it is an end are sorted as one word; the time by its rank where it would not fit.
    """
    times, ranked = np.concatenate((start_ms, end_ms)), None
    if len(times) == 0:
        return np.zeros(groups)
    lowest = int(times.min())
    width = int(times.max()) - lowest + 1
    if groups * width < 2**62:
        times -= lowest
    else:
        ranked, times = np.unique(times, return_inverse=True)
        width = len(ranked)
    is_end = np.repeat(np.array([0, 1]), len(start_ms))
    sweep = (np.concatenate((group, group)) * width + times) * 2 + is_end
    sweep.sort()
    busy = np.cumsum(1 - 2 * (sweep & 1))[:-1] > 0
    sweep >>= 1
    of, time = np.divmod(sweep, width)
    length = np.diff(time if ranked is None else ranked[time])[busy]
    return np.bincount(of[:-1][busy], length, minlength=groups) / 1000
