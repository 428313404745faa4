"""Workers see their own record: a one-time code is issued by who vouches for them, and turned into a token.

The token is an access token like any other (``issuing.TokenIssuer``), of a credential that stands for all the
party's workers: to revoke ``workers-<party_id>`` ends every such session, and lets nobody in any more.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from kit.clock import Clock
from kit.errors import OverloadedError, PermissionDeniedError, UnauthenticatedError
from kit.requests import check_request_id
from kit.security import tokens
from services.registry.core.erasures import check_names_nobody
from services.registry.core.pages import Page, page_of
from services.registry.core.parties import Credential, Role
from services.registry.core.worker_codes import (
    ALPHABET,
    CODE_LENGTH,
    CODE_MS,
    DAY_MS,
    KEEP_MS,
    MOST_A_DAY,
    MOST_OF_A_WORKER,
    SESSION_S,
    WorkerCode,
    check_worker_id,
    checked_reason,
    read,
    shown,
)
from services.registry.identity.issuing import TokenIssuer
from services.registry.identity.ports import (
    Client,
    Granting,
    GuessLimit,
    WorkerCodeStore,
    WorkerCodeTransaction,
    WorkerCodeView,
)
from services.registry.identity.refused_asks import RefusedAsks
from services.registry.mutations import once, require_published
from services.registry.ports import Publication, Request
from services.registry.refusals import field_errors

GRANT = "urn:quzhong:grant-type:worker-code"
"""How the ledger names what the token was given for."""
WORKERS = "workers"
"""Whose codes were refused: who typed them is not known."""
VOUCHING = (Role.PLATFORM, Role.UNION)


@dataclass(frozen=True, slots=True)
class Issued:
    """A code, to be handed over."""

    code: str
    """Empty in the answer to a repeat: only its hash is kept."""
    kept: WorkerCode


class Opened(NamedTuple):
    """What a code was good for."""

    token: str
    expire_ms: int


class WorkerCodes:
    """The use cases of ``WorkerCodeService``. Safe for use by many threads."""

    def __init__(
        self,
        store: WorkerCodeStore,
        publication: Publication,
        issuer: Callable[[], tuple[TokenIssuer, str]],
        refused: RefusedAsks,
        guesses: GuessLimit,
        clock: Clock,
    ) -> None:
        """``issuer``: who signs, ready to, and the address it is known by."""
        self._store = store
        self._publication = publication
        self._issuer = issuer
        self._refused = refused
        self._guesses = guesses
        self._clock = clock

    def issue(self, request: Request, worker_id: str, reason: str) -> Issued:
        """A fresh code for a worker; an unused one of the same party holds no more.

        Raises:
            InvalidArgumentError: PSEUDONYM_FORM, REASON_LENGTH, REASON_NAMES_WORKER, REQUEST_ID_FORM.
            AlreadyExistsError: REQUEST_ID_REUSED.
            PermissionDeniedError: CREDENTIAL_REVOKED, if the party may vouch for nobody any more.
            OverloadedError: TOO_MANY_CODES, for this worker or in all, saying when to come back.
            LogUnavailableError: (retryable) the other services cannot be told of the party's first code yet.
        """
        check_request_id(request.request_id)
        with field_errors():
            check_worker_id(worker_id)
            reason = checked_reason(reason)
            check_names_nobody(reason, [worker_id])
        now_ms = self._clock()
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        fresh = WorkerCode(
            secrets.token_hex(8),
            tokens.digest(code),
            request.party_id,
            worker_id,
            reason,
            now_ms,
            now_ms + CODE_MS,
        )
        with self._store.write() as transaction:

            def keep() -> str:
                self._require_room(transaction, fresh, now_ms)
                self._stand_for_workers(transaction, request.party_id, now_ms)
                transaction.forget_before(now_ms - KEEP_MS)
                transaction.replace_unused(request.party_id, worker_id)
                transaction.put_worker_code(fresh)
                transaction.enter_issued(fresh)
                return fresh.code_id

            code_id, is_new = once(transaction, request, keep, now_ms)
            kept = transaction.worker_code(code_id)
            assert kept is not None, "codes are kept longer than answers"
        require_published(self._publication)
        return Issued(shown(code) if is_new else "", kept)

    def redeem(self, typed: str, address: str) -> Opened:
        """A token that opens the record the code is for. ``address``: where it came from.

        Raises:
            UnauthenticatedError: WORKER_CODE_REFUSED, in the same words whatever is wrong.
            OverloadedError: (retryable) TOO_MANY_ATTEMPTS.
        """
        self._guesses.take(address)
        issuer, known_by = self._issuer()
        now_ms = self._clock()
        granting: Granting | None = None
        with self._store.write() as transaction:
            found = transaction.worker_code_of(tokens.digest(read(typed)))
            client = _client(transaction, found) if found is not None else None
            if found is None:
                why = "code"
            elif now_ms >= found.expire_ms:
                why = "code expired"
            elif client is None:
                why = "party"
            else:
                why = ""
                workers = transaction.pseudonyms_of(found.worker_id)
                granting = replace(issuer.granting(client, GRANT, SESSION_S), worker_ids=tuple(workers))
                used = replace(found, code_sha256=b"", redeem_ms=now_ms)
                transaction.put_worker_code(used)
                transaction.enter_redeemed(used, granting)
        if granting is None:
            self._refused.enter(WORKERS, why)
            raise _refused()
        granted = issuer.grant(granting, known_by, "")
        return Opened(granted.token, granting.expire_s * 1000)

    def listed(self, worker_ids: Sequence[str], page: Page) -> tuple[Sequence[WorkerCode], str]:
        """Codes for a worker, the newest first, and the next page's token."""
        with self._store.read() as view:
            codes = view.worker_codes(worker_ids, self._clock() - KEEP_MS)
        with field_errors():
            return page_of(codes, _newest_first, page.size, page.token)

    def _require_room(self, view: WorkerCodeView, fresh: WorkerCode, now_ms: int) -> None:
        since_ms = now_ms - DAY_MS
        if view.count_worker_codes(fresh.party_id, fresh.worker_id, since_ms) >= MOST_OF_A_WORKER:
            raise _too_many(f"{MOST_OF_A_WORKER} for one worker", f"同一劳动者 {MOST_OF_A_WORKER} 个")
        if view.count_worker_codes(fresh.party_id, "", since_ms) >= MOST_A_DAY:
            raise _too_many(f"{MOST_A_DAY} in all", f"合计 {MOST_A_DAY} 个")

    def _stand_for_workers(self, transaction: WorkerCodeTransaction, party_id: str, now_ms: int) -> None:
        """Make the credential of a party's workers when the first code is issued."""
        credential = transaction.credential(credential_id(party_id))
        if credential is None:
            transaction.put_credential(Credential(credential_id(party_id), party_id, b"", now_ms))
        elif credential.revoke_ms is not None:
            revoked = credential_id(party_id)
            raise PermissionDeniedError(
                f"credential {revoked} was revoked: {party_id} vouches for workers no more; ask the"
                " registry's administrator",
                zh=f"凭证 {revoked} 已被吊销，{party_id} 不能再签发劳动者一次性码；请联系登记处管理员",
                reason="CREDENTIAL_REVOKED",
            )


def credential_id(party_id: str) -> str:
    """Of all sessions of the workers a party vouches for."""
    return f"workers-{party_id}"


def _client(transaction: WorkerCodeView, code: WorkerCode) -> Client | None:
    """Whom the session is of; None if the party may vouch for nobody any more."""
    party = transaction.party(code.party_id)
    credential = transaction.credential(credential_id(code.party_id))
    if party is None or party.role not in VOUCHING or credential is None or credential.revoke_ms is not None:
        return None
    return Client(credential.credential_id, code.party_id, party.role, "")


def _newest_first(code: WorkerCode) -> str:
    return f"{10**15 - code.create_ms:015}/{code.code_id}"


def _refused() -> UnauthenticatedError:
    return UnauthenticatedError(
        "code: it does not hold (any more): it works once, for half an hour; ask for another",
        zh="一次性码无效：每个码只能使用一次，半小时内有效；请重新申领",
        reason="WORKER_CODE_REFUSED",
        field="code",
    )


def _too_many(what: str, zh: str) -> OverloadedError:
    error = OverloadedError(
        f"worker_id: within 24 hours a party may issue codes: {what}; send again later",
        zh=f"worker_id：24 小时内可签发的一次性码：{zh}；请稍后再试",
        reason="TOO_MANY_CODES",
    )
    error.retry_after_s = 3_600.0
    return error
