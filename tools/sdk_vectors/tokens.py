"""When the next access token is fetched, what becomes of the endpoint's answers, what the client signs."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs

import grpc
from joserfc import jwt
from joserfc.jwk import OKPKey

from quzhong.errors import ApiError, ErrorDetails, UnauthenticatedError
from quzhong.oauth import PrivateKeyJwt

ABOUT = (
    "steps under a scripted clock: 'token' asks for one (answer: what the endpoint would say if it "
    "were asked; no answer: it hangs up), 'renews' whether a stream that ended with a reason under a "
    "token may be opened again at once → the token or the error, and whether the endpoint was asked; "
    "assertion: what is sent to it, without jti"
)

KEY = {
    "kty": "OKP",
    "crv": "Ed25519",
    # RFC 8037, appendix A.1: published, so no secret of anybody's.
    "d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
    "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
}

EPOCH_S = 1_773_619_200
"""Second 0 of every case."""


def _token(at: float, token: str = "", expires_in: float = 600) -> dict[str, Any]:
    """Ask; the endpoint has a token ready if it is asked."""
    answer = {"status": 200, "body": {"access_token": token, "expires_in": expires_in}} if token else None
    return {"at": at, "do": "token", "answer": answer}


def _answered(at: float, status: int, body: Any = None, retry_after: str = "") -> dict[str, Any]:
    answer = {"status": status, "body": body or {}, "retry_after": retry_after}
    return {"at": at, "do": "token", "answer": answer}


def _renews(at: float, token: str, reason: str = "CREDENTIAL_EXPIRED") -> dict[str, Any]:
    return {"at": at, "do": "renews", "token": token, "reason": reason}


def _case(name: str, *steps: dict[str, Any], give_up_after_s: float = 30.0) -> dict[str, Any]:
    given = {"client_id": "e4eaafc163c29894", "audience": "https://registry.quzhong.example/oauth/token"}
    return {
        "name": name,
        "given": given | {"private_jwk": KEY, "give_up_after_s": give_up_after_s, "steps": list(steps)},
    }


_REFUSED = {"error": "invalid_client", "error_description": "unknown client"}

CASES: list[dict[str, Any]] = [
    _case("one token for many calls", _token(0, "t1"), _token(1, "t2"), _token(479.9, "t2")),
    _case("the next one two minutes early", _token(0, "t1"), _token(480, "t2"), _token(481, "t3")),
    _case("a short token at half its time", _token(0, "t1", 100), _token(49.9, "t2"), _token(50, "t2")),
    _case(
        "away while the present one holds",
        _token(0, "t1"),
        _token(480),
        _token(484.9, "t2"),
        _token(485, "t2"),
    ),
    _case("away until it has ended", _token(0, "t1"), _token(599.9), _token(604.9), _token(605, "t2")),
    _case("away from the start, then back", _token(0), _token(1), _token(2, "t1")),
    _case("away, and nobody waits", _token(0), give_up_after_s=0.0),
    _case("busy, and says for how long", _answered(0, 503, retry_after="7"), _token(7, "t1")),
    _case("busy for longer than anybody waits", _answered(0, 429, retry_after="31")),
    _case(
        "busy until a date, which is not read", _answered(0, 429, retry_after="Wed, 21 Oct 2026 07:28:00 GMT")
    ),
    _case("a gateway without its service", _answered(0, 502), _answered(1, 504), _token(2, "t1")),
    _case("refused", _answered(0, 401, _REFUSED), _token(1, "t1")),
    _case("refused as a bad request", _answered(0, 400, _REFUSED)),
    _case(
        "refused while the present one holds",
        _token(0, "t1"),
        _answered(480, 401, _REFUSED),
        _token(490, "t2"),
    ),
    _case("not found", _answered(0, 404)),
    _case("an answer without a token", _answered(0, 200, {"token_type": "Bearer"})),
    _case("an answer without an end", _answered(0, 200, {"access_token": "t1"})),
    _case("an internal error", _answered(0, 500)),
    _case(
        "a stream that ended for another reason",
        _token(0, "t1"),
        _renews(300, "t1", "AREA_CHANGED"),
        _token(301, "t2"),
    ),
    _case("a stream whose token ended", _token(0, "t1"), _renews(300, "t1"), _token(300, "t2")),
    _case(
        "a stream whose token was replaced already",
        _token(0, "t1"),
        _token(480, "t2"),
        _renews(481, "t1"),
        _token(482, "t3"),
    ),
    _case(
        "a token that ends at once is no help",
        _token(0, "t1"),
        _renews(4.9, "t1"),
        _token(5, "t2"),
        _renews(5, "t1"),
    ),
]


def outcome(given: dict[str, Any]) -> dict[str, Any]:
    """The steps, played against an endpoint on this machine."""
    now_s = [0.0]
    told: list[dict[str, Any]] = []
    with _endpoint() as (url, answers, forms):
        credential = PrivateKeyJwt(
            given["client_id"],
            given["private_jwk"],
            url,
            audience=given["audience"],
            give_up_after_s=given["give_up_after_s"],
            timeout_s=5.0,
            clock=lambda: EPOCH_S + now_s[0],
        )
        for step in given["steps"]:
            now_s[0] = step["at"]
            if step["do"] == "renews":
                details = ErrorDetails(reason=step["reason"], metadata={})
                ended = UnauthenticatedError(grpc.StatusCode.UNAUTHENTICATED, "ended", details)
                told.append({"renews": credential.renews(ended, step["token"])})
                continue
            answers.append(step["answer"])
            asked_before = len(forms)
            try:
                said: dict[str, Any] = {"token": credential.token()}
            except ApiError as error:
                said = {
                    "error": type(error).__name__,
                    "reason": error.reason,
                    "retry_after_s": error.retry_after_s,
                }
            told.append(said | {"asked": len(forms) > asked_before})
            answers.clear()
        return {"steps": told, "assertion": _sent(given, forms[0])}


def _sent(given: dict[str, Any], form: dict[str, str]) -> dict[str, Any]:
    """What the endpoint was sent, its signature verified."""
    key = OKPKey.import_key(given["private_jwk"])
    token = jwt.decode(form["client_assertion"], key, algorithms=["Ed25519"])
    claims = dict(token.claims)
    jti = claims.pop("jti")
    return {
        "alg": token.header["alg"],
        "claims": claims,
        "jti_bytes_at_least_16": len(jti) >= 22,
        "form": {name: value for name, value in sorted(form.items()) if name != "client_assertion"},
    }


@contextmanager
def _endpoint() -> Iterator[tuple[str, deque[Any], list[dict[str, str]]]]:
    """An HTTP server: its address, what it is to answer, and the forms it was sent."""
    answers: deque[Any] = deque()
    forms: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            forms.append({name: values[0] for name, values in parse_qs(body).items()})
            answer = answers[0]
            if answer is None:
                self.close_connection = True
                return
            content = json.dumps(answer["body"]).encode()
            self.send_response(answer["status"])
            if answer.get("retry_after"):
                self.send_header("retry-after", answer["retry_after"])
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/oauth/token", answers, forms
        finally:
            server.shutdown()
            thread.join()
