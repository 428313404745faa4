"""Cutting observations into cohorts, and counting them."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.algo_audit.core.bands import DISTANCE_BANDS
from services.algo_audit.core.cohort_tree import WHOLE, Detail, cohort_of, depth_of
from services.algo_audit.core.combinations import dense
from services.algo_audit.core.cutting import cut
from services.algo_audit.core.metrics import DAILY_ORDERS, DELIVERY_TIME, METRICS, OF_ORDERS, Key
from services.algo_audit.core.observations import Exclusion, Observations

KEYS = (
    (Key.SERVICE, 1),
    (Key.VEHICLE, 1),
    (Key.DISTANCE, 1),
    (Key.AREA, 130203),
    (Key.HOUR, 2),
    (Key.WEATHER, 0),
)


@pytest.mark.parametrize(
    ("cut_by", "id_", "zh", "en"),
    [
        (2, WHOLE, "外卖配送·电动自行车", "food delivery, e-bike"),
        (3, "1000-2000", "1–2 公里", "1–2 km"),
        (4, "1000-2000/130203", "1–2 公里·古冶区", "1–2 km, Guye"),
        (
            6,
            "1000-2000/130203/11-14/normal",
            "1–2 公里·古冶区·午高峰 11–14 时·正常天气",
            "1–2 km, Guye, noon peak 11–14 h, normal weather",
        ),
    ],
)
def test_a_cohort_is_called_by_what_it_is_cut_by(cut_by: int, id_: str, zh: str, en: str) -> None:
    cohort = cohort_of(KEYS[:cut_by], DISTANCE_BANDS, {130203: ("古冶区", "Guye")})
    assert (cohort.id, cohort.label_zh, cohort.label_en) == (id_, zh, en)
    assert cohort.distance == (DISTANCE_BANDS[1] if cut_by > 2 else None)
    assert cohort.code(Key.WEATHER) == (0 if cut_by > 5 else None)


def test_an_area_without_a_name_is_called_by_its_code() -> None:
    assert cohort_of(KEYS[:4], DISTANCE_BANDS).label_zh == "1–2 公里·130203"


@pytest.mark.parametrize("key", [(Key.DISTANCE, -1), (Key.DISTANCE, 5), (Key.HOUR, 6), (Key.SERVICE, 0)])
def test_a_code_that_does_not_exist_has_no_name(key: tuple[Key, int]) -> None:
    with pytest.raises(LookupError):
        cohort_of([key], DISTANCE_BANDS)


def test_a_detail_cuts_by_all_keys_up_to_its_own_that_the_metric_has() -> None:
    assert [depth_of(DELIVERY_TIME, detail) for detail in Detail] == [2, 3, 4, 5, 6]
    assert [depth_of(DAILY_ORDERS, detail) for detail in Detail] == [2, 2, 3, 3, 3]


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS.keys())
def test_every_metric_is_cut_by_service_and_vehicle_first_and_in_the_order_of_keys(metric) -> None:  # type: ignore[no-untyped-def]
    assert metric.keys[:2] == (Key.SERVICE, Key.VEHICLE)
    assert [key for key in OF_ORDERS if key in metric.keys] == list(metric.keys)


@given(st.lists(st.one_of(st.integers(-5, 5), st.integers(-(2**60), 2**60))))
def test_dense_codes_are_positions_among_the_different_ids(ids: list[int]) -> None:
    different, codes = dense(np.array(ids, np.int64))
    assert different.tolist() == sorted(set(ids))
    assert different[codes].tolist() == ids


row = st.tuples(
    st.sampled_from([7, 3]),  # platform
    st.integers(0, 1),  # service
    st.integers(1, 2),  # vehicle
    st.integers(-1, 1),  # distance
    st.sampled_from([0, 130202, 130203]),
    st.integers(0, 1),
    st.integers(0, 1),
    st.sampled_from([0, 1, 2**40]),  # worker
    st.sampled_from([0, 0, 0, 6, 8]),  # excluded
    st.booleans(),  # censored
)


def observed(rows: Sequence[tuple[int, ...]]) -> Observations:
    table = np.array(rows, np.int64).reshape(-1, 10)
    n = len(table)
    return Observations(
        metric=DELIVERY_TIME,
        value=np.arange(n, dtype=np.float64),
        censored=table[:, 9].astype(np.bool_),
        worker=table[:, 7],
        platform=table[:, 0],
        day=np.zeros(n, np.int64),
        orders=np.arange(n) % 3,
        excluded=table[:, 8].astype(np.uint8),
        keys={key: table[:, 1 + i] for i, key in enumerate(OF_ORDERS)},
        groups={},
    )


@settings(deadline=None)
@given(st.lists(row, max_size=25))
def test_every_node_counts_its_rows_orders_and_different_workers(rows: list[tuple[int, ...]]) -> None:
    observations = observed(rows)
    tree = cut(observations)
    assert tree.platforms.tolist() == sorted({r[0] for r in rows})
    for d, level in enumerate(tree.levels):
        assert level.codes.tolist() == sorted(list(x) for x in {r[1 : 1 + d] for r in rows})
        for node, codes in enumerate(level.codes.tolist()):
            first, last = level.first_leaf[node : node + 2]
            assert (tree.levels[-1].codes[first:last, :d] == codes).all()
            for p, platform in enumerate(tree.platforms.tolist()):
                mine = [i for i, r in enumerate(rows) if r[0] == platform and list(r[1 : 1 + d]) == codes]
                kept = [i for i in mine if rows[i][8] == 0]
                assert level.rows[p, node] == len(kept)
                assert level.orders[p, node] == sum(i % 3 for i in kept)
                assert level.workers[p, node] == len({rows[i][7] for i in kept})
                assert tree.censored[p, first:last].sum() == sum(rows[i][9] for i in kept)
                unlawful = tree.excluded[Exclusion.ABOVE_LAWFUL_SPEED][p, first:last].sum()
                assert unlawful == sum(rows[i][8] == 6 for i in mine)


def test_a_column_that_is_too_short_is_named() -> None:
    observations = observed([(7, 1, 1, 0, 0, 0, 0, 1, 0, 0)] * 3)
    with pytest.raises(ValueError, match="column censored has 2 rows"):
        replace(observations, censored=observations.censored[:2])


def test_counts_do_not_depend_on_the_order_of_rows() -> None:
    rng = np.random.default_rng(7)
    rows = [
        (int(rng.choice([3, 7])), 1, 1, int(rng.integers(0, 3)), 130202, 1, 0, int(rng.integers(9)), 0, 0)
        for _ in range(200)
    ]
    first, second = cut(observed(rows)), cut(observed(rows[::-1]))
    for a, b in zip(first.levels, second.levels, strict=True):
        assert np.array_equal(a.rows, b.rows)
        assert np.array_equal(a.workers, b.workers)
    assert math.prod(first.levels[-1].rows.shape) == 2 * 3
