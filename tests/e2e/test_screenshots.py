"""The pictures of the tutorials, made from the pages over a simulated city day: ``make screenshots``.

They are no comparison of pixels: each is looked at by whoever changes a page, and committed.
"""

from __future__ import annotations

import io
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from cli.demo import PSEUDONYM_KEY, DemoOutcome, demo_clock, run_demo
from cli.embedded import EmbeddedSuite
from cli.output import Output
from kit.clock import SHANGHAI, system_clock
from quzhong import Client, DispatchKind, DispatchRow, LocalPseudonymiser
from simulator import CityParameters, simulate
from tests.support.browser.visit import signed_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif("QUZHONG_DOCS_SCREENSHOTS" not in os.environ, reason="make screenshots"),
]

FOLDER = Path(__file__).parents[2] / "docs" / "assets" / "screenshots"
CONTINUOUS_WORK = "cn-food-delivery-2025.continuous-work"
STRICTEST = "algo-audit.strictest"
GREEDY = "platform-c"
SHORT = "platform-b"
CITY_DAY = "2026-03-16"


@dataclass(frozen=True, slots=True)
class Site:
    """Where the pages are."""

    url: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day that is over, its pages still served."""

    site: Site
    address: str
    outcome: DemoOutcome
    token_of: dict[str, str]

    def case(self, platform_id: str, rule_id: str) -> str:
        """The id of a case with findings; one that was warned, if there is."""
        fits = [c for c in self.outcome.cases if (c.platform_id, c.rule_id) == (platform_id, rule_id)]
        return max(fits, key=lambda case: (case.findings > 0, case.state)).case_id


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    city = simulate(CityParameters(workers=900))
    folder: Path = tmp_path_factory.mktemp("screenshots")
    with EmbeddedSuite(folder, kafka="", clock=demo_clock(city)) as suite:
        outcome = run_demo(suite, city, Output(as_json=True, language=None), time.monotonic())
        platforms = dict(zip((each.id for each in city.platforms), outcome.platform_tokens, strict=True))
        tokens = {"regulator": outcome.regulator_token, "union": outcome.union_token, **platforms}
        yield Day(Site(suite.portal_url), suite.address, outcome, tokens)


def shoot(page: Page, name: str, language: str, height: int = 860) -> None:
    """Keep what the window shows, without loss."""
    from PIL import Image

    expect(page.locator(".problem-status")).to_have_count(0)
    width = page.viewport_size["width"] if page.viewport_size else 1280
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_timeout(400)  # charts come to rest
    FOLDER.mkdir(parents=True, exist_ok=True)
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    image.save(FOLDER / f"{name}.{language}.webp", lossless=True, quality=100, method=6)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_regulators_pages(browser: Browser, day: Day, language: str) -> None:
    with signed_in(browser, day.site, day.token_of["regulator"]) as visit:
        page = visit.to(f"/feed?lang={language}")
        expect(page.locator("#connection")).to_have_attribute("data-state", "live")
        shoot(page, "feed", language)
        page = visit.to(f"/cases/{day.case(GREEDY, CONTINUOUS_WORK)}?lang={language}")
        shoot(page, "case", language)
        page.locator(".tile .how").last.click()
        shoot(page, "how-computed", language)
        page.keyboard.press("Escape")
        page.locator("article.finding").first.scroll_into_view_if_needed()
        page.evaluate("document.querySelector('article.finding').scrollIntoView({block: 'start'})")
        shoot(page, "evidence", language)
        page = visit.to(f"/areas?day={CITY_DAY}&lang={language}")
        shoot(page, "areas", language, height=640)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_unions_pages(browser: Browser, day: Day, language: str) -> None:
    with signed_in(browser, day.site, day.token_of["union"]) as visit:
        page = visit.to(f"/thresholds?lang={language}")
        shoot(page, "thresholds", language)
        page.locator(".thresholds tbody th a").first.click()
        page.locator(".what-if").scroll_into_view_if_needed()
        page.evaluate("document.querySelector('#what-if').scrollIntoView({block: 'start'})")
        expect(page.locator("#slider")).to_be_visible()
        shoot(page, "what-if", language, height=760)
        page = visit.to(f"/consultations/new?lang={language}")
        shoot(page, "open-consultation", language, height=760)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_platforms_pages(browser: Browser, day: Day, language: str) -> None:
    with signed_in(browser, day.site, day.token_of[SHORT]) as visit:
        page = visit.to(f"/standing?lang={language}")
        shoot(page, "standing", language)
        page = visit.to(f"/cases/{day.case(SHORT, STRICTEST)}?lang={language}")
        shoot(page, "notice", language)


def hand_in_a_long_afternoon(day: Day) -> str:
    """Ten orders of yesterday without a rest; the worker's pseudonym. The city's own day is too long ago."""
    who = LocalPseudonymiser(PSEUDONYM_KEY)
    noon = datetime.fromtimestamp(system_clock() / 1000, tz=SHANGHAI).replace(hour=12, minute=10) - timedelta(
        days=1
    )
    token = day.token_of[GREEDY]
    with Client(day.address, token, GREEDY, pseudonymiser=who, on_rejected=print) as client:
        for order in range(10):
            for kind, minute in ((DispatchKind.ACCEPTED, 0), (DispatchKind.COMPLETED, 28)):
                client.add_dispatch(
                    DispatchRow(
                        event_id=f"long-{order}-{kind.name}",
                        identity="rider of a long afternoon",
                        order_id=f"long-{order}",
                        event_time=noon + timedelta(minutes=30 * order + minute),
                        kind=kind,
                        area_code="130203",
                    )
                )
    return who.pseudonym("rider of a long afternoon")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_workers_own_record(browser: Browser, day: Day, language: str) -> None:
    worker = hand_in_a_long_afternoon(day)
    with signed_in(browser, day.site, day.token_of[GREEDY]) as visit:
        page = visit.to(f"/worker-codes?lang={language}")
        page.fill("#worker", worker)
        page.fill("#reason", "申请查看本人记录" if language == "zh-CN" else "Asked to see their own record")
        page.locator("form.fields button").click()
        code = page.locator(".shown-code code").inner_text()
    context = browser.new_context(viewport={"width": 420, "height": 860}, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{day.site.url}/record/sign-in?lang={language}")
    shoot(page, "worker-code", language, height=640)
    page.fill("#code", code)
    page.locator("form.card button, .sign-in form button").first.click()
    for _ in range(20):
        page.goto(f"{day.site.url}/record?lang={language}")
        if page.locator("svg").count():
            break
        page.wait_for_timeout(1_000)
    shoot(page, "own-record", language, height=1340)
    context.close()
