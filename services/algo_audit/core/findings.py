"""What an audit charges a platform with, and how one audit's findings follow another's.

The rules are in threshold_rules and charge_rules. A finding is named by its rule, what it is about (a
threshold, not its version; a platform's cohort or group), the audited area and period. So a new version of a
threshold, or more orders, amend it; an audit of another period makes findings of its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from enum import IntEnum

from services.algo_audit.core.audit import CohortAudit
from services.algo_audit.core.charge_rules import of_charges
from services.algo_audit.core.evidence import Evidence, Figure, Ground, Subject, told
from services.algo_audit.core.report import Charges
from services.algo_audit.core.threshold_rules import FLOOR_RULE, STRICTEST_RULE, of_threshold


class FindingState(IntEnum):
    """The numbers are those of the wire contract."""

    STANDS = 1
    WITHDRAWN = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One charge."""

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


def revise(
    held: Iterable[Finding],
    cohorts: Iterable[CohortAudit],
    charges: Charges,
    subject: Subject,
    platform_ids: Sequence[str],
) -> list[Finding]:
    """What has to be said after an audit of the same subject: new charges, changed ones, withdrawn ones.

    ``held`` are the findings as they were stated last, withdrawn ones included. An audit that finds the same
    says nothing.
    """
    earlier = {finding.finding_id: finding for finding in held}
    otherwise: dict[str, str] = {}
    revisions: list[Finding] = []
    for ground in _grounds(cohorts, charges, subject, platform_ids):
        if not ground.charged:
            otherwise[ground.finding_id] = ground.otherwise
            continue
        finding, before = _finding(ground, subject), earlier.pop(ground.finding_id, None)
        if before is None:
            revisions.append(finding)
        elif changes := _changes(before, finding):
            revisions.append(replace(finding, revision=before.revision + 1, changes=tuple(changes)))
    standing = [finding for finding in earlier.values() if finding.state is FindingState.STANDS]
    for before in sorted(standing, key=lambda finding: finding.finding_id):
        revisions.append(_withdrawn(before, otherwise.get(before.finding_id)))
    return revisions


def _grounds(
    cohorts: Iterable[CohortAudit], charges: Charges, subject: Subject, platform_ids: Sequence[str]
) -> Iterator[Ground]:
    for cohort in cohorts:
        yield from of_threshold(cohort, subject, platform_ids[cohort.platform])
    yield from of_charges(charges, subject, platform_ids)


def _finding(ground: Ground, subject: Subject) -> Finding:
    title_zh, title_en = ground.title
    return Finding(
        finding_id=ground.finding_id,
        rule_id=ground.rule_id,
        platform_id=ground.platform_id,
        area_code=subject.area_code,
        event_time_ms=subject.end_ms,
        title_zh=title_zh,
        title_en=title_en,
        evidence=ground.evidence,
    )


def _changes(before: Finding, after: Finding) -> list[str]:
    changes = []
    if before.state is not after.state:
        changes.append(f"state: {before.state.name} → {after.state.name}")
    for field in fields(Evidence):
        if field.name != "figures":
            was, now = getattr(before.evidence, field.name), getattr(after.evidence, field.name)
            if was != now:
                changes.append(f"{field.name}: {told(was)} → {told(now)}")
    earlier = {figure.name: figure for figure in before.evidence.figures}
    for figure in after.evidence.figures:
        known = earlier.pop(figure.name, None)
        if known != figure:
            changes.append(f"figures.{figure.name}: {_figure(known)} → {_figure(figure)}")
    return changes + [f"figures.{name}: {_figure(known)} → none" for name, known in earlier.items()]


def _figure(figure: Figure | None) -> str:
    if figure is None:
        return "none"
    interval = f" ({told(figure.low)}–{told(figure.high)})" if figure.low or figure.high else ""
    return told(figure.value) + interval


def _withdrawn(before: Finding, reason: str | None) -> Finding:
    if reason is None:
        of_threshold = before.rule_id in (STRICTEST_RULE, FLOOR_RULE)
        reason = (
            "declared: the threshold is no longer in force"
            if of_threshold
            else "figures: there are too few data to say it now"
        )
    return replace(
        before,
        state=FindingState.WITHDRAWN,
        revision=before.revision + 1,
        changes=("state: STANDS → WITHDRAWN", reason),
    )
