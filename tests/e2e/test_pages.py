"""The pages in a real browser: what a regulator sees and does."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from quzhong.api.notify.v1 import notify_pb2 as notify_pb
from services.portal.app import PortalServer
from services.portal.settings import PortalSettings
from tests.support.browser.visit import Visit
from tests.support.fake_suite import data
from tests.support.fake_suite.suite import REGULATOR, FakeSuite
from tests.support.suite import eventually

pytestmark = pytest.mark.browser


def shown_alerts(page: Page) -> list[str]:
    ids: list[str] = page.eval_on_selector_all("#feed > li", "rows => rows.map(row => row.dataset.alertId)")
    return ids


def live(page: Page) -> None:
    expect(page.locator("#connection")).to_have_attribute("data-state", "live")


def holds(page: Page, expression: str) -> None:
    """Wait for it: the browser's own waiting would evaluate text in the page, which its policy forbids."""
    eventually(lambda: page.evaluate(expression) is True)


def alert_ids(*numbers: int) -> list[str]:
    return [f"alert-{number:04}" for number in numbers]


def test_a_new_alert_appears_at_the_top_without_a_reload(visit: Visit, suite: FakeSuite) -> None:
    page = visit.to("/")
    live(page)
    page.evaluate("window.sameDocument = true")
    suite.emit(data.alert(7, platform="suifeng"))
    expect(page.locator("#feed > li").first).to_have_attribute("data-alert-id", "alert-0007")
    expect(page.locator("#feed > li").first).to_contain_text("随风到家")
    assert shown_alerts(page) == alert_ids(7, 6, 5, 4, 3, 2, 1)
    assert page.evaluate("window.sameDocument")
    expect(page.locator("#announce")).to_contain_text("新增 1 条预警")


def test_the_feed_resumes_after_a_break_without_gap_or_repeat(visit: Visit, suite: FakeSuite) -> None:
    page = visit.to("/")
    live(page)
    suite.emit(data.alert(7))
    expect(page.locator("#feed > li")).to_have_count(7)
    suite.break_off()
    expect(page.locator("#connection")).to_have_attribute("data-state", "lost")
    expect(page.locator("#connection")).to_have_text("正在重连")
    suite.emit(data.alert(8), data.alert(9))
    suite.open()
    live(page)
    expect(page.locator("#feed > li")).to_have_count(9)
    assert shown_alerts(page) == alert_ids(*range(9, 0, -1))


def test_the_feed_resumes_after_the_portal_itself_was_away(
    visit: Visit, portal: PortalServer, suite: FakeSuite
) -> None:
    page = visit.to("/")
    live(page)
    suite.emit(data.alert(7))
    expect(page.locator("#feed > li")).to_have_count(7)
    port = int(portal.url.rpartition(":")[2])
    portal.stop()
    expect(page.locator("#connection")).to_have_attribute("data-state", "lost")
    suite.emit(data.alert(8), data.alert(9))
    settings = PortalSettings(suite_address=suite.address, portal_port=port)
    again = PortalServer(settings)
    again.start()
    try:
        expect(page.locator("#feed > li")).to_have_count(9)
        live(page)
        assert shown_alerts(page) == alert_ids(*range(9, 0, -1))
    finally:
        page.goto("about:blank")
        again.stop()
    # What the browser says about the portal being away is expected here.
    visit.complaints[:] = [text for text in visit.complaints if "net::ERR_" not in text]


def test_a_revoked_credential_stops_the_feed(visit: Visit, suite: FakeSuite) -> None:
    page = visit.to("/")
    live(page)
    suite.revoked.add(REGULATOR)
    suite.break_off()
    suite.open()
    expect(page.locator("#connection")).to_have_attribute("data-state", "stopped")


def test_the_live_feed_keeps_to_the_filter(visit: Visit, suite: FakeSuite) -> None:
    page = visit.to("/")
    page.select_option("select[name=platform]", "suifeng")
    page.get_by_role("button", name="应用筛选").click()
    page.wait_for_url(re.compile("platform=suifeng"))
    live(page)
    suite.emit(data.alert(7), data.alert(8, platform="suifeng"))
    expect(page.locator("#feed > li")).to_have_count(2)
    assert shown_alerts(page) == alert_ids(8, 4)


def test_a_paused_feed_holds_alerts_back_until_it_goes_on(visit: Visit, suite: FakeSuite) -> None:
    page = visit.to("/")
    live(page)
    page.get_by_role("button", name="暂停更新").click()
    suite.emit(data.alert(7), data.alert(8))
    go_on = page.get_by_role("button", name="继续更新（2）")
    expect(go_on).to_be_visible()
    assert len(shown_alerts(page)) == 6
    go_on.click()
    assert shown_alerts(page) == alert_ids(*range(8, 0, -1))


def test_a_burst_of_one_kind_shares_a_line_that_counts(visit: Visit, suite: FakeSuite) -> None:
    page = visit.to("/")
    live(page)
    suite.emit(*(data.alert(number) for number in range(7, 507)))
    burst = page.locator("#feed > li.burst")
    expect(burst).to_have_attribute("data-count", "497")
    expect(burst).to_contain_text("497 条同类")
    assert shown_alerts(page) == alert_ids(506, 9, 8, 7, 6, 5, 4, 3, 2, 1)
    burst.get_by_role("link", name="逐条查看").click()
    page.wait_for_url(
        re.compile("/feed\\?rule=.*continuous-work&severity=breach&platform=kuaida&area=130203")
    )
    expect(page.locator("#feed > li")).to_have_count(50)


def test_kinds_too_many_to_read_share_the_line_of_their_rule(visit: Visit, suite: FakeSuite) -> None:
    page = visit.to("/")
    live(page)
    suite.emit(*(data.alert(number, area=f"13{number:04}") for number in range(7, 407)))
    wide = page.locator("#feed > li.burst")
    expect(wide).to_contain_text("涉及 1 家平台")
    holds(
        page,
        "[...document.querySelectorAll('#feed > li')]"
        ".reduce((sum, row) => sum + Number(row.dataset.count ?? 1), 0) === 406",
    )
    assert page.locator("#feed > li").count() < 60


def test_steps_of_cases_are_never_merged(visit: Visit, suite: FakeSuite) -> None:
    page = visit.to("/")
    live(page)
    suite.emit(*(data.alert(number, kind=notify_pb.ALERT_KIND_WARNING_SENT) for number in range(7, 47)))
    expect(page.locator("#feed > li")).to_have_count(46)


def test_the_page_keeps_three_hundred_lines(visit: Visit, suite: FakeSuite) -> None:
    page = visit.to("/")
    live(page)
    suite.emit(*(data.alert(number, kind=notify_pb.ALERT_KIND_WARNING_SENT) for number in range(7, 507)))
    expect(page.locator("#feed > li").first).to_have_attribute("data-alert-id", "alert-0506")
    assert shown_alerts(page) == alert_ids(*range(506, 206, -1))


def test_what_comes_while_the_reader_has_scrolled_away_waits_behind_a_bar(
    visit: Visit, suite: FakeSuite
) -> None:
    suite.emit(*(data.alert(number) for number in range(7, 60)))
    page = visit.to("/")
    live(page)
    page.mouse.wheel(0, 1500)
    holds(page, "document.getElementById('feed-top').getBoundingClientRect().top < 0")
    before = shown_alerts(page)
    suite.emit(data.alert(60), data.alert(61))
    bar = page.get_by_role("button", name="2 条新预警，点击查看")
    expect(bar).to_be_in_viewport()
    assert shown_alerts(page) == before
    bar.click()
    expect(page.locator("#feed > li").first).to_have_attribute("data-alert-id", "alert-0061")
    expect(page.locator("#feed > li").first).to_be_in_viewport()
    expect(bar).to_be_hidden()


def test_sound_is_off_until_it_is_turned_on_and_stays_so(visit: Visit, suite: FakeSuite) -> None:
    page = visit.to("/")
    live(page)
    sound = page.get_by_role("switch", name="提示音")
    expect(sound).not_to_be_checked()
    suite.emit(data.alert(7))
    expect(page.locator("#feed > li")).to_have_count(7)
    assert sound.get_attribute("data-sounded") is None
    sound.click()
    expect(sound).to_be_checked()
    suite.emit(data.alert(8))
    expect(sound).to_have_attribute("data-sounded", "2")
    page.reload()
    expect(page.get_by_role("switch", name="提示音开")).to_be_checked()


def test_the_feed_is_a_plain_list_without_scripts(visit: Visit) -> None:
    context = visit.page.context.browser
    assert context is not None
    plain = context.new_context(java_script_enabled=False, storage_state=visit.page.context.storage_state())
    page = plain.new_page()
    page.goto(visit.portal.url)
    expect(page.locator("#feed > li")).to_have_count(6)
    expect(page.locator("noscript")).to_be_visible()
    expect(page.locator("#pause")).to_be_hidden()
    plain.close()


def test_an_alert_leads_to_its_case_with_evidence_and_letter(visit: Visit) -> None:
    page = visit.to("/")
    page.get_by_role("link", name="已发出警示函：连续工作时间超限").click()
    page.wait_for_url(re.compile(f"/cases/{data.CASE_ID}$"))
    letter = page.get_by_role("article", name="警示函 连续工作时间超限")
    expect(letter).to_contain_text("9 人连续接单超过 4 小时")
    finding = page.locator("#finding-finding-0000")
    expect(
        finding.get_by_role("img", name="连续接单计时图：计时 4 小时 31 分钟，上限 4 小时")
    ).to_be_visible()
    assert finding.locator("svg.wide path.excess").bounding_box() is not None
    finding.get_by_text("计时明细（7 段）").click()
    expect(finding.get_by_role("row").last).to_contain_text("4:31:00")
    finding.get_by_text("事件编号（14 个）").click()
    expect(finding.get_by_text("kuaida/acc-0-0", exact=True)).to_be_visible()


def test_a_finding_is_judged_again_with_its_workers_time_by_platform(visit: Visit) -> None:
    page = visit.to(f"/cases/{data.CASE_ID}")
    page.locator("#finding-finding-0000").get_by_role("link", name="重新核算").click()
    page.wait_for_url(re.compile("/findings/finding-0000"))
    again = page.get_by_role("region", name="重新核算")
    expect(again.locator(".badges")).to_have_text("仍然成立")
    expect(again.locator(".differences")).to_have_text("连续接单：4 小时 31 分钟 → 4 小时 33 分钟")
    again.get_by_text("日志中的事件（4 个）").click()
    expect(again.get_by_role("row", name=re.compile("接单 随风到家"))).to_be_visible()
    time = page.get_by_role("region", name="劳动者时间线", exact=True)
    drawing = time.get_by_role("img", name="劳动者时间线：2 家平台，数据见下方表格")
    expect(drawing).to_be_visible()
    expect(drawing).to_contain_text("快达外卖")
    expect(drawing.locator("rect.work")).to_have_count(7)
    expect(drawing.locator("line.offer")).to_have_count(1)
    time.get_by_text("活动明细（8 段）").click()
    expect(time.get_by_text("未报告结束")).to_be_visible()
    page.get_by_role("link", name="返回案件").click()
    page.wait_for_url(re.compile(f"/cases/{data.CASE_ID}$"))


def chart_option(page: Page) -> dict[str, Any]:
    script = "() => echarts.getInstanceByDom(document.getElementById('cohort-chart')).getOption()"
    holds(page, "!!window.echarts?.getInstanceByDom(document.getElementById('cohort-chart'))")
    option: dict[str, Any] = page.evaluate(script)
    return option


def test_an_audit_is_run_and_its_gravest_cohort_drawn(visit: Visit) -> None:
    page = visit.to("/audit")
    expect(page.get_by_text("还没有审计")).to_be_visible()
    page.get_by_role("button", name="立即审计").click()
    expect(page.locator("#cohort-chart canvas")).to_be_visible()
    expect(page.get_by_role("heading", name="快达外卖 · 3–5 公里")).to_be_visible()
    series = {entry["name"]: entry for entry in chart_option(page)["series"]}
    assert set(series) == {"分布", "中间区间", "P50 区间", "中位数 P50", "可行下限", "申报标准"}
    assert series["申报标准"]["markLine"]["data"][0]["xAxis"] == 21
    assert series["可行下限"]["markLine"]["data"][0]["xAxis"] == 22
    low, high = series["中间区间"]["markArea"]["data"][0]
    assert (low["xAxis"], high["xAxis"]) == pytest.approx((30.43, 35.79), abs=0.01)
    assert len(series["分布"]["data"]) > 20


def test_another_cohort_is_drawn_when_its_row_is_chosen(visit: Visit, suite: FakeSuite) -> None:
    suite.audits.append(data.audit("audit-1", data.at("2026-03-16 20:00")))
    page = visit.to("/audit")
    page.get_by_role("link", name="查看分布：随风到家 1–2 公里").click()
    expect(page.get_by_role("heading", name="随风到家 · 1–2 公里")).to_be_visible()
    declared = next(entry for entry in chart_option(page)["series"] if entry["name"] == "申报标准")
    assert declared["markLine"]["data"][0]["xAxis"] == 21
    page.get_by_text("图中数据（表格）").click()
    expect(page.get_by_role("region", name="图中数据（表格）").get_by_role("row").nth(1)).to_be_visible()


def test_a_suppressed_cohort_shows_why_and_no_chart(visit: Visit, suite: FakeSuite) -> None:
    suite.audits.append(data.audit("audit-1", data.at("2026-03-16 20:00")))
    page = visit.to("/audit?platform=kuaida&cohort=5000-inf")
    expect(page.locator("#chart")).to_contain_text("不足 10 名劳动者或 30 单")
    expect(page.locator("#cohort-chart")).to_have_count(0)


def test_the_language_switch_keeps_the_place_and_is_remembered(visit: Visit) -> None:
    page = visit.to("/?platform=kuaida")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert "platform=kuaida" in page.url
    page.get_by_role("link", name="Cases", exact=True).click()
    expect(page.get_by_role("heading", name="Cases")).to_be_visible()
    page.get_by_role("link", name="中文").click()
    expect(page.get_by_role("heading", name="案件")).to_be_visible()


def test_the_keyboard_reaches_content_rows_and_details(visit: Visit) -> None:
    page = visit.to("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#feed a')"):
            break
    expect(page.locator("#feed a").first).to_be_focused()
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/cases/"))
    summary = page.locator("#finding-finding-0000 summary").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#finding-finding-0000 details").first).to_have_attribute("open", "")


def test_focus_stays_on_its_row_when_alerts_come_in_above(visit: Visit, suite: FakeSuite) -> None:
    page = visit.to("/")
    live(page)
    row = page.locator("[data-alert-id=alert-0003] .alert-title")
    row.focus()
    suite.emit(data.alert(7))
    expect(page.locator("#feed > li")).to_have_count(7)
    expect(row).to_be_focused()


def test_signing_out_leads_to_the_form(visit: Visit) -> None:
    page = visit.to("/")
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("heading", name="登录")).to_be_visible()
    assert visit.page.context.cookies() == []
