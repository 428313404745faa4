"""A platform follows its advice while the real suite restarts under it: no gap, no repeat."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cli.connection import Connection
from cli.embedded import EmbeddedSuite
from cli.parties import Name, platform_token
from quzhong import (
    Advised,
    AdvisoryKind,
    Client,
    DispatchKind,
    DispatchRow,
    LocalPseudonymiser,
    RetryPolicy,
    ServiceKind,
    list_advisories,
    watch_advisories,
)

PSEUDONYMS = LocalPseudonymiser(b"a key for these tests")
DAY = datetime(2026, 3, 16, tzinfo=UTC)
LIVES, RIDERS = 3, 4
QUICK = RetryPolicy(initial_s=0.05, max_s=0.5, give_up_after_s=60)


def nearly_four_hours(rider: str) -> Sequence[DispatchRow]:
    """Eight orders of 28 minutes, 2 apart: 16 minutes are left."""
    return [
        DispatchRow(
            event_id=f"{rider}-{order}-{kind.name}",
            identity=rider,
            order_id=f"{rider}-{order}",
            event_time=DAY + timedelta(minutes=minute),
            kind=kind,
            area_code="130203",
            service=ServiceKind.FOOD_DELIVERY,
        )
        for order in range(8)
        for kind, minute in ((DispatchKind.ACCEPTED, 30 * order), (DispatchKind.COMPLETED, 30 * order + 28))
    ]


def hand_in(address: str, token: str, life: int) -> None:
    with Client(address, token, "platform-a", pseudonymiser=PSEUDONYMS) as client:
        for rider in range(RIDERS):
            for row in nearly_four_hours(f"r{life}-{rider}"):
                client.add_dispatch(row)
        client.flush()
        assert not client.totals.rejected


def test_a_watch_outlives_restarts_of_the_suite(tmp_path: Path) -> None:
    with EmbeddedSuite(tmp_path, kafka="", portal=False) as suite:
        address = suite.address
        with Connection(address, suite.admin_token) as admin:
            token = platform_token(admin, "platform-a", Name("甲", "A"), ["130200"])
    told: list[Advised] = []
    everything = threading.Event()

    def follow() -> None:
        for each in watch:
            told.append(each)
            if len({one.advisory.worker_id for one in told}) == LIVES * RIDERS:
                everything.set()

    with watch_advisories(address, token, retry=QUICK) as watch:
        watcher = threading.Thread(target=follow)
        watcher.start()
        for life in range(LIVES):
            with EmbeddedSuite(tmp_path, kafka="", portal=False, address=address) as suite:
                hand_in(address, token, life)
                suite.drain()
        with EmbeddedSuite(tmp_path, kafka="", portal=False, address=address):
            assert everything.wait(60), [each.advisory for each in told]
            page = list_advisories(address, token)
            rest = list_advisories(address, token, resume_token=told[-1].resume_token)
    watcher.join(10)
    ids = [each.advisory.advisory_id for each in told]
    assert len(ids) == len(set(ids))
    latest = {each.advisory.finding_id: each.advisory for each in told}
    assert {each.finding_id: each for each in page.advisories} == {
        finding_id: each for finding_id, each in latest.items() if each.kind is not AdvisoryKind.CLEARED
    }
    assert {each.kind for each in page.advisories} == {AdvisoryKind.MINUTES_LEFT}
    assert not rest.advisories
