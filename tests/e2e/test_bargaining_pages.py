"""A negotiator's way in a real browser: from a threshold to an agreement, with and without script."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from services.portal.app import PortalServer
from tests.e2e.test_accessibility import violations
from tests.support.browser.visit import Visit, signed_in
from tests.support.fake_suite import bargaining
from tests.support.fake_suite.suite import UNION, FakeSuite

pytestmark = pytest.mark.browser

ONE = "/thresholds/one?audit=audit-1&platform=kuaida&cohort=3000-5000"


@pytest.fixture
def union(browser: Browser, portal: PortalServer, suite: FakeSuite) -> Iterator[Visit]:
    suite.audits += [bargaining.full_audit(), bargaining.orders_audit()]
    with signed_in(browser, portal, UNION) as visit:
        yield visit


def test_the_slider_moves_by_the_keyboard_and_tells_what_it_would_do(union: Visit) -> None:
    page = union.to("/")
    page.get_by_role("link", name="快达外卖 · 3–5 公里").click()
    slider = page.get_by_role("slider", name="移动标准")
    slider.focus()
    for _ in range(24):
        page.keyboard.press("ArrowRight")
    answer = page.locator(".what-if-answer")
    expect(answer).to_contain_text("33 分钟")
    expect(answer).to_contain_text("居中")
    expect(answer).to_contain_text("约 1,190 单，共 2,380 单")
    expect(slider).to_have_attribute("aria-valuetext", "33 分钟")
    assert answer.get_attribute("aria-live") == "polite"


def test_without_script_the_form_answers_with_a_page(browser: Browser, union: Visit) -> None:
    context = browser.new_context(
        java_script_enabled=False, storage_state=union.page.context.storage_state(), locale="zh-CN"
    )
    page = context.new_page()
    page.goto(union.portal.url + ONE)
    expect(page.locator("#slider")).to_be_hidden()
    page.get_by_label("标准（分钟）").fill("33")
    page.get_by_role("button", name="计算").click()
    expect(page.locator(".what-if-answer")).to_contain_text("约 1,190 单，共 2,380 单")
    context.close()


def test_from_the_list_to_the_agreement(union: Visit) -> None:
    page = union.to("/consultations")
    page.get_by_role("link", name=re.compile("快达外卖 · 配送时长")).click()
    page.get_by_role("button", name="接受方案 2").click()
    expect(page.get_by_role("region", name="已达成一致")).to_contain_text("2026-04-01")
    expect(page.get_by_role("button", name="提出方案")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_sides_own_forms_are_accessible_and_fit(union: Visit, width: int) -> None:
    union.page.set_viewport_size({"width": width, "height": 900})
    for path in (ONE, f"/consultations/{bargaining.OPEN_ID}", "/consultations/new", "/appeals"):
        page = union.to(path)
        page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true })")
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
