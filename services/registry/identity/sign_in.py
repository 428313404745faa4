"""People sign in with a local account: password and one-time code in, an access token of their party out.

Whatever is wrong is answered in the same words and after the same work: an account nobody has, one that is
not enrolled, a wrong password, a wrong or used code. Which of them it was stands in the ledger.
"""

from __future__ import annotations

import secrets
from dataclasses import replace

from kit.clock import Clock
from kit.security import tokens
from services.registry.core.accounts import (
    ACCOUNT_ID_FORM,
    LONGEST_PASSWORD,
    Account,
    AccountState,
    check_password,
    step_of_code,
)
from services.registry.core.field_error import FieldError
from services.registry.core.parties import Credential, Role
from services.registry.identity.issuing import Granted, OAuthError, TokenIssuer
from services.registry.identity.people import SESSION_S
from services.registry.identity.ports import (
    AccountStore,
    AccountTransaction,
    Client,
    Codes,
    Granting,
    GuessLimit,
    Passwords,
    Seals,
)
from services.registry.ports import Publication

GRANT_TYPE = "urn:quzhong:grant-type:local-account"
"""An extension grant (RFC 6749 4.5): the password grant of its 4.3 knows no second factor."""

_NOBODY = Account("", "", AccountState.DISABLED, 0, 0, "")


class LocalSignIn:
    """The use cases of who has a local account."""

    def __init__(
        self,
        store: AccountStore,
        publication: Publication,
        issuer: TokenIssuer,
        passwords: Passwords,
        codes: Codes,
        seals: Seals,
        by_account: GuessLimit,
        by_address: GuessLimit,
        clock: Clock,
    ) -> None:
        self._store = store
        self._publication = publication
        self._issuer = issuer
        self._passwords = passwords
        self._codes = codes
        self._seals = seals
        self._by_account = by_account
        self._by_address = by_address
        self._clock = clock

    def sign_in(self, account_id: str, password: str, code: str, address: str, issuer: str) -> Granted:
        """An access token of the account's party.

        Raises:
            OAuthError: invalid_grant.
            OverloadedError: (retryable) TOO_MANY_ATTEMPTS, from this address or at this account.
        """
        self._count(account_id, address)
        account = self._account(account_id)
        right = self._passwords.matches(password[: LONGEST_PASSWORD + 1], account.password_hash)
        granting = None
        with self._store.write() as transaction:
            # Read again: it may have been closed, and its code used, while the password was hashed.
            now = transaction.account(account.account_id) or _NOBODY
            step = self._step(now, code)
            if not right or now.password_hash != account.password_hash:
                why = "account" if account is _NOBODY else "password"
            elif now.state is not AccountState.ACTIVE:
                why = "state"
            elif step is None:
                why = "code"
            elif (client := _client(transaction, now)) is None:
                why = "party"
            else:
                why = ""
                transaction.put_account(replace(now, last_step=step))
                granting = self._issuer.granting(client, GRANT_TYPE, SESSION_S)
            self._enter(transaction, "account.signed_in", now, why, granting)
        if granting is None:
            raise _refused()
        self._by_account.forget(account_id)
        return self._issuer.grant(granting, issuer, "")

    def enrol(
        self, account_id: str, enrolment_code: str, password: str, code: str, address: str, issuer: str
    ) -> Granted:
        """Set the password of an account that was registered or reset; its owner is then signed in.

        Raises:
            OAuthError: invalid_request with a reason, for the password; invalid_grant for everything else.
            OverloadedError: (retryable) as ``sign_in``.
        """
        try:
            check_password(password, account_id)
        except FieldError as error:
            raise OAuthError("invalid_request", error.message, reason=error.reason) from error
        self._count(account_id, address)
        password_hash = self._passwords.hash(password)
        credential_id = secrets.token_hex(8)
        now_ms = self._clock()
        granting = None
        with self._store.write() as transaction:
            account = transaction.account(self._account(account_id).account_id) or _NOBODY
            step = self._step(account, code)
            known = tokens.matches(enrolment_code, account.enrolment_sha256)
            if account is _NOBODY:
                why = "account"
            elif account.state is not AccountState.PENDING or not known:
                why = "enrolment code"
            elif now_ms > account.enrolment_expire_ms:
                why = "enrolment code expired"
            elif step is None:
                why = "code"
            else:
                active = account.enrolled(password_hash, step, credential_id, now_ms)
                transaction.put_credential(Credential(credential_id, account.party_id, b"", now_ms))
                client = _client(transaction, active)
                why = "" if client else "party"
                if client:
                    transaction.put_account(active)
                    granting = self._issuer.granting(client, GRANT_TYPE, SESSION_S)
            self._enter(transaction, "account.enrolled", account, why, granting)
        if granting is None:
            raise _refused()
        self._publication.wait()
        self._by_account.forget(account_id)
        return self._issuer.grant(granting, issuer, "")

    def _count(self, account_id: str, address: str) -> None:
        self._by_address.take(address)
        # What is no account's id counts as one: else any text typed would stay in memory.
        self._by_account.take(account_id if ACCOUNT_ID_FORM.fullmatch(account_id) else "")

    def _account(self, account_id: str) -> Account:
        if not ACCOUNT_ID_FORM.fullmatch(account_id):
            return _NOBODY
        with self._store.read() as view:
            return view.account(account_id) or _NOBODY

    def _step(self, account: Account, code: str) -> int | None:
        typed = "".join(code.split())[:16]
        secret = self._seals.open(account.totp_secret, account.account_id)
        return step_of_code(
            lambda step: self._codes.matches(secret, step, typed),
            self._clock() // 1000,
            account.last_step,
        )

    def _enter(
        self,
        transaction: AccountTransaction,
        action: str,
        account: Account,
        why: str,
        granting: Granting | None,
    ) -> None:
        """``why`` it was refused; empty if it was not, then with the session's token. What was
        typed as an account's name is not entered if it is none: it may be a password."""
        if granting is None:
            transaction.enter("account.refused", account.account_id or "unknown", "", {"why": why})
        else:
            transaction.enter(action, account.account_id, account.party_id, granting.details())


def _client(transaction: AccountTransaction, account: Account) -> Client | None:
    """For whom the token is; None if the party may not be signed in for, or the credential was revoked."""
    party = transaction.party(account.party_id)
    credential = transaction.credential(account.credential_id)
    if party is None or party.role in (Role.ADMINISTRATOR, Role.SERVICE):
        return None
    if credential is None or credential.revoke_ms is not None:
        return None
    return Client(account.credential_id, party.party_id, party.role, "")


def _refused() -> OAuthError:
    return OAuthError("invalid_grant", "account, password and one-time code do not go together")
