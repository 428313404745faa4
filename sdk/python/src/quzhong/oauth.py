"""Access tokens by OAuth 2.0: the platform signs with a key of its own, and no secret ever leaves it.

Needs ``pip install 'quzhong[oauth]'`` (httpx and joserfc).
"""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import grpc

from quzhong.errors import (
    TOKEN_ENDPOINT_AWAY,
    ApiError,
    ErrorDetails,
    ServerError,
    UnauthenticatedError,
    UnavailableError,
)

if TYPE_CHECKING:
    import httpx

_log = logging.getLogger(__name__)

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTION_S = 60
"""How long an assertion holds: for one request and its way."""
EARLY_S = 120.0
"""The next token is fetched so long before the present one ends: a token endpoint that is away for two
minutes is noticed by nobody."""
AGAIN_S = 5.0
"""After a fetch that failed while the present token still holds, the next one is tried so much later."""


class PrivateKeyJwt:
    """Client credentials with ``private_key_jwt`` (RFC 6749, RFC 7523): give it wherever a token is wanted.

    ::

        credential = PrivateKeyJwt("e4eaafc163c29894", Path("platform-a.pem").read_bytes(),
                                   "https://registry.quzhong.example/oauth/token")
        with Client("quzhong.example:443", credential, "platform-a", ...) as client:
            ...

    Tokens hold for ten minutes and are fetched anew before they end. May be shared by clients and threads.
    """

    def __init__(
        self,
        client_id: str,
        private_key: str | bytes | Mapping[str, Any],
        token_url: str,
        *,
        audience: str = "",
        tls: ssl.SSLContext | None = None,
        timeout_s: float = 10.0,
        give_up_after_s: float = 30.0,
        clock: Callable[[], float] = time.time,  # noqa: TID251 - the edge
    ) -> None:
        """Nobody is called before the first token is needed.

        Args:
            client_id: ``credential_id`` of ``RegisterClientKey``.
            private_key: PEM or JWK of the Ed25519 or P-256 key whose public half was registered.
            token_url: The registry's ``/oauth/token``.
            audience: Whom assertions are addressed to, the ``issuer`` of its metadata; empty: ``token_url``.
            tls: For an authority of one's own, or a client certificate, to which the tokens are bound then.
            timeout_s: How long one request may take, seconds.
            give_up_after_s: Clients resend while the token endpoint is away for no longer than this, seconds;
                then what they sent fails (``UndeliveredError``), and each further call asks once.
            clock: Epoch seconds, for tests.

        Raises:
            ImportError: without ``quzhong[oauth]``.
            ValueError: if it is no such key.
        """
        try:
            import httpx  # noqa: F401 - only whether it is there
            from joserfc.errors import JoseError
            from joserfc.jwk import ECKey, OKPKey, import_key
        except ImportError as error:
            raise ImportError(
                "PrivateKeyJwt needs httpx and joserfc: pip install 'quzhong[oauth]'"
            ) from error
        try:
            self._key = import_key(_jwk(private_key)) if _is_jwk(private_key) else _from_pem(private_key)
        except (JoseError, ValueError, TypeError) as error:
            raise ValueError(f"private_key: neither a PEM nor a JWK of a key: {error}") from error
        if not isinstance(self._key, OKPKey | ECKey) or self._key.curve_name not in ("Ed25519", "P-256"):
            raise ValueError("private_key: not an Ed25519 or P-256 key")
        if not self._key.is_private:
            raise ValueError("private_key: only the public half; the private one signs")
        self.client_id = client_id
        self.token_url = token_url
        self._audience = audience or token_url
        self._algorithm = "Ed25519" if isinstance(self._key, OKPKey) else "ES256"
        self._tls = tls
        self._timeout_s = timeout_s
        self._outage = _Outage(give_up_after_s)
        self._clock = clock
        self._lock = threading.Lock()
        self._token = ""
        self._fetch_s = 0.0
        """Epoch seconds from which on the next token is fetched."""
        self._end_s = 0.0
        self._begin_s = 0.0

    def token(self) -> str:
        """A token that holds now.

        Raises:
            UnavailableError: TOKEN_ENDPOINT_UNAVAILABLE: it cannot be reached, or asks to come later;
                TOKEN_ENDPOINT_AWAY: that has been so for ``give_up_after_s``, and clients do not resend.
            UnauthenticatedError: CLIENT_REFUSED: it does not know the client, or the key is another one.
            ServerError: it answered something else.
        """
        if (present := self._present()) is not None:
            return present
        with self._lock:
            now_s = self._clock()
            if now_s < self._fetch_s:  # somebody else fetched it meanwhile
                return self._token
            try:
                self._fetch(now_s)
            except ApiError as error:
                if now_s >= self._end_s:
                    raise
                _log.warning("%s; the present token still holds for %.0f s", error, self._end_s - now_s)
                self._fetch_s = now_s + AGAIN_S
            return self._token

    async def token_async(self) -> str:
        """As ``token``, without holding up the loop."""
        present = self._present()
        return present if present is not None else await asyncio.to_thread(self.token)

    def renews(self, failure: ApiError, token: str) -> bool:
        """Whether a stream ended because ``token`` did, and there is, or can be, a newer one."""
        if failure.reason != "CREDENTIAL_EXPIRED":
            return False
        with self._lock:
            if token == self._token and self._clock() - self._begin_s < AGAIN_S:
                return False  # a new one has ended already: the clocks differ, and no further one will help
            if token == self._token:
                self._fetch_s = self._end_s = 0.0
        return True

    def __repr__(self) -> str:
        """Without key and token."""
        return f"PrivateKeyJwt({self.client_id!r}, token_url={self.token_url!r})"

    def _present(self) -> str | None:
        token, fetch_s = self._token, self._fetch_s
        return token if token and self._clock() < fetch_s else None

    def _fetch(self, now_s: float) -> None:
        import httpx

        form = {
            "grant_type": "client_credentials",
            "client_id": self.client_id,
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": self._assertion(int(now_s)),
        }
        try:
            # A connection for each: eight minutes later this one would be closed anyway.
            answer = httpx.post(self.token_url, data=form, verify=self._tls or True, timeout=self._timeout_s)
        except httpx.HTTPError as error:
            raise self._outage.error(f"the token endpoint cannot be reached: {error}") from error
        if answer.status_code in (429, 502, 503, 504):
            wait = answer.headers.get("retry-after", "")
            raise self._outage.error(
                f"the token endpoint answers {answer.status_code}", float(wait) if wait.isdigit() else 0.0
            )
        if answer.status_code != 200:
            raise _refused(answer)
        try:
            told = answer.json()
            self._token, lifetime_s = str(told["access_token"]), float(told["expires_in"])
        except (ValueError, KeyError, TypeError) as error:
            raise _refused(answer) from error
        self._outage.end()
        self._begin_s = now_s
        self._end_s = now_s + lifetime_s
        self._fetch_s = now_s + max(lifetime_s - EARLY_S, lifetime_s / 2)

    def _assertion(self, now_s: int) -> str:
        from joserfc import jwt

        claims = {
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": self._audience,
            "iat": now_s,
            "exp": now_s + ASSERTION_S,
            "jti": secrets.token_urlsafe(16),
        }
        return jwt.encode({"alg": self._algorithm}, claims, self._key, algorithms=[self._algorithm])


def _is_jwk(key: str | bytes | Mapping[str, Any]) -> bool:
    if isinstance(key, bytes):
        return key.lstrip().startswith(b"{")
    return not isinstance(key, str) or key.lstrip().startswith("{")


def _jwk(key: str | bytes | Mapping[str, Any]) -> dict[str, Any]:
    return dict(json.loads(key) if isinstance(key, str | bytes) else key)


def _from_pem(pem: Any) -> Any:
    from joserfc.errors import JoseError
    from joserfc.jwk import ECKey, OKPKey

    try:
        return OKPKey.import_key(pem)
    except (JoseError, ValueError, TypeError):
        return ECKey.import_key(pem)


_ANOTHER_OUTAGE_S = 60.0
"""Nobody asked for so long: it may have been there meanwhile. Clients that resend wait less
(``RetryPolicy.max_s``), however soon they are to give up."""


class _Outage:
    """Since when the token endpoint has been away. Held by whoever holds the lock of its credential."""

    def __init__(self, give_up_after_s: float) -> None:
        self._give_up_after_s = give_up_after_s
        self._since_s: float | None = None
        self._last_s = 0.0

    def end(self) -> None:
        """It answered."""
        self._since_s = None

    def error(self, message: str, retry_after_s: float = 0.0) -> UnavailableError:
        """It did not answer now; what its callers are told."""
        now_s = time.monotonic()
        if self._since_s is None or now_s - self._last_s > max(self._give_up_after_s, _ANOTHER_OUTAGE_S):
            self._since_s = now_s
        self._last_s = now_s
        away_s = now_s - self._since_s
        reason, zh = "TOKEN_ENDPOINT_UNAVAILABLE", "令牌端点暂时不可用"
        if away_s + retry_after_s >= self._give_up_after_s:
            reason = TOKEN_ENDPOINT_AWAY
            zh = f"令牌端点持续不可用已达 {away_s:.0f} 秒，不再重发；请检查 token_url 与网络"
            message += f"; for {away_s:.0f} s now, so nothing is resent: check token_url and the network"
        details = ErrorDetails(reason=reason, zh=zh, metadata={}, retry_after_s=retry_after_s)
        return UnavailableError(grpc.StatusCode.UNAVAILABLE, message, details)


def _refused(answer: httpx.Response) -> ApiError:
    try:
        told = answer.json()
        said = f"{told['error']}: {told.get('error_description', '')}"
    except (ValueError, KeyError, TypeError):
        said = f"HTTP {answer.status_code}, not an answer of RFC 6749"
    if answer.status_code in (400, 401):
        zh = "令牌端点拒绝了该客户端；请核对 client_id 与密钥"
        if "set the clock" in said:  # the registry's words for an assertion of another time than its own
            zh = "令牌端点拒绝了该客户端：本机时间与登记处不一致；请校准本机时钟"
        details = ErrorDetails(reason="CLIENT_REFUSED", zh=zh, metadata={})
        message = f"the token endpoint refused the client: {said}"
        return UnauthenticatedError(grpc.StatusCode.UNAUTHENTICATED, message, details)
    details = ErrorDetails(
        reason="TOKEN_ANSWER",
        zh=f"令牌端点的答复无法使用（HTTP {answer.status_code}）；请核对 token_url 是否正确",
        metadata={},
    )
    message = f"{said}; check token_url: it is the registry's /oauth/token"
    return ServerError(grpc.StatusCode.UNKNOWN, message, details)
