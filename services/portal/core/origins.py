"""What a figure was computed from, as the services say it: "How was this computed?" of the pages.

The method (``glossary.Method``) says how figures of a kind come about; an origin says of this one: of how
many, of when, by which versions, and which page shows it step by step.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote

from services.portal.core.audit_tables import Parity, PayStanding, Ratchet
from services.portal.core.audits import Audit, CohortAudit, Interval
from services.portal.core.cases import Case, CaseFile, Notice, NoticeKind
from services.portal.core.casework import Observed
from services.portal.core.consultations import Consultation
from services.portal.core.explanations import Explanation, Recomputed, Timeline
from services.portal.core.findings import AuditEvidence, Finding, WorkingTimeEvidence
from services.portal.core.language import NO_TEXT, LocalText
from services.portal.core.penalty_appeals import PenaltyAppeal
from services.portal.core.reports import DueDate, Report
from services.portal.core.rules import RuleDocument
from services.portal.core.thresholds import ThresholdVersion
from services.portal.core.what_if import WhatIf


@dataclass(frozen=True, slots=True)
class Version:
    """One thing that has versions; which one the figure rests on."""

    kind: str
    """Its name in the text tables, under ``origin``: ``pack``, ``policy``, ``data`` …"""
    name: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Of one figure, or of all figures of a row."""

    samples: tuple[tuple[str, int], ...] = ()
    """How many of what; names under ``sample`` of the text tables."""
    period_ms: tuple[int, int] | None = None
    """Start and end (excluded)."""
    days: tuple[str, str] | None = None
    """First and last day, ISO 8601, where whole days are counted."""
    known_until_ms: int | None = None
    """The watermark."""
    made_ms: int | None = None
    """When it was computed."""
    versions: tuple[Version, ...] = ()
    band: Interval | None = None
    """The share of attainment that counts as the middle."""
    reference: str = ""
    """Whose orders are compared with; a name under ``reference`` of the text tables."""
    citation: LocalText = NO_TEXT
    """The clause, in the service's words."""
    shown_at: str = ""
    """A page that shows it step by step."""


NOTHING_MORE = Origin()
"""The method says it all."""


def of_audit(audit: Audit) -> Origin:
    """Of what a whole audit says."""
    return Origin(
        period_ms=_period(audit.period_start_ms, audit.period_end_ms),
        made_ms=audit.create_time_ms,
        versions=_versions(audit=audit.audit_id, data=audit.data_version, method=audit.method_version),
        band=audit.middle_band,
    )


def of_row(audit: Audit, row: CohortAudit) -> Origin:
    """Of one declared threshold in an audit."""
    whole = of_audit(audit)
    address = f"/thresholds/one?audit={quote(audit.audit_id)}&platform={quote(row.platform_id)}"
    told = row.figures
    return replace(
        whole,
        samples=()
        if told is None
        else (
            ("orders", told.orders),
            ("workers", told.workers),
            ("censored", told.censored_orders),
            ("excluded", told.excluded_orders),
        ),
        versions=(*_versions(threshold=str(row.threshold_version)), *whole.versions),
        reference=row.reference.name.lower() if told else "",
        shown_at=f"{address}&cohort={quote(row.cohort)}&service={row.service}",
    )


def of_what_if(audit: Audit, row: CohortAudit, told: WhatIf) -> Origin:
    """Of what another threshold would do: counts are the platform's own where they may be told."""
    counted = (("orders", told.orders), ("workers", told.workers))
    return replace(of_row(audit, row), samples=counted, shown_at="")


def of_group(audit: Audit, each: Parity | PayStanding) -> Origin:
    """Of a group beside another, or of a cohort's pay."""
    samples = [("workers", each.workers)]
    if isinstance(each, Parity):
        samples.insert(0, ("orders", each.orders))
    source = each.source if isinstance(each, PayStanding) else ""
    return replace(
        of_audit(audit),
        samples=tuple((name, count) for name, count in samples if count),
        band=None,
        citation=LocalText(zh=source, en=source),
    )


def of_ratchet(audit: Audit, each: Ratchet) -> Origin:
    """Of limits over time."""
    whole = of_audit(audit)
    return replace(
        whole,
        samples=(("points", len(each.times_ms)),),
        period_ms=(each.times_ms[0], each.times_ms[-1]) if each.times_ms else whole.period_ms,
        band=None,
    )


def of_finding(finding: Finding) -> Origin:
    """Of a finding's figures; a worker's time is shown step by step on the finding's own page."""
    samples: tuple[tuple[str, int], ...] = ()
    match finding.evidence:
        case AuditEvidence(orders=orders, workers=workers):
            samples = ("orders", orders), ("workers", workers)
        case WorkingTimeEvidence(event_ids=event_ids, counter=counter):
            samples = ("events", len(event_ids)), ("intervals", len(counter))
    return Origin(
        samples=samples,
        made_ms=finding.create_time_ms,
        versions=_versions(
            pack=f"{finding.pack_id} {finding.pack_version}".strip(), revision=str(finding.revision or "")
        ),
        citation=finding.citation,
        shown_at=f"/findings/{quote(finding.finding_id)}" if finding.worker_id else "",
    )


def of_duty(finding: Finding) -> Origin:
    """Of a last day that a duty has."""
    return replace(of_finding(finding), shown_at=f"/duties/{quote(finding.finding_id)}")


def of_again(explained: Explanation, again: Recomputed) -> Origin:
    """Of a finding as it is judged now."""
    return Origin(
        samples=(("events", len(explained.events)), ("intervals", len(again.counter))),
        period_ms=(again.period_start_ms, again.period_end_ms),
        known_until_ms=again.known_until_ms,
        versions=_versions(pack=explained.judged_by),
        citation=explained.finding.citation,
    )


def of_case(case: Case, file: CaseFile | None = None) -> Origin:
    """Of a case's counts and rate; with its file, by the policy of its latest letter."""
    letters = [each for each in file.notices if each.kind is NoticeKind.WARNING] if file else []
    last = max(letters, key=lambda each: each.create_time_ms or 0, default=None)
    policy = f"{last.policy_id} {last.policy_version}" if last else ""
    return Origin(
        samples=() if case.counts_suppressed else (("findings", case.findings), ("workers", case.workers)),
        made_ms=case.update_time_ms,
        versions=_versions(rule=case.rule_id, policy=policy),
        citation=last.citations[0] if last and last.citations else NO_TEXT,
        shown_at="" if file else f"/cases/{quote(case.case_id)}",
    )


def of_notice(notice: Notice) -> Origin:
    """Of what a letter asks for."""
    return Origin(
        made_ms=notice.create_time_ms,
        versions=_versions(policy=f"{notice.policy_id} {notice.policy_version}".strip()),
        citation=notice.citations[0] if notice.citations else NO_TEXT,
    )


def of_timeline(timeline: Timeline) -> Origin:
    """Of the counters of a worker's time."""
    return Origin(
        samples=(("intervals", len(timeline.intervals)),),
        period_ms=(timeline.start_ms, timeline.end_ms),
        known_until_ms=timeline.known_until_ms,
    )


def of_penalty(appeal: PenaltyAppeal) -> Origin:
    """Of a penalty that is appealed against."""
    return Origin(made_ms=appeal.create_ms, shown_at=f"/appeals/{quote(appeal.appeal_id)}")


def of_observed(each: Observed) -> Origin:
    """Of one side of a recheck."""
    return Origin(
        samples=(("workers", each.workers), ("active", each.active)), days=(each.first_date, each.last_date)
    )


def of_counts(
    days: tuple[date, date] | None = None,
    made_ms: int | None = None,
    known_until_ms: int | None = None,
    **counts: int | None,
) -> Origin:
    """Of what was counted; names under ``sample`` of the text tables, None where a count is not told."""
    return Origin(
        samples=tuple((name, count) for name, count in counts.items() if count is not None),
        days=days and (days[0].isoformat(), days[1].isoformat()),
        made_ms=made_ms,
        known_until_ms=known_until_ms,
    )


def of_version(each: ThresholdVersion) -> Origin:
    """Of a declared threshold."""
    return Origin(
        made_ms=each.effective_ms,
        versions=_versions(threshold=str(each.version)),
        shown_at=f"/consultations/{quote(each.consultation_id)}" if each.consultation_id else "",
    )


def of_consultation(consultation: Consultation) -> Origin:
    """Of figures that are frozen for a consultation."""
    return Origin(
        period_ms=_period(consultation.period_start_ms, consultation.period_end_ms),
        made_ms=consultation.create_ms,
        versions=_versions(audit=consultation.audit_id, consultation=consultation.consultation_id),
    )


def of_due(due: DueDate) -> Origin:
    """Of a report's due date."""
    return Origin(citation=due.note)


def of_report(report: Report) -> Origin:
    """Of a figure that was handed in."""
    return Origin(
        made_ms=report.submit_ms or report.update_ms, versions=_versions(report=str(report.version))
    )


def of_rule(document: RuleDocument) -> Origin:
    """Of a number in a platform's rules."""
    return Origin(versions=_versions(document=str(document.version)))


def _versions(**names: str) -> tuple[Version, ...]:
    return tuple(Version(kind, name) for kind, name in names.items() if name)


def _period(start_ms: int | None, end_ms: int | None) -> tuple[int, int] | None:
    return None if start_ms is None or end_ms is None else (start_ms, end_ms)
