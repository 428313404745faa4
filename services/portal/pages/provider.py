"""Signing in at the city's identity provider: there, and back."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from http import HTTPStatus

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from kit.errors import NotFoundError, QuzhongError, UnauthenticatedError
from services.portal.pages.sign_in import local_address
from services.portal.ports import SignInProvider
from services.portal.problems import status_of
from services.portal.web import Portal, ThePortal, page, signed_in

router = APIRouter()

BACK = "/sign-in/provider/back"
COOKIE = "quzhong_sign_in"
_WAY_S = 600
"""How long somebody may take to sign in there."""


@router.get("/sign-in/provider")
async def there(request: Request, portal: ThePortal, next: str = "/") -> Response:
    """To the provider. What must come back the same is kept in a cookie of this browser."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    try:
        address = await _provider(portal).address(_back(request, portal), state, nonce, challenge)
    except QuzhongError as error:
        return _not_signed_in(request, error, next)
    response = RedirectResponse(address, HTTPStatus.SEE_OTHER)
    kept = {"state": state, "nonce": nonce, "verifier": verifier, "next": local_address(next)}
    response.set_cookie(
        COOKIE,
        base64.urlsafe_b64encode(json.dumps(kept).encode()).decode(),
        max_age=_WAY_S,
        path=BACK,
        httponly=True,
        samesite="lax",
        secure=portal.settings.portal_cookie_secure,
    )
    return response


@router.get(BACK)
async def back(request: Request, portal: ThePortal, state: str = "", code: str = "") -> Response:
    """Back from the provider, with a code if all went well there."""
    kept = _kept(request)
    wanted = local_address(kept.get("next", "/"))
    try:
        provider = _provider(portal)
        if not code or not state or not hmac.compare_digest(kept.get("state", "").encode(), state.encode()):
            raise UnauthenticatedError(
                "signing in at the identity provider was not begun in this browser, or was not finished; "
                "begin again",
                zh="统一身份认证登录未在本浏览器中发起，或未完成；请重新登录",
                reason="SIGN_IN_REFUSED",
            )
        redirect_url = _back(request, portal)
        session = await provider.session(redirect_url, code, kept["verifier"], kept["nonce"])
    except QuzhongError as error:
        return _not_signed_in(request, error, wanted)
    response = signed_in(portal, session.token, session.lifetime_s, wanted)
    response.delete_cookie(COOKIE, path=BACK)
    return response


def _provider(portal: Portal) -> SignInProvider:
    if portal.provider is None:
        raise NotFoundError(
            "this installation has no identity provider; sign in with a token",
            zh="本系统未接入统一身份认证；请使用令牌登录",
            reason="NO_PROVIDER",
        )
    return portal.provider


def _back(request: Request, portal: Portal) -> str:
    return (portal.settings.portal_url or str(request.base_url)).rstrip("/") + BACK


def _kept(request: Request) -> dict[str, str]:
    try:
        kept = json.loads(base64.urlsafe_b64decode(request.cookies.get(COOKIE, "")))
    except ValueError:
        return {}
    names = ("state", "nonce", "verifier", "next")
    whole = isinstance(kept, dict) and all(isinstance(kept.get(name), str) for name in names)
    return kept if whole else {}


def _not_signed_in(request: Request, error: QuzhongError, wanted: str) -> Response:
    return page(request, "sign_in.html", status=status_of(error), next=local_address(wanted), problem=error)
