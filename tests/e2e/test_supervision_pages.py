"""Supervision in a real browser: from an area to its alerts, a platform on one page, a period, files.

The pictures go to ``build/screenshots``: they are looked at by people.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from services.portal.app import PortalServer
from tests.support.browser.visit import Visit, signed_in
from tests.support.fake_suite import data, periods
from tests.support.fake_suite.suite import OFFICIAL, FakeSuite

pytestmark = pytest.mark.browser

PICTURES = Path(__file__).parents[2] / "build" / "screenshots"


def picture(page: Page, name: str) -> None:
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def test_from_the_worst_area_to_its_alerts_and_cases(visit: Visit) -> None:
    page = visit.to("/areas")
    rows = page.get_by_role("table", name="各地区情况").get_by_role("row")
    expect(rows.nth(1)).to_contain_text("唐山市")
    expect(rows.nth(2)).to_contain_text("路北区")
    bars = page.locator("rect.rate-own").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().width)"
    )
    assert bars[1] == max(bars) > bars[0] > bars[2] > 0
    picture(page, "areas-zh-1280")
    page.get_by_role("link", name="预警 路北区").click()
    page.wait_for_url(re.compile("/feed\\?area=130203$"))
    expect(page.locator("select[name=area]")).to_have_value("130203")
    expect(page.locator("#feed > li")).to_have_count(4)
    page.go_back()
    page.select_option("select[name=platform]", "kuaida")
    page.get_by_role("button", name="应用筛选").click()
    page.wait_for_url(re.compile("platform=kuaida"))
    page.get_by_role("link", name="案件 路北区").click()
    page.wait_for_url(re.compile("/cases\\?area=130203&platform=kuaida$"))
    expect(page.locator("select[name=platform]")).to_have_value("kuaida")


def test_a_mention_of_a_platform_leads_to_all_there_is_of_it(visit: Visit) -> None:
    page = visit.to("/feed")
    # The link of the name lies above the row's own.
    page.locator("[data-alert-id=alert-0006] a.on-row").click()
    page.wait_for_url(re.compile("/platforms/kuaida$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("快达外卖")
    page.get_by_role("region", name="在办案件").get_by_role("link").first.click()
    page.wait_for_url(re.compile("/cases/"))
    page.get_by_role("link", name="快达外卖").first.click()
    page.wait_for_url(re.compile("/platforms/kuaida$"))
    page.set_viewport_size({"width": 360, "height": 800})
    picture(visit.to("/platforms/kuaida?lang=en"), "platform-en-360")


def test_an_official_reads_a_month_and_commends_a_platform(
    browser: Browser, portal: PortalServer, suite: FakeSuite
) -> None:
    with signed_in(browser, portal, OFFICIAL) as visit:
        page = visit.to("/period-reports")
        expect(page.get_by_role("list", name="监管情况通报").get_by_role("listitem").first).to_contain_text(
            "季度"
        )
        page = visit.to(f"/period-reports/{periods.PERIOD}")
        expect(page.get_by_role("table", name="按平台").get_by_role("row")).to_have_count(3)
        picture(page, "period-report-zh-1280")
        page.get_by_text("表扬该平台").click()
        page.get_by_label("表扬理由").fill("主动设置午间休息。")
        page.get_by_role("button", name="发出表扬通报").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("2026 年 3 月")
    assert len(suite.acts) == 1


@pytest.mark.parametrize("kind", ["CSV", "XLSX", "PDF"])
def test_the_filtered_feed_is_taken_along(visit: Visit, kind: str) -> None:
    page = visit.to("/feed?platform=suifeng")
    with page.expect_download() as started:
        page.get_by_role("group", name="导出").get_by_role("link", name=kind).click()
    file = started.value
    assert re.fullmatch(rf"quzhong-alerts-\d{{8}}-\d{{4}}\.{kind.lower()}", file.suggested_filename)
    content = Path(file.path()).read_bytes()
    assert len(content) > 200
    if kind == "CSV":
        text = content.decode("utf-8-sig")
        assert "随风到家 (suifeng)" in text
        assert "kuaida" not in text


def test_the_keyboard_reaches_an_area_s_alerts(visit: Visit) -> None:
    page = visit.to("/areas")
    page.get_by_role("button", name="清除").or_(page.get_by_role("link", name="清除")).focus()
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.row-links') !== null"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"/feed\\?area={data.AREA}$"))


def test_a_burst_is_readable_in_both_schemes(visit: Visit, suite: FakeSuite) -> None:
    page = visit.to("/feed")
    expect(page.locator("#connection")).to_have_attribute("data-state", "live")
    suite.emit(*(data.alert(number, area=f"13020{2 + number % 2}") for number in range(7, 307)))
    expect(page.locator("#feed > li.burst")).to_have_count(2)
    picture(page, "feed-burst-zh-1280")
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    picture(page, "feed-burst-zh-360-dark")
