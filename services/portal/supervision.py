"""Use cases: where areas stand, all there is of one platform, what a period came to."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from kit.errors import FailedPreconditionError, InvalidArgumentError, NotFoundError, PermissionDeniedError
from services.portal.admission_ports import Admissions
from services.portal.core.admission import Admission
from services.portal.core.alerts import Alert, AlertFilter
from services.portal.core.area_tree import AreasNow, Row, rows_of
from services.portal.core.audits import Audit, CohortAudit, gravity
from services.portal.core.cases import Case
from services.portal.core.names import Names
from services.portal.core.period_reports import GoodConduct, PeriodReport, latest_over
from services.portal.core.reports import DueState, Duty, duties
from services.portal.core.rules import RuleHistory, histories
from services.portal.handlers import CASES_SIZE, DELIVERY_TIME, names
from services.portal.ports import Registry, ReportQuery, RuleQuery, Suite
from services.portal.supervision_ports import Supervision

ALERTS_SIZE = 8
"""As many as tell what a platform's days are like; the feed has the rest."""

_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class AreasView:
    now: AreasNow
    rows: list[Row]
    names: Names


@dataclass(frozen=True, slots=True)
class PlatformView:
    """Of each part None: nothing of it is for this reader."""

    platform_id: str
    cases: list[Case]
    """In hand."""
    alerts: list[Alert]
    areas: list[Row] | None
    duties: list[Duty] | None
    """Reports that are late or due, the late ones first."""
    rules: list[RuleHistory]
    audit: Audit | None
    cohorts: list[CohortAudit]
    """Of this platform in it, the gravest first."""
    praised: list[tuple[str, GoodConduct]] | None
    """By period: the last month and the last quarter."""
    admission: Admission
    """To live intake."""
    names: Names

    @property
    def overdue(self) -> int:
        """How many reports are late."""
        return sum(duty.due.state is DueState.OVERDUE for duty in self.duties or ())


@dataclass(frozen=True, slots=True)
class PlatformsView:
    cases: dict[str, int]
    """Cases in hand, by platform."""
    names: Names


@dataclass(frozen=True, slots=True)
class PeriodView:
    report: PeriodReport
    praised: list[GoodConduct] | None
    """None: the period is not over."""
    names: Names


async def areas(
    suite: Suite, supervision: Supervision, token: str, *, platform_id: str, last_date: str
) -> AreasView:
    """Every area of the reader's with what seven days brought."""
    now, tree, known = await asyncio.gather(
        supervision.areas_now(token, platform_id=platform_id, last_date=last_date),
        supervision.areas(token),
        names(suite, token),
    )
    return AreasView(now, rows_of(tree, now.figures), known)


async def platforms(suite: Suite, token: str) -> PlatformsView:
    """Every platform the reader may know of, with the cases in hand."""
    page, known = await asyncio.gather(
        suite.cases(token, platform_id="", area_code="", rule_id="", page_size=1000, page_token=""),
        names(suite, token),
    )
    counts = dict.fromkeys(known.platforms, 0)
    for case in page.cases:
        if case.goes_on:
            counts[case.platform_id] = counts.get(case.platform_id, 0) + 1
    return PlatformsView(counts, known)


async def platform(
    suite: Suite,
    registry: Registry,
    supervision: Supervision,
    admissions: Admissions,
    token: str,
    platform_id: str,
    *,
    today: date,
    now_ms: int,
) -> PlatformView:
    """All there is of one platform for this reader.

    Raises NotFoundError for a platform that the reader knows nothing of.
    """
    known = await names(suite, token)
    if known.platforms and platform_id not in known.platforms:
        raise NotFoundError(
            f"platform_id: no platform {platform_id[:40]!r} is known to you",
            zh=f"platform_id：没有您可查看的平台 {platform_id[:40]}",
            field="platform_id",
            reason="PLATFORM_UNKNOWN",
        )
    (page, alerts, rules, audit, admission), (due, praised, tree) = await asyncio.gather(
        asyncio.gather(
            suite.cases(
                token, platform_id=platform_id, area_code="", rule_id="", page_size=CASES_SIZE, page_token=""
            ),
            suite.alerts(token, AlertFilter(platform_id=platform_id), ALERTS_SIZE, ""),
            registry.rule_documents(token, RuleQuery(platform_id=platform_id)),
            suite.latest_audit(token, DELIVERY_TIME, ""),
            admissions.of(token, platform_id),
        ),
        asyncio.gather(
            _if_allowed(_owed(registry, token, platform_id)),
            _if_allowed(_praise(supervision, token, platform_id, today)),
            _if_allowed(_where(supervision, token, platform_id)),
        ),
    )
    cohorts = [each for each in audit.cohorts if each.platform_id == platform_id] if audit else []
    return PlatformView(
        platform_id=platform_id,
        cases=[case for case in page.cases if case.goes_on and case.platform_id == platform_id],
        alerts=list(alerts.alerts),
        areas=tree,
        duties=due,
        rules=histories([each for each in rules if each.platform_id == platform_id], now_ms),
        audit=audit,
        cohorts=sorted(cohorts, key=gravity),
        praised=praised,
        admission=admission,
        names=known,
    )


async def period(suite: Suite, supervision: Supervision, token: str, name: str, area_code: str) -> PeriodView:
    """What a month or a quarter came to, as far as the reader may see."""
    report, praised, known = await asyncio.gather(
        supervision.period_report(token, name, area_code),
        _if_over(supervision.good_conduct(token, name, area_code)),
        names(suite, token),
    )
    return PeriodView(report, praised, known)


async def _owed(registry: Registry, token: str, platform_id: str) -> list[Duty]:
    due, given = await asyncio.gather(
        registry.due_dates(token, ReportQuery()), registry.reports(token, ReportQuery())
    )
    owed = (DueState.OVERDUE, DueState.DUE)
    return [
        duty for duty in duties(due, given) if duty.due.platform_id == platform_id and duty.due.state in owed
    ]


async def _where(supervision: Supervision, token: str, platform_id: str) -> list[Row]:
    now, tree = await asyncio.gather(
        supervision.areas_now(token, platform_id=platform_id, last_date=""), supervision.areas(token)
    )
    return [row for row in rows_of(tree, now.figures) if not row.quiet]


async def _praise(
    supervision: Supervision, token: str, platform_id: str, today: date
) -> list[tuple[str, GoodConduct]]:
    found = []
    for period_name in latest_over(today):
        listed = await _if_over(supervision.good_conduct(token, period_name, "")) or []
        found += [(period_name, each) for each in listed if each.platform_id == platform_id]
    return found


async def _if_allowed(answer: Awaitable[_Answer]) -> _Answer | None:
    """None for what the reader's role may not ask, or not without naming one of its areas."""
    try:
        return await answer
    except PermissionDeniedError:
        return None
    except InvalidArgumentError as error:
        if error.reason != "AREA_MISSING":
            raise
        return None


async def _if_over(answer: Awaitable[_Answer]) -> _Answer | None:
    """None before the end of the period; by the services' clock, which may be behind ours."""
    try:
        return await answer
    except (FailedPreconditionError, InvalidArgumentError) as error:
        if error.reason not in ("PERIOD_NOT_OVER", "PERIOD_IN_FUTURE"):
            raise
        return None
