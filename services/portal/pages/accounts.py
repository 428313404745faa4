"""Accounts of people: who has one, opening one, another party, recovery, closing. For administrators."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass
from http import HTTPStatus
from itertools import groupby
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from kit.errors import NotFoundError, PermanentError, PermissionDeniedError, UnauthenticatedError
from services.portal import handlers
from services.portal.core.accounts import Account, AccountState, Holder
from services.portal.core.names import Names
from services.portal.core.readers import Role
from services.portal.problems import status_of
from services.portal.web import Portal, ThePortal, TheReader, page, profile_of

router = APIRouter(prefix="/accounts")

STATES = {state.name.lower(): state for state in AccountState if state}

FormText = Annotated[str, Form()]


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form held when it was refused, to be mended and sent again."""

    account_id: str = ""
    party_id: str = ""
    person_name: str = ""


@dataclass(frozen=True, slots=True)
class AccountsView:
    accounts: list[Account]
    holders: dict[str, Holder]
    names: Names

    @property
    def by_role(self) -> list[tuple[Role, list[Holder]]]:
        """For the choice of a party: those of one role together."""
        ordered = groupby(self.holders.values(), key=lambda each: each.role)
        return [(role, list(each)) for role, each in ordered]


@router.get("")
async def index(
    request: Request, portal: ThePortal, reader: TheReader, party: str = "", state: str = ""
) -> Response:
    """All accounts, and the form to open one."""
    view = await _view(portal, reader.require_token())
    return _index(request, view, Typed(party_id=party.strip()), None, party.strip(), STATES.get(state))


@router.post("")
async def register(
    request: Request,
    portal: ThePortal,
    reader: TheReader,
    account_id: FormText = "",
    party_id: FormText = "",
    person_name: FormText = "",
    form_key: FormText = "",
    request_id: FormText = "",
) -> Response:
    """Open an account, and show what its owner needs: once."""
    token = reader.admit(form_key)
    typed = Typed(account_id.strip(), party_id.strip(), person_name.strip())
    try:
        opened = await portal.identity.register_account(
            token, typed.account_id, typed.party_id, typed.person_name, request_id or secrets.token_hex(16)
        )
    except (PermissionDeniedError, UnauthenticatedError):
        raise
    except PermanentError as error:
        return _index(request, await _view(portal, token), typed, error, "", None)
    known = await handlers.names(portal.suite, token)
    return page(request, "account_opened.html", opened=opened, names=known, is_new=True)


@router.get("/{account_id}")
async def show(request: Request, portal: ThePortal, reader: TheReader, account_id: str) -> Response:
    """One account, and what may be done with it."""
    view = await _view(portal, reader.require_token())
    return _one(request, view, account_id, None, None)


@router.post("/{account_id}/amend")
async def amend(
    request: Request,
    portal: ThePortal,
    reader: TheReader,
    account_id: str,
    party_id: FormText = "",
    person_name: FormText = "",
    form_key: FormText = "",
    request_id: FormText = "",
) -> Response:
    """Another party, with its role and areas, or another name."""
    token = reader.admit(form_key)
    typed = Typed(account_id, party_id.strip(), person_name.strip())
    try:
        await portal.identity.amend_account(
            token, account_id, typed.party_id, typed.person_name, request_id or secrets.token_hex(16)
        )
    except (PermissionDeniedError, UnauthenticatedError):
        raise
    except PermanentError as error:
        return _one(request, await _view(portal, token), account_id, typed, error)
    return _back(account_id)


@router.post("/{account_id}/reset")
async def reset(
    request: Request,
    portal: ThePortal,
    reader: TheReader,
    account_id: str,
    form_key: FormText = "",
    request_id: FormText = "",
) -> Response:
    """Password and device count no more; what its owner needs to enrol anew is shown once."""
    token = reader.admit(form_key)
    opened = await portal.identity.reset_account(token, account_id, request_id or secrets.token_hex(16))
    known = await handlers.names(portal.suite, token)
    return page(request, "account_opened.html", opened=opened, names=known, is_new=False)


@router.post("/{account_id}/disable")
async def disable(
    portal: ThePortal,
    reader: TheReader,
    account_id: str,
    form_key: FormText = "",
    request_id: FormText = "",
) -> Response:
    """Close an account; its sessions end at once."""
    token = reader.admit(form_key)
    await portal.identity.disable_account(token, account_id, request_id or secrets.token_hex(16))
    return _back(account_id)


async def _view(portal: Portal, token: str) -> AccountsView:
    accounts, holders, known = await asyncio.gather(
        portal.identity.accounts(token), portal.identity.holders(token), handlers.names(portal.suite, token)
    )
    return AccountsView(accounts, {each.party_id: each for each in holders}, known)


def _index(
    request: Request,
    view: AccountsView,
    typed: Typed,
    problem: PermanentError | None,
    party_id: str,
    state: AccountState | None,
) -> Response:
    shown = [
        each
        for each in view.accounts
        if party_id in ("", each.party_id) and (state is None or each.state is state)
    ]
    return page(
        request,
        "accounts.html",
        status=status_of(problem) if problem else HTTPStatus.OK,
        view=view,
        names=view.names,
        shown=shown,
        party_id=party_id,
        state=state,
        states=STATES,
        typed=typed,
        problem=problem,
        **_form(request),
    )


def _one(
    request: Request,
    view: AccountsView,
    account_id: str,
    typed: Typed | None,
    problem: PermanentError | None,
) -> Response:
    found = [each for each in view.accounts if each.account_id == account_id]
    if not found:
        raise NotFoundError(
            f"there is no account {account_id[:40]!r}",
            zh=f"没有账号 {account_id[:40]!r}",
            field="account_id",
            reason="ACCOUNT_UNKNOWN",
        )
    (one,) = found
    return page(
        request,
        "account.html",
        status=status_of(problem) if problem else HTTPStatus.OK,
        view=view,
        names=view.names,
        account=one,
        typed=typed or Typed(one.account_id, one.party_id, one.person_name),
        problem=problem,
        **_form(request),
    )


def _form(request: Request) -> dict[str, object]:
    """Whether the reader changes accounts, and the id that makes a form sent twice act once."""
    profile = profile_of(request)
    return {
        "may_change": profile is None or profile.role is Role.ADMINISTRATOR,
        "request_id": secrets.token_hex(16),
    }


def _back(account_id: str) -> Response:
    return RedirectResponse(f"/accounts/{quote(account_id, safe='')}", HTTPStatus.SEE_OTHER)
