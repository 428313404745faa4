"""What a platform is told of its rows, over a real socket."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf.message import Message

from kit.eventlog.port import EVENT_ID
from kit.eventlog.topics import DISPATCHES, WORK_SESSIONS
from kit.grpc.host import MAX_MESSAGE_BYTES
from quzhong.api.events.v1 import columns_pb2, events_pb2
from quzhong.api.intake.v1 import intake_pb2
from services.intake.handlers import MAX_ROWS
from tests.integration.intake.intake_suite import (
    NOW_MS,
    Client,
    RefusedError,
    Suite,
    dispatch,
    dispatches,
    records_of,
    serving,
    session,
    worker_id,
)

ACCEPTED = intake_pb2.ROW_VERDICT_ACCEPTED
DUPLICATE = intake_pb2.ROW_VERDICT_DUPLICATE
REJECTED = intake_pb2.ROW_VERDICT_REJECTED

BAD = {
    3: (dispatch("", 1), "event_id", "MISSING"),
    101: (dispatch("two words", 1), "event_id", "MALFORMED"),
    202: (dispatch("e-202", worker_id="13812345678"), "worker_id", "LOOKS_LIKE_PHONE"),
    303: (dispatch("e-303", worker_id="11010519491231002X"), "worker_id", "LOOKS_LIKE_NATIONAL_ID"),
    404: (dispatch("e-404", order_id="王小明的订单"), "order_id", "LOOKS_LIKE_NAME"),
    505: (dispatch("e-505", at_ms=NOW_MS + 900_000), "event_time", "EVENT_TIME_IN_FUTURE"),
    606: (dispatch("e-606", area_code="999999"), "area_code", "AREA_UNKNOWN"),
    707: (dispatch("e-707", kind=0), "kind", "MISSING"),
    808: (dispatch("e-808", distance_m=600_000), "distance_m", "OUT_OF_RANGE"),
    909: (dispatch("e-909", at_ms=NOW_MS // 1000), "event_time", "EVENT_TIME_TOO_EARLY"),
}
"""Ten bad rows of different kinds, by their place."""


def thousand_rows() -> list[Message]:
    return [BAD[row][0] if row in BAD else dispatch(f"e-{row}", row % 50) for row in range(1_000)]


def test_of_a_thousand_rows_with_ten_bad_ones_990_are_kept_and_ten_told_why(suite: Suite) -> None:
    answer = suite.client.submit("thousand", thousand_rows())
    assert (answer.accepted, answer.duplicate, answer.rejected) == (990, 0, 10)
    assert [row for row, verdict in enumerate(answer.verdicts) if verdict == REJECTED] == list(BAD)
    told = {rejection.row: (rejection.field, rejection.reason) for rejection in answer.rejections}
    assert told == {row: (field, reason) for row, (_, field, reason) in BAD.items()}
    for rejection in answer.rejections:
        assert rejection.message.startswith(rejection.field)
        assert rejection.message_zh.startswith(rejection.field)
    assert suite.events() == sorted(f"e-{row}" for row in range(1_000) if row not in BAD)


def test_what_is_rejected_is_kept_with_its_reason_and_without_personal_data(suite: Suite) -> None:
    suite.client.submit("thousand", thousand_rows())
    letters = suite.dead_letters()
    assert {letter.row: (letter.field, letter.reason) for letter in letters} == {
        row: (field, reason) for row, (_, field, reason) in BAD.items()
    }
    for letter in letters:
        assert (letter.platform_id, letter.request_id) == ("swift", "thousand")
        assert letter.row_type == "quzhong.api.events.v1.Dispatch"
        assert json.loads(letter.row_json)["service"] == "SERVICE_KIND_FOOD_DELIVERY"
    everything = "".join(letter.row_json + letter.message for letter in letters)
    for personal in ("13812345678", "11010519491231002X", "王小明"):
        assert personal not in everything


def test_dead_letters_carry_an_event_id_that_stays_the_same(suite: Suite) -> None:
    suite.client.submit("r", [dispatch("e", kind=9)])
    (record,) = records_of(suite.log, DISPATCHES.dead_letter_name)
    assert record.headers[EVENT_ID] == b"swift/r/0"
    assert (record.headers["reason"], record.headers["field"]) == (b"UNKNOWN_VALUE", b"kind")


def test_work_sessions_take_the_same_way_on_their_own_topic(suite: Suite) -> None:
    answer = suite.client.submit("s", [session("a"), session("b", kind=5), session("a"), session("c", 3)])
    assert list(answer.verdicts) == [ACCEPTED, REJECTED, DUPLICATE, ACCEPTED]
    assert suite.events(WORK_SESSIONS) == ["a", "c"]
    assert suite.events(DISPATCHES) == []
    (letter,) = suite.dead_letters(WORK_SESSIONS)
    assert letter.row_type == "quzhong.api.events.v1.WorkSession"


def test_a_resent_request_gets_the_identical_answer_and_adds_nothing(suite: Suite) -> None:
    first = suite.client.submit("thousand", thousand_rows())
    again = suite.client.submit("thousand", thousand_rows())
    assert again.SerializeToString() == first.SerializeToString()
    assert len(suite.events()) == 990
    assert len(suite.dead_letters()) == 10


def test_after_a_restart_too(suite: Suite) -> None:
    first = suite.client.submit("thousand", thousand_rows())
    suite.host.stop(grace_s=0.1)
    with serving(suite.folder, lambda: NOW_MS, suite.client.tokens) as restarted:
        again = restarted.client.submit("thousand", thousand_rows())
        assert again.SerializeToString() == first.SerializeToString()
        assert len(restarted.events()) == 990


def test_the_earlier_answer_stands_even_if_the_rows_would_pass_now(suite: Suite) -> None:
    ahead = [dispatch("e", at_ms=NOW_MS + 900_000)]
    first = suite.client.submit("r", ahead)
    suite.host.stop(grace_s=0.1)
    with serving(suite.folder, lambda: NOW_MS + 3_600_000, suite.client.tokens) as later:
        assert later.client.submit("r", ahead) == first
        assert later.client.submit("another", ahead).accepted == 1


def test_after_seven_days_a_request_is_judged_anew(suite: Suite) -> None:
    suite.client.submit("r", dispatches("e", 3))
    suite.host.stop(grace_s=0.1)
    week = 7 * 86_400_000
    with serving(suite.folder, lambda: NOW_MS + week, suite.client.tokens) as seventh:
        assert seventh.client.submit("r", dispatches("e", 3)).accepted == 3
        assert seventh.client.submit("s", dispatches("e", 3)).duplicate == 3
    with serving(suite.folder, lambda: NOW_MS + week + 86_400_001, suite.client.tokens) as eighth:
        eighth.client.submit("expires", dispatches("other", 1))
        assert eighth.client.submit("s", dispatches("e", 3)).duplicate == 3


def test_a_used_request_id_with_other_rows_is_refused(suite: Suite) -> None:
    suite.client.submit("r", dispatches("e", 3))
    with pytest.raises(RefusedError) as refused:
        suite.client.submit("r", dispatches("e", 4))
    assert refused.value.code == grpc.StatusCode.ALREADY_EXISTS
    assert (refused.value.reason, refused.value.fields) == ("REQUEST_ID_REUSED", ["request_id"])
    assert suite.events() == ["e-0", "e-1", "e-2"]


def test_platforms_draw_their_request_ids_and_event_ids_apart(suite: Suite) -> None:
    assert suite.client.submit("r", dispatches("e", 3), "swift").accepted == 3
    assert suite.client.submit("r", dispatches("e", 3), "steady").accepted == 3


def test_the_same_event_in_another_request_is_a_duplicate(suite: Suite) -> None:
    rows = dispatches("e", 10)
    suite.client.submit("first", rows)
    answer = suite.client.submit("second", [*rows[5:], *dispatches("new", 2)])
    assert list(answer.verdicts) == [DUPLICATE] * 5 + [ACCEPTED] * 2
    assert len(suite.events()) == 12


def test_after_a_restart_it_still_is(suite: Suite) -> None:
    suite.client.submit("first", dispatches("e", 10))
    suite.host.stop(grace_s=0.1)
    with serving(suite.folder, lambda: NOW_MS, suite.client.tokens) as restarted:
        assert restarted.client.submit("second", dispatches("e", 10)).duplicate == 10
        assert len(restarted.events()) == 10


def test_an_event_id_with_other_content_is_rejected(suite: Suite) -> None:
    suite.client.submit("first", [dispatch("e", pay_fen=500)])
    answer = suite.client.submit("second", [dispatch("e", pay_fen=501)])
    (rejection,) = answer.rejections
    assert (rejection.field, rejection.reason) == ("event_id", "EVENT_ID_REUSED")
    assert [letter.reason for letter in suite.dead_letters()] == ["EVENT_ID_REUSED"]


def test_a_zero_that_is_stated_is_not_the_same_as_nothing(client: Client) -> None:
    client.submit("first", [dispatch("e")])
    (rejection,) = client.submit("second", [dispatch("e", penalty_fen=0)]).rejections
    assert rejection.reason == "EVENT_ID_REUSED"


def test_a_number_no_64_bits_can_multiply_rejects_its_row_only(client: Client) -> None:
    wild = dispatch("wild")
    wild.promised_duration.seconds = 2**62
    wilder = dispatch("wilder")
    wilder.event_time.seconds = -(2**63)
    answer = client.submit("r", [wild, wilder, dispatch("tame")])
    assert [rejection.reason for rejection in answer.rejections] == ["OUT_OF_RANGE", "EVENT_TIME_TOO_EARLY"]
    assert answer.accepted == 1


def test_an_empty_batch_is_answered(suite: Suite) -> None:
    answer = suite.client.submit("nothing", [])
    assert answer == intake_pb2.BatchAnswer()
    assert suite.events() == []


def test_5000_rows_are_taken_and_5001_refused(suite: Suite) -> None:
    assert suite.client.submit("most", dispatches("e", MAX_ROWS)).accepted == MAX_ROWS
    with pytest.raises(RefusedError) as refused:
        suite.client.submit("more", dispatches("f", MAX_ROWS + 1))
    assert refused.value.code == grpc.StatusCode.INVALID_ARGUMENT
    assert refused.value.reason == "BATCH_TOO_LARGE"
    assert "5001 rows" in refused.value.message
    assert "5001" in refused.value.zh
    assert len(suite.events()) == MAX_ROWS


def test_a_full_group_of_the_longest_rows_fits_into_one_record(tmp_path: Path) -> None:
    def longest(prefix: str) -> list[Message]:
        return [
            dispatch(
                f"{prefix}-{number}".ljust(64, "e"),
                worker_id=f"{prefix}-{number}".ljust(64, "w"),
                order_id=f"{prefix}-{number}".ljust(64, "o"),
                **dict.fromkeys(("pay_fen", "commission_fen", "penalty_fen"), 1),
                statutory_holiday=True,
            )
            for number in range(MAX_ROWS)
        ]

    with (
        serving(tmp_path, lambda: NOW_MS, partitions=1, intake_linger_ms=100) as suite,
        ThreadPoolExecutor(6) as senders,
    ):
        answers = senders.map(lambda each: suite.client.submit(f"r{each}", longest(f"r{each}")), range(6))
        assert [answer.accepted for answer in answers] == [MAX_ROWS] * 6


def test_a_message_over_the_servers_limit_is_refused_by_its_size(suite: Suite) -> None:
    bloated = [dispatch("e", worker_id="x" * (MAX_MESSAGE_BYTES + 1))]
    with pytest.raises(RefusedError) as refused:
        suite.client.submit("huge", bloated)
    assert refused.value.code == grpc.StatusCode.RESOURCE_EXHAUSTED
    assert str(MAX_MESSAGE_BYTES) in refused.value.message
    assert suite.client.submit("small", dispatches("e", 1)).accepted == 1


@pytest.mark.parametrize("request_id", ["", "x" * 65, "with space", "编号"])
def test_a_request_id_has_a_form(client: Client, request_id: str) -> None:
    with pytest.raises(RefusedError) as refused:
        client.submit(request_id, dispatches("e", 1))
    assert refused.value.code == grpc.StatusCode.INVALID_ARGUMENT
    assert refused.value.fields == ["request_id"]


def test_another_platforms_rows_are_refused(client: Client) -> None:
    with pytest.raises(RefusedError) as refused:
        client.submit("r", dispatches("e", 1), "steady", token=client.tokens["swift"])
    assert refused.value.code == grpc.StatusCode.PERMISSION_DENIED
    assert (refused.value.reason, refused.value.fields) == ("FOREIGN_PLATFORM", ["platform_id"])


def test_an_unregistered_platform_is_refused(client: Client) -> None:
    with pytest.raises(RefusedError) as refused:
        client.submit("r", dispatches("e", 1), "nobody", token=client.admin)
    assert refused.value.code == grpc.StatusCode.NOT_FOUND
    assert (refused.value.reason, refused.value.fields) == ("PLATFORM_NOT_REGISTERED", ["platform_id"])


def test_a_token_nobody_issued_is_refused(client: Client) -> None:
    with pytest.raises(RefusedError) as refused:
        client.submit("r", dispatches("e", 1), token="qz_0123456789abcdef_" + "0" * 64)
    assert (refused.value.code, refused.value.reason) == (
        grpc.StatusCode.UNAUTHENTICATED,
        "CREDENTIAL_UNKNOWN",
    )


def test_a_regulator_may_not_send(client: Client) -> None:
    with pytest.raises(RefusedError) as refused:
        client.submit("r", dispatches("e", 1), token=client.tokens["tangshan"])
    assert (refused.value.code, refused.value.reason) == (
        grpc.StatusCode.PERMISSION_DENIED,
        "ROLE_NOT_ALLOWED",
    )


@pytest.mark.parametrize(
    "garbage",
    [
        pytest.param(b"\xff" * 40, id="no message at all"),
        pytest.param(b"\x1a\x04\xff\xff\xff\xff", id="a row that is no message"),
        pytest.param(b"\x0a\x02\xc3\x28", id="a request_id that is not UTF-8"),
        pytest.param(b"\x0a\x7f", id="cut short"),
    ],
)
def test_garbage_bytes_are_refused_as_a_malformed_request(client: Client, garbage: bytes) -> None:
    submit: Any = client.channel.unary_unary("/quzhong.api.intake.v1.IntakeService/SubmitDispatches")
    with pytest.raises(RefusedError) as refused:
        client.call(submit, garbage, client.tokens["swift"])
    assert refused.value.code == grpc.StatusCode.INVALID_ARGUMENT
    assert refused.value.reason == "MALFORMED_REQUEST"
    assert client.submit("r", dispatches("e", 1)).accepted == 1


def test_a_row_that_swallows_its_neighbours_harms_nobody_elses(suite: Suite) -> None:
    """The last row says it is longer than it is; joined with another's rows it would take their beginning."""
    good = dispatch("e").SerializeToString()
    cut = good + b"\x2a\x7f"  # area_code, of 127 bytes that do not follow
    request = b"\x0a\x01r\x12\x05swift" + b"".join(b"\x1a" + bytes([len(row)]) + row for row in (good, cut))
    submit: Any = suite.client.channel.unary_unary("/quzhong.api.intake.v1.IntakeService/SubmitDispatches")
    with pytest.raises(RefusedError) as refused:
        suite.client.call(submit, request, suite.client.tokens["swift"])
    assert refused.value.reason == "MALFORMED_REQUEST"
    assert suite.events() == []


def test_the_log_carries_what_the_row_said(suite: Suite) -> None:
    row = dispatch("e", 7, at_ms=NOW_MS - 1_234, pay_fen=650, statutory_holiday=True, weather=3)
    row.estimated_duration.FromMilliseconds(1_234_567)
    suite.client.submit("r", [row])
    (record,) = records_of(suite.log, DISPATCHES.name)
    columns = columns_pb2.DispatchColumns.FromString(record.value)
    assert list(columns.worker_ids) == [worker_id(7)]
    assert int.from_bytes(columns.event_time_ms, "little") == NOW_MS - 1_234
    assert int.from_bytes(columns.estimated_ms, "little") == 1_234_567
    assert int.from_bytes(columns.promised_ms, "little") == 1_800_000
    assert (columns.statutory_holiday, columns.weather, columns.kind) == (b"\1", b"\3", b"\2")
    assert (columns.commission_fen, columns.penalty_fen) == (b"", b"")
    assert columns.kind[0] == events_pb2.DISPATCH_KIND_ACCEPTED


def test_intake_answers_reflection_and_health_like_every_service(suite: Suite) -> None:
    from grpc_health.v1 import health_pb2, health_pb2_grpc

    health = health_pb2_grpc.HealthStub(suite.client.channel)
    request = health_pb2.HealthCheckRequest(service="quzhong.api.intake.v1.IntakeService")
    assert health.Check(request).status == health_pb2.HealthCheckResponse.SERVING


@pytest.mark.parametrize("method", intake_pb2.DESCRIPTOR.services_by_name["IntakeService"].methods_by_name)
def test_every_method_of_the_contract_is_served(client: Client, method: str) -> None:
    call: Any = client.channel.stream_unary(f"/quzhong.api.intake.v1.IntakeService/{method}")
    with pytest.raises(RefusedError) as refused:
        client.call(call, iter([b"\xff"]), client.admin)
    assert refused.value.code != grpc.StatusCode.UNIMPLEMENTED
