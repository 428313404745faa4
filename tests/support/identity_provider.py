"""A small OpenID provider: whoever comes is signed in as the test says, and told so as the protocol wants."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import FastAPI, Form, Header
from fastapi.responses import JSONResponse, RedirectResponse
from joserfc import jwt
from joserfc.jwk import ECKey

from kit.clock import Clock
from services.registry.adapters.http_server import HttpServer

CLIENT_ID, CLIENT_SECRET = "quzhong-portal", "a secret of the portal"


@dataclass
class IdentityProvider:
    """Set what it says; ``issuer`` is where it listens."""

    clock: Clock
    claims: dict[str, Any] = field(default_factory=dict)
    """In place of, or beside, those of a right ID token; None leaves one out."""
    issuer: str = ""
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", private=True))
    published: ECKey | None = None
    """What stands in its key set, if not ``key``."""

    def __post_init__(self) -> None:
        self._asked: dict[str, dict[str, str]] = {}

    def id_token(self, nonce: str = "") -> str:
        now_s = self.clock() // 1000
        said = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "sub": "li",
            "iat": now_s,
            "exp": now_s + 300,
            "nonce": nonce,
            "jti": secrets.token_hex(4),
        } | self.claims
        kept = {name: value for name, value in said.items() if value is not None}
        return jwt.encode({"alg": "ES256", "kid": "provider-1"}, kept, self.key, algorithms=["ES256"])

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.get("/.well-known/openid-configuration")
        def discovery() -> dict[str, str]:
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            }

        @app.get("/keys")
        def keys() -> dict[str, Any]:
            public = (self.published or self.key).as_dict(private=False)
            return {"keys": [{**public, "kid": "provider-1", "use": "sig"}, {"kty": "odd"}]}

        @app.get("/authorize")
        def authorize(
            client_id: str, redirect_uri: str, state: str, nonce: str, code_challenge: str
        ) -> RedirectResponse:
            assert client_id == CLIENT_ID
            code = secrets.token_urlsafe(8)
            self._asked[code] = {"nonce": nonce, "challenge": code_challenge, "redirect_uri": redirect_uri}
            return RedirectResponse(f"{redirect_uri}?{urlencode({'code': code, 'state': state})}", 303)

        @app.post("/token")
        def token(
            code: Annotated[str, Form()],
            code_verifier: Annotated[str, Form()],
            redirect_uri: Annotated[str, Form()],
            authorization: Annotated[str, Header()],
        ) -> JSONResponse:
            asked = self._asked.pop(code, None)
            digest = hashlib.sha256(code_verifier.encode()).digest()
            challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
            basic = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
            if (
                asked is None
                or asked["challenge"] != challenge
                or asked["redirect_uri"] != redirect_uri
                or authorization != f"Basic {basic}"
            ):
                return JSONResponse({"error": "invalid_grant"}, 400)
            return JSONResponse({"id_token": self.id_token(asked["nonce"]), "token_type": "Bearer"})

        return app


@contextmanager
def identity_provider(clock: Clock) -> Iterator[IdentityProvider]:
    """A running one."""
    provider = IdentityProvider(clock)
    server = HttpServer(provider.app(), "127.0.0.1", 0, None)
    provider.issuer = server.url
    server.start()
    yield provider
    server.stop()
