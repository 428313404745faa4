"""Evaluating and linking pseudonyms: the use cases of ``PseudonymService``.

Nothing of what is evaluated is kept, logged or put into an error; only how much is counted.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kit.clock import Clock, show
from kit.errors import FailedPreconditionError, InvalidArgumentError, NotFoundError
from kit.eventlog.topics import EVENT_RETENTION_DAYS
from kit.requests import KEEP_MS, check_request_id, request_id_reused
from quzhong import voprf
from services.registry.core.field_error import FieldError
from services.registry.core.pseudonym_keys import KeySchedule, KeyVersion
from services.registry.core.pseudonym_links import Link, check_links, sort_links
from services.registry.ports import Request
from services.registry.pseudonym_ports import EvaluationBudget, PseudonymLinks, SecretKey

MOST_ELEMENTS = 500
"""Of one request: some 60 ms of a core, and an answer of 16 kB. As many as a client's batch of rows."""


LATE_MS = EVENT_RETENTION_DAYS * 86_400_000
"""How long after a version's end events may still come under its pseudonyms: longer than the log keeps them
nothing looks back."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What a request is answered."""

    under: KeyVersion
    elements: Sequence[bytes]
    proof: bytes


class Linked(NamedTuple):
    """What became of a request's links."""

    linked_count: int
    known_count: int
    contradicting: tuple[int, ...]


class Pseudonyms:
    """The use cases."""

    def __init__(
        self, keys: Sequence[SecretKey], budget: EvaluationBudget, links: PseudonymLinks, clock: Clock
    ) -> None:
        """Raises FieldError for keys whose schedule makes no sense."""
        self._schedule = KeySchedule([each.public for each in keys])
        self._keys = {each.public.version: each.key for each in keys}
        self._budget = budget
        self._links = links
        self._clock = clock

    def forget_destroyed(self) -> None:
        """Delete the links of versions whose key is gone: with a copy of it they would open the next."""
        if count := self._links.forget_all_but(list(self._keys)):
            _log.info("%d links of pseudonyms are gone with the version they began at", count)

    def keys(self) -> tuple[list[KeyVersion], KeyVersion]:
        """The versions that answer now, ascending, and the one events carry now."""
        now_ms = self._clock()
        return self._schedule.answering(now_ms), self._schedule.current(now_ms)

    def evaluate(self, party_id: str, key_version: int, blinded: Sequence[bytes]) -> Evaluated:
        """Evaluate a batch under a version (0: the one events carry now).

        Raises:
            InvalidArgumentError: ELEMENT_COUNT, ELEMENT_INVALID; the field names which.
            NotFoundError: KEY_VERSION_UNKNOWN.
            FailedPreconditionError: KEY_VERSION_RETIRED.
            OverloadedError: RATE_LIMITED, DAILY_BUDGET_SPENT.
        """
        if not 1 <= len(blinded) <= MOST_ELEMENTS:
            raise InvalidArgumentError(
                f"blinded_elements: {len(blinded)}; send 1–{MOST_ELEMENTS} a request",
                zh=f"blinded_elements：{len(blinded)} 个；每次请求应为 1–{MOST_ELEMENTS} 个",
                field="blinded_elements",
                reason="ELEMENT_COUNT",
            )
        version = self._answering("key_version", key_version)
        self._budget.charge(party_id, len(blinded))
        try:
            answer = voprf.evaluate(self._keys[version.version], blinded)
        except voprf.BlindedElementError as error:
            field = f"blinded_elements[{error.index}]"
            raise InvalidArgumentError(
                f"{field}: {error}; send what RFC 9497's Blind gives, 32 bytes",
                zh=f"{field}：不是 ristretto255 的有效元素（32 字节，非单位元）；请按 RFC 9497 的 Blind 生成",
                field=field,
                reason="ELEMENT_INVALID",
            ) from None
        return Evaluated(version, answer.elements, answer.proof)

    def link(self, request: Request, old_version: int, new_version: int, links: Sequence[Link]) -> Linked:
        """Take in which pseudonym follows which.

        Raises:
            InvalidArgumentError: REQUEST_ID_FORM, LINK_COUNT, PSEUDONYM_FORM, NOT_CONSECUTIVE.
            NotFoundError: KEY_VERSION_UNKNOWN.
            FailedPreconditionError: KEY_VERSION_RETIRED.
            AlreadyExistsError: REQUEST_ID_REUSED.
        """
        check_request_id(request.request_id)
        try:
            check_links(links)
        except FieldError as error:
            raise InvalidArgumentError(
                error.message, zh=error.zh, field=error.field, reason=error.reason
            ) from None
        old = self._answering("old_key_version", old_version)
        new = self._answering("new_key_version", new_version)
        if self._schedule.successor(old.version) != new.version:
            raise InvalidArgumentError(
                f"new_key_version: {new.version} does not follow {old.version}; link a version with the next",
                zh=f"new_key_version：{new.version} 不是 {old.version} 的下一版本；只能关联相邻版本",
                field="new_key_version",
                reason="NOT_CONSECUTIVE",
            )
        now_ms = self._clock()
        with self._links.write() as transaction:
            earlier = transaction.earlier_answer(request.party_id, request.request_id)
            if earlier is not None:
                if earlier.content_sha256 != request.content_sha256:
                    raise request_id_reused(request.request_id)
                linked_count, known_count, contradicting = json.loads(earlier.entity)
                return Linked(linked_count, known_count, tuple(contradicting))
            found = sort_links(
                links,
                transaction.new_of_old(old.version, [link.old for link in links]),
                transaction.old_of_new(old.version, [link.new for link in links]),
            )
            forget_ms = None if old.retire_ms is None else old.retire_ms + LATE_MS
            transaction.put_links(request.party_id, old.version, found.fresh, now_ms, forget_ms)
            linked = Linked(len(found.fresh), found.known_count, found.contradicting)
            transaction.keep_answer(request, json.dumps(linked), now_ms, KEEP_MS)
        if linked.contradicting:
            _log.warning("%s: %d links contradict known ones", request.party_id, len(linked.contradicting))
        return linked

    def _answering(self, field: str, version: int) -> KeyVersion:
        now_ms = self._clock()
        if version == 0:
            return self._schedule.current(now_ms)
        answering = self._schedule.answering(now_ms)
        for each in answering:
            if each.version == version:
                return each
        numbers = ", ".join(str(each.version) for each in answering)
        if not self._schedule.known(version):
            raise NotFoundError(
                f"{field}: there is no version {version}; {numbers} answer, see GetPseudonymKeys",
                zh=f"{field}：不存在版本 {version}；现可用的版本为 {numbers}，参见 GetPseudonymKeys",
                field=field,
                reason="KEY_VERSION_UNKNOWN",
            )
        raise FailedPreconditionError(
            f"{field}: version {version} is retired as of {show(now_ms)}; {numbers} answer",
            zh=f"{field}：版本 {version} 在 {show(now_ms)} 已停用；现可用的版本为 {numbers}",
            field=field,
            reason="KEY_VERSION_RETIRED",
        )
