"""Accounts of people: opened, recovered and closed by administrators."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kit.clock import Clock
from kit.errors import AlreadyExistsError, NotFoundError
from kit.requests import check_request_id
from kit.security import tokens
from services.registry.core.accounts import (
    Account,
    AccountState,
    check_account_id,
    checked_person_name,
)
from services.registry.core.field_error import FieldError
from services.registry.core.pages import Page, page_of
from services.registry.core.parties import Credential, Role
from services.registry.identity.ports import AccountStore, AccountTransaction, Codes, Seals
from services.registry.mutations import once, require_published
from services.registry.ports import Publication, Request
from services.registry.refusals import field_errors, unknown_party


@dataclass(frozen=True, slots=True)
class Opened:
    """An account, and what its owner needs to enrol."""

    account: Account
    enrolment_code: str = ""
    """Empty in the answer to a repeat: only its hash is kept."""
    otpauth_uri: str = ""


class Accounts:
    """The use cases of ``AccountService``."""

    def __init__(
        self, store: AccountStore, publication: Publication, codes: Codes, seals: Seals, clock: Clock
    ) -> None:
        self._store = store
        self._publication = publication
        self._codes = codes
        self._seals = seals
        self._clock = clock

    def seal_anew(self) -> None:
        """Seal by the newest key what is not: after a rotation, and what is from before sealing."""
        with self._store.write() as transaction:
            for account in transaction.accounts(""):
                sealed = self._seals.renewed(account.totp_secret, account.account_id)
                if sealed != account.totp_secret:
                    transaction.put_account(replace(account, totp_secret=sealed))

    def register(self, request: Request, account_id: str, party_id: str, person_name: str = "") -> Opened:
        """Open an account.

        Raises:
            InvalidArgumentError: ACCOUNT_ID_FORM, NAME_FORM, or ROLE_WITHOUT_ACCOUNTS: whoever could make
                himself an administrator by a password would be one.
            NotFoundError: PARTY_UNKNOWN.
            AlreadyExistsError: ACCOUNT_EXISTS, REQUEST_ID_REUSED.
        """
        with field_errors():
            check_account_id(account_id)
            person_name = checked_person_name(person_name)

        def add(transaction: AccountTransaction, now_ms: int) -> Account:
            if transaction.account(account_id) is not None:
                raise AlreadyExistsError(
                    f"account_id: {account_id!r} is taken; choose another, or reset it",
                    zh=f"account_id：{account_id!r} 已被使用；请另选，或重置该账号",
                    field="account_id",
                    reason="ACCOUNT_EXISTS",
                )
            _check_party(transaction, party_id)
            return Account(
                account_id, party_id, AccountState.PENDING, now_ms, now_ms, "", person_name=person_name
            )

        return self._open(request, account_id, "account.registered", add)

    def reset(self, request: Request, account_id: str) -> Opened:
        """Let an account be enrolled anew; its sessions end.

        Raises:
            NotFoundError: ACCOUNT_UNKNOWN.
            AlreadyExistsError: REQUEST_ID_REUSED.
            LogUnavailableError: (retryable) it is done, but the other services cannot be told yet.
        """

        def find(transaction: AccountTransaction, now_ms: int) -> Account:
            account = _known(transaction, account_id)
            _end_sessions(transaction, account, now_ms)
            return account

        return self._open(request, account_id, "account.reset", find)

    def amend(
        self, request: Request, account_id: str, party_id: str | None, person_name: str | None
    ) -> Account:
        """Give an account to another party, with whose role and areas it reads from then on, or mend its
        owner's name.

        With another party its sessions end; what is None stays. Raises as ``register`` and ``reset``.
        """
        check_request_id(request.request_id)
        with field_errors():
            name = None if person_name is None else checked_person_name(person_name)
        now_ms = self._clock()
        with self._store.write() as transaction:

            def change() -> str:
                account = _known(transaction, account_id)
                moved = party_id is not None and party_id != account.party_id
                wanted = party_id if moved and party_id is not None else account.party_id
                credential_id = account.credential_id
                if moved:
                    _check_party(transaction, wanted)
                    _end_sessions(transaction, account, now_ms)
                    if account.state is AccountState.ACTIVE:
                        credential_id = secrets.token_hex(8)
                        transaction.put_credential(Credential(credential_id, wanted, b"", now_ms))
                kept = account.person_name if name is None else name
                transaction.put_account(account.amended(wanted, kept, credential_id, now_ms))
                transaction.enter("account.amended", account_id, "", {"party_id": wanted})
                return account_id

            once(transaction, request, change, now_ms)
            account = _known(transaction, account_id)
        require_published(self._publication)
        return account

    def disable(self, request: Request, account_id: str) -> Account:
        """Close an account; its sessions end. Raises as ``reset``."""
        check_request_id(request.request_id)
        now_ms = self._clock()
        with self._store.write() as transaction:

            def close() -> str:
                account = _known(transaction, account_id)
                _end_sessions(transaction, account, now_ms)
                transaction.put_account(account.disabled(now_ms))
                transaction.enter("account.disabled", account_id, "", {"party_id": account.party_id})
                return account_id

            once(transaction, request, close, now_ms)
            account = _known(transaction, account_id)
        require_published(self._publication)
        return account

    def listed(self, party_id: str, page: Page) -> tuple[Sequence[Account], str]:
        """Accounts by their ids, and the next page's token."""
        with self._store.read() as view:
            accounts = view.accounts(party_id)
        with field_errors():
            return page_of(accounts, lambda one: one.account_id, page.size, page.token)

    def _open(
        self,
        request: Request,
        account_id: str,
        action: str,
        find: Callable[[AccountTransaction, int], Account],
    ) -> Opened:
        check_request_id(request.request_id)
        now_ms = self._clock()
        secret, code = self._codes.new_secret(), secrets.token_urlsafe(24)
        sealed = self._seals.seal(secret, account_id)
        with self._store.write() as transaction:

            def open_it() -> str:
                account = find(transaction, now_ms).reset(sealed, tokens.digest(code), now_ms)
                transaction.put_account(account)
                transaction.enter(action, account_id, "", {"party_id": account.party_id})
                return account_id

            _, is_new = once(transaction, request, open_it, now_ms)
            account = _known(transaction, account_id)
        require_published(self._publication)
        if not is_new:
            return Opened(account)
        return Opened(account, code, self._codes.uri(secret, account_id))


def _check_party(transaction: AccountTransaction, party_id: str) -> None:
    """Raise NotFoundError, or InvalidArgumentError, unless the party is one that may have accounts."""
    party = transaction.party(party_id)
    if party is None:
        raise unknown_party(party_id)
    with field_errors():
        if party.role in (Role.ADMINISTRATOR, Role.SERVICE):
            raise FieldError(
                "party_id",
                "ROLE_WITHOUT_ACCOUNTS",
                f"{party_id!r} runs the suite and has no accounts; it uses its token",
                f"{party_id!r} 为系统运行方，不设账号；请使用其令牌",
            )


def _known(transaction: AccountTransaction, account_id: str) -> Account:
    account = transaction.account(account_id)
    if account is None:
        raise NotFoundError(
            f"account_id: there is none {account_id[:40]!r}; ListAccounts tells which there are",
            zh=f"account_id：没有账号 {account_id[:40]!r}；可用 ListAccounts 查询",
            field="account_id",
            reason="ACCOUNT_UNKNOWN",
        )
    return account


def _end_sessions(transaction: AccountTransaction, account: Account, now_ms: int) -> None:
    credential = transaction.credential(account.credential_id) if account.credential_id else None
    if credential is not None and credential.revoke_ms is None:
        transaction.put_credential(replace(credential, revoke_ms=now_ms))
