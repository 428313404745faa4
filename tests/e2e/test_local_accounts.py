"""Signing in with a local account in a real browser, before a real registry."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.test_accessibility import violations
from tests.support.accounts import PASSWORD, Accounts, running_accounts
from tests.support.browser.visit import Visit

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Accounts]:
    with running_accounts(tmp_path_factory.mktemp("accounts")) as city:
        yield city


@pytest.fixture
def stranger(browser: Browser, city: Accounts) -> Iterator[Visit]:
    """Nobody is signed in."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    visit = Visit(context.new_page(), city.portal)
    visit.page.set_default_timeout(30_000)  # a machine that does much else
    yield visit
    context.close()
    # A form that is refused is a 4xx, which the browser notes.
    assert [text for text in visit.complaints if "status of 4" not in text] == []


def test_a_fresh_account_gets_its_password_and_reads_as_its_party(stranger: Visit, city: Accounts) -> None:
    opened = city.register("wang-fang")
    app = city.app(opened)
    page = stranger.to("/sign-in")
    page.get_by_role("link", name="首次登录或账号已重置：设置密码").click()
    page.get_by_label("账号").fill("wang-fang")
    page.get_by_label("启用码").fill(opened.enrolment.enrolment_code)
    page.get_by_label("新密码", exact=True).fill(PASSWORD)
    page.get_by_label("再输入一次新密码").fill("something else")
    page.get_by_label("动态验证码").fill(app.code())
    page.get_by_role("button", name="设置密码并登录").click()
    expect(page.get_by_role("alert")).to_contain_text("两次输入的密码不一致")
    page.get_by_label("启用码").fill(opened.enrolment.enrolment_code)
    page.get_by_label("新密码", exact=True).fill(PASSWORD)
    page.get_by_label("再输入一次新密码").fill(PASSWORD)
    page.get_by_label("动态验证码").fill(app.code())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="实时预警")).to_be_visible()


def test_an_account_signs_in_by_the_keyboard_and_is_told_what_failed(stranger: Visit, city: Accounts) -> None:
    app = city.active("zhao-lei")
    page = stranger.to("/sign-in?next=/cases")
    expect(page.get_by_label("账号")).to_be_focused()
    for text in ("zhao-lei", PASSWORD, "000000"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("所填内容不匹配")
    page.get_by_label("账号").fill("zhao-lei")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_label("动态验证码").fill(app.code())
    page.get_by_role("button", name="登录账号").click()
    expect(page.get_by_role("heading", name="案件")).to_be_visible()


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/enrol"])
def test_the_forms_are_accessible_and_fit_a_phone(stranger: Visit, path: str, language: str) -> None:
    stranger.page.set_viewport_size({"width": 360, "height": 800})
    page = stranger.to(f"{path}?lang={language}")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
