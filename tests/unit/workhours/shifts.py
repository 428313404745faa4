"""Shifts in plain words, turned into the columns the core reads."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import fields
from typing import Any, NamedTuple

import numpy as np

from kit.columns.key_table import KeyTable
from services.workhours.core.facts import said_of
from services.workhours.core.families.continuous_work import Params, judge_orders
from services.workhours.core.judgements import Judged, Judgements
from services.workhours.core.order_book import OrderBook
from services.workhours.core.order_time import orders_of
from services.workhours.core.verdict import Severity
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
    version: int = 0
    deleted: bool = False
    says: int = 0
    """Which event it is a version of: what `event` was of the first; 0: of itself."""

    def corrected(self, **other: Any) -> Row:
        """The next version of this event."""
        return self._replace(version=self.version + 1, says=self.event, **other)

    @property
    def order_hash(self) -> int:
        return _hash("order", self.platform, self.order)

    @property
    def pair(self) -> int:
        """Of the order in this worker's hands."""
        return _hash("pair", self.worker, self.platform, self.order)

    @property
    def event(self) -> int:
        return self.says or _hash("event", *self[:6])


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
        order=np.array([row.pair for row in rows], dtype=np.uint64),
        kind=np.array([row.kind for row in rows], dtype=np.int8),
        time=np.array([row.time for row in rows], dtype=np.int64),
        event=np.array([row.event for row in rows], dtype=np.uint64),
        area=np.array([row.area for row in rows], dtype=np.int64),
        record=np.zeros(len(rows), dtype=np.int64),
    )


def book_of(events: WorkEvents) -> OrderBook:
    """An order book that has these events."""
    book = OrderBook(KeyTable())
    book.add(events)
    return book


def judge(events: WorkEvents, params: Params, watermark_ms: int) -> tuple[Judged, OrderBook]:
    """All spells of these events; a worker is known up to the watermark, or their latest event if later."""
    book = book_of(events)
    orders = orders_of(book, np.arange(len(book)), params.max_open_order_ms)
    known = np.full(int(events.worker.max(initial=-1)) + 1, watermark_ms)
    np.maximum.at(known, events.worker, events.time)
    return judge_orders(orders, params, known[orders.worker]), book


COLUMNS = [field.name for field in fields(Judgements) if field.name not in {"orders", "trace"}]


def as_records(judged: Judged, book: OrderBook) -> list[dict[str, object]]:
    """Every judgement whole, as plain Python values, in the order given."""
    found = judged.judgements
    return [
        {name: getattr(found, name)[spell].item() for name in COLUMNS}
        | {
            "crossing_order": int(book.key(found.crossing_order[spell : spell + 1])[0]),
            "crossing_platform": int(book["platform"][found.crossing_order[spell]]),
            "crossing_area": int(book["area"][found.crossing_order[spell]]),
            "platforms": sorted(set(book["platform"][found.orders[spell]].tolist())),
            "orders": sorted(book.key(found.orders[spell]).tolist()),
            "trace": found.trace.of(spell),
        }
        for spell in range(len(found))
    ]


NIGHT = "23:59"


class Told:
    """Judgements with what a reader asks of them that stands in the order book."""

    def __init__(self, judged: Judged, book: OrderBook) -> None:
        self._found = judged.judgements
        self._book = book
        self.records = as_records(judged, book)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._found, name)

    def __len__(self) -> int:
        return len(self._found)

    @property
    def crossing_platform(self) -> list[object]:
        return [record["crossing_platform"] for record in self.records]

    @property
    def crossing_area(self) -> list[object]:
        return [record["crossing_area"] for record in self.records]

    @property
    def platforms(self) -> list[object]:
        return [record["platforms"] for record in self.records]

    def evidence(self, spell: int) -> list[int]:
        """Identities of the events that decide the spell's orders."""
        return sorted(said.event for said in said_of(self._book, self._found.orders[spell], at(NIGHT)))


def judged(rows: Iterable[Row], params: Params, now: str = NIGHT) -> Told:
    return Told(*judge(columns(rows), params, at(now)))


def severities(judgements: Told) -> list[Severity]:
    return [Severity(severity) for severity in judgements.severity.tolist()]
