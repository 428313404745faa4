"""Lists by the part, for programs: a page of the portal shows all there is, a program turns pages."""

from __future__ import annotations

from typing import Protocol

from services.portal.core.audits import Audit
from services.portal.core.consultations import Consultation, ConsultationState, Duty
from services.portal.core.findings import Finding
from services.portal.core.listings import Area, FindingQuery, Listed, Part, Party, Revised
from services.portal.core.penalty_appeals import PenaltyAppeal, PenaltyAppealState
from services.portal.core.readers import Role
from services.portal.core.reports import DueDate, Report
from services.portal.core.rules import RuleDocument
from services.portal.core.thresholds import ThresholdVersion
from services.portal.ports import ReportQuery, RuleQuery


class Listings(Protocol):
    """``adapters/listings.py`` is the one implementation. Raises as ``services.portal.ports.Suite`` does.

    Empty fields of a filter do not restrict.
    """

    async def findings(self, token: str, query: FindingQuery, part: Part) -> Listed[Finding]:
        """On working time, as they stand."""
        ...

    async def finding(self, token: str, finding_id: str) -> Revised: ...

    async def audits(self, token: str, part: Part) -> Listed[Audit]:
        """Without cohorts."""
        ...

    async def thresholds(
        self, token: str, platform_id: str, metric_id: str, part: Part
    ) -> Listed[ThresholdVersion]: ...

    async def consultations(
        self, token: str, platform_id: str, state: ConsultationState, part: Part
    ) -> Listed[Consultation]:
        """Without offers and course."""
        ...

    async def consultation_duties(self, token: str, part: Part) -> Listed[Duty]: ...

    async def appeals(
        self, token: str, platform_id: str, state: PenaltyAppealState, part: Part, *, overdue: bool
    ) -> Listed[PenaltyAppeal]: ...

    async def rule_documents(self, token: str, query: RuleQuery, part: Part) -> Listed[RuleDocument]:
        """Every version."""
        ...

    async def reports(self, token: str, query: ReportQuery, part: Part) -> Listed[Report]:
        """Every version."""
        ...

    async def due_dates(self, token: str, query: ReportQuery, part: Part) -> Listed[DueDate]: ...

    async def parties(self, token: str, role: Role, area_code: str, part: Part) -> Listed[Party]: ...

    async def areas(self, token: str, parent_code: str, part: Part) -> Listed[Area]: ...
