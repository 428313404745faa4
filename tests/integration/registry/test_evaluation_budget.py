"""How much a party may have evaluated: counted in the database, by a clock that is moved."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from kit.errors import OverloadedError
from kit.storage.store import Store
from services.registry.adapters.evaluation_budget import LimitedEvaluations, WindowStore
from services.registry.adapters.tables import METADATA
from tests.integration.registry.pseudonym_suite import DAY_MS, NOW_MS, MovedClock

pytestmark = pytest.mark.on_one_database

PER_DAY = 1_000


@pytest.fixture
def database(database_url: str) -> Iterator[Store]:
    opened = Store.open(database_url, METADATA)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


def budget(database: Store, clock: MovedClock, *, per_second: int = 20) -> LimitedEvaluations:
    return LimitedEvaluations(database, clock, per_day=PER_DAY, requests_per_second=per_second)


def test_a_days_budget_ends_and_comes_back_after_24_hours(database: Store, clock: MovedClock) -> None:
    counted = budget(database, clock)
    for _ in range(2):
        counted.charge("a", 500)
    with pytest.raises(OverloadedError, match="'a' has 0 of its 1000 evaluations") as refused:
        counted.charge("a", 1)
    assert (refused.value.reason, refused.value.field) == ("DAILY_BUDGET_SPENT", "blinded_elements")
    assert refused.value.retry_after_s == pytest.approx(86_400)
    counted.charge("b", 500)
    clock.now_ms += DAY_MS - 1
    with pytest.raises(OverloadedError) as refused:
        counted.charge("a", 1)
    assert refused.value.retry_after_s == pytest.approx(0.001)
    clock.now_ms += 1
    counted.charge("a", 500)


def test_a_request_that_is_refused_uses_nothing_up(database: Store, clock: MovedClock) -> None:
    counted = budget(database, clock)
    counted.charge("a", 900)
    for _ in range(5):
        with pytest.raises(OverloadedError, match="has 100 of its 1000"):
            counted.charge("a", 101)
    counted.charge("a", 100)


def test_a_restart_goes_on_counting(database: Store, clock: MovedClock) -> None:
    budget(database, clock).charge("a", PER_DAY)
    with pytest.raises(OverloadedError):
        budget(database, clock).charge("a", 1)


def test_requests_within_a_second_are_limited(database: Store, clock: MovedClock) -> None:
    counted = budget(database, clock, per_second=3)
    for _ in range(3):
        counted.charge("a", 1)
    clock.now_ms += 400
    with pytest.raises(OverloadedError, match="more than 3 requests within a second") as refused:
        counted.charge("a", 1)
    assert refused.value.reason == "RATE_LIMITED"
    assert refused.value.retry_after_s == pytest.approx(0.6)
    clock.now_ms += 600
    counted.charge("a", 1)


def test_of_many_at_once_no_more_than_the_budget_is_given(database: Store, clock: MovedClock) -> None:
    counted = budget(database, clock, per_second=1_000)

    def charged(_: int) -> bool:
        try:
            counted.charge("a", 90)
        except OverloadedError:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        given = sum(threads.map(charged, range(40)))
    assert given <= PER_DAY // 90
    assert given >= 1


def test_counters_can_be_read_and_forgotten(database: Store, clock: MovedClock) -> None:
    windows = WindowStore(database, clock)
    assert (windows.check(), windows.get("x"), windows.get_expiry("x")) == (True, 0, NOW_MS / 1000)
    assert [windows.incr("x", 10), windows.incr("x", 10, 4), windows.incr("y", 10)] == [1, 5, 1]
    assert (windows.get("x"), windows.get_expiry("x")) == (5, NOW_MS / 1000 + 10)
    windows.clear("x")
    assert (windows.get("x"), windows.get("y")) == (0, 1)
    windows.reset()
    assert windows.get("y") == 0
