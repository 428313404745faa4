"""Words that explain themselves, and "How was this computed?", in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from services.portal.app import PortalServer
from tests.e2e.test_accessibility import PAGES, violations
from tests.support.browser.visit import Visit
from tests.support.fake_suite import bargaining, data
from tests.support.fake_suite.suite import REGULATOR, FakeSuite

pytestmark = pytest.mark.browser

FIGURES = ".tile strong, dl.figures strong, .tally strong, td.num"
"""What shows a figure. A table of steps (``table.trace``) is how one came about; moments are none."""
WITHOUT_ANSWER = """
selector => [...document.querySelectorAll(selector)]
  .filter(each => !each.closest('.pop, table.trace') || each.closest('section[aria-labelledby=figures]'))
  .filter(each => /\\d/.test(each.textContent))
  .filter(each => !each.querySelector(':scope > time[datetime*="T"]'))
  .filter(each => !each.closest('.tile, dl > div, ul, tr, p')?.querySelector('.how'))
  .map(each => each.outerHTML.slice(0, 160))
"""


def unexplained(page: Page) -> list[str]:
    """Figures of a page that do not say how they were computed, and buttons that open nothing."""
    found: list[str] = page.evaluate(WITHOUT_ANSWER, FIGURES)
    opened = "all => all.map(each => each.getAttribute('popovertarget'))"
    targets = page.eval_on_selector_all(".how, .term", opened)
    return found + [each for each in targets if page.locator(f"[id='{each}']").count() != 1]


@pytest.fixture(autouse=True)
def audited(suite: FakeSuite) -> None:
    suite.audits += [bargaining.full_audit(), bargaining.orders_audit()]


def test_every_figure_says_how_it_was_computed(visit: Visit) -> None:
    counted = 0
    for path in PAGES:
        page = visit.to(path)
        assert unexplained(page) == [], path
        counted += page.locator(FIGURES).count()
    assert counted > 150


def test_a_pop_up_opens_and_closes_by_keyboard_and_gives_the_focus_back(visit: Visit) -> None:
    page = visit.to(f"/cases/{data.CASE_ID}")
    button = page.get_by_role("button", name="怎么算的：每千人率")
    button.focus()
    page.keyboard.press("Enter")
    popup = page.get_by_role("dialog", name=re.compile("这是怎么算的"))
    expect(popup).to_be_visible()
    expect(popup).to_be_focused()
    expect(button).to_have_attribute("popovertarget", popup.get_attribute("id") or "")
    expect(popup).to_contain_text("÷")
    expect(popup).to_contain_text("tangshan-escalation 1.0.0")
    page.keyboard.press("Escape")
    expect(popup).to_be_hidden()
    expect(button).to_be_focused()


def test_pop_ups_lie_within_the_window_and_are_accessible(visit: Visit) -> None:
    visit.page.emulate_media(reduced_motion="reduce")
    for width in (360, 1280, 1920):
        visit.page.set_viewport_size({"width": width, "height": 760})
        page = visit.to("/audit?platform=kuaida&cohort=5000-inf")
        for button in (page.locator("dl.figures .term").last, page.locator("tbody .how").last):
            button.click()
            popup = page.locator(".pop:popover-open")
            box = popup.bounding_box()
            assert box
            assert box["x"] >= 0, width
            assert box["x"] + box["width"] <= width, width
            assert box["y"] >= 0, width
            assert box["y"] + box["height"] <= 760, width
            assert violations(page) == [], width
            popup.locator(".pop-close").click()
            expect(popup).to_have_count(0)


def test_they_need_no_script(browser: Browser, portal: PortalServer) -> None:
    context = browser.new_context(java_script_enabled=False)
    page: Page = context.new_page()
    page.goto(f"{portal.url}/sign-in?token={REGULATOR}")
    page.goto(f"{portal.url}/cases/{data.CASE_ID}")
    page.locator("button.term", has_text="千").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("rate per thousand")
    page.get_by_role("dialog").get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"/glossary#rate-per-thousand$"))
    expect(page.locator("[id='rate-per-thousand']")).to_be_in_viewport()
    context.close()
