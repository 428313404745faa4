"""What every route keeps to, walked over all the routes there are: headers, cookies, forms, redirects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import Any, Final, NamedTuple
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.portal.app import PortalServer, create_app
from services.portal.core.language import Language
from services.portal.pages.sign_in import local_address
from services.portal.security_headers import HEADERS
from services.portal.settings import PortalSettings
from services.portal.web import LANGUAGE_COOKIE, TOKEN_COOKIE, Reader
from tests.support.fake_suite.running import running_suite
from tests.support.fake_suite.suite import PLATFORM, REGULATOR, FakeSuite


class Route(NamedTuple):
    method: str
    path: str
    """With ``x`` in all its places."""


PLACES: Final = {"area_code": "130200", "department_id": "lubei", "kind": "csv"}


def _routes() -> list[Route]:
    return [
        Route(method.upper(), re.sub(r"\{(\w+)\}", lambda place: PLACES.get(place[1], "x"), path))
        for path, methods in create_app(PortalSettings()).openapi()["paths"].items()
        for method in methods
    ]


ROUTES: Final = _routes()
READS: Final = [route for route in ROUTES if route.method == "GET"]
WRITES: Final = [route for route in ROUTES if route.method == "POST"]
SIGNING_IN: Final = {route for route in WRITES if "/sign-in" in route.path}
"""Who signs in has no form of ours made for him yet; what keeps others out of these is tested by itself."""


@pytest.fixture(scope="module")
def suite() -> Iterator[FakeSuite]:
    with running_suite() as suite:
        yield suite


@contextmanager
def asking(suite: FakeSuite, token: str = "", *, secure: bool = False) -> Iterator[httpx.Client]:
    settings = PortalSettings(suite_address=suite.address, portal_port=0, portal_cookie_secure=secure)
    server = PortalServer(settings)
    server.start()
    cookies = {TOKEN_COOKIE: token} if token else {}
    try:
        with httpx.Client(base_url=server.url, cookies=cookies, trust_env=False, timeout=20) as client:
            yield client
    finally:
        server.stop()


def answer(client: httpx.Client, route: Route, **more: Any) -> httpx.Response:
    """The answer; of a stream, which has no end, only how it begins."""
    with client.stream(*route, **more) as found:
        if not found.headers.get("content-type", "").startswith("text/event-stream"):
            found.read()
        return found


@pytest.fixture(scope="module")
def nobody(suite: FakeSuite) -> Iterator[httpx.Client]:
    with asking(suite) as client:
        yield client


def test_the_walk_meets_pages_feeds_and_the_api() -> None:
    known = ("/feed", "/feed/events", "/feeds/130200.atom", "/api/v1/cases/x")
    assert {Route("GET", path) for path in known} <= set(READS)
    assert {Route("POST", "/cases/x/reply"), Route("POST", "/api/v1/notices/x/replies")} <= set(WRITES)
    assert len(SIGNING_IN) >= 3


@pytest.mark.parametrize(
    ("token", "accept"),
    [(REGULATOR, "text/html"), ("", "application/json")],
    ids=["a page to a reader", "a refusal to a program"],
)
def test_every_answer_of_every_route_has_the_security_headers(
    nobody: httpx.Client, token: str, accept: str
) -> None:
    headers = {"accept": accept, "cookie": f"{TOKEN_COOKIE}={token}"} if token else {"accept": accept}
    beside = [Route("GET", "/no-such-page"), Route("DELETE", "/cases"), Route("GET", "/static/portal.css")]
    for route in (*READS, *WRITES, *beside):
        found = answer(nobody, route, headers=headers)
        missing = {name for name, value in HEADERS.items() if found.headers.get(name) != value}
        assert missing == set(), (route, found.status_code)
        if found.headers.get("content-type") and not route.path.startswith(
            ("/static/", "/docs/", "/healthz")
        ):
            kept = found.headers.get("cache-control", "")
            assert "no-store" in kept or "private" in kept, (route, found.status_code, kept)
    assert "unsafe" not in HEADERS["Content-Security-Policy"]
    assert "http" not in HEADERS["Content-Security-Policy"]


def test_every_cookie_is_kept_from_scripts_other_sites_and_plain_http(suite: FakeSuite) -> None:
    with asking(suite, secure=True) as client:
        answers = [
            client.post("/sign-in", data={"token": REGULATOR}),
            client.get("/sign-in", params={"token": REGULATOR}),
            client.get("/sign-in", params={"lang": "en"}),
            client.post(
                "/sign-out",
                data={"form_key": Reader(REGULATOR, Language.CHINESE).form_key},
                headers={"cookie": f"{TOKEN_COOKIE}={REGULATOR}"},
            ),
        ]
        # Nobody's token: each route is asked, and none has to gather what it shows.
        headers = {"accept": "text/html", "cookie": f"{TOKEN_COOKIE}=qz_nobody_nothing"}
        answers += [answer(client, route, params={"lang": "en"}, headers=headers) for route in READS]
        set_by = [header for each in answers for header in each.headers.get_list("set-cookie")]
    names = set()
    for header in set_by:
        for name, cookie in SimpleCookie(header).items():
            names.add(name)
            assert cookie["httponly"], header
            assert cookie["samesite"].lower() in ("lax", "strict"), header
            assert cookie["secure"], header
            assert not cookie["domain"], header
    assert {TOKEN_COOKIE, LANGUAGE_COOKIE} <= names


@pytest.mark.parametrize("key", ["", "x", Reader(PLATFORM, Language.CHINESE).form_key])
def test_no_form_is_taken_without_the_reader_s_own_key(
    suite: FakeSuite, nobody: httpx.Client, key: str
) -> None:
    headers = {
        "cookie": f"{TOKEN_COOKIE}={REGULATOR}",
        "accept": "application/json",
        "idempotency-key": "csrf-1",
        "form-key": key or "y",
    }
    before = len(suite.acts)
    for route in WRITES:
        if route in SIGNING_IN:
            continue
        api = route.path.startswith("/api/")
        form = None if api else {"form_key": key, "request_id": "csrf-1"}
        said: dict[str, str] | None = {} if api else None
        found = nobody.post(route.path, data=form, json=said, headers=headers)
        told = (route, found.status_code, found.text[:200])
        assert (found.status_code, found.json()["reason"]) == (403, "FORM_KEY_WRONG"), told
    assert len(suite.acts) == before


@pytest.mark.parametrize(
    "told",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
    ids=str,
)
def test_another_site_signs_nobody_in_and_sends_no_form(
    suite: FakeSuite, nobody: httpx.Client, told: dict[str, str]
) -> None:
    """Not even with a token that is good, which may be the foreign site's own (login CSRF)."""
    headers = {"cookie": f"{TOKEN_COOKIE}={REGULATOR}", "accept": "application/json"} | told
    form = {"token": PLATFORM, "form_key": Reader(REGULATOR, Language.CHINESE).form_key}
    before = len(suite.acts)
    for route in WRITES:
        found = nobody.post(route.path, data=form, headers=headers)
        assert (found.status_code, found.json()["reason"]) == (403, "FROM_ANOTHER_SITE"), route
        assert "set-cookie" not in found.headers
    assert len(suite.acts) == before
    if "sec-fetch-site" in told:
        found = nobody.get("/sign-in", params={"token": PLATFORM}, headers=headers)
        assert (found.status_code, found.json()["reason"]) == (403, "FROM_ANOTHER_SITE")
        assert "set-cookie" not in found.headers


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_the_portal_s_own_forms_and_the_address_bar_sign_in(nobody: httpx.Client, site: str) -> None:
    headers = {"sec-fetch-site": site, "origin": str(nobody.base_url).rstrip("/")}
    assert nobody.post("/sign-in", data={"token": REGULATOR}, headers=headers).status_code == 303
    assert nobody.get("/sign-in", params={"token": REGULATOR}, headers=headers).status_code == 303


def test_signing_in_leaves_nothing_of_who_was_there_before(nobody: httpx.Client) -> None:
    """A cookie that somebody else put there is replaced, and the forms of before are worth nothing."""
    planted = {"cookie": f"{TOKEN_COOKIE}={PLATFORM}"}
    found = nobody.post("/sign-in", data={"token": REGULATOR}, headers=planted)
    assert SimpleCookie(found.headers["set-cookie"])[TOKEN_COOKIE].value == REGULATOR
    old, new = (Reader(token, Language.CHINESE).form_key for token in (PLATFORM, REGULATOR))
    assert old != new
    signed_in = {"cookie": f"{TOKEN_COOKIE}={REGULATOR}", "accept": "application/json"}
    refused = nobody.post("/sign-out", data={"form_key": old}, headers=signed_in)
    assert refused.json()["reason"] == "FORM_KEY_WRONG"


HOSTILE: Final = (
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example/",
    "https:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "/\t/evil.example",
    "/\n/evil.example",
    " //evil.example",
    "@evil.example",
    ".evil.example",
    "",
)


@pytest.mark.parametrize("wanted", HOSTILE)
def test_signing_in_leads_nowhere_else(nobody: httpx.Client, wanted: str) -> None:
    data = {"token": REGULATOR, "next": wanted}
    for found in (nobody.post("/sign-in", data=data), nobody.get("/sign-in", params=data)):
        assert found.status_code == 303
        assert found.headers["location"] == "/"
    shown = nobody.get("/sign-in", params={"next": wanted}, headers={"accept": "text/html"})
    assert 'name="next" value="/"' in shown.text


@given(st.text(st.sampled_from("/\\:.@?#% \t\n\r\x00ahttps"), max_size=12) | st.text(max_size=20))
def test_whatever_is_wanted_stays_on_this_portal(wanted: str) -> None:
    """As browsers read addresses: without tabs and line breaks, a backslash being a slash (WHATWG URL)."""
    address = local_address(wanted)
    for dropped in "\t\r\n":
        address = address.replace(dropped, "")
    led = urlsplit(urljoin("https://portal.example/sign-in", address.strip().replace("\\", "/")))
    assert (led.scheme, led.netloc) == ("https", "portal.example")
