"""Cells of days and platforms, added up, are what an audit of all their rows would count and show."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from services.algo_audit.core.bands import bands_from_edges
from services.algo_audit.core.baseline import quantile
from services.algo_audit.core.cohort_tree import Detail, depth_of
from services.algo_audit.core.cohorts import Cohorts
from services.algo_audit.core.cutting import cut
from services.algo_audit.core.day_cells import Measured, cells_of
from services.algo_audit.core.left_out import LeftOut
from services.algo_audit.core.merged_cells import LEAST_EFFECTIVE_WORKERS, MergedCells
from services.algo_audit.core.metrics import DELIVERY_TIME, Key
from services.algo_audit.core.observations import Exclusion, Observations
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.privacy import MinimumCell
from services.algo_audit.core.weighted import estimate_of
from services.algo_audit.sketches import merged, sketched

SMALL = MinimumCell(workers=2, orders=3)
"""So that random trees have cells on both sides of it."""
PARAMS = AuditParams(bands=bands_from_edges((0, 1_000, 2_000)), minimum=SMALL)
WORKER_KEYS = np.random.default_rng(0).permutation(30).astype(np.uint64)
"""Not in the order of the codes."""

# Day, platform, vehicle, distance band, area, hour band, worker, seconds, censored, excluded.
row_of_a_day = st.tuples(
    st.integers(0, 3),
    st.integers(0, 2),
    st.sampled_from([1, 1, 2]),
    st.sampled_from([-1, 0, 0, 1]),
    st.sampled_from([0, 130202, 130203]),
    st.sampled_from([2, 4]),
    st.integers(0, 9),
    st.integers(1, 40),
    st.booleans(),
    st.sampled_from([Exclusion.NONE] * 4 + [Exclusion.EXTREME_WEATHER, Exclusion.DISTANCE_UNKNOWN]),
)
rows_of_days = st.lists(row_of_a_day, min_size=1, max_size=120)
Row = tuple[int, int, int, int, int, int, int, int, bool, Exclusion]


def observed(rows: list[Row]) -> Observations:
    table = np.array(rows, np.int64).reshape(-1, 10)
    n = len(table)
    return Observations(
        metric=DELIVERY_TIME,
        value=table[:, 7].astype(np.float64),
        censored=table[:, 8].astype(np.bool_),
        worker=table[:, 6],
        platform=table[:, 1],
        day=table[:, 0],
        orders=np.ones(n, np.int64),
        excluded=table[:, 9].astype(np.uint8),
        keys={
            Key.SERVICE: np.ones(n, np.int64),
            Key.VEHICLE: table[:, 2],
            Key.DISTANCE: table[:, 3],
            Key.AREA: table[:, 4],
            Key.HOUR: table[:, 5],
            Key.WEATHER: np.zeros(n, np.int64),
        },
        groups={},
    )


def by_day(observations: Observations) -> list[Measured]:
    return [
        each
        for day in np.unique(observations.day)
        for each in cells_of(observations.take(observations.day == day), WORKER_KEYS)
    ]


@settings(max_examples=150, deadline=None)
@given(rows_of_days, st.sampled_from(Detail), st.randoms(use_true_random=False))
def test_merged_days_count_and_show_what_the_rows_themselves_do(
    rows: list[Row], detail: Detail, random: object
) -> None:
    observations = observed(rows)
    exact, left_out = Cohorts(observations, detail, PARAMS), LeftOut(cut(observations))
    depth = depth_of(DELIVERY_TIME, detail)
    parts = by_day(observations)
    random.shuffle(parts)  # type: ignore[attr-defined]
    cells = MergedCells(DELIVERY_TIME, [(p.platform, p.cells) for p in parts], 3, detail, SMALL)
    codes = {exact.platform_code(platform): platform for platform in range(3)}
    for node, values in enumerate(cells.codes):
        there = exact.node(values)
        assert there is not None
        for without in (None, 0, 1, 2):
            own = None if without is None else exact.platform_code(without)
            pool = cells.pool(node, without)
            of_rows = tuple(
                code for code in codes if code is not None and code != own and exact.publishes(code, there)
            )
            assert pool == tuple(codes[code] for code in of_rows)
            if not pool:
                continue
            sample = exact.sample(of_rows, there)
            assert cells.rows(pool, node) == cells.orders(pool, node) == len(sample)
            assert cells.workers(pool, node) == sample.workers
            kish = float(sample.sizes.sum()) ** 2 / float(sample.sizes @ sample.sizes)
            assert cells.bounded(pool, node) == (kish >= LEAST_EFFECTIVE_WORKERS - 1e-9)
            assert cells.left_out(pool, node) == left_out.of(of_rows, depth, there)
            places = cells.places(pool, node)
            estimate = estimate_of(
                merged(sketched(parts[p].ends.values, parts[p].ends.starts)[leaf] for p, leaf in places),
                merged(sketched(parts[p].cuts.values, parts[p].cuts.starts)[leaf] for p, leaf in places),
            )
            for p in (0.10, 0.25, 0.50, 0.75, 0.90):
                assert estimate.quantile(p) == quantile(sample, p)


def test_nothing_has_no_cohorts() -> None:
    assert MergedCells(DELIVERY_TIME, [], 0, Detail.WEATHER, SMALL).codes == []


def test_one_worker_who_did_nearly_everything_bounds_no_median() -> None:
    def rows(of_the_first: int) -> list[Row]:
        return [
            (0, 0, 1, 0, 130202, 2, worker, 10, False, Exclusion.NONE)
            for worker in range(10)
            for _ in range(of_the_first if worker == 0 else 1)
        ]

    bounded = []
    for of_the_first in (1, 4, 5, 40):
        (part,) = by_day(observed(rows(of_the_first)))
        cells = MergedCells(DELIVERY_TIME, [(0, part.cells)], 1, Detail.SERVICE, SMALL)
        bounded.append(cells.bounded((0,), 0))
    assert bounded == [True, True, False, False], "(9 + 4)²/(9 + 4²) = 6.8, (9 + 5)²/(9 + 5²) = 5.8"
