"""Filling a report in over HTTP, with real gRPC behind it."""

from __future__ import annotations

import io
import re

import httpx
import pytest
from openpyxl import load_workbook

from kit.report_files.form import COLUMNS, write_reports
from quzhong.api.registry.v1 import reports_pb2
from services.portal.core.report_form import GROUPS
from services.portal.core.reports import FIGURES
from services.portal.request_limit import MOST_BYTES
from tests.support.fake_suite import registry
from tests.support.fake_suite.suite import PLATFORM, FakeSuite
from tests.unit.portal.page_text import form_of, text_of

FORM = "/reports/form"
ABOUT = {"platform": "kuaida", "area": "130200", "quarter": "2025Q3"}


@pytest.fixture
def platform(visitor: httpx.Client) -> httpx.Client:
    assert visitor.get("/sign-in", params={"token": PLATFORM}).status_code == 303
    return visitor


def sent(
    platform: httpx.Client, action: str, file: tuple[str, bytes] | None = None, /, **typed: str
) -> httpx.Response:
    hidden = form_of(platform.get(FORM, params=ABOUT).text, FORM)
    form = {name: value for name, value in hidden.items() if value}
    # httpx sends multipart, as a browser does, only where there are files.
    files = {"file": file or ("", b"")}
    return platform.post(FORM, data={**form, **typed, "action": action}, files=files)


def typed_in(page: str) -> dict[str, str]:
    return {name: value for name, value in form_of(page, FORM).items() if name in FIGURES and value}


def row(quarter: str = "2025Q3", **told: object) -> list[object]:
    about = {"platform_id": "kuaida", "area_code": "130200", "quarter": quarter}
    return [({**about, **told}).get(name, "") for name in COLUMNS]


def test_every_figure_stands_in_one_group() -> None:
    assert tuple(name for figures in GROUPS.values() for name in figures) == FIGURES


def test_the_form_begins_with_what_the_last_version_says(platform: httpx.Client) -> None:
    page = platform.get(FORM, params=ABOUT | {"quarter": "2025Q4"})
    assert typed_in(page.text) == {"workers_total": "1200", "pay_paid_fen": "1234567.00", "injuries": "0"}
    shown = text_of(page)
    assert "请补充职业伤害保障人数" in shown
    assert "比上季度增加 60%" in shown
    assert "旺季招募" in page.text


def test_checks_stand_at_their_figures_and_nothing_is_kept(platform: httpx.Client, suite: FakeSuite) -> None:
    before = len(suite.reports)
    answer = sent(platform, "check", workers_total="1,200", training_sessions="０", pay_paid_fen="12.5")
    shown = text_of(answer)
    assert "须改正 0 项，须说明 1 项" in shown
    assert "须说明 ：本季未开展培训" in shown
    assert typed_in(answer.text) == {
        "workers_total": "1,200",
        "training_sessions": "０",
        "pay_paid_fen": "12.5",
    }
    assert len(suite.reports) == before


@pytest.mark.parametrize("action", ["check", "save", "submit"])
def test_what_is_no_figure_is_told_and_kept_as_it_was_typed(
    platform: httpx.Client, suite: FakeSuite, action: str
) -> None:
    answer = sent(platform, action, workers_total="about 900", pay_paid_fen="1.234")
    shown = text_of(answer)
    assert "“about 900”应为整数" in shown
    assert "“1.234”应为以元为单位的金额" in shown
    assert typed_in(answer.text)["workers_total"] == "about 900"
    assert len(suite.reports) == 2


def test_a_draft_is_kept_and_the_form_goes_on(platform: httpx.Client, suite: FakeSuite) -> None:
    answer = sent(platform, "save", workers_total="900")
    assert answer.status_code == 303
    assert "草稿已保存， 为第 1 版" in text_of(platform.get(answer.headers["location"]))
    assert suite.reports[-1].figures.workers_total == 900
    assert suite.reports[-1].state == reports_pb2.REPORT_STATE_DRAFT


def test_a_report_that_something_blocks_stays_a_draft(platform: httpx.Client, suite: FakeSuite) -> None:
    answer = sent(platform, "submit", workers_total="900", training_sessions="0")
    assert "须改正 0 项，须说明 1 项" in text_of(answer)
    assert suite.reports[-1].state == reports_pb2.REPORT_STATE_DRAFT


def test_an_explained_report_is_handed_in(platform: httpx.Client, suite: FakeSuite) -> None:
    explained = {"explain.training_sessions.none_held": "计划下季度开展"}
    answer = sent(platform, "submit", workers_total="900", training_sessions="0", **explained)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/reports/{registry.OVERDUE_ID}?version=1"
    assert suite.reports[-1].state == reports_pb2.REPORT_STATE_SUBMITTED
    assert suite.reports[-1].checks[0].explanation == "计划下季度开展"


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_file_fills_the_form_and_keeps_nothing(platform: httpx.Client, suite: FakeSuite, kind: str) -> None:
    name = f"report.{kind}"
    filled = row(workers_total=900, training_sessions="0", pay_paid_yuan="1234.5")
    explained = [*filled[:-1], "training_sessions.none_held：计划下季度开展"]
    content = write_reports(name, [explained, row("2025Q4", workers_total=1)], {})
    answer = sent(platform, "import", (name, content), injuries="3", workers_total="1")
    assert typed_in(answer.text) == {
        "workers_total": "900",
        "injuries": "3",
        "training_sessions": "0",
        "pay_paid_fen": "1234.50",
    }
    assert "计划下季度开展</textarea>" in answer.text
    shown = text_of(answer)
    assert f"已读取 {name} 文件内容已填入下表" in shown
    assert "文件中还有其他报告，请到各自的页面读入同一文件： 2025 年第 4 季度 · 快达外卖 · 唐山市" in shown
    assert len(suite.reports) == 2


def test_what_a_file_has_wrong_is_told_by_row_and_column_and_the_rest_is_filled_in(
    platform: httpx.Client,
) -> None:
    content = write_reports("r.csv", [row(workers_total="many", injuries=2)], {})
    answer = sent(platform, "import", ("r.csv", content))
    assert "有 1 处无法读取" in text_of(answer)
    assert "3 季末用工总人数 workers_total many 应为整数，没有的填 0" in text_of(answer)
    assert typed_in(answer.text) == {"workers_total": "many", "injuries": "2"}


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("", b"", "请先选择文件"),
        ("r.pdf", b"%PDF", "r.pdf：只能读取 XLSX 或 CSV"),
        ("r.xlsx", b"no archive", "r.xlsx 不是可读取的 XLSX 文件"),
        ("r.csv", b"\xff\xff\xff", "既不是 UTF-8 也不是 GB 18030"),
    ],
    ids=["none", "kind", "archive", "encoding"],
)
def test_a_file_that_cannot_be_read_costs_nothing_that_was_typed(
    platform: httpx.Client, name: str, content: bytes, told: str
) -> None:
    answer = sent(platform, "import", (name, content), injuries="3")
    assert told in text_of(answer, 400)
    assert typed_in(answer.text) == {"injuries": "3"}


def test_more_rows_than_a_reporter_has_are_refused(platform: httpx.Client) -> None:
    content = write_reports("r.csv", [row(f"{2000 + n}Q1") for n in range(501)], {})
    assert "超过 500 行" in text_of(sent(platform, "import", ("r.csv", content)), 400)


def test_a_request_larger_than_any_form_is_refused(platform: httpx.Client) -> None:
    answer = sent(platform, "import", ("r.csv", b"," * (MOST_BYTES + 1)))
    assert answer.status_code == 413


def test_what_was_typed_outlasts_a_registry_that_is_away(platform: httpx.Client, suite: FakeSuite) -> None:
    hidden = form_of(platform.get(FORM, params=ABOUT).text, FORM)
    suite.break_off()
    answer = platform.post(FORM, data={**hidden, "action": "save", "workers_total": "900"})
    assert answer.status_code == 503
    assert typed_in(answer.text) == {"workers_total": "900"}


def test_a_report_is_filled_in_with_a_form_of_ours_only(platform: httpx.Client, suite: FakeSuite) -> None:
    answer = platform.post(FORM, data=ABOUT | {"action": "save", "workers_total": "1"})
    assert answer.status_code == 403
    assert len(suite.reports) == 2


def test_who_owes_no_report_has_no_form(regulator: httpx.Client) -> None:
    assert regulator.get(FORM, params=ABOUT).status_code == 403


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_template_has_a_row_for_each_report_owed(platform: httpx.Client, kind: str) -> None:
    answer = platform.get(f"/reports/template/{kind}")
    assert f'filename="quzhong-report.{kind}"' in answer.headers["content-disposition"]
    if kind == "xlsx":
        sheet = load_workbook(io.BytesIO(answer.content)).active
        assert sheet is not None
        rows = [[str(cell or "") for cell in line] for line in sheet.iter_rows(values_only=True)]
    else:
        rows = [line.split(",") for line in answer.content.decode("utf-8-sig").splitlines()]
    assert tuple(rows[0]) == COLUMNS
    assert re.search("季末用工总人数（人） Workers at the end", " ".join(rows[1]))
    assert [line[:3] for line in rows[2:]] == [["kuaida", "130200", "2025Q3"], ["kuaida", "130200", "2025Q4"]]
    assert not any(cell for line in rows[2:] for cell in line[3:])


def test_the_list_leads_whoever_owes_a_report_to_its_form(platform: httpx.Client) -> None:
    page = platform.get("/reports").text
    assert 'href="/reports/form?platform=kuaida&amp;area=130200&amp;quarter=2025Q3"' in page
