"""Any request whatever can be entered: it has not been checked when it is."""

from __future__ import annotations

import json

import pytest
from google.protobuf import descriptor_pool, message_factory
from google.protobuf.message import DecodeError, Message
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.grpc.access_log import WORKER_LEVEL_RPCS, access
from kit.ledger.entry import FIRST_PREVIOUS, next_entry
from kit.security.caller import Caller, Role
from quzhong.api.algo_audit.v1 import appeals_pb2
from quzhong.api.intake.v1 import intake_pb2
from quzhong.api.notify.v1 import notify_pb2
from quzhong.api.workhours.v1 import workhours_pb2 as pb

CALLER = Caller("tangshan", Role.REGULATOR, ("130200",))
MODULES = (appeals_pb2, intake_pb2, notify_pb2, pb)
"""They hold the requests of ``WORKER_LEVEL_RPCS``."""

INT64 = st.integers(-(2**63), 2**63 - 1)


def request_class(rpc: str) -> type[Message]:
    service, _, method = rpc[1:].rpartition("/")
    found = descriptor_pool.Default().FindServiceByName(service).FindMethodByName(method)
    return message_factory.GetMessageClass(found.input_type)


def test_every_rpc_has_a_request_that_is_known_here() -> None:
    names = {type_.DESCRIPTOR.file.name for type_ in map(request_class, WORKER_LEVEL_RPCS)}
    assert names == {module.DESCRIPTOR.name for module in MODULES}


@settings(max_examples=400)
def mark(worker_id: str) -> str:
    return f"mark of {worker_id}"


@given(st.sampled_from(sorted(WORKER_LEVEL_RPCS)), st.binary(max_size=60), st.text(max_size=40))
def test_any_bytes_that_are_a_request_make_an_entry(rpc: str, wire: bytes, reason: str) -> None:
    try:
        request = request_class(rpc).FromString(wire)
    except DecodeError:
        return
    entry = next_entry((7, FIRST_PREVIOUS), access(CALLER, rpc, request, reason, mark), 1)
    assert json.loads(entry.details)["rpc"] == rpc[1:]


@given(st.text(), INT64, st.integers(-(2**31), 2**31 - 1), INT64, st.integers(-(2**31), 2**31 - 1))
def test_any_values_of_its_fields_make_an_entry(
    worker_id: str, seconds: int, nanos: int, end_seconds: int, end_nanos: int
) -> None:
    request = pb.GetWorkerTimelineRequest(worker_id=worker_id)
    request.start_time.seconds, request.start_time.nanos = seconds, nanos
    request.end_time.seconds, request.end_time.nanos = end_seconds, end_nanos
    next_entry((7, FIRST_PREVIOUS), access(CALLER, "/a.B/C", request, "why", mark), 1)


@pytest.mark.parametrize(
    ("request_", "subject"),
    [
        (pb.GetWorkerTimelineRequest(worker_id="w1"), "worker/mark of w1"),
        (pb.ExplainRequest(finding_id="f1"), "finding/f1"),
        (notify_pb2.GetCaseRequest(case_id="c1"), "case/c1"),
        (pb.ListFindingsRequest(page_size=5), "workers"),
        (pb.GetWorkerTimelineRequest(), "workers"),
    ],
)
def test_the_subject_is_the_one_the_request_names(request_: Message, subject: str) -> None:
    assert access(CALLER, "/a.B/C", request_, "why", mark).subject == subject


def test_who_looked_is_told_by_party_role_and_credential() -> None:
    caller = Caller("tangshan-hr", Role.REGULATOR, ("130200",), credential_id="0123456789abcdef")
    act = access(caller, "/a.B/C", pb.GetWorkerTimelineRequest(worker_id="w1"), "complaint 2026-117", mark)
    assert (act.actor, act.reason) == ("tangshan-hr", "complaint 2026-117")
    assert (act.details["role"], act.details["credential_id"]) == ("regulator", "0123456789abcdef")


def test_what_is_asked_for_is_told_and_where_in_a_list_is_not() -> None:
    request = pb.ListFindingsRequest(
        filter=pb.FindingFilter(platform_id="swift", include_withdrawn=True), page_size=5, page_token="x"
    )
    assert access(CALLER, "/a.B/C", request, "why", mark).details["asked"] == {
        "filter": {"platform_id": "swift", "include_withdrawn": True}
    }


def test_a_worker_is_entered_by_a_mark_alone() -> None:
    own = Caller("swift", Role.WORKER, ("130200",), worker_ids=("w1",))
    asked = access(own, "/a.B/C", pb.GetWorkerTimelineRequest(worker_id="w1"), "why", mark)
    assert (asked.subject, asked.details["asked"]) == ("worker/mark of w1", {"worker_id": "mark of w1"})
