"""What watchers hear: by a thousand feeds or from the store, in a burst, slow or gone, each alert once."""

from __future__ import annotations

import asyncio
import itertools
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.notify_watchers import Watchers
from kit.eventlog.memory import MemoryEventLog
from kit.eventlog.port import NewRecord
from kit.eventlog.topics import FINDINGS
from kit.security.caller import Caller, Role
from kit.storage.store import Store
from quzhong.api.notify.v1 import notify_pb2 as pb
from services.notify import alert_watch
from services.notify.adapters.book import SqlBook
from services.notify.adapters.reading import SqlReading
from services.notify.adapters.tables import METADATA
from services.notify.alert_watch import AlertWatch
from services.notify.audiences import audience_of
from services.notify.core.alerts import Alert, AlertKind, Audience
from services.notify.core.cases import new_case
from services.notify.core.findings import Place, Severity
from services.notify.core.text import Text
from services.notify.ports import NumberedAlert
from tests.integration.notify.ladder_suite import register_officials
from tests.integration.notify.notify_suite import (
    RunningNotify,
    eventually,
    finding,
    prepared,
    running_notify,
)

TEXT = Text("超限", "beyond")
PLACES = [
    Place(platform, "r1", area, party)
    for platform in ("swift", "steady")
    for area in ("130202", "130203")
    for party in ("", "firm-c")
]
AUDIENCES = [
    Audience(),
    Audience(area_prefix="130203"),
    Audience(least_severity=3),
    Audience(cases_only=True),
    Audience(department_id="bureau"),
    audience_of(Caller("steady", Role.PLATFORM)),
    audience_of(Caller("union", Role.UNION, ("130200",))),
    audience_of(Caller("firm-c", Role.PARTNER_FIRM, ("130202",), platform_ids=("swift",))),
]

ALERTS = st.builds(
    lambda kind, severity, place, about: (kind, severity, place, about),
    st.sampled_from([AlertKind.FINDING, AlertKind.CASE_OPENED]),
    st.sampled_from(list(Severity)),
    st.sampled_from(PLACES),
    st.booleans(),
)


class CountedReading(SqlReading):
    """Counts its reads, as a stand-in for a busy store."""

    reads = 0

    def alerts_after(self, audience: Audience, after: int, limit: int) -> tuple[list[NumberedAlert], int]:
        self.reads += 1
        return super().alerts_after(audience, after, limit)


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """An empty one, with a case of each place; the bureau is responsible for those of swift."""
    store = Store.open(f"sqlite:///{tmp_path / 'notify.db'}", METADATA)
    with store.transaction() as connection:
        for place in PLACES:
            case = new_case(place, TEXT)
            object.__setattr__(case, "department_ids", ("bureau",) if place.platform_id == "swift" else ())
            SqlBook(connection).save_case(case)
    yield store
    store.close()


def add(
    store: Store, told: Sequence[tuple[AlertKind, Severity, Place, bool]], numbers: Iterator[int]
) -> None:
    with store.transaction() as connection:
        SqlBook(connection).add_alerts(
            [
                Alert(
                    alert_id=f"alert-{next(numbers)}",
                    kind=kind,
                    severity=severity,
                    place=place,
                    title=TEXT,
                    event_time_ms=1,
                    create_time_ms=1,
                    case_id=new_case(place, TEXT).case_id,
                    about_worker=about,
                )
                for kind, severity, place, about in told
            ]
        )


class Watcher(threading.Thread):
    """Follows in a thread; ``slow`` ones take no second alert until they are let."""

    def __init__(self, watch: AlertWatch, audience: Audience, *, slow: bool = False) -> None:
        super().__init__(daemon=True)
        self.heard: list[int] = []
        self.let = threading.Event()
        self.ended = False
        if not slow:
            self.let.set()
        self._follower = watch.follow(audience, 0, lambda: not self.ended)
        self.start()

    def run(self) -> None:
        for each in self._follower:
            self.heard.append(each.sequence)
            self.let.wait()

    def end(self) -> None:
        self.ended = True
        self._follower.wake()
        self.join()


@settings(max_examples=20)
@given(batches=st.lists(st.lists(ALERTS, max_size=5), min_size=1, max_size=5), kept=st.integers(1, 4))
def test_a_feed_says_what_the_store_would(
    batches: list[list[Any]], kept: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("feed")
    store = Store.open(f"sqlite:///{folder / 'notify.db'}", METADATA)
    reading, numbers = SqlReading(store), itertools.count()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alert_watch, "KEPT", kept)
        watch = AlertWatch(reading)
        with store.transaction() as connection:
            for place in PLACES:
                case = new_case(place, TEXT)
                object.__setattr__(
                    case, "department_ids", ("bureau",) if place.platform_id == "swift" else ()
                )
                SqlBook(connection).save_case(case)
        watchers = [(audience, Watcher(watch, audience)) for audience in AUDIENCES for _ in range(2)]
        for batch in batches:
            add(store, batch, numbers)
            watch.ring()
        for audience, watcher in watchers:
            page, _ = reading.alerts_after(audience, 0, 1_000)
            expected = [each.sequence for each in page]
            eventually(lambda seen=watcher, all_=expected: len(seen.heard) >= len(all_))  # type: ignore[misc]
            assert watcher.heard == expected
        for _, watcher in watchers:
            watcher.end()
        watch.close()
    assert watch.failed is None
    store.close()


def test_a_hundred_watchers_cost_one_reading_and_a_slow_one_holds_nobody_up(sqlite_store: Store) -> None:
    reading, numbers = CountedReading(sqlite_store), itertools.count()
    watch = AlertWatch(reading)
    told = [(AlertKind.FINDING, Severity.BREACH, PLACES[0], False)]
    slow = Watcher(watch, Audience(), slow=True)
    watchers = [Watcher(watch, Audience()) for _ in range(100)]
    add(sqlite_store, told, numbers)
    watch.ring()
    eventually(lambda: all(watcher.heard == [1] for watcher in [slow, *watchers]))
    before = reading.reads
    for number in range(2, 2 + 10):
        add(sqlite_store, told, numbers)
        watch.ring()
        eventually(lambda upto=number: all(len(watcher.heard) == upto for watcher in watchers))  # type: ignore[misc]
    looks = 10  # the reader's own, once a second
    assert reading.reads - before <= 20 + looks
    assert slow.heard == [1]
    slow.let.set()
    eventually(lambda: slow.heard == list(range(1, 12)))
    for watcher in [slow, *watchers]:
        watcher.end()
    watch.close()


def test_a_watcher_too_slow_for_its_feed_goes_on_from_the_store(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alert_watch, "KEPT", 3)
    reading, numbers = CountedReading(sqlite_store), itertools.count()
    watch = AlertWatch(reading)
    told = [(AlertKind.FINDING, Severity.BREACH, PLACES[0], False)]
    quick, slow = Watcher(watch, Audience()), Watcher(watch, Audience(), slow=True)
    for number in range(1, 21):
        add(sqlite_store, told, numbers)
        watch.ring()
        eventually(lambda upto=number: len(quick.heard) == upto)  # type: ignore[misc]
    assert len(watch._alerts._kept) == 3
    assert slow.heard == [1]
    slow.let.set()
    eventually(lambda: slow.heard == list(range(1, 21)))
    quick.end()
    slow.end()
    watch.close()


def test_what_another_process_wrote_is_heard_without_a_ring(sqlite_store: Store) -> None:
    watch = AlertWatch(SqlReading(sqlite_store))
    watcher = Watcher(watch, Audience())
    eventually(lambda: bool(watch._alerts._feeds))
    add(sqlite_store, [(AlertKind.FINDING, Severity.BREACH, PLACES[0], False)], itertools.count())
    eventually(lambda: watcher.heard == [1])
    watcher.end()
    assert not watch._alerts._feeds
    watch.close()


def test_a_burst_makes_one_case_a_key_and_reaches_every_watcher_once(tmp_path: Path) -> None:
    log = MemoryEventLog()
    given = prepared(log)
    register_officials(log, given)
    areas = [f"1302{number:02d}" for number in range(1, 11)]
    with running_notify(log, tmp_path / "data", given) as notify:
        heard = asyncio.run(_burst(notify, areas))
        keys = {(platform, area) for platform in ("swift", "steady") for area in areas}
        cases = notify.as_("tangshan").call("ListCases", pb.ListCasesRequest(page_size=1000)).cases
        assert sorted((case.platform_id, case.area_code) for case in cases) == sorted(keys)
        assert sum(case.findings for case in cases) == 2_000
        for number, each in enumerate(heard):
            ids = [finding_id for finding_id in each if finding_id]
            assert ids == sorted(set(ids), key=ids.index)
            assert sorted(ids) == sorted(f"f{n}" for n in range(2_000) if n % 10 == number % 10)


async def _burst(notify: RunningNotify, areas: list[str]) -> list[list[str]]:
    """120 watchers, each of an area, beside ten that read nothing and ten whose process stands still."""
    tokens = [notify.tokens[party] for party in ("tangshan", "transport", "li", "admin", "auditor")]
    command = [
        sys.executable,
        "-m",
        "bench.notify_watchers",
        notify.host.address,
        notify.tokens["trade"],
        "10",
    ]
    slow = [await asyncio.to_thread(_subscriber, command) for _ in range(2)]
    watchers = Watchers(notify.host.address, tokens, areas, 120)
    try:
        slow[1].send_signal(signal.SIGSTOP)
        await watchers.open("0")
        messages = [
            finding(f"f{n}", platform=("swift", "steady")[n // 10 % 2], area=areas[n % 10])
            for n in range(2_000)
        ]
        records = [
            NewRecord(FINDINGS.name, each.SerializeToString(), key=each.platform_id.encode())
            for each in messages
        ]
        notify.log.append(records)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            await asyncio.sleep(0.1)
            counts = [sum(map(bool, each.finding_ids)) for each in watchers.heard]
            if min(counts) >= 200:
                break
        assert watchers.refused == 0
    finally:
        await watchers.close()
        for process in slow:
            process.kill()
            process.communicate()
    return [each.finding_ids for each in watchers.heard]


def _subscriber(command: Sequence[str]) -> subprocess.Popen[str]:
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()  # its streams are open
    return process
