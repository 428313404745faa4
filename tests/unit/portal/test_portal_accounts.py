"""Pages of accounts over HTTP, with real gRPC behind them."""

from __future__ import annotations

import re

import httpx
import pytest

from quzhong.api.registry.v1 import accounts_pb2
from tests.support.fake_suite.accounts import SECRET
from tests.support.fake_suite.suite import ADMINISTRATOR, FakeSuite
from tests.unit.portal.page_text import form_of, text_of


@pytest.fixture
def administrator(visitor: httpx.Client) -> httpx.Client:
    assert visitor.get("/sign-in", params={"token": ADMINISTRATOR}).status_code == 303
    return visitor


def opening(administrator: httpx.Client, account_id: str = "zhao-lei") -> dict[str, str]:
    form = form_of(administrator.get("/accounts").text, "/accounts")
    return form | {"account_id": account_id, "person_name": "赵磊", "party_id": "tangshan-hrss"}


def test_accounts_are_listed_with_whose_they_are_and_what_that_party_is(administrator: httpx.Client) -> None:
    shown = text_of(administrator.get("/accounts"))
    assert "李伟 li-wei 唐山市人社局 监管部门 · 唐山市 使用中 2026-03-02 10:30" in shown
    assert "wang-fang 唐山市总工会 工会 · 唐山市 待启用" in shown


def test_the_list_is_narrowed_by_party_and_state(administrator: httpx.Client) -> None:
    listed = re.compile(r'href="/accounts/([\w-]+)"')
    narrowed = administrator.get("/accounts", params={"party": "tangshan-union"}).text
    assert listed.findall(narrowed) == ["wang-fang"]
    assert listed.findall(administrator.get("/accounts", params={"state": "active"}).text) == ["li-wei"]
    nothing = administrator.get("/accounts", params={"party": "tangshan-union", "state": "active"})
    assert "没有符合条件的账号" in text_of(nothing)


def test_what_its_owner_needs_is_shown_once(administrator: httpx.Client, suite: FakeSuite) -> None:
    form = opening(administrator)
    first = administrator.post("/accounts", data=form)
    shown = text_of(first)
    assert "3xTq9-enrolment-code-Zk7w" in shown
    assert " ".join(SECRET[at : at + 4] for at in range(0, len(SECRET), 4)) in shown
    assert f"secret={SECRET}" in shown
    assert first.headers["cache-control"] == "no-store"
    assert suite.accounts["zhao-lei"].person_name == "赵磊"
    again = text_of(administrator.post("/accounts", data=form))
    assert "已经显示过" in again
    assert SECRET not in again


def test_a_refused_opening_keeps_what_was_typed(administrator: httpx.Client) -> None:
    answer = administrator.post("/accounts", data=opening(administrator, "li-wei"))
    assert "'li-wei' 已被使用" in text_of(answer, 409)
    typed = form_of(answer.text, "/accounts")
    assert (typed["account_id"], typed["person_name"]) == ("li-wei", "赵磊")
    assert '<option value="tangshan-hrss" selected>' in answer.text


def test_an_account_is_given_to_another_party(administrator: httpx.Client, suite: FakeSuite) -> None:
    form = form_of(administrator.get("/accounts/li-wei").text, "/accounts/li-wei/amend")
    changed = form | {"party_id": "tangshan-union", "person_name": "李 伟"}
    assert administrator.post("/accounts/li-wei/amend", data=changed).status_code == 303
    assert suite.accounts["li-wei"].party_id == "tangshan-union"
    assert suite.accounts["li-wei"].person_name == "李 伟"


def test_a_reset_shows_a_new_code_and_key(administrator: httpx.Client, suite: FakeSuite) -> None:
    form = form_of(administrator.get("/accounts/li-wei").text, "/accounts/li-wei/reset")
    assert "账号已重置" in text_of(administrator.post("/accounts/li-wei/reset", data=form))
    assert suite.accounts["li-wei"].state == accounts_pb2.ACCOUNT_STATE_PENDING


def test_a_closed_account_cannot_be_closed_again_but_reset(
    administrator: httpx.Client, suite: FakeSuite
) -> None:
    form = form_of(administrator.get("/accounts/li-wei").text, "/accounts/li-wei/disable")
    assert administrator.post("/accounts/li-wei/disable", data=form).status_code == 303
    assert suite.accounts["li-wei"].state == accounts_pb2.ACCOUNT_STATE_DISABLED
    shown = administrator.get("/accounts/li-wei").text
    assert "/accounts/li-wei/reset" in shown
    assert "/accounts/li-wei/disable" not in shown


@pytest.mark.parametrize("path", ["", "/li-wei/amend", "/li-wei/reset", "/li-wei/disable"])
def test_accounts_change_by_a_form_of_ours_only(
    administrator: httpx.Client, suite: FakeSuite, path: str
) -> None:
    before = {name: str(one) for name, one in suite.accounts.items()}
    answer = administrator.post(f"/accounts{path}", data={"account_id": "x-y-z", "party_id": "tangshan-hrss"})
    assert answer.status_code == 403
    assert {name: str(one) for name, one in suite.accounts.items()} == before


@pytest.mark.parametrize("path", ["/accounts", "/accounts/li-wei"])
def test_accounts_are_for_administrators(regulator: httpx.Client, path: str) -> None:
    assert regulator.get(path).status_code == 403


def test_an_account_there_is_not_is_not_found(administrator: httpx.Client) -> None:
    assert administrator.get("/accounts/nobody").status_code == 404
