"""An intake service whose answers a test scripts, and rows to send to it."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

import grpc
from google.protobuf import any_pb2, message
from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp
from google.rpc import error_details_pb2, status_pb2
from grpc_status import rpc_status

from quzhong.api.events.v1 import events_pb2
from quzhong.api.intake.v1 import intake_pb2, intake_pb2_grpc

Request = intake_pb2.SubmitDispatchesRequest | intake_pb2.SubmitWorkSessionsRequest
Row = events_pb2.Dispatch | events_pb2.WorkSession
Failure = Callable[[grpc.ServicerContext], None]


class ScriptedIntake(intake_pb2_grpc.IntakeServiceServicer):
    """Accepts every row, unless ``script`` has a failure for the call; rows named ``bad…`` are rejected."""

    def __init__(self) -> None:
        self.script: deque[Failure] = deque()
        self.requests: list[Request] = []
        self.tokens: list[str] = []
        self.hold = threading.Event()
        """Calls wait for it."""
        self.hold.set()
        self.in_flight = 0
        self.most_in_flight = 0
        self._lock = threading.Lock()

    def event_ids(self) -> list[str]:
        """Of all rows that reached the server, also in calls that failed."""
        return [row.event_id for request in self.requests for row in _rows(request)]

    def SubmitDispatches(  # noqa: N802
        self, request: intake_pb2.SubmitDispatchesRequest, context: grpc.ServicerContext
    ) -> intake_pb2.SubmitDispatchesResponse:
        return intake_pb2.SubmitDispatchesResponse(answer=self._answer(request, context))

    def SubmitWorkSessions(  # noqa: N802
        self, request: intake_pb2.SubmitWorkSessionsRequest, context: grpc.ServicerContext
    ) -> intake_pb2.SubmitWorkSessionsResponse:
        return intake_pb2.SubmitWorkSessionsResponse(answer=self._answer(request, context))

    def UploadDispatches(  # noqa: N802
        self, request_iterator: Iterator[intake_pb2.UploadDispatchesRequest], context: grpc.ServicerContext
    ) -> intake_pb2.UploadDispatchesResponse:
        batches = (request.batch for request in request_iterator)
        return intake_pb2.UploadDispatchesResponse(answer=self._upload(batches, context))

    def UploadWorkSessions(  # noqa: N802
        self, request_iterator: Iterator[intake_pb2.UploadWorkSessionsRequest], context: grpc.ServicerContext
    ) -> intake_pb2.UploadWorkSessionsResponse:
        batches = (request.batch for request in request_iterator)
        return intake_pb2.UploadWorkSessionsResponse(answer=self._upload(batches, context))

    def CheckEvents(  # noqa: N802
        self, request: intake_pb2.CheckEventsRequest, context: grpc.ServicerContext
    ) -> intake_pb2.CheckEventsResponse:
        raise NotImplementedError

    def GetIntegrationStatus(  # noqa: N802
        self, request: intake_pb2.GetIntegrationStatusRequest, context: grpc.ServicerContext
    ) -> intake_pb2.GetIntegrationStatusResponse:
        raise NotImplementedError

    def ReadWorkerEvents(  # noqa: N802
        self, request: intake_pb2.ReadWorkerEventsRequest, context: grpc.ServicerContext
    ) -> intake_pb2.ReadWorkerEventsResponse:
        raise NotImplementedError

    def _upload(self, batches: Iterator[Request], context: grpc.ServicerContext) -> intake_pb2.UploadAnswer:
        total = intake_pb2.UploadAnswer()
        for batch in batches:
            answer = self._answer(batch, context)
            total.accepted += answer.accepted
            total.rejected += answer.rejected
            for rejection in answer.rejections:
                total.rejections.add(request_id=batch.request_id, rejection=rejection)
        return total

    def _answer(self, request: Request, context: grpc.ServicerContext) -> intake_pb2.BatchAnswer:
        with self._lock:
            self.requests.append(request)
            self.tokens.append(str(dict(context.invocation_metadata())["authorization"]))
            self.in_flight += 1
            self.most_in_flight = max(self.most_in_flight, self.in_flight)
            failure = self.script.popleft() if self.script else None
        try:
            while not self.hold.wait(0.05) and context.is_active():
                pass
            if failure is not None:
                failure(context)
        finally:
            with self._lock:
                self.in_flight -= 1
        answer = intake_pb2.BatchAnswer()
        for place, row in enumerate(_rows(request)):
            if row.event_id.startswith("bad"):
                answer.verdicts.append(intake_pb2.ROW_VERDICT_REJECTED)
                answer.rejections.add(
                    row=place,
                    field="area_code",
                    reason="AREA_UNKNOWN",
                    message="no such area",
                    message_zh="无此地区",
                )
            else:
                answer.verdicts.append(intake_pb2.ROW_VERDICT_ACCEPTED)
        answer.rejected = len(answer.rejections)
        answer.accepted = len(answer.verdicts) - answer.rejected
        return answer


def _rows(request: Request) -> Sequence[Row]:
    return (
        request.dispatches
        if isinstance(request, intake_pb2.SubmitDispatchesRequest)
        else request.work_sessions
    )


def fails(code: grpc.StatusCode, text: str = "scripted", *details: message.Message) -> Failure:
    """A failure with rich details."""

    def fail(context: grpc.ServicerContext) -> None:
        status = status_pb2.Status(code=code.value[0], message=text)
        for detail in details:
            packed = any_pb2.Any()
            packed.Pack(detail)
            status.details.append(packed)
        context.abort_with_status(rpc_status.to_status(status))

    return fail


def unavailable(retry_after_s: float = 0.0) -> Failure:
    """UNAVAILABLE as the suite says it."""
    delay = Duration()
    delay.FromTimedelta(timedelta(seconds=retry_after_s))
    return fails(
        grpc.StatusCode.UNAVAILABLE,
        "the log cannot take records",
        error_details_pb2.ErrorInfo(reason="LOG_UNAVAILABLE", domain="quzhong"),
        error_details_pb2.RetryInfo(retry_delay=delay),
    )


def dispatch(event_id: str) -> events_pb2.Dispatch:
    """A row that has its pseudonym already."""
    return events_pb2.Dispatch(
        event_id=event_id,
        worker_id="w" * 24,
        order_id=f"order-of-{event_id}",
        event_time=Timestamp(seconds=1_773_619_200),
        kind=events_pb2.DISPATCH_KIND_ACCEPTED,
        area_code="130203",
    )


def work_session(event_id: str) -> events_pb2.WorkSession:
    """A row that has its pseudonym already."""
    return events_pb2.WorkSession(
        event_id=event_id,
        worker_id="w" * 24,
        event_time=Timestamp(seconds=1_773_619_200),
        kind=events_pb2.WORK_SESSION_KIND_ONLINE,
        area_code="130203",
    )
