"""What every page needs of a request: who reads, in which language, and how to answer with a page."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from kit.errors import PermissionDeniedError, UnauthenticatedError
from kit.security.guesses import Guesses
from services.portal.admission_ports import Admissions
from services.portal.bargaining_ports import Bargaining
from services.portal.casework_ports import Casework
from services.portal.core.language import Language
from services.portal.core.menu import menu_at
from services.portal.core.readers import Profile, Role, menu
from services.portal.identity_ports import Identity
from services.portal.listing_ports import Listings
from services.portal.lookup_ports import Lookups
from services.portal.own_ports import Own
from services.portal.ports import LocalAccounts, Registry, SignInProvider, Suite
from services.portal.presenter import Presenter
from services.portal.profiles import Profiles
from services.portal.settings import PortalSettings
from services.portal.supervision_ports import Supervision

TOKEN_COOKIE = "quzhong_token"
LANGUAGE_COOKIE = "quzhong_language"
_YEAR_S = 365 * 24 * 3600


@dataclass(slots=True)
class Portal:
    """What the running portal holds; ``app.state.portal``."""

    settings: PortalSettings
    suite: Suite
    registry: Registry
    casework: Casework
    supervision: Supervision
    admissions: Admissions
    bargaining: Bargaining
    identity: Identity
    own: Own
    listings: Listings
    lookups: Lookups
    profiles: Profiles
    presenter: Presenter
    provider: SignInProvider | None
    """None: readers do not sign in at one."""
    accounts: LocalAccounts | None
    """None: readers have no local accounts."""
    attempts: Guesses
    """Attempts to sign in with an account, by the browser's address: the registry sees the portal's only."""
    closing: asyncio.Event
    """Set when the server stops: open feeds end, so that it need not wait for them."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who made the request."""

    token: str
    """Empty if nobody is signed in."""
    language: Language
    by_cookie: bool = True
    """The browser sent the token by itself: perhaps because a foreign site told it to ask."""

    def require_token(self) -> str:
        """Raises UnauthenticatedError if nobody is signed in."""
        if not self.token:
            raise UnauthenticatedError(
                "sign in with a token of the registry",
                zh="请先使用登记处签发的令牌登录",
                reason="CREDENTIAL_MISSING",
            )
        return self.token

    @property
    def credential(self) -> str:
        """The public part of the token, ``qz_<credential>_<secret>``; empty for a token of another form."""
        parts = self.token.split("_")
        return parts[1] if len(parts) == 3 else ""

    @property
    def form_key(self) -> str:
        """What a form of ours carries and a foreign site cannot know: it is made of the token."""
        return hmac.new(self.token.encode(), b"quzhong portal form", hashlib.sha256).hexdigest()

    def admit(self, form_key: str) -> str:
        """The token of somebody who is signed in and sent a form that was made for him.

        Raises UnauthenticatedError or PermissionDeniedError.
        """
        token = self.require_token()
        self.check_form(form_key)
        return token

    def check_form(self, form_key: str) -> None:
        """Raises PermissionDeniedError if the form was not made for this reader."""
        if not hmac.compare_digest(self.form_key.encode(), form_key.encode()):
            raise PermissionDeniedError(
                "the form was not made by this portal for you; load the page again and resend it",
                zh="该表单不是本门户为您生成的，请刷新页面后重新提交",
                field="form_key",
                reason="FORM_KEY_WRONG",
            )


def portal_of(request: Request) -> Portal:
    portal = request.app.state.portal
    assert isinstance(portal, Portal)
    return portal


def reader_of(request: Request) -> Reader:
    """Token from the cookie, or for programs the Authorization header; language: ``lang``, then cookie."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    by_cookie = scheme.lower() != "bearer"
    if by_cookie:
        token = request.cookies.get(TOKEN_COOKIE, "")
    return Reader(token.strip(), _language_of(request), by_cookie)


async def know_reader(request: Request) -> None:
    """For every route: who reads, so that whatever page is answered, of an error too, has his menu."""
    token = reader_of(request).token
    if token and "text/html" in request.headers.get("accept", ""):
        request.state.profile = await portal_of(request).profiles.of(token)


def profile_of(request: Request) -> Profile | None:
    """Who reads; None if nobody is signed in, nobody can say now, or no page is asked for."""
    profile: Profile | None = getattr(request.state, "profile", None)
    return profile


async def require_role(portal: Portal, token: str, *roles: Role) -> None:
    """For a form that no service fills in: refuse at once whom its answer would be refused.

    Raises UnauthenticatedError or PermissionDeniedError.
    """
    role = (await portal.identity.who_am_i(token)).role
    if role not in roles:
        allowed = ", ".join(sorted(each.name.lower() for each in roles))
        raise PermissionDeniedError(
            f"role {role.name.lower()} may not call this; allowed: {allowed}",
            zh=f"角色 {role.name.lower()} 无权使用；允许的角色：{allowed}",
            reason="ROLE_NOT_ALLOWED",
        )


def signed_in(portal: Portal, token: str, lifetime_s: int, wanted: str) -> RedirectResponse:
    """On to an address of this portal, with the token in a cookie that no script reads."""
    response = RedirectResponse(wanted, HTTPStatus.SEE_OTHER)
    response.set_cookie(
        TOKEN_COOKIE,
        token,
        max_age=lifetime_s,
        httponly=True,
        samesite="lax",
        secure=portal.settings.portal_cookie_secure,
    )
    return response


def address_of(request: Request) -> str:
    """Where a request came from, to count attempts by."""
    return request.client.host if request.client else ""


def signed_out(portal: Portal, response: Response) -> Response:
    """The answer, with which this browser forgets the token."""
    response.delete_cookie(
        TOKEN_COOKIE, httponly=True, samesite="lax", secure=portal.settings.portal_cookie_secure
    )
    return response


def _language_of(request: Request) -> Language:
    for wish in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if language := Language.of(wish):
            return language
    return Language.CHINESE


ThePortal = Annotated[Portal, Depends(portal_of)]
TheReader = Annotated[Reader, Depends(reader_of)]


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page in the reader's language. A language asked for by ``?lang=`` is remembered."""
    portal, reader, profile = portal_of(request), reader_of(request), profile_of(request)
    content = portal.presenter.render(
        template,
        reader.language,
        reader=reader,
        profile=profile,
        menu=menu_at(request.url.path, menu(profile), portal.presenter.texts[reader.language]),
        path=request.url.path,
        language_link=_with_language(request, reader.language.other),
        signs_in_at_provider=portal.provider is not None,
        signs_in_with_account=portal.accounts is not None,
        **values,
    )
    response = HTMLResponse(
        content, status, {"Content-Language": str(reader.language), "Cache-Control": "no-store"}
    )
    if Language.of(request.query_params.get("lang")):
        response.set_cookie(
            LANGUAGE_COOKIE,
            str(reader.language),
            max_age=_YEAR_S,
            httponly=True,
            samesite="lax",
            secure=portal.settings.portal_cookie_secure,
        )
    return response


def _with_language(request: Request, language: Language) -> str:
    """The same address in the other language. The answer to a form has none: its ``GET`` twin serves."""
    kept = [
        (name, value) for name, value in request.query_params.multi_items() if name not in ("lang", "token")
    ]
    return f"{request.url.path}?{urlencode([*kept, ('lang', str(language))])}"
