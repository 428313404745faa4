"""Appeals over the wire: filed, answered, late, and shown to whom."""

from __future__ import annotations

from functools import partial
from typing import Any

import grpc
import pytest

from kit.grpc.paging import page_key, page_token
from quzhong.api.algo_audit.v1 import appeals_pb2 as pb
from quzhong.api.algo_audit.v1 import consultation_pb2
from tests.integration.consultation.conftest import DAY_MS, NOON_MS, Table, stamp
from tests.support.suite import refusal


def file(table: Table, party: str = "city-union", worker: int = 0, **fields: Any) -> pb.Appeal:
    given: dict[str, Any] = {
        "platform_id": "swift",
        "worker_id": f"pseudonym-{worker:08}",
        "order_id": "order-1",
        "penalty_fen": 500,
        "grounds": "暴雨封路",
    } | fields
    appeal: pb.Appeal = table.as_(party).call("FileAppeal", pb.FileAppealRequest(**given)).appeal
    return appeal


def reply(table: Table, appeal_id: str, party: str = "swift", **fields: Any) -> pb.Appeal:
    given: dict[str, Any] = {"outcome": pb.APPEAL_STATE_UPHELD, "reply": "已撤销"} | fields
    request = pb.ReplyToAppealRequest(appeal_id=appeal_id, **given)
    appeal: pb.Appeal = table.as_(party).call("ReplyToAppeal", request).appeal
    return appeal


def get(table: Table, party: str, appeal_id: str) -> pb.Appeal:
    appeal: pb.Appeal = table.as_(party).call("GetAppeal", pb.GetAppealRequest(appeal_id=appeal_id)).appeal
    return appeal


def listed(table: Table, party: str, **fields: Any) -> list[str]:
    answer = table.as_(party).call("ListAppeals", pb.ListAppealsRequest(**fields))
    return [appeal.appeal_id for appeal in answer.appeals]


def test_an_appeal_is_filed_and_answered(table: Table) -> None:
    appeal = file(table)
    assert (appeal.state, appeal.filed_by, appeal.worker_id) == (
        pb.APPEAL_STATE_FILED,
        "city-union",
        "pseudonym-00000000",
    )
    assert (appeal.create_time, appeal.due_time) == (stamp(NOON_MS), stamp(NOON_MS + 15 * DAY_MS))
    answered = reply(table, appeal.appeal_id)
    assert (answered.state, answered.reply, answered.overdue) == (pb.APPEAL_STATE_UPHELD, "已撤销", False)
    assert get(table, "city-union", appeal.appeal_id) == answered
    refused = refusal(lambda: reply(table, appeal.appeal_id, outcome=pb.APPEAL_STATE_REJECTED))
    assert (refused.code, refused.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "APPEAL_ANSWERED")


def test_time_alone_makes_it_late_and_a_late_answer_stays_late(table: Table) -> None:
    late, never, good = (file(table, worker=number).appeal_id for number in range(3))
    reply(table, good)
    table.clock.now_ms = NOON_MS + 15 * DAY_MS
    assert listed(table, "tangshan", overdue_only=True) == []
    table.clock.now_ms += 1
    assert reply(table, late, outcome=pb.APPEAL_STATE_REJECTED).overdue
    table.clock.now_ms += 99 * DAY_MS
    assert listed(table, "tangshan", overdue_only=True) == [never, late]
    assert listed(table, "tangshan", overdue_only=True, state=pb.APPEAL_STATE_FILED) == [never]
    assert not get(table, "tangshan", good).overdue


def test_a_union_sees_the_appeals_that_it_filed_and_no_row_of_others(table: Table) -> None:
    own = file(table, "lubei-union")
    others = file(table, "swift", worker=1, platform_id="")
    answered = reply(table, others.appeal_id)
    assert answered.worker_id
    assert get(table, "lubei-union", own.appeal_id).worker_id
    for union in ("lubei-union", "city-union"):
        refused = refusal(partial(get, table, union, others.appeal_id))
        assert (refused.code, refused.reason) == (grpc.StatusCode.NOT_FOUND, "APPEAL_NOT_FOUND")
    for asked in ({}, {"platform_id": "swift"}, {"state": pb.APPEAL_STATE_UPHELD}):
        mine = [] if "state" in asked else [own.appeal_id]
        assert listed(table, "lubei-union", **asked) == mine
        assert listed(table, "city-union", **asked) == []
    for party in ("swift", "tangshan", "administrator"):
        assert get(table, party, others.appeal_id) == answered
        assert listed(table, party) == [others.appeal_id, own.appeal_id]


def test_a_penalty_is_appealed_against_once_until_it_is_answered(table: Table) -> None:
    first = file(table)
    for party in ("city-union", "lubei-union", "swift"):
        refused = refusal(partial(file, table, party))
        assert (refused.code, refused.reason) == (grpc.StatusCode.ALREADY_EXISTS, "APPEAL_EXISTS")
        assert first.appeal_id in refused.zh
    others = ({"order_id": "order-2"}, {"penalty_fen": 501}, {"worker": 1}, {"platform_id": "steady"})
    for other in others:
        assert file(table, **other).appeal_id != first.appeal_id
    reply(table, first.appeal_id, outcome=pb.APPEAL_STATE_REJECTED)
    assert file(table).state == pb.APPEAL_STATE_FILED


def test_other_platforms_and_other_cities_see_nothing(table: Table) -> None:
    name = file(table).appeal_id
    for party in ("steady", "far-away", "beijing", "beijing-union"):
        refused = refusal(partial(get, table, party, name))
        assert (refused.code, refused.reason) == (grpc.StatusCode.NOT_FOUND, "APPEAL_NOT_FOUND")
        assert listed(table, party) == []
    assert refusal(lambda: reply(table, name, "steady")).reason == "APPEAL_NOT_FOUND"
    assert refusal(lambda: listed(table, "steady", platform_id="swift")).reason == "FOREIGN_PLATFORM"
    assert listed(table, "beijing", platform_id="swift") == []
    for party in ("city-union", "tangshan", "administrator"):
        assert refusal(partial(reply, table, name, party)).reason == "ROLE_NOT_ALLOWED"
        assert listed(table, party) == listed(table, party, platform_id="swift") == [name]


@pytest.mark.parametrize(
    ("party", "fields", "field", "reason"),
    [
        ("steady", {}, "platform_id", "FOREIGN_PLATFORM"),
        ("beijing-union", {}, "platform_id", "PLATFORM_UNKNOWN"),
        ("city-union", {"platform_id": "nobody"}, "platform_id", "PLATFORM_UNKNOWN"),
        ("city-union", {"worker_id": "李四"}, "worker_id", "WORKER_ID_FORM"),
        ("city-union", {"penalty_fen": -1}, "penalty_fen", "PENALTY_OUT_OF_RANGE"),
        ("city-union", {"grounds": ""}, "grounds", "TEXT_MISSING"),
        ("city-union", {"grounds": "13800138000"}, "grounds", "LOOKS_LIKE_PERSONAL_DATA"),
    ],
)
def test_who_may_file_what(table: Table, party: str, fields: dict[str, Any], field: str, reason: str) -> None:
    refused = refusal(lambda: file(table, party, **fields))
    assert (refused.field or "platform_id", refused.reason) == (field, reason)
    assert refused.zh.startswith(field)


def test_a_repeat_files_nothing_new(table: Table) -> None:
    first, again = (file(table, request_id="file-1") for _ in range(2))
    assert first == again
    answers = [reply(table, first.appeal_id, request_id="file-1") for _ in range(2)]
    assert answers[0] == answers[1]
    assert len(listed(table, "tangshan")) == 1
    assert refusal(lambda: file(table, worker=1, request_id="file-1")).reason == "REQUEST_ID_REUSED"


def test_lists_come_by_the_page_the_last_first(table: Table) -> None:
    names = [file(table, worker=number).appeal_id for number in range(5)]
    client, seen, token = table.as_("city-union"), list[str](), ""
    for _ in range(3):
        page = client.call("ListAppeals", pb.ListAppealsRequest(page_size=2, page_token=token))
        seen += [appeal.appeal_id for appeal in page.appeals]
        token = page.next_page_token
    assert seen == names[::-1]
    assert not token
    assert refusal(lambda: listed(table, "city-union", state=9)).field == "state"


def test_a_page_token_tells_nothing_of_other_platforms_appeals(table: Table) -> None:
    """It names the last appeal shown, and no place among all."""
    own = [file(table, worker=0).appeal_id]
    others = [file(table, worker=number, platform_id="steady").appeal_id for number in range(1, 5)]
    own.append(file(table, worker=9).appeal_id)
    client = table.as_("swift")
    page = client.call("ListAppeals", pb.ListAppealsRequest(page_size=1))
    assert page_key(page.next_page_token, str) == (own[1],)
    assert listed(table, "swift", page_token=page.next_page_token) == own[:1]
    for token in (page_token(others[2]), page_token("nobody's"), page_token(3)):
        refused = refusal(lambda token=token: listed(table, "swift", page_token=token))  # type: ignore[misc]
        assert (refused.code, refused.field) == (grpc.StatusCode.INVALID_ARGUMENT, "page_token")


def test_a_pack_counts_the_appeals_of_its_platform_and_period_from_ten_workers_on(table: Table) -> None:
    def counts(metric_id: str) -> consultation_pb2.AppealCounts:
        client = table.as_("city-union")
        table.clock.now_ms += 1  # a period ends before its last moment
        pack = client.get(client.open(metric_id=metric_id).consultation_id).pack
        counted: consultation_pb2.AppealCounts = pack.appeals
        return counted

    assert counts("piece_rate") == consultation_pb2.AppealCounts()
    for worker in range(9):
        name = file(table, worker=worker).appeal_id
    file(table, worker=0, order_id="order-2")
    file(table, worker=20, platform_id="steady")
    reply(table, name)
    assert counts("daily_orders") == consultation_pb2.AppealCounts(suppressed=True)
    file(table, worker=9)
    assert counts("delivery_time") == consultation_pb2.AppealCounts(filed=11, upheld=1)
