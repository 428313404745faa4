"""The use cases of ``AppealService``.

==============================  ==============================================================================
caller                          appeals
==============================  ==============================================================================
platform                        its own; it alone answers them
union                           those it filed; of others what packs count: rows would undo its suppression
regulator, official             those at platforms that work in its areas
auditor, administrator, suite   all
==============================  ==============================================================================

What is not the caller's to see is answered as if it did not exist.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from kit.clock import Clock
from kit.errors import AlreadyExistsError, InvalidArgumentError, NotFoundError
from kit.requests import check_request_id
from kit.security.caller import Caller, Role
from kit.security.sight import own_areas
from services.algo_audit.appeal_ports import AppealBook, AppealFilter, KeptAppeal
from services.algo_audit.core import appeal as core
from services.algo_audit.core.appeal import Appeal, AppealCounts, Penalty, State
from services.algo_audit.core.cohort_keys import DAY_MS
from services.algo_audit.mutations import (
    Answers,
    Mutation,
    Parties,
    earlier_entity,
    refusals,
    unknown_page,
    unknown_platform,
    works_in_sight,
)


@dataclass(frozen=True, slots=True)
class ShownAppeal:
    """An appeal as a caller may see it."""

    appeal: Appeal
    overdue: bool


@dataclass(frozen=True, slots=True)
class AppealPage:
    """Part of a list."""

    appeals: list[ShownAppeal]
    next_after: str | None
    """The appeal that the next page follows; None if this is the last. Its id, which its reader has: appeals
    are numbered over all platforms, so a number would tell how many the others have."""


class AppealDesk:
    """Files appeals, takes answers, and counts them."""

    def __init__(
        self,
        book: AppealBook,
        answers: Answers,
        parties: Parties,
        clock: Clock,
        new_id: Callable[[], str],
        *,
        reply_within_days: int = core.REPLY_WITHIN_DAYS,
    ) -> None:
        """``new_id``: the id of the next appeal, one that was never given before."""
        self._book = book
        self._answers = answers
        self._parties = parties
        self._clock = clock
        self._new_id = new_id
        self._reply_within_ms = reply_within_days * DAY_MS

    def file(self, caller: Caller, mutation: Mutation, penalty: Penalty, grounds: str) -> ShownAppeal:
        """File an appeal.

        Raises:
            InvalidArgumentError: for a field that makes no sense.
            PermissionDeniedError: FOREIGN_PLATFORM.
            NotFoundError: PLATFORM_UNKNOWN: not registered, or not working in the union's areas.
            AlreadyExistsError: REQUEST_ID_REUSED; APPEAL_EXISTS: the same penalty is appealed against and not
                answered yet.
        """
        check_request_id(mutation.request_id)
        if caller.role is Role.PLATFORM:
            penalty = replace(penalty, platform_id=penalty.platform_id or caller.party_id)
        caller.require_platform(penalty.platform_id)
        platform = self._parties.platform(penalty.platform_id)
        if platform is None or not works_in_sight(caller, platform):
            raise unknown_platform(penalty.platform_id)
        now_ms = self._clock()
        with refusals():
            appeal = core.filed(
                self._new_id(), penalty, grounds, caller.party_id, now_ms, self._reply_within_ms
            )
        with self._book.transaction() as connection:
            earlier = earlier_entity(self._answers, connection, mutation)
            if earlier is not None:
                return self._shown(self._found(connection, caller, earlier))
            first = self._book.unanswered(connection, penalty)
            if first is not None:
                raise _appeal_exists(first)
            self._book.add(connection, appeal)
            self._answers.keep(connection, mutation, appeal.appeal_id, now_ms)
        return self._shown(appeal)

    def reply(
        self, caller: Caller, mutation: Mutation, appeal_id: str, outcome: int, text: str
    ) -> ShownAppeal:
        """Take the platform's answer.

        Raises:
            InvalidArgumentError: for a field that makes no sense.
            NotFoundError: APPEAL_NOT_FOUND.
            FailedPreconditionError: APPEAL_ANSWERED.
            AlreadyExistsError: REQUEST_ID_REUSED.
        """
        check_request_id(mutation.request_id)
        with self._book.transaction() as connection:
            appeal = self._found(connection, caller, appeal_id)
            if earlier_entity(self._answers, connection, mutation) is not None:
                return self._shown(appeal)
            now_ms = self._clock()
            with refusals():
                answered = core.answered(appeal, caller.party_id, outcome, text, now_ms)
            self._book.put(connection, answered)
            self._answers.keep(connection, mutation, appeal_id, now_ms)
        return self._shown(answered)

    def get(self, caller: Caller, appeal_id: str) -> ShownAppeal:
        """An appeal.

        Raises:
            NotFoundError: APPEAL_NOT_FOUND.
        """
        with self._book.reading() as connection:
            return self._shown(self._found(connection, caller, appeal_id))

    def page(
        self,
        caller: Caller,
        platform_id: str,
        state: int,
        after: str | None,
        size: int,
        *,
        overdue_only: bool = False,
    ) -> AppealPage:
        """Appeals the caller may see, the last filed first; ``after``: the appeal that they follow.

        Raises:
            PermissionDeniedError: FOREIGN_PLATFORM.
            InvalidArgumentError: for a state there is not, or an appeal that the caller was not shown.
        """
        asked = self._filter(caller, platform_id, _state(state), size + 1, overdue_only)
        with self._book.reading() as connection:
            if after is not None:
                asked = replace(asked, before=self._place(connection, caller, after))
            kept = self._book.page(connection, asked, self._clock())
        shown: list[KeptAppeal] = kept[:size]
        return AppealPage(
            [self._shown(one.appeal) for one in shown],
            shown[-1].appeal.appeal_id if len(kept) > size else None,
        )

    def _place(self, connection: Any, caller: Caller, appeal_id: str) -> int:
        appeal, number = self._book.find(connection, appeal_id), self._book.place(connection, appeal_id)
        if appeal is None or number is None or not self._sees(caller, appeal):
            raise unknown_page(appeal_id)
        return number

    def counts(self, platform_id: str, start_ms: int | None, end_ms: int | None) -> AppealCounts:
        """The appeals against a platform filed from ``start_ms`` on and before ``end_ms``: for a pack."""
        with self._book.reading() as connection:
            counts, workers = self._book.counts(connection, platform_id, start_ms, end_ms, self._clock())
        return core.publishable(counts, workers)

    def _filter(
        self,
        caller: Caller,
        platform_id: str,
        state: State | None,
        limit: int,
        overdue_only: bool,
    ) -> AppealFilter:
        if platform_id:
            caller.require_platform(platform_id)
        if caller.role is Role.PLATFORM:
            seen: list[str] | None = [caller.party_id]
        elif own_areas(caller) is None or not caller.sees_workers:
            seen = None
        else:
            parties = self._parties.parties(Role.PLATFORM)
            seen = [party.party_id for party in parties if works_in_sight(caller, party)]
        if platform_id:
            seen = [platform_id] if seen is None or platform_id in seen else []
        filed_by = "" if caller.sees_workers else caller.party_id
        return AppealFilter(seen, filed_by, state, overdue_only, None, limit)

    def _found(self, connection: Any, caller: Caller, appeal_id: str) -> Appeal:
        appeal = self._book.find(connection, appeal_id)
        if appeal is None or not self._sees(caller, appeal):
            raise NotFoundError(
                "appeal_id: no such appeal that you may see; ListAppeals names them",
                zh="appeal_id：没有您可以查看的该申诉；可用 ListAppeals 查询",
                field="appeal_id",
                reason="APPEAL_NOT_FOUND",
            )
        return appeal

    def _sees(self, caller: Caller, appeal: Appeal) -> bool:
        if caller.party_id in (appeal.filed_by, appeal.penalty.platform_id) or own_areas(caller) is None:
            return True
        platform = self._parties.platform(appeal.penalty.platform_id)
        return caller.sees_workers and platform is not None and works_in_sight(caller, platform)

    def _shown(self, appeal: Appeal) -> ShownAppeal:
        return ShownAppeal(appeal, appeal.overdue(self._clock()))


def _appeal_exists(appeal_id: str) -> AlreadyExistsError:
    return AlreadyExistsError(
        f"order_id: an appeal against this penalty is open already, {appeal_id}; wait for the platform's "
        "answer to it, or name the order if another penalty is meant",
        zh=f"order_id：针对该处罚的申诉 {appeal_id} 尚待平台答复；"
        "请等待答复，若所指为另一处罚，请填写其订单号",
        field="order_id",
        reason="APPEAL_EXISTS",
        metadata={"appeal_id": appeal_id},
    )


def _state(state: int) -> State | None:
    try:
        return State(state) if state else None
    except ValueError:
        raise InvalidArgumentError(
            f"state: {state} is none; send 1 (filed), 2 (upheld), 3 (rejected), or nothing",
            zh=f"state：{state} 不是申诉状态；请填写 1（待答复）、2（成立）、3（不成立）或不填",
            field="state",
            reason="STATE_UNKNOWN",
        ) from None
