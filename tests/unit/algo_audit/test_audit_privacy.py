"""No small cell leaves the service, and none can be had by subtraction."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from services.algo_audit.core.audit import audit_delivery_time
from services.algo_audit.core.bands import bands_from_edges
from services.algo_audit.core.cells import count_cells
from services.algo_audit.core.orders import Orders, Outcome
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.privacy import MinimumCell, hidden_cells, rounded_up
from services.algo_audit.core.reference import choose_pool
from services.algo_audit.core.thresholds import DeclaredThreshold

MINIMUM = MinimumCell()
AREAS = (130202, 130203, 130204)


def hide(*cells: tuple[int, int]) -> list[bool]:
    workers, orders = np.array(cells).T
    return [bool(hidden) for hidden in hidden_cells(workers, orders, MINIMUM)]


def test_cells_of_exactly_ten_workers_and_thirty_orders_are_published() -> None:
    assert hide((10, 30), (10, 30)) == [False, False]


def test_a_cell_short_of_workers_or_orders_takes_the_next_smallest_with_it() -> None:
    assert hide((9, 500), (40, 400), (30, 300)) == [True, False, True]
    assert hide((10, 29), (40, 400), (30, 300)) == [True, False, True]


def test_two_small_cells_whose_sum_is_small_take_a_third_with_them() -> None:
    assert hide((4, 8), (5, 9), (40, 400), (30, 300)) == [True, True, False, True]


def test_two_small_cells_that_hide_each_other_need_no_third() -> None:
    assert hide((12, 20), (11, 25), (40, 400)) == [True, True, False]


def test_an_empty_cell_hides_nobody() -> None:
    assert hide((0, 0), (9, 20), (40, 400), (30, 300)) == [True, True, False, True]
    assert hide((0, 0), (40, 400)) == [True, False]


lines = st.lists(
    st.integers(0, 60).flatmap(lambda n: st.tuples(st.integers(min(n, 1), min(n, 20)), st.just(n))),
    min_size=1,
    max_size=8,
)


@given(lines)
def test_subtraction_from_a_published_total_never_gives_a_small_or_single_cell(
    line: list[tuple[int, int]],
) -> None:
    hidden = hide(*line)
    assert all(h or MINIMUM.allows(*cell) for h, cell in zip(hidden, line, strict=True))
    remainder = [cell for h, cell in zip(hidden, line, strict=True) if h and cell[1] > 0]
    if remainder and not all(hidden):
        # The same people may be in every cell, so only the largest is sure.
        assert len(remainder) >= 2
        assert MINIMUM.allows(max(w for w, _ in remainder), sum(n for _, n in remainder))


def test_a_cell_of_one_person_can_not_be_allowed_by_mistake() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        MinimumCell(workers=1)


@given(st.integers(0, 10_000))
def test_counts_beside_the_figures_are_rounded_up_to_tens(count: int) -> None:
    assert rounded_up(count) % 10 == 0
    assert count <= rounded_up(count) < count + 10


def city(counts: NDArray[np.int64], workers_a_cell: int, seed: int) -> Orders:
    """Finished orders within one kilometre: counts[p, a] of platform p + 1 in area a."""
    rng = np.random.default_rng(seed)
    platform, area = (np.repeat(index.ravel(), counts.ravel()) for index in np.indices(counts.shape))
    n = len(platform)
    # Workers of one cell only, but every third works for all platforms in the area.
    own = rng.integers(0, workers_a_cell, n)
    worker = np.where(own % 3 == 0, 0, platform + 1) * 10_000 + area * 1_000 + own
    duration_s = np.round(300 + rng.gamma(2, 300, n), 3)
    return Orders(
        platform=platform + 1,
        order=np.arange(n).astype(np.uint64),
        worker=worker,
        area=np.array(AREAS)[area],
        outcome=np.full(n, Outcome.FINISHED, np.int8),
        accepted_ms=np.zeros(n, np.int64),
        completed_ms=(duration_s * 1_000).astype(np.int64),
        duration_s=duration_s,
        distance_m=np.full(n, 500.0),
        promised_s=np.full(n, np.nan),
        accepted_event=np.zeros(n, np.uint64),
        completed_event=np.zeros(n, np.uint64),
    )


cell_counts = st.sampled_from([0, 3, 12, 29, 30, 45, 80, 200])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(cell_counts, min_size=3, max_size=3), min_size=1, max_size=4),
    st.sampled_from([5, 12, 40]),
    st.integers(0, 2**16),
)
def test_no_combination_of_published_counts_gives_a_small_cell(
    counts_: list[list[int]], workers_a_cell: int, seed: int
) -> None:
    """The attacker knows every published count, who is in each pool and which cells are empty, and solves for
    the rest: a small cell must not be in the row space of what is published."""
    counts = np.array(counts_)
    orders = city(counts, workers_a_cell, seed)
    params = AuditParams(bands=bands_from_edges((0, 1_000)), by_area=True)
    thresholds = [DeclaredThreshold(p + 1, "delivery_time", 900.0) for p in range(len(counts))]
    cells = count_cells(orders, params.bands, params.floor, params.minimum)
    equations = []
    for cohort in audit_delivery_time(orders, thresholds, params):
        if cohort.baseline is None:
            continue
        assert MINIMUM.allows(cohort.baseline.workers, cohort.baseline.orders)
        own = cells.platform_code(cohort.platform)
        if cohort.area is None:
            pool = choose_pool(own, cells.publishable[:, 0], bool(cells.publishable_together[0]))
        else:
            there = cells.publishable_in_area[:, cells.area_code(cohort.area), 0]
            pool = choose_pool(own, there, False)
        assert pool is not None
        members = cells.platforms[list(pool.platforms)] - 1
        equation = np.zeros(counts.shape)
        equation[members, :] = 1
        if cohort.area is not None:
            equation *= np.array(AREAS) == cohort.area
        assert equation.ravel() @ counts.ravel() == cohort.baseline.orders
        equations.append(equation[counts > 0])
    if not equations:
        return
    known = np.array(equations)
    rank = np.linalg.matrix_rank(known)
    for index, (p, a) in enumerate(np.argwhere(counts > 0)):
        here = (orders.platform == p + 1) & (orders.area == AREAS[a])
        if MINIMUM.allows(len(np.unique(orders.worker[here])), int(here.sum())):
            continue
        wanted = np.zeros(known.shape[1])
        wanted[index] = 1
        assert np.linalg.matrix_rank(np.vstack([known, wanted])) > rank, f"{p, a} can be solved for"


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from([31, 60, 200, 900]), min_size=2, max_size=4),
    st.sampled_from([10, 15, 200]),
    st.integers(0, 2**16),
)
def test_no_difference_of_two_charts_shows_a_small_bin(
    counts_: list[int], workers_a_cell: int, seed: int
) -> None:
    counts = np.array(counts_)[:, None]
    orders = city(counts, workers_a_cell, seed)
    params = AuditParams(bands=bands_from_edges((0, 1_000)))
    thresholds = [DeclaredThreshold(p + 1, "delivery_time", 900.0) for p in range(len(counts))]
    charts = [c.baseline.histogram for c in audit_delivery_time(orders, thresholds, params) if c.baseline]
    assert len({chart.edges_s for chart in charts if chart}) <= 1
    publishable = count_cells(orders, params.bands, params.floor, params.minimum).publishable[:, 0]
    for chart in charts:
        assert chart is not None
        for p in np.flatnonzero(publishable):
            mine = orders.platform == p + 1
            bin_ = np.searchsorted(chart.edges_s[1:-1], orders.duration_s[mine], side="right")
            for each in range(len(chart.counts)):
                workers = orders.worker[mine][bin_ == each]
                assert len(workers) == 0 or MINIMUM.allows(len(np.unique(workers)), len(workers))
