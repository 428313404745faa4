"""An act of somebody in a case: once, by whoever may, if the ladder has it; else an answer that says why not.

1. a request that was answered before gets the same answer;
2. the case is loaded, if it is the caller's to see, and what the policy has due in it is done first, so that
   what may be done does not hang on when the last tick was;
3. the step is taken if ``core/cases.py`` has it for the caller in this state, else nothing changes;
4. step, letter, alert, ledger entry and answer are committed together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from kit.clock import Clock
from kit.errors import (
    FailedPreconditionError,
    PermissionDeniedError,
)
from kit.requests import KEEP_MS, check_request_id, request_id_reused
from kit.security.caller import Caller
from services.notify.audiences import sees_place
from services.notify.casework.ports import CaseworkBook, Officials, Transactions
from services.notify.casework.refusals import case_not_found
from services.notify.casework.rights import may_approve, widened
from services.notify.core.absences import Absence
from services.notify.core.cases import Case
from services.notify.core.policy import EscalationRule
from services.notify.ladder.climbing import Climbing
from services.notify.ladder.settling import Settling
from services.notify.ladder.turn import CaseTurn

APPROVAL_NOT_YOURS = "APPROVAL_NOT_YOURS"

T = TypeVar("T")


class Asked(NamedTuple):
    """A mutation as it is recognised when it comes again."""

    caller: Caller
    request_id: str
    content_sha256: bytes


@dataclass(slots=True)
class Act:
    """One act at work, within its transaction."""

    caller: Caller
    book: CaseworkBook
    turn: CaseTurn
    request_id: str = ""
    """Of the caller: two acts of one moment are told apart by it."""

    @property
    def department_id(self) -> str:
        """Whose department acts: the caller, or the one it belongs to."""
        return self.caller.department_id or self.caller.party_id


class Casework:
    """What every act has in common."""

    def __init__(
        self, climbing: Climbing, officials: Officials, transactions: Transactions, clock: Clock
    ) -> None:
        self.climbing = climbing
        self.settling = Settling(climbing)
        self.officials = officials
        self._transactions = transactions
        self._clock = clock

    def once(self, asked: Asked, act: Callable[[Act], T], encode: Callable[[T], bytes]) -> bytes:
        """The answer to a request, as ``encode`` makes it of what ``act`` did; the earlier one to a repeat.

        Raises:
            InvalidArgumentError: REQUEST_ID_FORM.
            AlreadyExistsError: REQUEST_ID_REUSED.
        """
        check_request_id(asked.request_id)
        try:
            return self._once(asked, act, encode)
        except PermissionDeniedError as refused:
            if refused.reason == APPROVAL_NOT_YOURS:
                with self._transactions() as book:
                    subject = f"case/{refused.metadata['case_id']}"
                    book.enter("case.approval_refused", subject, asked.caller.party_id, refused.zh)
            raise

    def _once(self, asked: Asked, act: Callable[[Act], T], encode: Callable[[T], bytes]) -> bytes:
        party_id = asked.caller.party_id
        with self._transactions() as book:
            now_ms = self._clock()
            earlier = book.earlier_answer(party_id, asked.request_id, now_ms - KEEP_MS)
            if earlier is not None:
                if earlier.content_sha256 != asked.content_sha256:
                    raise request_id_reused(asked.request_id)
                return earlier.response
            doing = Act(asked.caller, book, CaseTurn(now_ms), asked.request_id)
            response = encode(act(doing))
            book.send(doing.turn.close(book))
            book.keep_answer(party_id, asked.request_id, asked.content_sha256, response, now_ms)
            return response

    def case(self, act: Act, case_id: str, *, standing_in: bool = False) -> Case:
        """The case, after what the policy has due in it. ``standing_in``: also if it is to be seen only by an
        official in whose place the caller stands.

        Raises:
            NotFoundError: CASE_NOT_FOUND, if there is none or it is not the caller's to see.
        """
        case = act.book.case_of_id(case_id)
        caller = act.caller
        if standing_in:
            absences = act.book.absences_of_deputy(caller.party_id, act.turn.today)
            caller = widened(caller, absences, self.officials, act.turn.today)
        if case is None or not sees_place(caller, case.place):
            raise case_not_found(case_id)
        advanced = self.climbing.see_to_deadline(act.turn, case)
        if advanced is not case:
            act.book.save_case(advanced)
        return advanced

    def rule(self, case: Case) -> EscalationRule:
        """The policy's row for the case.

        Raises:
            FailedPreconditionError: POLICY_SILENT, if the policy in force has none any more.
        """
        rule = self.climbing.policy.rule_for(case.place.rule_id)
        if rule is None:
            raise FailedPreconditionError(
                f"rule_id: the policy in force has no row for {case.place.rule_id!r}; add one",
                zh=f"rule_id：现行处置规则未规定 {case.place.rule_id}；请补充相应条目",
                reason="POLICY_SILENT",
            )
        return rule

    def require_approver(self, act: Act, case: Case) -> None:
        """Refuse whoever may not approve a summons: an official of a responsible department, or who stands in
        for one today, may.

        Raises:
            PermissionDeniedError: APPROVAL_NOT_YOURS.
        """
        if may_approve(act.caller, case, self.officials, self._absences(act), act.turn.today):
            return
        own = act.caller.party_id
        of = ", ".join(case.department_ids) or "-"
        raise PermissionDeniedError(
            f"case_id: {own!r} may not decide on this summons; a named official of {of}, or the deputy "
            "during an absence, may",
            zh=f"case_id：{own} 无权审批本次约谈；应由责任部门（{of}）的具名负责人审批，"
            "其外出期间由代理人审批",
            field="case_id",
            reason=APPROVAL_NOT_YOURS,
            metadata={"case_id": case.case_id},
        )

    @staticmethod
    def _absences(act: Act) -> list[Absence]:
        return act.book.absences_of_deputy(act.caller.party_id, act.turn.today)
