"""The pages in a real browser over the real services: a small city day, as each party sees it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from cli.connection import Connection
from cli.demo import PSEUDONYM_KEY, DemoOutcome, demo_clock, run_demo
from cli.embedded import EmbeddedSuite
from cli.output import Output
from cli.parties import REGULATOR, REGULATOR_ID, UNION, UNION_ID, Name, platform_token, supervisor_token
from kit.clock import SHANGHAI
from quzhong import LocalPseudonymiser
from quzhong.api.notify.v1.notify_pb2 import CASE_STATE_WARNED, Case
from quzhong.api.registry.v1.registry_pb2 import ROLE_REGULATOR, ROLE_UNION
from simulator import CityParameters, simulate
from tests.support.browser.visit import Visit, signed_in

pytestmark = pytest.mark.browser

CITY = ["130200"]
OWN, OTHER = "platform-a", "platform-c"
CONTINUOUS_WORK = "cn-food-delivery-2025.continuous-work"
STRICTEST = "algo-audit.strictest"


@dataclass(frozen=True, slots=True)
class Site:
    """Where the pages are."""

    url: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day that is over, its pages still served."""

    site: Site
    outcome: DemoOutcome
    feed: Page
    """The regulator's, opened before the first event."""
    pseudonyms: frozenset[str]
    union_token: str
    own_token: str
    """Of ``OWN``."""

    @property
    def month(self) -> str:
        """As a period is named."""
        created_s = self.outcome.cases[0].create_time.seconds
        return datetime.fromtimestamp(created_s, tz=SHANGHAI).strftime("%Y-%m")

    def case(self, platform_id: str, state: int | None = None, rule_id: str | None = None) -> Case:
        """One of the platform's cases, of this state and rule if given, with a finding that stands."""
        return next(
            case
            for case in self.outcome.cases
            if case.platform_id == platform_id
            and state in (None, case.state)
            and rule_id in (None, case.rule_id)
            and case.findings
        )

    def named_in(self, page: Page) -> set[str]:
        """Whose pseudonyms the page's source has."""
        source = page.content()
        return {pseudonym for pseudonym in self.pseudonyms if pseudonym in source}


@pytest.fixture(scope="module")
def day(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    city = simulate(CityParameters(workers=300))
    pseudonymiser = LocalPseudonymiser(PSEUDONYM_KEY)
    folder: Path = tmp_path_factory.mktemp("real-pages")
    with EmbeddedSuite(folder, kafka="", clock=demo_clock(city)) as suite:
        site = Site(suite.portal_url)
        with Connection(suite.address, suite.admin_token) as admin:
            regulator = supervisor_token(admin, REGULATOR_ID, ROLE_REGULATOR, REGULATOR, CITY)
            with signed_in(browser, site, regulator) as visit:
                page = visit.to("/")
                expect(page.locator("#connection")).to_have_attribute("data-state", "live")
                page.evaluate("window.sameDocument = true")
                outcome = run_demo(suite, city, Output(as_json=True, language=None), time.monotonic())
                yield Day(
                    site=site,
                    outcome=outcome,
                    feed=page,
                    pseudonyms=frozenset(map(pseudonymiser.pseudonym, city.worker_names.tolist())),
                    union_token=supervisor_token(admin, UNION_ID, ROLE_UNION, UNION, CITY),
                    own_token=platform_token(admin, OWN, Name("甲平台", "Platform A"), CITY),
                )


@pytest.fixture
def regulator(browser: Browser, day: Day) -> Iterator[Visit]:
    with signed_in(browser, day.site, day.outcome.regulator_token) as visit:
        yield visit


@pytest.fixture
def union(browser: Browser, day: Day) -> Iterator[Visit]:
    with signed_in(browser, day.site, day.union_token) as visit:
        yield visit


@pytest.fixture
def platform(browser: Browser, day: Day) -> Iterator[Visit]:
    with signed_in(browser, day.site, day.own_token) as visit:
        yield visit


def test_alerts_came_into_the_open_feed_live(day: Day) -> None:
    expect(day.feed.get_by_text("警示函").first).to_be_visible()
    assert day.feed.locator("#feed > li").count() > 20
    assert day.feed.evaluate("window.sameDocument"), "without a reload"


def test_a_case_of_overwork_shows_the_spell_and_its_worker(day: Day, regulator: Visit) -> None:
    page = regulator.to(f"/cases/{day.case(OTHER, rule_id=CONTINUOUS_WORK).case_id}")
    expect(page.locator("article.finding svg.wide path.excess").first).to_be_visible()
    assert day.named_in(page)


def test_a_case_of_a_strict_limit_shows_the_figures_and_the_letter(day: Day, regulator: Visit) -> None:
    page = regulator.to(f"/cases/{day.case(OTHER, CASE_STATE_WARNED, STRICTEST).case_id}")
    letter = page.locator("article.letter")
    expect(letter).to_have_count(1)
    expect(letter).to_contain_text("警示函")
    expect(letter).to_contain_text(
        next(each.name_zh for each in day.outcome.city.platforms if each.id == OTHER)
    )
    expect(page.locator("article.finding .figures").first).to_contain_text("达成率")


def test_the_audit_is_drawn(day: Day, regulator: Visit) -> None:
    page = regulator.to("/audit")
    expect(page.locator("#cohort-chart canvas")).to_be_visible()
    chart = "echarts.getInstanceByDom(document.getElementById('cohort-chart'))"
    series = {entry["name"]: entry for entry in page.evaluate(f"{chart}.getOption().series")}
    assert len(series["分布"]["data"]) > 5
    assert series["申报标准"]["markLine"]["data"]
    bands = sum(len(each.declared_limits_s) for each in day.outcome.city.platforms)
    expect(page.locator("table.audits tbody tr")).to_have_count(bands)


def test_areas_stand_under_their_city_and_lead_to_a_platform_s_page(day: Day, regulator: Visit) -> None:
    page = regulator.to("/areas")
    city, *counties = page.get_by_role("table").get_by_role("row").all()[1:]
    expect(city).to_contain_text("130200")
    assert len(counties) > 5
    rates = page.locator("td.rate-cell strong")
    assert max(float(each.replace(",", "")) for each in rates.all_inner_texts()) > 0
    page = regulator.to(f"/platforms/{OTHER}")
    expect(page.get_by_role("region", name="在办案件").get_by_role("listitem").first).to_be_visible()
    expect(page.get_by_role("region", name="各地区情况").get_by_role("row").nth(1)).to_contain_text("130200")
    month = page.request.get(f"{day.site.url}/period-reports/{day.month}/file/csv")
    assert month.status == 200
    assert "警示" in month.body().decode("utf-8-sig")


def test_no_page_of_the_union_names_a_worker(day: Day, union: Visit) -> None:
    cases = [f"/cases/{case.case_id}" for case in day.outcome.cases]
    for path in ("/", "/cases", "/audit", f"/platforms/{OTHER}", *cases):
        page = union.to(path)
        expect(page.locator("h1")).to_be_visible()
        assert not day.named_in(page), path
    page = union.to(f"/cases/{day.case(OTHER, CASE_STATE_WARNED).case_id}")
    expect(page.locator("article.finding").first).to_be_visible()


def test_a_platform_reads_its_own_cases_and_nobody_elses(day: Day, platform: Visit) -> None:
    page = platform.to(f"/cases/{day.case(OWN).case_id}")
    expect(page.locator("article.finding").first).to_be_visible()
    for foreign in ("platform-b", "platform-c"):
        assert foreign not in page.content()
    for case in day.outcome.cases:
        answer = page.request.get(f"{day.site.url}/cases/{case.case_id}")
        assert answer.status == (200 if case.platform_id == OWN else 404), case.platform_id
