"""Whether a share is certainly more than is tolerated."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from services.algo_audit.core.excess import exact_interval, exact_p_value, excess
from services.algo_audit.core.intervals import Interval


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.floats(0.01, 0.5))
def test_with_whole_numbers_it_is_scipys_exact_binomial_test(seen: tuple[int, int], tolerated: float) -> None:
    hits, n = seen
    theirs = stats.binomtest(hits, n, tolerated, alternative="greater")
    both = stats.binomtest(hits, n).proportion_ci(0.95, "exact")
    assert exact_p_value(hits / n, n, tolerated) == pytest.approx(theirs.pvalue, rel=1e-6)
    found = exact_interval(hits / n, n, 0.95)
    assert (found.low, found.high) == pytest.approx((both.low, both.high), abs=1e-9)


def test_many_rows_of_few_workers_know_less() -> None:
    hit = np.repeat(np.arange(40) < 8, 50)
    alike = excess(hit, np.repeat(np.arange(40), 50), 0.1, 0.95)
    apart = excess(hit, np.arange(2_000), 0.1, 0.95)
    assert alike.share == apart.share == 0.2
    assert alike.interval.width > 3 * apart.interval.width
    assert apart.certain(apart.p_value, 0.05)
    assert not alike.certain(alike.p_value, 0.05)


def test_one_worker_knows_nothing() -> None:
    lone = excess(np.ones(100, np.bool_), np.zeros(100, np.int64), 0.1, 0.95)
    assert (lone.share, lone.interval, lone.p_value) == (1.0, Interval(0.0, 1.0), 1.0)


def test_workers_are_fair_and_orders_alike_yet_few_are_charged() -> None:
    rng = np.random.default_rng(5)
    worker, charged = np.arange(1_200) % 60, 0
    for _ in range(400):
        own = rng.beta(2, 18, 60)  # 10 % on average, which is tolerated
        found = excess(rng.random(1_200) < own[worker], worker, 0.1, 0.95)
        charged += found.certain(found.p_value, 0.05)
    assert charged / 400 <= 0.05
