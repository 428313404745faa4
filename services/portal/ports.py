"""What the pages need from outside. Each port has one implementation, under ``adapters/``."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from services.portal.core.alerts import AlertFilter, AlertPage, WatchedAlert
from services.portal.core.audits import Audit
from services.portal.core.cases import CaseFile, CasePage
from services.portal.core.explanations import Explanation, Timeline
from services.portal.core.findings import Finding
from services.portal.core.names import Names
from services.portal.core.reports import Check, DueDate, GivenReport, Report
from services.portal.core.rules import RuleDifference, RuleDocument, RuleKind


class Session(NamedTuple):
    """A token of the registry for somebody who signed in, and for how long it holds."""

    token: str
    lifetime_s: int


class SignInProvider(Protocol):
    """Where readers sign in, other than with a token. ``adapters/oidc.py`` is the one implementation.

    Every method raises ``kit.errors.QuzhongError``: UnauthenticatedError if the provider or the registry
    refuses, RetryableError if one of them cannot be reached.
    """

    async def address(self, redirect_url: str, state: str, nonce: str, challenge: str) -> str:
        """Where the browser is sent to sign in. ``challenge``: of PKCE (RFC 7636), S256."""
        ...

    async def session(self, redirect_url: str, code: str, verifier: str, nonce: str) -> Session:
        """What the code that the browser came back with is good for."""
        ...


class LocalAccounts(Protocol):
    """Accounts of the registry's own (``adapters/local_accounts.py``). Nothing that is given is kept here.

    Raises ``kit.errors.QuzhongError``: UnauthenticatedError if what was given does not go together,
    InvalidArgumentError for a password that may not be, RetryableError after too many attempts.
    """

    async def sign_in(self, account_id: str, password: str, code: str) -> Session:
        """``code``: of the authenticator app."""
        ...

    async def enrol(self, account_id: str, enrolment_code: str, password: str, code: str) -> Session:
        """Set the password of a fresh account."""
        ...


class Suite(Protocol):
    """The services (``adapters/suite.py``), called with the reader's own token: they decide what it may see.

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
        """Names of the parties and areas the reader may see."""
        ...


@dataclass(frozen=True, slots=True)
class RuleQuery:
    """Which rule documents are wanted; what is empty does not restrict."""

    platform_id: str = ""
    kind: RuleKind = RuleKind.UNSPECIFIED
    area_code: str = ""


@dataclass(frozen=True, slots=True)
class ReportQuery:
    """Which reports are wanted; what is empty does not restrict."""

    reporter_id: str = ""
    area_code: str = ""
    quarter: str = ""
    """``2026Q1``; empty of due dates: the running one and the four before it."""


class Registry(Protocol):
    """Declared rules and employment reports (``adapters/registry.py``). Raises as ``Suite`` does."""

    async def rule_documents(self, token: str, query: RuleQuery) -> list[RuleDocument]:
        """Every version the reader may see."""
        ...

    async def rule_documents_json(self, token: str, query: RuleQuery) -> str:
        """The same as the contract's JSON."""
        ...

    async def rule_difference(self, token: str, document_id: str, before: int, after: int) -> RuleDifference:
        """Two versions and what differs; 0 is the last one, and the one before it."""
        ...

    async def rule_document_json(self, token: str, document_id: str, version: int) -> str:
        """One version as the contract's JSON."""
        ...

    async def due_dates(self, token: str, query: ReportQuery) -> list[DueDate]: ...

    async def reports(self, token: str, query: ReportQuery) -> list[Report]:
        """Every version the reader may see."""
        ...

    async def report(self, token: str, report_id: str, version: int) -> Report:
        """A version; 0: the last one."""
        ...

    async def validate_report(self, token: str, given: GivenReport) -> list[Check]:
        """What the checks find; nothing is kept. Only for whoever owes the report."""
        ...

    async def save_report(self, token: str, given: GivenReport, request_id: str) -> Report:
        """Keep a draft, in place of the draft there is."""
        ...

    async def submit_report(self, token: str, report_id: str, version: int, request_id: str) -> Report:
        """Hand the draft in. Raises FailedPreconditionError (REPORT_HAS_ERRORS) while a check blocks."""
        ...

    async def duty_finding(self, token: str, finding_id: str) -> Finding:
        """What was last found of a duty that is due or late."""
        ...

    async def acknowledge_report(self, token: str, report_id: str, version: int, request_id: str) -> None: ...

    async def return_report(
        self, token: str, report_id: str, version: int, reason: str, request_id: str
    ) -> None: ...
