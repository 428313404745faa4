"""Use cases: which employment reports are owed, what they say, and receiving them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from services.portal.core.findings import Finding
from services.portal.core.names import Names
from services.portal.core.reports import Duty, Report, duties
from services.portal.handlers import names
from services.portal.ports import Registry, ReportQuery, Suite


@dataclass(frozen=True, slots=True)
class ReportsView:
    duties: list[Duty]
    names: Names


@dataclass(frozen=True, slots=True)
class ReportView:
    report: Report
    versions: list[Report]
    """All that the reader may see, the last one first."""
    names: Names


@dataclass(frozen=True, slots=True)
class DutyView:
    finding: Finding
    names: Names

    @property
    def about_report(self) -> bool:
        """Whether a report is owed; else a licence ends."""
        return self.finding.rule_id.startswith("registry.report-")


async def duty(suite: Suite, registry: Registry, token: str, finding_id: str) -> DutyView:
    """A finding about a duty.

    Raises NotFoundError for what there is not, or is not the reader's to see.
    """
    finding, known = await asyncio.gather(registry.duty_finding(token, finding_id), names(suite, token))
    return DutyView(finding, known)


async def owed(suite: Suite, registry: Registry, token: str, query: ReportQuery) -> ReportsView:
    """What is owed, what is late, and what was handed in."""
    due, given, known = await asyncio.gather(
        registry.due_dates(token, query), registry.reports(token, query), names(suite, token)
    )
    return ReportsView(duties(due, given), known)


async def shown(suite: Suite, registry: Registry, token: str, report_id: str, version: int) -> ReportView:
    """One version of a report; 0: the last one.

    Raises NotFoundError for what there is not, or is not the reader's to see.
    """
    report = await registry.report(token, report_id, version)
    query = ReportQuery(report.reporter_id, report.area_code, report.quarter)
    reports, known = await asyncio.gather(registry.reports(token, query), names(suite, token))
    versions = [one for one in reports if one.report_id == report_id]
    return ReportView(report, sorted(versions, key=lambda one: -one.version), known)
