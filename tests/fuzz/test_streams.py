"""Whatever a party of whatever role says to a stream is answered, or refused with a reason.

A stream that has nothing to say stays open: it is read for a moment, then hung up on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

import grpc
import pytest
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from hypothesis import strategies as st

from kit.security.caller import Role
from kit.security.permissions import PERMISSIONS
from tests.fuzz.messages import messages
from tests.fuzz.rpcs import every_rpc
from tests.fuzz.running import SECONDS, kept, repeated, to_say_again
from tests.fuzz.test_rpcs import NEVER, TIMEOUT_S, known, reason_of
from tests.integration.authorisation.conftest import NOW_MS, City
from tests.support.suite import eventually

EXAMPLES = 12

WATCHED_S = 0.25
"""A watch answers what is there already within a few milliseconds."""

MOST_READ = 5
"""Answers of one stream."""

MOST_SENT = 4
"""Messages of one upload."""

STREAMS: Final[Mapping[str, MethodDescriptor]] = {
    path: method for path, method in every_rpc().items() if method.client_streaming or method.server_streaming
}


def watch(city: City, path: str, role: Role, request: Message) -> None:
    """Open a stream, read a little of it and hang up. Raises AssertionError if it ends as none may."""
    stub: Any = city.suite.channel.unary_stream(
        path, request_serializer=_written, response_deserializer=_answer(path).FromString
    )
    answers = stub(request, metadata=_bearer(city, role), timeout=WATCHED_S)
    try:
        read = list(islice(answers, MOST_READ))
    except grpc.RpcError as error:
        # That it was still open when the time was over is what a watch is for.
        if error.code() is not grpc.StatusCode.DEADLINE_EXCEEDED:
            _check(path, role, error)
    else:
        answers.cancel()
        assert all(isinstance(each, _answer(path)) for each in read)


def upload(city: City, path: str, role: Role, requests: Sequence[Message]) -> None:
    """Send messages, and wait for the answer. Raises AssertionError if it is none that may be."""
    stub: Any = city.suite.channel.stream_unary(
        path, request_serializer=_written, response_deserializer=_answer(path).FromString
    )
    try:
        stub(iter(requests), metadata=_bearer(city, role), timeout=TIMEOUT_S)
    except grpc.RpcError as error:
        _check(path, role, error)


def _check(path: str, role: Role, refused: grpc.RpcError) -> None:
    told = f"{path} as {role.name}: {refused.code()}: {refused.details()}"
    assert refused.code() not in NEVER, told
    reason = reason_of(refused, told)
    assert reason, f"a refusal without a reason: {told}"
    assert reason == reason.upper(), told


def _written(message: Message) -> bytes:
    return message.SerializeToString()


def _answer(path: str) -> type[Message]:
    return GetMessageClass(STREAMS[path].output_type)


def _bearer(city: City, role: Role) -> tuple[tuple[str, str], ...]:
    return (("authorization", f"Bearer {city.as_(role).token}"),)


def test_there_are_streams_of_both_kinds_and_no_others() -> None:
    kinds = {(method.client_streaming, method.server_streaming) for method in STREAMS.values()}
    assert kinds == {(True, False), (False, True)}


@pytest.mark.parametrize("path", sorted(STREAMS))
def test_whatever_is_said_to_a_stream_is_answered_or_refused_with_a_reason(city: City, path: str) -> None:
    uploads = STREAMS[path].client_streaming
    roles = st.sampled_from(sorted(PERMISSIONS[path])) | st.sampled_from(sorted(Role))
    one = messages(STREAMS[path].input_type, known(city), NOW_MS // 1000)
    requests = st.lists(one, min_size=0 if uploads else 1, max_size=MOST_SENT if uploads else 1)

    def check(role: Role, said: list[Message]) -> None:
        sent = [message.SerializeToString().hex() for message in said]
        with kept("streams", __file__, {"rpc": path, "role": role.name, "requests": sent}):
            _say(city, path, role, said)

    repeated(check, roles, requests, examples=EXAMPLES, seconds=SECONDS / len(STREAMS))


@pytest.mark.parametrize("path", to_say_again("streams"), ids=lambda path: path.stem)
def test_again_what_once_broke_it(city: City, path: Path) -> None:
    said = json.loads(path.read_text("utf-8"))
    kind = GetMessageClass(STREAMS[said["rpc"]].input_type)
    requests = [kind.FromString(bytes.fromhex(each)) for each in said["requests"]]
    _say(city, said["rpc"], Role[said["role"]], requests)


def _say(city: City, path: str, role: Role, requests: Sequence[Message]) -> None:
    if STREAMS[path].client_streaming:
        upload(city, path, role, requests)
    else:
        watch(city, path, role, requests[0])


def test_afterwards_every_consumer_still_works(city: City) -> None:
    eventually(city.suite.host.drained, timeout_s=60)
    assert city.suite.host.healthy()
