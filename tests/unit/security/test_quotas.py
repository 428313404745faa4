"""What a party may bring in a span of time, by a clock that is moved."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from limits import parse

from kit.security.quotas import MemoryWindows, Quota

MOST, SPAN_S = 10, 4
LIMIT = parse(f"{MOST} per {SPAN_S} seconds")


class Moved:
    """Seconds that a test lets pass."""

    def __init__(self) -> None:
        self.now_s = 1_000.0

    def __call__(self) -> float:
        return self.now_s


def test_what_does_not_fit_is_refused_until_the_window_ends_and_not_counted() -> None:
    clock = Moved()
    quota = Quota(LIMIT, clock)
    assert quota.take("a", 7) == 0
    clock.now_s += 1
    assert quota.take("a", 4) == 3
    assert quota.take("a", 3) == 0
    assert quota.take("a", 1) == 3
    assert quota.take("b", 10) == 0
    clock.now_s += 3
    assert quota.take("a", 10) == 0


def test_what_is_larger_than_the_limit_is_taken_alone_and_fills_as_many_windows_as_it_needs() -> None:
    clock = Moved()
    quota = Quota(LIMIT, clock)
    assert quota.take("a", 1) == 0
    assert quota.take("a", 25) == SPAN_S
    clock.now_s += SPAN_S
    assert quota.take("a", 25) == 0
    assert quota.take("a", 1) == 3 * SPAN_S
    clock.now_s += 3 * SPAN_S
    assert quota.take("a", 1) == 0


def test_nothing_takes_no_room() -> None:
    quota = Quota(LIMIT, Moved())
    assert [quota.take("a", 0), quota.take("a", MOST), quota.take("a", 0)] == [0, 0, 0]


def test_of_many_at_once_no_more_than_the_limit_is_taken() -> None:
    quota = Quota(parse("100/second"), Moved())
    with ThreadPoolExecutor(8) as threads:
        taken = sum(not wait_s for wait_s in threads.map(lambda _: quota.take("a", 3), range(200)))
    assert taken == 33


def brute_force(taken: list[tuple[float, int]], now_s: float, amount: int) -> float:
    """Seconds until ``amount`` is taken: all that ever was, gone through from the beginning."""
    end_s, used = -math.inf, 0
    for at_s, earlier in taken:
        if at_s >= end_s:
            end_s, used = at_s + SPAN_S * max(1, math.ceil(earlier / MOST)), 0
        used += earlier
    running = now_s < end_s and used
    return end_s - now_s if running and used + min(amount, MOST) > MOST else 0.0


@given(
    st.lists(
        st.tuples(
            st.sampled_from("ab"),
            st.integers(0, 8).map(lambda quarters: quarters / 4),
            st.one_of(st.integers(1, MOST), st.integers(MOST + 1, 4 * MOST)),
        ),
        max_size=40,
    )
)
def test_it_counts_like_brute_force_and_keeps_to_the_limit(asked: list[tuple[str, float, int]]) -> None:
    clock = Moved()
    quota = Quota(LIMIT, clock)
    taken: dict[str, list[tuple[float, int]]] = {"a": [], "b": []}
    for party, passes_s, amount in asked:
        clock.now_s += passes_s
        expected_s = brute_force(taken[party], clock.now_s, amount)
        assert quota.take(party, amount) == expected_s
        if not expected_s:
            taken[party].append((clock.now_s, amount))
    for mine in taken.values():
        ends = [
            (at_s, sum(amount for _, amount in mine[: place + 1])) for place, (at_s, _) in enumerate(mine)
        ]
        for (
            at_s,
            brought,
        ) in ends:  # in the long run: the limit, and what one window and one batch may be ahead
            ahead = MOST + max(amount for _, amount in mine)
            assert brought <= (at_s - mine[0][0]) / SPAN_S * MOST + ahead


def test_counters_can_be_read_and_forgotten() -> None:
    clock = Moved()
    windows = MemoryWindows(clock)
    assert (windows.check(), windows.get("x"), windows.get_expiry("x")) == (True, 0, clock.now_s)
    assert [windows.incr("x", 10), windows.incr("x", 10, 4), windows.incr("y", 10)] == [1, 5, 1]
    assert (windows.get("x"), windows.get_expiry("x")) == (5, clock.now_s + 10)
    windows.clear("x")
    assert (windows.get("x"), windows.get("y")) == (0, 1)
    assert windows.reset() == 1
    assert windows.get("y") == 0


@pytest.mark.parametrize("passes_s", [SPAN_S, 3_600])
def test_a_window_is_over_once_its_time_has_passed(passes_s: float) -> None:
    clock = Moved()
    quota = Quota(LIMIT, clock)
    assert quota.take("a", MOST) == 0
    clock.now_s += passes_s
    assert quota.take("a", MOST) == 0
