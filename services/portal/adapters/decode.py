"""Proto messages as the plain values the pages show."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import TypeVar

from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from quzhong.api.events.v1 import findings_pb2
from quzhong.api.notify.v1 import notify_pb2
from services.portal.core import alerts, findings
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
