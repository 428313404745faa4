"""Credentials: issued, shown once, ended."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from kit.clock import Clock
from kit.errors import FailedPreconditionError, NotFoundError
from kit.requests import check_request_id
from kit.security import tokens
from services.registry.core.pages import Page, page_of
from services.registry.core.parties import Credential, Party
from services.registry.mutations import once, require_published
from services.registry.ports import Publication, RegistryStore, Request, Transaction, View
from services.registry.refusals import field_errors, unknown_party

_log = logging.getLogger(__name__)


class Issued(NamedTuple):
    """A credential as it is answered."""

    party: Party
    credential_id: str
    token: str
    """Empty in the answer to a repeat: only its hash is kept."""


class Credentials:
    """The use cases around credentials."""

    def __init__(self, store: RegistryStore, publication: Publication, clock: Clock) -> None:
        self._store = store
        self._publication = publication
        self._clock = clock

    def issue_credential(self, request: Request, party_id: str) -> Issued:
        """A further credential.

        Raises:
            InvalidArgumentError: for a request_id that makes no sense.
            NotFoundError: PARTY_UNKNOWN.
            AlreadyExistsError: REQUEST_ID_REUSED.
        """
        check_request_id(request.request_id)
        return self.issue(request, lambda transaction: _existing(transaction, party_id))

    def revoke_credential(
        self, request: Request, credential_id: str, whose: str = "", shown: str = ""
    ) -> int:
        """End a credential; answers when it was ended for the first time, epoch milliseconds.

        ``whose``: only one of this party's; to it others' do not exist. It may not end the one that it shows
        (``shown``), so that who ends its credentials one by one is not left outside.

        Raises:
            InvalidArgumentError: for a request_id that makes no sense.
            NotFoundError: CREDENTIAL_UNKNOWN.
            FailedPreconditionError: CREDENTIAL_SHOWN.
            AlreadyExistsError: REQUEST_ID_REUSED.
            LogUnavailableError: (retryable) it is ended, but the other services cannot be told yet.
        """
        check_request_id(request.request_id)
        now_ms = self._clock()
        with self._store.write() as transaction:

            def revoke() -> str:
                credential = transaction.credential(credential_id)
                if credential is None or whose not in ("", credential.party_id):
                    raise NotFoundError(
                        f"credential_id: none is {credential_id!r}; it stands between the two _ of the token",
                        zh=f"credential_id：不存在 {credential_id!r}；编号是令牌中两个 _ 之间的部分",
                        field="credential_id",
                        reason="CREDENTIAL_UNKNOWN",
                    )
                if whose and credential_id == shown:
                    raise FailedPreconditionError(
                        "credential_id: it is the one this call was made with; use another, or ask the"
                        " registry's administrator",
                        zh="credential_id：正是本次调用所用的凭证；请改用另一凭证，或联系登记处管理员",
                        field="credential_id",
                        reason="CREDENTIAL_SHOWN",
                    )
                if credential.revoke_ms is None:
                    transaction.put_credential(replace(credential, revoke_ms=now_ms))
                return credential_id

            ended, _ = once(transaction, request, revoke, now_ms)
            revoked = transaction.credential(ended)
        require_published(self._publication)
        assert revoked is not None
        assert revoked.revoke_ms is not None
        return revoked.revoke_ms

    def listed(self, party_id: str, include_revoked: bool, page: Page) -> tuple[Sequence[Credential], str]:
        """Credentials by party and age, and the next page's token.

        Raises:
            NotFoundError: PARTY_UNKNOWN; an empty id is everybody.
            InvalidArgumentError: for a page that makes no sense.
        """
        with self._store.read() as view:
            if party_id:
                _existing(view, party_id)
            found = view.credentials(party_id)
        wanted = [one for one in found if include_revoked or one.revoke_ms is None]
        with field_errors():
            return page_of(wanted, lambda one: one.sort_key, page.size, page.token)

    def issue(self, request: Request, party_of: Callable[[Transaction], Party]) -> Issued:
        """A credential for the party that ``party_of`` finds, or admits, in the same transaction.

        Raises:
            AlreadyExistsError: REQUEST_ID_REUSED, and whatever ``party_of`` raises.
        """
        now_ms = self._clock()
        new = tokens.issue()
        with self._store.write() as transaction:

            def add_credential() -> str:
                party = party_of(transaction)
                transaction.put_credential(
                    Credential(new.credential_id, party.party_id, new.secret_sha256, now_ms)
                )
                return new.credential_id

            credential_id, is_new = once(transaction, request, add_credential, now_ms)
            credential = transaction.credential(credential_id)
            party = transaction.party(credential.party_id) if credential else None
        assert party is not None
        if not self._publication.wait():
            # The token can be told only now, so it is told although it may be refused elsewhere for a while.
            _log.warning("credential %s is not in the log yet; it works once it is", credential_id)
        return Issued(party, credential_id, new.token if is_new else "")


def _existing(view: View, party_id: str) -> Party:
    party = view.party(party_id)
    if party is None:
        raise unknown_party(party_id)
    return party
