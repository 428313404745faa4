"""Signing in with a local account, and setting its password."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from kit.errors import InvalidArgumentError, NotFoundError, QuzhongError
from services.portal.pages.sign_in import local_address
from services.portal.ports import LocalAccounts
from services.portal.problems import status_of
from services.portal.web import Portal, ThePortal, address_of, page, signed_in

router = APIRouter()


@router.post("/sign-in/account")
async def sign_in(
    request: Request,
    portal: ThePortal,
    account_id: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    code: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",
) -> Response:
    """Take account, password and one-time code to the registry."""
    try:
        accounts = _accounts(portal)
        portal.attempts.take(address_of(request))
        session = await accounts.sign_in(account_id.strip(), password, code)
    except QuzhongError as error:
        return page(
            request,
            "sign_in.html",
            status=status_of(error),
            next=local_address(next),
            problem=error,
            at_account=True,
        )
    return signed_in(portal, session.token, session.lifetime_s, local_address(next))


@router.get("/sign-in/enrol")
async def form(request: Request, portal: ThePortal) -> Response:
    """The form for a fresh account."""
    _accounts(portal)
    return page(request, "enrol.html", problem=None, account_id="")


@router.post("/sign-in/enrol")
async def enrol(
    request: Request,
    portal: ThePortal,
    account_id: Annotated[str, Form()] = "",
    enrolment_code: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    password_again: Annotated[str, Form()] = "",
    code: Annotated[str, Form()] = "",
) -> Response:
    """Set the password of a fresh account, and sign in."""
    accounts = _accounts(portal)
    try:
        if password != password_again:
            raise InvalidArgumentError(
                "the two passwords differ",
                zh="两次输入的密码不一致",
                field="password_again",
                reason="PASSWORDS_DIFFER",
            )
        portal.attempts.take(address_of(request))
        session = await accounts.enrol(account_id.strip(), enrolment_code.strip(), password, code)
    except QuzhongError as error:
        status = status_of(error)
        return page(request, "enrol.html", status=status, problem=error, account_id=account_id[:40])
    return signed_in(portal, session.token, session.lifetime_s, "/")


def _accounts(portal: Portal) -> LocalAccounts:
    if portal.accounts is None:
        raise NotFoundError(
            "this installation has no local accounts",
            zh="本系统未启用本地账号",
            reason="LOCAL_ACCOUNTS_OFF",
        )
    return portal.accounts
