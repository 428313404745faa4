"""Consultations and appeals as the plain values the pages show."""

from __future__ import annotations

from quzhong.api.algo_audit.v1 import appeals_pb2, consultation_pb2
from services.portal.adapters.decode import known, ms, optional_ms, text
from services.portal.adapters.decode_audits import cohort, interval, one_what_if
from services.portal.core import consultations, penalty_appeals


def consultation(message: consultation_pb2.Consultation) -> consultations.Consultation:
    return consultations.Consultation(
        consultation_id=message.consultation_id,
        platform_id=message.platform_id,
        union_id=message.union_id,
        area_code=message.area_code,
        metric_id=message.metric_id,
        topic=known(consultations.Topic, message.topic),
        state=known(consultations.ConsultationState, message.state),
        opened_by=known(consultations.Side, message.opened_by),
        create_ms=optional_ms(message, "create_time"),
        end_ms=optional_ms(message, "end_time"),
        period_start_ms=optional_ms(message, "period_start_time"),
        period_end_ms=optional_ms(message, "period_end_time"),
        audit_id=message.audit_id,
        offers=tuple(_offer(each) for each in message.offers),
        accepted_offer=message.accepted_offer,
        steps=tuple(
            consultations.ConsultationStep(
                optional_ms(step, "create_time"),
                known(consultations.Side, step.side),
                step.party_id,
                step.action,
                step.text,
            )
            for step in message.history
        ),
    )


def _offer(message: consultation_pb2.Offer) -> consultations.Offer:
    return consultations.Offer(
        number=message.number,
        side=known(consultations.Side, message.side),
        party_id=message.party_id,
        thresholds=tuple(
            consultations.ProposedThreshold(
                each.metric_id,
                each.area_code,
                each.service,
                each.distance_start_m,
                each.distance_end_m,
                each.value,
            )
            for each in message.thresholds
        ),
        effective_ms=optional_ms(message, "effective_time"),
        text=message.text,
        create_ms=optional_ms(message, "create_time"),
        effects=tuple(
            consultations.OfferEffect(
                threshold_index=each.threshold_index,
                cohort=each.cohort,
                cohort_name=text(each.cohort_name),
                offered=one_what_if(each.what_if),
                declared=one_what_if(each.declared) if each.HasField("declared") else None,
                middle=interval(each.middle),
                floor=each.floor if each.HasField("floor") else None,
                partial=each.partial,
            )
            for each in message.effects
        ),
    )


def room(message: consultation_pb2.GetConsultationResponse) -> consultations.Room:
    told, pack = consultation(message.consultation), message.pack
    first = pack.sections[0].text if pack.sections else ()
    return consultations.Room(
        consultation=told,
        metric_name=text(pack.audit.metric_name),
        unit=pack.audit.unit,
        middle_band=interval(pack.audit.middle_band),
        rows=tuple(cohort(each) for each in pack.audit.cohorts if each.platform_id == told.platform_id),
        words=tuple(text(each) for each in first),
    )


def duty(message: consultation_pb2.Duty) -> consultations.Duty:
    return consultations.Duty(
        platform_id=message.platform_id,
        last_end_ms=optional_ms(message, "last_end_time"),
        due_ms=ms(message.due_time),
        overdue=message.overdue,
        open_consultation_id=message.open_consultation_id,
    )


def appeal(message: appeals_pb2.Appeal) -> penalty_appeals.PenaltyAppeal:
    return penalty_appeals.PenaltyAppeal(
        appeal_id=message.appeal_id,
        platform_id=message.platform_id,
        worker_id=message.worker_id,
        order_id=message.order_id,
        penalty_fen=message.penalty_fen,
        grounds=message.grounds,
        filed_by=message.filed_by,
        create_ms=optional_ms(message, "create_time"),
        due_ms=optional_ms(message, "due_time"),
        state=known(penalty_appeals.PenaltyAppealState, message.state),
        reply=message.reply,
        reply_ms=optional_ms(message, "reply_time"),
        overdue=message.overdue,
    )
