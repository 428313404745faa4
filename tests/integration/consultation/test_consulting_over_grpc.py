"""Consultations over the wire: steps, sight, repeats, and an agreement's way to the registry."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import grpc
import pytest

from kit.eventlog.port import NewRecord
from kit.eventlog.topics import AGREEMENTS
from kit.grpc.paging import page_key, page_token
from quzhong.api.algo_audit.v1 import consultation_pb2 as pb
from tests.integration.consultation.conftest import (
    DAY_MS,
    MIDNIGHT_MS,
    NOON_MS,
    MovingClock,
    Table,
    limit,
    run,
    stamp,
)
from tests.support.suite import eventually, refusal


def test_from_the_opening_to_the_declared_threshold(table: Table) -> None:
    union, swift = table.as_("city-union"), table.as_("swift")
    consultation = union.open(text="超时处罚过多")
    name = consultation.consultation_id
    assert (consultation.state, consultation.opened_by) == (pb.CONSULTATION_STATE_OPEN, pb.SIDE_UNION)
    assert (consultation.audit_id, consultation.data_version) == ("audit-1", "data-1")

    swift.offer(name, limit(900), text="平台方案")
    union.offer(name, limit(1_500), limit(2_400, 3_000, 0), days=30)
    agreed = swift.accept(name, 2, text="同意")
    assert (agreed.state, agreed.accepted_offer) == (pb.CONSULTATION_STATE_AGREED, 2)
    assert [(step.action, step.party_id, step.text) for step in agreed.history] == [
        ("OPENED", "city-union", "超时处罚过多"),
        ("OFFERED", "swift", "平台方案"),
        ("OFFERED", "city-union", ""),
        ("AGREED", "swift", "同意"),
    ]
    assert agreed.end_time == stamp(NOON_MS)

    (agreement,) = table.agreements()
    assert (agreement.consultation_id, agreement.platform_id, agreement.union_id) == (
        name,
        "swift",
        "city-union",
    )
    declared = table.declared()
    assert {(one.threshold_id, one.version, one.value, one.consultation_id) for one in declared} == {
        ("swift.delivery_time.130200.food_delivery.0-3000", 1, 1_500, name),
        ("swift.delivery_time.130200.food_delivery.3000-", 1, 2_400, name),
    }
    assert {one.effective_time.ToMilliseconds() for one in declared} == {MIDNIGHT_MS + 30 * DAY_MS}
    assert union.get(name).consultation == swift.get(name).consultation == agreed


def test_what_ifs_of_later_offers_rest_on_the_frozen_data(table: Table) -> None:
    union = table.as_("city-union")
    name = union.open().consultation_id
    pack = union.get(name).pack
    assert pack.audit.audit_id == "audit-1"
    table.unit.packs.times_s = [100.0]  # what comes in meanwhile
    first = union.offer(name, limit(900), limit(1_650, 3_000, 5_000))
    effects = first.offers[0].effects
    assert [(e.threshold_index, e.cohort, e.what_if.orders, e.what_if.orders_affected) for e in effects] == [
        (0, "0-3000", 10, 7),
        (1, "3000-5000", 10, 0),
    ]
    second = table.as_("swift").offer(name, limit(900))
    assert second.offers[1].effects[0] == effects[0]
    assert second.offers[0] == first.offers[0]
    after = union.get(name).pack
    assert (after.audit, after.sections[0], after.sections[-1]) == (
        pack.audit,
        pack.sections[0],
        pack.sections[-1],
    )
    assert [section.section_id for section in after.sections[1:-1]] == ["course", "offers", "offer-effects"]
    assert table.unit.packs.frozen == 1


def test_an_offer_below_the_floor_is_refused_by_name(table: Table) -> None:
    union = table.as_("city-union")
    name = union.open().consultation_id
    refused = refusal(lambda: union.offer(name, limit(1_500, 3_000, 4_000), limit(599)))
    assert (refused.code, refused.reason, refused.field) == (
        grpc.StatusCode.INVALID_ARGUMENT,
        "BELOW_FLOOR",
        "thresholds[1].value",
    )
    assert "600 s" in refused.message
    assert "600 s" in refused.zh
    assert not union.get(name).consultation.offers


@pytest.mark.parametrize(
    ("fields", "days", "field", "reason"),
    [
        ({"metric_id": "piece_rate"}, 1, "thresholds[0].metric_id", "METRIC_NOT_CONSULTED"),
        ({"area_code": "130299"}, 1, "thresholds[0].area_code", "AREA_UNKNOWN"),
        ({"value": float("nan")}, 1, "thresholds[0].value", "VALUE_OUT_OF_RANGE"),
        ({"end_m": 0, "start_m": 2_000_000}, 1, "thresholds[0].distance_start_m", "DISTANCE_OUT_OF_RANGE"),
        ({}, 0, "effective_time", "EFFECTIVE_TIME_PAST"),
    ],
)
def test_a_senseless_offer_is_refused_in_both_languages(
    table: Table, fields: dict[str, Any], days: int, field: str, reason: str
) -> None:
    union = table.as_("city-union")
    name = union.open().consultation_id
    refused = refusal(lambda: union.offer(name, limit(**fields), days=days))
    assert (refused.code, refused.field, refused.reason) == (
        grpc.StatusCode.INVALID_ARGUMENT,
        field,
        reason,
    )
    assert refused.message.startswith(f"{field}: ")
    assert refused.zh.startswith(f"{field}：")


def test_either_side_may_give_up_and_begin_anew(table: Table) -> None:
    swift = table.as_("swift")
    first = swift.open(platform_id="").consultation_id
    assert refusal(lambda: swift.fail(first, text="")).reason == "TEXT_MISSING"
    failed = swift.fail(first)
    assert (failed.state, failed.history[-1].text) == (pb.CONSULTATION_STATE_FAILED, "谈不拢")
    refused = refusal(lambda: swift.offer(first))
    assert (refused.code, refused.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "CONSULTATION_ENDED")
    second = table.as_("city-union").open(union_id="").consultation_id
    assert table.agreements() == []
    assert swift.listed() == [second, first]
    assert swift.listed(state=pb.CONSULTATION_STATE_FAILED) == [first]


def test_one_is_open_for_each_platform_metric_and_area(table: Table) -> None:
    union = table.as_("city-union")
    first = union.open().consultation_id
    refused = refusal(union.open)
    assert (refused.code, refused.reason) == (grpc.StatusCode.ALREADY_EXISTS, "CONSULTATION_OPEN")
    assert first in refused.message
    assert table.unit.packs.frozen == 1, "no pack is made in vain"
    union.open("steady")
    union.open(metric_id="piece_rate", topic=pb.TOPIC_INCOME_AND_COMMISSION)
    union.open(area_code="130203")
    assert len(union.listed()) == 4


def test_of_openings_at_once_one_wins(table: Table) -> None:
    def attempt(_: int) -> str:
        try:
            return table.as_("city-union").open().consultation_id
        except grpc.RpcError:
            return ""

    with ThreadPoolExecutor(6) as pool:
        names = list(pool.map(attempt, range(6)))
    assert len([name for name in names if name]) == 1


def test_of_acceptances_at_once_one_wins_and_one_agreement_leaves(table: Table) -> None:
    union = table.as_("city-union")
    name = union.open().consultation_id
    union.offer(name)

    def attempt(_: int) -> bool:
        try:
            return bool(table.as_("swift").accept(name, 1).consultation_id)
        except grpc.RpcError:
            return False

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(attempt, range(6))) == 1
    assert len(table.agreements()) == len(table.declared()) == 1


def test_a_repeat_takes_no_second_step(table: Table) -> None:
    union, swift = table.as_("city-union"), table.as_("swift")
    opened = [union.open(request_id="open-1") for _ in range(2)]
    assert opened[0] == opened[1]
    name = opened[0].consultation_id
    offers = [union.offer(name, request_id="offer-1") for _ in range(2)]
    assert offers[0] == offers[1]
    assert len(offers[0].offers) == 1
    swift.offer(name, request_id="offer-1")  # another party's ids are its own
    answers = [union.accept(name, 2, request_id="accept-1") for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert len(table.agreements()) == 1
    refused = refusal(lambda: union.fail(name, request_id="accept-1"))
    assert (refused.code, refused.reason) == (grpc.StatusCode.ALREADY_EXISTS, "REQUEST_ID_REUSED")
    assert refusal(lambda: union.open(request_id="with blank")).reason == "REQUEST_ID_FORM"


def test_others_see_only_what_concerns_their_area_and_other_platforms_nothing(table: Table) -> None:
    name = table.as_("city-union").open().consultation_id
    whole = table.as_("swift").get(name)
    for party in ("city-union", "lubei-union", "tangshan", "administrator"):
        assert table.as_(party).get(name) == whole
        assert table.as_(party).listed() == [name]
    for party in ("steady", "far-away", "beijing-union", "beijing"):
        client = table.as_(party)
        assert client.listed() == []
        for call in (partial(client.get, name), partial(client.render, name, 1)):
            refused = refusal(call)
            assert (refused.code, refused.reason) == (grpc.StatusCode.NOT_FOUND, "CONSULTATION_NOT_FOUND")
    for act in (table.as_("steady").offer, table.as_("steady").fail, table.as_("beijing-union").offer):
        assert refusal(partial(act, name)).reason == "CONSULTATION_NOT_FOUND"
    assert refusal(lambda: table.as_("steady").accept(name, 1)).reason == "CONSULTATION_NOT_FOUND"
    assert refusal(lambda: table.as_("lubei-union").offer(name)).reason == "NOT_A_SIDE"
    for party in ("tangshan", "administrator"):
        assert refusal(partial(table.as_(party).fail, name)).reason == "ROLE_NOT_ALLOWED"
    assert refusal(lambda: table.as_("steady").listed(platform_id="swift")).reason == "FOREIGN_PLATFORM"


@pytest.mark.parametrize(
    ("party", "fields", "reason"),
    [
        ("steady", {}, "FOREIGN_PLATFORM"),
        ("lubei-union", {}, "FOREIGN_UNION"),
        ("beijing-union", {"union_id": ""}, "FOREIGN_AREA"),
        ("city-union", {"platform_id": "nobody"}, "PLATFORM_UNKNOWN"),
        ("city-union", {"platform_id": "far-away"}, "PLATFORM_UNKNOWN"),
        ("city-union", {"platform_id": "city-union"}, "PLATFORM_UNKNOWN"),
        ("swift", {"union_id": ""}, "UNION_UNKNOWN"),
        ("swift", {"union_id": "tangshan"}, "UNION_UNKNOWN"),
        ("swift", {"union_id": "beijing-union"}, "UNION_UNKNOWN"),
        ("swift", {"topic": 9}, "TOPIC_UNKNOWN"),
        ("swift", {"metric_id": "mood"}, "METRIC_UNKNOWN"),
        ("swift", {"area_code": "999999"}, "AREA_UNKNOWN"),
        ("swift", {"period_start_time": stamp(9), "period_end_time": stamp(9)}, "PERIOD_EMPTY"),
        ("swift", {"text": "电话13800138000"}, "LOOKS_LIKE_PERSONAL_DATA"),
    ],
)
def test_who_may_open_what_with_whom(table: Table, party: str, fields: dict[str, Any], reason: str) -> None:
    refused = refusal(lambda: table.as_(party).open(**fields))
    assert refused.reason == reason
    assert refused.zh != refused.message
    assert table.unit.packs.frozen == 0


def test_lists_come_by_the_page_without_offers(table: Table) -> None:
    union = table.as_("city-union")
    names = [union.open(metric_id=metric).consultation_id for metric in ("delivery_time", "piece_rate")]
    union.offer(names[0])
    first = union.call("ListConsultations", pb.ListConsultationsRequest(page_size=1))
    second = union.call(
        "ListConsultations", pb.ListConsultationsRequest(page_size=1, page_token=first.next_page_token)
    )
    assert [page.consultations[0].consultation_id for page in (first, second)] == names[::-1]
    assert not second.next_page_token
    assert not second.consultations[0].offers
    assert page_key(first.next_page_token, str) == (names[1],), "no place among all consultations"
    assert refusal(lambda: union.listed(page_token=page_token("nobody's"))).field == "page_token"
    assert refusal(lambda: union.listed(page_token="x")).field == "page_token"
    assert refusal(lambda: union.listed(state=7)).field == "state"


def test_a_document_has_the_course_between_figures_and_method(table: Table) -> None:
    union = table.as_("city-union")
    name = union.open().consultation_id
    union.offer(name)
    table.as_("swift").accept(name, 1)
    answer = union.render(name, pb.PACK_FORMAT_PDF)
    assert (answer.content_type, answer.file_name) == ("application/x-1", "pack-1")
    pack = pb.Pack.FromString(answer.content)
    assert [section.section_id for section in pack.sections] == [
        "summary",
        "course",
        "offers",
        "offer-effects",
        "agreement",
        "method",
    ]
    course, offers, effects, agreement = pack.sections[1:5]
    assert [row.cells[1].text.en for row in effects.table.rows] == ["offer 1 (union)"]
    assert course.text[0].zh == "2026-04-04 12:00（北京时间），工会方（city-union）发起协商。"
    assert offers.table == agreement.table
    assert agreement.table.rows[0].cells[5].number == 25, "minutes"
    assert agreement.table.rows[0].cells[6].text.zh == "2026-04-05"
    assert union.get(name).pack == pack, "the same on a page"
    assert refusal(lambda: union.render(name, 0)).field == "format"
    assert refusal(lambda: union.render(name, 1, 9)).field == "language"


def test_the_duty_to_consult_comes_back_after_a_year(table: Table) -> None:
    union = table.as_("city-union")

    def duties(party: str = "city-union") -> dict[str, pb.Duty]:
        answer = table.as_(party).call("ListDuties", pb.ListDutiesRequest())
        return {duty.platform_id: duty for duty in answer.duties}

    assert list(duties()) == ["steady", "swift"]
    assert not duties()["swift"].HasField("last_end_time")
    assert duties()["swift"].due_time == stamp(NOON_MS + 365 * DAY_MS)
    table.clock.now_ms = NOON_MS + 365 * DAY_MS + 1
    assert duties()["swift"].overdue
    name = union.open().consultation_id
    assert duties()["swift"].open_consultation_id == name
    assert duties()["swift"].overdue, "to have begun is not to have done it"
    union.fail(name)
    swift = duties()["swift"]
    assert (swift.overdue, swift.open_consultation_id) == (False, "")
    assert swift.last_end_time == stamp(table.clock.now_ms)
    assert swift.due_time == stamp(table.clock.now_ms + 365 * DAY_MS)
    assert list(duties("swift")) == ["swift"]
    assert list(duties("beijing")) == ["far-away"]
    assert list(duties("administrator")) == ["far-away", "steady", "swift"]
    first = union.call("ListDuties", pb.ListDutiesRequest(page_size=1))
    second = union.call("ListDuties", pb.ListDutiesRequest(page_size=1, page_token=first.next_page_token))
    assert [page.duties[0].platform_id for page in (first, second)] == ["steady", "swift"]
    assert not second.next_page_token


def test_everything_is_there_after_a_restart(table: Table, tmp_path: Path) -> None:
    union = table.as_("city-union")
    name = union.open().consultation_id
    whole = union.offer(name, text="先谈", request_id="offer-1")
    table.suite.host.stop(grace_s=0.2)
    for again in run(tmp_path, MovingClock()):
        client = again.as_("city-union")
        assert client.get(name).consultation == whole
        assert client.offer(name, text="先谈", request_id="offer-1") == whole
        again.as_("swift").accept(name, 1)
        assert len(again.declared()) == 1


def test_an_agreement_that_comes_twice_is_declared_once(table: Table) -> None:
    agreement = pb.Agreement(
        consultation_id="c-9",
        platform_id="swift",
        union_id="city-union",
        thresholds=[limit()],
        effective_time=stamp(MIDNIGHT_MS + DAY_MS),
        create_time=stamp(NOON_MS),
    )
    for _ in range(2):
        append(table, agreement)
    (declared,) = table.declared()
    assert (declared.version, declared.consultation_id, declared.create_time) == (1, "c-9", stamp(NOON_MS))
    agreement.consultation_id = "c-10"  # the same value, agreed anew
    append(table, agreement)
    assert [(one.version, one.consultation_id) for one in table.declared()] == [(1, "c-9"), (2, "c-10")]
    assert dead(table) == []


def test_an_agreement_that_cannot_be_declared_is_kept_with_its_reason(
    table: Table,
) -> None:
    def agreement(name: str, platform: str = "swift", **fields: Any) -> pb.Agreement:
        return pb.Agreement(
            consultation_id=name,
            platform_id=platform,
            thresholds=[limit(900), limit(**({"start_m": 3_000, "end_m": 0} | fields))],
            effective_time=stamp(MIDNIGHT_MS + DAY_MS),
            create_time=stamp(NOON_MS),
        )

    append(table, agreement("c-1", metric_id="mood"))
    append(table, agreement("c-2", "nobody"))
    append(table, pb.Agreement(platform_id="swift"))
    append(table, agreement("c-3"))
    assert {one.consultation_id for one in table.declared()} == {"c-3"}, "all of an agreement, or nothing"
    assert dead(table) == ["METRIC_UNKNOWN", "PLATFORM_UNKNOWN", "MALFORMED_RECORD"]


def append(table: Table, agreement: pb.Agreement) -> None:
    record = NewRecord(AGREEMENTS.name, agreement.SerializeToString(), key=agreement.platform_id.encode())
    table.suite.log.append([record])


def dead(table: Table) -> list[str]:
    table.settle()
    reader = table.suite.log.reader(AGREEMENTS.dead_letter_name)
    reasons: list[str] = []

    def read() -> bool:
        reasons.extend(record.headers["reason"].decode() for record in reader.poll(0.1))
        return sum(table.suite.log.end_offsets(AGREEMENTS.dead_letter_name).values()) == len(reasons)

    eventually(read)
    return reasons
