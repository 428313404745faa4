"""The feed's stream: Server-Sent Events fed by WatchAlerts."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from services.portal.app import PortalServer
from tests.support.fake_suite import data
from tests.support.fake_suite.running import running_portal
from tests.support.fake_suite.suite import REGULATOR, FakeSuite


@dataclass
class Event:
    name: str = ""
    id: str = ""
    text: str = ""
    comment: str = ""

    @property
    def data(self) -> Any:
        return json.loads(self.text)


@contextmanager
def stream(portal: PortalServer, query: str = "", last_event_id: str = "") -> Iterator[Iterator[Event]]:
    """An open stream as a program reads it."""
    headers = {"Authorization": f"Bearer {REGULATOR}", "Accept": "text/event-stream"}
    if last_event_id:
        headers["Last-Event-ID"] = last_event_id
    with (
        httpx.Client(base_url=portal.url, trust_env=False, timeout=10) as client,
        client.stream("GET", f"/feed/events{query}", headers=headers) as answer,
    ):
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["cache-control"] == "no-store"
        yield _events(answer.iter_lines())


def _events(lines: Iterator[str]) -> Iterator[Event]:
    event = Event()
    for line in lines:
        name, _, value = line.partition(": ")
        match name:
            case "event":
                event.name = value
            case "data":
                event.text = value
            case "id":
                event.id = value
            case "":
                if value:
                    event.comment = value
                yield event
                event = Event()


def take(events: Iterator[Event], count: int) -> list[Event]:
    """The next ``count`` alerts."""
    found: list[Event] = []
    while len(found) < count:
        event = next(events)
        if event.name == "alert":
            found.append(event)
    return found


def ids(events: list[Event]) -> list[int]:
    return [int(event.data["alert_id"].removeprefix("alert-")) for event in events]


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_the_stream_goes_on_where_the_page_ends(portal: PortalServer, suite: FakeSuite) -> None:
    with stream(portal, "?resume=6") as events:
        suite.emit(data.alert(7))
        (event,) = take(events, 1)
    assert ids([event]) == [7]
    assert event.id == "7"
    assert event.data["severity"] == "BREACH"
    assert event.data["row"].lstrip().startswith('<li class="alert alert-breach" data-alert-id="alert-0007">')
    assert "连续接单超过 4 小时" in event.data["row"]


def test_last_event_id_takes_precedence_over_the_address(portal: PortalServer) -> None:
    with stream(portal, "?resume=1", last_event_id="4") as events:
        assert ids(take(events, 2)) == [5, 6]


def test_without_a_place_the_stream_starts_at_the_beginning(portal: PortalServer) -> None:
    with stream(portal) as events:
        assert ids(take(events, 6)) == [1, 2, 3, 4, 5, 6]


def test_the_stream_is_filtered_like_the_page(portal: PortalServer, suite: FakeSuite) -> None:
    with stream(portal, "?platform=suifeng&severity=breach&resume=6") as events:
        suite.emit(data.alert(7), data.alert(8, platform="suifeng"))
        assert ids(take(events, 1)) == [8]


def test_rows_are_in_the_readers_language(portal: PortalServer) -> None:
    with stream(portal, "?resume=5&lang=en") as events:
        assert "Warning sent" in take(events, 1)[0].data["row"]


def test_an_idle_stream_has_heartbeats(portal: PortalServer) -> None:
    with stream(portal, "?resume=6") as events:
        assert next(event for event in events if event.comment).comment == "ping"


def test_a_break_of_the_suite_leaves_no_gap_and_no_repeat(portal: PortalServer, suite: FakeSuite) -> None:
    with stream(portal, "?resume=6") as events:
        suite.emit(data.alert(7))
        before = take(events, 1)
        suite.break_off()
        states = [next(event for event in events if event.name == "connection").data["state"]]
        suite.emit(data.alert(8), data.alert(9))
        suite.open()
        after = take(events, 2)
        suite.emit(data.alert(10))
        after += take(events, 1)
    assert states == ["lost"]
    assert ids(before + after) == [7, 8, 9, 10]


def test_a_revoked_token_ends_the_stream_with_the_reason(portal: PortalServer, suite: FakeSuite) -> None:
    with stream(portal, "?resume=6") as events:
        next(event for event in events if event.name == "connection")
        suite.revoked.add(REGULATOR)
        suite.break_off()
        suite.open()
        problem = next(event for event in events if event.name == "problem")
        assert (problem.data["status"], problem.data["reason"]) == (401, "CREDENTIAL_UNKNOWN")
        assert list(events) == []


def test_a_wrong_token_is_refused_before_the_stream_begins(portal: PortalServer) -> None:
    headers = {"Authorization": "Bearer qz_1_wrong"}
    answer = httpx.get(f"{portal.url}/feed/events", headers=headers, trust_env=False)
    assert answer.status_code == 401
    assert answer.json()["reason"] == "CREDENTIAL_UNKNOWN"


def test_a_reader_who_leaves_stops_the_watch_behind(portal: PortalServer, suite: FakeSuite) -> None:
    with stream(portal, "?resume=6") as events:
        next(events)
        until(lambda: suite.watchers == 1)
    until(lambda: suite.watchers == 0)


def test_a_portal_that_stops_ends_its_streams_at_once(suite: FakeSuite) -> None:
    with running_portal(suite) as portal, stream(portal, "?resume=6") as events:
        next(event for event in events if event.name == "connection")
        started = time.monotonic()
        portal.stop()
        assert list(events) == []
        assert time.monotonic() - started < 2


@pytest.mark.timeout(60)
def test_a_burst_arrives_whole_and_in_order(portal: PortalServer, suite: FakeSuite) -> None:
    with stream(portal, "?resume=6") as events:
        suite.emit(*(data.alert(number) for number in range(7, 1_007)))
        assert ids(take(events, 1_000)) == list(range(7, 1_007))
