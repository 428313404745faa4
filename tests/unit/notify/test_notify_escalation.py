"""Whether a warning is due, against a brute-force count of every window."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notify.core.escalation import Standing, count_window, count_windows, decide
from services.notify.core.findings import Severity
from services.notify.core.policy import AtOnce, Rate

MONDAY = date(2026, 3, 16)
RATE = Rate(Severity.BREACH, window_days=7, workers_per_thousand=5.0, least_workers=3)


def breaches(*workers: str, day: date = MONDAY) -> list[Standing]:
    return [Standing(day, worker, Severity.BREACH) for worker in workers]


def after(days: int) -> date:
    return MONDAY + timedelta(days=days)


def test_a_rate_exactly_at_the_limit_is_not_above_it() -> None:
    three = breaches("a", "b", "c")
    assert not decide(three, {MONDAY: 600}, RATE).warn
    assert decide(three, {MONDAY: 599}, RATE).warn


def test_one_worker_with_many_findings_counts_once() -> None:
    assert not decide(breaches(*"aaaaaaaa"), {MONDAY: 10}, RATE).warn


def test_too_few_workers_are_no_rate_however_small_the_platform() -> None:
    assert not decide(breaches("a", "b"), {MONDAY: 2}, RATE).warn
    assert decide(breaches("a", "b", "c"), {MONDAY: 3}, RATE).warn


def test_a_finding_seven_days_back_is_outside_a_window_of_seven() -> None:
    recent = breaches("a", "b", day=after(7))
    assert not decide(recent + breaches("c"), {after(7): 100, MONDAY: 100}, RATE).warn
    assert decide(recent + breaches("c", day=after(1)), {after(7): 100}, RATE).warn


def test_the_day_of_most_workers_in_the_window_counts() -> None:
    decision = decide(
        breaches("a", "b", "c"), {after(-6): 300, MONDAY: 200, after(-7): 9_000, after(1): 9_000}, RATE
    )
    assert decision.window is not None
    assert decision.window.active == 300
    assert decision.window.rate_per_thousand == pytest.approx(10.0)


def test_a_finding_below_the_severity_or_about_no_worker_does_not_count() -> None:
    mild = [Standing(MONDAY, worker, Severity.LIMIT_REACHED) for worker in "abcdef"]
    nobody = [Standing(MONDAY, "", Severity.BREACH)] * 9
    assert not decide(mild + nobody, {MONDAY: 10}, RATE).warn


def test_unknown_activity_is_not_zero_activity() -> None:
    decision = decide(breaches("a", "b", "c"), {}, RATE)
    assert not decision.warn
    assert "在岗劳动者数据" in decision.reason.zh
    assert count_window(breaches("a", "b", "c"), {}, RATE, MONDAY).rate_per_thousand is None


def test_more_workers_with_findings_than_seen_active_on_any_day_make_at_most_a_thousand() -> None:
    spread = [*breaches("a", "b"), *breaches("c", "d", day=after(1))]
    assert count_window(spread, {MONDAY: 2, after(1): 2}, RATE, after(1)).rate_per_thousand == 1000


def test_a_window_long_past_still_makes_a_warning_due() -> None:
    old = breaches("a", "b", "c")
    decision = decide([*old, *breaches("d", day=after(30))], {MONDAY: 100, after(30): 1_000}, RATE)
    assert decision.warn
    assert decision.window is not None
    assert decision.window.last == MONDAY


def test_a_window_is_judged_from_the_day_it_ends_on() -> None:
    standing = [*breaches("a", "b"), *breaches("c", day=after(2))]
    assert not decide(standing, {MONDAY: 100}, RATE, until=after(1)).warn
    assert decide(standing, {MONDAY: 100}, RATE, until=after(2)).warn


def test_one_window_alone_counts_as_among_all() -> None:
    standing = [*breaches("a", "b"), *breaches("b", "c", day=after(3)), *breaches("d", day=after(8))]
    active = {after(day): 100 + day for day in range(9)}
    counts = count_windows(standing, active, RATE)
    assert counts == [count_window(standing, active, RATE, count.last) for count in counts]
    inside = [finding for finding in standing if finding.day >= after(2)]
    assert count_window(inside, active, RATE, after(8)) == counts[-1]


def test_at_once_one_breach_is_enough_and_activity_does_not_matter() -> None:
    trigger = AtOnce(Severity.BREACH)
    assert decide([Standing(MONDAY, "", Severity.BREACH)], {}, trigger).warn
    assert not decide([Standing(MONDAY, "", Severity.LIMIT_REACHED)], {}, trigger).warn
    assert not decide([], {}, trigger).warn


def test_the_reason_gives_the_figures_in_both_languages() -> None:
    reason = decide(breaches("a", "b", "c"), {MONDAY: 200}, RATE).reason
    assert "2026年3月10日至2026年3月16日（7 日）共有 3 名劳动者" in reason.zh
    assert "折合每千人 15.0 名" in reason.zh
    assert "3 workers went past the limit, of 200 counted as active, hence 15.0 per thousand" in reason.en


# Against brute force

DAYS = st.integers(0, 20).map(after)
STANDINGS = st.lists(
    st.builds(Standing, DAYS, st.sampled_from(["", *"abcdefgh"]), st.sampled_from(Severity)), max_size=25
)
ACTIVE = st.dictionaries(DAYS, st.integers(1, 40), max_size=15)
RATES = st.builds(
    Rate,
    st.sampled_from(Severity),
    st.integers(1, 9),
    st.sampled_from([0.0, 2.5, 50.0, 100.0, 250.0, 333.0]),
    st.integers(1, 4),
)


def oracle(standing: Sequence[Standing], active: dict[date, int], rate: Rate, until: date) -> bool:
    """Every window up to ``until`` that ends on a day with a finding, afresh in exact arithmetic."""
    counted = [f for f in standing if f.severity >= rate.least_severity and f.worker_id]
    for last in {finding.day for finding in counted if finding.day <= until}:
        first = last - timedelta(days=rate.window_days - 1)
        workers = {finding.worker_id for finding in counted if first <= finding.day <= last}
        seen = [count for day, count in active.items() if first <= day <= last]
        if not seen or len(workers) < rate.least_workers:
            continue
        if Fraction(len(workers) * 1000, max(*seen, len(workers))) > Fraction(rate.workers_per_thousand):
            return True
    return False


@given(STANDINGS, ACTIVE, RATES, DAYS)
def test_agrees_with_brute_force(
    standing: list[Standing], active: dict[date, int], rate: Rate, until: date
) -> None:
    assert decide(standing, active, rate, until).warn == oracle(standing, active, rate, until)


@given(STANDINGS.flatmap(lambda each: st.tuples(st.just(each), st.permutations(each))), ACTIVE, RATES)
def test_the_order_of_findings_changes_nothing_at_all(
    orders: tuple[list[Standing], list[Standing]], active: dict[date, int], rate: Rate
) -> None:
    assert decide(orders[0], active, rate) == decide(orders[1], active, rate)


@given(STANDINGS, STANDINGS, ACTIVE, RATES)
def test_what_is_due_for_a_part_is_due_for_the_whole(
    part: list[Standing], rest: list[Standing], active: dict[date, int], rate: Rate
) -> None:
    assert decide([*part, *rest], active, rate).warn >= decide(part, active, rate).warn


@given(STANDINGS, ACTIVE, RATES)
def test_a_rate_lies_between_0_and_1000(
    standing: list[Standing], active: dict[date, int], rate: Rate
) -> None:
    for count in count_windows(standing, active, rate):
        assert count.rate_per_thousand is None or 0 < count.rate_per_thousand <= 1000
