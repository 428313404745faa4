"""A worker's own record, and a platform's advice, integration and sandbox: a real browser, real services."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from kit.clock import SHANGHAI, system_clock
from quzhong.api.events.v1 import events_pb2
from quzhong.api.intake.v1 import intake_pb2
from services.portal.app import PortalServer
from services.portal.settings import PortalSettings
from tests.e2e.test_accessibility import violations
from tests.e2e.test_popups import unexplained
from tests.support.browser.visit import Visit, signed_in
from tests.support.dispatches import DAY_MS, MINUTE_MS, dispatch, order, worker_id
from tests.support.suite import CITY, Suite, intake, notify, running_suite, workhours

pytestmark = pytest.mark.browser

LUBEI = "130203"
SELF, COLLEAGUE, ANOTHER = 0, 1, 2
SHOTS = os.environ.get("QUZHONG_SCREENSHOTS", "")
"""A folder for pictures of the pages; unset: none are made."""


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    """A rider of two platforms who was too long at work two days ago and is near the limit now."""
    now = system_clock() // MINUTE_MS * MINUTE_MS
    with running_suite(tmp_path_factory.mktemp("record"), intake, workhours, notify) as suite:
        for platform_id in ("swift", "rapid"):
            suite.platform(platform_id, LUBEI)
        suite.union("city-union", CITY)
        _work(suite, now - 2 * DAY_MS - 300 * MINUTE_MS, 10, SELF, ("swift", "rapid"))
        _work(suite, now - DAY_MS - 240 * MINUTE_MS, 3, SELF, ("swift",))
        _work(suite, now - 230 * MINUTE_MS, 7, SELF, ("swift",), open_since=now - 18 * MINUTE_MS)
        _work(suite, now - 280 * MINUTE_MS, 9, COLLEAGUE, ("swift",))
        yield suite


def _work(
    suite: Suite,
    start_ms: int,
    orders: int,
    worker: int,
    platforms: tuple[str, ...],
    open_since: int | None = None,
) -> None:
    """Orders of 28 min, 2 min apart, on the platforms by turns; then perhaps one that is still in hand."""
    rows: dict[str, list[events_pb2.Dispatch]] = {platform_id: [] for platform_id in platforms}
    for number in range(orders):
        begin = start_ms + number * 30 * MINUTE_MS
        platform_id = platforms[number % len(platforms)]
        name = f"{worker}-{start_ms}-{number}"
        rows[platform_id] += order(name, begin, begin + 28 * MINUTE_MS, worker=worker)
    if open_since is not None:
        name = f"{worker}-open-{open_since}"
        accepted = dispatch(name, events_pb2.DISPATCH_KIND_ACCEPTED, open_since, worker=worker)
        later = events_pb2.DISPATCH_KIND_PICKED_UP
        rows[platforms[0]] += [accepted, dispatch(name, later, open_since + 16 * MINUTE_MS, worker=worker)]
    for platform_id in platforms:
        suite.submit(platform_id, rows[platform_id])


def days_worked() -> set[date]:
    """Of the worker: three, and one more for each time that runs over midnight now."""
    now = system_clock()
    stretches = (
        (now - 2 * DAY_MS - 300 * MINUTE_MS, now - 2 * DAY_MS - 2 * MINUTE_MS),
        (now - DAY_MS - 240 * MINUTE_MS, now - DAY_MS - 152 * MINUTE_MS),
        (now - 230 * MINUTE_MS, now),
    )
    return {
        datetime.fromtimestamp(moment_ms / 1000, SHANGHAI).date() for each in stretches for moment_ms in each
    }


@pytest.fixture(scope="module")
def portal(suite: Suite) -> Iterator[PortalServer]:
    server = PortalServer(PortalSettings(suite_address=suite.host.address, portal_port=0))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def engineer(browser: Browser, suite: Suite, portal: PortalServer) -> Iterator[Visit]:
    with signed_in(browser, portal, suite.as_("swift").token) as visit:
        yield visit


@pytest.fixture
def negotiator(browser: Browser, suite: Suite, portal: PortalServer) -> Iterator[Visit]:
    with signed_in(browser, portal, suite.as_("city-union").token) as visit:
        visit.complaints.clear()  # a union's first page is of a service that does not run here
        yield visit


@pytest.fixture
def rider(browser: Browser, portal: PortalServer) -> Iterator[Visit]:
    """A telephone on which nobody is signed in."""
    context = browser.new_context(viewport={"width": 360, "height": 780}, locale="zh-CN")
    visit = Visit(context.new_page(), portal)
    visit.page.set_default_timeout(30_000)  # a machine that does much else
    yield visit
    context.close()
    assert [each for each in visit.complaints if "401" not in each] == []


def issued(visit: Visit, worker: int) -> str:
    page = visit.to("/worker-codes?lang=zh-CN")
    page.get_by_label("劳动者的化名").fill(worker_id(worker))
    page.get_by_label("签发原因").fill("本人在窗口申请")
    page.get_by_role("button", name="签发一次性码").click()
    code = page.locator(".shown-code code")
    expect(code).to_have_text(re.compile(r"^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$"))
    return code.inner_text()


def opened(visit: Visit, code: str, language: str = "zh-CN") -> Page:
    page = visit.to(f"/record/sign-in?lang={language}")
    page.locator("#code").fill(code)
    page.locator("form button[type=submit]").last.click()
    page.wait_for_url("**/record*")
    return page


def shot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def test_a_rider_reads_the_own_record_with_a_code_of_the_union(negotiator: Visit, rider: Visit) -> None:
    code = issued(negotiator, SELF)
    shot(negotiator.page, "worker-codes-zh-1280")
    page = opened(rider, code)
    expect(page.get_by_role("heading", level=1)).to_have_text("我的工作记录")
    expect(page.locator("article.day")).to_have_count(len(days_worked()))
    assert page.get_by_text("还剩").count()
    text = page.locator("main").inner_text()
    assert "rapid" in text
    assert "swift" in text
    assert worker_id(COLLEAGUE) not in text
    assert "本人在窗口申请" in text  # who had the code issued, and why
    expect(page.locator(".own-finding").first).to_contain_text("不是对您的处罚")
    # The code was used, and the session reads nothing else.
    page.goto(f"{rider.portal.url}/feed")
    expect(page.locator("main")).to_contain_text("ROLE_NOT_ALLOWED")
    rider.complaints.clear()  # the browser notes the refusal


def test_a_code_works_once_and_a_wrong_one_says_how_to_get_another(negotiator: Visit, rider: Visit) -> None:
    code = issued(negotiator, SELF)
    page = opened(rider, code.lower().replace("-", " "))
    page.get_by_role("button", name="退出").click()
    for wrong in (code, "0000-0000-0000"):
        page = rider.to("/record/sign-in")
        page.locator("#code").fill(wrong)
        page.locator("form button[type=submit]").last.click()
        expect(page.get_by_role("alert")).to_contain_text("请重新申领")
        expect(page.locator("#code")).to_have_attribute("aria-invalid", "true")
    shot(page, "record-sign-in-refused-zh-360")
    rider.to("/record")
    expect(page).to_have_url(re.compile(r"/record/sign-in$"))
    rider.complaints.clear()


def test_a_code_of_a_platform_opens_its_part_only(engineer: Visit, rider: Visit) -> None:
    page = opened(rider, issued(engineer, SELF), "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("My work record")
    text = page.locator("main").inner_text()
    assert "swift" in text
    assert "rapid" not in text
    assert "so it shows your work on that platform only" in text


@pytest.mark.parametrize(
    ("width", "language", "scheme"),
    [
        (360, "zh-CN", "light"),
        (1280, "en", "dark"),
        pytest.param(360, "en", "dark", marks=pytest.mark.long_run),
        pytest.param(1280, "zh-CN", "light", marks=pytest.mark.long_run),
    ],
)
def test_the_pages_are_accessible_and_fit(
    engineer: Visit,
    rider: Visit,
    width: int,
    language: str,
    scheme: Literal["light", "dark"],
) -> None:
    code = issued(engineer, ANOTHER if width == 1280 else SELF)
    for visit, paths in (
        (rider, ("/record/sign-in", "/record")),
        (
            engineer,
            ("/standing", "/advisories", "/integration", "/sandbox?sample=bad", "/worker-codes"),
        ),
    ):
        visit.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        visit.page.set_viewport_size({"width": width, "height": 900})
        for path in paths:
            if path == "/record":
                opened(visit, code, language)
            page = visit.to(f"{path}{'&' if '?' in path else '?'}lang={language}")
            if path.startswith("/sandbox"):
                page.locator("form[action='/sandbox'] button").click()
            shot(page, f"{path.strip('/').replace('/', '-').partition('?')[0]}-{language}-{width}-{scheme}")
            page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true })")
            assert violations(page) == [], path
            assert unexplained(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_advice_comes_live_and_counts_down(engineer: Visit, suite: Suite) -> None:
    page = engineer.to("/advisories?lang=en")
    expect(page.locator("#connection")).to_have_attribute("data-state", "live")
    mine = page.locator(".advice-row", has_text=worker_id(SELF))
    expect(mine).to_contain_text("min left")
    before = page.locator(".advice-row").count()
    now = system_clock() // MINUTE_MS * MINUTE_MS
    _work(suite, now - 225 * MINUTE_MS, 7, ANOTHER, ("swift",), open_since=now - 17 * MINUTE_MS)
    expect(page.locator(".advice-row", has_text=worker_id(ANOTHER))).to_be_visible()
    expect(page.locator("#count")).to_have_text(str(before + 1))


def test_the_standing_page_has_the_platform_s_findings_with_evidence(engineer: Visit) -> None:
    page = engineer.to("/standing?lang=zh-CN")
    link = page.locator("section[aria-labelledby=findings] li a").first
    link.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    text = page.locator("main").inner_text()
    assert "swift" in text
    assert "rapid" not in text


def test_an_engineer_tries_samples_and_nothing_is_taken_in(engineer: Visit, suite: Suite) -> None:
    before = suite.log.end_offsets("dispatches")
    page = engineer.to("/sandbox?sample=good&lang=zh-CN")
    page.get_by_role("button", name="检查", exact=True).click()
    expect(page.locator("tbody .badge.stands")).to_have_count(3)
    page.get_by_role("link", name="常见错误").click()
    page.get_by_role("button", name="检查", exact=True).click()
    for reason in (
        "LOOKS_LIKE_PHONE",
        "EVENT_TIME_IN_FUTURE",
        "AREA_UNKNOWN",
        "OUT_OF_RANGE",
        "EVENT_ID_REUSED",
        "MISSING",
    ):
        expect(page.locator("tbody").get_by_text(reason, exact=True)).to_be_visible()
    page.locator("#batch").fill('{"dispatches": [')
    page.get_by_role("button", name="检查", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("不是批次的 JSON")
    expect(page.locator("#batch")).to_have_value('{"dispatches": [')
    assert suite.log.end_offsets("dispatches") == before
    engineer.complaints.clear()  # the browser notes the 400


def test_the_integration_page_counts_what_was_rejected_and_revokes_a_credential(
    engineer: Visit, suite: Suite
) -> None:
    bad = order("bad", system_clock(), system_clock(), worker=SELF)[0]
    bad.area_code = "999999"
    suite.as_("swift").intake.SubmitDispatches(
        intake_pb2.SubmitDispatchesRequest(
            request_id=suite.request_id(), platform_id="swift", dispatches=[bad]
        )
    )
    page = engineer.to("/integration?lang=zh-CN")
    expect(page.locator("section[aria-labelledby=reasons]")).to_contain_text("AREA_UNKNOWN")
    expect(page.locator("section[aria-labelledby=credentials]")).to_contain_text("当前登录所用")
    row = page.locator("li", has_text="workers-swift")
    if not row.count():  # no code was issued yet
        issued(engineer, SELF)
        engineer.to("/integration?lang=zh-CN")
    row.get_by_text("吊销", exact=True).click()
    row.get_by_role("button").click()
    expect(page.locator("li", has_text="workers-swift")).to_contain_text("已吊销")
