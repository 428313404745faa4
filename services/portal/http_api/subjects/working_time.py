"""What stands by rule, advice for platforms' workers, what was said of one, a worker's own record."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from pydantic import AwareDatetime

from services.portal.core.findings import Severity
from services.portal.core.listings import FindingQuery
from services.portal.http_api.access import TheToken
from services.portal.http_api.answers.events import ArchivedEventList
from services.portal.http_api.answers.findings import SeverityWord
from services.portal.http_api.answers.working_time import AdviceList, FindingCounts, OwnRecord
from services.portal.http_api.parts import MOST, AreaCode, ThePart, epoch_ms, optional_epoch_ms
from services.portal.http_api.route import JUDGED, routes
from services.portal.web import ThePortal

router = routes("working time")


@router.get("/finding-counts")
async def summarise_findings(
    portal: ThePortal,
    token: TheToken,
    platform_id: str = "",
    area_code: AreaCode = "",
    rule_id: str = "",
    least_severity: SeverityWord = Severity.UNSPECIFIED,
) -> FindingCounts:
    """How many findings on working time stand, and how many workers they concern, by rule."""
    query = FindingQuery(platform_id, area_code, rule_id, least_severity)
    return FindingCounts.model_validate({"rules": await portal.lookups.finding_counts(token, query)})


@router.get("/advisories")
async def list_advisories(
    portal: ThePortal,
    token: TheToken,
    platform_id: str = "",
    resume_token: Annotated[str, Query(description="Of an earlier answer; empty: what holds now.")] = "",
    page_size: Annotated[int, Query(ge=0, le=MOST, description="0: 100.")] = 0,
) -> AdviceList:
    """What platforms should do for their workers now."""
    return AdviceList.model_validate(await portal.lookups.advice(token, platform_id, resume_token, page_size))


@router.get("/workers/{worker_id}/events")
async def read_worker_events(
    portal: ThePortal,
    token: TheToken,
    part: ThePart,
    worker_id: str,
    start_time: Annotated[AwareDatetime | None, Query(description="RFC 3339.")] = None,
    end_time: AwareDatetime | None = None,
) -> ArchivedEventList:
    """What was said about one worker. For supervision."""
    window = optional_epoch_ms(start_time), optional_epoch_ms(end_time)
    listed = await portal.lookups.worker_events(token, worker_id, *window, part.part)
    part.on(listed.next_page_token)
    return ArchivedEventList.model_validate(listed)


@router.get("/record", responses=JUDGED)
async def get_own_record(
    portal: ThePortal,
    token: TheToken,
    start_time: Annotated[AwareDatetime, Query(description="RFC 3339.")],
    end_time: Annotated[AwareDatetime, Query(description="At most 31 days later.")],
) -> OwnRecord:
    """Your own time, findings, and who had codes for them issued. For a worker who signed in."""
    codes = await portal.own.codes(token)
    record = await portal.own.record(token, epoch_ms(start_time), epoch_ms(end_time))
    told = {"timeline": record.timeline, "findings": record.findings, "codes": codes}
    return OwnRecord.model_validate(told)
