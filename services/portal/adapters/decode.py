"""Proto messages as the plain values the pages show."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import TypeVar

from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from quzhong.api.algo_audit.v1 import algo_audit_pb2, consultation_pb2
from quzhong.api.events.v1 import findings_pb2
from quzhong.api.notify.v1 import notify_pb2
from services.portal.core import alerts, audits, cases, consultations, findings
from services.portal.core.language import LocalText

_Kind = TypeVar("_Kind", bound=IntEnum)


def known(kind: type[_Kind], number: int) -> _Kind:
    """The value of an enum; UNSPECIFIED for one that a newer service has added."""
    return kind(number) if number in kind._value2member_map_ else kind(0)


def text(message: findings_pb2.LocalText) -> LocalText:
    return LocalText(message.zh, message.en)


def optional_ms(parent: Message, field: str) -> int | None:
    """A Timestamp field as epoch milliseconds; None if it was not set."""
    return ms(getattr(parent, field)) if parent.HasField(field) else None


def ms(moment: Timestamp) -> int:
    """Epoch milliseconds."""
    return moment.seconds * 1000 + moment.nanos // 1_000_000


def span_ms(span: Duration) -> int:
    """Milliseconds."""
    return span.seconds * 1000 + span.nanos // 1_000_000


def alert(message: notify_pb2.Alert) -> alerts.Alert:
    return alerts.Alert(
        alert_id=message.alert_id,
        kind=known(alerts.AlertKind, message.kind),
        severity=known(findings.Severity, message.severity),
        platform_id=message.platform_id,
        area_code=message.area_code,
        rule_id=message.rule_id,
        case_id=message.case_id,
        finding_id=message.finding_id,
        title=text(message.title),
        event_time_ms=optional_ms(message, "event_time"),
        create_time_ms=optional_ms(message, "create_time"),
    )


def case(message: notify_pb2.Case) -> cases.Case:
    return cases.Case(
        case_id=message.case_id,
        platform_id=message.platform_id,
        rule_id=message.rule_id,
        area_code=message.area_code,
        state=known(cases.CaseState, message.state),
        severity=known(findings.Severity, message.severity),
        title=text(message.title),
        findings=message.findings,
        workers=message.workers,
        rate_per_thousand=message.rate_per_thousand if message.HasField("rate_per_thousand") else None,
        create_time_ms=optional_ms(message, "create_time"),
        update_time_ms=optional_ms(message, "update_time"),
        suppressed=message.suppressed,
    )


def case_file(message: notify_pb2.GetCaseResponse) -> cases.CaseFile:
    return cases.CaseFile(
        case=case(message.case),
        findings=tuple(finding(each) for each in message.findings),
        notices=tuple(_notice(each) for each in message.notices),
        steps=tuple(_step(each) for each in message.steps),
    )


def _notice(message: notify_pb2.Notice) -> cases.Notice:
    return cases.Notice(
        notice_id=message.notice_id,
        kind=known(cases.NoticeKind, message.kind),
        title=text(message.title),
        body=text(message.body),
        citations=tuple(text(each) for each in message.citations),
        policy_id=message.policy_id,
        policy_version=message.policy_version,
        create_time_ms=optional_ms(message, "create_time"),
    )


def _step(message: notify_pb2.CaseStep) -> cases.CaseStep:
    return cases.CaseStep(
        step_time_ms=optional_ms(message, "step_time"),
        from_state=known(cases.CaseState, message.from_state),
        to_state=known(cases.CaseState, message.to_state),
        actor=message.actor,
        reason=text(message.reason),
    )


def finding(message: findings_pb2.Finding) -> findings.Finding:
    evidence: findings.Evidence | None = None
    match message.WhichOneof("evidence"):
        case "working_time":
            evidence = _working_time(message.working_time)
        case "audit":
            evidence = _audit_evidence(message.audit)
        case "duty":
            evidence = findings.DutyEvidence(
                message.duty.party_id, message.duty.subject_id, message.duty.due_date
            )
    return findings.Finding(
        finding_id=message.finding_id,
        revision=message.revision,
        state=known(findings.FindingState, message.state),
        severity=known(findings.Severity, message.severity),
        rule_id=message.rule_id,
        pack_id=message.pack_id,
        pack_version=message.pack_version,
        platform_id=message.platform_id,
        area_code=message.area_code,
        worker_id=message.worker_id,
        event_time_ms=optional_ms(message, "event_time"),
        create_time_ms=optional_ms(message, "create_time"),
        title=text(message.title),
        citation=text(message.citation),
        changes=tuple(message.changes),
        evidence=evidence,
    )


def _working_time(message: findings_pb2.WorkingTimeEvidence) -> findings.WorkingTimeEvidence:
    return findings.WorkingTimeEvidence(
        spell_start_ms=ms(message.spell_start_time),
        spell_end_ms=ms(message.spell_end_time),
        open=message.open,
        measured_ms=span_ms(message.measured),
        limit_ms=span_ms(message.limit),
        limit_time_ms=optional_ms(message, "limit_time"),
        no_push_start_ms=optional_ms(message, "no_push_start_time"),
        no_push_end_ms=optional_ms(message, "no_push_end_time"),
        counter=counter(message.counter),
        event_ids=tuple(message.event_ids),
        platform_ids=tuple(message.platform_ids),
    )


def counter(steps: Iterable[findings_pb2.CounterStep]) -> tuple[findings.CounterStep, ...]:
    return tuple(
        findings.CounterStep(ms(step.start_time), ms(step.end_time), span_ms(step.accumulated))
        for step in steps
    )


def _audit_evidence(message: findings_pb2.AuditEvidence) -> findings.AuditEvidence:
    return findings.AuditEvidence(
        metric_id=message.metric_id,
        cohort=message.cohort,
        declared=message.declared,
        unit=message.unit,
        orders=message.orders,
        workers=message.workers,
        attainment=message.attainment,
        attainment_low=message.attainment_low,
        attainment_high=message.attainment_high,
        p50=message.p50,
        p50_low=message.p50_low,
        p50_high=message.p50_high,
        middle_low=message.middle_low,
        middle_high=message.middle_high,
        floor=message.floor,
        below_floor=message.below_floor,
    )


def consultation(message: consultation_pb2.Consultation) -> consultations.Consultation:
    return consultations.Consultation(
        consultation_id=message.consultation_id,
        platform_id=message.platform_id,
        union_id=message.union_id,
        area_code=message.area_code,
        metric_id=message.metric_id,
        state=known(consultations.ConsultationState, message.state),
        create_ms=optional_ms(message, "create_time"),
        end_ms=optional_ms(message, "end_time"),
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


def audit(message: algo_audit_pb2.Audit) -> audits.Audit:
    return audits.Audit(
        audit_id=message.audit_id,
        metric_id=message.metric_id,
        metric_name=text(message.metric_name),
        unit=message.unit,
        area_code=message.area_code,
        period_start_ms=optional_ms(message, "period_start_time"),
        period_end_ms=optional_ms(message, "period_end_time"),
        create_time_ms=optional_ms(message, "create_time"),
        middle_band=_interval(message.middle_band),
        cohorts=tuple(_cohort(each) for each in message.cohorts),
    )


def _cohort(message: algo_audit_pb2.CohortAudit) -> audits.CohortAudit:
    drawn = message.HasField("figures") and not message.suppressed
    return audits.CohortAudit(
        platform_id=message.platform_id,
        area_code=message.area_code,
        cohort=message.cohort,
        cohort_name=text(message.cohort_name),
        declared=message.declared,
        threshold_version=message.threshold_version,
        verdict=known(audits.Verdict, message.verdict),
        reference=known(audits.Reference, message.reference),
        below_floor=message.below_floor,
        floor=message.floor,
        suppressed=message.suppressed,
        figures=_figures(message.figures) if drawn else None,
        doubt=text(message.doubt),
    )


def _figures(message: algo_audit_pb2.CohortFigures) -> audits.CohortFigures:
    return audits.CohortFigures(
        orders=message.orders,
        workers=message.workers,
        p10=message.p10 if message.HasField("p10") else None,
        p50=message.p50,
        p90=message.p90 if message.HasField("p90") else None,
        p50_interval=_interval(message.p50_interval),
        attainment=message.attainment,
        attainment_interval=_interval(message.attainment_interval),
        strictness=message.strictness,
        middle=_interval(message.middle),
        histogram=tuple(audits.HistogramBin(each.start, each.end, each.orders) for each in message.histogram),
        censored_orders=message.censored_orders,
        excluded_orders=message.excluded_orders,
    )


def _interval(message: algo_audit_pb2.Interval) -> audits.Interval:
    return audits.Interval(message.low, message.high)
