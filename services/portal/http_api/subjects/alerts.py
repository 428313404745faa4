"""Alerts and cases, what is due in them, and the replies to notices."""

from __future__ import annotations

from base64 import b64decode
from datetime import date
from http import HTTPStatus
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from services.portal.core.alerts import AlertFilter
from services.portal.core.casework import GivenReply, ReplyKind
from services.portal.core.findings import Severity
from services.portal.handlers import FINDINGS_SIZE
from services.portal.http_api.access import RequestId, TheToken, TheWritersToken
from services.portal.http_api.answers.cases import (
    Agenda,
    AlertList,
    CaseFile,
    CaseList,
    Dispute,
    Reply,
)
from services.portal.http_api.answers.findings import SeverityWord
from services.portal.http_api.answers.parts import GIVEN_WORD
from services.portal.http_api.parts import MOST, AreaCode, ThePart, Words
from services.portal.http_api.route import ONE, WRITTEN, routes
from services.portal.web import ThePortal

router = routes("alerts and cases")


@router.get("/alerts")
async def list_alerts(
    portal: ThePortal,
    token: TheToken,
    part: ThePart,
    area_code: AreaCode = "",
    platform_id: str = "",
    rule_id: str = "",
    department_id: str = "",
    least_severity: SeverityWord = Severity.UNSPECIFIED,
    cases_only: bool = False,
) -> AlertList:
    """Alerts, newest first."""
    wanted = AlertFilter(area_code, platform_id, rule_id, least_severity, department_id, cases_only)
    page = await portal.suite.alerts(token, wanted, *part.part)
    part.on(page.next_page_token)
    return AlertList.model_validate(page)


@router.get("/cases")
async def list_cases(
    portal: ThePortal,
    token: TheToken,
    part: ThePart,
    platform_id: str = "",
    area_code: AreaCode = "",
    rule_id: str = "",
) -> CaseList:
    """Cases."""
    page = await portal.suite.cases(
        token,
        platform_id=platform_id,
        area_code=area_code,
        rule_id=rule_id,
        page_size=part.part.size,
        page_token=part.part.token,
    )
    part.on(page.next_page_token)
    return CaseList.model_validate(page)


@router.get("/cases/{case_id}", responses=ONE)
async def get_case(
    portal: ThePortal,
    token: TheToken,
    case_id: str,
    findings_size: Annotated[int, Query(ge=1, le=MOST)] = FINDINGS_SIZE,
) -> CaseFile:
    """One case with its findings, letters, replies, talks and course."""
    return CaseFile.model_validate(await portal.suite.case(token, case_id, findings_size))


@router.get("/agenda")
async def list_agenda(portal: ThePortal, token: TheToken, first_date: date, last_date: date) -> Agenda:
    """Talks, deadlines and approvals awaited, of the days from the first to the last."""
    return Agenda.model_validate({"items": await portal.casework.agenda(token, first_date, last_date)})


class GivenFile(BaseModel):
    """A file to attach."""

    model_config = ConfigDict(extra="forbid")

    name: Words
    content: str = Field(
        # As RFC 4648 has it, without line breaks.
        pattern=r"^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
        description="Base64.",
        examples=["5bey5pW05pS5"],
        json_schema_extra={"contentEncoding": "base64"},
    )


class GivenReplyBody(BaseModel):
    """What you say to a notice."""

    model_config = ConfigDict(extra="forbid")

    kind: Annotated[ReplyKind, GIVEN_WORD]
    text: Words = Field(default="", description="At most 4,000 characters.")
    asked_until: date | None = Field(default=None, description="Of `extension_asked`: until when.")
    files: list[GivenFile] = []


@router.post("/notices/{notice_id}/replies", status_code=HTTPStatus.CREATED, responses=WRITTEN)
async def reply_to_notice(
    portal: ThePortal,
    token: TheWritersToken,
    notice_id: str,
    request_id: RequestId,
    body: GivenReplyBody,
) -> Reply:
    """Acknowledge a notice, answer it, report progress, or ask for more time. For whom it is addressed to."""
    given = GivenReply(
        notice_id=notice_id,
        kind=body.kind,
        text=body.text,
        asked_until=body.asked_until.isoformat() if body.asked_until else "",
        files=tuple((each.name, b64decode(each.content)) for each in body.files),
    )
    return Reply.model_validate(await portal.casework.reply(token, given, request_id))


class GivenDispute(BaseModel):
    """A finding you dispute, and why."""

    model_config = ConfigDict(extra="forbid")

    finding_id: Words
    grounds: Words


@router.post("/cases/{case_id}/disputes", status_code=HTTPStatus.CREATED, responses=WRITTEN)
async def dispute_finding(
    portal: ThePortal,
    token: TheWritersToken,
    case_id: str,
    request_id: RequestId,
    body: GivenDispute,
) -> Dispute:
    """Dispute a finding of a case. For whom its notices are addressed to."""
    filed = await portal.casework.appeal(token, case_id, body.finding_id, body.grounds, request_id)
    return Dispute.model_validate(filed)
