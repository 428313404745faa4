"""Which offers make sense."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.security.caller import covers
from services.algo_audit.core.cohort_keys import DAY_MS
from services.algo_audit.core.free_text import LONGEST_TEXT, checked_text
from services.algo_audit.core.metrics import METRICS
from services.algo_audit.core.proposal import (
    MOST_THRESHOLDS,
    Proposal,
    check_effective,
    check_proposals,
    highest,
    within,
)
from services.algo_audit.core.refused import RefusedError

GOOD = Proposal("delivery_time", "130200", 1, 0, 3_000, 1_800.0)
MIDNIGHT_MS = 1_775_232_000_000
"""2026-04-04 00:00 in Asia/Shanghai."""


def check(*proposals: Proposal, metric_id: str = "delivery_time") -> None:
    check_proposals(proposals, metric_id, "130200")


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"metric_id": "piece_rate"}, "metric_id", "METRIC_NOT_CONSULTED"),
        ({"area_code": "130300"}, "area_code", "AREA_NOT_CONSULTED"),
        ({"area_code": "130000"}, "area_code", "AREA_NOT_CONSULTED"),
        ({"area_code": "1302"}, "area_code", "AREA_NOT_CONSULTED"),
        ({"service": 0}, "service", "SERVICE_UNKNOWN"),
        ({"service": 4}, "service", "SERVICE_UNKNOWN"),
        ({"distance_end_m": 0}, "distance_end_m", "DISTANCE_BAND_EMPTY"),
        ({"distance_start_m": 3_000}, "distance_end_m", "DISTANCE_BAND_EMPTY"),
        (
            {"distance_start_m": 2_000_000, "distance_end_m": None},
            "distance_start_m",
            "DISTANCE_OUT_OF_RANGE",
        ),
        ({"distance_end_m": 1_000_001}, "distance_end_m", "DISTANCE_OUT_OF_RANGE"),
        ({"value": 0.0}, "value", "VALUE_OUT_OF_RANGE"),
        ({"value": -1.0}, "value", "VALUE_OUT_OF_RANGE"),
        ({"value": math.nan}, "value", "VALUE_OUT_OF_RANGE"),
        ({"value": math.inf}, "value", "VALUE_OUT_OF_RANGE"),
        ({"value": 86_400.5}, "value", "VALUE_OUT_OF_RANGE"),
    ],
)
def test_a_senseless_threshold_is_refused_by_its_field(
    changes: dict[str, Any], field: str, reason: str
) -> None:
    other = replace(GOOD, distance_start_m=5_000, distance_end_m=6_000)
    with pytest.raises(RefusedError) as refused:
        check(other, replace(GOOD, **changes))
    assert (refused.value.field, refused.value.reason) == (f"thresholds[1].{field}", reason)
    assert refused.value.zh.startswith(f"thresholds[1].{field}：")


def test_counties_of_the_consulted_city_may_have_their_own() -> None:
    check(GOOD, replace(GOOD, area_code="130203"))


@pytest.mark.parametrize("count", [0, MOST_THRESHOLDS + 1])
def test_an_offer_has_at_least_one_threshold_and_at_most_fifty(count: int) -> None:
    bands = [replace(GOOD, distance_start_m=n * 10, distance_end_m=n * 10 + 10) for n in range(count)]
    with pytest.raises(RefusedError, match=f"{count} thresholds"):
        check(*bands)
    check(*bands[:MOST_THRESHOLDS] or [GOOD])


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6) | st.none()), min_size=1, max_size=5))
def test_no_distance_gets_two_values(bands: list[tuple[int, int | None]]) -> None:
    proposals = [
        replace(GOOD, distance_start_m=start, distance_end_m=None if length is None else start + length)
        for start, length in bands
    ]
    hit = [
        metre
        for proposal in proposals
        for metre in range(proposal.distance_start_m, proposal.distance_end_m or 100)
    ]
    if len(hit) == len(set(hit)):
        check(*proposals)
    else:
        with pytest.raises(RefusedError) as refused:
            check(*proposals)
        assert refused.value.reason == "THRESHOLDS_OVERLAP"


def test_the_same_distance_of_another_service_or_county_is_another() -> None:
    check(GOOD, replace(GOOD, service=2), replace(GOOD, area_code="130203"))


def test_a_share_is_at_most_one_but_extra_pay_may_exceed_the_pay() -> None:
    for metric_id, metric in METRICS.items():
        limit = highest(metric_id)
        proposal = Proposal(metric_id, "130200", 1, 0, None, limit)
        check(proposal, metric_id=metric_id)
        with pytest.raises(RefusedError):
            check(replace(proposal, value=math.nextafter(limit, math.inf)), metric_id=metric_id)
        assert limit == (10 if metric_id == "supplement_share" else 1) or metric.unit != "share"


def test_metrics_of_workers_have_no_distance() -> None:
    proposal = Proposal("daily_orders", "130200", 1, 0, None, 30)
    check(proposal, metric_id="daily_orders")
    for senseless, field in (
        (replace(proposal, distance_start_m=1), "distance_start_m"),
        (replace(proposal, distance_end_m=9), "distance_end_m"),
    ):
        with pytest.raises(RefusedError) as refused:
            check(senseless, metric_id="daily_orders")
        assert refused.value.field == f"thresholds[0].{field}"


@pytest.mark.parametrize(
    ("effective_ms", "reason"),
    [
        (0, "EFFECTIVE_TIME_MISSING"),
        (-1, "EFFECTIVE_TIME_OUT_OF_RANGE"),
        (4_102_444_800_000, "EFFECTIVE_TIME_OUT_OF_RANGE"),
        (MIDNIGHT_MS - DAY_MS, "EFFECTIVE_TIME_PAST"),
        (MIDNIGHT_MS + 1, "EFFECTIVE_TIME_WITHIN_DAY"),
        (MIDNIGHT_MS + 8 * 3_600_000, "EFFECTIVE_TIME_WITHIN_DAY"),
    ],
)
def test_an_offer_holds_from_the_start_of_a_coming_day(effective_ms: int, reason: str) -> None:
    with pytest.raises(RefusedError) as refused:
        check_effective(effective_ms, MIDNIGHT_MS)
    assert (refused.value.field, refused.value.reason) == ("effective_time", reason)


def test_from_this_very_moment_on_is_not_the_past() -> None:
    check_effective(MIDNIGHT_MS, MIDNIGHT_MS)
    with pytest.raises(RefusedError, match="2026-04-05T00:00:00"):
        check_effective(MIDNIGHT_MS, MIDNIGHT_MS + 1)


@given(*[st.sampled_from(["130000", "130200", "130203", "130281", "110000", "130100"])] * 2)
def test_areas_contain_each_other_as_everywhere(outer: str, inner: str) -> None:
    assert within(outer, inner) == covers(outer, inner)


@pytest.mark.parametrize(
    "text",
    [
        "请联系13800138000",
        "call +86 138 0013 8000.",
        "138-0013-8000",
        "身份证11010519491231002X",
        "id 130203199001011234 ok",
    ],
)
def test_numbers_that_lead_to_a_person_are_refused(text: str) -> None:
    with pytest.raises(RefusedError) as refused:
        checked_text("text", text)
    assert refused.value.reason == "LOOKS_LIKE_PERSONAL_DATA"
    assert text not in refused.value.message


@pytest.mark.parametrize("text", ["订单 202603011234567890123", "1800 秒，3000 米", "2026-04-04", ""])
def test_other_numbers_are_not(text: str) -> None:
    assert checked_text("text", f" {text} ") == text


def test_a_text_has_an_end() -> None:
    assert checked_text("text", "长" * LONGEST_TEXT)
    with pytest.raises(RefusedError, match="4001 characters"):
        checked_text("text", "长" * (LONGEST_TEXT + 1))
