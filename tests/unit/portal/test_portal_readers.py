"""Each reader has a menu and a first page of its own."""

from __future__ import annotations

import asyncio
import re

import httpx
import pytest

from kit.errors import RetryableError, UnauthenticatedError
from kit.security import caller
from kit.security.permissions import PAGES
from services.portal.core.language import LocalText
from services.portal.core.readers import Profile, Role, first_page, menu
from services.portal.profiles import Profiles
from tests.support.fake_suite.suite import ADMINISTRATOR, PLATFORM, REGULATOR, UNION, FakeSuite


def profile(role: Role) -> Profile:
    return Profile(role, "someone", LocalText("某单位", "Somebody"))


def test_roles_are_those_of_the_contract() -> None:
    assert {role.name: role.value for role in Role if role} == {r.name: r.value for r in caller.Role}


@pytest.mark.parametrize("role", [role for role in Role if role], ids=lambda role: role.name.lower())
def test_a_menu_leads_to_pages_its_reader_may_open(role: Role) -> None:
    entries = menu(profile(role))
    assert len(entries) == len(set(entries)) > (0 if role is Role.WORKER else 3)
    for address, _ in entries:
        assert caller.Role(role) in PAGES[f"GET {address}"], address


def test_a_newer_role_has_the_menu_of_most() -> None:
    assert menu(profile(Role.UNSPECIFIED)) == menu(None) == menu(profile(Role.REGULATOR))


@pytest.mark.parametrize(
    ("token", "first", "heading"),
    [
        (REGULATOR, "/", "实时预警"),
        (UNION, "/thresholds", "标准与“取中”对照"),
        (PLATFORM, "/standing", "快达外卖"),
        (ADMINISTRATOR, "/accounts", "账号管理"),
    ],
    ids=["regulator", "union", "platform", "administrator"],
)
def test_the_start_page_is_the_reader_s_own(
    visitor: httpx.Client, token: str, first: str, heading: str
) -> None:
    visitor.get("/sign-in", params={"token": token})
    answer = visitor.get("/", follow_redirects=True)
    assert answer.url.path == first
    assert f"<h1>{heading}</h1>" in answer.text
    current = re.findall(r'<a href="([^"]+)" aria-current="page">', answer.text)
    assert current == [first_page_of(token)]


def first_page_of(token: str) -> str:
    role = {REGULATOR: Role.REGULATOR, UNION: Role.UNION, PLATFORM: Role.PLATFORM}
    return first_page(profile(role.get(token, Role.ADMINISTRATOR)))


def test_the_page_says_who_reads(regulator: httpx.Client) -> None:
    assert "<strong>唐山市人社局</strong> 监管部门" in regulator.get("/cases").text


def test_a_reader_whose_token_was_revoked_has_no_menu_of_before(
    regulator: httpx.Client, suite: FakeSuite
) -> None:
    suite.revoked.add(REGULATOR)
    assert regulator.get("/cases").status_code == 401


class Registry:
    """Answers from a list; counts how often it was asked."""

    def __init__(self, *answers: Profile | Exception) -> None:
        self.answers = list(answers)
        self.asked = 0

    async def who_am_i(self, token: str) -> Profile:
        self.asked += 1
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


class Clock:
    now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def asked(registry: Registry, *pauses_s: float) -> list[Profile | None]:
    """What is told at once and after each pause."""
    clock = Clock()

    async def ask() -> list[Profile | None]:
        profiles = Profiles(registry, clock)
        told = [await profiles.of("a token")]
        for pause_s in pauses_s:
            clock.now_s += pause_s
            told.append(await profiles.of("a token"))
        return told

    return asyncio.run(ask())


def test_who_reads_is_asked_twice_a_minute_at_most() -> None:
    registry = Registry(profile(Role.UNION), profile(Role.PLATFORM))
    told = asked(registry, 29.0, 1.0)
    assert [one and one.role for one in told] == [Role.UNION, Role.UNION, Role.PLATFORM]
    assert registry.asked == 2


def test_a_registry_that_is_away_is_asked_again_after_five_seconds() -> None:
    registry = Registry(RetryableError("away", zh="暂不可用"), profile(Role.UNION))
    assert [one and one.role for one in asked(registry, 4.0, 1.0)] == [None, None, Role.UNION]
    assert registry.asked == 2


def test_a_refused_token_is_asked_about_again_at_once() -> None:
    registry = Registry(UnauthenticatedError("unknown", zh="未知"), profile(Role.UNION))
    assert [one and one.role for one in asked(registry, 0.0)] == [None, Role.UNION]
