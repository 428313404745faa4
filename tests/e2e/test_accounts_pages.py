"""Accounts of people in a real browser, and the first page of each kind of reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from quzhong.api.registry.v1 import accounts_pb2
from services.portal.app import PortalServer
from services.portal.core.language import Language, LocalText
from services.portal.core.readers import Profile, Role
from services.portal.core.readers import menu as menu_of
from services.portal.texts import Texts
from tests.e2e.test_accessibility import violations
from tests.support.browser.visit import Visit, signed_in
from tests.support.fake_suite.suite import ADMINISTRATOR, PLATFORM, UNION, FakeSuite

pytestmark = pytest.mark.browser


@pytest.fixture
def administrator(browser: Browser, portal: PortalServer) -> Iterator[Visit]:
    with signed_in(browser, portal, ADMINISTRATOR) as visit:
        yield visit


def test_an_account_is_opened_by_the_keyboard_and_its_secret_shown_once(
    administrator: Visit, suite: FakeSuite
) -> None:
    page = administrator.to("/")
    expect(page.get_by_role("heading", name="账号管理")).to_be_visible()
    form = page.get_by_role("region", name="开立账号")
    form.get_by_label("账号", exact=True).focus()
    page.keyboard.type("zhao-lei")
    page.keyboard.press("Tab")
    page.keyboard.type("赵磊")
    page.keyboard.press("Tab")
    party = form.get_by_label("所属单位")
    expect(party).to_be_focused()
    while party.input_value() != "tangshan-hrss":
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("仅显示这一次")
    expect(page.get_by_text("JBSW Y3DP EHPK 3PXP")).to_be_visible()
    assert suite.accounts["zhao-lei"].party_id == "tangshan-hrss"
    page.get_by_role("link", name="查看该账号").click()
    expect(page.get_by_role("heading", name="赵磊")).to_be_visible()
    expect(page.get_by_text("3xTq9-enrolment-code-Zk7w")).to_have_count(0)


def test_an_account_is_moved_reset_and_closed(administrator: Visit, suite: FakeSuite) -> None:
    page = administrator.to("/accounts")
    page.get_by_role("link", name="李伟").click()
    page.get_by_label("所属单位").select_option("tangshan-union")
    page.get_by_role("button", name="保存变更").click()
    expect(page.get_by_text("工会 · 唐山市").first).to_be_visible()
    page.get_by_text("重置账号").click()
    page.get_by_role("button", name="确认重置").click()
    expect(page.get_by_role("heading", name="账号已重置")).to_be_visible()
    page.get_by_role("link", name="查看该账号").click()
    page.get_by_text("停用账号").click()
    page.get_by_role("button", name="确认停用").click()
    expect(page.get_by_text("已停用")).to_be_visible()
    expect(page.get_by_text("停用账号")).to_have_count(0)
    assert suite.accounts["li-wei"].state == accounts_pb2.ACCOUNT_STATE_DISABLED


OF_REAL_SERVICES = ("/advisories", "/integration")
"""What the scripted suite does not tell; test_record_pages.py opens them."""


@pytest.mark.parametrize(
    ("token", "role", "path"),
    [
        (UNION, Role.UNION, "/thresholds"),
        (PLATFORM, Role.PLATFORM, "/standing"),
        (ADMINISTRATOR, Role.ADMINISTRATOR, "/accounts"),
    ],
    ids=["union", "platform", "administrator"],
)
def test_each_reader_begins_on_its_own_page_and_may_open_all_of_its_menu(
    browser: Browser, portal: PortalServer, token: str, role: Role, path: str
) -> None:
    texts = Texts(Language.CHINESE)
    entries = menu_of(Profile(role, "", LocalText()))
    menu = [texts(entry.text) for entry in entries]
    with signed_in(browser, portal, token) as visit:
        page = visit.to("/")
        page.wait_for_url(re.compile(f"{path}$"))
        navigation = page.get_by_role("navigation", name="主导航")
        assert sorted(navigation.locator("a").all_text_contents()) == sorted(menu)
        for name in (texts(entry.text) for entry in entries if entry.address not in OF_REAL_SERVICES):
            link = navigation.get_by_role("link", name=name, exact=True)
            if not link.is_visible():
                navigation.get_by_text("更多").click()
            link.click()
            expect(navigation.locator("[aria-current]")).to_have_text(name)


def opened(administrator: Visit, language: str) -> Page:
    """The page that shows a fresh account's secret."""
    page = administrator.to(f"/accounts?lang={language}")
    page.locator("#account").fill(f"fresh-{language.lower()}")
    page.locator("#party").select_option("tangshan-hrss")
    page.locator("#open ~ form button").click()
    expect(page.locator(".secret").first).to_be_visible()
    return page


@pytest.mark.parametrize(
    ("width", "language", "scheme"),
    [
        (1280, "zh-CN", "light"),
        (360, "en", "dark"),
        pytest.param(1280, "zh-CN", "dark", marks=pytest.mark.long_run),
        pytest.param(360, "zh-CN", "light", marks=pytest.mark.long_run),
    ],
)
def test_the_pages_are_accessible_and_fit(
    administrator: Visit, scheme: Literal["light", "dark"], width: int, language: str
) -> None:
    administrator.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    administrator.page.set_viewport_size({"width": width, "height": 900})
    for path in ("/accounts", "/accounts/li-wei", "opened"):
        page = (
            opened(administrator, language)
            if path == "opened"
            else administrator.to(f"{path}?lang={language}")
        )
        page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true })")
        assert violations(page) == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
