"""What is to be done by when: the deadlines, talks and promises of cases in a span of days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from services.notify.core.cases import Case
from services.notify.core.findings import Place, local_day
from services.notify.core.talks import Talk, TalkState
from services.notify.core.text import Text
from services.notify.core.transitions import CaseState


class AgendaKind(IntEnum):
    """The values equal ``quzhong.api.notify.v1.AgendaKind``."""

    ANSWER_DUE = 1
    TALK = 2
    RECTIFICATION_DUE = 3
    RECHECK_DUE = 4
    APPROVAL_AWAITED = 5
    COMMITMENT_DUE = 6


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One thing on a day (Asia/Shanghai)."""

    day: date
    kind: AgendaKind
    case_id: str
    place: Place
    title: Text
    number: int = 0
    """Tells several promises of one case and day apart."""
    start_ms: int | None = None
    """Of a talk."""
    where: str = ""

    @property
    def key(self) -> tuple[str, int, str, int]:
        """Its place in the order of the agenda."""
        return self.day.isoformat(), int(self.kind), self.case_id, self.number


_OF_STATE = {
    CaseState.WARNED: AgendaKind.ANSWER_DUE,
    CaseState.RECTIFYING: AgendaKind.RECTIFICATION_DUE,
    CaseState.ANSWERED: AgendaKind.RECHECK_DUE,
    CaseState.RECHECKING: AgendaKind.RECHECK_DUE,
}


def agenda(
    cases: Iterable[Case], talks: Iterable[tuple[Talk, Case]], first: date, last: date
) -> list[AgendaItem]:
    """What falls on the days from ``first`` to ``last``, in order.

    An approval is awaited on the day its summons was proposed. Promises are those of talks that were held.
    """
    items = [item for case in cases if (item := _of_case(case)) is not None]
    for talk, case in talks:
        items += _of_talk(talk, case)
    return sorted((item for item in items if first <= item.day <= last), key=lambda item: item.key)


def _of_case(case: Case) -> AgendaItem | None:
    if case.state is CaseState.SUMMONS_PROPOSED:
        day = local_day(case.step_time_ms)
        return AgendaItem(day, AgendaKind.APPROVAL_AWAITED, case.case_id, case.place, case.title)
    kind = _OF_STATE.get(case.state)
    if kind is None or case.deadline is None:
        return None
    return AgendaItem(case.deadline, kind, case.case_id, case.place, case.title)


def _of_talk(talk: Talk, case: Case) -> list[AgendaItem]:
    if talk.state is TalkState.SCHEDULED:
        item = AgendaItem(
            local_day(talk.start_ms),
            AgendaKind.TALK,
            case.case_id,
            case.place,
            case.title,
            start_ms=talk.start_ms,
            where=talk.place,
        )
        return [item]
    if talk.state is not TalkState.HELD:
        return []
    return [
        AgendaItem(
            promise.due,
            AgendaKind.COMMITMENT_DUE,
            case.case_id,
            case.place,
            Text(promise.text, promise.text),
            number,
        )
        for number, promise in enumerate(talk.commitments)
        if promise.due is not None
    ]
