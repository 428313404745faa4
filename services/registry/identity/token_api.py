"""The registry over HTTP: the token endpoint, the key set, and where both are.

| route                                       | what                                                |
|---------------------------------------------|-----------------------------------------------------|
| POST /oauth/token                           | an access token for an assertion (RFC 6749, 7523),  |
|                                             | an ID token (RFC 8693), or a local account          |
| POST /accounts/enrol                        | set the password of a local account, and sign in    |
| GET /.well-known/jwks.json                  | the public keys that verify access tokens (RFC 7517)|
| GET /.well-known/oauth-authorization-server | where these are, and what they take (RFC 8414)      |
| GET /healthz                                | whether this server runs                            |

All are open: the first two authenticate by themselves, the others are public.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from types import MappingProxyType
from typing import Annotated

from fastapi import FastAPI, Form, Request
from fastapi.responses import JSONResponse

from kit.errors import OverloadedError, QuzhongError, RetryableError
from kit.security.rate_limits import CallRate
from services.registry.identity.issuing import ALGORITHMS, GRANT_TYPE, Ask, Granted, OAuthError, TokenIssuer
from services.registry.identity.people import GRANT_TYPE as EXCHANGE
from services.registry.identity.people import SignedInPeople
from services.registry.identity.sign_in import GRANT_TYPE as LOCAL
from services.registry.identity.sign_in import LocalSignIn
from services.registry.identity.signing import SigningKeys

_log = logging.getLogger(__name__)

ROTATION_LOOK_S = 3_600.0
"""Keys change once a month, and a day's notice is given: an hour more or less does not matter."""

TOKEN, JWKS, ENROL = "/oauth/token", "/.well-known/jwks.json", "/accounts/enrol"
METADATA = "/.well-known/oauth-authorization-server"

ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"

OPEN_ROUTES = frozenset({f"POST {TOKEN}", f"POST {ENROL}", f"GET {JWKS}", f"GET {METADATA}", "GET /healthz"})


def create_token_app(
    issuer_tokens: TokenIssuer,
    people: SignedInPeople | None,
    keys: SigningKeys,
    issuer: Callable[[], str],
    rate: CallRate | None,
    accounts: LocalSignIn | None = None,
) -> FastAPI:
    """The application. ``issuer``: the base address clients know it by; known once the socket is bound.

    ``people``: None if nobody signs in at an identity provider.

    ``accounts``: None if nobody has a local account.

    ``rate`` bounds the requests of one client, counted by the address they come from: who it is is not known
    before an expensive signature is checked.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        rotating = asyncio.create_task(_rotate_for_ever(keys))
        try:
            yield
        finally:
            rotating.cancel()
            with suppress(asyncio.CancelledError):
                await rotating

    app = FastAPI(
        title="Quzhong registry", openapi_url=None, docs_url=None, redoc_url=None, lifespan=lifespan
    )

    @app.post(TOKEN)
    def token(
        request: Request,
        grant_type: Annotated[str, Form()] = "",
        client_id: Annotated[str, Form()] = "",
        client_assertion_type: Annotated[str, Form()] = "",
        client_assertion: Annotated[str, Form()] = "",
        subject_token: Annotated[str, Form()] = "",
        subject_token_type: Annotated[str, Form()] = "",
        account_id: Annotated[str, Form()] = "",
        password: Annotated[str, Form()] = "",
        one_time_code: Annotated[str, Form()] = "",
    ) -> JSONResponse:
        _count(request)
        if accounts is not None and grant_type == LOCAL:
            address = _address(request)
            return _answer(accounts.sign_in(account_id, password, one_time_code, address, issuer()))
        ask = Ask(
            grant_type,
            client_id,
            client_assertion_type,
            client_assertion,
            subject_token,
            subject_token_type,
            certificate_sha256=getattr(request.state, "certificate_sha256", ""),
        )
        if people is not None and grant_type == EXCHANGE:
            granted = people.exchange(ask, issuer())
        else:
            granted = issuer_tokens.issue(ask, issuer(), issuer() + TOKEN)
        return _answer(granted, {"issued_token_type": ACCESS_TOKEN} if grant_type == EXCHANGE else {})

    @app.post(ENROL)
    def enrol(
        request: Request,
        account_id: Annotated[str, Form()] = "",
        enrolment_code: Annotated[str, Form()] = "",
        password: Annotated[str, Form()] = "",
        one_time_code: Annotated[str, Form()] = "",
    ) -> JSONResponse:
        _count(request)
        if accounts is None:
            raise OAuthError("invalid_request", "this registry has no local accounts", 404)
        return _answer(
            accounts.enrol(account_id, enrolment_code, password, one_time_code, _address(request), issuer())
        )

    def _count(request: Request) -> None:
        if rate is not None:
            rate.take(_address(request))

    @app.get(JWKS)
    def jwks() -> JSONResponse:
        return JSONResponse(keys.jwks(), headers={"Cache-Control": "public, max-age=3600"})

    @app.get(METADATA)
    def metadata() -> dict[str, object]:
        return {
            "issuer": issuer(),
            "token_endpoint": issuer() + TOKEN,
            "jwks_uri": issuer() + JWKS,
            "grant_types_supported": [
                GRANT_TYPE,
                *([EXCHANGE] if people is not None else []),
                *([LOCAL] if accounts is not None else []),
            ],
            "response_types_supported": [],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": list(ALGORITHMS),
            "tls_client_certificate_bound_access_tokens": True,
        }

    @app.get("/healthz")
    def health() -> dict[str, str]:
        return {"status": "SERVING"}

    app.add_exception_handler(OAuthError, _oauth_error)
    app.add_exception_handler(QuzhongError, _our_error)
    return app


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _answer(granted: Granted, more: Mapping[str, str] = MappingProxyType({})) -> JSONResponse:
    answer = {"access_token": granted.token, "token_type": "Bearer", "expires_in": granted.lifetime_s}
    return JSONResponse({**answer, **more}, headers=_NOT_STORED)


_NOT_STORED = {"Cache-Control": "no-store", "Pragma": "no-cache"}
"""RFC 6749 5.1."""


async def _oauth_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, OAuthError)
    return _refused(error.status, error.error, error.description, error.reason)


async def _our_error(request: Request, error: Exception) -> JSONResponse:
    """RFC 6749 has no errors of its own for these; ``temporarily_unavailable`` is one of its 4.1.2.1."""
    assert isinstance(error, QuzhongError)
    _log.warning("%s: %s", error.reason, error.message)
    if not isinstance(error, RetryableError):
        return _refused(500, "server_error", "a mistake of the server; its operator finds it in the log")
    status = 429 if isinstance(error, OverloadedError) else 503
    answer = _refused(status, "temporarily_unavailable", "try again later")
    answer.headers["Retry-After"] = str(max(1, round(error.retry_after_s)))
    return answer


def _refused(status: int, error: str, description: str, reason: str = "") -> JSONResponse:
    answer = {"error": error, "error_description": description} | ({"reason": reason} if reason else {})
    return JSONResponse(answer, status, headers=_NOT_STORED)


async def _rotate_for_ever(keys: SigningKeys) -> None:
    while True:
        await asyncio.sleep(ROTATION_LOOK_S)
        try:
            await asyncio.to_thread(keys.rotate)
        except QuzhongError as error:  # the next look may find the store or the log again
            _log.warning("signing keys: %s; trying again in an hour", error.message)
