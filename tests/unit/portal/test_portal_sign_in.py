"""Signing in and out."""

from __future__ import annotations

import re

import httpx
import pytest

from tests.support.fake_suite.suite import REGULATOR, FakeSuite


def test_who_is_not_signed_in_is_led_to_the_form_and_back(visitor: httpx.Client) -> None:
    answer = visitor.get("/cases?area=130203")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=%2Fcases%3Farea%3D130203")
    form = visitor.get(answer.headers["location"])
    assert 'name="next" value="/cases?area=130203"' in form.text
    back = visitor.post("/sign-in", data={"token": f"  {REGULATOR}\n", "next": "/cases?area=130203"})
    assert (back.status_code, back.headers["location"]) == (303, "/cases?area=130203")


def test_the_cookie_cannot_be_read_by_scripts_or_sent_by_other_sites(visitor: httpx.Client) -> None:
    cookie = visitor.post("/sign-in", data={"token": REGULATOR}).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie


def test_a_link_with_a_token_signs_in_and_leaves_the_address_bar(visitor: httpx.Client) -> None:
    answer = visitor.get("/sign-in", params={"token": REGULATOR})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert visitor.get("/").status_code == 200


@pytest.mark.parametrize("token", ["qz_1_unknown", "not a token", "令牌", "", "a\x01b"])
def test_a_wrong_token_gets_a_clear_answer_and_the_form_again(visitor: httpx.Client, token: str) -> None:
    answer = visitor.post("/sign-in", data={"token": token})
    assert answer.status_code == 401
    assert "未能登录" in answer.text
    assert 'name="token"' in answer.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("wanted", ["//evil.example", "/\\evil.example", "https://evil.example", "/a\nb"])
def test_after_signing_in_nobody_is_sent_to_another_site(visitor: httpx.Client, wanted: str) -> None:
    answer = visitor.post("/sign-in", data={"token": REGULATOR, "next": wanted})
    assert answer.headers["location"] == "/"


def test_a_token_revoked_meanwhile_is_taken_out_of_the_browser(
    regulator: httpx.Client, suite: FakeSuite
) -> None:
    suite.revoked.add(REGULATOR)
    answer = regulator.get("/")
    assert answer.status_code == 401
    assert 'href="/sign-in"' in answer.text
    assert regulator.get("/").status_code == 303


def test_signing_out_needs_the_own_form(regulator: httpx.Client) -> None:
    assert regulator.post("/sign-out", data={"form_key": "x"}).status_code == 403
    key = re.search(r'name="form_key" value="(\w+)"', regulator.get("/").text)
    assert key
    assert regulator.post("/sign-out", data={"form_key": key[1]}).headers["location"] == "/sign-in"
    assert regulator.get("/").status_code == 303


def test_programs_without_a_token_get_a_challenge(visitor: httpx.Client) -> None:
    answer = visitor.get("/cases", headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.json()["reason"] == "CREDENTIAL_MISSING"


def test_programs_may_send_the_token_in_the_header(visitor: httpx.Client) -> None:
    assert visitor.get("/cases", headers={"Authorization": f"Bearer {REGULATOR}"}).status_code == 200


def test_signing_in_while_the_suite_is_away_says_so(visitor: httpx.Client, suite: FakeSuite) -> None:
    suite.break_off()
    answer = visitor.post("/sign-in", data={"token": REGULATOR})
    assert answer.status_code == 503
    assert "SERVICE_UNAVAILABLE" in answer.text
