"""Declared rules, employment reports and duties in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

from kit.report_files.form import COLUMNS, write_reports
from quzhong.api.registry.v1 import reports_pb2
from services.portal.app import PortalServer
from tests.e2e.test_accessibility import violations
from tests.support.browser.visit import Visit, signed_in
from tests.support.fake_suite import data, registry
from tests.support.fake_suite.suite import PLATFORM, FakeSuite

pytestmark = pytest.mark.browser

FORM = "/reports/form?platform=kuaida&area=130200&quarter=2025Q3"
DUTIES = [f"/duties/{quote(f'{rule_id}/{subject_id}', safe='')}" for rule_id, subject_id, _ in data.DUTIES]


def test_a_rule_leads_to_its_difference_and_the_consultation_behind_it(visit: Visit) -> None:
    page = visit.to("/")
    page.get_by_role("navigation").get_by_role("link", name="规则公示").click()
    page.get_by_role("link", name="抽成规则").click()
    changes = page.get_by_role("region", name="与上一版的差异")
    expect(changes.get_by_role("row", name=re.compile("抽成比例"))).to_contain_text("18.5%")
    expect(changes.locator("ins")).to_have_text("第一条 平台按每单报酬的 15% 抽成。")
    page.get_by_role("link", name=registry.CONSULTATION_ID).click()
    expect(page.get_by_role("heading", name="协商记录")).to_be_visible()
    expect(page.get_by_text("请说明抽成依据")).to_be_visible()


def test_an_earlier_version_is_reached_by_the_keyboard(visit: Visit) -> None:
    page = visit.to(f"/rules/{registry.DOCUMENT_ID}")
    page.get_by_role("region", name="全部版本").get_by_role("link", name="第 1 版").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("version=1"))
    expect(page.get_by_text("这是第一版")).to_be_visible()


def test_a_receiver_returns_a_report_with_what_to_mend(visit: Visit, suite: FakeSuite) -> None:
    page = visit.to("/reports")
    expect(page.get_by_role("status")).to_have_text("有 2 份报告逾期未报送。")
    page.get_by_role("row", name=re.compile("2026 年第 1 季度")).get_by_role("link", name="第 1 版").click()
    page.get_by_label("退回原因及补正要求").fill("请核对培训场次")
    page.get_by_role("button", name="退回").click()
    expect(page.get_by_role("region", name=re.compile("报告已退回"))).to_contain_text("请核对培训场次")
    assert suite.reports[1].state == reports_pb2.REPORT_STATE_RETURNED


@pytest.fixture
def platform(browser: Browser, portal: PortalServer) -> Iterator[Visit]:
    with signed_in(browser, portal, PLATFORM) as visit:
        yield visit


def report_file(folder: Path, **told: object) -> Path:
    """A report of the third quarter of 2025, as a platform's clerk saves it."""
    about = {"platform_id": "kuaida", "area_code": "130200", "quarter": "2025Q3"}
    path = folder / "2025Q3.xlsx"
    path.write_bytes(write_reports(path.name, [[({**about, **told}).get(name, "") for name in COLUMNS]], {}))
    return path


def test_a_report_is_read_from_a_file_mended_explained_and_handed_in(
    platform: Visit, suite: FakeSuite, tmp_path: Path
) -> None:
    page = platform.to("/")
    page.get_by_role("row", name=re.compile("2025 年第 3 季度")).get_by_role("link", name="填报").click()
    page.get_by_label("文件", exact=True).set_input_files(
        report_file(tmp_path, workers_total="many", training_sessions=0, injuries=2)
    )
    page.get_by_role("button", name="读入").click()
    expect(page.get_by_role("status", name="已读取 2025Q3.xlsx")).to_contain_text("应为整数")
    total = page.get_by_label("季末用工总人数")
    expect(total).to_have_attribute("aria-invalid", "true")
    page.get_by_role("region", name=re.compile("须改正")).get_by_role("link", name="季末用工总人数").click()
    expect(total).to_be_in_viewport()
    total.fill("1,200")
    page.get_by_role("textbox", name="说明").fill("计划下季度开展")
    page.get_by_role("button", name="提交报告").click()
    expect(page.get_by_role("heading", name="用工情况报告")).to_be_visible()
    expect(page.get_by_text("说明：计划下季度开展")).to_be_visible()
    report = suite.reports[-1]
    assert (report.state, report.figures.workers_total) == (reports_pb2.REPORT_STATE_SUBMITTED, 1200)
    assert report.figures.injuries == 2


def test_enter_in_a_figure_checks_and_sends_nothing(platform: Visit, suite: FakeSuite) -> None:
    page = platform.to(FORM)
    page.get_by_label("季末用工总人数").fill("900")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name=re.compile("须改正 1 项"))).to_be_visible()
    expect(page.get_by_label("季末用工总人数")).to_have_value("900")
    assert len(suite.reports) == 2


def test_the_template_is_downloaded(platform: Visit) -> None:
    page = platform.to("/reports")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 XLSX 模板").click()
    assert download.value.suggested_filename == "quzhong-report.xlsx"


def test_a_finding_about_a_duty_leads_from_its_case_to_what_ends_it(visit: Visit) -> None:
    page = visit.to(f"/cases/{data.DUTY_CASE_ID}")
    page.get_by_role("link", name="查看该义务").first.click()
    expect(page.get_by_text("报送该份报告并送达接收单位后")).to_be_visible()
    page.get_by_role("link", name="查看应报报告").click()
    expect(page.get_by_role("row", name=re.compile("2025 年第 3 季度"))).to_contain_text("逾期")


@pytest.mark.parametrize(
    ("width", "language", "scheme"),
    [
        (1280, "zh-CN", "light"),
        (360, "en", "dark"),
        pytest.param(1280, "zh-CN", "dark", marks=pytest.mark.long_run),
        pytest.param(360, "zh-CN", "light", marks=pytest.mark.long_run),
    ],
)
def test_the_forms_are_accessible_and_fit(
    platform: Visit, tmp_path: Path, scheme: Literal["light", "dark"], width: int, language: str
) -> None:
    platform.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    platform.page.set_viewport_size({"width": width, "height": 900})
    for path in ("/standing", FORM, *DUTIES, "/reports"):
        page = platform.to(f"{path}{'&' if '?' in path else '?'}lang={language}")
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page = platform.to(f"{FORM}&lang={language}")
    page.locator("#file").set_input_files(report_file(tmp_path, workers_total="many", training_sessions=0))
    page.locator("[value=import]").click()
    expect(page.locator(".faults")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
