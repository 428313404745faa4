"""The room of one consultation: offers side by side, the sides' steps, the pack, the agreement."""

from __future__ import annotations

import re
import secrets
from datetime import date, datetime, time, timedelta
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from kit.clock import SHANGHAI, system_clock
from kit.errors import InvalidArgumentError, PermanentError, PermissionDeniedError, UnauthenticatedError
from services.portal import bargaining
from services.portal.core import units
from services.portal.core.consultations import (
    Consultation,
    PackKind,
    ProposedThreshold,
    Side,
    offer_rows,
    side_by_side,
)
from services.portal.core.strip_chart import Scale
from services.portal.problems import status_of
from services.portal.web import Portal, Reader, ThePortal, TheReader, page, profile_of

router = APIRouter(prefix="/consultations")

KINDS = {"pdf": PackKind.PDF, "csv": PackKind.CSV, "parquet": PackKind.PARQUET}
STRIP_WIDTH = 220
_NOTICE_DAYS = 14
"""Offered as the day an agreement starts: workers have to hear of it first. It can be changed."""

FormText = Annotated[str, Form()]


@router.get("/{consultation_id}")
async def show(request: Request, portal: ThePortal, reader: TheReader, consultation_id: str) -> Response:
    """Its room."""
    return await _room(request, portal, reader, consultation_id, {}, None)


@router.post("/{consultation_id}/offers")
async def offer(request: Request, portal: ThePortal, reader: TheReader, consultation_id: str) -> Response:
    """Make an offer: a value for each band that is filled in, and the day they start."""
    token = reader.require_token()
    form = await request.form()
    reader.check_form(_typed(form, "form_key"))
    typed = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    try:
        thresholds = _thresholds(typed)
        effective_ms = _day_ms(typed.get("effective", ""))
        await portal.bargaining.offer(
            token,
            consultation_id,
            thresholds,
            effective_ms,
            typed.get("text", "").strip(),
            typed.get("request_id") or secrets.token_hex(16),
        )
    except (PermissionDeniedError, UnauthenticatedError):
        raise
    except PermanentError as error:
        return await _room(request, portal, reader, consultation_id, typed, error)
    return _back(consultation_id)


@router.post("/{consultation_id}/accept")
async def accept(
    request: Request,
    portal: ThePortal,
    reader: TheReader,
    consultation_id: str,
    number: Annotated[int, Form(ge=0, le=2**31 - 1)] = 0,
    text: FormText = "",
    form_key: FormText = "",
    request_id: FormText = "",
) -> Response:
    """Agree on the other side's last offer."""
    token = reader.admit(form_key)
    try:
        await portal.bargaining.accept(
            token, consultation_id, number, text.strip(), request_id or secrets.token_hex(16)
        )
    except (PermissionDeniedError, UnauthenticatedError):
        raise
    except PermanentError as error:
        return await _room(request, portal, reader, consultation_id, {"accept_text": text}, error)
    return _back(consultation_id)


@router.post("/{consultation_id}/fail")
async def fail(
    request: Request,
    portal: ThePortal,
    reader: TheReader,
    consultation_id: str,
    text: FormText = "",
    form_key: FormText = "",
    request_id: FormText = "",
) -> Response:
    """End it without agreement, and say why."""
    token = reader.admit(form_key)
    try:
        await portal.bargaining.fail(
            token, consultation_id, text.strip(), request_id or secrets.token_hex(16)
        )
    except (PermissionDeniedError, UnauthenticatedError):
        raise
    except PermanentError as error:
        return await _room(request, portal, reader, consultation_id, {"fail_text": text}, error)
    return _back(consultation_id)


@router.get("/{consultation_id}/pack/{kind}")
async def pack(portal: ThePortal, reader: TheReader, consultation_id: str, kind: str) -> Response:
    """The pack as ``pdf``, ``csv`` (one file a table, zipped) or ``parquet``; ``?lang=en`` in English."""
    if kind not in KINDS:
        raise InvalidArgumentError(
            f"kind: {kind[:20]!r} is none of {', '.join(KINDS)}",
            zh=f"kind：{kind[:20]!r} 不是 {'、'.join(KINDS)} 之一",
            field="kind",
            reason="PACK_KIND_UNKNOWN",
        )
    document = await portal.bargaining.pack(
        reader.require_token(), consultation_id, KINDS[kind], reader.language
    )
    shown = "inline" if kind == "pdf" else "attachment"
    headers = {
        "Content-Disposition": f"{shown}; filename*=UTF-8''{quote(document.name, safe='')}",
        "Cache-Control": "private, no-store",
    }
    return Response(document.content, media_type=document.media_type, headers=headers)


async def _room(
    request: Request,
    portal: Portal,
    reader: Reader,
    consultation_id: str,
    typed: dict[str, str],
    problem: PermanentError | None,
) -> Response:
    view = await bargaining.room(portal.suite, portal.bargaining, reader.require_token(), consultation_id)
    room, profile = view.room, profile_of(request)
    consultation: Consultation = room.consultation
    side = consultation.side_of(profile.party_id) if profile else Side.UNSPECIFIED
    soon = datetime.fromtimestamp(system_clock() / 1000, tz=SHANGHAI).date() + timedelta(days=_NOTICE_DAYS)
    return page(
        request,
        "consultation.html",
        status=status_of(problem) if problem else 200,
        room=room,
        consultation=consultation,
        names=view.names,
        side=side,
        acceptable=consultation.acceptable(side),
        comparisons=side_by_side(consultation),
        last={each: consultation.latest(each) for each in (Side.UNION, Side.PLATFORM)},
        rows=offer_rows(room.rows),
        scale=Scale(room.rows, width=STRIP_WIDTH),
        typed={"effective": soon.isoformat()} | typed,
        problem=problem,
        request_id=secrets.token_hex(16),
    )


def _thresholds(typed: dict[str, str]) -> tuple[ProposedThreshold, ...]:
    """What was filled in: inputs are named ``value.<service>.<start>-<end>``.

    Raises InvalidArgumentError for a value that is no number.
    """
    unit, found = typed.get("unit", ""), []
    for name, text in typed.items():
        band = re.fullmatch(r"value\.([1-9])\.(\d{1,7})-(\d{0,7})", name)
        if band is None or not text.strip():
            continue
        value = units.read(text, unit)
        if value is None:
            raise InvalidArgumentError(
                f"{name}: {text[:20]!r} is no number; type one, e.g. 28.5, or leave it empty",
                zh=f"{text[:20]!r} 不是数字；请填写数字，例如 28.5，或留空",
                field=name,
                reason="VALUE_NOT_A_NUMBER",
            )
        found.append(
            ProposedThreshold(
                metric_id=typed.get("metric", ""),
                area_code=typed.get("area", ""),
                service=int(band[1]),
                distance_start_m=int(band[2]),
                distance_end_m=int(band[3] or 0),
                value=value,
            )
        )
    return tuple(found)


def _day_ms(typed: str) -> int:
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError:
        raise InvalidArgumentError(
            f"effective_time: {typed[:20]!r} is no day, e.g. 2026-05-01",
            zh=f"生效日期：{typed[:20]!r} 不是日期，例如 2026-05-01",
            field="effective_time",
            reason="DAY_UNREADABLE",
        ) from None
    return int(datetime.combine(day, time(), SHANGHAI).timestamp() * 1000)


def _typed(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def _back(consultation_id: str) -> Response:
    return RedirectResponse(f"/consultations/{quote(consultation_id, safe='')}", HTTPStatus.SEE_OTHER)
