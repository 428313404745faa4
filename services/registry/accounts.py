"""Accounts of people: opened, recovered and closed by administrators."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kit.clock import Clock
from kit.errors import AlreadyExistsError, NotFoundError
from kit.requests import check_request_id
from kit.security import tokens
from services.registry.account_ports import AccountStore, AccountTransaction, Codes
from services.registry.core.accounts import Account, AccountState, check_account_id
from services.registry.core.field_error import FieldError
from services.registry.core.pages import page_of
from services.registry.core.parties import Role
from services.registry.mutations import field_errors, once, require_published
from services.registry.party_reading import Page, unknown_party
from services.registry.ports import Publication, Request


@dataclass(frozen=True, slots=True)
class Opened:
    """An account, and what its owner needs to enrol."""

    account: Account
    enrolment_code: str = ""
    """Empty in the answer to a repeat: only its hash is kept."""
    otpauth_uri: str = ""


class Accounts:
    """The use cases of ``AccountService``."""

    def __init__(self, store: AccountStore, publication: Publication, codes: Codes, clock: Clock) -> None:
        self._store = store
        self._publication = publication
        self._codes = codes
        self._clock = clock

    def register(self, request: Request, account_id: str, party_id: str) -> Opened:
        """Open an account.

        Raises:
            InvalidArgumentError: ACCOUNT_ID_FORM, or ROLE_WITHOUT_ACCOUNTS: whoever could make himself an
                administrator by a password would be one.
            NotFoundError: PARTY_UNKNOWN.
            AlreadyExistsError: ACCOUNT_EXISTS, REQUEST_ID_REUSED.
        """
        with field_errors():
            check_account_id(account_id)

        def add(transaction: AccountTransaction, now_ms: int) -> Account:
            if transaction.account(account_id) is not None:
                raise AlreadyExistsError(
                    f"account_id: {account_id!r} is taken; choose another, or reset it",
                    zh=f"account_id：{account_id!r} 已被使用；请另选，或重置该账号",
                    field="account_id",
                    reason="ACCOUNT_EXISTS",
                )
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
            return Account(account_id, party_id, AccountState.PENDING, now_ms, now_ms, "")

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
        with self._store.write() as transaction:

            def open_it() -> str:
                account = find(transaction, now_ms).reset(secret, tokens.digest(code), now_ms)
                transaction.put_account(account)
                transaction.enter(action, account_id, "", {"party_id": account.party_id})
                return account_id

            _, is_new = once(transaction, request, open_it, now_ms)
            account = _known(transaction, account_id)
        require_published(self._publication)
        if not is_new:
            return Opened(account)
        return Opened(account, code, self._codes.uri(secret, account_id))


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
