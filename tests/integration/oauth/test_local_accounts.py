"""People sign in with a password and one-time codes: a real registry, a real portal, a moved clock."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kit.errors import InvalidArgumentError
from quzhong.api.registry.v1 import accounts_pb2
from services.portal.web import TOKEN_COOKIE
from services.registry.core.accounts import ENROL_MS
from services.registry.identity.people import SESSION_S
from services.registry.identity.sign_in import GRANT_TYPE
from tests.integration.oauth.conftest import SettableClock, running
from tests.support.accounts import PASSWORD, Accounts, running_accounts
from tests.support.refusals import refusal


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Accounts]:
    with running_accounts(tmp_path_factory.mktemp("accounts")) as city:
        yield city


def entered(city: Accounts, account_id: str) -> list[tuple[str, str, str]]:
    """What the ledger tells of an account: action, actor, why."""
    with sqlite3.connect(f"file:{city.folder / 'registry.db'}?mode=ro", uri=True) as database:
        rows = database.execute(
            "SELECT action, actor, details FROM ledger_entry WHERE subject = ? ORDER BY sequence",
            (f"account/{account_id}",),
        ).fetchall()
    return [(action, actor, json.loads(details).get("why", "")) for action, actor, details in rows]


def test_an_enrolled_account_signs_in_as_its_party_for_a_working_day(city: Accounts) -> None:
    app = city.active("li-wei")
    answer = city.sign_in("li-wei", app.code())
    assert answer.json()["expires_in"] == SESSION_S
    assert answer.headers["cache-control"] == "no-store"
    token = answer.json()["access_token"]
    assert "lubei" in city.registry.sees(token)
    city.clock.pass_s(SESSION_S + 31)
    assert city.registry.refused(token).reason == "CREDENTIAL_EXPIRED"


def test_a_code_is_used_once_and_none_before_it(city: Accounts) -> None:
    app = city.active("once")
    code, earlier = app.code(), app.code(30)
    assert city.sign_in("once", code).status_code == 200
    for used in (code, earlier):
        assert city.sign_in("once", used).json()["error"] == "invalid_grant"
    city.clock.pass_s(30)
    assert city.sign_in("once", app.code()).status_code == 200


def test_a_clock_may_be_off_by_a_step_and_no_more(city: Accounts) -> None:
    app = city.active("off")
    assert city.sign_in("off", app.code(60)).status_code == 400
    assert city.sign_in("off", app.code(30)).status_code == 200


def test_whatever_is_wrong_is_answered_alike(city: Accounts) -> None:
    app = city.active("alike")
    pending = city.app(city.register("alike-pending"))
    closed = city.active("alike-closed")
    city.disable("alike-closed")
    answers = [
        city.sign_in("alike", app.code(), "not the password"),
        city.sign_in("alike", "000000"),
        city.sign_in("alike", ""),
        city.sign_in("alike", app.code(), "x" * 10_000),
        city.sign_in("alike-nobody", app.code()),
        city.sign_in("Not An Account", app.code()),
        city.sign_in("with\0nul", app.code()),
        city.sign_in("", ""),
        city.sign_in("alike-pending", pending.code()),
        city.sign_in("alike-closed", closed.code()),
        city.enrol("alike", "no-code", app.code()),
        city.enrol("alike-nobody", "no-code", app.code()),
        city.enrol("alike-pending", "no-code", pending.code()),
    ]
    assert {(answer.status_code, answer.text) for answer in answers} == {(400, answers[0].text)}


def test_every_attempt_stands_in_the_ledger_and_no_secret(city: Accounts) -> None:
    app = city.active("told")
    city.sign_in("told", "000000")
    city.sign_in("told", app.code(), "wrong-password-typed")
    city.sign_in("told", app.code())
    city.sign_in("my-password-in-the-wrong-field!", app.code())
    assert entered(city, "told") == [
        ("account.registered", "administrator", ""),
        ("account.enrolled", "lubei", ""),
        ("account.refused", "registry", "code"),
        ("account.refused", "registry", "password"),
        ("account.signed_in", "lubei", ""),
    ]
    kept = b"".join(path.read_bytes() for path in city.folder.rglob("*") if path.is_file())
    for secret in (PASSWORD, "wrong-password-typed", "my-password-in-the-wrong-field!"):
        assert secret.encode() not in kept
    assert b"$argon2id$" in kept


def test_the_secret_of_one_time_codes_stands_nowhere_in_plain(city: Accounts) -> None:
    app = city.active("sealed")
    kept = b"".join(path.read_bytes() for path in city.folder.rglob("*") if path.is_file())
    assert app.secret.encode() not in kept
    assert city.sign_in("sealed", app.code()).status_code == 200


def test_a_secret_from_before_secrets_were_sealed_is_sealed_at_the_start_and_goes_on(tmp_path: Path) -> None:
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    with running_accounts(tmp_path) as city:
        opened = city.register("from-before")
        code = opened.enrolment.enrolment_code
    with sqlite3.connect(tmp_path / "registry.db") as database:
        database.execute("UPDATE account SET totp_secret = ?", (secret,))
    database.close()
    with running_accounts(tmp_path, anew=False) as city:
        with sqlite3.connect(f"file:{tmp_path / 'registry.db'}?mode=ro", uri=True) as kept:
            assert secret not in str(kept.execute("SELECT * FROM account").fetchall())
        app = city.app(opened)
        app.uri = app.uri.replace(app.secret, secret)
        assert city.enrol("from-before", code, app.code()).status_code == 200


def test_an_enrolment_code_holds_once_and_for_a_week(city: Accounts) -> None:
    opened = city.register("enrolling")
    app, code = city.app(opened), opened.enrolment.enrolment_code
    assert city.enrol("enrolling", code, app.code()).status_code == 200
    city.clock.pass_s(60)
    assert city.enrol("enrolling", code, app.code(), "another-password").status_code == 400
    late = city.register("enrolling-late")
    city.clock.pass_s(ENROL_MS / 1000 + 1)
    assert (
        city.enrol("enrolling-late", late.enrolment.enrolment_code, city.app(late).code()).status_code == 400
    )


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("", "PASSWORD_LENGTH"),
        ("eleven-char", "PASSWORD_LENGTH"),
        ("x" * 129, "PASSWORD_LENGTH"),
        ("abababababab", "PASSWORD_GUESSABLE"),
        ("my-name-is-rules-1", "PASSWORD_GUESSABLE"),
    ],
)
def test_a_password_that_may_not_be_is_refused_with_its_reason(
    city: Accounts, password: str, reason: str
) -> None:
    answer = city.enrol("rules-1", "no-code", "000000", password)
    assert (answer.status_code, answer.json()["reason"]) == (400, reason)


def test_a_secret_is_shown_once(city: Accounts) -> None:
    first = city.register("shown", request_id="shown-1")
    again = city.register("shown", request_id="shown-1")
    assert first.enrolment.enrolment_code
    assert first.account == again.account
    assert not again.HasField("enrolment")


def test_recovery_ends_sessions_and_what_was_lost(city: Accounts) -> None:
    app = city.active("lost")
    token = city.sign_in("lost", app.code()).json()["access_token"]
    opened = city.reset("lost")
    assert city.registry.refused(token).reason == "CREDENTIAL_REVOKED"
    city.clock.pass_s(60)
    assert city.sign_in("lost", app.code()).status_code == 400
    fresh = city.app(opened)
    assert fresh.secret != app.secret
    answer = city.enrol("lost", opened.enrolment.enrolment_code, fresh.code(), "another-good-password")
    assert "lubei" in city.registry.sees(answer.json()["access_token"])


def test_a_closed_account_is_out_at_once_and_others_of_its_party_are_not(city: Accounts) -> None:
    leaves, stays = city.active("leaves"), city.active("stays")
    gone = city.sign_in("leaves", leaves.code()).json()["access_token"]
    kept = city.sign_in("stays", stays.code()).json()["access_token"]
    assert city.disable("leaves").account.state == accounts_pb2.ACCOUNT_STATE_DISABLED
    assert city.registry.refused(gone).reason == "CREDENTIAL_REVOKED"
    assert "lubei" in city.registry.sees(kept)


def test_revoking_an_account_s_credential_ends_it_like_any_other(city: Accounts) -> None:
    app = city.active("revoked")
    answer = city.sign_in("revoked", app.code()).json()
    accounts = city.stub.ListAccounts(
        accounts_pb2.ListAccountsRequest(party_id="lubei"), metadata=city.admin
    ).accounts
    (account,) = (one for one in accounts if one.account_id == "revoked")
    city.registry.revoke(account.credential_id)
    assert city.registry.refused(answer["access_token"]).reason == "CREDENTIAL_REVOKED"
    city.clock.pass_s(60)
    assert city.sign_in("revoked", app.code()).status_code == 400


def test_guesses_at_an_account_are_few_whether_it_exists_or_not(city: Accounts) -> None:
    app = city.active("guessed")
    for account_id in ("guessed", "guessed-nobody"):
        codes = [city.sign_in(account_id, "000000", f"guess number {n}").status_code for n in range(11)]
        assert codes == [400] * 10 + [429]
    refused = city.sign_in("guessed", app.code())
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0


def test_who_signs_in_has_all_attempts_again(city: Accounts) -> None:
    app = city.active("patient")
    for _ in range(3):
        for _ in range(4):
            assert city.sign_in("patient", "000000").status_code == 400
        assert city.sign_in("patient", app.code()).status_code == 200
        city.clock.pass_s(60)


@pytest.mark.parametrize("party_id", ["administrator", "quzhong-suite"])
def test_who_runs_the_suite_has_no_account(city: Accounts, party_id: str) -> None:
    refused = refusal(lambda: city.register(f"of-{party_id}", party_id))
    assert refused.reason == "ROLE_WITHOUT_ACCOUNTS"


def test_what_is_not_there_or_taken_is_refused_by_name(city: Accounts) -> None:
    city.register("taken")
    reasons = [
        refusal(lambda: city.register("taken")).reason,
        refusal(lambda: city.register("X")).reason,
        refusal(lambda: city.register("of-nobody", "nobody")).reason,
        refusal(lambda: city.reset("nobody")).reason,
        refusal(lambda: city.disable("nobody")).reason,
    ]
    assert reasons == [
        "ACCOUNT_EXISTS",
        "ACCOUNT_ID_FORM",
        "PARTY_UNKNOWN",
        "ACCOUNT_UNKNOWN",
        "ACCOUNT_UNKNOWN",
    ]


def test_a_registry_without_local_accounts_signs_nobody_in(tmp_path: Path) -> None:
    with running(tmp_path, SettableClock()) as registry:
        for path, error in (
            ("/oauth/token", "unsupported_grant_type"),
            ("/accounts/enrol", "invalid_request"),
        ):
            form = {"grant_type": GRANT_TYPE, "account_id": "li-wei", "password": PASSWORD}
            answer = httpx.post(registry.issuer + path, data=form, trust_env=False)
            assert answer.json()["error"] == error


def test_local_accounts_beside_a_provider_are_refused_at_the_start(tmp_path: Path) -> None:
    with (
        pytest.raises(InvalidArgumentError, match="QUZHONG_OIDC_ISSUER"),
        running(tmp_path, SettableClock(), local_accounts=True, oidc_issuer="https://provider.example"),
    ):
        pass


def test_the_portal_keeps_nothing_but_the_session(city: Accounts) -> None:
    app = city.active("at-the-portal")
    form = {"account_id": "at-the-portal", "password": PASSWORD, "code": app.code(), "next": "/cases"}
    with httpx.Client(base_url=city.portal.url, trust_env=False, timeout=20) as browser:
        wrong = browser.post("/sign-in/account", data=form | {"code": "000000"})
        assert wrong.status_code == 401
        assert PASSWORD not in wrong.text
        assert TOKEN_COOKIE not in browser.cookies
        right = browser.post("/sign-in/account", data=form)
        assert (right.status_code, right.headers["location"]) == (303, "/cases")
        assert "lubei" in city.registry.sees(browser.cookies[TOKEN_COOKIE])
        assert set(browser.cookies) == {TOKEN_COOKIE}
