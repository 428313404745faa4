"""No small cell leaves the service, and none can be had by subtraction: attacks on everything published."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import chain, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from services.algo_audit.core.audit import Audited, audit
from services.algo_audit.core.bands import bands_from_edges
from services.algo_audit.core.cohort_tree import ROOT_DEPTH, Detail
from services.algo_audit.core.cutting import Tree, cut
from services.algo_audit.core.metrics import DELIVERY_TIME, Key
from services.algo_audit.core.observations import Exclusion, Observations
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.privacy import (
    MinimumCell,
    additive_tens,
    published_cells,
    rounded,
    rounded_up,
    shown_share,
)
from services.algo_audit.core.thresholds import DeclaredThreshold
from services.algo_audit.core.what_if import frontier, what_if

SMALL = MinimumCell(workers=2, orders=4)
"""So that random trees have cells on both sides of it."""
FULL = MinimumCell()
AREAS = (0, 130202, 130203, 130204)
BANDS = bands_from_edges((0, 1_000, 2_000))

# Platform, vehicle, distance band, area, hour band, weather, worker, times.
Row = tuple[int, int, int, int, int, int, int, int]

leaf_of_a_tree = st.tuples(
    st.sampled_from([1, 1, 2]),
    st.sampled_from([1, 1, 1, 2]),
    st.sampled_from([-1, 0, 0, 0, 1]),
    st.sampled_from(AREAS),
    st.sampled_from([2, 4]),
    st.integers(0, 1),
)
rows_of_a_leaf = st.tuples(leaf_of_a_tree, st.integers(0, 3), st.integers(1, 3), st.integers(1, 3)).map(
    lambda leaf: [(*leaf[0], leaf[1] + i, leaf[3]) for i in range(leaf[2])]
)
"""One to three neighbouring workers, the same number of orders each."""
rows_of_a_tree = st.lists(rows_of_a_leaf, min_size=1, max_size=9).map(lambda leaves: list(chain(*leaves)))


def observed(rows: Sequence[Row], *, excluded: Exclusion = Exclusion.NONE) -> Observations:
    table = np.repeat(np.array(rows, np.int64).reshape(-1, 8), [row[7] for row in rows], axis=0)
    n = len(table)
    return Observations(
        metric=DELIVERY_TIME,
        value=np.arange(600.0, 600.0 + n),
        censored=np.zeros(n, np.bool_),
        worker=table[:, 6],
        platform=table[:, 0],
        day=np.zeros(n, np.int64),
        orders=np.ones(n, np.int64),
        excluded=np.full(n, excluded, np.uint8),
        keys={
            Key.SERVICE: np.ones(n, np.int64),
            Key.VEHICLE: table[:, 1],
            Key.DISTANCE: table[:, 2],
            Key.AREA: table[:, 3],
            Key.HOUR: table[:, 4],
            Key.WEATHER: table[:, 5],
        },
        groups={},
    )


def every_audit(observations: Observations, minimum: MinimumCell) -> list[Audited]:
    """All details, all counties; a platform's own rows, the others' and, for platform 9 without rows, all."""
    params = AuditParams(bands=BANDS, minimum=minimum)
    thresholds = [DeclaredThreshold(p, "delivery_time", 900.0) for p in (1, 2, 9)]
    return [
        audit(observations, thresholds, params, detail, area=area)
        for detail in Detail
        for area in (AREAS if detail >= Detail.AREA else (0,))
    ]


def null_space(equations: Sequence[Sequence[int]], unknowns: int) -> list[list[Fraction]]:
    """A basis of what the equations leave open, by exact elimination."""
    matrix = [[Fraction(x) for x in row] for row in equations]
    pivots: list[int] = []
    for column in range(unknowns):
        rank = len(pivots)
        pivot = next((i for i in range(rank, len(matrix)) if matrix[i][column]), None)
        if pivot is None:
            continue
        matrix[rank], matrix[pivot] = matrix[pivot], matrix[rank]
        matrix[rank] = [x / matrix[rank][column] for x in matrix[rank]]
        for i, row in enumerate(matrix):
            if i != rank and row[column]:
                matrix[i] = [x - row[column] * y for x, y in zip(row, matrix[rank], strict=True)]
        pivots.append(column)
    basis = []
    for free in sorted(set(range(unknowns)) - set(pivots)):
        vector = [Fraction(0)] * unknowns
        vector[free] = Fraction(1)
        for i, pivot in enumerate(pivots):
            vector[pivot] = -matrix[i][free]
        basis.append(vector)
    return basis


def determined_sets(equations: Sequence[Sequence[int]], unknowns: int) -> list[NDArray[np.int64]]:
    """Every set of unknowns whose sum follows from the equations: brute force over all sets."""
    basis = np.array(null_space(equations, unknowns) or [[Fraction(0)] * unknowns])
    # Denominators are small; integers keep the test exact.
    scale = np.lcm.reduce([x.denominator for x in basis.ravel()])
    whole = np.array([[int(x * int(scale)) for x in row] for row in basis], np.int64)
    sets = (np.arange(2**unknowns)[:, None] >> np.arange(unknowns)) & 1
    return [np.flatnonzero(each) for each in sets[(sets @ whole.T == 0).all(axis=1)]]


@settings(max_examples=250, deadline=None)
@given(rows_of_a_tree)
def test_no_set_of_rows_below_the_minimum_follows_from_all_published_counts(rows: list[Row]) -> None:
    """The attacker has every audit there can be, knows which cells are empty and who is in each pool, and
    solves for every set of cells at once."""
    observations = observed(rows)
    tree = cut(observations)
    cells = sorted(set(zip(tree.platform.tolist(), tree.leaf.tolist(), strict=True)))
    leaf_codes = tree.levels[-1].codes
    equations: dict[tuple[int, ...], int] = {}
    for audited in every_audit(observations, SMALL):
        for row in audited.cohorts:
            if row.baseline is None:
                continue
            node = audited.population.node(tuple(code for _, code in row.cohort.keys))
            assert node is not None
            pool = audited.population.pool(row.platform, node)
            assert pool is not None
            prefix = [code for _, code in row.cohort.keys]
            equation = tuple(
                int(p in pool.platforms and leaf_codes[leaf, : len(prefix)].tolist() == prefix)
                for p, leaf in cells
            )
            equations[equation] = row.baseline.orders
    counts = np.array([np.sum((tree.platform == p) & (tree.leaf == leaf)) for p, leaf in cells])
    for equation, published in equations.items():
        assert np.array(equation) @ counts == published
    for known in determined_sets(list(equations), len(cells)):
        mine = np.zeros(len(observations), np.bool_)
        for p, leaf in (cells[i] for i in known):
            mine |= (tree.platform == p) & (tree.leaf == leaf)
        assert not mine.any() or SMALL.allows(len(set(observations.worker[mine].tolist())), int(mine.sum()))


@settings(max_examples=200, deadline=None)
@given(rows_of_a_tree)
def test_every_rest_is_empty_or_large_enough_and_nothing_hangs_below_what_is_hidden(rows: list[Row]) -> None:
    observations = observed(rows)
    tree = cut(observations)
    published = published_cells(tree, SMALL)
    for p, d in product(range(len(tree.platforms)), range(ROOT_DEPTH, len(tree.keys))):
        above, below = tree.levels[d], tree.levels[d + 1]
        for node in range(len(above.codes)):
            children = np.flatnonzero(below.parent == node)
            if not published[d][p, node]:
                assert not published[d + 1][p, children].any()
                continue
            rest = [c for c in children if not published[d + 1][p, c]]
            mine = (tree.platform == p) & np.isin(below.node_of_leaf[tree.leaf], rest)
            workers = len(set(observations.worker[mine].tolist()))
            assert not mine.any() or SMALL.allows(workers, int(mine.sum()))


@settings(max_examples=60, deadline=None)
@given(rows_of_a_tree)
def test_the_same_cells_are_hidden_whatever_detail_or_county_is_asked_for(rows: list[Row]) -> None:
    shown: dict[tuple[int, str], set[bool]] = {}
    for audited in every_audit(observed(rows), SMALL):
        for row in audited.cohorts:
            shown.setdefault((row.platform, row.cohort.id), set()).add(row.suppressed)
    assert all(len(answers) == 1 for answers in shown.values())


def tree_of(children: dict[int, tuple[int, int]]) -> Tree:
    """One platform's areas: area → (workers, orders), no worker in two of them."""
    rows: list[Row] = []
    for area, (workers, orders) in children.items():
        for i in range(workers):
            times = orders // workers + (i < orders % workers)
            if times:
                rows.append((1, 1, 0, area, 2, 0, 1_000 * area + i, times))
    return cut(observed(rows))


def hidden_areas(children: dict[int, tuple[int, int]]) -> set[int]:
    tree = tree_of(children)
    level, shown = tree.levels[4], published_cells(tree, FULL)[4][0]
    return set(level.codes[~shown, 3].tolist())


def test_cells_of_exactly_ten_workers_and_thirty_orders_are_published() -> None:
    assert hidden_areas({1: (10, 30), 2: (10, 30)}) == set()


def test_a_cell_short_of_workers_or_orders_takes_the_smallest_sibling_with_it() -> None:
    assert hidden_areas({1: (9, 500), 2: (40, 400), 3: (30, 300)}) == {1, 3}
    assert hidden_areas({1: (10, 29), 2: (40, 400), 3: (30, 300)}) == {1, 3}


def test_small_cells_that_hide_each_other_need_no_third() -> None:
    assert hidden_areas({1: (7, 20), 2: (6, 25), 3: (40, 400)}) == {1, 2}


def test_the_workers_of_a_rest_are_counted_once_each() -> None:
    alike: list[Row] = [(1, 1, 0, area, 2, 0, i, 3) for area in (1, 2) for i in range(9)]
    alike += [(1, 1, 0, 3, 2, 0, 100 + i, 10) for i in range(40)]
    tree = cut(observed(alike))
    # 18 orders more than thirty in all, but nine people: the third area has to join.
    assert not published_cells(tree, FULL)[4].any()


def test_what_is_of_no_known_area_is_never_a_cell_but_may_be_a_rest() -> None:
    assert hidden_areas({0: (40, 400), 1: (40, 400)}) == {0}
    assert hidden_areas({0: (3, 9), 1: (40, 400), 2: (50, 500)}) == {0, 1}


def test_a_cell_of_one_person_can_not_be_allowed_by_mistake() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        MinimumCell(workers=1)


@given(st.integers(0, 10_000))
def test_lone_counts_are_rounded_to_tens(count: int) -> None:
    assert rounded_up(count) % 10 == rounded(count) % 10 == 0
    assert count <= rounded_up(count) < count + 10
    assert abs(rounded(count) - count) <= 5


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))))
def test_a_share_tells_its_number_in_tens_only(case: tuple[int, int]) -> None:
    n, hits = case
    shown = shown_share(hits / n, n) * n
    assert shown == pytest.approx(min(n, rounded(hits))) or hits in (0, n)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=20))
def test_tens_beside_the_figures_add_up(counts: list[int]) -> None:
    tens = additive_tens(np.array([counts]))[0]
    for first, last in product(range(len(counts)), repeat=2):
        shown, true = tens[first : last + 1].sum(), sum(counts[first : last + 1])
        assert shown % 10 == 0
        assert abs(shown - true) < 10
    assert tens[0] == rounded_up(counts[0])


@given(st.lists(st.integers(0, 12), min_size=1, max_size=8))
def test_no_small_count_follows_from_tens_that_add_up(counts: list[int]) -> None:
    """Whatever sums are published, they are sums of `additive_tens`: for each small count another series has
    the same tens and another count in its place."""
    tens = additive_tens(np.array(counts)).tolist()
    total = np.cumsum(counts)
    for i in (i for i, count in enumerate(counts) if 1 <= count <= 9):
        down, up = total.copy(), total.copy()
        down[i] -= 1
        up[i:][up[i:] == up[i]] += 1
        others = [np.diff(each, prepend=0) for each in (down, up)]
        assert any((o >= 0).all() and additive_tens(o).tolist() == tens and o[i] != counts[i] for o in others)


def test_rounding_each_by_itself_would_give_small_counts_away() -> None:
    ones = [1] * 10
    assert rounded_up(sum(ones)) == 10  # ten parts of at least one, together at most ten
    assert additive_tens(np.array(ones)).tolist() == [10] + [0] * 9


def city(counts: NDArray[np.int64], workers_a_cell: int, seed: int) -> Observations:
    """Orders within one kilometre: counts[p] of platform p + 1."""
    rng = np.random.default_rng(seed)
    platform = np.repeat(np.arange(len(counts)), counts)
    n = len(platform)
    own = rng.integers(0, workers_a_cell, n)
    made = observed([(1, 1, 0, 130202, 2, 0, 0, 1)] * n)
    return Observations(
        metric=DELIVERY_TIME,
        value=np.round(300 + rng.gamma(2, 300, n), 3),
        censored=rng.random(n) < 0.1,
        # Workers of one platform only, but every third works for all.
        worker=np.where(own % 3 == 0, 0, platform + 1) * 1_000 + own,
        platform=platform + 1,
        day=made.day,
        orders=made.orders,
        excluded=made.excluded,
        keys=made.keys,
        groups={},
    )


charts = given(
    st.lists(st.sampled_from([31, 60, 200, 900]), min_size=2, max_size=4),
    st.sampled_from([12, 40]),
    st.integers(0, 2**16),
)


@settings(max_examples=40, deadline=None)
@charts
def test_no_difference_of_two_charts_shows_a_small_bin(
    counts: list[int], workers_a_cell: int, seed: int
) -> None:
    observations = city(np.array(counts), workers_a_cell, seed)
    thresholds = [DeclaredThreshold(p + 1, "delivery_time", 900.0) for p in range(len(counts))]
    audited = audit(observations, thresholds, AuditParams(bands=bands_from_edges((0, 1_000))))
    drawn = [row.baseline.histogram for row in audited.cohorts if row.baseline]
    edges = {chart.edges for chart in drawn if chart}
    assert len(edges) <= 1
    tree = cut(observations)
    shown = published_cells(tree, FULL)[3][:, 0]
    for each in edges:
        for p in np.flatnonzero(shown):
            mine = (observations.platform == p + 1) & ~observations.censored
            bin_ = np.searchsorted(each[1:-1], observations.value[mine], side="left")
            for i in range(len(each) - 1):
                workers = observations.worker[mine][bin_ == i]
                assert len(workers) == 0 or FULL.allows(len(np.unique(workers)), len(workers))


def test_charts_are_drawn_at_one_depth_of_the_tree_only() -> None:
    observations = city(np.array([900, 900]), 40, 1)
    drawn = {
        detail: [
            row.baseline.histogram is not None
            for row in audit(
                observations, [DeclaredThreshold(1, "delivery_time", 900.0)], None, detail
            ).cohorts
            if row.baseline
        ]
        for detail in Detail
    }
    assert drawn[Detail.DISTANCE] == [True]
    assert not any(any(charts) for detail, charts in drawn.items() if detail is not Detail.DISTANCE)


@settings(max_examples=15, deadline=None)
@charts
def test_no_what_if_tells_a_count_that_is_not_in_tens(
    counts: list[int], workers_a_cell: int, seed: int
) -> None:
    observations = city(np.array(counts), workers_a_cell, seed)
    audited = audit(observations, [DeclaredThreshold(1, "delivery_time", 900.0)])
    seen = frontier(audited, 1, 1, "0-1000", 31, mean_penalty_fen=0.7)
    answer = what_if(audited, 1, 1, "0-1000", 777.7, mean_penalty_fen=0.7)
    if seen is None or answer is None:
        assert audited.cohorts[0].suppressed
        return
    for point in (*seen.points, answer.what_if, answer.declared):
        assert point.orders_affected % 10 == 0 or point.orders_affected == point.orders
        assert point.workers_affected % 10 == 0 or point.workers_affected == point.workers
        missing = answer.declared.orders_affected
        told = round(0.7 * point.orders * point.orders_affected / missing) if missing else None
        assert point.penalty_fen == told, "of what is told in tens, and of nothing else"
