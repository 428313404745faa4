"""Atom feeds: valid, the same bytes until something changes, and read with the reader's own token."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

import httpx
import pytest
from lxml import etree

from quzhong.api.notify.v1 import notify_pb2
from services.portal.app import PortalServer
from services.portal.core.alerts import Alert, AlertKind
from services.portal.core.findings import Severity
from services.portal.core.language import Language, LocalText
from services.portal.core.names import Names
from services.portal.feeds.atom import Subject, atom
from tests.support.fake_suite import data
from tests.support.fake_suite.suite import REGULATOR, FakeSuite

ATOM = "{http://www.w3.org/2005/Atom}"
AREA, DEPARTMENT = "/feeds/130200.atom", "/feeds/departments/tangshan-hrss.atom"


def get(portal: PortalServer, path: str, token: str = REGULATOR, **headers: str) -> httpx.Response:
    given = headers | ({"Authorization": f"Bearer {token}"} if token else {})
    with httpx.Client(base_url=portal.url, trust_env=False) as client:
        return client.get(path, headers=given)


def read(content: bytes) -> Any:
    """The feed's element, checked against what RFC 4287 (4.1) says every feed and entry has."""
    feed = etree.fromstring(content)
    assert feed.tag == f"{ATOM}feed"
    ids = []
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (found,) = element.findall(f"{ATOM}{name}")
            assert found.text
        moment = datetime.fromisoformat(element.findtext(f"{ATOM}updated"))
        assert moment.tzinfo is not None
        assert page_of(element).startswith("http")
        ids.append(element.findtext(f"{ATOM}id"))
    assert feed.find(f"{ATOM}author/{ATOM}name").text  # else every entry needs its own
    assert feed.find(f"{ATOM}link[@rel='self']").get("type") == "application/atom+xml"
    assert len(set(ids)) == len(ids)
    return feed


def page_of(element: Any) -> str:
    """The link that is for people: ``alternate``, which is what a link without ``rel`` is."""
    (link,) = (each for each in element.findall(f"{ATOM}link") if each.get("rel", "alternate") == "alternate")
    return str(link.get("href"))


def titles(feed: Any) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]


@pytest.fixture
def told(suite: FakeSuite) -> FakeSuite:
    """With two alerts about cases."""
    suite.emit(data.alert(7, kind=notify_pb2.ALERT_KIND_CASE_OPENED, title=("新增问题线索", "Case opened")))
    return suite


@pytest.mark.parametrize("path", [AREA, DEPARTMENT])
def test_alerts_about_cases_and_letters_come_newest_first_and_no_single_findings(
    portal: PortalServer, told: FakeSuite, path: str
) -> None:
    answer = get(portal, path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert "private" in answer.headers["cache-control"]
    feed = read(answer.content)
    assert titles(feed) == ["新增问题线索", "已发出警示函：连续工作时间超限"]
    entry = feed.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == "tag:quzhong,2022:alert-0007"
    assert page_of(entry) == f"{portal.url}/cases/{data.CASE_ID}"
    assert entry.find(f"{ATOM}category").get("term") == "case_opened"
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == portal.url + path
    assert titles(read(get(portal, f"{path}?lang=en").content))[0] == "Case opened"


def test_another_area_or_department_has_none_of_them(portal: PortalServer, told: FakeSuite) -> None:
    for path in ("/feeds/110100.atom", "/feeds/departments/other.atom"):
        answer = get(portal, path)
        assert answer.status_code == 200
        assert titles(read(answer.content)) == []


def test_who_has_the_feed_as_it_is_gets_no_body_until_something_is_added(
    portal: PortalServer, told: FakeSuite
) -> None:
    first = get(portal, AREA)
    tag, changed = first.headers["etag"], first.headers["last-modified"]
    assert get(portal, AREA).content == first.content
    for headers in (
        {"If-None-Match": tag},
        {"If-None-Match": f'"other", W/{tag}'},
        {"If-Modified-Since": changed},
    ):
        again = get(portal, AREA, **headers)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    earlier = format_datetime(parsedate_to_datetime(changed) - timedelta(seconds=1), usegmt=True)
    for headers in (
        {"If-None-Match": '"other"'},
        {"If-None-Match": '"other"', "If-Modified-Since": changed},  # the tag decides
        {"If-Modified-Since": earlier},
        {"If-Modified-Since": "yesterday"},
    ):
        assert get(portal, AREA, **headers).status_code == 200
    told.emit(data.alert(8, kind=notify_pb2.ALERT_KIND_CASE_WITHDRAWN))
    for headers in ({"If-None-Match": tag}, {"If-Modified-Since": changed}):
        assert len(titles(read(get(portal, AREA, **headers).content))) == 3


def test_without_a_token_nothing_is_told(portal: PortalServer, told: FakeSuite) -> None:
    answer = get(portal, AREA, token="")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert get(portal, AREA, token="qz_no_token").status_code == 401


@pytest.mark.parametrize("code", ["1302", "abcdef", "1302000", "130200x"])
def test_what_is_no_area_code_has_no_feed(portal: PortalServer, code: str) -> None:
    answer = get(portal, f"/feeds/{code}.atom")
    assert answer.status_code == 404
    assert answer.json()["reason"] == "AREA_UNKNOWN"


def test_a_title_with_markup_and_control_characters_is_still_a_valid_feed() -> None:
    alert = Alert(
        "alert-1", AlertKind.CASE_OPENED, Severity.BREACH, "swift", "130203", "r<1>", "", "",
        LocalText("<b>\x00\x1b甲&\n\ufffe乙\ud800", ""), None, None,
    )  # fmt: skip
    subject = Subject("area/130200", "甲\x01<", "https://q.example/feeds/130200.atom", "https://q.example")
    feed = read(atom(subject, [alert], Names(), Language.CHINESE))
    assert titles(feed) == ["<b>  甲&  乙 "]
    assert feed.findtext(f"{ATOM}title") == "甲 <"
    assert datetime.fromisoformat(feed.findtext(f"{ATOM}updated")) == datetime.fromtimestamp(0, tz=UTC)
