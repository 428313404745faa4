"""Cells of closed days in the store, over both databases: what was kept is there again."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from kit.storage.store import Store
from services.algo_audit.adapters.baselines import SqlClosedDays, SqlSketchedDays
from services.algo_audit.adapters.tables import METADATA
from services.algo_audit.baseline_ports import DayState, SketchedCells
from services.algo_audit.core.day_cells import REASONS, Cells
from services.algo_audit.core.metrics import DAILY_ORDERS

CITY = (1302, 1302)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An empty one."""
    store = Store.open(database_url, METADATA)
    yield store
    store.close()


def sketched(city: int = 1302, platform_id: str = "swift") -> SketchedCells:
    cells = Cells(
        metric=DAILY_ORDERS,
        codes=np.array([[1, 1, 0], [1, 1, 130202], [3, 2, 130203]]),
        rows=np.array([0, 2, 1]),
        censored=np.array([0, 1, 0]),
        orders=np.array([0, 20, 7]),
        excluded=np.arange(3 * len(REASONS)).reshape(len(REASONS), 3),
        worker=np.array([5, 2**64 - 1], np.uint64),
        member_leaf=np.array([1, 1, 2]),
        member_worker=np.array([0, 1, 0]),
        member_rows=np.array([1, 1, 1]),
    )
    return SketchedCells(city, platform_id, cells, [b"", b"one", b"\x00\xff"], [b"", b"two", b""])


def test_cells_come_back_as_they_were_kept(store: Store) -> None:
    days, kept = SqlClosedDays(), sketched()
    with store.transaction() as connection:
        days.keep(connection, 7, "m", [kept, sketched(1303), sketched(platform_id="even")])
        days.keep(connection, 8, "m", [])
        days.keep(connection, 9, "another", [kept])
    period = SqlSketchedDays(store).period(DAILY_ORDERS.id, CITY, (0, 99), "m")
    assert [each.platform_id for each in period.cells] == ["even", "swift"]
    found = period.cells[1]
    for name in (each for each in Cells.__slots__ if each != "metric"):
        was, now = getattr(kept.cells, name), getattr(found.cells, name)
        assert (now.tolist(), now.dtype) == (was.tolist(), was.dtype), name
    assert (list(found.ends), list(found.cuts)) == (kept.ends, kept.cuts)
    assert [(state.day, state.method) for state in period.days] == [(7, "m"), (8, "m"), (9, "another")]
    assert SqlSketchedDays(store).known("m") == (7, 8)
    assert SqlSketchedDays(store).known("none") is None
    with store.transaction() as connection:
        days.keep(connection, 7, "m", [])
    assert not SqlSketchedDays(store).period(DAILY_ORDERS.id, CITY, (0, 99), "m").cells


def test_a_day_is_stale_then_current_then_dropped_and_counts_what_comes_after(store: Store) -> None:
    days = SqlClosedDays()

    def states() -> list[DayState]:
        with store.read() as connection:
            return days.states(connection)

    with store.transaction() as connection:
        days.keep(connection, 7, "m", [])
        days.mark_stale(connection, [7, 8])
    assert states() == [DayState(7, "m", True, False, 0)]
    with store.transaction() as connection:
        days.keep(connection, 7, "m", [])
        days.keep(connection, 8, "m", [])
        days.drop(connection, 8)
        for statements in ([3, 2**63], [3, 4]):
            days.came_after(connection, 7, np.array(statements, np.uint64))
        days.came_after(connection, 2, np.array([1], np.uint64))
    assert states() == [
        DayState(2, "", False, True, 1),
        DayState(7, "m", False, True, 3),
        DayState(8, "m", False, False, 0),
    ]
