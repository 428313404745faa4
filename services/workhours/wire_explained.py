"""Explanations and timelines as the contract says them."""

from __future__ import annotations

from quzhong.api.events.v1 import events_pb2, findings_pb2
from quzhong.api.workhours.v1 import workhours_pb2 as pb
from services.workhours.core.coverage import Coverage
from services.workhours.core.rule_pack import Rule, RulePack
from services.workhours.core.verdict import Severity, Verdict
from services.workhours.core.worker_timeline import DispatchEvent, Stated
from services.workhours.wire import coverage_to_proto, duration, local_text, timestamp


def verdict_to_proto(verdict: Verdict, known_until_ms: int, coverage: Coverage) -> pb.RecomputedVerdict:
    """A verdict that was not published."""
    return pb.RecomputedVerdict(
        severity=findings_pb2.Severity.ValueType(verdict.severity),
        event_time=timestamp(verdict.start_ms),
        end_time=timestamp(verdict.end_ms),
        period_start_time=timestamp(verdict.period_start_ms),
        period_end_time=timestamp(verdict.period_end_ms),
        measured=duration(verdict.measured_ms),
        limit=duration(verdict.limit_ms),
        open=verdict.open,
        counter=_steps(verdict),
        known_until_time=timestamp(known_until_ms),
        coverage=coverage_to_proto(coverage),
    )


def event_to_proto(event: DispatchEvent) -> pb.EvidenceEvent:
    """One event of the log."""
    return pb.EvidenceEvent(
        platform_id=event.platform_id,
        event_id=event.event_id,
        order_id=event.order_id,
        kind=events_pb2.DispatchKind.ValueType(event.kind),
        event_time=timestamp(event.time_ms),
        version=event.version,
    )


def rule_to_proto(pack: RulePack, rule: Rule, severity: Severity) -> pb.RuleInForce:
    """A rule as its pack says it, with the text of one tier."""
    return pb.RuleInForce(
        rule_id=rule.id,
        pack_id=pack.id,
        pack_version=pack.version,
        title=local_text(rule.title),
        text=local_text(rule.texts.of(severity) or rule.title),
        citations=[
            pb.Citation(
                title=local_text(citation.title),
                clause=local_text(citation.clause),
                standing=local_text(citation.standing),
                issued_date=citation.issued.isoformat(),
            )
            for citation in rule.citations
        ],
        parameters=[
            pb.Parameter(name=name, value=value, origin=local_text(rule.origins[name]))
            for name, value in rule.values.items()
        ],
    )


def interval_to_proto(stated: Stated) -> pb.TimelineInterval:
    """One activity of a timeline."""
    return pb.TimelineInterval(
        start_time=timestamp(stated.interval.start_ms),
        end_time=timestamp(stated.interval.end_ms),
        state=stated.interval.state,
        platform_id=stated.interval.platform,
        order_id=stated.order_id,
        open=stated.open,
    )


def counter_to_proto(rule: Rule, verdict: Verdict) -> pb.RuleCounter:
    """How a counter ran over one stretch."""
    return pb.RuleCounter(
        rule_id=rule.id,
        title=local_text(rule.title),
        severity=findings_pb2.Severity.ValueType(verdict.severity),
        period_start_time=timestamp(verdict.period_start_ms),
        period_end_time=timestamp(verdict.period_end_ms),
        limit=duration(verdict.limit_ms),
        steps=_steps(verdict),
    )


def _steps(verdict: Verdict) -> list[findings_pb2.CounterStep]:
    return [
        findings_pb2.CounterStep(
            start_time=timestamp(step.start_ms),
            end_time=timestamp(step.end_ms),
            accumulated=duration(step.accumulated_ms),
        )
        for step in verdict.trace
    ]
