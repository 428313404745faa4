"""What the registry does with a call: check, then write and publish in one transaction.

Each mutation goes the same way:

1. the core checks the fields, before anything is read, so that a wrong field is named whatever else holds;
2. in one transaction: a repeat gets its earlier answer; else the entity, its record for topic ``registry``
   and the answer are written;
3. the answer goes out once the topic has the record, so that what it says holds for whoever calls next.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import NamedTuple

from kit.clock import Clock
from kit.errors import AlreadyExistsError, InvalidArgumentError, LogUnavailableError, NotFoundError
from kit.security import tokens
from kit.security.caller import Caller
from services.registry.core.areas import Area, Areas
from services.registry.core.field_error import FieldError
from services.registry.core.pages import page_of
from services.registry.core.parties import (
    Credential,
    Party,
    Role,
    check_party_id,
    check_supervisor_role,
    checked_area_codes,
    checked_names,
)
from services.registry.core.requests import check_request_id
from services.registry.core.sight import sees_party, sees_threshold
from services.registry.core.thresholds import Declaration, Threshold, check_declaration, declare
from services.registry.ports import Publication, RegistryStore, Request, Transaction

KEEP_ANSWERS_MS = 7 * 86_400_000
"""Seven days, as everywhere in the contract: longer than any client goes on resending."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class NewParty:
    """A party as an administrator describes it."""

    party_id: str
    role: int
    name_zh: str
    name_en: str
    area_codes: Sequence[str]


class Issued(NamedTuple):
    """A credential as it is answered."""

    party: Party
    credential_id: str
    token: str
    """Empty in the answer to a repeat: only its hash is kept."""


class Page(NamedTuple):
    """Which part of a list is asked for."""

    size: int
    token: str


class Registry:
    """The use cases of ``RegistryService``."""

    def __init__(self, store: RegistryStore, publication: Publication, areas: Areas, clock: Clock) -> None:
        self._store = store
        self._publication = publication
        self._areas = areas
        self._clock = clock

    def register_platform(self, request: Request, new: NewParty) -> Issued:
        """Admit a platform, with its first credential.

        Raises:
            InvalidArgumentError: for a field that makes no sense.
            AlreadyExistsError: PARTY_EXISTS or REQUEST_ID_REUSED.
        """
        with _field_errors():
            check_request_id(request.request_id)
            party = self._checked("platform_id", new)
        return self._register(request, "platform_id", party)

    def register_supervisor(self, request: Request, new: NewParty) -> Issued:
        """Admit a regulator or a union, with its first credential. Raises as ``register_platform``."""
        with _field_errors():
            check_request_id(request.request_id)
            check_supervisor_role(new.role)
            party = self._checked("party_id", new)
        return self._register(request, "party_id", party)

    def issue_credential(self, request: Request, party_id: str) -> Issued:
        """A further credential.

        Raises:
            InvalidArgumentError: for a request_id that makes no sense.
            NotFoundError: PARTY_UNKNOWN.
            AlreadyExistsError: REQUEST_ID_REUSED.
        """
        with _field_errors():
            check_request_id(request.request_id)

        def existing(transaction: Transaction) -> Party:
            party = transaction.party(party_id)
            if party is None:
                raise NotFoundError(
                    f"party_id: nobody is registered as {party_id!r}; ListParties tells who is",
                    zh=f"party_id:未登记 {party_id!r};可用 ListParties 查询",
                    field="party_id",
                    reason="PARTY_UNKNOWN",
                )
            return party

        return self._issue(request, existing)

    def revoke_credential(self, request: Request, credential_id: str) -> int:
        """End a credential; answers when it was ended for the first time, epoch milliseconds.

        Raises:
            InvalidArgumentError: for a request_id that makes no sense.
            NotFoundError: CREDENTIAL_UNKNOWN.
            AlreadyExistsError: REQUEST_ID_REUSED.
            LogUnavailableError: (retryable) it is ended, but the other services cannot be told yet.
        """
        with _field_errors():
            check_request_id(request.request_id)
        now_ms = self._clock()

        def revoke(transaction: Transaction) -> str:
            credential = transaction.credential(credential_id)
            if credential is None:
                raise NotFoundError(
                    f"credential_id: none is {credential_id!r}; it stands between the two _ of the token",
                    zh=f"credential_id:不存在 {credential_id!r};编号是令牌中两个 _ 之间的部分",
                    field="credential_id",
                    reason="CREDENTIAL_UNKNOWN",
                )
            if credential.revoke_ms is None:
                transaction.put_credential(replace(credential, revoke_ms=now_ms))
            return credential_id

        with self._store.write() as transaction:
            self._once(transaction, request, revoke, now_ms)
            revoked = transaction.credential(credential_id)
        self._require_published()
        assert revoked is not None
        assert revoked.revoke_ms is not None
        return revoked.revoke_ms

    def declare_threshold(self, request: Request, declaration: Declaration) -> Threshold:
        """A platform's threshold from a date on.

        Raises:
            InvalidArgumentError: for a field that makes no sense, or that would change the past.
            NotFoundError: PLATFORM_UNKNOWN; only an administrator can meet it.
            AlreadyExistsError: REQUEST_ID_REUSED.
            LogUnavailableError: (retryable) it is kept, but the other services cannot be told yet.
        """
        with _field_errors():
            check_request_id(request.request_id)
            check_declaration(declaration, self._areas)
        now_ms = self._clock()

        def add_version(transaction: Transaction) -> str:
            platform = transaction.party(declaration.platform_id)
            if platform is None or platform.role is not Role.PLATFORM:
                raise NotFoundError(
                    f"platform_id: no platform is called {declaration.platform_id!r}; register it first",
                    zh=f"platform_id:未登记平台 {declaration.platform_id!r};请先登记",
                    field="platform_id",
                    reason="PLATFORM_UNKNOWN",
                )
            versions = transaction.versions(declaration.threshold_id)
            with _field_errors():
                threshold, is_new = declare(declaration, versions, now_ms)
            if is_new:
                transaction.put_threshold(threshold)
            return threshold.key

        with self._store.write() as transaction:
            key, _ = self._once(transaction, request, add_version, now_ms)
            versions = transaction.versions(declaration.threshold_id)
        self._require_published()
        return next(version for version in versions if version.key == key)

    def parties(self, caller: Caller, role: int, page: Page) -> tuple[Sequence[Party], str]:
        """The parties the caller sees, of a role or (0) of all, by id; and the next page's token.

        Raises:
            InvalidArgumentError: for a page that makes no sense.
        """
        with self._store.read() as view:
            parties = view.parties()
        visible = [party for party in parties if role in (0, party.role) and sees_party(caller, party)]
        with _field_errors():
            return page_of(visible, lambda party: party.party_id, page.size, page.token)

    def thresholds(
        self, caller: Caller, platform_id: str, metric_id: str, page: Page
    ) -> tuple[Sequence[Threshold], str]:
        """All versions of the thresholds the caller sees, by threshold and version; and the next token.

        An empty ``platform_id`` or ``metric_id`` does not restrict.

        Raises:
            InvalidArgumentError: for a page that makes no sense.
        """
        with self._store.read() as view:
            thresholds = view.thresholds(platform_id, metric_id)
        visible = [threshold for threshold in thresholds if sees_threshold(caller, threshold)]
        with _field_errors():
            return page_of(visible, lambda threshold: threshold.sort_key, page.size, page.token)

    def areas(self, parent_code: str, page: Page) -> tuple[Sequence[Area], str]:
        """The areas within one, or all, by code; and the next page's token.

        Raises:
            InvalidArgumentError: for an unknown parent, or a page that makes no sense.
        """
        with _field_errors():
            within = self._areas.within(parent_code)
            return page_of(within, lambda area: area.area_code, page.size, page.token)

    def _checked(self, field: str, new: NewParty) -> Party:
        check_party_id(field, new.party_id)
        name_zh, name_en = checked_names(new.name_zh, new.name_en)
        area_codes = checked_area_codes(new.area_codes, self._areas)
        return Party(new.party_id, Role(new.role), name_zh, name_en, area_codes, self._clock())

    def _register(self, request: Request, field: str, party: Party) -> Issued:
        def admit(transaction: Transaction) -> Party:
            if transaction.party(party.party_id) is not None:
                raise AlreadyExistsError(
                    f"{field}: {party.party_id!r} is registered; choose another id, or IssueCredential",
                    zh=f"{field}:{party.party_id!r} 已登记;请换一个编号,或用 IssueCredential 申领令牌",
                    field=field,
                    reason="PARTY_EXISTS",
                )
            transaction.put_party(party)
            return party

        return self._issue(request, admit)

    def _issue(self, request: Request, party_of: Callable[[Transaction], Party]) -> Issued:
        now_ms = self._clock()
        new = tokens.issue()

        def add_credential(transaction: Transaction) -> str:
            party = party_of(transaction)
            transaction.put_credential(
                Credential(new.credential_id, party.party_id, new.secret_sha256, now_ms)
            )
            return new.credential_id

        with self._store.write() as transaction:
            credential_id, is_new = self._once(transaction, request, add_credential, now_ms)
            credential = transaction.credential(credential_id)
            party = transaction.party(credential.party_id) if credential else None
        assert party is not None
        if not self._publication.wait():
            # The token can be told only now, so it is told although it may be refused elsewhere for a while.
            _log.warning("credential %s is not in the log yet; it works once it is", credential_id)
        return Issued(party, credential_id, new.token if is_new else "")

    def _once(
        self, transaction: Transaction, request: Request, act: Callable[[Transaction], str], now_ms: int
    ) -> tuple[str, bool]:
        """The id of what ``act`` wrote, now or when the request came first; and whether it was now."""
        earlier = transaction.earlier_answer(request.party_id, request.request_id)
        if earlier is None:
            entity = act(transaction)
            transaction.keep_answer(request, entity, now_ms, KEEP_ANSWERS_MS)
            return entity, True
        if earlier.content_sha256 != request.content_sha256:
            raise AlreadyExistsError(
                f"request_id: {request.request_id!r} was used for another request; choose a new one",
                zh=f"request_id:{request.request_id!r} 已用于另一请求;请更换",
                field="request_id",
                reason="REQUEST_ID_REUSED",
            )
        return earlier.entity, False

    def _require_published(self) -> None:
        if not self._publication.wait():
            raise LogUnavailableError(
                "kept, but the other services cannot be told yet; send the same request again",
                zh="已保存,但暂时无法通知其他服务;请重发同一请求",
                reason="NOT_PUBLISHED_YET",
            )


@contextmanager
def _field_errors() -> Iterator[None]:
    try:
        yield
    except FieldError as error:
        raise InvalidArgumentError(
            error.message, zh=error.zh, field=error.field, reason=error.reason
        ) from error
