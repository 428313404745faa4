"""Areas, platforms, period reports and files to take along, over HTTP with real gRPC behind them."""

from __future__ import annotations

import csv
import io
from datetime import date

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from openpyxl import load_workbook

from quzhong.api.notify.v1 import figures_pb2
from quzhong.api.registry.v1 import admission_pb2
from services.portal.core.area_tree import AreaFigures, rows_of
from services.portal.core.language import LocalText
from services.portal.core.listings import Area
from services.portal.core.period_reports import STEPS, latest_over, periods_until
from tests.support.fake_suite import data, periods
from tests.support.fake_suite.suite import OFFICIAL, PLATFORM, UNION, FakeSuite
from tests.unit.portal.page_text import form_of, text_of

HREF = "/period-reports/2026-03"


def read_csv(answer: httpx.Response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_areas_stand_under_their_city_with_the_highest_rate_first(regulator: httpx.Client) -> None:
    shown = text_of(regulator.get("/areas"))
    city, north, south = (shown.index(name) for name in ("唐山市 130200", "路北区 130203", "路南区 130202"))
    assert city < north < south
    assert "路北区 130203 第 2 级 25.8" in shown
    assert "开平区 130205 第 2 级 在岗不足 10 人，不计比例" in shown
    links = regulator.get("/areas", params={"platform": "kuaida"}).text
    assert 'href="/feed?area=130203&amp;platform=kuaida"' in links


def test_rows_go_depth_first_and_leave_out_what_is_only_the_way() -> None:
    def area(code: str, parent: str) -> Area:
        return Area(code, parent, LocalText(code, code))

    tree = [area("130000", ""), area("130200", "130000"), area("130203", "130200"), area("130202", "130200")]
    figures = {
        "130200": AreaFigures(3, 2, 1_000, 2.0, 1),
        "130203": AreaFigures(3, 2, 200, 10.0, 1),
        "999999": AreaFigures(1, 1, 0, None, 0),
    }
    rows = rows_of(tree, figures)
    assert [(row.area.area_code, row.depth) for row in rows] == [
        ("130200", 0),
        ("130203", 1),
        ("130202", 1),
        ("999999", 0),
    ]
    assert [row.share for row in rows] == [0.2, 1.0, 0.0, 0.0]
    assert rows[2].quiet
    assert rows[0].figures.findings_per_thousand == 3.0


@given(st.dates(date(2001, 1, 1), date(2099, 12, 31)))
def test_periods_listed_are_those_that_have_begun_each_once(today: date) -> None:
    names = periods_until(today, 12)
    assert len(names) == len(set(names))
    assert f"{today:%Y-%m}" in names
    months = [name for name in names if "Q" not in name]
    assert len(months) == 12
    assert months == sorted(months, reverse=True)
    month, quarter = latest_over(today)
    assert month == months[1]
    first_month = 3 * int(quarter[-1]) - 2
    end = int(quarter[:4]) * 12 + first_month + 2
    assert end < today.year * 12 + today.month <= end + 3


def test_steps_are_those_of_the_contract() -> None:
    fields = [field.name for field in figures_pb2.PeriodFigures.DESCRIPTOR.fields]
    assert set(fields[7:]) == set(STEPS)


def test_a_platform_has_a_page_that_every_mention_leads_to(regulator: httpx.Client) -> None:
    assert 'href="/platforms/kuaida"' in regulator.get("/feed").text
    assert 'href="/platforms/kuaida"' in regulator.get("/cases").text
    shown = text_of(regulator.get("/platforms/kuaida"))
    for part in (
        "在办案件",
        "最新预警",
        "各地区情况",
        "待报与逾期的用工报告",
        "现行规则",
        "最近一次算法审计",
        "守法诚信",
    ):
        assert part in shown
    listed = text_of(regulator.get("/platforms"))
    assert "快达外卖 kuaida" in listed
    answer = regulator.get("/platforms/nobody")
    assert answer.status_code == 404
    assert "没有您可查看的平台" in answer.text


def test_a_union_s_page_of_a_platform_leaves_out_what_is_not_for_it(visitor: httpx.Client) -> None:
    visitor.get("/sign-in", params={"token": UNION})
    shown = text_of(visitor.get("/platforms/kuaida"))
    assert "在办案件" in shown
    assert "待报与逾期的用工报告" not in shown
    assert "每千人中涉及人数" not in shown
    assert visitor.get("/areas").status_code == 403


def test_period_report_is_told_with_its_files(regulator: httpx.Client) -> None:
    assert f'href="{HREF}/file/pdf' in regulator.get(HREF).text
    shown = text_of(regulator.get(HREF))
    assert "2026 年 3 月监管情况通报" in shown
    assert "快达外卖 49 40 12.3 2 1 1" in shown
    assert "唐山市某平台因数十名骑手" in shown
    file = regulator.get(f"{HREF}/file/xlsx", params={"area": "130200"})
    assert file.content == b"2026-03 xlsx"
    assert "period-report-2026-03.xlsx" in file.headers["content-disposition"]
    assert regulator.get(f"{HREF}/file/doc").status_code == 400


def test_few_workers_are_withheld_from_a_union(visitor: httpx.Client) -> None:
    visitor.get("/sign-in", params={"token": UNION})
    shown = text_of(visitor.get(HREF))
    assert "路北区 53 44" in shown
    assert "路南区 17 8" not in shown
    assert "不足 10 名劳动者" in shown


def test_an_official_commends_a_platform_of_the_list_once(visitor: httpx.Client, suite: FakeSuite) -> None:
    visitor.get("/sign-in", params={"token": OFFICIAL})
    page = visitor.get(HREF)
    form = form_of(page.text, f"{HREF}/commend") | {"reason": "主动设置午间休息。"}
    answer = visitor.post(f"{HREF}/commend", data=form)
    assert answer.status_code == 303
    (act,) = suite.acts
    assert (act.platform_id, act.area_code, act.reason) == ("wenbu", "130200", "主动设置午间休息。")  # type: ignore[attr-defined]
    assert visitor.post(f"{HREF}/commend", data=form).status_code == 409
    assert visitor.post(f"{HREF}/commend", data=form | {"form_key": "x"}).status_code == 403


def test_regulators_without_a_name_cannot_commend(regulator: httpx.Client) -> None:
    assert f"{HREF}/commend" not in regulator.get(HREF).text


def test_a_platform_s_page_says_on_what_ground_it_is_admitted(regulator: httpx.Client) -> None:
    shown = text_of(regulator.get("/platforms/kuaida"))
    assert "实时上报 已准入 依据对接检测报告 · 检测工具 0.1.0 版 · 自 2026-02-02 09:30" in shown
    assert "沙箱阶段 已登记，尚无检测报告" in text_of(regulator.get("/platforms/suifeng"))
    assert "/admit" not in regulator.get("/platforms/suifeng").text


def test_an_official_admits_a_platform_with_a_reason(visitor: httpx.Client, suite: FakeSuite) -> None:
    visitor.get("/sign-in", params={"token": OFFICIAL})
    assert "/admit" not in visitor.get("/platforms/kuaida").text
    form = form_of(visitor.get("/platforms/suifeng").text, "/platforms/suifeng/admit")
    form["reason"] = " 已在其他城市通过检测。 "
    answer = visitor.post("/platforms/suifeng/admit", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/platforms/suifeng#admission")
    (act,) = suite.acts
    assert act == admission_pb2.AdmitPlatformRequest(
        request_id=form["request_id"], platform_id="suifeng", reason="已在其他城市通过检测。"
    )
    shown = text_of(visitor.get("/platforms/suifeng"))
    assert "已准入 依据工作人员决定" in shown
    assert "由 li-wei 决定 已在其他城市通过检测。" in shown
    assert visitor.post("/platforms/suifeng/admit", data=form | {"form_key": "x"}).status_code == 403


@pytest.mark.parametrize("name", ["alerts", "cases", "agenda", "reports", "areas"])
@pytest.mark.parametrize(("kind", "begins"), [("csv", "\ufeff".encode()), ("xlsx", b"PK"), ("pdf", b"%PDF-")])
def test_lists_come_as_files(regulator: httpx.Client, name: str, kind: str, begins: bytes) -> None:
    answer = regulator.get(f"/exports/{name}/{kind}")
    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert f".{kind}" in answer.headers["content-disposition"]


def test_a_file_says_what_was_asked_for_when_and_in_which_zone(regulator: httpx.Client) -> None:
    rows = read_csv(
        regulator.get("/exports/alerts/csv", params={"platform": "suifeng", "severity": "breach"})
    )
    assert rows[0][:3] == ["发生时间", "收到时间", "级别"]
    assert rows[1][0] == "2026-03-16 11:44:00+08:00"
    assert rows[1][5] == "随风到家 (suifeng)"
    assert rows[2] == []
    notes = "\n".join(row[0] for row in rows[3:])
    assert "北京时间" in notes
    assert "平台：随风到家" in notes
    assert "共 1 行" in notes
    book = load_workbook(io.BytesIO(regulator.get("/exports/cases/xlsx?lang=en").content))
    assert book.worksheets[0]["A1"].value == "Title"
    assert "Filters: none" in str(book.worksheets[1]["A3"].value)


def test_what_anybody_wrote_computes_nothing_in_a_spreadsheet(
    regulator: httpx.Client, suite: FakeSuite
) -> None:
    evil = '=HYPERLINK("http://x","点这里")'
    suite.emit(data.alert(7, title=(evil, evil)))
    rows = read_csv(regulator.get("/exports/alerts/csv"))
    assert rows[1][4] == f"'{evil}"
    filtered = read_csv(regulator.get("/exports/alerts/csv", params={"rule": "=1+1"}))
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in filtered for cell in row)
    book = load_workbook(io.BytesIO(regulator.get("/exports/alerts/xlsx").content))
    cell = book.worksheets[0]["E2"]
    assert (cell.value, cell.data_type) == (evil, "s")
    assert regulator.get("/exports/alerts/pdf").status_code == 200


def test_the_agenda_is_a_calendar_to_subscribe(regulator: httpx.Client) -> None:
    answer = regulator.get("/agenda.ics", params={"day": "2026-03-20"})
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    events = list(calendar.walk("VEVENT"))
    assert len({event["uid"] for event in events}) == len(events) > 0
    assert all(str(event["url"]).startswith("http") for event in events)


def test_files_are_refused_as_their_pages_are(visitor: httpx.Client) -> None:
    assert visitor.get("/exports/alerts/csv").status_code in (303, 401)
    visitor.get("/sign-in", params={"token": PLATFORM})
    assert visitor.get("/exports/areas/csv").status_code == 403
    assert visitor.get("/exports/alerts/exe").status_code == 400


def test_areas_of_the_fake_week_are_the_contract_s(regulator: httpx.Client) -> None:
    rows = read_csv(regulator.get("/exports/areas/csv"))
    assert len([row for row in rows[1:] if len(row) > 1 and row[1].isdigit()]) == len(periods.AREAS)
