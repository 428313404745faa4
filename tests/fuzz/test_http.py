"""Whatever is asked of the portal, and of the registry's token endpoint, is answered and never with a 5xx.

Schemathesis makes the requests from the applications' OpenAPI documents: some fit them, some do not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final, NamedTuple, cast

import pytest
import requests
import schemathesis
from hypothesis import strategies as st
from joserfc.jwk import OKPKey
from schemathesis import GenerationMode

from kit.security.caller import Role
from services.portal.app import PortalServer, create_app
from services.portal.core.language import Language
from services.portal.problems import PROBLEM_JSON
from services.portal.settings import PortalSettings
from services.portal.web import Reader
from services.registry.identity.token_api import create_token_app
from tests.fuzz.running import SECONDS, kept, repeated, to_say_again
from tests.integration.authorisation.conftest import City
from tests.integration.oauth.conftest import Running, SettableClock, running

EXAMPLES: Final = 12
"""Of each operation in the bounded run."""

TIMEOUT_S: Final = 20.0

_ODD_TOKENS: Final = ("é", "qz_é_é", "qz__", "a.b.c", "e30.e30.", "qz_" + "a" * 6_000 + "_b", "", "\x7f")
"""Of nobody, or such as go through no metadata."""

_ACCEPTED: Final = ("text/html", "application/json", "*/*", "")


def _operations(document: dict[str, Any]) -> Mapping[str, Any]:
    schema = schemathesis.openapi.from_dict(document)
    operations: list[Any] = [found.ok() for found in schema.get_all_operations()]  # type: ignore[union-attr]
    return {operation.label: operation for operation in operations}


PAGES: Final = {
    label: operation
    for label, operation in _operations(create_app(PortalSettings()).openapi()).items()
    if "/api/v1/" not in label  # test_http_api.py
}
TOKENS: Final = _operations(cast(Any, create_token_app)(None, None, None, lambda: "", None).openapi())


@pytest.fixture(scope="module")
def portal(city: City) -> Iterator[str]:
    server = PortalServer(PortalSettings(suite_address=city.suite.host.address, portal_port=0))
    server.start()
    yield server.url
    server.stop()


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("registry"), SettableClock()) as registry:
        registry.register("swift")
        yield registry


class Answer(NamedTuple):
    """What came back; of a feed, which has no end, only that it began."""

    status: int
    headers: Mapping[str, str]
    text: str


def send(address: str, said: Mapping[str, Any], token: str = "") -> Answer:
    """Send what was said. Raises AssertionError for an answer of 500 or above."""
    headers = said["headers"] | ({"authorization": f"Bearer {token}"} if token else {})
    data = None if said["data"] is None else said["data"].encode("latin-1")
    with requests.Session() as session:
        session.trust_env = False  # no proxy
        prepared = session.prepare_request(
            requests.Request(said["method"], address, headers=headers, data=data)
        )
        prepared.url = address + said["path"]  # as it was made, not normalised once more
        with session.send(prepared, stream=True, allow_redirects=False, timeout=TIMEOUT_S) as answer:
            feed = answer.headers.get("content-type", "").startswith("text/event-stream")
            text = "" if feed else answer.text
            told = f"{said['method']} {said['path']}: {answer.status_code}: {text[:300]}"
            assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, told
            return Answer(answer.status_code, answer.headers, text)


def ask_portal(address: str, said: Mapping[str, Any], token: str) -> None:
    """What the portal refuses a program with is a problem document with a reason (RFC 9457)."""
    answer = send(address, said, token)
    if answer.status >= HTTPStatus.BAD_REQUEST and said["headers"]["accept"] == "application/json":
        if said["path"].startswith(_PAGE_OF_ITS_OWN):
            return
        assert answer.headers["content-type"].startswith(PROBLEM_JSON), answer
        problem = json.loads(answer.text)
        assert problem["status"] == answer.status
        assert problem["reason"], problem
        assert problem["detail"], problem


_PAGE_OF_ITS_OWN: Final = ("/sign-in", "/record/sign-in")
"""A form that is not accepted is shown again with what is wrong, to people."""


def ask_for_token(address: str, said: Mapping[str, Any]) -> None:
    """What the token endpoint refuses is refused as RFC 6749 has it (5.2)."""
    answer = send(address, said)
    if said["path"] == "/oauth/token" and answer.status != HTTPStatus.OK:
        assert answer.status in (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED), answer
        assert json.loads(answer.text)["error"], answer
        assert answer.headers["cache-control"] == "no-store", answer


def said_by(case: Any, accept: str) -> dict[str, Any]:
    """A request of Schemathesis's as JSON: to be kept, and sent again."""
    taken = ("method", "url", "params", "headers", "cookies", "data", "json", "files")
    given_to = case.as_transport_kwargs(base_url="http://fuzz")
    sent = requests.Request(**{name: given_to[name] for name in taken if name in given_to}).prepare()
    headers = {
        name.lower(): value.decode("latin-1") if isinstance(value, bytes) else value
        for name, value in sent.headers.items()
        if name.lower() != "content-length"
    }
    return {
        "method": sent.method,
        "path": (sent.url or "").removeprefix("http://fuzz"),
        "headers": headers | {"accept": accept},
        "data": sent.body.decode("latin-1") if isinstance(sent.body, bytes) else sent.body,
    }


def cases(operation: Any) -> st.SearchStrategy[Any]:
    """Requests that fit the document, and such as do not."""
    return st.one_of(*(operation.as_strategy(mode) for mode in GenerationMode))


def in_the_world_of(city: City, case: Any, token: str, at: int) -> Any:
    """The request, about something of the city's; a form carries its reader's key."""
    of = (city.own, city.foreign, city.missing)[at % 3]
    known = {
        "case_id": of.case_id,
        "finding_id": of.finding_id,
        "document_id": of.document_id,
        "consultation_id": of.consultation_id,
        "report_id": of.given_report_id,
        "area": of.area_code,
        "platform": of.platform_id,
        "platform_id": of.platform_id,
        "period": ("2026-01", "2026Q1", "2026-13")[at % 3],
        "form_key": Reader(token, Language.CHINESE).form_key,
    }
    for part in (case.path_parameters, case.query, case.body):
        if isinstance(part, dict):
            part.update({name: value for name, value in known.items() if name in part})
    return case


@pytest.mark.parametrize("label", sorted(PAGES))
def test_whatever_is_asked_of_the_portal_is_answered(city: City, portal: str, label: str) -> None:
    def check(case: Any, role: Role | str, accept: str, at: int) -> None:
        token = role if isinstance(role, str) else city.as_(role).token
        if at < 3:
            case = in_the_world_of(city, case, token, at)
        said = said_by(case, accept)
        with kept("portal", __file__, said | {"bearer": role if isinstance(role, str) else role.name}):
            ask_portal(portal, said, token)

    roles = st.sampled_from([*Role, *_ODD_TOKENS])
    accepted = st.sampled_from(_ACCEPTED)
    given_by = (cases(PAGES[label]), roles, accepted, st.integers(0, 5))
    repeated(check, *given_by, examples=EXAMPLES, seconds=SECONDS / len(PAGES))


@pytest.mark.parametrize("label", sorted(TOKENS))
def test_whatever_is_asked_of_the_token_endpoint_is_answered(registry: Running, label: str) -> None:
    def check(case: Any) -> None:
        said = said_by(case, "application/json")
        with kept("tokens", __file__, said):
            ask_for_token(registry.issuer, said)

    repeated(check, cases(TOKENS[label]), examples=EXAMPLES, seconds=SECONDS / len(TOKENS))


_CLAIMS: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def test_whatever_a_client_signs_is_answered(registry: Running) -> None:
    key = OKPKey.generate_key("Ed25519", private=True)
    client_id = registry.key_of("swift", key)
    names = st.sampled_from(["iss", "sub", "aud", "iat", "exp", "nbf", "jti", "cnf"])
    lately = st.integers(registry.now_s - 60, registry.now_s + 600)
    claims = st.dictionaries(
        names, _CLAIMS | lately | st.sampled_from([client_id, registry.issuer]), max_size=4
    )

    def check(claims: dict[str, Any]) -> None:
        answer = registry.ask(registry.assertion(client_id, key, **claims))
        told = f"{claims}: {answer.status_code} {answer.text}"
        assert answer.status_code in (HTTPStatus.OK, HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED), told
        assert answer.json().keys() & {"access_token", "error"}, told

    repeated(check, claims, examples=4 * EXAMPLES)


@pytest.mark.parametrize("path", to_say_again("portal"), ids=lambda path: path.stem)
def test_again_what_once_broke_the_portal(city: City, portal: str, path: Path) -> None:
    said = json.loads(path.read_text("utf-8"))
    bearer = said["bearer"]
    ask_portal(portal, said, city.as_(Role[bearer]).token if bearer in Role.__members__ else bearer)


@pytest.mark.parametrize("path", to_say_again("tokens"), ids=lambda path: path.stem)
def test_again_what_once_broke_the_token_endpoint(registry: Running, path: Path) -> None:
    ask_for_token(registry.issuer, json.loads(path.read_text("utf-8")))
