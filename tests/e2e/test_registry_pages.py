"""Declared rules and employment reports in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from quzhong.api.registry.v1 import reports_pb2
from tests.support.browser.visit import Visit
from tests.support.fake_suite import registry
from tests.support.fake_suite.suite import FakeSuite

pytestmark = pytest.mark.browser


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
    page.get_by_role("row", name=re.compile("2026 年第 1 季度")).get_by_role("link").click()
    page.get_by_label("退回原因及补正要求").fill("请核对培训场次")
    page.get_by_role("button", name="退回").click()
    expect(page.get_by_role("region", name=re.compile("报告已退回"))).to_contain_text("请核对培训场次")
    assert suite.reports[1].state == reports_pb2.REPORT_STATE_RETURNED
