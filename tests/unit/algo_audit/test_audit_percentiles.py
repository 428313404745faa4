"""No percentile of workers' values is told that is one worker's at the edge of a small cell."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.algo_audit.core.audit import audit
from services.algo_audit.core.baseline import quantile, sample_of
from services.algo_audit.core.metrics import HOURLY_EARNINGS, Level
from services.algo_audit.core.pack_standing import standing_section
from services.algo_audit.core.percentiles import PERCENTILES, fewest_workers, told_percentiles
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
