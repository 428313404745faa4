"""The recheck's interval holds the true ratio as often as it says: counted out, and in planted data."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.stats import binom

from services.notify.core.recheck import Observed, ratio_interval

CONFIDENCE = 0.95
WEEKS = (date(2026, 3, 9), date(2026, 3, 15)), (date(2026, 3, 23), date(2026, 3, 29))


def interval(before: tuple[int, int], after: tuple[int, int]) -> tuple[float, float]:
    """Of (workers, active) in both weeks."""
    return ratio_interval(Observed(*WEEKS[0], *before), Observed(*WEEKS[1], *after), CONFIDENCE)


def oracle(before: tuple[int, int], after: tuple[int, int]) -> tuple[float, float]:
    """By the definition: the ratios under which what was seen, or more, is as rare as the level allows."""
    (x, n), (y, m) = before, after
    tail = (1 - CONFIDENCE) / 2

    def theta(log_ratio: float) -> float:
        return m * math.exp(log_ratio) / (n + m * math.exp(log_ratio))

    low, high = 0.0, math.inf
    if y:
        low = math.exp(brentq(lambda r: binom.sf(y - 1, x + y, theta(r)) - tail, -30, 30))
    if x:
        high = math.exp(brentq(lambda r: binom.cdf(y, x + y, theta(r)) - tail, -30, 30))
    return low, high


counts = st.tuples(st.integers(0, 40), st.integers(40, 5000))


@given(counts, counts)
def test_limits_are_those_of_the_exact_conditional_test(
    before: tuple[int, int], after: tuple[int, int]
) -> None:
    if not before[0] + after[0]:
        assert interval(before, after) == (0.0, math.inf)
        return
    assert interval(before, after) == pytest.approx(oracle(before, after), rel=1e-6)


@pytest.mark.parametrize("active", [(30, 30), (60, 25)])
@pytest.mark.parametrize("rate", [0.02, 0.3])
@pytest.mark.parametrize("ratio", [0.2, 1.0, 2.0])
def test_coverage_counted_out_over_all_counts_is_at_least_nominal(
    active: tuple[int, int], rate: float, ratio: float
) -> None:
    n, m = active
    before = np.asarray(binom.pmf(range(n + 1), n, rate))
    after = np.asarray(binom.pmf(range(m + 1), m, rate * ratio))
    missed = 0.0
    for x in range(n + 1):
        for y in range(m + 1):
            low, high = interval((x, n), (y, m)) if before[x] * after[y] > 1e-9 else (0.0, math.inf)
            missed += before[x] * after[y] * (not low <= ratio <= high)
    assert missed <= 1 - CONFIDENCE


def coverage(*, overlap: float, rate: float, ratio: float, frailty: float, recoil: bool = False) -> float:
    """The share of 2,000 planted pairs of weeks whose interval holds the ratio that was planted.

    1,000 workers a week, ``overlap`` of whom work in both. Each has a proneness (gamma, mean 1, variance
    ``frailty``), the same in both weeks. ``recoil``: whoever was found before is not found again.
    """
    draw = np.random.default_rng([20260316, int(100 * overlap), int(1000 * rate), int(100 * ratio)])
    active, pairs = 1000, 2000
    both = int(overlap * active)
    seen: dict[tuple[int, int], bool] = {}
    held = 0
    for _ in range(pairs):
        proneness = np.asarray(draw.gamma(1 / frailty, frailty, 2 * active - both))
        chance = np.minimum(rate * proneness, 1.0)
        found = draw.random(active) < chance[:active]
        again = draw.random(active) < np.minimum(ratio * chance[active - both :], 1.0)
        if recoil:
            again[:both] &= ~found[active - both :]
        pair = int(found.sum()), int(again.sum())
        if pair not in seen:
            low, high = interval((pair[0], active), (pair[1], active))
            seen[pair] = low <= ratio <= high
        held += seen[pair]
    return held / pairs


NOISE = 2 * math.sqrt(CONFIDENCE * (1 - CONFIDENCE) / 2000)
"""Two standard errors of a share counted over 2,000 pairs."""


@pytest.mark.parametrize("overlap", [0.0, 0.6, 0.8])
@pytest.mark.parametrize(("rate", "ratio"), [(0.006, 1.0), (0.012, 0.33), (0.03, 2.0)])
def test_coverage_is_near_nominal_however_many_workers_are_in_both_weeks(
    overlap: float, rate: float, ratio: float
) -> None:
    assert coverage(overlap=overlap, rate=rate, ratio=ratio, frailty=1.0) >= CONFIDENCE - NOISE


def test_the_same_workers_being_found_again_makes_the_interval_wider_than_it_need_be_and_never_narrower() -> (
    None
):
    apart = coverage(overlap=0.0, rate=0.05, ratio=1.0, frailty=8.0)
    paired = coverage(overlap=0.8, rate=0.05, ratio=1.0, frailty=8.0)
    assert CONFIDENCE - NOISE <= apart <= paired


@pytest.mark.parametrize("rate", [0.006, 0.03])
def test_coverage_holds_if_nobody_who_was_found_is_ever_found_again(rate: float) -> None:
    # A little of the planted ratio is lost with them: rate × overlap, which is within the noise.
    assert coverage(overlap=0.8, rate=rate, ratio=0.5, frailty=0.1, recoil=True) >= CONFIDENCE - NOISE
