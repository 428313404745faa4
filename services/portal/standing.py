"""Use case: how a platform or a partner firm stands, on one page."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date, timedelta

from services.portal.casework_ports import Casework
from services.portal.core.cases import Case
from services.portal.core.casework import AgendaItem, AgendaKind
from services.portal.core.findings import Finding
from services.portal.core.names import Names
from services.portal.core.reports import DueState, Duty, duties
from services.portal.core.rules import RuleHistory, histories
from services.portal.handlers import CASES_SIZE, names
from services.portal.own_ports import Own
from services.portal.ports import Registry, ReportQuery, RuleQuery, Suite


@dataclass(frozen=True, slots=True)
class StandingView:
    duties: list[Duty]
    """Reports to hand in whose quarter is over: the late ones first."""
    cases: list[Case]
    """Those in hand."""
    rules: list[RuleHistory]
    names: Names

    @property
    def overdue(self) -> int:
        """How many reports are late."""
        return sum(duty.due.state is DueState.OVERDUE for duty in self.duties)

    @property
    def due(self) -> int:
        """How many are to be handed in, and are not late yet."""
        return len(self.duties) - self.overdue

    @property
    def in_force(self) -> int:
        """How many documents of rules hold."""
        return sum(history.in_force is not None for history in self.rules)

    @property
    def coming(self) -> int:
        """How many have a version that is yet to take effect."""
        return sum(history.coming is not None for history in self.rules)


async def standing(suite: Suite, registry: Registry, token: str, now_ms: int) -> StandingView:
    """What is owed, found and declared. Who owes no reports is refused (PermissionDeniedError)."""
    due, given, page, documents, known = await asyncio.gather(
        registry.due_dates(token, ReportQuery()),
        registry.reports(token, ReportQuery()),
        suite.cases(token, platform_id="", area_code="", rule_id="", page_size=CASES_SIZE, page_token=""),
        registry.rule_documents(token, RuleQuery()),
        names(suite, token),
    )
    owed = [each for each in duties(due, given) if each.due.state in (DueState.OVERDUE, DueState.DUE)]
    cases = [each for each in page.cases if each.goes_on]
    return StandingView(owed, cases, histories(documents, now_ms), known)


FINDINGS_SIZE = 10
"""Whoever wants more goes by the case."""
BACK, AHEAD = timedelta(days=30), timedelta(days=42)
"""What is late by less than a month is still there; six weeks are longer than any deadline of the policy."""


@dataclass(frozen=True, slots=True)
class Concerns:
    """What is found of a platform, and what that asks of it."""

    findings: list[Finding]
    """The latest that stand, with the platform's part of their evidence."""
    more: bool
    """There are others."""
    to_answer: list[AgendaItem]
    """Letters to answer, talks, and what is to be rectified by when: the soonest first. What an official has
    to decide asks nothing of the platform."""


async def concerns(casework: Casework, own: Own, token: str, today: date) -> Concerns:
    """For a platform only: a partner firm sees no single worker."""
    (findings, more), to_answer = await asyncio.gather(
        own.findings(token, FINDINGS_SIZE), casework.agenda(token, today - BACK, today + AHEAD)
    )
    asked = [item for item in to_answer if item.kind is not AgendaKind.APPROVAL_AWAITED]
    return Concerns(findings, more, asked)
