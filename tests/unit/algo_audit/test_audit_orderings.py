"""What makes the audit quick does not change a figure: each shortcut beside the long way round, to the last
bit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from services.algo_audit.core.baseline import Sample, attainment, quantile, sample_of
from services.algo_audit.core.combinations import different, stable_order
from services.algo_audit.core.group_figures import GroupRows
from services.algo_audit.core.groups import by_value
from services.algo_audit.core.intervals import attainment_interval, evidence, quantile_interval
from services.algo_audit.core.metrics import DELIVERY_TIME, HOURLY_EARNINGS, ON_TIME_RATE, Direction, Metric
from services.algo_audit.core.observations import Group
from services.algo_audit.core.privacy import MinimumCell
from services.algo_audit.core.tally import NOWHERE, merged, tally
from services.algo_audit.core.worker_days import worked_s
from tests.unit.algo_audit.charge_tables import observations_table

SMALL = MinimumCell(2, 2)
KEYS = st.lists(st.sampled_from([0, 1, 2, 3, 2**40, 2**63, 2**63 + 1, 2**64 - 2, 2**64 - 1]), max_size=30)


@given(KEYS)
def test_keys_are_ordered_as_by_a_stable_sort(keys: list[int]) -> None:
    key = np.array(keys, np.uint64)
    assert stable_order(key).tolist() == sorted(range(len(keys)), key=lambda at: keys[at])


def test_many_values_that_hardly_differ_are_ordered_as_by_a_stable_sort() -> None:
    rng = np.random.default_rng(7)
    value = np.asarray(
        1.0 + rng.integers(0, 50, 20_000) * 2.0**-52, np.float64
    )  # the upper bits are all the same
    value[0] = 1e-300
    censored = rng.random(20_000) < 0.3
    assert by_value(value, censored).tolist() == np.lexsort((censored, value)).tolist()


@given(st.lists(st.sampled_from([0, 1, 2, 5, 900, 10**9])))
def test_different_ids_are_those_that_occur(ids: list[int]) -> None:
    assert different(np.array(ids, np.int64)).tolist() == sorted(set(ids))


@given(st.lists(st.tuples(st.integers(-1, 3), st.integers(0, 4), st.integers(1, 9)), max_size=30))
def test_counts_merge_into_what_their_rows_are_counted_to(entries: list[tuple[int, int, int]]) -> None:
    cell, worker, rows = np.array(entries, np.int64).reshape(-1, 3).T
    found, place = merged(cell, worker, rows, 4)
    expected = tally(np.repeat(cell, rows), np.repeat(worker, rows), 4)
    for name in ("cell", "worker", "rows", "starts"):
        assert getattr(found, name).tolist() == getattr(expected, name).tolist(), name
    for at, (c, w, _) in enumerate(entries):
        assert (
            place[at] == NOWHERE
            if c == NOWHERE
            else (found.cell[place[at]], found.worker[place[at]]) == (c, w)
        )


@given(
    st.lists(st.tuples(st.integers(1, 12), st.booleans(), st.integers(0, 5)), min_size=1, max_size=60),
    st.integers(1, 12),
)
def test_a_sample_without_the_rows_beyond_says_the_same(rows: list[tuple[int, bool, int]], tau: int) -> None:
    values, censored, workers = (np.array(column) for column in zip(*rows, strict=True))
    whole = sample_of(values.astype(np.float64), workers, censored)
    if whole.curve is None:
        return  # then it is counted, and no row is left out
    kept = whole.rows_within(tau, Direction.AT_MOST)
    cut = Sample(
        whole.values[:kept], whole.observed[:kept], whole.worker[:kept], whole.sizes, len(whole) - kept
    )
    for asked in {float(tau), 1.0, tau / 2} if kept else {float(tau)}:
        known, expected = (evidence(of, asked, Direction.AT_MOST) for of in (cut, whole))
        assert known.share == expected.share
        assert known.sizes.tolist() == expected.sizes.tolist()
        assert known.freedoms.tolist() == expected.freedoms.tolist()


@st.composite
def grouped(draw: st.DrawFn, metric: Metric) -> tuple[dict[str, NDArray[Any]], NDArray[np.bool_]]:
    """Columns of rows, and which of them are kept."""
    n, rng = draw(st.integers(1, 60)), np.random.default_rng(draw(st.integers(0, 2**32)))
    cut_off = draw(st.sampled_from([0.0, 0.1, 0.5])) if metric is DELIVERY_TIME else 0.0
    drawn: dict[str, NDArray[Any]] = {
        "value": rng.integers(1, 12, n) / 4,
        "censored": rng.random(n) < cut_off,
        "worker": rng.integers(0, 6, n),
        "platform": rng.choice([2, 7], n),
        "orders": rng.integers(1, draw(st.sampled_from([2, 5])), n),
        Group.DISTRICT.value: rng.choice([-1, 130202, 130203], n),
        Group.PARTNER_FIRM.value: rng.integers(-1, 3, n),
    }
    return drawn, rng.random(n) < 0.9


@pytest.mark.parametrize("metric", [DELIVERY_TIME, ON_TIME_RATE, HOURLY_EARNINGS], ids=lambda each: each.id)
@given(data=st.data())
def test_a_groups_figure_is_that_of_its_rows_alone(metric: Metric, data: st.DataObject) -> None:
    columns, kept = data.draw(grouped(metric))
    n = len(kept)
    tau = None if metric is HOURLY_EARNINGS else np.where(columns["platform"] == 2, 1.5, 0.75)
    rows = GroupRows(observations_table(metric, n, **columns), kept, tau, 0.95)
    for grouping in (Group.DISTRICT, Group.PARTNER_FIRM):
        told = list(rows.of(grouping, 1.0, SMALL))
        for platform, stated in zip(rows.platforms.tolist(), told, strict=True):
            of = kept & (columns["platform"] == platform)
            missing = of & (columns[grouping.value] == -1)
            assert stated.orders == columns["orders"][missing].sum()
            assert stated.missing == missing.sum() / max(of.sum(), 1)
            for figure in stated.figures:
                mine = of & (columns[grouping.value] == figure.group)
                assert (figure.value, figure.interval) == _alone(metric, columns, tau, mine)
                assert figure.workers == len(np.unique(columns["worker"][mine]))


def _alone(
    metric: Metric,
    columns: dict[str, NDArray[Any]],
    tau: NDArray[np.float64] | None,
    rows: NDArray[np.bool_],
) -> tuple[float, object]:
    value = columns["value"] if tau is None else columns["value"] / tau
    sample = sample_of(value[rows], columns["worker"][rows], columns["censored"][rows].astype(np.bool_))
    if tau is None:
        return quantile(sample, 0.5), quantile_interval(sample, 0.5, 0.95)
    assert isinstance(metric.direction, Direction)
    share = attainment(sample, 1.0, metric.direction)
    return share, attainment_interval(sample, 1.0, metric.direction, 0.95)


def test_times_too_far_apart_to_be_sorted_beside_their_group_are_ranked() -> None:
    start = np.array([0, 500, 2**60, 2**60 + 3_000])
    end = np.array([1_000, 2_000, 2**60 + 4_000, 2**60 + 5_000])
    assert worked_s(np.array([1, 1, 4, 4]), start, end, 5).tolist() == [0, 2, 0, 0, 5]
