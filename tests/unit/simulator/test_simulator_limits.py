"""The three strictnesses are really there: middle, stricter, and below what 15 km/h allows."""

import numpy as np
import pytest

from simulator import BAND_EDGES_M, PLATFORMS, City, distance_band
from simulator.measures import OrderTimes, order_times
from simulator.platforms import LAWFUL_EBIKE_METRES_PER_SECOND
from simulator.waves import HANDOVER_MEDIAN_S

A, B, C = range(3)
BANDS = range(len(BAND_EDGES_M))


@pytest.fixture(scope="module")
def times(city: City) -> OrderTimes:
    return order_times(city)


def reference(times: OrderTimes, band: int, without: int | None = None) -> np.ndarray:
    """Delivery times (s) of a band's completed orders ridden at 15 km/h at most, pick-up to customer."""
    rows = times.completed & (times.distance_m > 0)
    rows[rows] &= distance_band(times.distance_m[rows]) == band
    ride_s = (times.completed_ms[rows] - times.picked_up_ms[rows]) / 1_000
    rows[rows] &= times.distance_m[rows] / ride_s <= LAWFUL_EBIKE_METRES_PER_SECOND
    if without is not None:
        rows &= times.platform != without
    return times.delivery_time_s[rows]


@pytest.mark.parametrize("band", BANDS)
@pytest.mark.parametrize("leave_out_own", [False, True])
def test_platform_a_is_within_the_middle_band(times: OrderTimes, band: int, leave_out_own: bool) -> None:
    sample = reference(times, band, without=A if leave_out_own else None)
    attainment = np.mean(sample <= PLATFORMS[A].declared_limits_s[band])
    assert 0.48 <= attainment <= 0.59


@pytest.mark.parametrize("band", BANDS)
def test_platform_b_is_stricter_than_the_middle(times: OrderTimes, band: int) -> None:
    for sample in (reference(times, band), reference(times, band, without=B)):
        assert 0.18 <= np.mean(sample <= PLATFORMS[B].declared_limits_s[band]) <= 0.3


@pytest.mark.parametrize("band", BANDS)
def test_platform_c_is_met_by_almost_nobody(times: OrderTimes, band: int) -> None:
    assert np.mean(reference(times, band) <= PLATFORMS[C].declared_limits_s[band]) < 0.08


def test_platform_c_gives_long_orders_less_time_than_15_km_h_takes(times: OrderTimes) -> None:
    own = (times.platform == C) & (times.distance_m > 0)
    band = distance_band(times.distance_m)
    short_of_time = times.promised_s < times.distance_m / LAWFUL_EBIKE_METRES_PER_SECOND
    assert short_of_time[own & (band == 4)].all()
    assert short_of_time[own & (band == 3)].mean() > 0.5
    others = (times.platform != C) & (times.distance_m > 0)
    assert short_of_time[others].mean() < 0.002


def test_platform_c_leaves_no_time_to_pick_up_and_hand_over_in_any_band(times: OrderTimes) -> None:
    for band in BANDS:
        rows = times.completed & (times.distance_m > 0)
        rows[rows] &= distance_band(times.distance_m[rows]) == band
        pick_up_s = np.median((times.picked_up_ms[rows] - times.accepted_ms[rows]) / 1_000)
        ride_s = np.median(times.distance_m[rows]) / LAWFUL_EBIKE_METRES_PER_SECOND
        floor_s = pick_up_s + ride_s + HANDOVER_MEDIAN_S
        assert PLATFORMS[C].declared_limits_s[band] < floor_s
        assert PLATFORMS[A].declared_limits_s[band] > floor_s


def test_limits_tighten_from_a_to_c_and_grow_with_distance() -> None:
    for tighter, laxer in ((C, B), (B, A)):
        for strict, loose in zip(
            PLATFORMS[tighter].declared_limits_s, PLATFORMS[laxer].declared_limits_s, strict=True
        ):
            assert strict < loose
    for platform in PLATFORMS:
        assert list(platform.declared_limits_s) == sorted(set(platform.declared_limits_s))


@pytest.mark.parametrize(
    ("metres", "band"), [(0, 0), (999, 0), (1_000, 1), (2_999, 2), (3_000, 3), (5_000, 4)]
)
def test_distance_on_an_edge_belongs_to_the_band_above(metres: int, band: int) -> None:
    assert distance_band(np.array([metres]))[0] == band
