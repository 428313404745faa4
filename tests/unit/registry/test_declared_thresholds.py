"""Which declarations make sense, and how versions follow each other."""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.directory.entries import ThresholdEntry
from kit.directory.entries import in_force as in_force_in_the_directory
from services.registry.core.areas import Areas
from services.registry.core.field_error import FieldError
from services.registry.core.thresholds import (
    LATENESS_MS,
    LATEST_EFFECTIVE_MS,
    Declaration,
    Threshold,
    check_declaration,
    declare,
    in_force,
)

AREAS = Areas([("130200", "唐山市", "Tangshan")])
GOOD = Declaration(
    platform_id="platform-a",
    metric_id="delivery_time",
    area_code="130200",
    service=1,
    distance_start_m=0,
    distance_end_m=3_000,
    value=1_800.0,
    effective_ms=1_000,
)
STEPS = st.lists(st.tuples(st.integers(1, 9), st.sampled_from([1800.0, 1900.0, 2000.0])), max_size=9)


def history(steps: list[tuple[int, float]]) -> list[Threshold]:
    """What declaring ``(effective_ms, value)`` one after the other comes to."""
    versions: list[Threshold] = []
    for effective_ms, value in steps:
        said = replace(GOOD, effective_ms=effective_ms, value=value)
        threshold, is_new = declare(said, versions, now_ms=len(versions))
        if is_new:
            versions.append(threshold)
    return versions


def painted(steps: list[tuple[int, float]]) -> dict[int, float]:
    """The oracle: value by moment, each step lasting from its date to the next date somebody declared for."""
    value_at_date = dict(steps)
    line: dict[int, float] = {}
    for moment in range(11):
        dates = [date for date in value_at_date if date <= moment]
        if dates:
            line[moment] = value_at_date[max(dates)]
    return line


@given(STEPS)
def test_what_holds_at_any_moment_is_the_latest_step_declared(steps: list[tuple[int, float]]) -> None:
    versions = history(steps)
    holding = {moment: in_force(versions, moment) for moment in range(11)}
    # A declaration that changed nothing when it was made is no step: the oracle is told of those that are.
    made = [(version.declaration.effective_ms, version.declaration.value) for version in versions]
    assert {at: found.declaration.value for at, found in holding.items() if found} == painted(made)


@given(STEPS, st.integers(1, 9), st.sampled_from([1800.0, 1900.0, 2000.0]))
def test_a_declaration_makes_a_version_if_and_only_if_it_changes_what_holds_at_some_moment(
    steps: list[tuple[int, float]], effective_ms: int, value: float
) -> None:
    versions = history(steps)
    said = replace(GOOD, effective_ms=effective_ms, value=value)
    threshold, is_new = declare(said, versions, now_ms=99)
    made = [(version.declaration.effective_ms, version.declaration.value) for version in versions]
    assert is_new == (painted(made) != painted([*made, (effective_ms, value)]))
    assert threshold.version == (len(versions) + 1 if is_new else threshold.version)
    assert threshold.declaration.value == value


@given(STEPS, st.integers(0, 10))
def test_registry_and_directory_agree_on_what_holds(steps: list[tuple[int, float]], at_ms: int) -> None:
    versions = history(steps)
    entries = [
        ThresholdEntry(
            one.threshold_id, one.version, "platform-a", "delivery_time", "130200", 1, 0, 3_000,
            one.declaration.value, one.declaration.effective_ms, one.create_ms,
        )
        for one in versions
    ]  # fmt: skip
    here, there = in_force(versions, at_ms), in_force_in_the_directory(entries, at_ms)
    assert (here and here.version) == (there and there.version)


HOUR_MS = 3_600_000


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 30), st.sampled_from([1800.0, 1900.0]))))
def test_what_held_in_the_past_never_changes_again(said: list[tuple[int, int, float]]) -> None:
    """Hours until the declaration is made, the hour it is for, its value."""
    versions: list[Threshold] = []
    now_ms = 10 * HOUR_MS
    for waited, hour, value in said:
        now_ms += waited * HOUR_MS
        moments = range(0, now_ms - LATENESS_MS, HOUR_MS // 6)
        before = [in_force(versions, moment) for moment in moments]
        first = not versions
        declaration = replace(GOOD, effective_ms=hour * HOUR_MS, value=value)
        with suppress(FieldError):
            threshold, is_new = declare(declaration, versions, now_ms)
            versions += [threshold] if is_new else []
        assert first or [in_force(versions, moment) for moment in moments] == before
        if hour * HOUR_MS >= now_ms:  # nothing else is refused
            holding = in_force(versions, hour * HOUR_MS)
            assert holding is not None
            assert holding.declaration.value == value


def test_from_now_on_may_reach_the_registry_ten_minutes_later() -> None:
    first, _ = declare(GOOD, [], now_ms=HOUR_MS)
    said = replace(GOOD, effective_ms=HOUR_MS, value=1_900.0)
    assert declare(said, [first], now_ms=HOUR_MS + LATENESS_MS)[1]
    with pytest.raises(FieldError, match="1970-01-01T09:00:00"):
        declare(said, [first], now_ms=HOUR_MS + LATENESS_MS + 1)


def test_versions_count_from_one() -> None:
    versions = history([(1, 1800.0), (2, 1900.0), (3, 1800.0)])
    assert [version.version for version in versions] == [1, 2, 3]


def test_the_same_declaration_again_comes_to_the_same_version() -> None:
    first, _ = declare(GOOD, [], now_ms=5)
    assert declare(GOOD, [first], now_ms=6) == (first, False)
    assert declare(replace(GOOD, effective_ms=9_000), [first], now_ms=6) == (first, False)


def test_the_id_is_a_function_of_platform_metric_area_service_and_band() -> None:
    assert GOOD.threshold_id == "platform-a.delivery_time.130200.food_delivery.0-3000"
    assert replace(GOOD, distance_end_m=None).threshold_id.endswith(".0-")
    assert replace(GOOD, value=1.0, effective_ms=7).threshold_id == GOOD.threshold_id


def test_a_good_declaration_passes() -> None:
    check_declaration(GOOD, AREAS)
    check_declaration(replace(GOOD, distance_end_m=None, value=86_400.0), AREAS)


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"metric_id": "mood"}, "metric_id", "METRIC_UNKNOWN"),
        ({"area_code": "110000"}, "area_code", "AREA_UNKNOWN"),
        ({"service": 0}, "service", "SERVICE_UNKNOWN"),
        ({"service": 9}, "service", "SERVICE_UNKNOWN"),
        ({"distance_start_m": 3_000}, "distance_end_m", "DISTANCE_BAND_EMPTY"),
        ({"distance_start_m": 4_000}, "distance_end_m", "DISTANCE_BAND_EMPTY"),
        ({"distance_start_m": 2_000_000}, "distance_start_m", "DISTANCE_OUT_OF_RANGE"),
        ({"distance_end_m": 2_000_000}, "distance_end_m", "DISTANCE_OUT_OF_RANGE"),
        ({"value": 0.0}, "value", "VALUE_OUT_OF_RANGE"),
        ({"value": -1.0}, "value", "VALUE_OUT_OF_RANGE"),
        ({"value": 1_800_000.0}, "value", "VALUE_OUT_OF_RANGE"),
        ({"value": math.nan}, "value", "VALUE_OUT_OF_RANGE"),
        ({"value": math.inf}, "value", "VALUE_OUT_OF_RANGE"),
        ({"effective_ms": 0}, "effective_time", "EFFECTIVE_TIME_MISSING"),
        ({"effective_ms": -1}, "effective_time", "EFFECTIVE_TIME_OUT_OF_RANGE"),
        ({"effective_ms": LATEST_EFFECTIVE_MS}, "effective_time", "EFFECTIVE_TIME_OUT_OF_RANGE"),
    ],
)
def test_a_field_that_makes_no_sense_is_named(change: dict[str, object], field: str, reason: str) -> None:
    with pytest.raises(FieldError) as refused:
        check_declaration(replace(GOOD, **change), AREAS)  # type: ignore[arg-type]
    error = refused.value
    assert (error.field, error.reason) == (field, reason)
    assert error.message.startswith(f"{field}: ")
    assert error.zh.startswith(f"{field}：")
