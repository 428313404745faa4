"""Keeps what passes the door: bytes of the contract become the values that judges know."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from google.protobuf.message import DecodeError

from cli.conformance.observed import Advice, Event, Fate, Outage, Submission, Watch
from kit.clock import Clock
from quzhong.api.events.v1 import events_pb2
from quzhong.api.intake.v1 import intake_pb2
from quzhong.api.notify.v1 import notify_pb2
from quzhong.api.workhours.v1 import workhours_pb2

_INTAKE = "/quzhong.api.intake.v1.IntakeService/"
_WORKHOURS = "/quzhong.api.workhours.v1.WorkhoursService/"
_GET_CASE = "/quzhong.api.notify.v1.NotifyService/GetCase"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the door saw, as of one moment."""

    submissions: tuple[Submission, ...]
    watches: tuple[Watch, ...]
    advice: tuple[Advice, ...]
    outage: Outage | None
    cases_read: frozenset[str]
    calls: int
    """Of any method, also of one that the contract does not have."""


class Recorder:
    """Safe for use by many threads."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._submissions: list[Submission] = []
        self._watches: list[Watch] = []
        self._advice: list[Advice] = []
        self._outage: Outage | None = None
        self._cases: set[str] = set()
        self._calls = 0

    def recorded(self) -> Recorded:
        """Everything so far."""
        with self._lock:
            return Recorded(
                tuple(self._submissions),
                tuple(self._watches),
                tuple(self._advice),
                self._outage,
                frozenset(self._cases),
                self._calls,
            )

    def called(self) -> None:
        """Somebody calls, and so has found the door."""
        with self._lock:
            self._calls += 1

    def request(self, method: str, request: bytes) -> Submission | None:
        """A request with rows as it is read; None of every other, and of bytes that are no such message."""
        try:
            match method.removeprefix(_INTAKE):
                case "SubmitDispatches":
                    return self._submission(intake_pb2.SubmitDispatchesRequest.FromString(request))
                case "SubmitWorkSessions":
                    return self._submission(intake_pb2.SubmitWorkSessionsRequest.FromString(request))
                case "UploadDispatches":
                    return self._submission(intake_pb2.UploadDispatchesRequest.FromString(request).batch)
                case "UploadWorkSessions":
                    return self._submission(intake_pb2.UploadWorkSessionsRequest.FromString(request).batch)
        except (DecodeError, ValueError):
            return None  # the services say what is wrong with it
        return None

    def submitted(self, submission: Submission, fate: Fate, answer: bytes = b"") -> None:
        """What became of it; ``answer``: the response's bytes, if there was one."""
        verdicts = intake_pb2.SubmitDispatchesResponse.FromString(answer).answer  # both say it alike
        accepted = {
            place for place, each in enumerate(verdicts.verdicts) if each == intake_pb2.ROW_VERDICT_ACCEPTED
        }
        with self._lock:
            self._submissions.append(
                Submission(
                    submission.at_ms,
                    submission.request_id,
                    submission.events,
                    fate,
                    frozenset(accepted),
                    {each.row: each.reason for each in verdicts.rejections},
                )
            )

    def answered(self, method: str, request: bytes, answer: bytes) -> None:
        """A unary call of another service."""
        if method == _GET_CASE:
            with self._lock:
                self._cases.add(notify_pb2.GetCaseRequest.FromString(request).case_id)
        elif method == _WORKHOURS + "ListAdvisories":
            self.watching(method, request)
            response = workhours_pb2.ListAdvisoriesResponse.FromString(answer)
            for advisory in response.advisories:
                self._take(advisory, response.resume_token)

    def watching(self, method: str, request: bytes) -> None:
        """A watch is opened."""
        if method.startswith(_WORKHOURS) and method.endswith("Advisories"):
            asked = workhours_pb2.WatchAdvisoriesRequest.FromString(request)  # the list has the same fields
            with self._lock:
                self._watches.append(Watch(self._clock(), asked.resume_token))

    def told(self, method: str, message: bytes) -> None:
        """A message of a watch goes out."""
        if method == _WORKHOURS + "WatchAdvisories":
            response = workhours_pb2.WatchAdvisoriesResponse.FromString(message)
            self._take(response.advisory, response.resume_token)

    def away(self, begin_ms: int, end_ms: int | None) -> None:
        """The door is closed, or about to open again."""
        with self._lock:
            self._outage = Outage(begin_ms, end_ms)

    def _take(self, advisory: workhours_pb2.Advisory, resume_token: str) -> None:
        kind = workhours_pb2.AdvisoryKind.Name(advisory.kind).removeprefix("ADVISORY_KIND_")
        with self._lock:
            self._advice.append(Advice(self._clock(), advisory.worker_id, kind, resume_token))

    def _submission(
        self, request: intake_pb2.SubmitDispatchesRequest | intake_pb2.SubmitWorkSessionsRequest
    ) -> Submission:
        if isinstance(request, intake_pb2.SubmitDispatchesRequest):
            events = tuple(map(dispatched, request.dispatches))
        else:
            events = tuple(map(worked, request.work_sessions))
        return Submission(self._clock(), request.request_id, events, Fate.ANSWERED)


def dispatched(row: events_pb2.Dispatch) -> Event:
    """A row of a dispatch.

    Raises:
        ValueError: if its time or its kind is none.
    """
    return Event(
        row.event_id,
        row.worker_id,
        row.order_id,
        row.event_time.ToMilliseconds(),
        events_pb2.DispatchKind.Name(row.kind).removeprefix("DISPATCH_KIND_"),
        row.version,
        row.deleted,
        row.distance_m if row.HasField("distance_m") else None,
    )


def worked(row: events_pb2.WorkSession) -> Event:
    """A row of a work session; it has no order. Raises as ``dispatched``."""
    return Event(
        row.event_id,
        row.worker_id,
        "",
        row.event_time.ToMilliseconds(),
        events_pb2.WorkSessionKind.Name(row.kind).removeprefix("WORK_SESSION_KIND_"),
        row.version,
        row.deleted,
    )
