"""Rows on their way: gathered into batches, sent, answered. No I/O, no clock, no threads: both clients share
it."""

from __future__ import annotations

import itertools
import secrets
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Self

from quzhong.answers import Row
from quzhong.api.intake.v1 import intake_pb2
from quzhong.errors import ApiError, Undelivered
from quzhong.rows import AnyDispatch, AnyWorkSession
from quzhong.tracing import Metadata, trace_metadata

MOST_ROWS = 5_000
"""Rows the service takes in one call."""

Request = intake_pb2.SubmitDispatchesRequest | intake_pb2.SubmitWorkSessionsRequest


class RowKind(Enum):
    """A batch holds rows of one kind."""

    DISPATCH = "dispatch"
    WORK_SESSION = "work session"

    # Each is there once, and Enum's own hash is a call in Python for every row.
    __hash__ = object.__hash__


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows that are sent together, always under the same request_id."""

    kind: RowKind
    number: int
    """Counts from 1 within a client."""
    request: Request
    """What is sent, all but whose it is."""
    trace: Metadata = ()
    """Of whoever added its first row."""

    @classmethod
    def of(
        cls, kind: RowKind, number: int, request_id: str, rows: Iterable[Row], trace: Metadata = ()
    ) -> Self:
        """A batch of copies of messages."""
        request = _REQUESTS[kind](request_id=request_id)
        rows_of(request).extend(rows)
        return cls(kind, number, request, trace)

    @property
    def request_id(self) -> str:
        """The same for ever."""
        return self.request.request_id

    @property
    def rows(self) -> Sequence[Row]:
        """As they are sent."""
        rows: Sequence[Row] = rows_of(self.request)
        return rows

    def to_request(self, platform_id: str) -> Request:
        """The batch as it is sent: equal each time, so that resending it is safe."""
        self.request.platform_id = platform_id
        return self.request


_REQUESTS: dict[RowKind, type[Request]] = {
    RowKind.DISPATCH: intake_pb2.SubmitDispatchesRequest,
    RowKind.WORK_SESSION: intake_pb2.SubmitWorkSessionsRequest,
}


def rows_of(request: Request) -> Any:
    """The rows of a request, as protobuf's container of them."""
    if isinstance(request, intake_pb2.SubmitDispatchesRequest):
        return request.dispatches
    return request.work_sessions


class RequestIds:
    """Request ids of one client: the instance's random part and a counter.

    A client sends a batch under one id for ever; two clients, or two runs of one program, never share an id.
    """

    def __init__(self, instance_id: str | None = None) -> None:
        self.instance_id = instance_id or secrets.token_hex(8)
        self._numbers = itertools.count(1)

    def next(self) -> tuple[int, str]:
        """The next number and its id. Safe for threads."""
        number = next(self._numbers)
        return number, f"{self.instance_id}-{number}"


@dataclass(slots=True)
class _Open:
    """A batch that still takes rows: they are written where they are sent from, in one piece of memory."""

    request: Request
    rows: Any
    make: Callable[..., Any]
    """Writes one more row."""
    due_at: float
    trace: Metadata


class SendQueue:
    """Where every row is between ``add`` and its answer: open → ready → in flight → answered | undelivered.

    Times are seconds of one monotonic clock, passed in. Not safe for threads: its owner holds a lock.
    """

    def __init__(self, ids: RequestIds, *, batch_size: int, linger_s: float, queue_rows: int) -> None:
        """``queue_rows``: rows that may be unanswered before ``full``.

        Raises:
            ValueError: naming the argument that makes no sense.
        """
        if not 1 <= batch_size <= MOST_ROWS:
            raise ValueError(f"batch_size: {batch_size}; 1 to {MOST_ROWS} are taken")
        if linger_s < 0:
            raise ValueError(f"linger_s: {linger_s} is negative")
        if queue_rows < batch_size:
            raise ValueError(f"queue_rows: {queue_rows} rows do not hold one batch of {batch_size}")
        self._ids = ids
        self._batch_size = batch_size
        self._linger_s = linger_s
        self._queue_rows = queue_rows
        self._open: dict[RowKind, _Open] = {}
        self._ready: deque[Batch] = deque()
        self._in_flight: dict[int, Batch] = {}
        self._undelivered: list[Undelivered] = []
        self._held_rows = 0
        self.takes = True
        """Whether ``add`` may be called: there is room, and nothing was given up. No property, because it is
        asked for every row."""

    @property
    def full(self) -> bool:
        """Whether ``add`` has to wait."""
        return self._held_rows >= self._queue_rows

    @property
    def idle(self) -> bool:
        """Whether nothing is left to send or to be answered."""
        return not (self._open or self._ready or self._in_flight)

    @property
    def undelivered(self) -> tuple[Undelivered, ...]:
        """Batches that were given up."""
        return tuple(self._undelivered)

    def add(
        self, kind: RowKind, row: AnyDispatch | AnyWorkSession, now: float, worker_id: str | None = None
    ) -> bool:
        """Take a row; answers whether a sender has something new to look at: a full batch or a new
        deadline.

        ``worker_id``: the pseudonym of whom the row names; None: it is a message, which has it already and is
        copied.

        Raises:
            ValueError: if the row cannot be written. It was not taken.
        """
        open_batch = self._open.get(kind) or self._opened(kind, now)
        rows = open_batch.rows
        held = len(rows)
        try:
            if worker_id is None:
                rows.append(row)
            else:
                row.to_message(worker_id, open_batch.make)  # type: ignore[union-attr]
        except BaseException:
            del rows[held:]  # what was written of it
            if not held:
                del self._open[kind]
            raise
        self._held_rows += 1
        if self._held_rows >= self._queue_rows:
            self.takes = False
        if held + 1 >= self._batch_size:
            self._seal(kind)
            return True
        return held == 0

    def adopt(self, batches: Iterable[Batch]) -> None:
        """Take what an earlier client could not deliver, to be sent before anything else; there may be more
        of it than ``queue_rows``."""
        for batch in batches:
            self._held_rows += len(batch.rows)
            self._ready.append(batch)
        self._look()

    def next(self, now: float) -> Batch | None:
        """The next batch to send; it is in flight from then on."""
        for kind in [kind for kind, batch in self._open.items() if batch.due_at <= now]:
            self._seal(kind)
        if not self._ready:
            return None
        batch = self._ready.popleft()
        self._in_flight[batch.number] = batch
        return batch

    def wait_s(self, now: float) -> float | None:
        """Seconds until ``next`` has something because a batch has lingered long enough; None: not by
        itself."""
        if self._ready:
            return 0.0
        return max(0.0, min(batch.due_at for batch in self._open.values()) - now) if self._open else None

    def answered(self, batch: Batch) -> None:
        """The batch in flight is done."""
        del self._in_flight[batch.number]
        self._held_rows -= len(batch.rows)
        self._look()

    def failed(self, batch: Batch, error: ApiError | None) -> None:
        """The batch in flight was given up: keep it."""
        del self._in_flight[batch.number]
        self._undelivered.append(Undelivered(batch, error))
        self._look()

    def seal(self) -> int:
        """Let open batches linger no more; answers the number up to which batches exist."""
        for kind in list(self._open):
            self._seal(kind)
        return max((batch.number for batch in (*self._ready, *self._in_flight.values())), default=0)

    def settled(self, number: int) -> bool:
        """Whether no batch up to this number is still to be sent or answered."""
        return all(each.number > number for each in self._ready) and all(
            each > number for each in self._in_flight
        )

    def resend(self) -> None:
        """Send again what was given up, each batch under its old request_id."""
        self._ready.extendleft(each.batch for each in reversed(self._undelivered))
        self._undelivered.clear()
        self._look()

    def abandon(self) -> None:
        """Give up what was never sent."""
        self.seal()
        self._undelivered.extend(Undelivered(batch, None) for batch in self._ready)
        self._ready.clear()
        self._look()

    def _look(self) -> None:
        self.takes = not self.full and not self._undelivered

    def _opened(self, kind: RowKind, now: float) -> _Open:
        request = _REQUESTS[kind]()
        rows = rows_of(request)
        opened = _Open(request, rows, rows.add, now + self._linger_s, trace_metadata())
        self._open[kind] = opened
        return opened

    def _seal(self, kind: RowKind) -> None:
        number, request_id = self._ids.next()
        sealed = self._open.pop(kind)
        sealed.request.request_id = request_id
        self._ready.append(Batch(kind, number, sealed.request, sealed.trace))
