"""Every role against every RPC that the running services answer: the permission table decides."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import grpc
import pytest
from google.rpc import error_details_pb2
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase
from grpc_status import rpc_status

from kit.security.caller import Role
from kit.security.permissions import OPEN_RPCS, OPEN_SERVICES, PERMISSIONS
from tests.integration.authorisation.conftest import City

_AT_ONCE = 8


class Rpc(NamedTuple):
    """A method as the server describes it."""

    path: str
    takes_stream: bool
    answers_stream: bool


def served(city: City) -> list[Rpc]:
    """What the server says it answers, aside from what it answers anybody."""
    described = ProtoReflectionDescriptorDatabase(city.suite.channel)
    return [
        Rpc(f"/{service}/{method.name}", method.client_streaming, method.server_streaming)
        for service in described.get_services()
        if not f"/{service}/".startswith(OPEN_SERVICES)
        for file in [described.FindFileContainingSymbol(service)]
        for one in file.service
        if f"{file.package}.{one.name}" == service
        for method in one.method
        if f"/{service}/{method.name}" not in OPEN_RPCS
    ]


class Outcome(NamedTuple):
    code: grpc.StatusCode
    reason: str


def call_with_nothing(channel: grpc.Channel, rpc: Rpc, token: str) -> Outcome:
    """An empty message, which is the same on the wire for every type."""
    kinds: dict[tuple[bool, bool], Callable[[str], Any]] = {
        (False, False): channel.unary_unary,
        (False, True): channel.unary_stream,
        (True, False): channel.stream_unary,
        (True, True): channel.stream_stream,
    }
    stub = kinds[rpc.takes_stream, rpc.answers_stream](rpc.path)
    request = iter([b""]) if rpc.takes_stream else b""
    metadata = [("authorization", f"Bearer {token}")] if token else []
    # A watcher who is admitted waits: half a second without a refusal is its admission.
    timeout_s = 0.5 if rpc.answers_stream else 20.0
    try:
        answer = stub(request, metadata=metadata, timeout=timeout_s)
        if rpc.answers_stream:
            for _ in answer:
                pass
    except grpc.RpcError as error:
        info = error_details_pb2.ErrorInfo()
        status = rpc_status.from_call(error)
        for detail in status.details if status else ():
            detail.Unpack(info)
        return Outcome(error.code(), info.reason)
    return Outcome(grpc.StatusCode.OK, "")


def outcomes(city: City, token: str) -> dict[str, Outcome]:
    rpcs = served(city)
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        found = threads.map(lambda rpc: call_with_nothing(city.suite.channel, rpc, token), rpcs)
        return {rpc.path: outcome for rpc, outcome in zip(rpcs, found, strict=True)}


def test_the_server_answers_rpcs_with_a_row_only(city: City) -> None:
    paths = {rpc.path for rpc in served(city)}
    assert len(paths) > 50
    assert paths <= set(PERMISSIONS)
    assert not paths & OPEN_RPCS


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.name.lower())
def test_a_role_may_call_what_its_row_says_and_is_refused_everything_else(city: City, role: Role) -> None:
    refused = Outcome(grpc.StatusCode.PERMISSION_DENIED, "ROLE_NOT_ALLOWED")
    mistaken = []
    for path, outcome in outcomes(city, city.as_(role).token).items():
        if role not in PERMISSIONS[path]:
            right = outcome == refused
        else:
            # What is wrong with an empty request, or not there, is for the service to say.
            right = outcome.reason != "ROLE_NOT_ALLOWED" and outcome.code not in (
                grpc.StatusCode.UNAUTHENTICATED,
                grpc.StatusCode.INTERNAL,
                grpc.StatusCode.UNKNOWN,
                grpc.StatusCode.UNIMPLEMENTED,
            )
        if not right:
            mistaken.append((path, outcome))
    assert mistaken == []


def test_nobody_may_call_anything_without_a_credential(city: City) -> None:
    found = outcomes(city, "")
    assert set(found.values()) == {Outcome(grpc.StatusCode.UNAUTHENTICATED, "CREDENTIAL_MISSING")}


def test_auditors_change_nothing() -> None:
    reading = (
        "Get",
        "Who",
        "List",
        "Watch",
        "Read",
        "Summarise",
        "Explain",
        "Render",
        "Validate",
        "Diff",
        "Verify",
        "Export",
    )
    allowed = {path.rpartition("/")[2] for path, roles in PERMISSIONS.items() if Role.AUDITOR in roles}
    assert {method for method in allowed if not method.startswith(reading)} == set()


def test_an_official_may_whatever_a_regulator_may() -> None:
    assert {
        p for p, roles in PERMISSIONS.items() if Role.REGULATOR in roles and Role.OFFICIAL not in roles
    } == set()
