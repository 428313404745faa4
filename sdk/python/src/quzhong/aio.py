"""Hand in events from asyncio code. The same as ``quzhong.client``, whose docstrings say more."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any, Self, TypeVar

import grpc
import grpc.aio

from quzhong.answers import BatchAnswer, Rejected, Row, Totals, UploadAnswer, batch_answer
from quzhong.api.intake.v1 import intake_pb2, intake_pb2_grpc
from quzhong.batching import Batch, Request, RequestIds, RowKind, SendQueue
from quzhong.channel import Bearer, Credential, aio_channel_to
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


class AsyncClient:
    """Sends a platform's events from tasks of the running loop, several batches in flight, and loses none.

    ::

        async with AsyncClient("quzhong.example:443", token, "platform-a", pseudonymiser=pseudonyms,
                               credentials=grpc.ssl_channel_credentials()) as client:
            await client.add_dispatch(DispatchRow(...))

    Made and used within one event loop.
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
        """Arguments and errors as of ``Client``; the callbacks run in the loop and must not block.

        A client with a spool is made within a running loop, where what waits in it is sent from.

        Raises:
            RuntimeError: if there is a spool and no running loop.
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
        self._on_answer = on_answer
        self._on_rejected = on_rejected
        if spool:
            asyncio.get_running_loop()  # the same whether something waits in it or not
        self._spool = Spool(spool, platform_id) if spool else None
        kept = self._spool.batches(self._ids) if self._spool else []
        self._bearer = Bearer(token)
        self._channel = aio_channel_to(address, credentials)
        self._stub = intake_pb2_grpc.IntakeServiceStub(self._channel)
        self._totals = Totals()
        self._changed = asyncio.Condition()
        """Senders, and callers of ``add_*``, ``flush`` and ``close``, wait on it."""
        self._closed = False
        self._callback_error: Exception | None = None
        self._senders: list[asyncio.Task[None]] = []
        self._max_in_flight = max_in_flight
        if kept:
            self._queue.adopt(kept)
            self._start_senders()

    @property
    def totals(self) -> Totals:
        """Rows answered so far, those added and those submitted or uploaded directly."""
        return self._totals

    @property
    def undelivered(self) -> tuple[Undelivered, ...]:
        """Batches that were given up, see ``resend``."""
        return self._queue.undelivered

    async def add_dispatch(self, row: AnyDispatch) -> None:
        """Take a row to be sent; see ``Client.add_dispatch``."""
        worker_id = self._rows.pseudonym(row.identity) if isinstance(row, DispatchRow) else None
        await self._add(RowKind.DISPATCH, row, worker_id)

    async def add_work_session(self, row: AnyWorkSession) -> None:
        """Take a row to be sent; see ``Client.add_dispatch``."""
        worker_id = self._rows.pseudonym(row.identity) if isinstance(row, WorkSessionRow) else None
        await self._add(RowKind.WORK_SESSION, row, worker_id)

    async def flush(self, timeout_s: float | None = None) -> None:
        """Wait until every row added before has its answer; see ``Client.flush``."""
        number = self._queue.seal()
        await self._notify()
        if not await self._wait_for(lambda: self._queue.settled(number), timeout_s):
            raise TimeoutError(f"answers are still to come after {timeout_s} s")
        self._raise_what_went_wrong()

    async def resend(self) -> None:
        """Send again what was given up, each batch under its old request_id."""
        self._check_open()
        self._queue.resend()
        self._start_senders()
        await self._notify()

    async def close(self, timeout_s: float | None = None) -> None:
        """Send what is there, wait for the answers, and close; see ``Client.close``. To cancel it is another
        way to say that there is no time left."""
        if self._closed:
            return
        self._closed = True
        self._queue.seal()
        try:
            await self._notify()
            await self._wait_for(lambda: self._queue.idle, timeout_s)
        finally:
            spool_error = await self._end()
        self._raise_what_went_wrong(spool_error)

    async def submit_dispatches(
        self, rows: Iterable[AnyDispatch], *, request_id: str | None = None
    ) -> BatchAnswer:
        """Send up to 5,000 rows in one call, past the queue; see ``Client.submit_dispatches``."""
        return await self._submit(RowKind.DISPATCH, [self._rows.dispatch(row) for row in rows], request_id)

    async def submit_work_sessions(
        self, rows: Iterable[AnyWorkSession], *, request_id: str | None = None
    ) -> BatchAnswer:
        """As ``submit_dispatches``."""
        return await self._submit(
            RowKind.WORK_SESSION, [self._rows.work_session(row) for row in rows], request_id
        )

    async def upload_dispatches(self, rows: Iterable[AnyDispatch]) -> UploadAnswer:
        """Send any number of rows in one stream; see ``Client.upload_dispatches``."""
        upload = Upload(map(self._rows.dispatch, rows), self.platform_id, self._ids, self._batch_size)
        async with self._upload_errors(upload):
            metadata = await self._bearer.metadata_async() + trace_metadata()
            call = self._stub.UploadDispatches(upload.dispatches(), metadata=metadata)
            response = await call
        return self._count(upload.answer(response.answer))

    async def upload_work_sessions(self, rows: Iterable[AnyWorkSession]) -> UploadAnswer:
        """As ``upload_dispatches``."""
        upload = Upload(map(self._rows.work_session, rows), self.platform_id, self._ids, self._batch_size)
        async with self._upload_errors(upload):
            metadata = await self._bearer.metadata_async() + trace_metadata()
            call = self._stub.UploadWorkSessions(upload.work_sessions(), metadata=metadata)
            response = await call
        return self._count(upload.answer(response.answer))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def _end(self) -> SpoolError | None:
        """Give up what has no answer yet and keep it; why it could not be kept, if it could not."""
        if not self._queue.idle:
            self._queue.abandon()
            for sender in self._senders:
                sender.cancel()  # its batch becomes undelivered
        await self._notify()
        await asyncio.gather(*self._senders, return_exceptions=True)
        spool_error = self._spool.keep(self._queue.undelivered) if self._spool else None
        await self._channel.close()
        return spool_error

    async def _add(self, kind: RowKind, row: AnyDispatch | AnyWorkSession, worker_id: str | None) -> None:
        self._check_open()
        self._raise_what_went_wrong()
        while self._queue.full:
            await self._wait_for(
                lambda: not self._queue.full or bool(self._queue.undelivered) or self._closed
            )
            self._check_open()
            self._raise_what_went_wrong()
        if self._queue.add(kind, row, self._pacing.monotonic(), worker_id):
            self._start_senders()
            await self._notify()

    def _start_senders(self) -> None:
        while len(self._senders) < self._max_in_flight:
            name = f"quzhong-sender-{len(self._senders)}"
            self._senders.append(asyncio.create_task(self._send_batches(), name=name))

    async def _send_batches(self) -> None:
        while (batch := await self._next_batch()) is not None:
            try:
                answer = await self._send(batch)
            except ApiError as error:
                self._queue.failed(batch, error)
                await self._notify()
                continue
            except asyncio.CancelledError:
                self._queue.failed(batch, None)
                raise
            self._call_back(answer)
            if self._spool:
                self._spool.forget(batch)
            self._queue.answered(batch)
            self._totals += answer
            await self._notify()

    async def _next_batch(self) -> Batch | None:
        async with self._changed:
            while True:
                now = self._pacing.monotonic()
                batch = self._queue.next(now)
                wait_s = self._queue.wait_s(now)
                if batch is not None and wait_s is not None:
                    self._changed.notify_all()  # what is left needs somebody who watches its deadline
                if batch is not None or (self._closed and wait_s is None):
                    return batch
                try:
                    async with asyncio.timeout(wait_s):
                        await self._changed.wait()
                except TimeoutError:
                    continue

    async def _send(self, batch: Batch) -> BatchAnswer:
        """One batch, sent until it is answered or given up."""
        request = batch.to_request(self.platform_id)
        attempts = Attempts(self._retry, self._pacing)
        while True:
            try:
                return batch_answer(batch.request_id, batch.rows, await self._call(request, batch.trace))
            except (grpc.RpcError, ApiError) as error:  # ApiError: no token can be had
                failure = error if isinstance(error, ApiError) else from_rpc_error(error)
                wait_s = attempts.wait_after(failure)
            await asyncio.sleep(wait_s)

    async def _call(self, request: Request, trace: Metadata) -> intake_pb2.BatchAnswer:
        metadata = await self._bearer.metadata_async() + trace
        if isinstance(request, intake_pb2.SubmitDispatchesRequest):
            call = self._stub.SubmitDispatches(request, timeout=self._timeout_s, metadata=metadata)
            return (await call).answer
        other = self._stub.SubmitWorkSessions(request, timeout=self._timeout_s, metadata=metadata)
        return (await other).answer

    async def _submit(self, kind: RowKind, rows: list[Row], request_id: str | None) -> BatchAnswer:
        self._check_open()
        number, next_id = self._ids.next()
        return self._count(
            await self._send(Batch.of(kind, number, request_id or next_id, rows, trace_metadata()))
        )

    def _count(self, answer: AnswerT) -> AnswerT:
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
            self._callback_error = self._callback_error or error

    @asynccontextmanager
    async def _upload_errors(self, upload: Upload[Any]) -> AsyncIterator[None]:
        self._check_open()
        try:
            yield
        except grpc.RpcError as error:
            raise (upload.failure or from_rpc_error(error)) from error
        except asyncio.CancelledError:  # also gRPC's answer to rows that raise
            if upload.failure is None:
                raise
            raise upload.failure from None

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def _wait_for(self, predicate: Callable[[], bool], timeout_s: float | None = None) -> bool:
        try:
            async with asyncio.timeout(timeout_s), self._changed:
                await self._changed.wait_for(predicate)
        except TimeoutError:
            return False
        return True

    def _check_open(self) -> None:
        if self._closed:
            raise ClientClosedError("the client is closed")

    def _raise_what_went_wrong(self, spool_error: SpoolError | None = None) -> None:
        error, self._callback_error = self._callback_error, None
        if self._queue.undelivered:
            raise UndeliveredError(self._queue.undelivered, spool_error) from error
        if error is not None:
            raise error
