"""Every page, in both colour schemes, languages and widths: WCAG 2 A and AA as far as axe can tell."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Page

from tests.support.browser.visit import Visit
from tests.support.fake_suite import bargaining, casework, data, periods, registry
from tests.support.fake_suite.suite import FakeSuite

pytestmark = pytest.mark.browser

AXE = (Path(__file__).parents[1] / "support/browser/axe/axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGES = (
    "/",
    "/cases",
    f"/cases/{data.CASE_ID}",
    f"/cases/{data.AUDIT_CASE_ID}",
    "/findings/finding-0000",
    "/audit",
    f"/cases/{data.DUTY_CASE_ID}",
    f"/cases/{casework.LADDER_CASE_ID}",
    "/agenda?day=2026-03-20",
    "/areas",
    "/platforms",
    "/platforms/kuaida",
    "/period-reports",
    f"/period-reports/{periods.PERIOD}",
    "/rules",
    f"/rules/{registry.DOCUMENT_ID}",
    f"/consultations/{registry.CONSULTATION_ID}",
    "/thresholds",
    "/thresholds/one?audit=audit-1&platform=kuaida&cohort=3000-5000",
    "/thresholds/groups",
    "/consultations",
    f"/consultations/{bargaining.OPEN_ID}",
    "/appeals",
    f"/appeals/{bargaining.ANSWERED_ID}",
    "/reports",
    f"/reports/{registry.RETURNED_ID}",
    f"/reports/{registry.GIVEN_ID}",
    "/sign-in",
    "/docs/topics",
)


@pytest.fixture(autouse=True)
def audited(suite: FakeSuite) -> None:
    suite.audits += [bargaining.full_audit(), bargaining.orders_audit()]


def violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate(
        "rules => axe.run({runOnly: {type: 'tag', values: rules}}).then(result => result.violations)", RULES
    )
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}" for each in found for node in each["nodes"]
    ]


@pytest.mark.parametrize(
    ("width", "language", "scheme"),
    [
        (1280, "zh-CN", "light"),
        (360, "en", "dark"),
        pytest.param(1280, "zh-CN", "dark", marks=pytest.mark.long_run),
        pytest.param(360, "en", "light", marks=pytest.mark.long_run),
    ],
)
def test_pages_are_accessible(
    visit: Visit, width: int, language: str, scheme: Literal["light", "dark"]
) -> None:
    visit.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    visit.page.set_viewport_size({"width": width, "height": 900})
    for path in PAGES:
        page = visit.to(f"{path}{'&' if '?' in path else '?'}lang={language}")
        page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true })")
        assert violations(page) == [], path


def test_the_reference_of_the_api_is_accessible(visit: Visit) -> None:
    """A hundred tables: some of them are opened, for they are all made alike."""
    visit.page.set_viewport_size({"width": 360, "height": 900})
    page = visit.to("/docs?lang=en")
    page.eval_on_selector_all(
        "details", "all => all.slice(0, 6).concat(all.slice(-6)).forEach(each => { each.open = true })"
    )
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize(("width", "language"), [(360, "zh-CN"), (360, "en"), (768, "en"), (1280, "en")])
def test_no_page_scrolls_sideways(visit: Visit, width: int, language: str) -> None:
    visit.page.set_viewport_size({"width": width, "height": 800})
    for path in (*PAGES, "/audit?platform=kuaida&cohort=5000-inf"):
        page = visit.to(f"{path}{'&' if '?' in path else '?'}lang={language}")
        page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
