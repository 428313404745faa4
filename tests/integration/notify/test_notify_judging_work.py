"""When a rate is judged, and when it is not yet."""

from __future__ import annotations

import pytest

from kit.storage.store import Store
from services.notify.adapters.reading import SqlReading
from services.notify.core.findings import Place
from services.notify.core.transitions import CaseState
from services.notify.handlers import JUDGED_AT_ONCE
from tests.integration.notify.case_suite import (
    FIRST,
    FIRST_NOON_MS,
    H_MS,
    PLACE,
    QUIET_MS,
    RULE,
    Desk,
    Told,
    count,
    over_ms,
    report,
    settled,
)

pytestmark = pytest.mark.on_one_database


def beyond(day: int, area: str = "130203") -> list[Told]:
    """Enough for a warning."""
    return [count(day, 100, area=area), *(report(n, worker=f"w{n}", day=day, area=area) for n in range(3))]


def test_a_day_is_judged_once_it_is_over_and_its_late_events_are_in(store: Store) -> None:
    desk = Desk(store, now_ms=FIRST_NOON_MS)
    desk.take(*beyond(0))
    assert desk.tick_at(FIRST_NOON_MS + QUIET_MS) == []
    assert desk.tick_at(over_ms(0) + QUIET_MS - 1) == []
    assert len(desk.tick_at(over_ms(0) + QUIET_MS)) == 1
    assert desk.state() is CaseState.WARNED


def test_the_riders_of_the_evening_count_too(store: Store) -> None:
    desk = Desk(store, now_ms=FIRST_NOON_MS)
    desk.take(*beyond(0))
    desk.take(count(0, 900))
    assert desk.tick_at(over_ms(0) + QUIET_MS) == []
    assert desk.cases()[PLACE].judge_after_ms is None


def test_two_ticks_warn_once(store: Store) -> None:
    desk = settled(store, beyond(0))
    assert [notice.case_id for notice in desk.sent] == [desk.cases()[PLACE].case_id]
    assert desk.tick(QUIET_MS) == desk.tick() == []


def test_a_change_of_a_past_day_anywhere_on_the_platform_begins_the_quiet_anew(store: Store) -> None:
    desk = Desk(store)
    desk.take(*beyond(0))
    assert desk.tick(QUIET_MS - 1) == []
    desk.take(count(3, 5, area="130204"))
    assert desk.tick(QUIET_MS - 1) == []
    assert len(desk.tick(1)) == 1


def test_neither_what_changes_nothing_nor_another_platform_begins_it_anew(store: Store) -> None:
    desk = Desk(store)
    desk.take(*beyond(0))
    assert desk.tick(QUIET_MS - 1) == []
    desk.take(*beyond(0), count(0, 7, platform="steady"), report(8, worker="x", day=0, platform="steady"))
    assert len(desk.tick(1)) == 1


def test_today_does_not_keep_yesterday_waiting(store: Store) -> None:
    desk = Desk(store, now_ms=FIRST_NOON_MS)
    desk.take(*beyond(0))
    desk.tick_at(over_ms(0) + QUIET_MS - 1)
    desk.take(count(1, 5), report(9, worker="z", day=1))
    assert len(desk.tick(1)) == 1


def test_each_day_of_a_case_is_judged_as_it_ends(store: Store) -> None:
    desk = Desk(store, now_ms=FIRST_NOON_MS)
    desk.take(*beyond(0)[:3])
    desk.take(report(7, worker="z", day=1))
    assert desk.tick_at(over_ms(0) + QUIET_MS) == []  # two workers so far
    assert desk.cases()[PLACE].judge_after_ms == over_ms(1) + QUIET_MS
    (notice,) = desk.tick_at(over_ms(1) + QUIET_MS)
    assert "2026年2月25日至2026年3月3日（7 日）共有 3 名劳动者" in notice.body.zh


def test_a_change_just_before_a_day_counts_as_over_is_given_its_quiet_too(store: Store) -> None:
    desk = Desk(store, now_ms=over_ms(0) - 1)
    desk.take(*beyond(0))
    assert desk.tick(QUIET_MS) == []
    assert len(desk.tick(1)) == 1


def test_a_case_withdrawn_before_it_is_judged_gets_no_warning(store: Store) -> None:
    desk = Desk(store)
    desk.take(*beyond(0))
    desk.take(*(report(n, worker=f"w{n}", day=0, revision=2, stands=False) for n in range(3)))
    assert desk.tick(QUIET_MS) == []
    assert (desk.state(), desk.cases()[PLACE].judge_after_ms) == (CaseState.WITHDRAWN, None)


def test_a_case_warned_withdrawn_and_found_again_gets_a_letter_of_its_own(store: Store) -> None:
    desk = settled(store, beyond(0))
    desk.take(*(report(n, worker=f"w{n}", day=0, revision=2, stands=False) for n in range(3)))
    desk.take(*(report(10 + n, worker=f"v{n}", day=0) for n in range(3)))
    desk.tick(QUIET_MS)
    assert len({notice.notice_id for notice in desk.sent}) == 2


def test_a_judgement_that_changes_nothing_is_no_update_of_the_case(store: Store) -> None:
    desk = Desk(store)
    desk.take(count(0, 10_000), report(1, worker="a", day=0))
    before = desk.cases()[PLACE]
    desk.tick(QUIET_MS)
    assert desk.cases()[PLACE].update_time_ms == before.update_time_ms


def test_at_once_stays_at_once_while_the_day_is_on(store: Store) -> None:
    desk = Desk(store, now_ms=FIRST_NOON_MS)
    assert len(desk.take(report(1, worker="", day=0, rule="algo-audit.strictest"))) == 1
    assert desk.cases()[Place("swift", "algo-audit.strictest", "130203")].judge_after_ms is None


def test_more_cases_than_a_tick_judges_are_judged_by_the_next(store: Store) -> None:
    cases = JUDGED_AT_ONCE + 3
    desk = Desk(store)
    desk.take(*(report(n, worker="a", day=0, area=f"{130_000 + n}") for n in range(cases)))
    desk.tick(QUIET_MS)
    assert SqlReading(store).policy_due(desk.now_ms, FIRST)
    desk.tick()
    assert not SqlReading(store).policy_due(desk.now_ms + 1_000 * H_MS, FIRST)


def test_what_is_kept_says_whether_a_judgement_is_near(store: Store) -> None:
    desk = Desk(store, now_ms=FIRST_NOON_MS)
    desk.take(report(1, worker="a", day=0))
    reading = SqlReading(store)
    assert not reading.policy_due(over_ms(0) + QUIET_MS - 1, FIRST)
    assert reading.policy_due(over_ms(0) + QUIET_MS, FIRST)
    assert desk.cases()[Place("swift", RULE, "130203")].judge_after_ms == over_ms(0) + QUIET_MS
