"""Shifts in plain words, turned into the columns the core reads."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import fields
from typing import NamedTuple

import numpy as np

from services.workhours.core.continuous_work import Judgements, Severity, judge
from services.workhours.core.rule_pack import ContinuousWorkParams
from services.workhours.core.work_events import DispatchKind, WorkEvents

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY_START = 1_768_435_200_000  # 2026-01-15T00:00:00Z


class Row(NamedTuple):
    """One event; `order` is the platform's own number, so two platforms may use the same one."""

    worker: int
    platform: int
    order: int
    kind: DispatchKind
    time: int
    area: int = 0

    @property
    def order_hash(self) -> int:
        return _hash("order", self.platform, self.order)

    @property
    def event(self) -> int:
        return _hash("event", *self)


def _hash(*parts: object) -> int:
    return int.from_bytes(hashlib.sha256(repr(parts).encode()).digest()[:8], "big")


def at(clock: str) -> int:
    """ "08:00", "08:00:01" or "08:00:01.001" of the test's day, in epoch ms."""
    hours, minutes, seconds = [*clock.split(":"), "0"][:3]
    return DAY_START + int(hours) * HOUR + int(minutes) * MINUTE + round(float(seconds) * 1000)


def accepted(start: str, *, order: int = 0, worker: int = 0, platform: int = 0, area: int = 0) -> Row:
    return Row(worker, platform, order, DispatchKind.ACCEPTED, at(start), area)


def picked_up(time: str, *, order: int = 0, worker: int = 0, platform: int = 0, area: int = 0) -> Row:
    return Row(worker, platform, order, DispatchKind.PICKED_UP, at(time), area)


def completed(end: str, *, order: int = 0, worker: int = 0, platform: int = 0, area: int = 0) -> Row:
    return Row(worker, platform, order, DispatchKind.COMPLETED, at(end), area)


def orders(
    *times: tuple[str, str], worker: int = 0, platform: int = 0, area: int = 0, first_order: int = 0
) -> list[Row]:
    """Each (accepted, completed) as an order of its own, numbered from `first_order`."""
    rows = []
    for order, (start, end) in enumerate(times, first_order):
        rows.append(accepted(start, order=order, worker=worker, platform=platform, area=area))
        rows.append(completed(end, order=order, worker=worker, platform=platform, area=area))
    return rows


def columns(rows: Iterable[Row]) -> WorkEvents:
    rows = list(rows)
    return WorkEvents(
        worker=np.array([row.worker for row in rows], dtype=np.int64),
        platform=np.array([row.platform for row in rows], dtype=np.int64),
        order=np.array([row.order_hash for row in rows], dtype=np.uint64),
        kind=np.array([row.kind for row in rows], dtype=np.int8),
        time=np.array([row.time for row in rows], dtype=np.int64),
        event=np.array([row.event for row in rows], dtype=np.uint64),
        area=np.array([row.area for row in rows], dtype=np.int64),
    )


COLUMNS = [field.name for field in fields(Judgements) if field.name not in {"platforms", "evidence", "trace"}]


def as_records(judgements: Judgements) -> list[dict[str, object]]:
    """Every judgement whole, as plain Python values, in the order given."""
    return [
        {name: getattr(judgements, name)[spell].item() for name in COLUMNS}
        | {
            "platforms": judgements.platforms[spell].tolist(),
            "evidence": judgements.evidence[spell].tolist(),
            "trace": judgements.trace.of(spell),
        }
        for spell in range(len(judgements))
    ]


NIGHT = "23:59"


def judged(rows: Iterable[Row], params: ContinuousWorkParams, now: str = NIGHT) -> Judgements:
    return judge(columns(rows), params, at(now)).judgements


def severities(judgements: Judgements) -> list[Severity]:
    return [Severity(severity) for severity in judgements.severity.tolist()]
