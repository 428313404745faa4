"""What all routes of the API have in common: tags of answers, and the errors they tell."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field

from services.portal.conditional import READERS_OWN, etag, has_it
from services.portal.problems import PROBLEM_JSON


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str = Field(description="`urn:quzhong:problem:` and the reason.")
    title: str
    status: int
    detail: str = Field(description="For people; in English with `?lang=en`.")
    reason: str = Field(description="For programs: upper case and stable.")
    metadata: dict[str, str]
    field: str = Field(default="", description="Which field is wrong, where one is.")
    instance: str = Field(description="The path that was asked for.")


def problems(*statuses: HTTPStatus) -> dict[int | str, dict[str, Any]]:
    """Of a route: the statuses it may refuse with, beside those every route has."""
    return {status.value: _PROBLEMS[status] for status in statuses}


def _told(text: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": text, "content": {PROBLEM_JSON: {"schema": schema}}}


_PROBLEMS = {
    HTTPStatus.BAD_REQUEST: _told("A field is wrong; `field` names it."),
    HTTPStatus.UNAUTHORIZED: _told("No credential, or one nobody issued."),
    HTTPStatus.FORBIDDEN: _told("Your role may not, or it is beyond your areas and platforms."),
    HTTPStatus.NOT_FOUND: _told("No such thing, or none you may see: the two are not told apart."),
    HTTPStatus.CONFLICT: _told("Not as things stand: read `reason` for what is missing."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _told("More than 4 MiB."),
    HTTPStatus.TOO_MANY_REQUESTS: _told("Too much at once: come back after `Retry-After` seconds."),
    HTTPStatus.SERVICE_UNAVAILABLE: _told("A service is away: come back after `Retry-After` seconds."),
}
ALWAYS = problems(
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
ONE = problems(HTTPStatus.NOT_FOUND)
"""Of a route that is about one thing."""
JUDGED = problems(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)
"""Of a route that may be refused for the state things are in."""
WRITTEN = JUDGED | problems(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


class ConditionalRoute(APIRoute):
    """A ``GET`` tells the tag of its answer, and nothing else to whoever has it already (RFC 9110)."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answered = super().get_route_handler()

        async def handler(request: Request) -> Response:
            response = await answered(request)
            if request.method != "GET" or response.status_code != HTTPStatus.OK:
                return response
            response.headers.update({"ETag": etag(request, bytes(response.body)), **READERS_OWN})
            if not has_it(request, response.headers["ETag"]):
                return response
            kept = {
                name: value
                for name, value in response.headers.items()
                if name not in ("content-length", "content-type")
            }
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=kept)

        return handler


def routes(tag: str) -> APIRouter:
    """A router for one subject."""
    return APIRouter(tags=[tag], route_class=ConditionalRoute, responses=ALWAYS)
