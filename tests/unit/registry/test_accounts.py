"""Accounts of people: states, passwords, and one-time codes that hold once."""

from __future__ import annotations

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.adapters.one_time_codes import TotpCodes
from services.registry.adapters.passwords import Argon2Passwords
from services.registry.core.accounts import (
    CODE_STEP_S,
    ENROL_MS,
    Account,
    AccountState,
    check_account_id,
    check_password,
    step_of_code,
)
from services.registry.core.field_error import FieldError

CODES = TotpCodes()
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PENDING = Account("li-wei", "lubei", AccountState.PENDING, 1, 1, "").reset(SECRET, b"x" * 32, 5)


@given(
    st.lists(st.tuples(st.integers(-200, 200), st.integers(0, 90)), min_size=1, max_size=12),
    st.integers(2_000, 10**9),
)
def test_a_code_holds_around_its_time_once_and_none_before_it(
    tries: list[tuple[int, int]], start_s: int
) -> None:
    """Against a plain account of which steps are still to be had."""
    now_s, last, used_up_to = start_s, 0, 0
    for offset_s, passing_s in tries:
        now_s += passing_s
        given_step = (now_s + offset_s) // CODE_STEP_S
        found = step_of_code(lambda step, given=given_step: step == given, now_s, last)  # type: ignore[misc]
        near = abs(given_step - now_s // CODE_STEP_S) <= 1
        assert (found == given_step) is (near and given_step > used_up_to)
        if found is not None:
            last = used_up_to = found


def test_codes_are_those_of_any_authenticator_app() -> None:
    app = pyotp.parse_uri(CODES.uri(SECRET, "li-wei"))
    assert isinstance(app, pyotp.TOTP)
    assert (app.secret, app.name, app.issuer) == (SECRET, "li-wei", "Quzhong")
    step = 1_773_662_400 // CODE_STEP_S
    assert CODES.matches(SECRET, step, app.at(1_773_662_400))
    assert not CODES.matches(SECRET, step + 1, app.at(1_773_662_400))


def test_an_account_without_a_secret_has_no_code() -> None:
    assert not any(CODES.matches("", step, f"{code:06}") for step in (0, 1) for code in range(0, 10**6, 997))
    assert not CODES.matches("", 1, pyotp.TOTP("A" * 32).generate_otp(1))


@pytest.mark.parametrize("code", ["", "12345", "１２３４５６", "\ud800", "0" * 1000])
def test_what_is_no_code_matches_nothing(code: str) -> None:
    assert not CODES.matches(SECRET, 1, code)


def test_the_test_vector_of_rfc_6238_holds() -> None:
    """Appendix B, SHA-1, T = 59 s: 94287082, of which apps show the last six digits."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert CODES.matches(secret, 59 // CODE_STEP_S, "287082")


def test_a_password_matches_its_own_hash_and_nobody_s_matches_nothing() -> None:
    passwords = Argon2Passwords()
    kept = passwords.hash("three-words-at-dusk")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords.matches("three-words-at-dusk", kept)
    assert not passwords.matches("three-words-at-dawn", kept)
    for password in ("", "nobody has this password"):
        assert not passwords.matches(password, "")
    assert not passwords.matches("x", "not a hash")


def test_a_reset_account_keeps_nothing_of_before() -> None:
    active = PENDING.enrolled("$hash", 7, "credential", 9)
    assert (active.state, active.enrolment_sha256, active.last_step) == (AccountState.ACTIVE, b"", 7)
    again = active.reset("NEW", b"y" * 32, 20)
    assert again.state is AccountState.PENDING
    assert (again.password_hash, again.credential_id, again.totp_secret) == ("", "", "NEW")
    assert again.enrolment_expire_ms == 20 + ENROL_MS
    closed = active.disabled(30)
    assert closed.state is AccountState.DISABLED
    assert not any((closed.password_hash, closed.totp_secret, closed.enrolment_sha256, closed.credential_id))


def test_an_account_shows_no_secret() -> None:
    assert SECRET not in repr(PENDING)
    assert "hash" not in repr(PENDING.enrolled("$hash", 7, "credential", 9))


@pytest.mark.parametrize("account_id", ["", "ab", "Li-Wei", "-li", "li-", "x" * 41, "李伟", "a b", "a\0b"])
def test_an_id_of_another_form_is_refused(account_id: str) -> None:
    with pytest.raises(FieldError, match="account_id"):
        check_account_id(account_id)


@pytest.mark.parametrize("password", ["correct horse battery", "十二个汉字组成的一句话好记", "aB3$" * 32])
def test_any_composition_will_do(password: str) -> None:
    check_password(password, "li-wei")
