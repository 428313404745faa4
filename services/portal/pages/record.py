"""A worker's own record, opened with a one-time code; and the page on which such codes are issued."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from kit.clock import system_clock
from kit.errors import InvalidArgumentError, QuzhongError
from services.portal.core.own_record import PERIODS
from services.portal.core.readers import Role
from services.portal.own_record import own_record
from services.portal.problems import status_of
from services.portal.web import ThePortal, TheReader, address_of, page, require_role, signed_in

router = APIRouter()

RECORD, SIGN_IN = "/record", "/record/sign-in"
WIDE, NARROW = 720, 344
"""Of drawings, in CSS pixels: on a desk, and within a telephone's 360."""


@router.get(SIGN_IN)
async def form(request: Request) -> Response:
    """Where the code is typed in."""
    return page(request, "record_sign_in.html", problem=None)


@router.post(SIGN_IN)
async def sign_in(request: Request, portal: ThePortal, code: Annotated[str, Form()] = "") -> Response:
    """Take the code to the registry; the session ends with the token, after half an hour."""
    try:
        portal.attempts.take(f"record {address_of(request)}")
        session = await portal.own.redeem(code[:40])
    except QuzhongError as error:
        return page(request, "record_sign_in.html", status=status_of(error), problem=error)
    return signed_in(portal, session.token, session.lifetime_s, RECORD)


@router.get(RECORD)
async def show(request: Request, portal: ThePortal, reader: TheReader, days: int = PERIODS[0]) -> Response:
    """The last days, the latest first; what is advised now stands above."""
    if days not in PERIODS:
        raise InvalidArgumentError(
            f"days: {days} is none of {', '.join(map(str, PERIODS))}",
            zh=f"days：可选 {'、'.join(map(str, PERIODS))}，而不是 {days}",
            field="days",
        )
    view = await own_record(portal.suite, portal.own, reader.require_token(), days, system_clock())
    return page(
        request,
        "record.html",
        view=view,
        names=view.names,
        days=days,
        periods=PERIODS,
        widths=(WIDE, NARROW),
        now_ms=view.now_ms,
    )


@router.get("/worker-codes")
async def code_form(request: Request, portal: ThePortal, reader: TheReader) -> Response:
    """Where a platform or a union issues a code for a worker."""
    await require_role(portal, reader.require_token(), Role.PLATFORM, Role.UNION)
    return page(
        request,
        "worker_codes.html",
        problem=None,
        issued=None,
        worker="",
        reason="",
        request_id=secrets.token_hex(16),
    )


@router.post("/worker-codes")
async def issue(
    request: Request,
    portal: ThePortal,
    reader: TheReader,
    form_key: Annotated[str, Form()] = "",
    request_id: Annotated[str, Form()] = "",
    worker: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Issue a code, which the answer shows once."""
    token = reader.admit(form_key)
    try:
        issued = await portal.own.issue_code(
            token, worker.strip(), reason, request_id or secrets.token_hex(16)
        )
    except InvalidArgumentError as error:
        status = status_of(error)
        return page(
            request,
            "worker_codes.html",
            status=status,
            problem=error,
            issued=None,
            worker=worker[:64],
            reason=reason[:200],
            request_id=secrets.token_hex(16),
        )
    return page(
        request,
        "worker_codes.html",
        problem=None,
        issued=issued,
        worker="",
        reason="",
        request_id=secrets.token_hex(16),
    )
