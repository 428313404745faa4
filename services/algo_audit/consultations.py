"""The use cases of ``ConsultationService``.

Each mutation goes the same way:

1. a repeat gets the consultation as it stands;
2. what takes long (freezing a pack, what-ifs of an offer) is done outside any transaction, on data that
   cannot change meanwhile;
3. in one transaction, which no other mutation runs beside: repeat again, read, step (``core.consultation``),
   write, and the agreement to the outbox.

Sight
=====================  ======================================================================================
the two sides          their consultations
unions, regulators     those on an area they may see the aggregates of (``kit.security.sight``)
administrator, suite   all
other platforms        none: answered as if there were no such consultation
=====================  ======================================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kit.clock import Clock
from kit.errors import AlreadyExistsError, InvalidArgumentError, NotFoundError
from kit.security.caller import Caller, Role
from kit.security.sight import may_see_aggregates
from services.algo_audit.consultation_ports import (
    Consultations,
    Effects,
    KeptConsultation,
    OfferEffect,
    Packs,
)
from services.algo_audit.core import consultation as core
from services.algo_audit.core.consultation import Consultation, Frozen, State, Subject
from services.algo_audit.core.free_text import checked_text
from services.algo_audit.core.metrics import METRICS
from services.algo_audit.core.proposal import Proposal
from services.algo_audit.mutations import (
    Answers,
    Mutation,
    Parties,
    check_request_id,
    earlier_entity,
    refusals,
    works_in_sight,
)
from services.algo_audit.openings import Opening, Openings
from services.algo_audit.ports import Scope


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
    duty: core.Duty
    open_consultation_id: str
    """Empty if none is open that the caller may see."""


class ConsultationDesk:
    """Opens consultations and takes the sides' steps."""

    def __init__(
        self,
        consultations: Consultations,
        answers: Answers,
        packs: Packs,
        effects: Effects,
        parties: Parties,
        clock: Clock,
        new_id: Callable[[], str],
    ) -> None:
        """``new_id``: the id of the next consultation, one that was never given before."""
        self._consultations = consultations
        self._answers = answers
        self._packs = packs
        self._effects = effects
        self._parties = parties
        self._openings = Openings(parties)
        self._clock = clock
        self._new_id = new_id

    def open(self, caller: Caller, mutation: Mutation, opening: Opening) -> Shown:
        """Freeze the pack, and begin.

        Raises:
            InvalidArgumentError: for a field that makes no sense.
            NotFoundError: PLATFORM_UNKNOWN, UNION_UNKNOWN.
            PermissionDeniedError: FOREIGN_PLATFORM, FOREIGN_UNION, FOREIGN_AREA.
            AlreadyExistsError: CONSULTATION_OPEN, REQUEST_ID_REUSED.
            QuzhongError: as of an audit, if there is nothing to make a pack of.
        """
        check_request_id(mutation)
        subject = self._openings.subject(caller, opening)
        with refusals():
            checked_text("text", opening.text)
        with self._consultations.reading() as connection:
            repeated = self._repeated(connection, mutation)
            if repeated is not None:
                return repeated
            self._require_none_open(connection, subject)
        frozen = self._packs.freeze(
            Scope(subject.metric_id, subject.area_code, opening.start_ms, opening.end_ms),
            detail=opening.detail,
            platform_id=subject.platform_id,
            union_id=subject.union_id,
            topic=subject.topic,
            now_ms=self._clock(),
        )
        with self._consultations.transaction() as connection:
            repeated = self._repeated(connection, mutation)
            if repeated is not None:
                return repeated
            self._require_none_open(connection, subject)
            now_ms = self._clock()
            rests_on = Frozen(
                frozen.period_start_ms, frozen.period_end_ms, frozen.audit_id, frozen.data_version
            )
            with refusals():
                consultation = core.opened(
                    self._new_id(), subject, rests_on, caller.party_id, opening.text, now_ms
                )
            self._consultations.add(connection, consultation, frozen)
            self._answers.keep(connection, mutation, consultation.consultation_id, now_ms)
        return Shown(consultation, {})

    def offer(
        self,
        caller: Caller,
        mutation: Mutation,
        consultation_id: str,
        proposals: Sequence[Proposal],
        effective_ms: int,
        text: str,
    ) -> Shown:
        """Take an offer, with what it would do on the frozen data.

        Raises:
            InvalidArgumentError: for a field that makes no sense; BELOW_FLOOR, naming the floor.
            NotFoundError: CONSULTATION_NOT_FOUND.
            PermissionDeniedError: NOT_A_SIDE.
            FailedPreconditionError: CONSULTATION_ENDED, OFFERS_TOO_MANY.
            AlreadyExistsError: REQUEST_ID_REUSED.
        """

        def step(consultation: Consultation) -> Consultation:
            return core.offered(consultation, caller.party_id, proposals, effective_ms, text, self._clock())

        check_request_id(mutation)
        with self._consultations.reading() as connection:
            consultation = self._seen(connection, caller, consultation_id)
            repeated = self._repeated(connection, mutation)
            if repeated is not None:
                return repeated
            frozen = self._consultations.frozen(connection, consultation_id)
        assert frozen is not None
        with refusals():
            step(consultation)
        self._openings.require_areas(proposals)
        effects = self._effects.of(frozen.data, proposals)
        _require_feasible(effects, METRICS[consultation.subject.metric_id].unit)
        return self._take(caller, mutation, consultation_id, step, effects)

    def accept(
        self, caller: Caller, mutation: Mutation, consultation_id: str, offer_number: int, text: str
    ) -> Shown:
        """Agree on the other side's latest offer; it leaves for the registry with the same commit.

        Raises:
            InvalidArgumentError: for a field that makes no sense.
            NotFoundError: CONSULTATION_NOT_FOUND.
            PermissionDeniedError: NOT_A_SIDE.
            FailedPreconditionError: CONSULTATION_ENDED, NO_OFFER, OFFER_NOT_LATEST, OWN_OFFER, OFFER_EXPIRED.
            AlreadyExistsError: REQUEST_ID_REUSED.
        """

        def step(consultation: Consultation) -> Consultation:
            return core.agreed(consultation, caller.party_id, offer_number, text, self._clock())

        check_request_id(mutation)
        return self._take(caller, mutation, consultation_id, step)

    def fail(self, caller: Caller, mutation: Mutation, consultation_id: str, text: str) -> Shown:
        """End without agreement.

        Raises:
            InvalidArgumentError: for a field that makes no sense; TEXT_MISSING if no reason is given.
            NotFoundError: CONSULTATION_NOT_FOUND.
            PermissionDeniedError: NOT_A_SIDE.
            FailedPreconditionError: CONSULTATION_ENDED.
            AlreadyExistsError: REQUEST_ID_REUSED.
        """

        def step(consultation: Consultation) -> Consultation:
            return core.failed(consultation, caller.party_id, text, self._clock())

        check_request_id(mutation)
        return self._take(caller, mutation, consultation_id, step)

    def get(self, caller: Caller, consultation_id: str) -> tuple[Shown, bytes]:
        """A consultation and its pack, as it was frozen.

        Raises:
            NotFoundError: CONSULTATION_NOT_FOUND.
        """
        with self._consultations.reading() as connection:
            consultation = self._seen(connection, caller, consultation_id)
            frozen = self._consultations.frozen(connection, consultation_id)
            effects = self._consultations.effects(connection, consultation_id)
        assert frozen is not None
        return Shown(consultation, effects), frozen.value

    def page(
        self, caller: Caller, platform_id: str, state: int, before: int | None, limit: int
    ) -> list[KeptConsultation]:
        """Consultations the caller may see, the last opened first.

        Raises:
            PermissionDeniedError: FOREIGN_PLATFORM.
            InvalidArgumentError: for a state there is not.
        """
        if platform_id:
            caller.require_platform(platform_id)
        asked = _state(state)
        with self._consultations.reading() as connection:
            return self._consultations.page(connection, caller, platform_id, asked, before, limit)

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
            duty = core.duty(party.create_ms, course.last_end_ms if course else None, now_ms)
            duties.append(PlatformDuty(party.party_id, duty, open_ids[0] if open_ids else ""))
        return duties

    def _take(
        self,
        caller: Caller,
        mutation: Mutation,
        consultation_id: str,
        step: Callable[[Consultation], Consultation],
        effects: Sequence[OfferEffect] = (),
    ) -> Shown:
        with self._consultations.transaction() as connection:
            consultation = self._seen(connection, caller, consultation_id)
            repeated = self._repeated(connection, mutation)
            if repeated is not None:
                return repeated
            with refusals():
                moved = step(consultation)
            self._consultations.put(connection, moved)
            if effects:
                self._consultations.add_effects(connection, consultation_id, len(moved.offers), effects)
            self._answers.keep(connection, mutation, consultation_id, moved.history[-1].create_ms)
            return Shown(moved, self._consultations.effects(connection, consultation_id))

    def _repeated(self, connection: Any, mutation: Mutation) -> Shown | None:
        entity = earlier_entity(self._answers, connection, mutation)
        if entity is None:
            return None
        consultation = self._consultations.find(connection, entity)
        assert consultation is not None
        return Shown(consultation, self._consultations.effects(connection, entity))

    def _seen(self, connection: Any, caller: Caller, consultation_id: str) -> Consultation:
        consultation = self._consultations.find(connection, consultation_id)
        # One that is not the caller's to see is answered as if it did not exist.
        if consultation is None or not sees(caller, consultation):
            raise NotFoundError(
                "consultation_id: no such consultation that you may see; ListConsultations names them",
                zh="consultation_id：没有您可以查看的该协商；可用 ListConsultations 查询",
                field="consultation_id",
                reason="CONSULTATION_NOT_FOUND",
            )
        return consultation

    def _require_none_open(self, connection: Any, subject: Subject) -> None:
        standing = self._consultations.open_on(
            connection, subject.platform_id, subject.metric_id, subject.area_code
        )
        if standing is not None:
            raise AlreadyExistsError(
                f"metric_id: {standing.consultation_id} is open on {subject.metric_id} of "
                f"{subject.platform_id} in {subject.area_code}; go on with it, or FailConsultation first",
                zh=f"metric_id：{subject.platform_id} 在 {subject.area_code} 就 {subject.metric_id} 的协商 "
                f"{standing.consultation_id} 尚在进行；请继续该协商，或先将其终止",
                field="metric_id",
                reason="CONSULTATION_OPEN",
                metadata={"consultation_id": standing.consultation_id},
            )


def sees(caller: Caller, consultation: Consultation) -> bool:
    """Whether a consultation is the caller's to see."""
    subject = consultation.subject
    if caller.party_id in (subject.platform_id, subject.union_id):
        return True
    return caller.role is not Role.PLATFORM and may_see_aggregates(caller, subject.area_code)


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


def _require_feasible(effects: Sequence[OfferEffect], unit: str) -> None:
    """No offer goes below the floor of feasibility, whatever both sides might agree on."""
    for effect in effects:
        if effect.below_floor:
            field = f"thresholds[{effect.threshold_index}].value"
            floor = "" if effect.floor is None else f"{effect.floor:g} {unit}"
            raise InvalidArgumentError(
                f"{field}: in cohort {effect.cohort} nobody can lawfully meet it; the floor of feasibility "
                f"is {floor or 'above it'}: offer no stricter value",
                zh=f"{field}：在分组 {effect.cohort} 中无法依法达到；可行性下限为 {floor or '高于该值'}，"
                "请勿提出更严的标准",
                field=field,
                reason="BELOW_FLOOR",
                metadata={"cohort": effect.cohort, "floor": floor},
            )
