"""Findings judged again, and the time of their workers, as the fake suite tells them."""

from __future__ import annotations

from quzhong.api.events.v1 import events_pb2
from quzhong.api.events.v1 import findings_pb2 as findings_pb
from quzhong.api.workhours.v1 import workhours_pb2 as pb
from tests.support.fake_suite.data import CASE_ID, HOUR_MS, MINUTE_MS, RULE, both, case_files, moment, span

STANDS, GONE = "finding-0000", "finding-0001"
"""One that judging again confirms but for a figure; one whose ground is gone."""


def findings() -> dict[str, findings_pb.Finding]:
    return {each.finding_id: each for each in case_files()[CASE_ID].findings}


def explanation(finding: findings_pb.Finding, own: str) -> pb.ExplainResponse:
    """``own``: the platform that asks; empty for supervision."""
    evidence = finding.working_time
    first = evidence.counter[0]
    events = [
        pb.EvidenceEvent(
            platform_id=platform,
            event_id=f"e-{number}",
            order_id=f"order-{number // 2}",
            kind=events_pb2.DISPATCH_KIND_COMPLETED if number % 2 else events_pb2.DISPATCH_KIND_ACCEPTED,
            event_time=first.end_time if number % 2 else first.start_time,
            version=1 if number == 1 else 0,
        )
        for number, platform in enumerate(("kuaida", "kuaida", "suifeng", "suifeng"))
        if own in ("", platform)
    ]
    answer = pb.ExplainResponse(finding=finding, events=events)
    answer.rule.pack_id, answer.rule.pack_version = "cn-food-delivery-2025", "1.1.0"
    if finding.finding_id == GONE:
        answer.differences.append("severity: BREACH → none")
        return answer
    answer.still_stands = True
    answer.differences.append("measured: 4:31:00 → 4:33:00")
    answer.notes.append(
        both("该认定依据 1.0.0 版作出；此处按现行 1.1.0 版重新判定。", "Made by version 1.0.0.")
    )
    again = answer.recomputed
    again.severity, again.open = finding.severity, evidence.open
    again.event_time.CopyFrom(finding.event_time)
    again.period_start_time.CopyFrom(evidence.spell_start_time)
    again.period_end_time.CopyFrom(evidence.spell_end_time)
    again.measured.CopyFrom(span(273 * MINUTE_MS))
    again.limit.CopyFrom(evidence.limit)
    again.counter.extend(evidence.counter)
    again.known_until_time.CopyFrom(moment(evidence.spell_end_time.ToMilliseconds() + HOUR_MS))
    again.coverage.observed.CopyFrom(span(290 * MINUTE_MS))
    again.coverage.unknown.CopyFrom(span(20 * MINUTE_MS))
    return answer


def timeline(request: pb.GetWorkerTimelineRequest) -> pb.GetWorkerTimelineResponse:
    """Orders of two platforms side by side, an offer, and an order whose end nobody reported."""
    finding = next(each for each in findings().values() if each.worker_id == request.worker_id)
    evidence = finding.working_time
    answer = pb.GetWorkerTimelineResponse(known_until_time=request.end_time)
    last = len(evidence.counter) - 1
    for number, step in enumerate(evidence.counter):
        answer.intervals.add(
            start_time=step.start_time,
            end_time=step.end_time,
            state="order",
            platform_id="suifeng" if number % 2 else "kuaida",
            order_id=f"order-{number}",
            open=number == last,
        )
    answer.intervals.add(
        start_time=evidence.spell_end_time,
        end_time=evidence.spell_end_time,
        state="dispatch_push",
        platform_id="suifeng",
        order_id="order-9",
    )
    counter = answer.counters.add(
        rule_id=RULE,
        title=both("连续接单不超过 4 小时", "No more than 4 h of continuous order-taking"),
        severity=finding.severity,
        period_start_time=evidence.spell_start_time,
        period_end_time=evidence.spell_end_time,
        limit=evidence.limit,
    )
    counter.steps.extend(evidence.counter)
    answer.coverage.observed.CopyFrom(span(5 * HOUR_MS))
    answer.coverage.unknown.CopyFrom(span(2 * HOUR_MS))
    return answer
