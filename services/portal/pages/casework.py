"""What people do in a case: the next lawful step, a platform's replies and appeals; letters as files."""

from __future__ import annotations

import secrets
from datetime import date, datetime, time
from http import HTTPStatus
from itertools import zip_longest
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, File, Form, UploadFile
from fastapi.responses import RedirectResponse, Response

from kit.clock import SHANGHAI
from kit.errors import InvalidArgumentError
from services.portal.core.casework import (
    Commitment,
    DecideExtension,
    Document,
    GivenReply,
    MoveTalk,
    OrderRectification,
    RecordTalk,
    ReplyKind,
    SayWhy,
    SendSummons,
    Step,
    Trigger,
)
from services.portal.web import Portal, ThePortal, TheReader

router = APIRouter()

FormText = Annotated[str, Form()]
FormTexts = Annotated[list[str], Form()]
NOTHING: list[str] = []
NO_FILES: list[UploadFile] = []

REASONS = {
    "propose": Trigger.SUMMONS_PROPOSED,
    "approve": Trigger.SUMMONS_APPROVED,
    "decline": Trigger.SUMMONS_DECLINED,
    "cancel": Trigger.SUMMONS_CANCELLED,
    "escalate": Trigger.ESCALATED,
    "close": Trigger.CLOSED,
}
"""Steps that take nothing but a reason, by the last part of their address."""

INLINE = frozenset({"application/pdf", "image/png", "image/jpeg"})
"""What a browser may show by itself; anything else is saved. Nothing here can carry a script of ours."""


@router.post("/cases/{case_id}/steps/{name}")
async def say_why(
    portal: ThePortal,
    reader: TheReader,
    case_id: str,
    name: str,
    reason: FormText = "",
    form_key: FormText = "",
    request_id: FormText = "",
) -> Response:
    """Propose, approve, decline or cancel a summons; escalate; close."""
    token = reader.admit(form_key)
    if name not in REASONS:
        raise InvalidArgumentError(
            f"step: {name[:40]!r} is none of {', '.join(REASONS)}",
            zh=f"step：没有 {name[:40]!r} 这一步骤",
            field="step",
        )
    step = SayWhy(REASONS[name], reason.strip())
    return await _take(portal, token, case_id, step, request_id)


@router.post("/cases/{case_id}/summons")
async def send_summons(
    portal: ThePortal,
    reader: TheReader,
    case_id: str,
    day: FormText = "",
    start: FormText = "",
    end: FormText = "",
    place: FormText = "",
    attendees: FormText = "",
    joint: FormTexts = NOTHING,
    form_key: FormText = "",
    request_id: FormText = "",
) -> Response:
    """Set day and place of the talk, and send the summons."""
    token = reader.admit(form_key)
    step = SendSummons(
        _moment_ms("start", day, start),
        _moment_ms("end", day, end),
        place.strip(),
        attendees.strip(),
        tuple(joint),
    )
    return await _take(portal, token, case_id, step, request_id)


@router.post("/cases/{case_id}/talk/move")
async def move_talk(
    portal: ThePortal,
    reader: TheReader,
    case_id: str,
    day: FormText = "",
    start: FormText = "",
    end: FormText = "",
    place: FormText = "",
    reason: FormText = "",
    form_key: FormText = "",
    request_id: FormText = "",
) -> Response:
    """Another day or place; the invitation is sent anew under its name."""
    token = reader.admit(form_key)
    step = MoveTalk(
        _moment_ms("start", day, start), _moment_ms("end", day, end), place.strip(), reason.strip()
    )
    return await _take(portal, token, case_id, step, request_id)


@router.post("/cases/{case_id}/talk/record")
async def record_talk(
    portal: ThePortal,
    reader: TheReader,
    case_id: str,
    appeared: FormText = "",
    minutes: FormText = "",
    commitment: FormTexts = NOTHING,
    due: FormTexts = NOTHING,
    form_key: FormText = "",
    request_id: FormText = "",
) -> Response:
    """Minutes and commitments; or that nobody appeared."""
    token = reader.admit(form_key)
    promised = zip_longest(commitment, due, fillvalue="")
    step = RecordTalk(
        appeared == "no",
        minutes.strip(),
        tuple(Commitment(text.strip(), day) for text, day in promised if text.strip()),
    )
    return await _take(portal, token, case_id, step, request_id)


@router.post("/cases/{case_id}/order")
async def order(
    portal: ThePortal,
    reader: TheReader,
    case_id: str,
    measures: FormText = "",
    deadline: FormText = "",
    form_key: FormText = "",
    request_id: FormText = "",
) -> Response:
    """Order to rectify, with a deadline."""
    token = reader.admit(form_key)
    step = OrderRectification(measures.strip(), deadline)
    return await _take(portal, token, case_id, step, request_id)


@router.post("/cases/{case_id}/extension")
async def extension(
    portal: ThePortal,
    reader: TheReader,
    case_id: str,
    grant: FormText = "",
    until: FormText = "",
    reason: FormText = "",
    form_key: FormText = "",
    request_id: FormText = "",
) -> Response:
    """Grant or refuse the time a platform asked for."""
    token = reader.admit(form_key)
    step = DecideExtension(until if grant == "yes" else "", reason.strip())
    return await _take(portal, token, case_id, step, request_id)


@router.post("/cases/{case_id}/reply")
async def reply(
    portal: ThePortal,
    reader: TheReader,
    case_id: str,
    notice_id: FormText = "",
    kind: FormText = "",
    text: FormText = "",
    asked_until: FormText = "",
    files: Annotated[list[UploadFile], File()] = NO_FILES,
    form_key: FormText = "",
    request_id: FormText = "",
) -> Response:
    """Acknowledge, answer, report progress, or ask for more time."""
    token = reader.admit(form_key)
    given = GivenReply(
        notice_id=notice_id,
        kind=ReplyKind.__members__.get(kind.upper(), ReplyKind.UNSPECIFIED),
        text=text.strip(),
        asked_until=asked_until if kind == "extension_asked" else "",
        files=tuple([(each.filename or "", await each.read()) for each in files if each.filename]),
    )
    await portal.casework.reply(token, given, request_id or secrets.token_hex(16))
    return _back(case_id)


@router.post("/cases/{case_id}/findings/{finding_id}/appeal")
async def appeal(
    portal: ThePortal,
    reader: TheReader,
    case_id: str,
    finding_id: str,
    grounds: FormText = "",
    form_key: FormText = "",
    request_id: FormText = "",
) -> Response:
    """Dispute a finding."""
    token = reader.admit(form_key)
    asked = request_id or secrets.token_hex(16)
    await portal.casework.appeal(token, case_id, finding_id, grounds.strip(), asked)
    return _back(case_id)


@router.post("/cases/{case_id}/appeals/{appeal_id}")
async def decide(
    portal: ThePortal,
    reader: TheReader,
    case_id: str,
    appeal_id: str,
    uphold: FormText = "",
    reason: FormText = "",
    form_key: FormText = "",
    request_id: FormText = "",
) -> Response:
    """Set a disputed finding aside, or let it stand."""
    token = reader.admit(form_key)
    await portal.casework.decide(
        token,
        appeal_id,
        uphold=uphold == "yes",
        reason=reason.strip(),
        request_id=request_id or secrets.token_hex(16),
    )
    return _back(case_id)


@router.get("/notices/{notice_id}/letter.pdf")
async def letter(portal: ThePortal, reader: TheReader, notice_id: str) -> Response:
    """A letter as PDF, in the reader's language."""
    return _file(await portal.casework.letter(reader.require_token(), notice_id, reader.language))


@router.get("/notices/{notice_id}/invitation.ics")
async def invitation(portal: ThePortal, reader: TheReader, notice_id: str) -> Response:
    """The invitation of a summons."""
    return _file(await portal.casework.invitation(reader.require_token(), notice_id))


@router.get("/attachments/{attachment_id}")
async def attachment(portal: ThePortal, reader: TheReader, attachment_id: str) -> Response:
    """What came with a reply."""
    return _file(await portal.casework.attachment(reader.require_token(), attachment_id))


async def _take(portal: Portal, token: str, case_id: str, step: Step, request_id: str) -> Response:
    await portal.casework.take(token, case_id, step, request_id or secrets.token_hex(16))
    return _back(case_id)


def _back(case_id: str) -> Response:
    return RedirectResponse(f"/cases/{quote(case_id, safe='')}", HTTPStatus.SEE_OTHER)


def _file(document: Document) -> Response:
    shown = "inline" if document.media_type in INLINE else "attachment"
    name = quote(document.name, safe="")
    headers = {
        "Content-Disposition": f"{shown}; filename*=UTF-8''{name}",
        "Cache-Control": "private, no-store",
    }
    return Response(document.content, media_type=document.media_type, headers=headers)


def _moment_ms(field: str, day: str, clock: str) -> int:
    """A day and a time of day in Shanghai.

    Raises InvalidArgumentError if one of them is none.
    """
    try:
        moment = datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), SHANGHAI)
    except ValueError:
        raise InvalidArgumentError(
            f"{field}: {day[:20]!r} {clock[:20]!r} is no day and time, e.g. 2026-04-01 and 10:00",
            zh=f"{field}：{day[:20]!r} {clock[:20]!r} 不是日期和时间，例如 2026-04-01 和 10:00",
            field=field,
        ) from None
    return int(moment.timestamp() * 1000)
