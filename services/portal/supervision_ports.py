"""What supervision's pages need besides: areas and their figures, reports of a period.

``adapters/supervision.py`` is the one implementation. Raises as ``services.portal.ports.Suite`` does.
"""

from __future__ import annotations

from typing import Protocol

from services.portal.core.area_tree import AreasNow
from services.portal.core.casework import Document
from services.portal.core.language import Language
from services.portal.core.listings import Area
from services.portal.core.period_reports import GoodConduct, PeriodReport, ReportFormat


class Supervision(Protocol):
    """Areas and periods. Empty fields do not restrict."""

    async def areas(self, token: str) -> list[Area]:
        """The registry's tree."""
        ...

    async def areas_now(
        self, token: str, *, platform_id: str, last_date: str, area_code: str = ""
    ) -> AreasNow:
        """Seven days up to ``last_date``, ISO 8601; empty: the last with anything on record."""
        ...

    async def period_report(self, token: str, period: str, area_code: str) -> PeriodReport: ...

    async def period_file(
        self, token: str, period: str, area_code: str, kind: ReportFormat, language: Language
    ) -> Document:
        """The report as a file."""
        ...

    async def good_conduct(self, token: str, period: str, area_code: str) -> list[GoodConduct]:
        """Raises FailedPreconditionError (PERIOD_NOT_OVER) before its end."""
        ...

    async def commend(
        self, token: str, *, period: str, platform_id: str, area_code: str, reason: str, request_id: str
    ) -> None:
        """Send a letter of praise (表扬通报). For a named official."""
        ...
