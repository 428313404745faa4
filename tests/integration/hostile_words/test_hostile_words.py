"""Names and words that somebody registered to do harm: on pages, in feeds and in the API they stay words.

Everything goes in through the services that take it, and comes out through a real portal.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final, NamedTuple
from urllib.parse import urlsplit
from xml.etree import ElementTree

import httpx
import pytest
from google.protobuf.field_mask_pb2 import FieldMask
from google.protobuf.timestamp_pb2 import Timestamp

from kit.security.http_api_permissions import HTTP_API
from kit.security.permissions import PAGES
from quzhong.api.algo_audit.v1 import appeals_pb2
from quzhong.api.events.v1 import events_pb2, findings_pb2
from quzhong.api.notify.v1 import notify_pb2
from quzhong.api.registry.v1 import declared_rules_pb2
from quzhong.api.registry.v1 import registry_pb2 as pb
from services.portal.app import PortalServer
from services.portal.settings import PortalSettings
from tests.support.suite import CITY, Suite, algo_audit, eventually, intake, notify, running_suite, workhours

MARK: Final = "x-qz"
"""The element that every one of these tries to become."""

ZH: Final = f"</script></title></textarea><{MARK} onload=alert(1)>{{{{7*7}}}}"
EN: Final = f"\"'><{MARK} autofocus onfocus=alert(1)>&lt;{MARK}&gt; javascript:alert(1)//]]>"


class City(NamedTuple):
    suite: Suite
    portal: httpx.Client


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    folder = tmp_path_factory.mktemp("hostile")
    with running_suite(folder, intake, workhours, algo_audit, notify) as suite:
        _register(suite)
        settings = PortalSettings(suite_address=suite.host.address, portal_port=0)
        server = PortalServer(settings)
        server.start()
        with httpx.Client(base_url=server.url, trust_env=False, timeout=30) as portal:
            yield City(suite, portal)
        server.stop()


def _register(suite: Suite) -> None:
    hostile, admin = findings_pb2.LocalText(zh=ZH, en=EN), suite.admin
    licence = pb.Licence(kind=pb.LICENCE_KIND_BUSINESS, number="L-1", expiry_date="2026-03-01")
    platform = pb.RegisterPlatformRequest(
        request_id=suite.request_id(), platform_id="swift", name=hostile, area_codes=[CITY]
    )
    suite.admit("swift", admin.registry.RegisterPlatform(platform).token)
    for party_id, role in (("office", pb.ROLE_REGULATOR), ("guild", pb.ROLE_UNION)):
        supervisor = pb.RegisterSupervisorRequest(
            request_id=suite.request_id(), party_id=party_id, role=role, name=hostile, area_codes=[CITY]
        )
        if role == pb.ROLE_REGULATOR:
            supervisor.profile.unit_id = "human-resources"
        suite.admit(party_id, admin.registry.RegisterSupervisor(supervisor).token)
    admin.registry.AmendParty(
        pb.AmendPartyRequest(
            request_id=suite.request_id(),
            party_id="swift",
            expected_version=1,
            party=pb.Party(profile=pb.PartyProfile(licences=[licence])),
            update_mask=FieldMask(paths=["profile.licences"]),
        )
    )
    own = suite.as_("swift")
    own.rules.DeclareRules(
        declared_rules_pb2.DeclareRulesRequest(
            request_id=suite.request_id(),
            platform_id="swift",
            kind=declared_rules_pb2.RULE_KIND_PAY,
            area_code=CITY,
            service=events_pb2.SERVICE_KIND_FOOD_DELIVERY,
            title=hostile,
            wording=f"{ZH}\n{EN}",
            effective_time=Timestamp(seconds=1_770_000_000),
        )
    )
    own.appeals.FileAppeal(
        appeals_pb2.FileAppealRequest(
            request_id=suite.request_id(),
            platform_id="swift",
            worker_id="worker-pseudonym-000001",
            order_id="order-1",
            penalty_fen=500,
            grounds=ZH,
        )
    )
    # The licence has ended: a finding, a case, alerts about it.
    eventually(lambda: bool(admin.notify.ListCases(notify_pb2.ListCasesRequest()).cases), timeout_s=120)


class Elements(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def _reads(rows: dict[str, object]) -> list[str]:
    fill = {"area_code": CITY, "department_id": "office", "kind": "csv"}
    return [
        route.removeprefix("GET ").format_map(fill)
        for route in rows
        if route.startswith("GET ") and not _left(route, fill) and "events" not in route
    ]


def _left(route: str, fill: dict[str, str]) -> bool:
    """Whether the route is about one thing: those are asked for by the links of the others."""
    for name in fill:
        route = route.replace(f"{{{name}}}", "")
    return "{" in route


def _harmless(text: str, address: str) -> None:
    for tag, attributes in Elements(text).found:
        assert tag != MARK, address
        assert not any(name.startswith("on") for name in attributes), (address, tag, attributes)
        if tag == "script":
            assert (attributes.get("src") or "").startswith("/static/") or attributes.get("type") in (
                "application/json",
            ), (address, attributes)
        for name in ("href", "src", "action", "formaction"):
            assert urlsplit(attributes.get(name) or "").scheme in ("", "http", "https"), (address, attributes)


@pytest.mark.parametrize(
    ("who", "language"),
    [("office", "zh-CN"), ("guild", "en"), ("swift", "zh-CN"), ("administrator", "en"), ("office", "en")],
)
def test_on_pages_hostile_words_are_words(city: City, who: str, language: str) -> None:
    party = city.suite.admin if who == "administrator" else city.suite.as_(who)
    headers = {"accept": "text/html", "authorization": f"Bearer {party.token}"}
    seen, waiting = set(), [f"{path}?lang={language}" for path in _reads(dict(PAGES))]
    told = 0
    while waiting:
        address = waiting.pop()
        answer = city.portal.get(address, headers=headers)
        seen.add(address.partition("?")[0])
        assert answer.status_code < 500, (address, answer.text[:300])
        if answer.status_code != 200 or not answer.headers["content-type"].startswith("text/html"):
            continue
        told += MARK in answer.text
        _harmless(answer.text, address)
        for tag, attributes in Elements(answer.text).found:
            link = (attributes.get("href") or "").partition("#")[0]
            deep = link.count("/") > 1 and not link.startswith(("/static", "/feed/", "/docs", "//"))
            if tag == "a" and deep and link.partition("?")[0] not in seen:
                seen.add(link.partition("?")[0])
                waiting.append(link)
    assert told > 3, "hostile words were met nowhere: this test shows nothing"


def test_in_feeds_they_are_words(city: City) -> None:
    headers = {"authorization": f"Bearer {city.suite.as_('office').token}"}
    for address in (f"/feeds/{CITY}.atom", "/feeds/departments/office.atom"):
        answer = city.portal.get(address, headers=headers)
        assert answer.status_code == 200
        assert MARK in answer.text
        tree = ElementTree.fromstring(answer.content)
        assert {
            element.tag for element in tree.iter() if not element.tag.startswith("{http://www.w3.org")
        } == set()


def test_in_the_api_they_are_json_as_they_were_given(city: City) -> None:
    headers = {"authorization": f"Bearer {city.suite.as_('office').token}", "accept": "text/html"}
    told = 0
    for address in _reads(dict(HTTP_API)):
        answer = city.portal.get(address, headers=headers)
        if answer.status_code == 200:
            assert answer.headers["content-type"] == "application/json"
            assert answer.headers["x-content-type-options"] == "nosniff"
            told += MARK in json.dumps(answer.json())
    assert told >= 3
    names = [each["name"] for each in city.portal.get("/api/v1/parties", headers=headers).json()["parties"]]
    assert {"zh": ZH, "en": EN} in names
