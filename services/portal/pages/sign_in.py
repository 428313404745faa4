"""Signing in with a token of the registry, and out again."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from kit.errors import QuzhongError, UnauthenticatedError
from services.portal import handlers
from services.portal.foreign_sites import refuse_from_elsewhere
from services.portal.problems import status_of
from services.portal.web import Portal, ThePortal, TheReader, page, signed_in, signed_out

router = APIRouter()

_SESSION_S = 12 * 3600
"""A working day with its overtime; the registry may revoke the token at any moment."""


@router.get("/sign-in")
async def form(request: Request, portal: ThePortal, token: str = "", next: str = "/") -> Response:
    """The form; with ``?token=`` (a link from the registry or the command line) sign in at once.

    A link of another site signs nobody in: the token may be somebody else's.
    """
    if token:
        refuse_from_elsewhere(request)
        return await _sign_in(request, portal, token, next)
    return page(request, "sign_in.html", next=local_address(next), problem=None)


@router.post("/sign-in")
async def submit(
    request: Request,
    portal: ThePortal,
    token: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",
) -> Response:
    """Take a pasted token."""
    return await _sign_in(request, portal, token, next)


@router.post("/sign-out")
async def sign_out(portal: ThePortal, reader: TheReader, form_key: Annotated[str, Form()] = "") -> Response:
    """Forget the token in this browser. The token itself stays valid until the registry revokes it."""
    reader.check_form(form_key)
    return signed_out(portal, RedirectResponse("/sign-in", HTTPStatus.SEE_OTHER))


async def _sign_in(request: Request, portal: Portal, token: str, wanted: str) -> Response:
    token = token.strip()
    try:
        if not token:
            raise UnauthenticatedError("paste a token first", zh="请先粘贴令牌", reason="CREDENTIAL_MISSING")
        await handlers.check_token(portal.suite, token)
    except QuzhongError as error:
        return page(
            request, "sign_in.html", status=status_of(error), next=local_address(wanted), problem=error
        )
    # The redirect also takes the token out of the address bar and the history.
    return signed_in(portal, token, _SESSION_S, local_address(wanted))


def local_address(wanted: str) -> str:
    """Only an address of this portal: ``//host`` and ``/\\host`` would lead elsewhere."""
    local = wanted.startswith("/") and wanted[1:2] not in ("/", "\\") and wanted.isprintable()
    return wanted if local else "/"
