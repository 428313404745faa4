"""People sign in at an identity provider: with a real portal, a real registry, a provider of the tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc.jwk import ECKey

from quzhong.api.events.v1.findings_pb2 import LocalText
from quzhong.api.registry.v1 import registry_pb2 as pb
from services.portal.app import PortalServer
from services.portal.settings import PortalSettings
from services.portal.web import TOKEN_COOKIE
from services.registry.identity.people import GRANT_TYPE, ID_TOKEN, SESSION_S
from tests.integration.oauth.conftest import Running, SettableClock, bearer, running
from tests.support.identity_provider import CLIENT_ID, CLIENT_SECRET, IdentityProvider, identity_provider
from tests.support.suite import algo_audit, notify


@dataclass(frozen=True, slots=True)
class City:
    """Who takes part."""

    registry: Running
    provider: IdentityProvider
    portal: str

    def browser(self) -> httpx.Client:
        return httpx.Client(base_url=self.portal, follow_redirects=True, trust_env=False, timeout=20)

    def exchange(self, id_token: str, **form: str) -> httpx.Response:
        given = {"grant_type": GRANT_TYPE, "subject_token": id_token, "subject_token_type": ID_TOKEN} | form
        return httpx.post(f"{self.registry.issuer}/oauth/token", data=given, trust_env=False)


@pytest.fixture(scope="module")
def running_city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    clock = SettableClock()
    with (
        identity_provider(clock) as provider,
        running(
            tmp_path_factory.mktemp("people"),
            clock,
            beside=(notify, algo_audit),
            oidc_issuer=provider.issuer,
            oidc_client_id=CLIENT_ID,
        ) as registry,
    ):
        for party_id, role in (
            ("lubei", pb.ROLE_REGULATOR),
            ("lunan", pb.ROLE_REGULATOR),
            ("union", pb.ROLE_UNION),
        ):
            request = pb.RegisterSupervisorRequest(
                request_id=party_id,
                party_id=party_id,
                role=role,
                name=LocalText(zh=party_id),
                area_codes=["130203"],
            )
            registry.stub.RegisterSupervisor(request, metadata=bearer(registry.admin))
        settings: dict[str, Any] = {
            "suite_address": registry.address,
            "portal_port": 0,
            "oidc_issuer": provider.issuer,
            "oidc_client_id": CLIENT_ID,
            "oidc_client_secret": CLIENT_SECRET,
            "token_url": registry.unit.token_url,
        }
        portal = PortalServer(PortalSettings(**settings))
        portal.start()
        yield City(registry, provider, portal.url)
        portal.stop()


@pytest.fixture
def city(running_city: City) -> City:
    """The provider says that everybody is of the regulator of Lubei."""
    running_city.provider.claims = {"quzhong_party": "lubei"}
    running_city.provider.published = None
    return running_city


def test_who_signs_in_at_the_provider_reads_as_their_party(city: City) -> None:
    with city.browser() as browser:
        assert "/sign-in/provider" in browser.get("/sign-in").text
        page = browser.get("/sign-in/provider", params={"next": "/cases"})
        assert (page.status_code, page.url.path) == (200, "/cases")
        token = browser.cookies[TOKEN_COOKIE]
    assert "lubei" in city.registry.sees(token)
    city.registry.clock.pass_s(SESSION_S + 31)
    assert city.registry.refused(token).reason == "CREDENTIAL_EXPIRED"


def test_the_way_back_leads_to_this_portal_only(city: City) -> None:
    with city.browser() as browser:
        page = browser.get("/sign-in/provider", params={"next": "//elsewhere.example/"})
        assert (page.url.host, page.url.path) == ("127.0.0.1", "/")


def test_a_code_is_for_the_browser_that_asked_for_it(city: City) -> None:
    """Else a stranger could sign somebody in as himself, or as the victim of a stolen code."""
    with city.browser() as browser, city.browser() as other:
        there = browser.get("/sign-in/provider", follow_redirects=False)
        came_back = httpx.get(there.headers["location"], trust_env=False).headers["location"]
        other.get("/sign-in/provider", follow_redirects=False)
        for page in (other.get(came_back), httpx.get(came_back, trust_env=False)):
            assert page.status_code == 401
            assert TOKEN_COOKIE not in page.cookies
        assert TOKEN_COOKIE not in other.cookies
        assert browser.get(came_back).status_code == 200


@pytest.mark.parametrize(
    "query", ["", "?code=x", "?state=x", "?code=x&state=x", "?error=access_denied&state=x"]
)
def test_who_comes_back_without_having_gone_is_not_signed_in(city: City, query: str) -> None:
    answer = httpx.get(f"{city.portal}/sign-in/provider/back{query}", trust_env=False)
    assert answer.status_code == 401
    assert "SIGN_IN_REFUSED" in answer.text


@pytest.mark.parametrize("cookie", ["", "x", "e30=", "bnVsbA==", "eyJzdGF0ZSI6IDd9"])
def test_a_cookie_that_is_not_ours_signs_nobody_in(city: City, cookie: str) -> None:
    answer = httpx.get(
        f"{city.portal}/sign-in/provider/back?code=c&state=",
        headers={"cookie": f"quzhong_sign_in={cookie}"},
        trust_env=False,
    )
    assert answer.status_code == 401


def test_what_goes_to_the_provider_is_fresh_each_time(city: City) -> None:
    asked = []
    with city.browser() as browser:
        for _ in range(2):
            location = browser.get("/sign-in/provider", follow_redirects=False).headers["location"]
            asked.append(parse_qs(urlsplit(location).query))
    first, second = asked
    assert first["code_challenge_method"] == ["S256"]
    assert first["scope"] == ["openid"]
    assert all(first[name] != second[name] for name in ("state", "nonce", "code_challenge"))


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "another-application"},
        {"aud": ["another-application"]},
        {"aud": [CLIENT_ID, "another-application"], "azp": "another-application"},
        {"exp": 1},
        {"exp": None},
        {"iat": None},
        {"sub": None},
        {"quzhong_party": None},
        {"quzhong_party": "nobody"},
        {"quzhong_party": ["lubei"]},
        {"quzhong_party": ""},
        {"quzhong_party": "with a \0"},
        {"quzhong_party": "administrator"},
        {"quzhong_party": "quzhong-suite"},
    ],
    ids=str,
)
def test_an_id_token_that_is_not_for_us_is_worth_nothing(city: City, claims: dict[str, Any]) -> None:
    city.provider.claims |= claims
    answer = city.exchange(city.provider.id_token())
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")
    with city.browser() as browser:
        assert browser.get("/sign-in/provider").status_code == 401
        assert TOKEN_COOKIE not in browser.cookies


def test_nobody_learns_which_parties_there_are(city: City) -> None:
    answers = []
    for party_id in ("nobody", "administrator", "quzhong-suite", None):
        city.provider.claims = {"quzhong_party": party_id}
        answers.append(city.exchange(city.provider.id_token()).text)
    assert len(set(answers)) == 1


def test_another_nonce_is_another_sign_in(city: City) -> None:
    city.provider.claims["nonce"] = "of somebody else"
    with city.browser() as browser:
        page = browser.get("/sign-in/provider")
        assert page.status_code == 401
        assert TOKEN_COOKIE not in browser.cookies


def test_an_id_token_is_exchanged_once(city: City) -> None:
    id_token = city.provider.id_token()
    first = city.exchange(id_token)
    assert (first.status_code, first.json()["expires_in"]) == (200, SESSION_S)
    assert city.exchange(id_token).json()["error"] == "invalid_grant"


def test_a_signature_of_another_key_is_refused(city: City) -> None:
    city.provider.published = ECKey.generate_key("P-256", private=True)
    own, city.provider.key = city.provider.key, ECKey.generate_key("P-256", private=True)
    forged = city.provider.id_token()
    city.provider.key = own
    for id_token in (forged, "", "a.b.c", "x"):
        assert city.exchange(id_token).status_code == 400


def test_a_revoked_party_s_people_are_out_at_once_and_stay_out(city: City) -> None:
    city.provider.claims = {"quzhong_party": "union"}
    token = city.exchange(city.provider.id_token()).json()["access_token"]
    assert "union" in city.registry.sees(token)
    city.registry.revoke("people-union")
    assert city.registry.refused(token).reason == "CREDENTIAL_REVOKED"
    assert city.exchange(city.provider.id_token()).json()["error"] == "invalid_grant"


def test_a_registry_without_a_provider_exchanges_nothing(
    tmp_path_factory: pytest.TempPathFactory, city: City
) -> None:
    with running(tmp_path_factory.mktemp("alone"), SettableClock()) as registry:
        form = {"grant_type": GRANT_TYPE, "subject_token": "x", "subject_token_type": ID_TOKEN}
        answer = httpx.post(f"{registry.issuer}/oauth/token", data=form, trust_env=False)
        assert answer.json()["error"] == "unsupported_grant_type"


def test_a_portal_without_a_provider_says_so(city: City) -> None:
    portal = PortalServer(PortalSettings(suite_address=city.registry.address, portal_port=0))
    portal.start()
    assert "/sign-in/provider" not in httpx.get(f"{portal.url}/sign-in", trust_env=False).text
    assert httpx.get(f"{portal.url}/sign-in/provider", trust_env=False).status_code == 404
    portal.stop()
