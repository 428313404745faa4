"""Hand in events from ordinary (threaded) code. ``quzhong.aio`` is the same for asyncio."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self, TypeVar

import grpc

from quzhong.answers import BatchAnswer, Rejected, Row, Totals, UploadAnswer, batch_answer
from quzhong.api.intake.v1 import intake_pb2, intake_pb2_grpc
from quzhong.batching import Batch, Request, RequestIds, RowKind, SendQueue
from quzhong.channel import Bearer, Credential, channel_to
from quzhong.errors import (
    ApiError,
    ClientClosedError,
    SpoolError,
    Undelivered,
    UndeliveredError,
    from_rpc_error,
)
from quzhong.pseudonyms import Pseudonymiser
from quzhong.retry import Attempts, Pacing, RetryPolicy
from quzhong.rows import AnyDispatch, AnyWorkSession, DispatchRow, RowMaker, WorkSessionRow
from quzhong.spool import Spool
from quzhong.tracing import Metadata, trace_metadata
from quzhong.uploads import Upload

AnswerT = TypeVar("AnswerT", BatchAnswer, UploadAnswer)


class Client:
    """Sends a platform's events in the background, several batches in flight, and loses none.

    ::

        with Client("quzhong.example:443", token, "platform-a", pseudonymiser=pseudonyms,
                    credentials=grpc.ssl_channel_credentials(), on_rejected=print) as client:
            client.add_dispatch(DispatchRow(...))

    ``add_*`` returns at once, or waits while ``queue_rows`` rows have no answer yet (backpressure). A batch
    goes out when it has ``batch_size`` rows or is ``linger_s`` old. With ``max_in_flight`` above 1 batches
    may arrive in another order than they were added; verdicts do not depend on the order. All methods may be
    called from any thread.
    """

    def __init__(
        self,
        address: str,
        token: Credential,
        platform_id: str,
        *,
        pseudonymiser: Pseudonymiser | None = None,
        batch_size: int = 500,
        linger_s: float = 0.2,
        max_in_flight: int = 4,
        queue_rows: int = 20_000,
        timeout_s: float = 30.0,
        retry: RetryPolicy | None = None,
        credentials: grpc.ChannelCredentials | None = None,
        spool: str | os.PathLike[str] | None = None,
        on_answer: Callable[[BatchAnswer], None] | None = None,
        on_rejected: Callable[[Rejected], None] | None = None,
        pacing: Pacing | None = None,
    ) -> None:
        """Nothing is sent, and nobody is called, before the first row, except what waits in the spool.

        Args:
            address: ``host:port`` of the intake service.
            token: The platform's credential: a token of the registry, or a ``PrivateKeyJwt``.
            platform_id: The platform the rows are of.
            pseudonymiser: Turns identities into pseudonyms; needed only for ``DispatchRow`` and
                ``WorkSessionRow``.
            batch_size: Rows a call, 1–5,000.
            linger_s: How long a row may wait for others, seconds.
            max_in_flight: Calls at the same time.
            queue_rows: Rows without an answer before ``add_*`` waits.
            timeout_s: How long one attempt of a call may take, seconds.
            retry: How UNAVAILABLE is met, and RESOURCE_EXHAUSTED that says when to come again.
            credentials: TLS; without them the connection is plain and the token can be read on the way, which
                is for this machine only.
            spool: A folder where batches that ``close`` could not deliver wait for the next client with the
                same folder, which sends them before anything else, under their old request_id; None or empty:
                they are in the ``UndeliveredError`` alone. One client at a time uses a folder.
            on_answer: Called with every answer, from a sender's thread.
            on_rejected: Called with every rejected row, from a sender's thread; ``list.append`` collects
                them.
            pacing: Time and chance, for tests.

        Raises:
            ValueError: naming the argument that makes no sense.
            SpoolError: if the spool cannot be used, or has a file that is no batch of this platform.
        """
        if max_in_flight < 1:
            raise ValueError(f"max_in_flight: {max_in_flight}; at least 1 is needed")
        self.platform_id = platform_id
        self._rows = RowMaker(pseudonymiser)
        self._ids = RequestIds()
        self._queue = SendQueue(self._ids, batch_size=batch_size, linger_s=linger_s, queue_rows=queue_rows)
        self._batch_size = batch_size
        self._timeout_s = timeout_s
        self._retry = retry or RetryPolicy()
        self._pacing = pacing or Pacing()
        self._monotonic = self._pacing.monotonic
        self._on_answer = on_answer
        self._on_rejected = on_rejected
        self._spool = Spool(spool, platform_id) if spool else None
        kept = self._spool.batches(self._ids) if self._spool else []
        self._bearer = Bearer(token)
        self._channel = channel_to(address, credentials)
        self._stub = intake_pb2_grpc.IntakeServiceStub(self._channel)
        self._lock = threading.Lock()
        self._work = threading.Condition(self._lock)
        """Senders wait on it."""
        self._progress = threading.Condition(self._lock)
        """Callers of ``add_*``, ``flush`` and ``close`` wait on it."""
        self._totals = Totals()
        self._closed = False
        self._hurry = threading.Event()
        """Set when ``close`` has no time left: no more waiting between attempts."""
        self._callback_error: Exception | None = None
        self._senders: list[threading.Thread] = []
        self._max_in_flight = max_in_flight
        if kept:
            self._queue.adopt(kept)
            self._start_senders()

    @property
    def totals(self) -> Totals:
        """Rows answered so far, those added and those submitted or uploaded directly."""
        with self._lock:
            return self._totals

    @property
    def undelivered(self) -> tuple[Undelivered, ...]:
        """Batches that were given up, see ``resend``."""
        with self._lock:
            return self._queue.undelivered

    def add_dispatch(self, row: AnyDispatch) -> None:
        """Take a row to be sent; a protobuf message is copied.

        Raises:
            UndeliveredError: if a batch was given up before. This row was not taken.
            ClientClosedError: after ``close``.
            ValueError: if the row cannot be written, e.g. its time has no zone.
        """
        worker_id = self._rows.pseudonym(row.identity) if isinstance(row, DispatchRow) else None
        self._add(RowKind.DISPATCH, row, worker_id)

    def add_work_session(self, row: AnyWorkSession) -> None:
        """Take a row to be sent; as ``add_dispatch``."""
        worker_id = self._rows.pseudonym(row.identity) if isinstance(row, WorkSessionRow) else None
        self._add(RowKind.WORK_SESSION, row, worker_id)

    def flush(self, timeout_s: float | None = None) -> None:
        """Wait until every row added before has its answer.

        Raises:
            UndeliveredError: if a batch was given up; it is kept.
            TimeoutError: if answers are still to come after ``timeout_s`` seconds; nothing was given up.
            Exception: what a callback raised.
        """
        with self._lock:
            number = self._queue.seal()
            self._work.notify_all()
            if not self._progress.wait_for(lambda: self._queue.settled(number), timeout_s):
                raise TimeoutError(f"answers are still to come after {timeout_s} s")
            self._raise_what_went_wrong()

    def resend(self) -> None:
        """Send again what was given up, each batch under its old request_id."""
        with self._lock:
            self._check_open()
            self._queue.resend()
            self._start_senders()
            self._work.notify_all()

    def close(self, timeout_s: float | None = None) -> None:
        """Send what is there, wait for the answers, and close. A second call does nothing.

        Raises:
            UndeliveredError: with every batch that got no answer within ``timeout_s`` or was given up; with a
                spool they are in its folder too.
            Exception: what a callback raised.
        """
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._queue.seal()
            self._work.notify_all()
        try:
            with self._lock:
                self._progress.wait_for(lambda: self._queue.idle, timeout_s)
        finally:  # Ctrl-C is another way to say that there is no time left
            spool_error = self._end()
        with self._lock:
            self._raise_what_went_wrong(spool_error)

    def submit_dispatches(self, rows: Iterable[AnyDispatch], *, request_id: str | None = None) -> BatchAnswer:
        """Send up to 5,000 rows in one call, past the queue, and answer what became of each.

        ``request_id``: for callers who want to send the same batch again after a crash of their own.

        Raises:
            ApiError: its subclass says what to do.
            ClientClosedError: after ``close``.
        """
        return self._submit(RowKind.DISPATCH, [self._rows.dispatch(row) for row in rows], request_id)

    def submit_work_sessions(
        self, rows: Iterable[AnyWorkSession], *, request_id: str | None = None
    ) -> BatchAnswer:
        """As ``submit_dispatches``."""
        return self._submit(RowKind.WORK_SESSION, [self._rows.work_session(row) for row in rows], request_id)

    def upload_dispatches(self, rows: Iterable[AnyDispatch]) -> UploadAnswer:
        """Send any number of rows in one stream, for bulk; one answer for all of them.

        A stream is not sent again by itself: after an UnavailableError upload the same rows once more, those
        that had arrived count as duplicates.

        Raises:
            ApiError: its subclass says what to do.
            ClientClosedError: after ``close``.
        """
        upload = Upload(map(self._rows.dispatch, rows), self.platform_id, self._ids, self._batch_size)
        with self._upload_errors(upload):
            response = self._stub.UploadDispatches(upload.dispatches(), metadata=self._upload_metadata())
        return self._count(upload.answer(response.answer))

    def upload_work_sessions(self, rows: Iterable[AnyWorkSession]) -> UploadAnswer:
        """As ``upload_dispatches``."""
        upload = Upload(map(self._rows.work_session, rows), self.platform_id, self._ids, self._batch_size)
        with self._upload_errors(upload):
            response = self._stub.UploadWorkSessions(upload.work_sessions(), metadata=self._upload_metadata())
        return self._count(upload.answer(response.answer))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _end(self) -> SpoolError | None:
        """Give up what has no answer yet and keep it; why it could not be kept, if it could not."""
        with self._lock:
            self._queue.abandon()
            self._work.notify_all()
        self._hurry.set()
        self._channel.close()  # ends calls still in flight; their batches become undelivered
        for sender in self._senders:
            sender.join()
        return self._spool.keep(self._queue.undelivered) if self._spool else None

    def _add(self, kind: RowKind, row: AnyDispatch | AnyWorkSession, worker_id: str | None) -> None:
        with self._lock:
            while self._closed or self._callback_error is not None or not self._queue.takes:
                self._check_open()
                self._raise_what_went_wrong()
                self._progress.wait()
            if self._queue.add(kind, row, self._monotonic(), worker_id):
                self._start_senders()
                self._work.notify()

    def _start_senders(self) -> None:
        while len(self._senders) < self._max_in_flight:
            name = f"quzhong-sender-{len(self._senders)}"
            sender = threading.Thread(target=self._send_batches, name=name, daemon=True)
            self._senders.append(sender)
            sender.start()

    def _send_batches(self) -> None:
        while (batch := self._next_batch()) is not None:
            try:
                answer = self._send(batch)
            except (ApiError, ValueError) as error:  # ValueError: gRPC's way to say that close came first
                with self._lock:
                    self._queue.failed(batch, error if isinstance(error, ApiError) else None)
                    self._progress.notify_all()
                continue
            self._call_back(answer)
            if self._spool:
                self._spool.forget(batch)
            with self._lock:
                self._queue.answered(batch)
                self._totals += answer
                self._progress.notify_all()

    def _next_batch(self) -> Batch | None:
        with self._lock:
            while True:
                now = self._pacing.monotonic()
                batch = self._queue.next(now)
                wait_s = self._queue.wait_s(now)
                if batch is not None and wait_s is not None:
                    self._work.notify()  # what is left needs somebody who watches its deadline
                if batch is not None or (self._closed and wait_s is None):
                    return batch
                self._work.wait(wait_s)

    def _send(self, batch: Batch) -> BatchAnswer:
        """One batch, sent until it is answered or given up."""
        request = batch.to_request(self.platform_id)
        attempts = Attempts(self._retry, self._pacing)
        while True:
            try:
                return batch_answer(batch.request_id, batch.rows, self._call(request, batch.trace))
            except (grpc.RpcError, ApiError) as error:  # ApiError: no token can be had
                failure = error if isinstance(error, ApiError) else from_rpc_error(error)
                if self._hurry.wait(attempts.wait_after(failure)):
                    raise failure from error

    def _call(self, request: Request, trace: Metadata) -> intake_pb2.BatchAnswer:
        metadata = self._bearer.metadata() + trace
        if isinstance(request, intake_pb2.SubmitDispatchesRequest):
            return self._stub.SubmitDispatches(request, timeout=self._timeout_s, metadata=metadata).answer
        return self._stub.SubmitWorkSessions(request, timeout=self._timeout_s, metadata=metadata).answer

    def _submit(self, kind: RowKind, rows: list[Row], request_id: str | None) -> BatchAnswer:
        with self._lock:
            self._check_open()
        number, next_id = self._ids.next()
        return self._count(self._send(Batch.of(kind, number, request_id or next_id, rows, trace_metadata())))

    def _upload_metadata(self) -> Metadata:
        return self._bearer.metadata() + trace_metadata()

    def _count(self, answer: AnswerT) -> AnswerT:
        with self._lock:
            self._totals += answer
        return answer

    def _call_back(self, answer: BatchAnswer) -> None:
        try:
            if self._on_answer is not None:
                self._on_answer(answer)
            if self._on_rejected is not None:
                for rejected in answer.rejections:
                    self._on_rejected(rejected)
        except Exception as error:  # noqa: BLE001 - the caller's own code: flush or close raises it
            with self._lock:
                self._callback_error = self._callback_error or error

    @contextmanager
    def _upload_errors(self, upload: Upload[Any]) -> Iterator[None]:
        with self._lock:
            self._check_open()
        try:
            yield
        except grpc.RpcError as error:
            raise (upload.failure or from_rpc_error(error)) from error

    def _check_open(self) -> None:
        if self._closed:
            raise ClientClosedError("the client is closed")

    def _raise_what_went_wrong(self, spool_error: SpoolError | None = None) -> None:
        error, self._callback_error = self._callback_error, None
        if self._queue.undelivered:
            raise UndeliveredError(self._queue.undelivered, spool_error) from error
        if error is not None:
            raise error
