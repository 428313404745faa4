"""The live feed: a page of alerts, and the stream that goes on where the page ends."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Header, Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse

from kit.errors import InvalidArgumentError
from services.portal import handlers
from services.portal.core.alerts import AlertFilter, WatchedAlert
from services.portal.core.findings import Severity
from services.portal.core.names import Names
from services.portal.core.readers import FEED, HOME, first_page
from services.portal.pages.streams import HEADERS, event, relayed
from services.portal.web import Portal, Reader, ThePortal, TheReader, page, profile_of

router = APIRouter()

SEVERITIES = {severity.name.lower(): severity for severity in Severity if severity}


def filter_of(area: str = "", platform: str = "", rule: str = "", severity: str = "") -> AlertFilter:
    """The filter in the address.

    Raises InvalidArgumentError for a severity there is not.
    """
    if severity and severity not in SEVERITIES:
        raise InvalidArgumentError(
            f"severity: {severity!r} is none of {', '.join(SEVERITIES)}",
            zh=f"severity：没有“{severity}”这一级别，可用：{'、'.join(SEVERITIES)}",
            field="severity",
        )
    return AlertFilter(
        area.strip(), platform.strip(), rule.strip(), SEVERITIES.get(severity, Severity.UNSPECIFIED)
    )


TheFilter = Annotated[AlertFilter, Depends(filter_of)]


def query_of(alert_filter: AlertFilter, **more: str) -> str:
    """The address's query for a filter, without what is empty."""
    severity = alert_filter.least_severity
    fields = {
        "area": alert_filter.area_code,
        "platform": alert_filter.platform_id,
        "rule": alert_filter.rule_id,
        "severity": severity.name.lower() if severity else "",
    }
    return urlencode({name: value for name, value in (fields | more).items() if value})


@router.get(FEED)
@router.get(HOME)
async def show(
    request: Request, portal: ThePortal, reader: TheReader, alert_filter: TheFilter, page_token: str = ""
) -> Response:
    """The newest alerts, live; or, with ``page_token``, older ones, which do not change.

    At ``/`` only for whom that is the first page; everybody else is led to his own.
    """
    first = first_page(profile_of(request))
    if request.url.path == HOME and first != FEED:
        return RedirectResponse(first, HTTPStatus.SEE_OTHER)
    view = await handlers.feed(portal.suite, reader.require_token(), alert_filter, page_token)
    return page(
        request,
        "feed.html",
        view=view,
        names=view.names,
        alert_filter=alert_filter,
        severities=SEVERITIES,
        query=query_of(alert_filter),
        live="" if page_token else f"/feed/events?{query_of(alert_filter, resume=view.page.resume_token)}",
        older=f"{FEED}?{query_of(alert_filter, page_token=view.page.next_page_token)}"
        if view.page.next_page_token
        else "",
        newest=f"{FEED}?{query_of(alert_filter)}" if page_token else "",
        script_texts=portal.presenter.texts[reader.language].under("feed.script"),
    )


@router.get("/feed/events")
async def events(
    portal: ThePortal,
    reader: TheReader,
    alert_filter: TheFilter,
    resume: str = "",
    last_event_id: Annotated[str, Header()] = "",
) -> Response:
    """Server-Sent Events. ``id:`` is the resume token; a browser that comes back sends it as Last-Event-ID.

    | event      | data                                                                      |
    |------------|---------------------------------------------------------------------------|
    | alert      | the alert as JSON; ``row`` is its line of the page                        |
    | connection | ``{"state": "live" \\| "lost"}``: whether the service behind is there      |
    | problem    | a problem+json document, after which the stream ends: the reader must act |
    """
    token = reader.require_token()
    items = handlers.follow(portal.suite, token, alert_filter, last_event_id or resume)
    # The first item is awaited before the answer begins, so that a refusal is an HTTP status.
    first = await anext(items)
    known = await handlers.names(portal.suite, token)
    stream = relayed(portal, reader, first, items, partial(_encode, portal, reader, known))
    return StreamingResponse(stream, media_type="text/event-stream", headers=HEADERS)


def _encode(portal: Portal, reader: Reader, names: Names, item: WatchedAlert) -> bytes:
    alert = item.alert
    row = portal.presenter.render("_alert_row.html", reader.language, alert=alert, names=names)
    data = {
        "alert_id": alert.alert_id,
        "kind": alert.kind.name,
        "severity": alert.severity.name,
        "platform_id": alert.platform_id,
        "area_code": alert.area_code,
        "rule_id": alert.rule_id,
        "case_id": alert.case_id,
        "finding_id": alert.finding_id,
        "title": {"zh": alert.title.zh, "en": alert.title.en},
        "event_time_ms": alert.event_time_ms,
        "create_time_ms": alert.create_time_ms,
        "row": row,
    }
    return event("alert", data, item.resume_token)
