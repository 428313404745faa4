"""No percentile of workers' values is told that is one worker's at the edge of a small cell."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from services.algo_audit.core.audit import audit
from services.algo_audit.core.baseline import quantile, sample_of
from services.algo_audit.core.intervals import quantile_interval
from services.algo_audit.core.metrics import HOURLY_EARNINGS, Level
from services.algo_audit.core.pack_standing import standing_section
from services.algo_audit.core.percentiles import (
    PERCENTILES,
    fewest_workers,
    told_interval,
    told_percentiles,
)
from services.algo_audit.core.privacy import WORKERS_BEYOND
from services.algo_audit.core.thresholds import DeclaredThreshold
from services.algo_audit.core.what_if import frontier
from tests.unit.algo_audit.charge_tables import observations_table


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 60)), min_size=10, max_size=120))
def test_of_workers_a_percentile_is_told_if_five_others_lie_there_or_beyond(
    rows: list[tuple[int, int]],
) -> None:
    worker, value = (np.array(column) for column in zip(*rows, strict=True))
    sample = sample_of(value.astype(np.float64), worker)
    exact = [quantile(sample, p) for p in PERCENTILES]
    assert list(told_percentiles(sample, Level.ORDER)) == exact
    for p, at, told in zip(PERCENTILES, exact, told_percentiles(sample, Level.WORKER_DAY), strict=True):
        beyond = {w for w, v in rows if (v <= at if p < 0.5 else v >= at)}
        assert told == (at if p == 0.5 or len(beyond) > 5 else None)


@pytest.mark.parametrize(("workers", "told"), [(10, 1), (24, 3), (50, 4), (51, 5)])
def test_of_ten_workers_the_median_alone_is_told_and_of_51_all(workers: int, told: int) -> None:
    sample = sample_of(np.arange(float(workers)), np.arange(workers))
    percentiles = told_percentiles(sample, Level.WORKER_PERIOD)
    assert sum(each is not None for each in percentiles) == told
    assert percentiles[2] is not None


@given(
    st.lists(st.floats(0.001, 1e6, allow_nan=False), min_size=10, max_size=60),
    st.integers(1, 3),
    st.sampled_from([Level.WORKER_DAY, Level.WORKER_PERIOD]),
)
def test_an_end_told_of_an_interval_has_five_workers_beyond_or_three_who_share_it(
    values: list[float], days: int, level: Level
) -> None:
    value, worker = np.array(values), np.arange(len(values)) // days
    sample = sample_of(value, worker)
    exact = quantile_interval(sample, 0.5, 0.95)
    told = told_interval(sample, exact, level)
    assert told_interval(sample, exact, Level.ORDER) == exact
    assert (math.isfinite(told.low), math.isfinite(told.high)) == (
        math.isfinite(exact.low),
        math.isfinite(exact.high),
    )
    for end, at, low in ((told.low, exact.low, True), (told.high, exact.high, False)):
        if not math.isfinite(at):
            continue
        assert end <= at * (1 + 1e-9) if low else end >= at * (1 - 1e-9), "wider, if anything"
        others = len(set(worker[value <= at if low else value >= at].tolist())) - 1
        if others >= WORKERS_BEYOND:
            assert end == at
        else:
            assert any(len(sharing(value, worker, end, step, low=low)) >= 3 for step in STEPS), (end, at)


STEPS = [digit * 10.0**power for power in range(-9, 9) for digit in (1, 2, 5)]


def sharing(
    value: NDArray[np.float64], worker: NDArray[np.int64], end: float, step: float, *, low: bool
) -> set[int]:
    """Whose values may be meant by an end that is a multiple of a step; nobody's if it is none."""
    if abs(round(end / step) * step - end) > 1e-9 * max(step, abs(end)):
        return set()
    first, last = (end, end + step) if low else (end - step, end)
    slack = 1e-9 * max(step, abs(end))
    return set(worker[(value >= first - slack) & (value <= last + slack)].tolist())


def test_of_ten_workers_no_end_of_the_interval_is_what_one_of_them_earned() -> None:
    earned = np.array([20.13, 22.14, 23.91, 26.02, 27.44, 28.55, 30.11, 32.22, 33.91, 37.77]) * 100
    sample = sample_of(earned, np.arange(10))
    exact = quantile_interval(sample, 0.5, 0.95)
    assert {exact.low, exact.high} <= set(earned.tolist())
    told = told_interval(sample, exact, Level.WORKER_PERIOD)
    assert told.low < exact.low
    assert exact.high < told.high
    assert not {told.low, told.high} & set(earned.tolist())
    assert (told.low, told.high) == (2_000, 3_500), "three workers lie within each 500"


@given(st.lists(st.integers(1, 5), min_size=1, max_size=6), st.data())
def test_values_are_of_at_least_so_many_workers(each: list[int], data: st.DataObject) -> None:
    values = data.draw(st.integers(0, sum(each)))
    fewest = fewest_workers(np.array(each), values)
    assert sum(sorted(each)[::-1][:fewest]) >= values
    assert fewest == 0 or sum(sorted(each)[::-1][: fewest - 1]) < values


def test_an_audit_of_earnings_of_ten_workers_tells_neither_the_least_nor_the_most() -> None:
    earned = np.linspace(2_000, 5_000, 20)
    table = observations_table(HOURLY_EARNINGS, 20, orders=30, platform=np.repeat([1, 2], 10), value=earned)
    declared = DeclaredThreshold(1, HOURLY_EARNINGS.id, 3_000.0)
    audited = audit(table, [declared])
    (row,) = audited.cohorts
    assert row.baseline is not None
    assert (row.baseline.p10, row.baseline.p25, row.baseline.p75, row.baseline.p90) == (None,) * 4
    ends = row.baseline.p50_interval.low, row.baseline.p50_interval.high
    assert ends == (3_500, 5_000), "in steps of 500, as three of the others lie within each"
    (packed,) = (section.table for section in [standing_section(HOURLY_EARNINGS, [row], str, query="q")])
    assert packed is not None
    cells = dict(zip((column.name for column in packed.columns), packed.rows[0], strict=True))
    assert [cells[f"p{p}"] is None for p in (10, 25, 50, 75, 90)] == [True, True, False, True, True]
    said = standing_section(HOURLY_EARNINGS, [row], str, query="q").paragraphs
    assert any("样本不足" in text.zh for text in said)
    drawn = frontier(audited, 1, 1, row.cohort.id)
    assert drawn is not None
    p50 = row.baseline.p50
    assert (drawn.points[0].threshold, drawn.points[-1].threshold) == pytest.approx((p50 / 2, p50 * 1.5))
