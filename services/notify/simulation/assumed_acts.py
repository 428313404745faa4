"""What a simulation assumes that people do, through the same use cases that serve them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time

from kit.security.caller import Caller, Role
from kit.working_days import WorkingDays
from services.notify.casework.acts import Act, Casework
from services.notify.casework.ports import Transactions
from services.notify.casework.rectifying import Rectifying
from services.notify.casework.replying import Replying
from services.notify.casework.summonses import Invitation, Summonses
from services.notify.core import ladder
from services.notify.core.cases import Case
from services.notify.core.findings import SHANGHAI
from services.notify.core.letters import NoticeKind
from services.notify.core.replies import ReplyKind
from services.notify.ladder.turn import CaseTurn

OFFICIAL, DEPARTMENT = "official", "department"
"""Who acts for the authorities: nobody in particular."""

_TALK = time(10), time(11)


class AssumedActs:
    """Platforms that answer, and an official who does at once what the ladder waits for."""

    def __init__(
        self, casework: Casework, transactions: Transactions, days: WorkingDays, clock: Callable[[], int]
    ) -> None:
        self._casework = casework
        self._transactions = transactions
        self._days = days
        self._clock = clock
        self._replying = Replying(casework)
        self._summonses = Summonses(casework)
        self._rectifying = Rectifying(casework)

    def answer(self, case: Case) -> None:
        """The platform, or its firm, answers the warning."""
        of = case.place.party_id or case.place.platform_id
        role = Role.PLATFORM if of == case.place.platform_id else Role.PARTNER_FIRM
        caller = Caller(of, role, (case.place.area_code,), (case.place.platform_id,))
        with self._acting(caller) as act:
            warning = act.book.latest_notice(case.case_id, NoticeKind.WARNING)
            if warning is not None:
                said = "（模拟）已核查并答复。"
                self._replying.reply(act, warning.notice_id, ReplyKind.ANSWER, said, (), "")

    def approve(self, case: Case) -> None:
        """The official approves the summons."""
        with self._acting(_official(case)) as act:
            self._summonses.approve(act, case.case_id, "（模拟）同意约谈。")

    def summon(self, case: Case) -> None:
        """To a talk on the first day there may be one."""
        with self._acting(_official(case)) as act:
            rule = self._casework.rule(case)
            day = ladder.earliest_talk(rule.ladder, self._days, act.turn.today)
            start_ms, end_ms = (_moment_ms(day, clock) for clock in _TALK)
            self._summonses.send(act, case.case_id, Invitation(start_ms, end_ms, "（模拟）"))

    def hold(self, case: Case) -> None:
        """The talk is held as it was set."""
        with self._acting(_official(case)) as act:
            self._summonses.record(
                act, case.case_id, appeared=True, minutes="（模拟）已约谈。", commitments=()
            )

    def order(self, case: Case) -> None:
        """What is to be mended by when, as the policy says."""
        with self._acting(_official(case)) as act:
            self._rectifying.order(act, case.case_id, "", "")

    @contextmanager
    def _acting(self, caller: Caller) -> Iterator[Act]:
        with self._transactions() as book:
            act = Act(caller, book, CaseTurn(self._clock()))
            yield act
            act.turn.close(book)


def _official(case: Case) -> Caller:
    return Caller(OFFICIAL, Role.OFFICIAL, (case.place.area_code,), department_id=DEPARTMENT)


def _moment_ms(day: date, clock: time) -> int:
    return int(datetime.combine(day, clock, SHANGHAI).timestamp() * 1000)
