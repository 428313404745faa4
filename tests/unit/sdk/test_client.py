"""The threaded client against a real server on a real socket."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import grpc
import pytest
from google.rpc import error_details_pb2

from quzhong import (
    Client,
    ClientClosedError,
    DispatchKind,
    DispatchRow,
    InvalidArgumentError,
    LocalPseudonymiser,
    PermissionDeniedError,
    Rejected,
    RetryPolicy,
    UnavailableError,
    UndeliveredError,
    Verdict,
)
from quzhong.api.events.v1 import events_pb2
from quzhong.api.intake.v1 import intake_pb2, intake_pb2_grpc
from tests.support.ports import free_port
from tests.unit.sdk.scripted_intake import ScriptedIntake, dispatch, fails, unavailable, work_session

QUICK = RetryPolicy(initial_s=0.01, max_s=0.05, give_up_after_s=20.0)
NEVER = RetryPolicy(give_up_after_s=0.0)


def client(address: str, **options: object) -> Client:
    defaults: dict[str, object] = {"retry": QUICK, "linger_s": 0.05, "batch_size": 10}
    return Client(address, "qz_test", "platform-a", **(defaults | options))  # type: ignore[arg-type]


def test_rows_go_out_in_batches_with_token_and_platform(intake: ScriptedIntake, address: str) -> None:
    with client(address) as one:
        for place in range(25):
            one.add_dispatch(dispatch(str(place)))
        one.flush()
        assert one.totals.accepted == one.totals.sent == 25
    assert sorted(len(request.dispatches) for request in intake.requests) == [5, 10, 10]  # type: ignore[union-attr]
    assert {request.platform_id for request in intake.requests} == {"platform-a"}
    assert set(intake.tokens) == {"Bearer qz_test"}


def test_a_lone_row_goes_out_after_it_has_lingered(intake: ScriptedIntake, address: str) -> None:
    with client(address, linger_s=0.05) as one:
        one.add_work_session(work_session("alone"))
        _until(lambda: one.totals.accepted == 1)


def test_both_kinds_linger_on_their_own(intake: ScriptedIntake, address: str) -> None:
    with client(address, linger_s=0.05, max_in_flight=2) as one:
        one.add_work_session(work_session("w"))
        for place in range(11):
            one.add_dispatch(dispatch(str(place)))
        _until(lambda: one.totals.accepted == 12)


def test_close_sends_what_lingers(intake: ScriptedIntake, address: str) -> None:
    with client(address, linger_s=60.0) as one:
        one.add_dispatch(dispatch("last"))
    assert intake.event_ids() == ["last"]


def test_unavailable_is_sent_again_under_the_same_request_id(intake: ScriptedIntake, address: str) -> None:
    intake.script.extend([unavailable(), unavailable(0.1)])
    began = time.monotonic()
    with client(address) as one:
        one.add_dispatch(dispatch("a"))
    assert len(intake.requests) == 3
    assert len({request.SerializeToString(deterministic=True) for request in intake.requests}) == 1
    assert time.monotonic() - began >= 0.1
    assert one.totals.accepted == 1


def test_any_other_status_is_not_sent_again_and_nothing_is_lost(intake: ScriptedIntake, address: str) -> None:
    info = error_details_pb2.ErrorInfo(reason="FOREIGN_PLATFORM", metadata={"platform": "platform-b"})
    zh = error_details_pb2.LocalizedMessage(locale="zh-CN", message="无权代表该平台")
    intake.script.append(fails(grpc.StatusCode.PERMISSION_DENIED, "not yours", info, zh))
    one = client(address)
    one.add_dispatch(dispatch("a"))
    with pytest.raises(UndeliveredError, match="1 rows in 1 batches") as caught:
        one.flush()
    (kept,) = caught.value.batches
    assert isinstance(kept.error, PermissionDeniedError)
    assert (kept.error.reason, kept.error.zh) == ("FOREIGN_PLATFORM", "无权代表该平台")
    assert kept.error.metadata == {"platform": "platform-b"}
    assert [row.event_id for row in kept.batch.rows] == ["a"]
    assert len(intake.requests) == 1

    with pytest.raises(UndeliveredError):
        one.add_dispatch(dispatch("b"))
    one.resend()
    one.flush()
    assert one.totals.accepted == 1
    assert len({request.request_id for request in intake.requests}) == 1
    one.close()


def test_giving_up_keeps_the_batch(intake: ScriptedIntake, address: str) -> None:
    intake.script.append(unavailable())
    one = client(address, retry=NEVER)
    one.add_dispatch(dispatch("a"))
    with pytest.raises(UndeliveredError) as caught:
        one.close()
    assert isinstance(caught.value.batches[0].error, UnavailableError)


def test_a_batch_that_was_stored_goes_out_under_its_request_id_from_another_process(
    intake: ScriptedIntake, address: str
) -> None:
    intake.script.append(unavailable())
    one = client(address, retry=NEVER)
    one.add_dispatch(dispatch("a"))
    with pytest.raises(UndeliveredError) as caught:
        one.close()
    stored = caught.value.batches[0].batch.request.SerializeToString()
    kept = intake_pb2.SubmitDispatchesRequest.FromString(stored)
    with client(address) as later:
        answer = later.submit_dispatches(kept.dispatches, request_id=kept.request_id)
    assert answer.accepted == 1
    assert intake.event_ids() == ["a", "a"]
    assert {request.request_id for request in intake.requests} == {kept.request_id}


def test_a_server_that_is_not_there_yet_is_found_when_it_comes(intake: ScriptedIntake) -> None:
    address = f"127.0.0.1:{free_port()}"
    one = client(address)
    one.add_dispatch(dispatch("early"))
    time.sleep(0.3)
    assert one.totals.sent == 0
    server = grpc.server(ThreadPoolExecutor(4))
    intake_pb2_grpc.add_IntakeServiceServicer_to_server(intake, server)
    assert server.add_insecure_port(address)
    server.start()
    one.close(timeout_s=10)
    assert one.totals.accepted == 1
    server.stop(0).wait()


def test_several_batches_are_in_flight(intake: ScriptedIntake, address: str) -> None:
    intake.hold.clear()
    with client(address, batch_size=1, max_in_flight=3) as one:
        for place in range(9):
            one.add_dispatch(dispatch(str(place)))
        _until(lambda: intake.in_flight == 3)
        time.sleep(0.1)
        assert intake.most_in_flight == 3
        intake.hold.set()
    assert one.totals.accepted == 9
    assert intake.most_in_flight == 3


def test_add_waits_while_the_queue_is_full(intake: ScriptedIntake, address: str) -> None:
    intake.hold.clear()
    with client(address, batch_size=1, max_in_flight=1, queue_rows=5) as one:
        for place in range(5):
            one.add_dispatch(dispatch(str(place)))
        sixth = threading.Thread(target=one.add_dispatch, args=[dispatch("sixth")])
        sixth.start()
        sixth.join(0.2)
        assert sixth.is_alive()
        intake.hold.set()
        sixth.join(10)
        assert not sixth.is_alive()
    assert one.totals.accepted == 6


def test_many_threads_add_and_nothing_is_lost(intake: ScriptedIntake, address: str) -> None:
    for _ in range(5):
        intake.script.append(unavailable())

    def add(start: int) -> None:
        for place in range(start, start + 500):
            one.add_dispatch(dispatch(str(place)))

    with client(address, batch_size=37, queue_rows=100) as one:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(add, range(0, 4_000, 500)))
        one.flush()
        assert one.totals.accepted == 4_000
    assert set(intake.event_ids()) == {str(place) for place in range(4_000)}


def test_flush_waits_no_longer_than_told_and_gives_nothing_up(intake: ScriptedIntake, address: str) -> None:
    intake.hold.clear()
    with client(address) as one:
        one.add_dispatch(dispatch("slow"))
        with pytest.raises(TimeoutError):
            one.flush(timeout_s=0.1)
        intake.hold.set()
    assert one.totals.accepted == 1


def test_close_without_time_hands_back_every_row(intake: ScriptedIntake, address: str) -> None:
    intake.hold.clear()
    one = client(address, batch_size=1, max_in_flight=2)
    for place in range(6):
        one.add_dispatch(dispatch(str(place)))
    _until(lambda: intake.in_flight == 2)
    with pytest.raises(UndeliveredError) as caught:
        one.close(timeout_s=0.1)
    kept = [row.event_id for each in caught.value.batches for row in each.batch.rows]
    assert sorted(kept) == ["0", "1", "2", "3", "4", "5"]


def test_close_without_time_ends_the_waiting_between_attempts(intake: ScriptedIntake, address: str) -> None:
    intake.script.append(unavailable(retry_after_s=60.0))
    one = client(address, retry=RetryPolicy())
    one.add_dispatch(dispatch("a"))
    _until(lambda: len(intake.requests) == 1)
    with pytest.raises(UndeliveredError):
        one.close(timeout_s=0.1)


def test_rejected_rows_come_back_with_reason_and_row(intake: ScriptedIntake, address: str) -> None:
    rejected: list[Rejected] = []
    rows = [dispatch("a"), dispatch("bad-1"), dispatch("b"), dispatch("bad-2")]
    with client(address, on_rejected=rejected.append) as one:
        for row in rows:
            one.add_dispatch(row)
    assert [(each.index, each.field, each.reason) for each in rejected] == [
        (1, "area_code", "AREA_UNKNOWN"),
        (3, "area_code", "AREA_UNKNOWN"),
    ]
    assert [each.row for each in rejected] == [rows[1], rows[3]]
    assert rejected[0].message_zh == "无此地区"
    assert (one.totals.accepted, one.totals.rejected) == (2, 2)


def test_what_a_callback_raises_comes_out_of_flush(intake: ScriptedIntake, address: str) -> None:
    def broken(rejected: Rejected) -> None:
        raise LookupError(rejected.reason)

    with client(address, on_rejected=broken) as one:
        one.add_dispatch(dispatch("bad"))
        with pytest.raises(LookupError, match="AREA_UNKNOWN"):
            one.flush()
        one.add_dispatch(dispatch("good"))
    assert one.totals.sent == 2


def test_submit_answers_each_row(intake: ScriptedIntake, address: str) -> None:
    with client(address) as one:
        answer = one.submit_dispatches([dispatch("a"), dispatch("bad")], request_id="mine-1")
        assert list(answer.verdicts) == [Verdict.ACCEPTED, Verdict.REJECTED]
        assert answer.rejections[0].index == 1
        assert one.submit_work_sessions([work_session("w")]).accepted == 1
        assert one.totals.sent == 3
    assert intake.requests[0].request_id == answer.request_id == "mine-1"


def test_submit_raises_the_typed_error(intake: ScriptedIntake, address: str) -> None:
    violation = error_details_pb2.BadRequest(
        field_violations=[error_details_pb2.BadRequest.FieldViolation(field="request_id")]
    )
    intake.script.append(fails(grpc.StatusCode.INVALID_ARGUMENT, "too long", violation))
    with client(address) as one, pytest.raises(InvalidArgumentError, match="too long") as caught:
        one.submit_dispatches([dispatch("a")])
    assert caught.value.field == "request_id"


def test_upload_streams_batches_and_places_rejections_among_all_rows(
    intake: ScriptedIntake, address: str
) -> None:
    names = [f"bad-{place}" if place in (3, 17) else str(place) for place in range(25)]
    with client(address) as one:
        answer = one.upload_dispatches(map(dispatch, names))
        assert one.upload_work_sessions([work_session("w")]).accepted == 1
    assert (answer.accepted, answer.rejected) == (23, 2)
    assert [each.index for each in answer.rejections] == [3, 17]
    assert len(intake.requests) == 4


def test_what_the_rows_of_an_upload_raise_comes_out_of_upload(intake: ScriptedIntake, address: str) -> None:
    def rows() -> Iterator[events_pb2.Dispatch]:
        yield dispatch("a")
        raise LookupError("the file ends in the middle")

    with client(address) as one, pytest.raises(LookupError, match="middle"):
        one.upload_dispatches(rows())


def test_identities_never_leave(intake: ScriptedIntake, address: str) -> None:
    pseudonyms = LocalPseudonymiser(b"0123456789abcdef")
    row = DispatchRow(
        event_id="e-1",
        identity="130203199001011234",
        order_id="o-1",
        event_time=datetime(2026, 3, 16, 4, 0, tzinfo=UTC),
        kind=DispatchKind.ACCEPTED,
        area_code="130203",
    )
    with client(address, pseudonymiser=pseudonyms) as one:
        one.add_dispatch(row)
    (request,) = intake.requests
    assert b"130203199001011234" not in request.SerializeToString()
    assert request.dispatches[0].worker_id == pseudonyms.pseudonym(row.identity)  # type: ignore[union-attr]


def test_a_closed_client_says_so(intake: ScriptedIntake, address: str) -> None:
    one = client(address)
    one.close()
    one.close()
    for call in (
        lambda: one.add_dispatch(dispatch("a")),
        lambda: one.submit_dispatches([dispatch("a")]),
        lambda: one.upload_dispatches([dispatch("a")]),
        one.resend,
    ):
        with pytest.raises(ClientClosedError):
            call()


def _until(condition: Callable[[], bool], timeout_s: float = 10.0) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.005)
