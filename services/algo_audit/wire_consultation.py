"""Consultations as the contract says them: for answers, for the store, and for topic ``agreements``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quzhong.api.algo_audit.v1 import consultation_pb2 as pb
from quzhong.api.events.v1 import events_pb2
from services.algo_audit.core.agenda import Topic
from services.algo_audit.core.consultation import (
    Action,
    Consultation,
    Frozen,
    Offer,
    Side,
    State,
    Step,
    Subject,
)
from services.algo_audit.core.proposal import Proposal
from services.algo_audit.wire import timestamp


def consultation_to_proto(
    consultation: Consultation, effects: Mapping[int, Sequence[bytes]] | None = None
) -> pb.Consultation:
    """The whole consultation; ``effects``: offer number → ``OfferEffect``."""
    subject, frozen = consultation.subject, consultation.frozen
    message = pb.Consultation(
        consultation_id=consultation.consultation_id,
        platform_id=subject.platform_id,
        union_id=subject.union_id,
        topic=pb.Topic.ValueType(subject.topic),
        metric_id=subject.metric_id,
        area_code=subject.area_code,
        period_start_time=timestamp(frozen.period_start_ms),
        period_end_time=timestamp(frozen.period_end_ms),
        state=pb.ConsultationState.ValueType(consultation.state),
        opened_by=pb.Side.ValueType(consultation.opened_by),
        create_time=timestamp(consultation.create_ms),
        audit_id=frozen.audit_id,
        data_version=frozen.data_version,
        offers=[_offer(offer, (effects or {}).get(offer.number, ())) for offer in consultation.offers],
        accepted_offer=consultation.accepted_offer,
        history=[_step(step) for step in consultation.history],
    )
    if consultation.end_ms is not None:
        message.end_time.CopyFrom(timestamp(consultation.end_ms))
    return message


def consultation_from_proto(message: pb.Consultation) -> Consultation:
    """The consultation that ``consultation_to_proto`` was given."""
    return Consultation(
        consultation_id=message.consultation_id,
        subject=Subject(
            message.platform_id,
            message.union_id,
            Topic(message.topic),
            message.metric_id,
            message.area_code,
        ),
        frozen=Frozen(
            message.period_start_time.ToMilliseconds(),
            message.period_end_time.ToMilliseconds(),
            message.audit_id,
            message.data_version,
        ),
        state=State(message.state),
        opened_by=Side(message.opened_by),
        create_ms=message.create_time.ToMilliseconds(),
        history=tuple(map(_step_from_proto, message.history)),
        offers=tuple(map(_offer_from_proto, message.offers)),
        accepted_offer=message.accepted_offer,
        end_ms=message.end_time.ToMilliseconds() if message.HasField("end_time") else None,
    )


def proposals_from_proto(thresholds: Sequence[pb.ProposedThreshold]) -> tuple[Proposal, ...]:
    """Proposed thresholds."""
    return tuple(
        Proposal(
            metric_id=threshold.metric_id,
            area_code=threshold.area_code,
            service=threshold.service,
            distance_start_m=threshold.distance_start_m,
            distance_end_m=threshold.distance_end_m or None,
            value=threshold.value,
        )
        for threshold in thresholds
    )


def agreement_to_proto(consultation: Consultation) -> pb.Agreement:
    """What was agreed.

    Raises:
        ValueError: if nothing was.
    """
    offer = consultation.accepted
    if offer is None or consultation.end_ms is None:
        raise ValueError(f"{consultation.consultation_id} has not been agreed on")
    return pb.Agreement(
        consultation_id=consultation.consultation_id,
        platform_id=consultation.subject.platform_id,
        union_id=consultation.subject.union_id,
        thresholds=[_threshold(proposal) for proposal in offer.proposals],
        effective_time=timestamp(offer.effective_ms),
        create_time=timestamp(consultation.end_ms),
    )


def _offer(offer: Offer, effects: Sequence[bytes]) -> pb.Offer:
    return pb.Offer(
        number=offer.number,
        side=pb.Side.ValueType(offer.side),
        party_id=offer.party_id,
        thresholds=[_threshold(proposal) for proposal in offer.proposals],
        effective_time=timestamp(offer.effective_ms),
        text=offer.text,
        create_time=timestamp(offer.create_ms),
        effects=[pb.OfferEffect.FromString(effect) for effect in effects],
    )


def _threshold(proposal: Proposal) -> pb.ProposedThreshold:
    return pb.ProposedThreshold(
        metric_id=proposal.metric_id,
        area_code=proposal.area_code,
        service=events_pb2.ServiceKind.ValueType(proposal.service),
        distance_start_m=proposal.distance_start_m,
        distance_end_m=proposal.distance_end_m or 0,
        value=proposal.value,
    )


def _offer_from_proto(offer: pb.Offer) -> Offer:
    return Offer(
        number=offer.number,
        side=Side(offer.side),
        party_id=offer.party_id,
        proposals=proposals_from_proto(offer.thresholds),
        effective_ms=offer.effective_time.ToMilliseconds(),
        text=offer.text,
        create_ms=offer.create_time.ToMilliseconds(),
    )


def _step_from_proto(step: pb.ConsultationStep) -> Step:
    return Step(
        create_ms=step.create_time.ToMilliseconds(),
        side=Side(step.side),
        party_id=step.party_id,
        action=Action(step.action),
        text=step.text,
    )


def _step(step: Step) -> pb.ConsultationStep:
    return pb.ConsultationStep(
        create_time=timestamp(step.create_ms),
        side=pb.Side.ValueType(step.side),
        party_id=step.party_id,
        action=step.action.value,
        text=step.text,
    )
