"""Consultations as they are read: who sees which, and when each platform has to consult again.

=====================  ======================================================================================
the two sides          their consultations
unions, regulators     those on an area they may see the aggregates of (``kit.security.sight``)
administrator, suite   all
other platforms        none: answered as if there were no such consultation
=====================  ======================================================================================
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kit.clock import Clock
from kit.errors import InvalidArgumentError, NotFoundError
from kit.security.caller import Caller, Role
from kit.security.sight import may_see_aggregates
from services.algo_audit.consultation_ports import Consultations, KeptConsultation
from services.algo_audit.core.agenda import Duty, duty
from services.algo_audit.core.consultation import Consultation, State
from services.algo_audit.mutations import Parties, unknown_page, works_in_sight


@dataclass(frozen=True, slots=True)
class Shown:
    """A consultation as it is answered."""

    consultation: Consultation
    effects: Mapping[int, Sequence[bytes]]
    """Offer number → ``quzhong.api.algo_audit.v1.OfferEffect``."""


@dataclass(frozen=True, slots=True)
class PlatformDuty:
    """A platform's duty to consult."""

    platform_id: str
    duty: Duty
    open_consultation_id: str
    """Empty if none is open that the caller may see."""


class ConsultationReader:
    """Consultations, their packs, and duties."""

    def __init__(self, consultations: Consultations, parties: Parties, clock: Clock) -> None:
        self._consultations = consultations
        self._parties = parties
        self._clock = clock

    def get(self, caller: Caller, consultation_id: str) -> tuple[Shown, bytes]:
        """A consultation and its pack, as it was frozen.

        Raises:
            NotFoundError: CONSULTATION_NOT_FOUND.
        """
        with self._consultations.reading() as connection:
            consultation = seen(self._consultations, connection, caller, consultation_id)
            frozen = self._consultations.frozen(connection, consultation_id)
            effects = self._consultations.effects(connection, consultation_id)
        assert frozen is not None
        return Shown(consultation, effects), frozen.value

    def area_names(self, consultation: Consultation) -> Mapping[str, tuple[str, str]]:
        """What the registry calls the areas that were offered for, in Chinese and English, by their codes."""
        codes = {each.area_code for offer in consultation.offers for each in offer.proposals}
        return {code: self._parties.area_name(code) for code in sorted(codes)}

    def page(
        self, caller: Caller, platform_id: str, state: int, after: str | None, limit: int
    ) -> list[KeptConsultation]:
        """Consultations the caller may see, the last opened first; ``after``: the one that they follow, by
        its id: a number would tell how many others there are.

        Raises:
            PermissionDeniedError: FOREIGN_PLATFORM.
            InvalidArgumentError: for a state there is not, or a consultation that the caller was not shown.
        """
        if platform_id:
            caller.require_platform(platform_id)
        asked = _state(state)
        with self._consultations.reading() as connection:
            before = None if after is None else self._place(connection, caller, after)
            return self._consultations.page(connection, caller, platform_id, asked, before, limit)

    def _place(self, connection: Any, caller: Caller, consultation_id: str) -> int:
        found = self._consultations.find(connection, consultation_id)
        number = self._consultations.place(connection, consultation_id)
        if found is None or number is None or not sees(caller, found):
            raise unknown_page(consultation_id)
        return number

    def duties(self, caller: Caller, after: str, limit: int) -> list[PlatformDuty]:
        """The duty of each platform the caller sees, by id; ``after``: the id they follow."""
        now_ms = self._clock()
        seen = [
            party
            for party in self._parties.parties(Role.PLATFORM)
            if party.party_id > after and works_in_sight(caller, party)
        ][:limit]
        with self._consultations.reading() as connection:
            courses = self._consultations.courses(connection, [party.party_id for party in seen])
        duties = []
        for party in seen:
            course = courses.get(party.party_id)
            open_ids = [one.consultation_id for one in course.open if sees(caller, one)] if course else []
            due = duty(party.create_ms, course.last_end_ms if course else None, now_ms)
            duties.append(PlatformDuty(party.party_id, due, open_ids[0] if open_ids else ""))
        return duties


def seen(consultations: Consultations, connection: Any, caller: Caller, consultation_id: str) -> Consultation:
    """A consultation that the caller may see. Raises NotFoundError: CONSULTATION_NOT_FOUND."""
    consultation = consultations.find(connection, consultation_id)
    # One that is not the caller's to see is answered as if it did not exist.
    if consultation is None or not sees(caller, consultation):
        raise NotFoundError(
            "consultation_id: no such consultation that you may see; ListConsultations names them",
            zh="consultation_id：没有您可以查看的该协商；可用 ListConsultations 查询",
            field="consultation_id",
            reason="CONSULTATION_NOT_FOUND",
        )
    return consultation


def sees(caller: Caller, consultation: Consultation) -> bool:
    """Whether a consultation is the caller's to see."""
    subject = consultation.subject
    if caller.party_id in (subject.platform_id, subject.union_id):
        return True
    if caller.role is Role.PLATFORM or not caller.sees_platform(subject.platform_id):
        return False
    return may_see_aggregates(caller, subject.area_code)


def _state(state: int) -> State | None:
    try:
        return State(state) if state else None
    except ValueError:
        raise InvalidArgumentError(
            f"state: {state} is none; send 1 (open), 2 (agreed), 3 (failed), or nothing",
            zh=f"state：{state} 不是协商状态；请填写 1（进行中）、2（已达成）、3（已终止）或不填",
            field="state",
            reason="STATE_UNKNOWN",
        ) from None
