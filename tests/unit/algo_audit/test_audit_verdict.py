"""Where a threshold stands, and which declaration is in force."""

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.algo_audit.core.baseline import MiddleBand, attainment, sample_of, share_better
from services.algo_audit.core.intervals import Interval, attainment_interval
from services.algo_audit.core.metrics import Direction
from services.algo_audit.core.thresholds import DeclaredThreshold, in_force
from services.algo_audit.core.verdict import DOUBT_TEXT, VERDICT_TEXT, Doubt, Verdict, judge

MIDDLE = MiddleBand()


@pytest.mark.parametrize(
    ("share", "low", "high", "p", "verdict"),
    [
        (0.50, 0.45, 0.55, 0.5, Verdict.WITHIN_MIDDLE),
        (0.40, 0.35, 0.45, 0.001, Verdict.WITHIN_MIDDLE),
        (0.60, 0.55, 0.65, 1.0, Verdict.WITHIN_MIDDLE),
        (0.45, 0.43, 0.47, 0.001, Verdict.WITHIN_MIDDLE),  # under half, yet inside the declared tolerance
        (0.61, 0.60, 0.62, 1.0, Verdict.LAXER),
        (1.00, 0.99, 1.00, 1.0, Verdict.LAXER),
        (0.39, 0.38, 0.40, 0.001, Verdict.STRICTEST),
        (0.00, 0.00, 0.01, 0.0, Verdict.STRICTEST),
        (0.38, 0.27, 0.50, 0.051, Verdict.STRICTER),  # half is not ruled out
        (0.38, 0.27, 0.499, 0.05, Verdict.STRICTEST),
        (0.50, 0.39, 0.61, 0.5, Verdict.INSUFFICIENT_EVIDENCE),
        (0.50, 0.40, 0.60, 0.5, Verdict.WITHIN_MIDDLE),  # reaches both ends, but past neither
    ],
)
def test_verdict_follows_the_table(share: float, low: float, high: float, p: float, verdict: Verdict) -> None:
    assert judge(share, Interval(low, high), MIDDLE, adjusted_p=p).verdict is verdict


def standing(values: list[float], tau: float, direction: Direction) -> Verdict:
    sample = sample_of(np.array(values), np.arange(len(values)))
    return judge(
        attainment(sample, tau, direction),
        attainment_interval(sample, tau, direction, 0.95),
        MIDDLE,
        adjusted_p=1.0,
        better=share_better(sample, tau, direction),
    ).verdict


@pytest.mark.parametrize("direction", Direction)
def test_where_all_are_equal_to_the_threshold_it_takes_the_middle(direction: Direction) -> None:
    better = -0.01 if direction is Direction.AT_MOST else 0.01
    assert standing([0.10] * 60, 0.10, direction) is Verdict.WITHIN_MIDDLE
    assert standing([0.10] * 60, 0.10 - better, direction) is Verdict.LAXER
    assert standing([0.10 + better] * 42 + [0.10] * 18, 0.10, direction) is Verdict.LAXER, "70 % are better"
    assert standing([0.10 + better] * 30 + [0.10] * 30, 0.10, direction) is Verdict.WITHIN_MIDDLE


@given(st.lists(st.integers(1, 4), min_size=40, max_size=80), st.integers(1, 4), st.sampled_from(Direction))
def test_ties_end_in_the_middle_or_where_attainment_alone_puts_them(
    values: list[int], tau: int, direction: Direction
) -> None:
    meets = [v <= tau if direction is Direction.AT_MOST else v >= tau for v in values]
    better = sum(met and v != tau for met, v in zip(meets, values, strict=True)) / len(values)
    sample = sample_of(np.array(values, np.float64), np.arange(len(values)))
    assert share_better(sample, tau, direction) == pytest.approx(better, abs=1e-12)
    share, interval = sum(meets) / len(values), attainment_interval(sample, tau, direction, 0.95)
    for p in (0.01, 1.0):
        alone = judge(share, interval, MIDDLE, adjusted_p=p)
        judged = judge(share, interval, MIDDLE, adjusted_p=p, better=better)
        if alone.verdict is Verdict.LAXER and better <= MIDDLE.high:
            assert judged.verdict is Verdict.WITHIN_MIDDLE
        else:
            assert judged == alone, "no charge changes"


def test_a_band_declared_higher_tells_stricter_from_strictest() -> None:
    generous = MiddleBand(0.70, 0.90)
    assert judge(0.60, Interval(0.58, 0.62), generous, adjusted_p=1.0).verdict is Verdict.STRICTER
    assert judge(0.45, Interval(0.43, 0.47), generous, adjusted_p=0.01).verdict is Verdict.STRICTEST


def test_insufficient_evidence_says_why() -> None:
    assert judge(0.5, Interval(0.0, 1.0), MIDDLE, adjusted_p=0.5).doubt is Doubt.INTERVAL_HOLDS_MIDDLE


def test_every_verdict_and_doubt_has_words_in_both_languages() -> None:
    assert set(VERDICT_TEXT) == set(Verdict)
    assert set(DOUBT_TEXT) == set(Doubt)


def declared(value_s: float, version: int, from_ms: int, max_m: float = math.inf) -> DeclaredThreshold:
    kind = "delivery_time"
    return DeclaredThreshold(1, kind, value_s, max_m=max_m, version=version, effective_from_ms=from_ms)


def test_the_latest_effective_declaration_is_in_force_in_whatever_order_they_come() -> None:
    history = [
        declared(2_400, 1, 0),
        declared(1_800, 2, 100),
        declared(1_500, 3, 100),
        declared(1_200, 4, 200),
        declared(900, 1, 0, max_m=1_000),
    ]
    expected = [declared(900, 1, 0, max_m=1_000), declared(1_500, 3, 100)]
    assert all(in_force(order, at_ms=199) == expected for order in permutations(history))
    assert in_force(history, at_ms=200)[-1].value == 1_200
    assert in_force(history, at_ms=-1) == []


@pytest.mark.parametrize(("metric", "laxer"), [("delivery_time", 900.0), ("daily_orders", 20.0)])
def test_of_two_contradictory_declarations_the_laxer_is_in_force(metric: str, laxer: float) -> None:
    two = [DeclaredThreshold(1, metric, value) for value in (20.0, 900.0)]
    assert all([each.value for each in in_force(order, 0)] == [laxer] for order in permutations(two))


@pytest.mark.parametrize(
    "wrong", [{"value": 0}, {"value": math.inf}, {"value": math.nan}, {"min_m": 9, "max_m": 9}]
)
def test_an_impossible_declaration_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"threshold must be|no distance"):
        DeclaredThreshold(**{"platform": 1, "metric": "delivery_time", "value": 60, **wrong})  # type: ignore[arg-type]
