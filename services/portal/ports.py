"""What the pages need of the suite. ``adapters/suite.py`` is the one implementation."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Protocol

from services.portal.core.alerts import AlertFilter, AlertPage, WatchedAlert
from services.portal.core.audits import Audit
from services.portal.core.cases import CaseFile, CasePage
from services.portal.core.explanations import Explanation, Timeline
from services.portal.core.names import Names


class Suite(Protocol):
    """The services, called with the reader's own token: they decide what it may see.

    Every method raises ``kit.errors.QuzhongError``: UnauthenticatedError and PermissionDeniedError for the
    token, NotFoundError, InvalidArgumentError and the like for the request, RetryableError if a service
    cannot be reached.
    """

    async def alerts(
        self, token: str, alert_filter: AlertFilter, page_size: int, page_token: str
    ) -> AlertPage:
        """Newest first."""
        ...

    def watch_alerts(
        self, token: str, alert_filter: AlertFilter, resume_token: str
    ) -> AsyncGenerator[WatchedAlert, None]:
        """Alerts after the resume token, as they come. Ends only with an error or when it is closed."""
        ...

    async def cases(
        self, token: str, *, platform_id: str, area_code: str, rule_id: str, page_size: int, page_token: str
    ) -> CasePage:
        """Empty fields do not filter."""
        ...

    async def case(self, token: str, case_id: str, findings_size: int) -> CaseFile: ...

    async def latest_audit(self, token: str, metric_id: str, area_code: str) -> Audit | None:
        """The newest audit of a metric in an area (in any the reader may see if empty), if there is one."""
        ...

    async def run_audit(self, token: str, metric_id: str, area_code: str, request_id: str) -> Audit: ...

    async def explain(self, token: str, finding_id: str) -> Explanation:
        """A working-time finding judged again from the log."""
        ...

    async def worker_timeline(self, token: str, worker_id: str, start_ms: int, end_ms: int) -> Timeline:
        """What a worker did between two moments, at most 31 days apart. For supervision only."""
        ...

    async def names(self, token: str) -> Names:
        """Names of the platforms and areas the reader may see."""
        ...
