"""Explanations and timelines: proto messages as the plain values the pages show."""

from __future__ import annotations

from collections.abc import Iterable

from quzhong.api.events.v1 import findings_pb2
from quzhong.api.workhours.v1 import workhours_pb2
from services.portal.adapters import decode
from services.portal.core import explanations
from services.portal.core.findings import Severity


def explanation(message: workhours_pb2.ExplainResponse) -> explanations.Explanation:
    in_force = message.HasField("rule")
    return explanations.Explanation(
        finding=decode.finding(message.finding),
        again=_recomputed(message.recomputed) if message.HasField("recomputed") else None,
        still_stands=message.still_stands,
        differences=tuple(message.differences),
        events=tuple(map(_event, message.events)),
        judged_by=f"{message.rule.pack_id} {message.rule.pack_version}" if in_force else "",
        notes=tuple(map(decode.text, message.notes)),
    )


def _recomputed(message: workhours_pb2.RecomputedVerdict) -> explanations.Recomputed:
    return explanations.Recomputed(
        severity=decode.known(Severity, message.severity),
        event_time_ms=decode.ms(message.event_time),
        period_start_ms=decode.ms(message.period_start_time),
        period_end_ms=decode.ms(message.period_end_time),
        measured_ms=decode.span_ms(message.measured),
        limit_ms=decode.span_ms(message.limit),
        open=message.open,
        counter=decode.counter(message.counter),
        known_until_ms=decode.optional_ms(message, "known_until_time"),
        coverage=_coverage(message.coverage),
    )


def _event(message: workhours_pb2.EvidenceEvent) -> explanations.LoggedEvent:
    return explanations.LoggedEvent(
        platform_id=message.platform_id,
        event_id=message.event_id,
        order_id=message.order_id,
        kind=decode.known(explanations.EventKind, message.kind),
        event_time_ms=decode.ms(message.event_time),
        version=message.version,
    )


def _coverage(message: findings_pb2.Coverage) -> explanations.Coverage:
    return explanations.Coverage(decode.span_ms(message.observed), decode.span_ms(message.unknown))


def timeline(
    message: workhours_pb2.GetWorkerTimelineResponse, start_ms: int, end_ms: int
) -> explanations.Timeline:
    """``start_ms`` and ``end_ms``: what was asked for."""
    return explanations.Timeline(
        start_ms=start_ms,
        end_ms=end_ms,
        intervals=tuple(
            explanations.TimelineInterval(
                start_ms=decode.ms(each.start_time),
                end_ms=decode.ms(each.end_time),
                state=each.state,
                platform_id=each.platform_id,
                order_id=each.order_id,
                open=each.open,
            )
            for each in message.intervals
        ),
        counters=tuple(map(_counter, message.counters)),
        coverage=_coverage(message.coverage),
        known_until_ms=decode.optional_ms(message, "known_until_time"),
    )


def _counter(message: workhours_pb2.RuleCounter) -> explanations.RuleCounter:
    return explanations.RuleCounter(
        title=decode.text(message.title),
        severity=decode.known(Severity, message.severity),
        period_start_ms=decode.ms(message.period_start_time),
        period_end_ms=decode.ms(message.period_end_time),
        limit_ms=decode.span_ms(message.limit),
        counted_ms=_highest(message.steps),
    )


def _highest(steps: Iterable[findings_pb2.CounterStep]) -> int:
    return max((decode.span_ms(step.accumulated) for step in steps), default=0)
