"""Distance bands and the floor of feasibility."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.algo_audit.core.bands import DISTANCE_BANDS, band_of, bands_from_edges
from services.algo_audit.core.feasibility import FloorParams, at_lawful_speed, feasibility


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
    assert FloorParams().floor_s(2_500) == pytest.approx(13 * 60)


def test_a_limit_of_exactly_the_floor_is_feasible_and_a_second_less_is_not() -> None:
    band, params = DISTANCE_BANDS[2], FloorParams()
    floor_s = feasibility(1.0, band, params).floor_s
    assert not feasibility(floor_s, band, params).below_floor
    assert feasibility(floor_s - 1, band, params).below_floor


def test_the_open_band_is_judged_at_its_shortest_distance() -> None:
    assert DISTANCE_BANDS[-1].representative_m == 5_000
    assert DISTANCE_BANDS[0].representative_m == 500


def test_unknown_distance_or_duration_is_not_lawful_speed() -> None:
    duration, distance = (
        np.array([240.0, 239.0, math.nan, 240.0]),
        np.array([1_000.0, 1_000.0, 1.0, math.nan]),
    )
    assert at_lawful_speed(duration, distance, FloorParams()).tolist() == [True, False, False, False]


def test_parameters_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="speed"):
        FloorParams(lawful_speed_m_s=0)
    with pytest.raises(ValueError, match="negative"):
        FloorParams(handover_s=-1)
