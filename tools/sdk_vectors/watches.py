"""How a watch goes on after its stream broke: what is given out, and where each stream begins."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc

from quzhong.advisories import AdvisoryWatch, watch_advisories
from quzhong.api.workhours.v1 import workhours_pb2 as pb
from quzhong.errors import ApiError
from quzhong.retry import Pacing

ABOUT = (
    "the streams a server gives, one after the other: how many advisories each has, and how it ends "
    "(OK or a status code) → the ids given out, the resume token each stream was asked with, and the "
    "kind of error the watch ends with, or null if it was closed after the last advisory; the n-th "
    "advisory is advice-n with resume token n; a server goes on after the token it is asked with; "
    "without jitter"
)


def _stream(messages: int, ends: str = "UNAVAILABLE") -> dict[str, Any]:
    return {"messages": messages, "ends": ends}


def _case(name: str, *streams: dict[str, Any], begin: str = "") -> dict[str, Any]:
    return {
        "name": name,
        "given": {"resume_token": begin, "streams": list(streams)},
    }


CASES: list[dict[str, Any]] = [
    _case("a stream that holds", _stream(3)),
    _case("from a stored token", _stream(2), begin="7"),
    _case("away and back", _stream(2), _stream(2)),
    _case("away before anything came", _stream(0), _stream(1)),
    _case("away again and again", _stream(1), _stream(0), _stream(0), _stream(0), _stream(2)),
    _case("ended in order", _stream(2, "OK"), _stream(1)),
    _case("cancelled by a proxy", _stream(1, "CANCELLED"), _stream(1)),
    _case("a proxy tired of waiting", _stream(1, "DEADLINE_EXCEEDED"), _stream(1)),
    _case("an unknown token", _stream(0, "INVALID_ARGUMENT"), _stream(1), begin="9"),
    _case("the credential was revoked", _stream(2, "UNAUTHENTICATED"), _stream(1)),
    _case("not for this platform", _stream(0, "PERMISSION_DENIED"), _stream(1)),
    _case("too many streams, without a time", _stream(1, "RESOURCE_EXHAUSTED"), _stream(1)),
    _case("an internal error", _stream(1, "INTERNAL"), _stream(1)),
]


class _Server:
    """Gives the streams of a case."""

    def __init__(self, streams: list[dict[str, Any]]) -> None:
        self._streams = iter(streams)
        self.asked_with: list[str] = []
        handler = grpc.unary_stream_rpc_method_handler(
            self._watch,
            request_deserializer=pb.WatchAdvisoriesRequest.FromString,
            response_serializer=pb.WatchAdvisoriesResponse.SerializeToString,
        )
        service = "quzhong.api.workhours.v1.WorkhoursService"
        self.server = grpc.server(ThreadPoolExecutor(4))
        self.server.add_generic_rpc_handlers(
            (grpc.method_handlers_generic_handler(service, {"WatchAdvisories": handler}),)
        )
        self.address = f"127.0.0.1:{self.server.add_insecure_port('127.0.0.1:0')}"
        self.server.start()

    def _watch(
        self, request: pb.WatchAdvisoriesRequest, context: grpc.ServicerContext
    ) -> Iterator[pb.WatchAdvisoriesResponse]:
        stream = next(self._streams)
        self.asked_with.append(request.resume_token)
        told = int(request.resume_token or 0)
        for number in range(told + 1, told + 1 + stream["messages"]):
            advisory = pb.Advisory(advisory_id=f"advice-{number}")
            yield pb.WatchAdvisoriesResponse(advisory=advisory, resume_token=str(number))
        if stream["ends"] != "OK":
            context.abort(grpc.StatusCode[stream["ends"]], "scripted")


def outcome(given: dict[str, Any]) -> dict[str, Any]:
    """The watch, played over a real socket."""
    server = _Server(given["streams"])
    most = sum(stream["messages"] for stream in given["streams"])
    try:
        with watch_advisories(
            server.address,
            "a token",
            resume_token=given["resume_token"],
            pacing=Pacing(monotonic=lambda: 0.0, uniform=lambda bound: 0.0),
        ) as watch:
            given_out, error = _followed(watch, most)
    finally:
        server.server.stop(0).wait()
    return {
        "given_out": given_out,
        "asked_with": server.asked_with,
        "resume_token": watch.resume_token,
        "error": error,
    }


def _followed(watch: AdvisoryWatch, most: int) -> tuple[list[str], str | None]:
    given_out: list[str] = []
    while len(given_out) < most:
        try:
            given_out.append(next(watch).advisory.advisory_id)
        except ApiError as error:
            return given_out, type(error).__name__
    return given_out, None
