"""Use cases: gather from the services what a page shows. What a reader may see is decided there, not here."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from enum import Enum
from typing import Protocol, TypeVar

from kit.errors import PermanentError, PermissionDeniedError, QuzhongError
from services.portal.core.alerts import AlertFilter, AlertPage, WatchedAlert
from services.portal.core.audits import Audit
from services.portal.core.cases import CaseFile, CasePage
from services.portal.core.explanations import Explanation, Timeline, window_around
from services.portal.core.names import Names
from services.portal.ports import Suite

_log = logging.getLogger(__name__)

DELIVERY_TIME = "delivery_time"
"""What is audited, and shown, if no metric is named."""
FEED_SIZE = 50
CASES_SIZE = 100
FINDINGS_SIZE = 50
"""As many drawings as a person looks through; the case says how many there are in all."""

FIRST_PAUSE_S = 0.25
LONGEST_PAUSE_S = 5.0
"""Between attempts to watch again: quick after a restart, gentle with a service that stays away."""


@dataclass(frozen=True, slots=True)
class FeedView:
    page: AlertPage
    names: Names


@dataclass(frozen=True, slots=True)
class CasesView:
    page: CasePage
    names: Names


@dataclass(frozen=True, slots=True)
class CaseView:
    file: CaseFile
    names: Names


@dataclass(frozen=True, slots=True)
class ExplainedView:
    explanation: Explanation
    timeline: Timeline | None
    """None for readers who may not see where else a worker works."""
    names: Names


@dataclass(frozen=True, slots=True)
class AuditView:
    audit: Audit | None
    names: Names


class Connection(Enum):
    """Whether alerts are flowing."""

    LIVE = "live"
    LOST = "lost"


async def feed(suite: Suite, token: str, alert_filter: AlertFilter, page_token: str) -> FeedView:
    """A page of alerts, newest first."""
    page, known = await asyncio.gather(
        suite.alerts(token, alert_filter, FEED_SIZE, page_token), names(suite, token)
    )
    return FeedView(page, known)


def follow(
    suite: Suite, token: str, alert_filter: AlertFilter, resume_token: str
) -> AsyncGenerator[WatchedAlert | Connection, None]:
    """Alerts after the resume token; see ``following``."""
    return following(
        lambda: suite.alerts(token, alert_filter, 1, ""),
        lambda resume: suite.watch_alerts(token, alert_filter, resume),
        resume_token,
    )


class Watched(Protocol):
    """What a service tells as it comes."""

    @property
    def resume_token(self) -> str:
        """Where to go on after it."""
        ...


ItemT = TypeVar("ItemT", bound=Watched)


async def following(
    probe: Callable[[], Awaitable[object]],
    watch: Callable[[str], AsyncGenerator[ItemT, None]],
    resume_token: str,
) -> AsyncGenerator[ItemT | Connection, None]:
    """Items after the resume token, without gap or repeat, however often the service goes and comes back.

    Every attempt begins with an ordinary call (``probe``): an idle stream does not show if anybody is there.

    Raises PermanentError if the reader may not watch (any more).
    """
    pause_s = FIRST_PAUSE_S
    while True:
        try:
            await probe()
            yield Connection.LIVE
            async with aclosing(watch(resume_token)) as items:
                async for watched in items:
                    resume_token = watched.resume_token
                    pause_s = FIRST_PAUSE_S
                    yield watched
        except PermanentError:
            raise
        except QuzhongError as error:
            _log.warning("watching: %s: %s; again in %.2f s", error.reason, error.message, pause_s)
        yield Connection.LOST
        await asyncio.sleep(pause_s)
        pause_s = min(2 * pause_s, LONGEST_PAUSE_S)


async def cases(
    suite: Suite, token: str, *, platform_id: str, area_code: str, rule_id: str, page_token: str
) -> CasesView:
    """A page of cases."""
    page, known = await asyncio.gather(
        suite.cases(
            token,
            platform_id=platform_id,
            area_code=area_code,
            rule_id=rule_id,
            page_size=CASES_SIZE,
            page_token=page_token,
        ),
        names(suite, token),
    )
    return CasesView(page, known)


async def case(suite: Suite, token: str, case_id: str) -> CaseView:
    """One case with its gravest findings."""
    file, known = await asyncio.gather(suite.case(token, case_id, FINDINGS_SIZE), names(suite, token))
    return CaseView(file, known)


async def explain(suite: Suite, token: str, finding_id: str) -> ExplainedView:
    """A finding judged again, with its worker's time around it for those who may see that."""
    explanation, known = await asyncio.gather(suite.explain(token, finding_id), names(suite, token))
    window, worker_id = window_around(explanation), explanation.finding.worker_id
    timeline = None
    if window is not None and worker_id:
        try:
            timeline = await suite.worker_timeline(token, worker_id, *window)
        except PermissionDeniedError:
            timeline = None  # a platform: its own part is among the events
    return ExplainedView(explanation, timeline, known)


async def audit(suite: Suite, token: str, metric_id: str, area_code: str) -> AuditView:
    """The latest audit of a metric in an area; in any area if none is named."""
    latest, known = await asyncio.gather(
        suite.latest_audit(token, metric_id or DELIVERY_TIME, area_code), names(suite, token)
    )
    return AuditView(latest, known)


async def run_audit(suite: Suite, token: str, metric_id: str, area_code: str, request_id: str) -> Audit:
    """Audit a metric now: over all orders of the area; for a union over the last period of the calendar."""
    return await suite.run_audit(token, metric_id or DELIVERY_TIME, area_code, request_id)


async def check_token(suite: Suite, token: str) -> None:
    """Raises UnauthenticatedError if nobody was issued the token."""
    await suite.alerts(token, AlertFilter(), 1, "")


async def names(suite: Suite, token: str) -> Names:
    """Names for codes. Without the registry a page shows codes: that is better than no page."""
    try:
        return await suite.names(token)
    except QuzhongError as error:
        _log.warning("names: %s: %s; showing codes", error.reason, error.message)
        return Names()
