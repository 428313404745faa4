"""As whom somebody acts in a case, what they see of it, and who stands in for whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from kit.clock import Clock
from kit.security.caller import Caller, Role
from services.notify.audiences import sees_place
from services.notify.casework.ports import Officials
from services.notify.core.absences import Absence, stands_in_for
from services.notify.core.cases import Case
from services.notify.core.findings import local_day
from services.notify.core.transitions import Actor, Trigger, lawful_steps


def may_approve(
    caller: Caller, case: Case, officials: Officials, absences: Iterable[Absence], today: date
) -> bool:
    """Whether the caller may decide on a summons of the case (二.14: talks are called by a person)."""
    if caller.role is not Role.OFFICIAL:
        return False

    def may(department_id: str, areas: tuple[str, ...]) -> bool:
        there = sees_place(replace(caller, area_codes=areas), case.place)
        return there and (not case.department_ids or department_id in case.department_ids)

    if may(caller.department_id, caller.area_codes):
        return True
    away = [officials.official(each) for each in stands_in_for(list(absences), caller.party_id, today)]
    return any(may(each.department_id, each.area_codes) for each in away if each is not None)


def widened(caller: Caller, absences: Iterable[Absence], officials: Officials, today: date) -> Caller:
    """The caller with the areas of the officials in whose place it stands today."""
    if caller.role is not Role.OFFICIAL:
        return caller
    away = [officials.official(each) for each in stands_in_for(list(absences), caller.party_id, today)]
    areas = [code for each in away if each is not None for code in each.area_codes]
    return replace(caller, area_codes=tuple(dict.fromkeys([*caller.area_codes, *areas])))


def hears_both_sides(caller: Caller, case: Case) -> bool:
    """Whether what the parties say to each other is the caller's to read: theirs, and who supervises them."""
    return caller.sees_workers or is_about(caller, case)


def is_about(caller: Caller, case: Case) -> bool:
    """Whether the case is the caller's own: the platform's, or of a firm whose duty it is."""
    if caller.role is Role.PLATFORM:
        return caller.party_id == case.place.platform_id
    return caller.role is Role.PARTNER_FIRM and caller.party_id == case.place.party_id


def actors_of(
    caller: Caller, case: Case, officials: Officials, absences: Iterable[Absence], today: date
) -> frozenset[Actor]:
    """As whom the caller may act in the case."""
    absences = list(absences)
    actors = set()
    if is_about(caller, case):
        actors.add(Actor.PLATFORM)
    if caller.role in (Role.REGULATOR, Role.OFFICIAL) and sees_place(caller, case.place):
        actors.add(Actor.DEPARTMENT)
    if may_approve(caller, case, officials, absences, today):
        actors.add(Actor.APPROVER)
    return frozenset(actors)


class Rights:
    """What a caller may see and do in cases, for whoever shows them."""

    def __init__(
        self, officials: Officials, absences: Callable[[str, date], list[Absence]], clock: Clock
    ) -> None:
        """``absences``: those in which somebody stands in on a day."""
        self._officials = officials
        self._absences = absences
        self._clock = clock

    def widened(self, caller: Caller) -> Caller:
        """The caller with the areas of the officials in whose place it stands today."""
        return widened(caller, self._of(caller), self._officials, self._today)

    def next_steps(self, caller: Caller, case: Case) -> list[Trigger]:
        """What the caller may do next, in the order of the ladder; ``caller`` as it called."""
        actors = actors_of(caller, case, self._officials, self._of(caller), self._today)
        steps = {step: None for actor in Actor if actor in actors for step in lawful_steps(case.state, actor)}
        return list(steps)

    @property
    def _today(self) -> date:
        return local_day(self._clock())

    def _of(self, caller: Caller) -> list[Absence]:
        return self._absences(caller.party_id, self._today) if caller.role is Role.OFFICIAL else []
