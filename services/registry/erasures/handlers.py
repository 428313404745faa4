"""Removing a worker's data on request: the use case of ``ErasureService``.

The registry says whose data go and up to when; each service then erases what it keeps, and reads the log
without them (``kit.erasure``).
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterable

from kit.clock import Clock
from kit.directory.entries import ErasureEntry
from kit.erasure import worker_sha256
from kit.errors import FailedPreconditionError
from kit.eventlog.topics import EVENT_RETENTION_DAYS, FINDING_RETENTION_DAYS
from kit.requests import check_request_id
from kit.storage.scrubbing import Scrubbing
from services.registry.core.erasures import (
    MOST_PSEUDONYMS,
    Erasure,
    all_linked,
    check_names_nobody,
    checked_reason,
)
from services.registry.core.worker_codes import check_worker_id
from services.registry.erasures.ports import ErasureStore
from services.registry.mutations import once, require_published
from services.registry.ports import Publication, Request
from services.registry.refusals import field_errors

GONE_MS = (max(EVENT_RETENTION_DAYS, FINDING_RETENTION_DAYS) + 1) * 86_400_000
"""How long logs hold a worker's events and findings after the erasure: as their topics are kept, and a day,
for what was on its way to them then."""

FOUND = "found in the topic: the store was set back to before it"
"""Why an erasure is entered that nobody asks for now."""

_log = logging.getLogger(__name__)


class Erasures:
    """The use cases."""

    def __init__(
        self,
        store: ErasureStore,
        publication: Publication,
        clock: Clock,
        scrubbing: Scrubbing | None = None,
    ) -> None:
        """``scrubbing``: of the store."""
        self._store = store
        self._publication = publication
        self._clock = clock
        self._scrubbing = scrubbing or Scrubbing()

    def erase(self, request: Request, worker_id: str, reason: str) -> Erasure:
        """Remove what is kept of a worker up to now, under every pseudonym that links lead to.

        Raises:
            InvalidArgumentError: REQUEST_ID_FORM, PSEUDONYM_FORM, REASON_LENGTH, REASON_NAMES_WORKER.
            FailedPreconditionError: TOO_MANY_LINKED.
            AlreadyExistsError: REQUEST_ID_REUSED.
            LogUnavailableError: (retryable) it is kept, but the other services cannot be told yet.
        """
        check_request_id(request.request_id)
        with field_errors():
            check_worker_id(worker_id)
            reason = checked_reason(reason)
        now_ms = self._clock()
        with self._store.write() as transaction:

            def erase() -> str:
                pseudonyms = all_linked(worker_id, transaction.links_of)
                if len(pseudonyms) > MOST_PSEUDONYMS:
                    raise _too_many_linked()
                with field_errors():
                    check_names_nobody(reason, pseudonyms)
                # The links of what was erased before are gone: which pseudonyms they led to, its hashes tell.
                hashes = transaction.erased_with({worker_sha256(each) for each in pseudonyms})
                erasure = Erasure(
                    secrets.token_hex(8),
                    tuple(sorted(hashes)),
                    request.party_id,
                    now_ms,
                    now_ms + GONE_MS,
                )
                transaction.forget(pseudonyms)
                self._scrubbing.deleted()
                transaction.put_erasure(erasure, reason)
                return erasure.erasure_id

            erasure_id, _ = once(transaction, request, erase, now_ms)
            erasure = transaction.erasure(erasure_id)
            assert erasure is not None, "erasures are kept for ever"
        try:
            require_published(self._publication)
        finally:
            self._scrubbing.committed()
        return erasure

    def erase_again(self, told: Iterable[ErasureEntry]) -> None:
        """Remove what a store that was set back to before an erasure holds again.

        Args:
            told: the erasures of topic ``registry``.
        """
        known = set(told)
        with self._store.write() as transaction:
            lost = [each for each in known if transaction.erasure(each.erasure_id) is None]
            if not lost:
                return
            hashes = {one for each in lost for one in each.worker_sha256}
            transaction.forget({one for one in transaction.pseudonyms() if worker_sha256(one) in hashes})
            self._scrubbing.deleted()
            for each in sorted(lost, key=lambda one: one.erase_ms):
                found = Erasure(each.erasure_id, each.worker_sha256, "", each.erase_ms, each.gone_ms)
                transaction.put_erasure(found, FOUND)
        _log.warning("%d erasures were known to the topic, and not to the store: done again", len(lost))
        self._scrubbing.committed()


def _too_many_linked() -> FailedPreconditionError:
    return FailedPreconditionError(
        f"worker_id: more than {MOST_PSEUDONYMS} pseudonyms are linked with this one: no worker has so"
        " many; have the platform find the links that are wrong, and undo them (UnlinkPseudonyms)",
        zh=f"worker_id：与之关联的化名超过 {MOST_PSEUDONYMS} 个，不可能属于同一劳动者；"
        "请由平台核对错误的关联，并予以撤销（UnlinkPseudonyms）",
        field="worker_id",
        reason="TOO_MANY_LINKED",
    )
