"""Advisories on a real gRPC server that a test stops, starts again at the same address, and lets fail."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc

from quzhong.api.events.v1.findings_pb2 import LocalText
from quzhong.api.workhours.v1 import workhours_pb2 as pb
from quzhong.api.workhours.v1 import workhours_pb2_grpc

End = Callable[[grpc.ServicerContext], None]
"""Ends a stream: aborts it, or returns and so ends it in order."""


def in_order(context: grpc.ServicerContext) -> None:
    """The stream ends with OK, as a service ends it that stops."""


def with_status(code: grpc.StatusCode) -> End:
    """The stream breaks with this status."""
    return lambda context: context.abort(code, "scripted")


def advisory(number: int, **changed: object) -> pb.Advisory:
    """The ``number``-th; 30 minutes left at 12:00 in Shanghai."""
    message = pb.Advisory(
        advisory_id=f"advice-{number}",
        worker_id="worker-1",
        platform_id="platform-a",
        rule_id="cn-food-delivery-2025.continuous-work",
        kind=pb.ADVISORY_KIND_MINUTES_LEFT,
        finding_id=f"finding-{number}",
        revision=1,
        text=LocalText(zh="还剩 30 分钟", en="30 min left"),
    )
    message.minutes_left.FromSeconds(1_800)
    message.event_time.FromJsonString("2026-03-16T04:00:00Z")
    message.create_time.FromJsonString("2026-03-16T04:00:01.250Z")
    message.MergeFrom(pb.Advisory(**changed))  # type: ignore[arg-type]
    return message


class ScriptedWorkhours(workhours_pb2_grpc.WorkhoursServiceServicer):
    """``said`` is the whole stream; a resume token is how many of it were told."""

    def __init__(self) -> None:
        self.said: list[pb.Advisory] = []
        self.ends: deque[tuple[int, End]] = deque()
        """Of the next streams each: after how many messages it ends, and how."""
        self.requests: list[pb.WatchAdvisoriesRequest] = []
        self.metadata: list[dict[str, str | bytes]] = []
        self.refusals: deque[grpc.StatusCode] = deque()
        """Of the next lists."""
        self.address = "127.0.0.1:0"
        self._changed = threading.Condition()
        self._server: grpc.Server | None = None

    def start(self) -> None:
        """Listen; after ``stop`` at the same address as before."""
        self._server = grpc.server(ThreadPoolExecutor(8), options=[("grpc.so_reuseport", 0)])
        workhours_pb2_grpc.add_WorkhoursServiceServicer_to_server(self, self._server)
        port = self._server.add_insecure_port(self.address)
        self.address = f"127.0.0.1:{port}"
        self._server.start()

    def stop(self) -> None:
        """Cut every stream."""
        server, self._server = self._server, None
        if server is not None:
            stopped = server.stop(0)
            with self._changed:
                self._changed.notify_all()
            stopped.wait()

    def say(self, *advisories: pb.Advisory) -> None:
        with self._changed:
            self.said += advisories
            self._changed.notify_all()

    def wait_for_streams(self, count: int) -> None:
        """Until so many streams were opened in all."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.requests) >= count, 10)

    def WatchAdvisories(  # noqa: N802
        self, request: pb.WatchAdvisoriesRequest, context: grpc.ServicerContext
    ) -> Iterator[pb.WatchAdvisoriesResponse]:
        with self._changed:
            self.requests.append(request)
            self.metadata.append(dict(context.invocation_metadata()))
            self._changed.notify_all()
        told = int(request.resume_token or 0)
        most, end = self.ends.popleft() if self.ends else (-1, in_order)
        while most != 0:
            with self._changed:
                while len(self.said) <= told:
                    if self._server is None or not context.is_active():
                        return
                    self._changed.wait(0.02)
                message = self.said[told]
            told, most = told + 1, most - 1
            yield pb.WatchAdvisoriesResponse(advisory=message, resume_token=str(told))
        end(context)

    def ListAdvisories(  # noqa: N802
        self, request: pb.ListAdvisoriesRequest, context: grpc.ServicerContext
    ) -> pb.ListAdvisoriesResponse:
        if self.refusals:
            context.abort(self.refusals.popleft(), "scripted")
        told = int(request.resume_token or 0)
        until = told + request.page_size
        return pb.ListAdvisoriesResponse(
            advisories=self.said[told:until],
            resume_token=str(min(until, len(self.said))),
            more=until < len(self.said),
        )

    def ListFindings(self, request: Any, context: Any) -> Any:  # noqa: N802
        raise NotImplementedError

    def GetFinding(self, request: Any, context: Any) -> Any:  # noqa: N802
        raise NotImplementedError

    def WatchFindings(self, request: Any, context: Any) -> Any:  # noqa: N802
        raise NotImplementedError

    def SummariseFindings(self, request: Any, context: Any) -> Any:  # noqa: N802
        raise NotImplementedError

    def Explain(self, request: Any, context: Any) -> Any:  # noqa: N802
        raise NotImplementedError

    def GetWorkerTimeline(self, request: Any, context: Any) -> Any:  # noqa: N802
        raise NotImplementedError
