"""The one mapping of errors to HTTP: a readable page for people, problem+json (RFC 9457) for programs."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from kit import errors
from services.portal.core.language import Language
from services.portal.core.wrong_input import wrong_input_zh
from services.portal.security_headers import HEADERS
from services.portal.texts import Texts
from services.portal.web import page, portal_of, reader_of, signed_out

_STATUSES: tuple[tuple[type[errors.QuzhongError], HTTPStatus], ...] = (
    (errors.NotFoundError, HTTPStatus.NOT_FOUND),
    (errors.AlreadyExistsError, HTTPStatus.CONFLICT),
    (errors.FailedPreconditionError, HTTPStatus.CONFLICT),
    (errors.ConflictError, HTTPStatus.CONFLICT),
    (errors.UnauthenticatedError, HTTPStatus.UNAUTHORIZED),
    (errors.PermissionDeniedError, HTTPStatus.FORBIDDEN),
    (errors.OverloadedError, HTTPStatus.TOO_MANY_REQUESTS),
    (errors.PermanentError, HTTPStatus.BAD_REQUEST),
    (errors.RetryableError, HTTPStatus.SERVICE_UNAVAILABLE),
)
"""First match wins, so the general classes stand last."""

_ROLES = re.compile(r"role (\w+) may not call this; allowed: (\w+(?:, \w+)*)")
"""Of ``kit.grpc.interceptors``."""

PROBLEM_JSON = "application/problem+json"


def status_of(error: errors.QuzhongError) -> HTTPStatus:
    """The HTTP status of an error."""
    for kind, status in _STATUSES:
        if isinstance(error, kind):
            return status
    return HTTPStatus.INTERNAL_SERVER_ERROR


def problem(
    error: errors.QuzhongError, language: Language, status: HTTPStatus | None = None
) -> dict[str, Any]:
    """The members of a problem+json document. ``reason`` is stable; ``detail`` is for people."""
    status = status or status_of(error)
    members: dict[str, Any] = {
        "type": f"urn:quzhong:problem:{error.reason}",
        "title": status.phrase,
        "status": status.value,
        "detail": error.zh if language is Language.CHINESE else error.message,
        "reason": error.reason,
        "metadata": error.metadata,
    }
    return members | ({"field": error.field} if error.field else {})


def answer(request: Request, error: errors.QuzhongError, status: HTTPStatus | None = None) -> Response:
    """The response for an error. Who is not signed in and wants a page is asked to sign in first.

    ``status`` is for what only HTTP tells apart, such as a method that is not allowed.
    """
    reader, status = reader_of(request), status or status_of(error)
    headers = {}
    if status is HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Bearer realm="quzhong"'
    if isinstance(error, errors.RetryableError):
        headers["Retry-After"] = str(max(1, round(error.retry_after_s)))
    if not _wants_page(request):
        body = problem(error, reader.language, status) | {"instance": request.url.path}
        return JSONResponse(
            body,
            status,
            headers | {"Content-Language": str(reader.language), "Cache-Control": "no-store"},
            media_type=PROBLEM_JSON,
        )
    if status is HTTPStatus.UNAUTHORIZED and not reader.token and request.method == "GET":
        wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        if request.url.path == "/record":  # a worker, who has no account but a code
            return RedirectResponse("/record/sign-in", HTTPStatus.SEE_OTHER)
        return RedirectResponse(f"/sign-in?{urlencode({'next': wanted})}", HTTPStatus.SEE_OTHER)
    shown = problem(error, reader.language, status)
    if error.reason == "ROLE_NOT_ALLOWED":
        shown["detail"] = _role_refused(error, portal_of(request).presenter.texts[reader.language])
    response = page(request, "problem.html", status=status, problem=shown)
    response.headers.update(headers)
    if status is HTTPStatus.UNAUTHORIZED:
        signed_out(portal_of(request), response)
    return response


def install(app: FastAPI) -> None:
    """Answer every error of the app this way."""

    async def ours(request: Request, error: Exception) -> Response:
        assert isinstance(error, errors.QuzhongError)
        return answer(request, error)

    async def of_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        response = answer(request, _of_http(error), HTTPStatus(error.status_code))
        response.headers.update(error.headers or {})
        return response

    async def of_input(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        first = error.errors()[0]
        field = str(first["loc"][-1])
        # What a form holds may be a password: only what stood in the address is repeated.
        given = first["input"] if first["loc"][0] in ("query", "path") else None
        zh = wrong_input_zh(field, first["type"], given, first.get("ctx", {}))
        return answer(request, errors.InvalidArgumentError(f"{field}: {first['msg']}", zh=zh, field=field))

    async def unforeseen(request: Request, _error: Exception) -> Response:
        # The details are in the log, where the framework writes the exception after this answer.
        error = errors.QuzhongError(
            "something went wrong here; the log says what", zh="系统内部出错，详情见日志"
        )
        response = answer(request, error)
        response.headers.update(HEADERS)
        return response

    app.add_exception_handler(errors.QuzhongError, ours)
    app.add_exception_handler(HTTPException, of_http)
    app.add_exception_handler(RequestValidationError, of_input)
    app.add_exception_handler(Exception, unforeseen)


def _of_http(error: HTTPException) -> errors.QuzhongError:
    if error.status_code == HTTPStatus.NOT_FOUND:
        return errors.NotFoundError("there is no such page", zh="没有这个页面", reason="PAGE_UNKNOWN")
    return errors.InvalidArgumentError(
        f"the portal does not take this: {error.detail}", zh=f"门户不接受此请求：{error.detail}"
    )


def _role_refused(error: errors.QuzhongError, texts: Texts) -> str:
    """The refusal for people: the service's own words name the call and its roles as programs know them."""
    found = _ROLES.search(error.message)
    if found is None:
        return texts("problem.role_refused_plain")
    role, *allowed = (texts.or_else(f"role.{name}", name) for name in (found[1], *found[2].split(", ")))
    return texts("problem.role_refused", role=role, allowed=texts("site.list_separator").join(allowed))


def _wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")
