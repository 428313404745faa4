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
from services.registry.core.erasures import check_names_nobody
from services.registry.core.field_error import FieldError
from services.registry.core.pseudonym_keys import KeySchedule, KeyVersion
from services.registry.core.pseudonym_links import (
    OLD_LINKED_OTHERWISE,
    Link,
    Refused,
    check_link,
    check_links,
    sort_links,
)
from services.registry.mutations import once
from services.registry.ports import Request
from services.registry.pseudonyms.ports import (
    EvaluationBudget,
    KnownLink,
    PseudonymLinks,
    SecretKey,
    Undone,
)
from services.registry.refusals import field_errors

MOST_ELEMENTS = 500
"""Of one request: some 60 ms of a core, and an answer of 16 kB. As many as a client's batch of rows."""


LONGEST_REASON = 500
"""As the ledger keeps one."""

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
    refused: tuple[Refused, ...]

    @classmethod
    def read(cls, text: str) -> Linked:
        """What was kept of an answer."""
        linked_count, known_count, refused = json.loads(text)
        # Answers from before reasons were told have places alone.
        told = (each if isinstance(each, list) else (each, OLD_LINKED_OTHERWISE) for each in refused)
        return cls(linked_count, known_count, tuple(Refused(*each) for each in told))


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
        with field_errors():
            check_links(links)
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
                return Linked.read(earlier.entity)
            known = transaction.known(old.version, links)
            found = sort_links(
                links,
                {each.link.old: each.link.new for each in known},
                {each.link.new: each.link.old for each in known},
                transaction.undone(old.version, links),
            )
            forget_ms = None if old.retire_ms is None else old.retire_ms + LATE_MS
            transaction.put_links(request.party_id, old.version, found.fresh, now_ms, forget_ms)
            if found.refused:
                transaction.enter_refused(
                    request.party_id,
                    old.version,
                    [each.reason for each in found.refused],
                    _contradicted([links[each.place] for each in found.refused], known),
                )
            linked = Linked(len(found.fresh), found.known_count, found.refused)
            transaction.keep_answer(request, json.dumps(linked), now_ms, KEEP_MS)
        if linked.refused:
            _log.warning("%s: %d links contradict known ones", request.party_id, len(linked.refused))
        return linked

    def unlink(self, request: Request, old_version: int, link: Link, reason: str) -> Undone:
        """Undo a link that was wrong. The reason is not in the answer to a repeat.

        Raises:
            InvalidArgumentError: REQUEST_ID_FORM, PSEUDONYM_FORM, REASON_LENGTH, REASON_NAMES_WORKER.
            NotFoundError: KEY_VERSION_UNKNOWN, LINK_UNKNOWN.
            FailedPreconditionError: LINK_NOT_APART.
            AlreadyExistsError: REQUEST_ID_REUSED.
        """
        check_request_id(request.request_id)
        with field_errors():
            check_link(link)
            _check_reason(reason)
            check_names_nobody(reason, link)
        if not self._schedule.known(old_version):
            raise self._unknown("old_key_version", old_version, self._schedule.answering(self._clock()))
        now_ms = self._clock()
        with self._links.write() as transaction:

            def undo() -> str:
                known = [each for each in transaction.known(old_version, [link]) if each.link == link]
                if not known:
                    raise NotFoundError(
                        f"new_pseudonym: there is no link of these two from version {old_version} on",
                        zh=f"new_pseudonym：自版本 {old_version} 起没有这两个化名的关联",
                        field="new_pseudonym",
                        reason="LINK_UNKNOWN",
                    )
                if not transaction.is_apart(old_version, link):
                    raise FailedPreconditionError(
                        "new_pseudonym: one of the two is linked with a third, or was and that was undone; "
                        "events can be moved back from a link that stands alone only",
                        zh="new_pseudonym：其中一个化名还关联了第三个化名，或其另一关联曾被撤销；"
                        "只有单独的关联才能撤销并移回事件",
                        field="new_pseudonym",
                        reason="LINK_NOT_APART",
                    )
                transaction.undo_link(old_version, Undone(known[0], request.party_id, reason, now_ms))
                return json.dumps([known[0].party_id, known[0].create_ms, now_ms])

            entity, _ = once(transaction, request, undo, now_ms)
        party_id, create_ms, undo_ms = json.loads(entity)
        return Undone(KnownLink(link, party_id, create_ms), request.party_id, reason, undo_ms)

    def _answering(self, field: str, version: int) -> KeyVersion:
        now_ms = self._clock()
        if version == 0:
            return self._schedule.current(now_ms)
        answering = self._schedule.answering(now_ms)
        for each in answering:
            if each.version == version:
                return each
        if not self._schedule.known(version):
            raise self._unknown(field, version, answering)
        numbers = _numbers(answering)
        raise FailedPreconditionError(
            f"{field}: version {version} is retired as of {show(now_ms)}; {numbers} answer",
            zh=f"{field}：版本 {version} 在 {show(now_ms)} 已停用；现可用的版本为 {numbers}",
            field=field,
            reason="KEY_VERSION_RETIRED",
        )

    def _unknown(self, field: str, version: int, answering: Sequence[KeyVersion]) -> NotFoundError:
        numbers = _numbers(answering)
        return NotFoundError(
            f"{field}: there is no version {version}; {numbers} answer, see GetPseudonymKeys",
            zh=f"{field}：不存在版本 {version}；现可用的版本为 {numbers}，参见 GetPseudonymKeys",
            field=field,
            reason="KEY_VERSION_UNKNOWN",
        )


def _numbers(versions: Sequence[KeyVersion]) -> str:
    return ", ".join(str(each.version) for each in versions)


def _contradicted(links: Sequence[Link], known: Sequence[KnownLink]) -> set[str]:
    """Whose links these contradict."""
    olds, news = {link.old for link in links}, {link.new for link in links}
    return {each.party_id for each in known if each.link.old in olds or each.link.new in news}


def _check_reason(reason: str) -> None:
    if not 1 <= len(reason.strip()) <= LONGEST_REASON:
        raise FieldError(
            "reason",
            "REASON_LENGTH",
            f"{len(reason)} characters; say in 1–{LONGEST_REASON} why the link is wrong, for the ledger",
            f"{len(reason)} 个字符；请用 1–{LONGEST_REASON} 个字符说明关联为何有误，将记入账本",
        )
