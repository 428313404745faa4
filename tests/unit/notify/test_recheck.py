"""What a recheck comes to, and how it says so."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notify.core.findings import Severity
from services.notify.core.policy import Rate
from services.notify.core.recheck import Observed, Outcome, Recheck, compare, compare_standards, rate_limit

STANDARD = Rate(Severity.BREACH, window_days=7, workers_per_thousand=5.0, least_workers=3)
BEFORE, AFTER = date(2026, 3, 10), date(2026, 3, 24)


def week(first: date, workers: int, active: int) -> Observed:
    return Observed(first, first + timedelta(days=6), workers, active)


def recheck(
    before: tuple[int, int],
    after: tuple[int, int],
    standard: Rate | None = STANDARD,
    confidence: float = 0.95,
) -> Recheck:
    """Of (workers, active) in two weeks."""
    return compare(
        week(BEFORE, *before),
        week(AFTER, *after),
        confidence=confidence,
        standard=standard,
        case_id="case-1",
        openings=1,
        at_ms=5,
    )


@pytest.mark.parametrize(
    ("before", "after", "outcome"),
    [
        ((24, 1950), (8, 1950), Outcome.IMPROVED),  # interval below 1, and below the standard
        ((120, 1000), (60, 1000), Outcome.NOT_SHOWN),  # halved for certain, and twelve times the standard
        ((12, 1000), (30, 1000), Outcome.WORSE),
        ((12, 1000), (10, 1000), Outcome.NOT_SHOWN),  # still above the standard
        ((6, 1000), (4, 1000), Outcome.NOT_SHOWN),  # below the standard, and nothing certain
        ((6, 1000), (9, 4000), Outcome.IMPROVED),  # not below 1 for certain, but below the standard
        ((3, 120), (0, 120), Outcome.IMPROVED),  # a small platform with nobody any more
        ((3, 120), (0, 60), Outcome.IMPROVED),
        ((3, 120), (0, 59), Outcome.NOT_SHOWN),  # with too few at work to say so
        ((3, 120), (1, 120), Outcome.NOT_SHOWN),
        ((3, 120), (0, 0), Outcome.NOT_SHOWN),  # nobody at work: unknown is not rest
        ((3, 0), (0, 120), Outcome.NOT_SHOWN),
    ],
)
def test_outcome(before: tuple[int, int], after: tuple[int, int], outcome: Outcome) -> None:
    assert recheck(before, after).outcome is outcome


def test_reason_gives_both_rates_the_ratio_and_its_interval() -> None:
    found = recheck((24, 1950), (8, 1950))
    assert found.reason.zh == (
        "警示所依据的2026年3月10日至2026年3月16日，在岗劳动者 1,950 名中有 24 名出现超限情形，"
        "每千人 12.3 名；复查的2026年3月24日至2026年3月30日，在岗劳动者 1,950 名中有 8 名出现超限情形，"
        "每千人 4.1 名。"
        "比值 0.33（95% 置信区间 0.13–0.77）。整个区间低于 1：已改善。"
    )
    assert found.reason.en.endswith(
        "Ratio 0.33 (95 % confidence interval 0.13–0.77). The interval lies wholly below 1: improved."
    )
    assert found.ratio == pytest.approx(1 / 3)


def test_reason_says_why_nothing_is_shown_without_activity() -> None:
    found = recheck((3, 120), (0, 0))
    assert "没有发现问题不等于没有问题" in found.reason.zh
    assert "No activity is on record for the days of the recheck" in found.reason.en
    assert (found.ratio, found.ratio_low, found.ratio_high) == (None, 0.0, math.inf)


def test_limit_just_below_one_is_not_told_as_one() -> None:
    below = next(
        found
        for after in range(900, 1000)
        if 0.995 < (found := recheck((1000, 200_000), (after, 200_000), None, 0.9)).ratio_high < 1
    )
    assert f"{below.ratio_high:.3f}" in below.reason.zh
    assert "–1.00" not in below.reason.zh


def test_name_of_a_recheck_is_that_of_its_round_and_last_day() -> None:
    again = recheck((3, 120), (1, 130))
    assert recheck((3, 120), (0, 120)).recheck_id == again.recheck_id
    later = compare(
        week(BEFORE, 3, 120),
        week(AFTER + timedelta(days=1), 1, 130),
        confidence=0.95,
        case_id="case-1",
        openings=1,
        at_ms=5,
    )
    assert later.recheck_id != again.recheck_id


@pytest.mark.parametrize(
    ("before", "after", "confidence", "said"),
    [
        (week(BEFORE, 3, 100), week(BEFORE + timedelta(days=6), 3, 100), 0.95, "overlap"),
        (week(BEFORE, 3, 100), Observed(AFTER, AFTER, 3, 100), 0.95, "different length"),
        (week(BEFORE, 101, 100), week(AFTER, 3, 100), 0.95, "before: 101 workers of 100"),
        (week(BEFORE, 3, 100), week(AFTER, -1, 100), 0.95, "after: -1 workers"),
        (week(BEFORE, 3, 100), week(AFTER, 3, 100), 95.0, "confidence: 95.0"),
        (Observed(AFTER, BEFORE, 3, 100), week(AFTER, 3, 100), 0.95, "is no window"),
    ],
)
def test_windows_that_cannot_be_compared_are_refused(
    before: Observed, after: Observed, confidence: float, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        compare(before, after, confidence=confidence, case_id="case-1", openings=1, at_ms=5)


counts = st.tuples(st.integers(0, 60), st.integers(60, 20_000))


@given(counts, counts, st.sampled_from([None, STANDARD]))
def test_improved_never_stands_beside_a_rate_above_the_standard_or_an_interval_above_one(
    before: tuple[int, int], after: tuple[int, int], standard: Rate | None
) -> None:
    found = recheck(before, after, standard)
    if found.ratio is not None:
        assert found.ratio_low <= found.ratio <= found.ratio_high
    above_one = found.ratio_low > 1
    assert (found.outcome is Outcome.WORSE) == above_one
    if found.outcome is not Outcome.IMPROVED:
        return
    if standard is not None:
        assert after[0] < standard.least_workers or after[0] * 1000 <= 5 * after[1]
    certainly_fallen = found.ratio_high < 1
    certainly_low = standard is not None and rate_limit(found.after, 0.95) < 5
    assert certainly_fallen or certainly_low or after[0] == 0


@given(counts, counts)
def test_more_workers_found_after_never_read_as_an_improvement(
    before: tuple[int, int], after: tuple[int, int]
) -> None:
    order = {Outcome.IMPROVED: 0, Outcome.NOT_SHOWN: 1, Outcome.WORSE: 2}
    more = after[0] + 1, after[1] + 1
    assert order[recheck(before, more).outcome] >= order[recheck(before, (after[0], after[1] + 1)).outcome]


def standards(standing: int, active: int, *, needs_activity: bool = True) -> Recheck:
    return compare_standards(
        week(BEFORE, 0, 100),
        week(AFTER, 0, active),
        standing=standing,
        needs_activity=needs_activity,
        case_id="case-1",
        openings=1,
        at_ms=5,
    )


def test_standard_of_assessment_is_put_right_once_no_finding_stands_after_the_deadline() -> None:
    assert standards(0, 100).outcome is Outcome.IMPROVED
    still = standards(2, 100)
    assert still.outcome is Outcome.NOT_SHOWN
    assert "仍有 2 项认定成立" in still.reason.zh
    assert "2 findings stand still" in still.reason.en


def test_standard_is_not_put_right_by_days_on_which_nobody_worked_but_a_duty_may_be() -> None:
    assert standards(0, 0).outcome is Outcome.NOT_SHOWN
    assert standards(0, 0, needs_activity=False).outcome is Outcome.IMPROVED
