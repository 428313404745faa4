"""Findings on working time, what became of them, a worker's time, and duties that are due or late."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from pydantic import AwareDatetime

from services.portal.core.findings import Severity
from services.portal.core.listings import FindingQuery
from services.portal.http_api.access import TheToken
from services.portal.http_api.answers.findings import (
    Explanation,
    Finding,
    FindingList,
    RevisedFinding,
    SeverityWord,
    Timeline,
)
from services.portal.http_api.parts import AreaCode, ThePart, epoch_ms
from services.portal.http_api.route import JUDGED, ONE, routes
from services.portal.web import ThePortal

router = routes("findings")


@router.get("/findings")
async def list_findings(
    portal: ThePortal,
    token: TheToken,
    part: ThePart,
    platform_id: str = "",
    area_code: AreaCode = "",
    rule_id: str = "",
    least_severity: SeverityWord = Severity.UNSPECIFIED,
    include_withdrawn: bool = False,
) -> FindingList:
    """Findings on working time."""
    query = FindingQuery(platform_id, area_code, rule_id, least_severity, include_withdrawn)
    listed = await portal.listings.findings(token, query, part.part)
    part.on(listed.next_page_token)
    return FindingList.model_validate(listed)


# A finding's id may have slashes.
@router.get("/findings/{finding_id:path}", responses=ONE)
async def get_finding(portal: ThePortal, token: TheToken, finding_id: str) -> RevisedFinding:
    """One finding on working time, with its earlier revisions."""
    return RevisedFinding.model_validate(await portal.listings.finding(token, finding_id))


@router.get("/explanations/{finding_id:path}", responses=JUDGED)
async def explain_finding(portal: ThePortal, token: TheToken, finding_id: str) -> Explanation:
    """One finding judged again from the log: does it still stand, what differs, by which events."""
    return Explanation.model_validate(await portal.suite.explain(token, finding_id))


@router.get("/duties/{finding_id:path}", responses=ONE)
async def get_duty(portal: ThePortal, token: TheToken, finding_id: str) -> Finding:
    """A finding about a duty: a report or a licence that is due or late."""
    return Finding.model_validate(await portal.registry.duty_finding(token, finding_id))


@router.get("/workers/{worker_id}/timeline", responses=JUDGED)
async def get_worker_timeline(
    portal: ThePortal,
    token: TheToken,
    worker_id: str,
    start_time: Annotated[AwareDatetime, Query(description="RFC 3339.")],
    end_time: Annotated[AwareDatetime, Query(description="At most 31 days later.")],
) -> Timeline:
    """What a worker did, on all platforms. For supervision."""
    window = epoch_ms(start_time), epoch_ms(end_time)
    return Timeline.model_validate(await portal.suite.worker_timeline(token, worker_id, *window))
