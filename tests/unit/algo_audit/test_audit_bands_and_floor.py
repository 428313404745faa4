"""Distance bands and the floor of feasibility."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.algo_audit.core.bands import DISTANCE_BANDS, band_of, bands_from_edges
from services.algo_audit.core.cohort_keys import CAR, E_BIKE
from services.algo_audit.core.feasibility import BICYCLE, FloorParams, at_lawful_speed, feasibility
from services.algo_audit.core.metrics import DELIVERY_TIME, IMPLIED_SPEED, METRICS

PARAMS = FloorParams()
MOTORCYCLE, ON_FOOT = 2, 5


@given(st.lists(st.one_of(st.floats(-100, 9_000), st.just(math.nan), st.just(math.inf)), max_size=30))
def test_each_distance_lies_in_the_band_that_holds_it(distances: list[float]) -> None:
    def band(d: float) -> int:
        held = [i for i, b in enumerate(DISTANCE_BANDS) if math.isfinite(d) and b.min_m <= d < b.max_m]
        return held[0] if held else -1

    assert band_of(np.array(distances, float)).tolist() == [band(d) for d in distances]


def test_an_edge_belongs_to_the_band_above_it() -> None:
    assert band_of(np.array([0.0, 999.9, 1_000.0, 5_000.0])).tolist() == [0, 0, 1, 4]


def test_labels_are_readable_in_both_languages() -> None:
    assert [b.label_en for b in DISTANCE_BANDS] == ["0–1 km", "1–2 km", "2–3 km", "3–5 km", "5 km and over"]
    assert [b.label_zh for b in DISTANCE_BANDS][-2:] == ["3–5 公里", "5 公里以上（含）"]


@pytest.mark.parametrize("edges", [(0.0,), (0.0, 0.0), (-1.0, 5.0), (0.0, 5.0, 3.0), (0.0, math.nan)])
def test_edges_that_do_not_ascend_are_refused(edges: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="ascend"):
        bands_from_edges(edges)


def test_the_floor_is_wait_and_ride_at_15_km_h_and_hand_over() -> None:
    # 2.5 km at 15 km/h is 10 min; 2 min wait and 1 min hand-over.
    assert PARAMS.floor_s(2_500) == pytest.approx(13 * 60)


def test_a_car_is_held_to_50_km_h() -> None:
    # 10 km at 50 km/h is 12 min.
    assert PARAMS.floor_s(10_000, CAR) == pytest.approx(15 * 60)


def test_each_vehicle_has_its_lawful_speed_or_none() -> None:
    speeds = PARAMS.speed_of(np.array([E_BIKE, MOTORCYCLE, CAR, BICYCLE, ON_FOOT])) * 3.6
    assert speeds == pytest.approx([15, math.inf, 50, 15, math.inf])


def test_a_limit_of_exactly_the_floor_is_feasible_and_a_second_less_is_not() -> None:
    floor = PARAMS.floor_s(2_500)
    exact, less = (feasibility(DELIVERY_TIME, tau, 2_500, E_BIKE, PARAMS) for tau in (floor, floor - 1))
    assert exact is not None
    assert less is not None
    assert (exact.floor, exact.below_floor) == (floor, False)
    assert less.below_floor


def test_a_speed_of_exactly_the_lawful_one_is_feasible_and_more_is_not() -> None:
    at = [feasibility(IMPLIED_SPEED, tau, 2_500, E_BIKE, PARAMS) for tau in (15.0, 15.1)]
    assert [each.below_floor for each in at if each] == [False, True]
    assert feasibility(IMPLIED_SPEED, 99.0, 2_500, MOTORCYCLE, PARAMS) is None


def test_other_metrics_have_no_floor() -> None:
    for metric in METRICS.values():
        if metric not in (DELIVERY_TIME, IMPLIED_SPEED):
            assert feasibility(metric, 1.0, 2_500, E_BIKE, PARAMS) is None


def test_the_open_band_is_judged_at_its_shortest_distance() -> None:
    assert DISTANCE_BANDS[-1].representative_m == 5_000
    assert DISTANCE_BANDS[0].representative_m == 500


def test_unknown_distance_or_duration_is_not_lawful_speed() -> None:
    duration = np.array([240.0, 239.0, math.nan, 240.0])
    distance = np.array([1_000.0, 1_000.0, 1.0, math.nan])
    assert at_lawful_speed(duration, distance, PARAMS).tolist() == [True, False, False, False]


def test_each_vehicle_is_held_to_its_own_speed() -> None:
    vehicle = np.array([E_BIKE, CAR, MOTORCYCLE])
    duration, distance = np.full(3, 100.0), np.full(3, 1_000.0)
    assert at_lawful_speed(duration, distance, PARAMS, vehicle).tolist() == [False, True, True]


def test_parameters_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="speed"):
        FloorParams(lawful_speed_m_s=0)
    with pytest.raises(ValueError, match="speed"):
        FloorParams(car_speed_m_s=-1)
    with pytest.raises(ValueError, match="negative"):
        FloorParams(handover_s=-1)
