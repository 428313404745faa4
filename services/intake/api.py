"""``IntakeService``: bytes in, columns to the handler, verdicts out.

Requests that carry rows are registered without a deserializer: ``wire`` reads them as columns, and says what
is wrong with bytes that are no request.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any, NamedTuple

import grpc
from google.protobuf.message import Message

from kit.errors import InvalidArgumentError, QuzhongError, RetryableError
from kit.grpc import paging
from kit.grpc.moments import epoch_ms
from kit.requests import KEEP_MS
from kit.security.caller import current_caller
from kit.security.sight import platform_asked
from quzhong.api.intake.v1 import intake_pb2
from services.intake.handlers import Intake
from services.intake.lot import Submission
from services.intake.ports import Answer
from services.intake.wire import (
    DISPATCH_BATCHES,
    WORK_SESSION_BATCHES,
    BatchReader,
    archived_event,
    batch_answer,
    counts,
    integration_status,
    rejection,
)

UPLOAD_IN_FLIGHT = 8
"""Batches of one upload that wait for their commit at once: they fill the next group while one commits."""

UPLOAD_PATIENCE_S = 10.0
"""How long an upload waits for room in its platform's limit before it is refused. While it waits nothing is
read from it, so gRPC's flow control slows the sender down; a stream that ended each second would never bring
what is larger than a second's rows. Ten seconds are ten windows of the limit that is set unless told."""

UPLOAD_REJECTIONS = 1_000
"""Rejections an upload's answer names; all are in the dead-letter topic."""

DEFAULT_WINDOW_MS = 86_400_000

MAX_TIME_MS = 253_402_300_799_999
"""The last millisecond of a Timestamp: year 9999."""

_SERVICE = intake_pb2.DESCRIPTOR.services_by_name["IntakeService"]


class IntakeServicer:
    """Decode, call the handler, encode."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake

    def add_to(self, server: grpc.Server) -> None:
        """Register every method of the service."""
        unary, stream = grpc.unary_unary_rpc_method_handler, grpc.stream_unary_rpc_method_handler
        implementations: dict[str, grpc.RpcMethodHandler[Any, Any]] = {
            "SubmitWorkSessions": unary(self.submit_work_sessions, None, _encoded),
            "SubmitDispatches": unary(self.submit_dispatches, None, _encoded),
            "UploadWorkSessions": stream(self.upload_work_sessions, None, _encoded),
            "UploadDispatches": stream(self.upload_dispatches, None, _encoded),
            "CheckEvents": unary(self.check_events, intake_pb2.CheckEventsRequest.FromString, _encoded),
            "GetIntegrationStatus": unary(
                self.get_integration_status, intake_pb2.GetIntegrationStatusRequest.FromString, _encoded
            ),
            "ReadWorkerEvents": unary(
                self.read_worker_events, intake_pb2.ReadWorkerEventsRequest.FromString, _encoded
            ),
        }
        server.add_generic_rpc_handlers(
            (grpc.method_handlers_generic_handler(_SERVICE.full_name, implementations),)
        )

    def submit_work_sessions(
        self, request: bytes, context: grpc.ServicerContext
    ) -> intake_pb2.SubmitWorkSessionsResponse:
        """One batch; blocks until it is committed."""
        answer = self._submit(WORK_SESSION_BATCHES.submission(request)).result()
        return intake_pb2.SubmitWorkSessionsResponse(answer=batch_answer(answer))

    def submit_dispatches(
        self, request: bytes, context: grpc.ServicerContext
    ) -> intake_pb2.SubmitDispatchesResponse:
        """One batch; blocks until it is committed."""
        answer = self._submit(DISPATCH_BATCHES.submission(request)).result()
        return intake_pb2.SubmitDispatchesResponse(answer=batch_answer(answer))

    def upload_work_sessions(
        self, messages: Iterator[bytes], context: grpc.ServicerContext
    ) -> intake_pb2.UploadWorkSessionsResponse:
        """Many batches, one answer."""
        return intake_pb2.UploadWorkSessionsResponse(
            answer=self._upload(WORK_SESSION_BATCHES, messages, context)
        )

    def upload_dispatches(
        self, messages: Iterator[bytes], context: grpc.ServicerContext
    ) -> intake_pb2.UploadDispatchesResponse:
        """Many batches, one answer."""
        return intake_pb2.UploadDispatchesResponse(answer=self._upload(DISPATCH_BATCHES, messages, context))

    def check_events(
        self, request: intake_pb2.CheckEventsRequest, context: grpc.ServicerContext
    ) -> intake_pb2.CheckEventsResponse:
        """What rows would be answered; nothing is taken in."""
        platform_id = platform_asked(current_caller(), request.platform_id)
        sessions, dispatches = self._intake.check(
            [
                WORK_SESSION_BATCHES.unsent(platform_id, request.work_sessions),
                DISPATCH_BATCHES.unsent(platform_id, request.dispatches),
            ]
        )
        return intake_pb2.CheckEventsResponse(
            work_sessions=batch_answer(sessions), dispatches=batch_answer(dispatches)
        )

    def get_integration_status(
        self, request: intake_pb2.GetIntegrationStatusRequest, context: grpc.ServicerContext
    ) -> intake_pb2.GetIntegrationStatusResponse:
        """What became of a platform's rows of late."""
        platform_id = platform_asked(current_caller(), request.platform_id)
        window_ms = DEFAULT_WINDOW_MS
        if request.HasField("window"):
            window_ms = request.window.ToMilliseconds()
        if not 0 < window_ms <= KEEP_MS:
            raise InvalidArgumentError(
                f"window: {window_ms} ms; send up to {KEEP_MS // 3_600_000} h, or nothing for 24 h",
                zh=f"window：{window_ms} 毫秒；最长 {KEEP_MS // 3_600_000} 小时，不填则为 24 小时",
                field="window",
                reason="OUT_OF_RANGE",
            )
        return integration_status(platform_id, self._intake.integration(platform_id, window_ms))

    def read_worker_events(
        self, request: intake_pb2.ReadWorkerEventsRequest, context: grpc.ServicerContext
    ) -> intake_pb2.ReadWorkerEventsResponse:
        """What was said about one worker in the caller's areas, by the page."""
        if not request.worker_id:
            raise InvalidArgumentError(
                "worker_id: missing; send the pseudonym", zh="worker_id：缺失；请填写化名", field="worker_id"
            )
        size = paging.page_size(request.page_size)
        after = paging.page_key(request.page_token, int, str, str, int)
        start_ms = epoch_ms(request.start_time, "start_time") if request.HasField("start_time") else 0
        end_ms = epoch_ms(request.end_time, "end_time") if request.HasField("end_time") else MAX_TIME_MS + 1
        caller = current_caller()
        events = [
            event
            for event in self._intake.worker_events(request.worker_id, start_ms, end_ms)
            if caller.sees_area(event.fields["area_code"]) and (after is None or event.place > after)
        ]
        page = events[:size]
        return intake_pb2.ReadWorkerEventsResponse(
            events=map(archived_event, page),
            next_page_token=paging.page_token(*page[-1].place) if len(events) > size else "",
        )

    def _submit(
        self, submission: Submission, patience_s: float = 0.0, still_there: Callable[[], bool] = lambda: True
    ) -> Future[Answer]:
        current_caller().require_platform(submission.platform_id)
        return self._intake.submit(submission, patience_s=patience_s, still_there=still_there)

    def _upload(
        self, reader: BatchReader, messages: Iterator[bytes], context: grpc.ServicerContext
    ) -> intake_pb2.UploadAnswer:
        total = intake_pb2.UploadAnswer()
        waiting: deque[_Sent] = deque()
        for number, message in enumerate(messages, start=1):
            request_id = ""
            try:
                submission = reader.submission(reader.batch(message))
                request_id = submission.request_id
                answered = self._submit(submission, UPLOAD_PATIENCE_S, context.is_active)
                waiting.append(_Sent(number, request_id, answered))
            except QuzhongError as error:
                while waiting:  # if an earlier batch fails too, that one is told
                    waiting.popleft().add_to(total)
                raise _in_upload(error, number, request_id) from error
            if len(waiting) >= UPLOAD_IN_FLIGHT:
                waiting.popleft().add_to(total)
        while waiting:
            waiting.popleft().add_to(total)
        return total


class _Sent(NamedTuple):
    """A batch of an upload on its way."""

    number: int
    """Its place in the stream, from 1."""
    request_id: str
    answered: Future[Answer]

    def add_to(self, total: intake_pb2.UploadAnswer) -> None:
        """Wait for the batch's answer and add it up."""
        try:
            answer = self.answered.result()
        except QuzhongError as error:
            raise _in_upload(error, self.number, self.request_id) from error
        for name, count in counts(answer).items():
            setattr(total, name, getattr(total, name) + count)
        for fault in answer.faults[: UPLOAD_REJECTIONS - len(total.rejections)]:
            total.rejections.add(request_id=self.request_id, rejection=rejection(fault))


def _in_upload(error: QuzhongError, number: int, request_id: str) -> QuzhongError:
    """The error of one batch as an error of the stream, which ends with it."""
    kept = number - 1
    told = type(error)(
        f"batch {number} of the upload (request_id {request_id!r}): {error.message}; the {kept} before it are"
        " kept: mend it, then go on with it, or send all again under the same request_ids",
        zh=f"上传的第 {number} 批（request_id {request_id!r}）：{error.zh}；之前的 {kept} 批已保存；"
        "请更正后从该批继续，或以相同的 request_id 全部重发",
        reason=error.reason,
        field=error.field,
        metadata={**error.metadata, "request_id": request_id, "batch": str(number)},
    )
    if isinstance(error, RetryableError) and isinstance(told, RetryableError):
        told.retry_after_s = error.retry_after_s
    return told


def _encoded(message: Message) -> bytes:
    return message.SerializeToString()
