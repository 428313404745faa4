"""Attainment and its variance where orders were cut off: SciPy and brute force say the same."""

from __future__ import annotations

import math
import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from services.algo_audit.core.baseline import Sample, attainment, quantile, sample_of
from services.algo_audit.core.intervals import evidence
from services.algo_audit.core.metrics import Direction

ROWS = st.lists(st.tuples(st.integers(1, 12), st.booleans(), st.integers(0, 5)), min_size=1, max_size=60)
"""Value (many ties), censored, worker."""
AT_MOST = Direction.AT_MOST


def sample(rows: list[tuple[int, bool, int]]) -> Sample:
    values, censored, workers = zip(*rows, strict=True)
    return sample_of(np.array(values, np.float64), np.array(workers), np.array(censored))


@given(ROWS)
def test_attainment_is_one_minus_scipys_survival(rows: list[tuple[int, bool, int]]) -> None:
    ended = [value for value, censored, _ in rows if not censored]
    cut = [value for value, censored, _ in rows if censored]
    if not ended:
        assert attainment(sample(rows), 13, AT_MOST) == 0
        return
    theirs = stats.ecdf(stats.CensoredData(uncensored=ended, right=cut)).cdf
    for tau in range(14):
        assert attainment(sample(rows), tau, AT_MOST) == pytest.approx(
            float(theirs.evaluate([tau])[0]), abs=1e-12
        )


@given(ROWS, st.floats(0.05, 0.95))
def test_a_quantile_is_the_first_time_that_attains_it(rows: list[tuple[int, bool, int]], p: float) -> None:
    whole = sample(rows)
    times = sorted({float(value) for value, _, _ in rows})
    reaching = [time for time in times if attainment(whole, time, AT_MOST) >= p - 1e-10]
    assert quantile(whole, p) == (reaching[0] if reaching else math.inf)


@given(ROWS, st.integers(1, 12))
def test_the_influence_of_a_worker_is_what_its_weight_changes(
    rows: list[tuple[int, bool, int]], tau: int
) -> None:
    """Brute force: the derivative of A(τ) by the weight of each worker's rows, by finite differences."""
    whole = sample(rows)
    if whole.curve is None:
        return
    within = whole.rows_within(tau, AT_MOST)
    ours = whole.curve.influence(within, whole.worker, whole.sizes)
    step = 1e-6

    def weighted(worker: int, weight: float) -> float:
        weights = np.where(whole.worker == worker, weight, 1.0)
        surviving = 1.0
        for time in sorted({x for x in whole.values.tolist() if x <= tau}):
            at_risk = float(weights[whole.values >= time].sum())
            ends = float(weights[(whole.values == time) & whole.observed].sum())
            surviving *= 1 - ends / at_risk
        return 1 - surviving

    for worker in range(whole.workers):
        theirs = (weighted(worker, 1 + step) - weighted(worker, 1 - step)) / (2 * step)
        assert ours[worker] == pytest.approx(theirs, abs=1e-5)


@given(ROWS)
def test_a_quantile_is_where_scipys_curve_first_attains_it(rows: list[tuple[int, bool, int]]) -> None:
    ended = [value for value, censored, _ in rows if not censored]
    if not ended:
        return
    cut = [value for value, censored, _ in rows if censored]
    curve = stats.ecdf(stats.CensoredData(uncensored=ended, right=cut)).cdf
    for p in (0.1, 0.25, 0.5, 0.75, 0.9):
        reaching = curve.quantiles[curve.probabilities >= p - 1e-10]
        assert quantile(sample(rows), p) == (reaching[0] if len(reaching) else math.inf)


@given(ROWS, st.integers(1, 12))
def test_the_variance_of_independent_orders_is_greenwoods_as_scipy_has_it(
    rows: list[tuple[int, bool, int]], tau: int
) -> None:
    """One order a worker: SciPy's linear interval of the survival has the standard error as its half width,
    and the squares of the workers' influences add up to its square."""
    alone = sample([(value, censored, row) for row, (value, censored, _) in enumerate(rows)])
    ended = [value for value, censored, _ in rows if not censored]
    if alone.curve is None or not ended:
        return
    cut = [value for value, censored, _ in rows if censored]
    survival = stats.ecdf(stats.CensoredData(uncensored=ended, right=cut)).sf
    level = 1e-6  # so narrow that SciPy cuts nothing off at 0 or 1
    with warnings.catch_warnings(), np.errstate(invalid="ignore", divide="ignore"):
        # It is undefined past the last end, and SciPy says so; that is not looked at below.
        warnings.simplefilter("ignore", RuntimeWarning)
        around: Any = survival.confidence_interval(level, method="linear")
    half = (around.high.evaluate([tau]) - around.low.evaluate([tau]))[0] / 2
    within = alone.rows_within(tau, AT_MOST)
    ours = alone.curve.independent_variance(within)
    influences = alone.curve.influence(within, alone.worker, alone.sizes)
    assert influences @ influences == pytest.approx(ours, abs=1e-12)
    if 0 < survival.evaluate([tau])[0] < 1:
        error = half / stats.norm.ppf((1 + level) / 2)
        assert ours == pytest.approx(error**2, rel=1e-4)


def test_dropping_the_slow_ones_makes_the_middle_stricter() -> None:
    rows = [(value, False, value % 7) for value in range(1, 60)] + [
        (value, True, 8) for value in range(30, 60)
    ]
    kept, dropped = sample(rows), sample([row for row in rows if not row[1]])
    assert quantile(dropped, 0.5) < quantile(kept, 0.5)


def test_nothing_censored_is_plain_counting() -> None:
    rows = [(value % 9 + 1, False, value % 4) for value in range(40)]
    whole = sample(rows)
    assert whole.curve is None
    assert attainment(whole, 4, AT_MOST) == sum(value <= 4 for value, _, _ in rows) / 40


def test_a_high_threshold_has_no_right_censored_values() -> None:
    with pytest.raises(ValueError, match="right-censored"):
        evidence(sample([(1, True, 0), (2, False, 1)]), 1.5, Direction.AT_LEAST)


def test_a_sample_that_is_all_censored_says_nothing_and_does_not_fail() -> None:
    known = evidence(sample([(3, True, 0), (4, True, 1)]), 3.5, AT_MOST)
    assert known.share == 0
    assert known.effective_size(0.95) > 0
