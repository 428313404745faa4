"""``/docs``: what programs may ask of the portal and what lies on the topics, for people and for tools.

The documents are those that ``make docs`` writes to ``docs/api``; they tell nothing of the data, so nobody
has to sign in for them. Everything their pages need comes from the portal itself.
"""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from kit.eventlog.topics import TOPICS
from kit.eventlog.topics_document import topics_document
from services.portal.conditional import etag, has_it
from services.portal.http_api.openapi import openapi_document
from services.portal.http_api.reference import message_fields, shapes, subjects
from services.portal.web import ThePortal, page

router = APIRouter()

_openapi = cache(openapi_document)
_topics = cache(topics_document)


@router.get("/docs")
async def show(request: Request, portal: ThePortal) -> Response:
    """The HTTP API: every operation, and every shape of an answer."""
    document = _openapi()
    return page(
        request,
        "docs_http_api.html",
        subjects=subjects(document),
        shapes=shapes(document),
        address=(portal.settings.portal_url or str(request.base_url)).rstrip("/"),
    )


@router.get("/docs/topics")
async def show_topics(request: Request) -> Response:
    """The topics of the event log: what lies on each, by what key, who writes and who reads it."""
    schemas = _topics()["components"]["schemas"]
    topics = [(topic, message_fields(schemas[topic.payload])) for topic in TOPICS]
    return page(request, "docs_topics.html", topics=topics)


@router.get("/docs/openapi.json")
async def openapi(request: Request) -> Response:
    """OpenAPI 3.1."""
    return _answered(request, _openapi())


@router.get("/docs/asyncapi.json")
async def asyncapi(request: Request) -> Response:
    """AsyncAPI 3.0."""
    return _answered(request, _topics())


def _answered(request: Request, document: dict[str, Any]) -> Response:
    response = JSONResponse(document)
    # The same for everybody, until the portal is renewed.
    response.headers.update({"ETag": etag(request, bytes(response.body)), "Cache-Control": "no-cache"})
    if has_it(request, response.headers["ETag"]):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={"ETag": response.headers["ETag"]})
    return response
