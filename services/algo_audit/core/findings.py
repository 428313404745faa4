"""What an audit charges a platform with, and how one audit's findings follow another's.

| rule                   | a finding for every threshold and distance band that                         |
|------------------------|------------------------------------------------------------------------------|
| algo-audit.strictest   | is the strictest algorithm (最严算法): verdict STRICTEST                       |
| algo-audit.below-floor | is below the floor of feasibility, whatever the verdict                      |

A finding is named by its rule, the threshold (not its version), the audited area, band and period. So a new
version of a threshold, or more orders, amend it; an audit of another period makes findings of its own.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import IntEnum

from services.algo_audit.core.audit import CohortAudit
from services.algo_audit.core.metrics import Metric
from services.algo_audit.core.verdict import VERDICT_TEXT, Verdict

STRICTEST_RULE = "algo-audit.strictest"
FLOOR_RULE = "algo-audit.below-floor"


class FindingState(IntEnum):
    """The numbers are those of the wire contract."""

    STANDS = 1
    WITHDRAWN = 2


@dataclass(frozen=True, slots=True)
class Subject:
    """What was audited."""

    metric: Metric
    area_code: str
    period: str
    """What period was asked for; empty for "all orders so far", whose findings follow each other."""
    end_ms: int
    """Where the period ends, epoch milliseconds; of "all so far", just after the last order."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The cohort's figures, in the metric's unit; shares are 0–1. Zero where they may not be published."""

    metric_id: str
    cohort: str
    declared: float
    unit: str
    floor: float
    below_floor: bool
    orders: int = 0
    workers: int = 0
    attainment: float = 0.0
    attainment_low: float = 0.0
    attainment_high: float = 0.0
    p50: float = 0.0
    p50_low: float = 0.0
    p50_high: float = 0.0
    middle_low: float = 0.0
    middle_high: float = 0.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One charge against one threshold in one band."""

    finding_id: str
    rule_id: str
    platform_id: str
    area_code: str
    event_time_ms: int
    title_zh: str
    title_en: str
    evidence: Evidence
    state: FindingState = FindingState.STANDS
    revision: int = 1
    changes: tuple[str, ...] = ()
    """What differs from the revision before, each beginning with the name of its field in the contract."""


def findings_of(
    cohorts: Iterable[CohortAudit], subject: Subject, platform_ids: Sequence[str]
) -> list[Finding]:
    """The charges of an audit; ``platform_ids`` are what the cohorts' platform codes index."""
    found: list[Finding] = []
    for cohort in cohorts:
        platform_id = platform_ids[cohort.platform]
        if cohort.verdict is Verdict.STRICTEST:
            found.append(_finding(STRICTEST_RULE, cohort, subject, platform_id, _strictest_title(cohort)))
        if cohort.below_floor:
            found.append(_finding(FLOOR_RULE, cohort, subject, platform_id, _floor_title(cohort)))
    return found


def revise(
    held: Iterable[Finding], found: Iterable[Finding], cohorts: Iterable[CohortAudit], subject: Subject
) -> list[Finding]:
    """What has to be said after an audit of the same subject: new charges, changed ones, withdrawn ones.

    ``held`` are the findings as they were stated last, withdrawn ones included. An audit that finds the same
    says nothing.
    """
    earlier = {finding.finding_id: finding for finding in held}
    revisions: list[Finding] = []
    for finding in found:
        before = earlier.pop(finding.finding_id, None)
        if before is None:
            revisions.append(finding)
        elif changes := _changes(before, finding):
            revisions.append(replace(finding, revision=before.revision + 1, changes=tuple(changes)))
    standing = [finding for finding in earlier.values() if finding.state is FindingState.STANDS]
    now = _verdicts(cohorts, subject) if standing else {}
    for before in sorted(standing, key=lambda finding: finding.finding_id):
        revisions.append(_withdrawn(before, now.get(before.finding_id)))
    return revisions


def finding_key(rule_id: str, cohort: CohortAudit, subject: Subject) -> str:
    """32 hexadecimal digits (128 bits of SHA-256) over what names a finding, each part with its length."""
    digest = hashlib.sha256()
    for part in (rule_id, cohort.threshold.id, subject.area_code, cohort.band.id, subject.period):
        encoded = part.encode()
        digest.update(len(encoded).to_bytes(4, "big") + encoded)
    return digest.hexdigest()[:32]


def _finding(
    rule_id: str, cohort: CohortAudit, subject: Subject, platform_id: str, title: tuple[str, str]
) -> Finding:
    title_zh, title_en = title
    return Finding(
        finding_id=finding_key(rule_id, cohort, subject),
        rule_id=rule_id,
        platform_id=platform_id,
        area_code=subject.area_code,
        event_time_ms=subject.end_ms,
        title_zh=title_zh,
        title_en=title_en,
        evidence=_evidence(cohort, subject.metric),
    )


def _evidence(cohort: CohortAudit, metric: Metric) -> Evidence:
    bare = Evidence(
        metric_id=metric.id,
        cohort=cohort.band.id,
        declared=cohort.threshold.value_s,
        unit=metric.unit,
        floor=cohort.feasibility.floor_s,
        below_floor=cohort.below_floor,
    )
    if cohort.baseline is None or cohort.standing is None:
        return bare
    baseline, standing = cohort.baseline, cohort.standing
    return replace(
        bare,
        orders=baseline.orders,
        workers=baseline.workers,
        attainment=standing.attainment,
        attainment_low=standing.interval.low,
        attainment_high=standing.interval.high,
        p50=baseline.p50_s,
        p50_low=baseline.p50_interval_s.low,
        p50_high=baseline.p50_interval_s.high,
        middle_low=baseline.middle_s.low,
        middle_high=baseline.middle_s.high,
    )


def _changes(before: Finding, after: Finding) -> list[str]:
    changes = []
    if before.state is not after.state:
        changes.append(f"state: {before.state.name} → {after.state.name}")
    for field in fields(Evidence):
        was, now = getattr(before.evidence, field.name), getattr(after.evidence, field.name)
        if was != now:
            changes.append(f"{field.name}: {_shown(was)} → {_shown(now)}")
    return changes


def _shown(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _verdicts(cohorts: Iterable[CohortAudit], subject: Subject) -> Mapping[str, str]:
    """Finding id → why it would not be found now."""
    reasons: dict[str, str] = {}
    for cohort in cohorts:
        declared = _shown(cohort.threshold.value_s)
        floor = _shown(cohort.feasibility.floor_s)
        verdict = f"verdict: {cohort.verdict.name}, declared {declared}"
        reasons[finding_key(STRICTEST_RULE, cohort, subject)] = verdict
        reasons[finding_key(FLOOR_RULE, cohort, subject)] = f"declared: {declared}, the floor is {floor}"
    return reasons


def _withdrawn(before: Finding, reason: str | None) -> Finding:
    return replace(
        before,
        state=FindingState.WITHDRAWN,
        revision=before.revision + 1,
        changes=("state: STANDS → WITHDRAWN", reason or "declared: the threshold is no longer in force"),
    )


def _strictest_title(cohort: CohortAudit) -> tuple[str, str]:
    limit, share = cohort.threshold.value_s / 60, cohort.standing.attainment if cohort.standing else 0.0
    zh, en = VERDICT_TEXT[Verdict.STRICTEST]
    return (
        f"{zh}：{cohort.band.label_zh}限时 {limit:g} 分钟，合法车速下仅 {share:.0%} 的订单可以达到",
        f"{en}: {limit:g} min for {cohort.band.label_en}; only {share:.0%} of lawful orders can meet it",
    )


def _floor_title(cohort: CohortAudit) -> tuple[str, str]:
    limit, floor = cohort.threshold.value_s / 60, cohort.feasibility.floor_s / 60
    km = cohort.band.representative_m / 1000
    return (
        f"低于可行下限：{cohort.band.label_zh}限时 {limit:g} 分钟，"
        f"{km:g} 公里按合法车速至少需要 {floor:.1f} 分钟",
        f"below the floor: {limit:g} min for {cohort.band.label_en}; {km:g} km lawfully take {floor:.1f} min",
    )
