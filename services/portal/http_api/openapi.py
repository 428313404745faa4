"""The OpenAPI 3.1 document of the API: as FastAPI makes it from the routes, and what it cannot know."""

from __future__ import annotations

from http import HTTPMethod
from typing import Any, Final

from fastapi.openapi.utils import get_openapi

from kit.security.http_api_permissions import NO_TWIN
from services.portal.http_api.route import Problem
from services.portal.http_api.router import router
from services.portal.web import TOKEN_COOKIE

_DESCRIPTION: Final = """\
The read calls of all services and the replies to notices, for programs that have no gRPC. What you may see is
decided by the services, as in every other way in.

**Credentials.** `Authorization: Bearer` with a token of the registry or an access token. Pages of the portal
may use its cookie; to change something they also send `Form-Key`.

**Values.** Moments are RFC 3339 in UTC and end in `_time`; days are ISO 8601, in Asia/Shanghai; spans are
whole milliseconds and end in `_ms`; money is in fen. Words of an enum are told and asked for in lower case;
`unspecified` restricts nothing, and as an answer is a word that this portal does not know yet. What is empty
does not restrict.

**Long lists.** `page_size`, `page_token`; `Link` with `rel="next"` (RFC 8288) has the next part's address.

**Again.** Every `GET` tells a strong `ETag`; with `If-None-Match` it answers 304 if nothing changed. A
`POST` that changes something takes an `Idempotency-Key`: the same again changes nothing.

**Errors** are problem documents (RFC 9457) with a stable `reason`; `?lang=en` has them in English.

The feeds `/feeds/{area_code}.atom` and `/feeds/departments/{department_id}.atom` (Atom, conditional) and
`/feed/events` (Server-Sent Events, from `resume_token` on) take the same token.

**Not here**, and where instead:

"""

_SCHEMES: Final = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "A token of the registry."},
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": TOKEN_COOKIE,
        "description": "Of the portal's pages.",
    },
    "form_key": {
        "type": "apiKey",
        "in": "header",
        "name": "Form-Key",
        "description": "With the cookie, to change something: the key in the reader's forms.",
    },
}
_READS: Final[list[dict[str, list[str]]]] = [{"bearer": []}, {"session": []}]
_WRITES: Final[list[dict[str, list[str]]]] = [{"bearer": []}, {"session": [], "form_key": []}]

_IF_NONE_MATCH: Final = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "Tags of what you have.",
    "schema": {"type": "string"},
}
_ETAG: Final = {"description": "Strong.", "schema": {"type": "string", "pattern": '^"[0-9a-f]{32}(-gzip)?"$'}}
_LINK: Final = {"description": "Where the next part is; absent with the last.", "schema": {"type": "string"}}
_AGAIN: Final = {"description": "As you have it.", "headers": {"ETag": _ETAG}}


def openapi_document() -> dict[str, Any]:
    """The document, the same every time."""
    document: dict[str, Any] = get_openapi(
        title="Quzhong 取中",
        version="1",
        summary="Supervision of platform work: alerts, cases, findings, audits, consultations, reports.",
        description=_DESCRIPTION + "\n".join(f"- `{call}`: {why}" for call, why in NO_TWIN.items()) + "\n",
        routes=router.routes,
        servers=[{"url": "/", "description": "The portal that serves this document."}],
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    schemas = document["components"]["schemas"]
    schemas["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    document["components"]["securitySchemes"] = dict(_SCHEMES)
    for path in document["paths"].values():
        for method, operation in path.items():
            _complete(HTTPMethod(method.upper()), operation)
    return document


def _complete(method: HTTPMethod, operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    responses.pop("422", None)  # problems.py answers 400
    operation["operationId"] = operation["operationId"].partition("_api_v1_")[0]
    if method is not HTTPMethod.GET:
        operation["security"] = _WRITES
        return
    operation["security"] = _READS
    parameters = operation.setdefault("parameters", [])
    headers = responses["200"].setdefault("headers", {})
    headers["ETag"] = _ETAG
    if any(each["name"] == "page_token" for each in parameters):
        headers["Link"] = _LINK
    parameters.append(_IF_NONE_MATCH)
    operation["responses"] = dict(sorted({**responses, "304": _AGAIN}.items()))
