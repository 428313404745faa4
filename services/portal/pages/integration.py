"""A platform's engineer: advice live, how events arrive, credentials, and a sandbox."""

from __future__ import annotations

import asyncio
import secrets
from functools import partial
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Header, Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse

from kit.clock import system_clock
from kit.errors import InvalidArgumentError, PermanentError
from services.portal import handlers
from services.portal.core.names import Names
from services.portal.core.own_record import AdviceKind, standing_now
from services.portal.core.readers import Role
from services.portal.core.samples import SAMPLES, sample
from services.portal.own_ports import WatchedAdvice
from services.portal.pages.streams import HEADERS, event, relayed
from services.portal.problems import status_of
from services.portal.web import Portal, Reader, ThePortal, TheReader, page, profile_of, require_role

router = APIRouter()

LONGEST_BATCH = 1_000_000
"""Characters of a batch in the sandbox: some thousands of rows."""


@router.get("/advisories")
async def advisories(request: Request, portal: ThePortal, reader: TheReader) -> Response:
    """What is advised now for each worker, the soonest to end first; live."""
    token = reader.require_token()
    advised, known = await asyncio.gather(portal.own.advice(token), handlers.names(portal.suite, token))
    now_ms = system_clock()
    return page(
        request,
        "advisories.html",
        advice=standing_now(advised.advice, now_ms),
        now_ms=now_ms,
        resume=advised.resume_token,
        names=known,
        script_texts=portal.presenter.texts[reader.language].under("advice.script"),
    )


@router.get("/advisories/events")
async def events(
    portal: ThePortal, reader: TheReader, resume: str = "", last_event_id: Annotated[str, Header()] = ""
) -> Response:
    """Server-Sent Events, with ``id:``, ``connection`` and ``problem`` as in ``/feed/events``.

    ``advice`` has the worker's line of the page as ``row``, empty where nothing is advised any more.
    """
    token = reader.require_token()
    items = handlers.following(
        lambda: portal.own.advice(token),
        lambda resume_token: portal.own.watch_advice(token, resume_token),
        last_event_id or resume,
    )
    first = await anext(items)
    known = await handlers.names(portal.suite, token)
    stream = relayed(portal, reader, first, items, partial(_encode, portal, reader, known))
    return StreamingResponse(stream, media_type="text/event-stream", headers=HEADERS)


def _encode(portal: Portal, reader: Reader, names: Names, watched: WatchedAdvice) -> bytes:
    advice, now_ms = watched.advice, system_clock()
    row = ""
    if standing_now([advice], now_ms):
        row = portal.presenter.render(
            "_advice_row.html", reader.language, advice=advice, names=names, now_ms=now_ms
        )
    data = {
        "key": f"{advice.finding_id}/{advice.platform_id}",
        "kind": advice.kind.name,
        "worker_id": advice.worker_id,
        "platform_id": advice.platform_id,
        "rule_id": advice.rule_id,
        "cleared": advice.kind is AdviceKind.CLEARED,
        "row": row,
    }
    return event("advice", data, watched.resume_token)


@router.get("/integration")
async def status(request: Request, portal: ThePortal, reader: TheReader, platform: str = "") -> Response:
    """What became of a platform's rows in the last day, and its credentials; whoever is none chooses one."""
    token = reader.require_token()
    known = await handlers.names(portal.suite, token)
    if not platform:
        profile = profile_of(request)
        platform = profile.party_id if profile and profile.role is Role.PLATFORM else ""
    arrived, credentials = None, await portal.own.credentials(token, platform)
    if platform:
        arrived = await portal.own.integration(token, platform)
    return page(
        request,
        "integration.html",
        platform_id=platform,
        names=known,
        arrived=arrived,
        credentials=credentials,
        shown=reader.credential,
        request_id=secrets.token_hex(16),
    )


@router.post("/integration/credentials/{credential_id}/revoke")
async def revoke(
    portal: ThePortal,
    reader: TheReader,
    credential_id: str,
    form_key: Annotated[str, Form()] = "",
    request_id: Annotated[str, Form()] = "",
) -> Response:
    """End one of the platform's credentials; at once, everywhere."""
    token = reader.admit(form_key)
    await portal.own.revoke_credential(token, credential_id, request_id or secrets.token_hex(16))
    return RedirectResponse("/integration#credentials", HTTPStatus.SEE_OTHER)


@router.get("/sandbox")
async def sandbox(
    request: Request, portal: ThePortal, reader: TheReader, sample: str = SAMPLES[0]
) -> Response:
    """A batch to begin with: one of the samples."""
    await require_role(portal, reader.require_token(), Role.PLATFORM, Role.ADMINISTRATOR)
    return page(
        request,
        "sandbox.html",
        batch=_sample(request, sample),
        sample=sample,
        samples=SAMPLES,
        rows=None,
        problem=None,
    )


@router.post("/sandbox")
async def check(
    request: Request,
    portal: ThePortal,
    reader: TheReader,
    form_key: Annotated[str, Form()] = "",
    batch: Annotated[str, Form()] = "",
) -> Response:
    """What intake would answer, row by row. Nothing is taken in; what was typed stays in its place."""
    token = reader.admit(form_key)
    rows, problem = None, None
    try:
        if len(batch) > LONGEST_BATCH:
            raise InvalidArgumentError(
                f"batch: {len(batch)} characters; try {LONGEST_BATCH} at most here",
                zh=f"batch：{len(batch)} 个字符；此处最多 {LONGEST_BATCH} 个",
                field="batch",
                reason="BATCH_JSON",
            )
        rows = await portal.own.check(token, batch)
    except PermanentError as error:
        if status_of(error) is not HTTPStatus.BAD_REQUEST:
            raise
        problem = error
    return page(
        request,
        "sandbox.html",
        status=HTTPStatus.BAD_REQUEST if problem else HTTPStatus.OK,
        batch=batch[:LONGEST_BATCH],
        sample="",
        samples=SAMPLES,
        rows=rows,
        problem=problem,
    )


def _sample(request: Request, name: str) -> str:
    if name not in SAMPLES:
        raise InvalidArgumentError(
            f"sample: {name[:40]!r} is none of {', '.join(SAMPLES)}",
            zh=f"sample：{name[:40]!r} 不是示例；可选 {'、'.join(SAMPLES)}",
            field="sample",
        )
    profile = profile_of(request)
    return sample(name, system_clock(), profile.area_codes[0] if profile and profile.area_codes else "")
