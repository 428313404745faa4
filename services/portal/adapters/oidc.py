"""Signing in by OpenID Connect: the code flow with PKCE, then a token exchange at the registry."""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import httpx

from kit.errors import QuzhongError, RetryableError, UnauthenticatedError
from services.portal.ports import Session
from services.portal.settings import PortalSettings

EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token"
_TIMEOUT_S = 10.0


class OidcProvider:
    """Implements ``services.portal.ports.SignInProvider``."""

    def __init__(self, settings: PortalSettings) -> None:
        self._issuer = settings.oidc_issuer.rstrip("/")
        self._client_id = settings.oidc_client_id
        self._secret = settings.oidc_client_secret
        self._token_url = settings.token_url

    async def address(self, redirect_url: str, state: str, nonce: str, challenge: str) -> str:
        """See the port."""
        place = (await self._metadata())["authorization_endpoint"]
        asked = {
            "response_type": "code",
            "scope": "openid",
            "client_id": self._client_id,
            "redirect_uri": redirect_url,
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return f"{place}{'&' if '?' in place else '?'}{urlencode(asked)}"

    async def session(self, redirect_url: str, code: str, verifier: str, nonce: str) -> Session:
        """See the port."""
        told = await _post(
            (await self._metadata())["token_endpoint"],
            {
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": redirect_url,
                "code_verifier": verifier,
            },
            auth=httpx.BasicAuth(self._client_id, self._secret.get_secret_value()),
        )
        id_token = told.get("id_token")
        if not isinstance(id_token, str):
            raise _refused("the provider gave no ID token")
        # The registry verifies the token; that it answers this very sign-in only we can know.
        if not hmac.compare_digest(_nonce_of(id_token).encode(), nonce.encode()):
            raise _refused("the ID token answers another sign-in")
        exchange = {"grant_type": EXCHANGE, "subject_token": id_token, "subject_token_type": ID_TOKEN}
        given = await _post(self._token_url, exchange)
        return Session(str(given["access_token"]), int(given["expires_in"]))

    async def _metadata(self) -> Mapping[str, str]:
        async with httpx.AsyncClient(timeout=_TIMEOUT_S) as http:
            try:
                answer = await http.get(f"{self._issuer}/.well-known/openid-configuration")
                told = answer.raise_for_status().json()
                return {name: str(told[name]) for name in ("authorization_endpoint", "token_endpoint")}
            except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
                raise _away(f"{self._issuer}: {error}") from error


async def _post(url: str, form: Mapping[str, str], auth: httpx.BasicAuth | None = None) -> dict[str, Any]:
    async with httpx.AsyncClient(timeout=_TIMEOUT_S) as http:
        try:
            answer = await http.post(url, data=dict(form), auth=auth or httpx.USE_CLIENT_DEFAULT)
            told = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise _away(f"{url}: {error}") from error
    if answer.status_code >= 500 or answer.status_code == 429:
        raise _away(f"{url} answers {answer.status_code}")
    if answer.status_code != 200 or not isinstance(told, dict):
        described = told.get("error_description") or told.get("error") if isinstance(told, dict) else None
        raise _refused(str(described or f"{url} answers {answer.status_code}"))
    return told


def _nonce_of(id_token: str) -> str:
    try:
        payload = id_token.split(".")[1]
        return str(json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["nonce"])
    except (ValueError, LookupError, TypeError):
        return ""


def _refused(why: str) -> UnauthenticatedError:
    return UnauthenticatedError(
        f"signing in at the identity provider did not succeed: {why}",
        zh=f"通过统一身份认证登录未成功：{why}",
        reason="SIGN_IN_REFUSED",
    )


def _away(what: str) -> QuzhongError:
    return RetryableError(
        f"signing in is not possible now: {what}",
        zh=f"暂时无法登录：{what}",
        reason="SIGN_IN_UNAVAILABLE",
    )
