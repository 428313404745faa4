"""What workhours holds and tells once a worker's data are to go."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.storage import state_blobs
from services.workhours import handlers
from services.workhours.core.rule_pack import RulePack
from services.workhours.core.work_events import DispatchKind
from services.workhours.engine import snapshots
from services.workhours.erasing import STATE, blanked
from services.workhours.ports import Keeping
from tests.support.erasures import SaidErasures
from tests.unit.workhours.batches import batch, event_id
from tests.unit.workhours.shifts import DAY_START, HOUR, Row, at
from tests.unit.workhours.shipped_packs import shipped_pack
from tests.unit.workhours.test_engine_oracle import DAY, LAST_DAY, arrivals
from tests.unit.workhours.test_working_time import LATER, Service, over_limit, service

WORKER = "worker-0000"


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 2**32))
def test_what_stands_is_what_the_other_events_alone_would_say(seed: int) -> None:
    pack = shipped_pack("cn-food-delivery-2025", local_12h_offline="on")
    rng = np.random.default_rng(seed)
    arriving, _ = arrivals(rng)
    cut = int(rng.integers(0, len(arriving) + 1))
    # The present: later than what has come. What comes afterwards may be from before, or from after.
    now_ms = max((row.time for row in arriving[:cut]), default=DAY_START)
    before_ms = now_ms + int(rng.choice([1, HOUR, DAY]))
    rest = [row for row in arriving if row.worker or row.time >= before_ms]
    end = [Row(9, 0, 1, DispatchKind.OFFERED, DAY_START + (LAST_DAY + 1) * DAY)]
    asked, keeping = SaidErasures(), Keeping(history_days=40)
    with (
        service(pack, keeping, asked) as running,
        service(pack, keeping) as reference,
        patch.object(handlers, "SNAPSHOT_ROWS", 50),
    ):
        for start in range(0, cut, 60):
            running.take(arriving[start : min(start + 60, cut)])
        asked.say("erasure-1", before_ms, WORKER)
        if rng.random() < 0.5:
            running.tick()
        else:
            running.restart()
        running.take(arriving[cut:])
        if rng.random() < 0.3:
            running.restart()
        running.take(end)
        running.tick()
        reference.take(rest)
        reference.take(end)
        assert running.standing() == reference.standing()


@pytest.fixture
def asked() -> SaidErasures:
    return SaidErasures()


def stored(running: Service) -> bytes:
    """All that the store's tables hold of anything, and its blobs unpacked."""
    with running.store.read() as connection:
        tables = [
            repr(connection.exec_driver_sql(f"SELECT * FROM {name}").all()).encode()
            for name in ("finding_revision", "finding", "advisory", "outbox")
        ]
        (name,) = state_blobs.names(connection, STATE, 0) or [""]
        blobs = [snapshots.opened(blob.value) for blob in state_blobs.load(connection, name, 0)]
    return b"".join([*tables, *(blob["told"].tobytes() for blob in blobs)])


@pytest.mark.parametrize("hand_over", [False, True])
def test_nothing_of_the_worker_is_left_in_the_store(
    pack: RulePack, asked: SaidErasures, hand_over: bool
) -> None:
    with patch.object(handlers, "SNAPSHOT_ROWS", 5), service(pack, erasures=asked) as running:
        running.take(over_limit())
        running.take(LATER)
        assert WORKER.encode() in stored(running)
        assert [finding.worker_id for finding in running.stated()] == [WORKER]
        asked.say("erasure-1", at("23:00"), WORKER)
        if hand_over:
            running.restart()
        else:
            running.tick()
        assert WORKER.encode() not in stored(running)
        running.take([row._replace(order=order) for order in range(90, 99) for row in LATER])
        assert WORKER.encode() not in stored(running)
        assert b"worker-0001" in stored(running)
        assert running.stated() == []
        assert running.published.revisions[-1].finding.state.name == "STANDS", "nothing was withdrawn"


def test_what_another_process_made_of_the_worker_before_it_heard_goes_too(
    pack: RulePack, asked: SaidErasures
) -> None:
    with service(pack, erasures=asked) as running:  # without a snapshot: all is read from the log again
        running.take(over_limit())
        asked.say("erasure-1", at("23:00"), WORKER)
        running.tick()
        assert running.stated() == []
        said = asked.erasures()
        asked.hear({})  # the partition goes to a process whose directory is behind
        running.restart()
        running.take(LATER)
        running.tick()
        assert WORKER.encode() in stored(running)
        asked.hear(said)
        running.restart()  # which ends before it has heard
        assert WORKER.encode() not in stored(running)
        assert running.stated() == []


def test_who_works_on_is_judged_by_what_comes_after(pack: RulePack, asked: SaidErasures) -> None:
    with service(pack, erasures=asked) as running:
        running.take(over_limit(), LATER)
        asked.say("erasure-1", at("07:00"), WORKER)
        running.tick()
        assert [finding.worker_id for finding in running.stated()] == [WORKER], "all of it is from after"


def test_blank_rows_leave_the_others_where_they_are() -> None:
    rows = [*over_limit(), *LATER]
    whole = batch(rows)
    gone = np.array([row.worker == 0 for row in rows])
    rest = blanked(whole, gone)
    assert list(rest.texts["event_ids"]) == ["" if row.worker == 0 else event_id(row) for row in rows]
    assert rest.names("worker").tolist() == ["" if row.worker == 0 else "worker-0001" for row in rows]
    assert rest["event_time_ms"].tolist() == [row.time for row in rows]
    assert WORKER not in rest.dictionaries["worker"]
    assert not rest["kind"][gone].any()
    assert rest["kind"][~gone].tolist() == whole["kind"][~gone].tolist()
