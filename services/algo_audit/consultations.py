"""Consultations step by step: opened on a frozen pack, offers, agreed or failed.

Each mutation goes the same way:

1. a repeat gets the consultation as it stands;
2. what takes long (freezing a pack, what-ifs of an offer) is done outside any transaction, on data that
   cannot change meanwhile;
3. in one transaction, which no other mutation runs beside: repeat again, read, step (``core.consultation``),
   write, and the agreement to the outbox.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from kit.clock import Clock
from kit.errors import AlreadyExistsError, InvalidArgumentError
from kit.requests import check_request_id
from kit.security.caller import Caller
from services.algo_audit.consultation_ports import (
    Consultations,
    Effects,
    OfferEffect,
    Packs,
)
from services.algo_audit.consultation_reading import Shown, seen
from services.algo_audit.core import consultation as core
from services.algo_audit.core.consultation import Consultation, Frozen, Subject
from services.algo_audit.core.free_text import checked_text
from services.algo_audit.core.metrics import METRICS
from services.algo_audit.core.proposal import Proposal
from services.algo_audit.mutations import (
    Answers,
    Mutation,
    Parties,
    earlier_entity,
    refusals,
)
from services.algo_audit.openings import Opening, Openings
from services.algo_audit.ports import Scope


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
        check_request_id(mutation.request_id)
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

        check_request_id(mutation.request_id)
        with self._consultations.reading() as connection:
            consultation = seen(self._consultations, connection, caller, consultation_id)
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

        check_request_id(mutation.request_id)
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

        check_request_id(mutation.request_id)
        return self._take(caller, mutation, consultation_id, step)

    def _take(
        self,
        caller: Caller,
        mutation: Mutation,
        consultation_id: str,
        step: Callable[[Consultation], Consultation],
        effects: Sequence[OfferEffect] = (),
    ) -> Shown:
        with self._consultations.transaction() as connection:
            consultation = seen(self._consultations, connection, caller, consultation_id)
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


def _require_feasible(effects: Sequence[OfferEffect], unit: str) -> None:
    """No offer goes below the floor of feasibility, whatever both sides might agree on."""
    for effect in effects:
        if effect.below_floor:
            field = f"thresholds[{effect.threshold_index}].value"
            floor = "" if effect.floor is None else f"{effect.floor:g} {unit}"
            raise InvalidArgumentError(
                f"{field}: in cohort {effect.cohort} nobody can lawfully meet it; the floor of feasibility "
                f"is {floor or 'above it'}: offer no stricter value",
                zh=f"{field}：在分组 {effect.cohort} 中无法依法达到；可行下限为 {floor or '高于该值'}，"
                "请勿提出更严的标准",
                field=field,
                reason="BELOW_FLOOR",
                metadata={"cohort": effect.cohort, "floor": floor},
            )
