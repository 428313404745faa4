"""Offers to a worker past a limit: while the order is in hand, in the window after it, and no longer."""

from __future__ import annotations

from services.workhours.core.families import continuous_work, no_push
from services.workhours.core.timeline import Interval, Timeline
from services.workhours.core.verdict import Severity, Verdict

MINUTE = 60_000
OF = "pack.continuous-work"
RULE = no_push.Params(OF, "push", 20 * MINUTE)
FOUR_HOURS = continuous_work.Params(limit_ms=240 * MINUTE, reset_gap_ms=20 * MINUTE, no_push_ms=20 * MINUTE)


def judge(*pushes: tuple[int, str], worked: int = 250) -> list[Verdict]:
    """Offers, by minute and platform, to a worker with one order from minute 0 on."""
    offers = [Interval(at * MINUTE, at * MINUTE, "push", platform) for at, platform in pushes]
    timeline = Timeline.of([Interval(0, worked * MINUTE, "order"), *offers], 1000 * MINUTE)
    return no_push.judge(timeline, RULE, {OF: continuous_work.judge(timeline, FOUR_HOURS, {})})


def test_an_offer_exactly_20_minutes_after_completion_is_allowed() -> None:
    assert judge((270, "a")) == []


def test_an_offer_a_minute_before_that_is_a_breach_at_its_instant() -> None:
    (verdict,) = judge((269, "a"))
    assert (verdict.severity, verdict.start_ms, verdict.end_ms) == (
        Severity.BREACH,
        269 * MINUTE,
        269 * MINUTE,
    )
    assert verdict.period_start_ms == 269 * MINUTE
    assert verdict.detail == {"offers": 1, "platforms": "a", "since_completion_s": 19 * 60}


def test_an_offer_past_the_limit_with_the_order_in_hand_counts_too() -> None:
    (verdict,) = judge((240, "a"))
    assert "since_completion_s" not in verdict.detail


def test_offers_before_the_limit_do_not_count() -> None:
    assert judge((239, "a")) == []


def test_no_window_opens_where_the_limit_was_only_reached() -> None:
    assert judge((245, "a"), worked=240) == []


def test_two_platforms_at_one_instant_are_one_breach_that_names_both() -> None:
    (verdict,) = judge((255, "b"), (255, "a"))
    assert (verdict.detail["offers"], verdict.detail["platforms"]) == (2, "a,b")


def test_the_window_is_open_ended_while_an_order_is_in_hand() -> None:
    in_hand = Verdict(
        Severity.BREACH, 240 * MINUTE, 300 * MINUTE, 0, 300 * MINUTE, 300 * MINUTE, 240 * MINUTE
    )
    timeline = Timeline.of([Interval(900 * MINUTE, 900 * MINUTE, "push")])
    assert len(no_push.judge(timeline, RULE, {OF: [in_hand]})) == 1
