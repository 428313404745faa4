"""The reports of a month over a socket, on both databases: who reads what of it, and who is commended."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import grpc
import pytest
from openpyxl import load_workbook

from kit.eventlog.memory import MemoryEventLog
from kit.eventlog.topics import NOTICES
from quzhong.api.notify.v1 import figures_pb2 as pb
from quzhong.api.notify.v1 import figures_pb2_grpc, notify_pb2
from tests.integration.notify.ladder_suite import DAY, City, moment_ms, running_city, store_of
from tests.integration.notify.notify_suite import activity, eventually, finding, overdue
from tests.support.refusals import Refusal, refusal

pytestmark = pytest.mark.on_one_database

MARCH = "2026-03"
APRIL_2 = date(2026, 4, 2)
CELL = ("130203", "swift", "cn-food-delivery-2025.continuous-work")


@pytest.fixture
def city(tmp_path: Path, database_url: str) -> Iterator[City]:
    """Swift was warned in March: 20 of 1,000 workers in Lubei. Steady did well, in Lunan, all month."""
    with running_city(MemoryEventLog(), tmp_path, store=store_of(database_url)) as city:
        days = [date(2026, 3, 1) + number * DAY for number in range(31)]
        city.notify.say(
            *(activity(500, platform="steady", area="130202", day=day.isoformat()) for day in days),
            finding("steady-1", platform="steady", area="130202", at_ms=moment_ms(date(2026, 3, 4))),
        )
        city.on(APRIL_2)
        yield city


def ask(city: City, party: str, method: str, **content: Any) -> Any:
    request = getattr(pb, f"{method}Request")(**content)
    with grpc.insecure_channel(city.notify.host.address) as channel:
        stub = figures_pb2_grpc.PeriodReportServiceStub(channel)
        metadata = [("authorization", f"Bearer {city.notify.tokens[party]}")]
        return getattr(stub, method)(request, metadata=metadata, timeout=30)


def refused(city: City, party: str, method: str, **content: Any) -> Refusal:
    return refusal(lambda: ask(city, party, method, **content))


def rows(city: City, party: str, **content: Any) -> dict[tuple[str, str, str], pb.PeriodFigures]:
    report = ask(city, party, "GetPeriodReport", period=MARCH, **content).report
    return {(row.area_code, row.platform_id, row.rule_id): row for row in report.rows}


def test_each_reads_what_is_theirs_and_aggregates_hide_the_few(city: City) -> None:
    whole = rows(city, "tangshan")
    assert (whole["", "", ""].findings, whole["", "", ""].workers) == (21, 21)
    assert whole[CELL].rate_per_thousand == pytest.approx(20.0)
    assert (whole[CELL].cases_opened, whole[CELL].warnings, whole[CELL].answered_in_time) == (1, 1, 0)
    assert whole["130203", "", ""].title.zh == "路北区"

    own = rows(city, "swift")
    assert {platform for _, platform, _ in own} == {"swift"}
    assert own[CELL].findings == 20

    for reader in ("union", "trade"):
        told = rows(city, reader)
        steady = told["130202", "steady", CELL[2]]
        assert not steady.HasField("findings")  # one worker
        assert not steady.HasField("workers")
        assert not steady.HasField("rate_per_thousand")
        assert steady.cases_opened == 1  # a case is no worker
        whole_or_cell = told["", "", ""].HasField("findings"), told[CELL].HasField("findings")
        assert whole_or_cell in ((True, False), (False, True))  # both would be Steady's one

    county = rows(city, "lunan")
    assert county["", "", ""].findings == 1


def test_duties_are_for_whoever_may_read_reports(city: City) -> None:
    late = overdue("swift")
    late.event_time.FromMilliseconds(moment_ms(date(2026, 3, 23)))
    city.notify.say(late)
    duty = ("130200", "swift", "registry.report-overdue")
    assert rows(city, "tangshan")[duty].findings == 1
    assert rows(city, "swift")[duty].findings == 1
    assert duty not in rows(city, "union")


def test_report_that_cannot_be_made_says_why(city: City) -> None:
    period = "GetPeriodReport"
    assert refused(city, "tangshan", period, period="2026-3").reason == "PERIOD_FORM"
    assert refused(city, "tangshan", period, period="2026-05").reason == "PERIOD_IN_FUTURE"
    assert refused(city, "union", period, period="2026-04").reason == "PERIOD_NOT_OVER"
    assert refused(city, "lunan", period, period=MARCH, area_code="130203").reason == "FOREIGN_AREA"
    assert refused(city, "tangshan", period, period=MARCH, area_code="1302").reason == "AREA_FORM"
    assert refused(city, "firm-c", period, period=MARCH).code is grpc.StatusCode.PERMISSION_DENIED
    odd = refused(city, "tangshan", "RenderPeriodReport", period=MARCH, format=9)
    assert (odd.reason, odd.field) == ("REPORT_FORMAT_UNKNOWN", "format")
    assert ask(city, "tangshan", period, period="2026-04").report.period == "2026-04"  # it has begun


@pytest.mark.parametrize(
    ("format_", "name", "begins"),
    [
        (pb.REPORT_FORMAT_PDF, "period-report-2026-03-130200-zh-CN.pdf", b"%PDF-"),
        (pb.REPORT_FORMAT_CSV, "period-report-2026-03-130200-zh-CN.csv", "\ufeff地区,平台".encode()),
        (pb.REPORT_FORMAT_XLSX, "period-report-2026-03-130200-zh-CN.xlsx", b"PK"),
    ],
)
def test_report_comes_as_a_file(city: City, format_: int, name: str, begins: bytes) -> None:
    file = ask(
        city, "union", "RenderPeriodReport", period=MARCH, area_code="130200", format=format_, language=1
    )
    assert file.name == name
    assert file.content.startswith(begins)
    if format_ == pb.REPORT_FORMAT_XLSX:
        sheet = load_workbook(io.BytesIO(file.content)).worksheets[0]
        withheld = [row[4].value for row in sheet.iter_rows(min_row=2) if row[1].value == "steady"]
        assert set(withheld) == {"*"}


def test_platform_without_a_warning_is_praised_once_by_an_official_of_the_place(city: City) -> None:
    (listed,) = ask(city, "li", "ListGoodConduct", period=MARCH).platforms
    assert listed.platform_id == "steady"
    assert not ask(city, "swift", "ListGoodConduct", period=MARCH).platforms

    commend = {
        "period": MARCH,
        "platform_id": "steady",
        "area_code": "130202",
        "reason": "主动设置午间休息。",
    }
    assert refused(city, "tangshan", "CommendPlatform", **commend).code is grpc.StatusCode.PERMISSION_DENIED
    sun = {"request_id": "praise-1", **commend}
    assert refused(city, "sun", "CommendPlatform", **{**sun, "area_code": "130203"}).reason == "FOREIGN_AREA"
    bad = refused(city, "sun", "CommendPlatform", **{**sun, "platform_id": "swift"})
    assert (bad.reason, bad.field) == ("NOT_GOOD_CONDUCT", "platform_id")
    assert refused(city, "sun", "CommendPlatform", **{**sun, "reason": " "}).reason == "TEXT_MISSING"
    assert refused(city, "sun", "CommendPlatform", **{**sun, "request_id": ""}).reason == "REQUEST_ID_FORM"

    notice = ask(city, "sun", "CommendPlatform", **sun).notice
    assert notice.kind == notify_pb2.NOTICE_KIND_COMMENDATION
    assert notice.signed_by == "sun"
    assert "主动设置午间休息。" in notice.body.zh
    assert "2026年3月" in notice.body.zh
    assert ask(city, "sun", "CommendPlatform", **sun).notice.notice_id == notice.notice_id
    other = refused(city, "sun", "CommendPlatform", **{**sun, "reason": "换个说法。"})
    assert other.reason == "REQUEST_ID_REUSED"
    again = refused(city, "sun", "CommendPlatform", **{**sun, "request_id": "praise-2"})
    assert again.reason == "ALREADY_COMMENDED"

    alerts = city.notify.as_("steady").call("ListAlerts", notify_pb2.ListAlertsRequest()).alerts
    assert [alert.title.zh for alert in alerts if alert.kind == notify_pb2.ALERT_KIND_COMMENDED] == [
        "表扬通报：表扬稳行外卖"
    ]
    entered = [json.loads(each.details) for each in city.entries() if each.action == "notice.commendation"]
    assert [details["signed_by"] for details in entered] == ["sun"]
    eventually(city.notify.unit.drained)
    assert sum(city.notify.log.end_offsets(NOTICES.name).values()) == 2  # the warning, and this


def test_areas_are_told_to_whoever_supervises_them_alone(city: City) -> None:
    asked = {"last_date": "2026-03-31"}
    told = ask(city, "tangshan", "GetAreaFigures", **asked)
    assert (told.first_date, told.last_date) == ("2026-03-25", "2026-03-31")
    rows = {row.area_code: row for row in told.areas}
    assert rows["130202"].active == 500
    assert rows["130202"].rate_per_thousand == 0
    assert rows["130200"].open_cases == rows["130202"].open_cases + rows["130203"].open_cases
    latest = ask(city, "tangshan", "GetAreaFigures")
    assert latest.last_date == "2026-03-31"  # nothing has come since
    own = {row.area_code for row in ask(city, "lunan", "GetAreaFigures", **asked).areas}
    assert own == {"130202"}
    of_swift = ask(city, "tangshan", "GetAreaFigures", platform_id="swift", **asked)
    assert {row.area_code for row in of_swift.areas} <= {"130200", "130203"}
    for party in ("union", "trade", "swift", "firm-c"):
        assert refused(city, party, "GetAreaFigures").code is grpc.StatusCode.PERMISSION_DENIED
    assert refused(city, "tangshan", "GetAreaFigures", last_date="2026-02-30").reason == "DATE_FORM"
    assert refused(city, "tangshan", "GetAreaFigures", last_date="2027-01-01").reason == "DATE_IN_FUTURE"
    assert refused(city, "lunan", "GetAreaFigures", area_code="130203").reason == "FOREIGN_AREA"
