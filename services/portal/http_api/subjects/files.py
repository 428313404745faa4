"""Letters, invitations, attachments, packs and reports of a period, as the files they are."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import Query, Response

from services.portal.core.casework import Document
from services.portal.core.consultations import PackKind
from services.portal.core.language import Language
from services.portal.core.period_reports import ReportFormat
from services.portal.http_api.access import TheToken
from services.portal.http_api.parts import AreaCode, Period
from services.portal.http_api.route import JUDGED, ONE, routes
from services.portal.web import ThePortal

router = routes("files")


class FileResponse(Response):
    """Of a type that stands in the route's own row."""

    media_type = None


TheLanguage = Annotated[Literal["zh-CN", "en"], Query()]


def _file(*media_types: str, but: dict[int | str, dict[str, Any]]) -> dict[str, Any]:
    """A route's keywords: it answers a file of one of these types."""
    binary = {"schema": {"type": "string", "contentMediaType": "application/octet-stream"}}
    told = {"description": "The file.", "content": dict.fromkeys(media_types, binary)}
    return {"response_class": FileResponse, "responses": {200: told} | but}


@router.get("/notices/{notice_id}/letter", **_file("application/pdf", but=ONE))
async def get_letter(
    portal: ThePortal, token: TheToken, notice_id: str, language: TheLanguage = "zh-CN"
) -> Response:
    """A letter as PDF."""
    return _answered(await portal.casework.letter(token, notice_id, Language(language)))


@router.get("/notices/{notice_id}/invitation", **_file("text/calendar", but=JUDGED))
async def get_invitation(portal: ThePortal, token: TheToken, notice_id: str) -> Response:
    """The invitation of a summons, or its cancellation, as iCalendar."""
    return _answered(await portal.casework.invitation(token, notice_id))


@router.get("/attachments/{attachment_id}", **_file("*/*", but=ONE))
async def get_attachment(portal: ThePortal, token: TheToken, attachment_id: str) -> Response:
    """What came with a reply."""
    return _answered(await portal.casework.attachment(token, attachment_id))


@router.get(
    "/consultations/{consultation_id}/pack",
    **_file("application/pdf", "application/zip", "application/vnd.apache.parquet", but=JUDGED),
)
async def get_pack(
    portal: ThePortal,
    token: TheToken,
    consultation_id: str,
    kind: Literal["pdf", "csv", "parquet"] = "pdf",
    language: TheLanguage = "zh-CN",
) -> Response:
    """What a consultation rests on, frozen: for people (PDF), or its tables (CSV, zipped; Parquet)."""
    pack = portal.bargaining.pack(token, consultation_id, PackKind[kind.upper()], Language(language))
    return _answered(await pack)


@router.get(
    "/period-reports/{period}/file",
    **_file(
        "application/pdf",
        "text/csv",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        but=JUDGED,
    ),
)
async def get_period_file(
    portal: ThePortal,
    token: TheToken,
    period: Period,
    area_code: AreaCode = "",
    kind: Literal["pdf", "csv", "xlsx"] = "pdf",
    language: TheLanguage = "zh-CN",
) -> Response:
    """What a month or a quarter came to, as a document."""
    file = portal.supervision.period_file(
        token, period, area_code, ReportFormat[kind.upper()], Language(language)
    )
    return _answered(await file)


def _answered(document: Document) -> Response:
    # Always saved, never shown: nothing that was attached gets to run as a page of the portal.
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(document.name, safe='')}"}
    return Response(document.content, media_type=document.media_type, headers=headers)
