"""Who a caller is told to be, and an account given to another party: a real registry, a moved clock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import grpc
import pytest

from quzhong.api.events.v1.findings_pb2 import LocalText
from quzhong.api.registry.v1 import accounts_pb2, registry_pb2
from services.registry.identity.people import SESSION_S
from tests.integration.oauth.conftest import bearer
from tests.support.accounts import PASSWORD, Accounts, running_accounts
from tests.support.refusals import refusal


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Accounts]:
    with running_accounts(tmp_path_factory.mktemp("who")) as city:
        yield city


def who(city: Accounts, token: str) -> registry_pb2.WhoAmIResponse:
    answer: registry_pb2.WhoAmIResponse = city.registry.stub.WhoAmI(
        registry_pb2.WhoAmIRequest(), metadata=bearer(token)
    )
    return answer


def amend(city: Accounts, account_id: str, request_id: str = "", **change: str) -> accounts_pb2.Account:
    request = accounts_pb2.AmendAccountRequest(
        request_id=request_id or city.request_id(), account_id=account_id, **change
    )
    account: accounts_pb2.Account = city.stub.AmendAccount(request, metadata=city.admin).account
    return account


def signed_in(city: Accounts, account_id: str, app: Any) -> str:
    answer = city.sign_in(account_id, app.code())
    assert answer.status_code == 200, answer.text
    token: str = answer.json()["access_token"]
    return token


def test_a_session_is_told_its_party_its_account_and_its_end(city: Accounts) -> None:
    app = city.active("li-wei")
    amend(city, "li-wei", person_name=" 李伟 ")
    told = who(city, signed_in(city, "li-wei", app))
    assert (told.role, told.party_id, told.name.zh) == (registry_pb2.ROLE_REGULATOR, "lubei", "lubei")
    assert list(told.area_codes) == ["130203"]
    assert (told.account_id, told.person_name) == ("li-wei", "李伟")
    assert told.credential_id
    assert not told.may_approve
    assert told.expire_time.seconds == city.clock.now_ms // 1000 + SESSION_S


def test_a_token_holds_until_it_is_revoked(city: Accounts) -> None:
    told = who(city, city.registry.register("swift"))
    assert (told.role, told.party_id, list(told.area_codes)) == (
        registry_pb2.ROLE_PLATFORM,
        "swift",
        ["130200"],
    )
    assert not told.HasField("expire_time")
    assert not told.account_id
    administrator = who(city, city.registry.admin)
    assert administrator.role == registry_pb2.ROLE_ADMINISTRATOR
    assert not administrator.area_codes


def test_an_official_may_approve(city: Accounts) -> None:
    request = registry_pb2.RegisterSupervisorRequest(
        request_id="official",
        party_id="official-li",
        role=registry_pb2.ROLE_OFFICIAL,
        name=LocalText(zh="李科长", en="Li"),
        department_id="lubei",
    )
    answer = city.registry.stub.RegisterSupervisor(request, metadata=city.admin)
    told = who(city, answer.token)
    assert told.may_approve
    assert (told.department_id, list(told.area_codes), told.name.en) == ("lubei", ["130203"], "Li")


def test_who_shows_no_credential_is_told_nothing(city: Accounts) -> None:
    refused = refusal(lambda: city.registry.stub.WhoAmI(registry_pb2.WhoAmIRequest()))
    assert refused.code is grpc.StatusCode.UNAUTHENTICATED


def test_an_account_of_another_party_reads_as_that_party_with_the_password_it_had(city: Accounts) -> None:
    app = city.active("moves")
    before = signed_in(city, "moves", app)
    account = amend(city, "moves", party_id="lunan")
    assert (account.party_id, account.state) == ("lunan", accounts_pb2.ACCOUNT_STATE_ACTIVE)
    assert city.registry.refused(before).reason == "CREDENTIAL_REVOKED"
    city.clock.pass_s(60)
    assert who(city, signed_in(city, "moves", app)).party_id == "lunan"


def test_a_pending_account_of_another_party_enrols_there(city: Accounts) -> None:
    opened = city.register("starts")
    assert amend(city, "starts", party_id="lunan").state == accounts_pb2.ACCOUNT_STATE_PENDING
    answer = city.enrol("starts", opened.enrolment.enrolment_code, city.app(opened).code(), PASSWORD)
    assert who(city, answer.json()["access_token"]).party_id == "lunan"


def test_a_mended_name_ends_no_session_and_outlasts_a_reset(city: Accounts) -> None:
    app = city.active("named")
    token = signed_in(city, "named", app)
    amend(city, "named", person_name="王芳")
    assert who(city, token).person_name == "王芳"
    assert amend(city, "named", party_id="lubei").person_name == "王芳"
    assert who(city, token).person_name == "王芳"
    city.reset("named")
    listed = city.stub.ListAccounts(accounts_pb2.ListAccountsRequest(), metadata=city.admin).accounts
    assert next(one.person_name for one in listed if one.account_id == "named") == "王芳"
    assert amend(city, "named", person_name="").person_name == ""


def test_a_name_is_told_when_the_account_is_opened(city: Accounts) -> None:
    request = accounts_pb2.RegisterAccountRequest(
        request_id="with-name", account_id="with-name", party_id="lubei", person_name="赵磊"
    )
    opened = city.stub.RegisterAccount(request, metadata=city.admin)
    assert opened.account.person_name == "赵磊"
    assert city.stub.RegisterAccount(request, metadata=city.admin).account == opened.account


def test_the_same_amendment_again_changes_nothing(city: Accounts) -> None:
    app = city.active("repeated")
    first = amend(city, "repeated", "amend-once", party_id="lunan")
    token = signed_in(city, "repeated", app)
    assert amend(city, "repeated", "amend-once", party_id="lunan").credential_id == first.credential_id
    assert who(city, token).party_id == "lunan"
    request = accounts_pb2.AmendAccountRequest(
        request_id="amend-once", account_id="repeated", party_id="lubei"
    )
    refused = refusal(lambda: city.stub.AmendAccount(request, metadata=city.admin))
    assert refused.reason == "REQUEST_ID_REUSED"


@pytest.mark.parametrize(
    ("change", "reason", "field"),
    [
        ({"account_id": "nobody"}, "ACCOUNT_UNKNOWN", "account_id"),
        ({"party_id": "nobody"}, "PARTY_UNKNOWN", "party_id"),
        ({"party_id": "administrator"}, "ROLE_WITHOUT_ACCOUNTS", "party_id"),
        ({"person_name": "a" * 101}, "NAME_FORM", "person_name"),
        ({"person_name": "a\nb"}, "NAME_FORM", "person_name"),
    ],
    ids=["account", "party", "role", "length", "control"],
)
def test_an_amendment_that_makes_no_sense_is_refused_by_field(
    city: Accounts, change: dict[str, str], reason: str, field: str
) -> None:
    if "kept" not in {one.account_id for one in listed(city)}:
        city.register("kept")
    given = {"request_id": city.request_id(), "account_id": "kept"} | change
    request = accounts_pb2.AmendAccountRequest(**given)
    refused = refusal(lambda: city.stub.AmendAccount(request, metadata=city.admin))
    assert (refused.reason, refused.field) == (reason, field)
    (kept,) = [one for one in listed(city) if one.account_id == "kept"]
    assert (kept.party_id, kept.person_name) == ("lubei", "")


def listed(city: Accounts) -> list[accounts_pb2.Account]:
    return list(city.stub.ListAccounts(accounts_pb2.ListAccountsRequest(), metadata=city.admin).accounts)
