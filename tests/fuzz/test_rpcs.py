"""Whatever a party of whatever role says to an RPC is answered, or refused with a reason."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import grpc
import pytest
from google.longrunning import operations_pb2
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from google.rpc import error_details_pb2
from grpc_status import rpc_status
from hypothesis import strategies as st

from kit.security.caller import Role
from kit.security.permissions import PERMISSIONS
from tests.fuzz.messages import Known, messages
from tests.fuzz.rpcs import every_rpc
from tests.fuzz.running import SECONDS, kept, repeated, to_say_again
from tests.integration.authorisation.conftest import NOW_MS, City
from tests.support.suite import eventually

EXAMPLES = 12
"""Of each RPC in the bounded run: some 800 calls, some 15 s."""

TIMEOUT_S = 20.0

RPCS: Final[Mapping[str, MethodDescriptor]] = {
    path: method
    for path, method in every_rpc().items()
    if not (method.client_streaming or method.server_streaming)
}

NEVER = {
    grpc.StatusCode.INTERNAL,
    grpc.StatusCode.UNKNOWN,
    grpc.StatusCode.UNIMPLEMENTED,
    grpc.StatusCode.DEADLINE_EXCEEDED,
    grpc.StatusCode.DATA_LOSS,
}


def known(city: City) -> Known:
    """What there is in the city, by the fields that name it."""
    things: Sequence[Any] = (city.own, city.foreign, city.missing)
    names = ("platform_id", "worker_id", "finding_id", "case_id", "audit_id", "appeal_id")
    named = {name: [getattr(of, name) for of in things] for name in names}
    areas = [of.area_code for of in things] + ["130200", "130000"]
    parties = [*named["platform_id"], "lubei", "lubei-union", "firm-a", "official-li"]
    several = {f"{name}s": values for name, values in named.items()}
    return {
        **named,
        **several,
        "area_code": areas,
        "area_codes": areas,
        "party_id": parties,
        "reporter_id": parties,
        "metric_id": ["delivery_time", "implied_speed", "on_time_rate"],
        "cohort": ["0-2000", "*"],
        "quarter": ["2026Q1", "2025Q4", "2026Q5"],
        "request_id": ["again"],
        "unified_social_credit_code": ["91130200MA07UC3W22"],
        "url": ["https://127.0.0.1:1/hook", "http://[::1", "ftp://x"],
        "id": ["delivery_time", "swift"],
    }


def call(city: City, path: str, role: Role, request: Message) -> None:
    """Make the call. Raises AssertionError if it is answered as no call may be."""
    stub: Any = city.suite.channel.unary_unary(
        path,
        request_serializer=lambda message: message.SerializeToString(),
        response_deserializer=GetMessageClass(RPCS[path].output_type).FromString,
    )
    refused: grpc.RpcError | None = None
    try:
        stub(request, metadata=(("authorization", f"Bearer {city.as_(role).token}"),), timeout=TIMEOUT_S)
    except grpc.RpcError as error:
        refused = error
    if refused is not None:
        told = f"{path} as {role.name}: {refused.code()}: {refused.details()}"
        assert refused.code() not in NEVER, told
        reason = reason_of(refused, told)
        assert reason, f"a refusal without a reason: {told}"
        assert reason == reason.upper(), told


def reason_of(refused: grpc.RpcError, told: str) -> str:
    """The reason in the refusal's ErrorInfo; empty if there is none."""
    try:
        status = rpc_status.from_call(refused)
    except ValueError as mismatch:  # the details did not fit through the wire
        raise AssertionError(f"{told}: {mismatch}") from refused
    info = error_details_pb2.ErrorInfo()
    return next((info.reason for detail in (status.details if status else ()) if detail.Unpack(info)), "")


@pytest.mark.parametrize("path", sorted(RPCS))
def test_whatever_is_said_is_answered_or_refused_with_a_reason(city: City, path: str) -> None:
    # Half by those who may, half by anybody.
    may = sorted(PERMISSIONS.get(path, Role))
    roles = st.sampled_from(may) | st.sampled_from(sorted(Role))
    requests = messages(RPCS[path].input_type, known(city), NOW_MS // 1000)

    def check(role: Role, request: Message) -> None:
        if isinstance(request, operations_pb2.WaitOperationRequest):
            request.timeout.FromMilliseconds(10)
        said = {"rpc": path, "role": role.name, "request": request.SerializeToString().hex()}
        with kept("rpcs", __file__, said):
            call(city, path, role, request)

    repeated(check, roles, requests, examples=EXAMPLES, seconds=SECONDS / len(RPCS))


@pytest.mark.parametrize("path", to_say_again("rpcs"), ids=lambda path: path.stem)
def test_again_what_once_broke_it(city: City, path: Path) -> None:
    said = json.loads(path.read_text("utf-8"))
    kind = GetMessageClass(RPCS[said["rpc"]].input_type)
    call(city, said["rpc"], Role[said["role"]], kind.FromString(bytes.fromhex(said["request"])))


def test_afterwards_every_consumer_still_works_and_no_record_was_refused(city: City) -> None:
    eventually(city.suite.host.drained, timeout_s=60)
    assert city.suite.host.healthy()
