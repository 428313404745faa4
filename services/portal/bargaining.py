"""Use cases of whoever argues about thresholds: gather what a page shows."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from kit.errors import FailedPreconditionError, NotFoundError, QuzhongError
from services.portal.bargaining_ports import Bargaining
from services.portal.core.audit_tables import AppliedRule, Ratchet
from services.portal.core.audits import Audit, CohortAudit, gravity, selected
from services.portal.core.consultations import Consultation, ConsultationState, Duty, Room
from services.portal.core.language import LocalText
from services.portal.core.names import Names
from services.portal.core.penalty_appeals import PenaltyAppeal, PenaltyAppealState, by_urgency
from services.portal.core.thresholds import (
    Metric,
    MetricTable,
    Standing,
    ThresholdQuery,
    ThresholdVersion,
    standings,
    tables,
    unaudited,
)
from services.portal.core.what_if import CohortRef, Compared, Frontier
from services.portal.handlers import names
from services.portal.ports import Suite

_MOST_AUDITS = 60
"""Thirteen metrics in a city and some counties; what lies beyond is for the filter."""
_TRIED = 5
"""Audits looked into for one with a row, where none is named."""
FRONTIER_POINTS = 61
"""As many as a curve needs to look like one."""


@dataclass(frozen=True, slots=True)
class ThresholdsView:
    tables: list[MetricTable]
    standings: list[Standing]
    """All rows, whatever was asked for."""
    unaudited: list[ThresholdVersion]
    metrics: Mapping[str, Metric]
    names: Names


@dataclass(frozen=True, slots=True)
class ThresholdView:
    audit: Audit
    row: CohortAudit
    compared: Compared | None
    frontier: Frontier | None
    refusal: QuzhongError | None
    """Why there is no what-if."""
    versions: list[ThresholdVersion]
    """The latest first."""
    ratchet: Ratchet | None
    applied: list[AppliedRule]
    names: Names


@dataclass(frozen=True, slots=True)
class GroupsView:
    audit: Audit | None
    audits: list[Audit]
    """Of each metric and area the last one: to choose from."""
    names: Names


@dataclass(frozen=True, slots=True)
class ConsultationsView:
    consultations: list[Consultation]
    duties: list[Duty]
    metrics: Mapping[str, Metric]
    names: Names

    def due_ms(self, platform_id: str) -> int | None:
        """By when a platform must have consulted again."""
        return next((duty.due_ms for duty in self.duties if duty.platform_id == platform_id), None)


@dataclass(frozen=True, slots=True)
class OpeningView:
    metrics: Mapping[str, Metric]
    unions: Mapping[str, LocalText]
    names: Names


@dataclass(frozen=True, slots=True)
class RoomView:
    room: Room
    names: Names


@dataclass(frozen=True, slots=True)
class AppealsView:
    appeals: list[PenaltyAppeal]
    names: Names


async def thresholds(
    suite: Suite, desk: Bargaining, token: str, query: ThresholdQuery, language_names: str, now_ms: int
) -> ThresholdsView:
    """Every declared threshold against the middle, by metric. ``language_names``: ``zh`` or ``en``."""
    listed, versions, metrics, known = await asyncio.gather(
        desk.newest_audits(token),
        desk.thresholds(token, query.platform_id, query.metric_id),
        desk.metrics(token),
        names(suite, token),
    )
    wanted = [each for each in listed if query.metric_id in ("", each.metric_id)]
    latest = sorted(wanted, key=lambda each: each.create_time_ms or 0, reverse=True)[:_MOST_AUDITS]
    audits = await asyncio.gather(*(desk.audit(token, each.audit_id) for each in latest))
    rows = standings(audits)
    sorted_by = {each: getattr(name, language_names) or each for each, name in known.platforms.items()}
    missing = unaudited(versions, rows, now_ms) if query.verdict is None else []
    return ThresholdsView(
        tables(rows, query, sorted_by),
        rows,
        [each for each in missing if query.area_code in ("", each.area_code)],
        metrics,
        known,
    )


async def threshold(
    suite: Suite, desk: Bargaining, token: str, asked: CohortRef, moved: float | None
) -> ThresholdView | None:
    """One threshold: where it stands, what another would do, how it came to be; None if there is no audit.

    Without an audit's id the newest is meant, without a cohort the gravest row.
    """
    audit, known = await asyncio.gather(_audit(desk, token, asked.audit_id), names(suite, token))
    if audit is None:
        return None
    row = _row(audit, asked)
    versions = await desk.thresholds(token, row.platform_id, audit.metric_id)
    own = [each for each in versions if each.threshold_id == row.threshold_id]
    compared, frontier, refusal = None, None, None
    if row.figures is not None:
        cohort = CohortRef(audit.audit_id, row.platform_id, row.cohort, row.service)
        try:
            compared, frontier = await asyncio.gather(
                desk.what_if(token, cohort, row.declared if moved is None else moved),
                desk.frontier(token, cohort, FRONTIER_POINTS),
            )
        except (FailedPreconditionError, NotFoundError) as error:
            refusal = error  # the page has enough to tell without
    return ThresholdView(
        audit=audit,
        row=row,
        compared=compared,
        frontier=frontier,
        refusal=refusal,
        versions=sorted(own, key=lambda each: each.version, reverse=True),
        ratchet=_of_cohort(audit.ratchets, row),
        applied=[
            each for each in audit.applied if (each.platform_id, each.cohort) == (row.platform_id, row.cohort)
        ],
        names=known,
    )


async def _audit(desk: Bargaining, token: str, audit_id: str) -> Audit | None:
    """The audit asked for; without an id the newest that judged a threshold, if one of the last few did."""
    if audit_id:
        return await desk.audit(token, audit_id)
    listed = sorted(await desk.newest_audits(token), key=lambda each: each.create_time_ms or 0, reverse=True)
    for each in listed[:_TRIED]:
        audit = await desk.audit(token, each.audit_id)
        if audit.cohorts:
            return audit
    return None


def _row(audit: Audit, asked: CohortRef) -> CohortAudit:
    if not asked.platform_id and not asked.cohort:
        gravest = selected(audit.cohorts, "", "", "", 0) or min(audit.cohorts, key=gravity, default=None)
        if gravest is not None:
            return gravest
    wanted = [
        row
        for row in audit.cohorts
        if (row.platform_id, row.cohort) == (asked.platform_id, asked.cohort)
        and asked.service in (0, row.service)
    ]
    if not wanted:
        raise NotFoundError(
            f"cohort: the audit has no cohort {asked.cohort[:60]!r} of platform {asked.platform_id[:60]!r}",
            zh=f"该次审计中没有平台 {asked.platform_id[:60]} 的分组 {asked.cohort[:60]}",
            field="cohort",
            reason="COHORT_UNKNOWN",
        )
    return max(wanted, key=lambda row: row.threshold_version)


def _of_cohort(ratchets: tuple[Ratchet, ...], row: CohortAudit) -> Ratchet | None:
    own = (each for each in ratchets if (each.platform_id, each.cohort) == (row.platform_id, row.cohort))
    return next(own, None)


async def groups(suite: Suite, desk: Bargaining, token: str, audit_id: str) -> GroupsView:
    """Groups, pay, and rules as applied, of one audit; without an id of the newest."""
    listed, known = await asyncio.gather(desk.newest_audits(token), names(suite, token))
    newest_first = sorted(listed, key=lambda each: each.create_time_ms or 0, reverse=True)
    wanted = audit_id or (newest_first[0].audit_id if newest_first else "")
    return GroupsView(await desk.audit(token, wanted) if wanted else None, newest_first, known)


async def consultations(
    suite: Suite, desk: Bargaining, token: str, platform_id: str, state: ConsultationState
) -> ConsultationsView:
    """What goes on, the latest first, and who has to consult by when."""
    found, duties, metrics, known = await asyncio.gather(
        desk.consultations(token, platform_id, state),
        desk.duties(token),
        desk.metrics(token),
        names(suite, token),
    )
    return ConsultationsView(
        sorted(found, key=lambda each: (not each.is_open, -(each.create_ms or 0))),
        sorted(duties, key=lambda each: each.due_ms),
        metrics,
        known,
    )


async def opening(suite: Suite, desk: Bargaining, token: str) -> OpeningView:
    """What a consultation may be opened on, and with whom."""
    metrics, unions, known = await asyncio.gather(
        desk.metrics(token), desk.unions(token), names(suite, token)
    )
    return OpeningView(metrics, unions, known)


async def room(suite: Suite, desk: Bargaining, token: str, consultation_id: str) -> RoomView:
    """One consultation with what lies on the table."""
    found, known = await asyncio.gather(desk.room(token, consultation_id), names(suite, token))
    return RoomView(found, known)


async def appeals(
    suite: Suite,
    desk: Bargaining,
    token: str,
    platform_id: str,
    state: PenaltyAppealState,
    *,
    overdue: bool,
) -> AppealsView:
    """What waits first."""
    found, known = await asyncio.gather(
        desk.appeals(token, platform_id, state, overdue=overdue), names(suite, token)
    )
    return AppealsView(by_urgency(found), known)
