"""The use case over a real store: any order, any batching, any duplication end in the same cases."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit.storage.store import Store
from services.notify.adapters.book import SqlBook
from services.notify.adapters.reading import heard
from services.notify.adapters.rows import alert_of
from services.notify.adapters.tables import ALERTS, METADATA
from services.notify.core.alerts import Alert, AlertKind, Audience
from services.notify.core.findings import Place, Severity
from services.notify.core.text import Text
from services.notify.core.transitions import CaseState
from services.notify.ports import ActivityCount, Report
from tests.integration.notify.case_suite import (
    FIRST_NOON_MS,
    H_MS,
    LONG_AFTER_MS,
    PLACE,
    QUIET_MS,
    RULE,
    Desk,
    Told,
    count,
    held,
    is_due,
    report,
    settled,
)

pytestmark = pytest.mark.on_one_database


def test_a_city_case_counts_the_activity_of_its_counties(store: Store) -> None:
    reports = [report(n, worker=f"w{n}", day=0, area="130200") for n in range(4)]
    counts = [count(0, 300, area="130203"), count(0, 100, area="130204"), count(0, 50, area="110105")]
    case = settled(store, [*reports, *counts]).cases()[Place("swift", RULE, "130200")]
    assert (case.state, case.tally.workers, case.rate_per_thousand) == (CaseState.WARNED, 4, 10.0)


def test_a_count_that_is_lower_than_what_was_known_is_not_believed(store: Store) -> None:
    desk = settled(
        store, [report(1, worker="a", day=0), count(0, 50)], [count(0, 20)], [count(0, 30, partition=1)]
    )
    assert desk.cases()[PLACE].rate_per_thousand == pytest.approx(1000 / 80)


def test_a_count_of_a_later_revision_holds_though_it_is_smaller_in_whatever_order_they_come(
    store: Store,
) -> None:
    # 300 of 700 turn out to be riders counted twice, under an old and a new pseudonym.
    found = [report(n, worker=f"w{n}", day=0) for n in range(3)]
    before, after = count(0, 700, revision=11), count(0, 400, revision=12)
    desk = settled(store, [*found, before])
    assert desk.state() is CaseState.OPEN
    assert desk.cases()[PLACE].rate_per_thousand == pytest.approx(3000 / 700)
    desk.take(after)
    assert desk.cases()[PLACE].rate_per_thousand == 7.5
    desk.take(before)  # again, and late
    assert desk.cases()[PLACE].rate_per_thousand == 7.5
    (warning,) = desk.tick(QUIET_MS)
    assert "同期在岗劳动者按 400 名计，折合每千人 7.5 名" in warning.body.zh


def test_a_count_that_falls_to_nobody_leaves_a_day_without_a_rate(store: Store) -> None:
    desk = settled(store, [report(1, worker="a", day=0), count(0, 5, revision=1)], [count(0, 0, revision=2)])
    assert desk.cases()[PLACE].rate_per_thousand is None


def test_a_revision_that_leaves_the_number_as_it_was_changes_nothing_and_holds(store: Store) -> None:
    desk = Desk(store)
    desk.take(count(0, 400, revision=1), *(report(n, worker=f"w{n}", day=0) for n in range(3)))
    desk.tick(QUIET_MS - 1)
    desk.take(count(0, 400, revision=3))
    assert len(desk.tick(1)) == 1  # the quiet did not begin anew
    desk.take(count(0, 900, revision=2))
    assert desk.cases()[PLACE].rate_per_thousand == 7.5


def test_more_counts_in_a_batch_than_a_statement_takes_are_all_kept(store: Store) -> None:
    desk = Desk(store)
    desk.take(report(1, worker="a", day=0), *(count(0, 1, partition=n) for n in range(2_500)))
    desk.take(*(count(0, 2, partition=n) for n in range(2_500)))
    assert desk.cases()[PLACE].rate_per_thousand == 0.2


def test_a_late_finding_of_long_ago_is_decided_in_its_own_window(store: Store) -> None:
    now = [report(n, worker=f"w{n}", day=60) for n in range(2)]
    activity = [count(day, 100) for day in (0, 60)]
    then = [report(10 + n, worker=f"v{n}", day=0) for n in range(3)]
    assert settled(store, [*now, *activity], then[:1], then[1:2]).state() is CaseState.OPEN
    case = settled(store, then[2:]).cases()[PLACE]
    assert (case.state, case.tally.findings, case.rate_per_thousand) == (CaseState.WARNED, 5, 20.0)


def test_a_window_is_judged_on_the_whole_of_its_activity(store: Store) -> None:
    # The window up to day 4 holds day 0 with its 10,000; a change on day 10 must not make it forget them.
    desk = settled(
        store,
        [count(0, 10_000), count(4, 100), count(10, 10_000)],
        [report(n, worker=f"w{n}", day=4) for n in range(3)],
        [report(9, worker="x", day=10)],
    )
    assert (desk.state(), desk.cases()[PLACE].tally.findings) == (CaseState.OPEN, 4)


def test_the_rate_shown_is_of_the_latest_window_and_there_at_once(store: Store) -> None:
    desk = Desk(store)
    desk.take(count(0, 100), count(60, 1_000), *(report(n, worker=f"w{n}", day=0) for n in range(3)))
    assert desk.cases()[PLACE].rate_per_thousand == 30.0
    desk.take(report(9, worker="x", day=60))
    assert desk.cases()[PLACE].rate_per_thousand == 1.0
    desk.tick(QUIET_MS)
    assert "折合每千人 30.0 名" in desk.sent[0].body.zh


def test_a_finding_that_moves_to_another_area_takes_its_case_along(store: Store) -> None:
    desk = settled(
        store, [report(1, worker="a", day=0)], [report(1, worker="a", day=0, revision=2, area="130204")]
    )
    states = {place.area_code: case.state for place, case in desk.cases().items()}
    assert states == {"130203": CaseState.WITHDRAWN, "130204": CaseState.OPEN}


# Against brute force

REPORTS = st.lists(
    st.builds(
        report,
        st.integers(0, 6),
        worker=st.sampled_from(list("abcde")),
        day=st.integers(0, 18),
        revision=st.integers(1, 3),
        stands=st.sampled_from([True, True, False]),
    ),
    max_size=12,
    unique_by=lambda told: (told.finding.finding_id, told.finding.revision),
)
COUNTS = st.lists(
    st.builds(
        count, st.integers(0, 18), st.integers(200, 900), st.integers(0, 2), revision=st.integers(0, 2)
    ),
    max_size=8,
)
PROPERTY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@PROPERTY
@given(data=st.data(), reports=REPORTS, counts=COUNTS)
def test_any_order_batching_and_duplication_end_in_the_same_cases_and_warnings(
    data: st.DataObject, reports: list[Report], counts: list[ActivityCount]
) -> None:
    told: list[Told] = [*reports, *counts]
    shuffled = data.draw(st.permutations([*told, *told[:4]]))
    size = data.draw(st.integers(1, 5))
    with tempfile.TemporaryDirectory() as folder:
        stores = [Store.open(f"sqlite:///{Path(folder) / name}", METADATA) for name in ("whole", "pieces")]
        whole = settled(stores[0], told)
        pieces = Desk(stores[1])
        for at in range(0, len(shuffled), size):
            pieces.take(*shuffled[at : at + size])
            # All ticks together stay within the quiet: a batch that changes nothing does not begin it anew.
            assert pieces.tick(data.draw(st.integers(0, QUIET_MS // (len(shuffled) + 1)))) == []
        pieces.tick(QUIET_MS)
        # A case may have been opened and withdrawn on the way: it does not stand.
        figures = [
            {
                place: (case.state, case.tally, case.rate_per_thousand, case.judge_after_ms)
                for place, case in desk.cases().items()
                if case.state is not CaseState.WITHDRAWN
            }
            for desk in (whole, pieces)
        ]
        letters = [{(notice.notice_id, notice.body) for notice in desk.sent} for desk in (whole, pieces)]
        for store in stores:
            store.close()
    assert figures[0] == figures[1]
    assert letters[0] == letters[1]
    due = is_due(told, LONG_AFTER_MS)
    expected = CaseState.WARNED if due else CaseState.OPEN
    assert {state for state, *_ in figures[0].values()} == ({expected} if held(reports) else set())
    assert len(letters[0]) == due


@PROPERTY
@given(data=st.data(), reports=REPORTS, counts=COUNTS)
def test_a_warning_goes_out_only_for_days_that_are_over_and_on_all_that_is_known_of_them(
    data: st.DataObject, reports: list[Report], counts: list[ActivityCount]
) -> None:
    known: list[Told] = []
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(f"sqlite:///{Path(folder) / 'notify.db'}", METADATA)
        desk = Desk(store, now_ms=FIRST_NOON_MS)  # the days end while findings and activity arrive
        arriving: list[Told] = data.draw(st.permutations([*reports, *counts]))
        for told in arriving:
            known.append(told)
            assert desk.take(told) == []
            for _ in range(2):
                if desk.tick(data.draw(st.integers(0, 40 * H_MS))):
                    assert is_due(known, desk.now_ms)
        is_open = CaseState.OPEN in {case.state for case in desk.cases().values()}
        warned = bool(desk.tick_at(LONG_AFTER_MS))
        store.close()
    assert warned == (is_open and is_due(known, LONG_AFTER_MS))


# The SQL of an audience


def test_the_store_and_the_core_agree_on_who_hears_what(store: Store) -> None:
    places = [
        Place(platform, rule, area, party)
        for platform in ("swift", "steady")
        for party in ("", "swift", "firm-h")
        for rule in ("r1", "r2")
        for area in ("130203", "130204", "110105", "")
    ]
    alerts = [
        Alert(
            f"{place}-{severity}",
            AlertKind.FINDING,
            severity,
            place,
            Text("", ""),
            1,
            1,
            about_worker=severity > 1,
        )
        for place in places
        for severity in Severity
    ]
    with store.transaction() as connection:
        SqlBook(connection).add_alerts(alerts)
    audiences = [
        Audience(
            platform, prefixes, prefix, rule, least, aggregates_only, platform_ids=only, duties_of=duties_of
        )
        for platform, only in (("", None), ("swift", None), ("", ("swift", "steady")), ("", ()))
        for prefixes in ((), ("",), ("1302",), ("130204", "11"), ("%",), ("_3",))
        for prefix in ("", "1302", "110105")
        for rule in ("", "r1")
        for least in (0, 2)
        for aggregates_only in (False, True)
        for duties_of in (None, "", "firm-h")
    ]
    with store.read() as connection:
        for audience in audiences:
            found = connection.execute(sa.select(ALERTS).where(*heard(ALERTS, audience)))
            assert {alert_of(row) for row in found} == {a for a in alerts if audience.hears(a)}
