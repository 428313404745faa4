"""A customer's complaint is no work: findings, counts, time and what is drawn are as if it had not come."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from services.workhours.core.rule_pack import RulePack
from services.workhours.core.work_events import DispatchKind
from services.workhours.ports import Keeping
from tests.unit.workhours.shifts import HOUR, Row, accepted, at
from tests.unit.workhours.test_continuous_work_oracle import any_events
from tests.unit.workhours.test_working_time import LATER, Service, over_limit, quick, service

COMPLAINED = DispatchKind.COMPLAINED


@settings(max_examples=40, deadline=None)
@given(any_events, st.data())
def test_events_with_complaints_among_them_end_as_they_do_without(
    pack: RulePack, rows: list[Row], data: st.DataObject
) -> None:
    of = st.lists(st.sampled_from(rows), max_size=6) if rows else st.just([])
    complaints = [
        row._replace(kind=COMPLAINED, time=row.time + data.draw(st.sampled_from([-24, 0, 24])) * HOUR, area=7)
        for row in data.draw(of)
    ]
    mixed = data.draw(st.permutations(rows + complaints))
    with service(quick(pack)) as plain, service(quick(pack)) as complained:
        plain.take(rows)
        cut = len(mixed) // 2
        complained.take(mixed[:cut])
        complained.take(mixed[cut:])
        assert complained.standing() == plain.standing()
        assert complained.counts() == plain.counts()
        complained.restart()
        assert complained.standing() == plain.standing()


def test_no_time_passes_by_a_complaint(pack: RulePack) -> None:
    """The order in hand is not known to have gone on until somebody complained, of it or of another."""
    with service(pack) as running:
        running.take([accepted("08:00")])
        counted = running.counts()
        running.take([Row(0, 0, 0, COMPLAINED, at("12:30")), Row(1, 0, 5, COMPLAINED, at("12:30"))])
        assert running.stated() == []
        assert running.counts() == counted


def test_an_old_complaint_is_no_old_event(pack: RulePack) -> None:
    with service(pack, Keeping(history_days=1)) as running:
        running.take(over_limit())
        running.take([Row(0, 0, 0, COMPLAINED, at("08:00") - 72 * HOUR)])
        assert running.published.old == []


def test_an_event_corrected_to_a_complaint_or_a_rejection_is_taken_back(pack: RulePack) -> None:
    for kind in (COMPLAINED, DispatchKind.REJECTED):
        for held_over in (False, True):
            with service(pack) as running:
                rows = over_limit()
                running.take(rows, LATER)
                assert len(running.standing()) == 1
                running.take([row.corrected(kind=kind) for row in rows[4:8]])  # 92 minutes of rest
                if held_over:
                    running.restart()
                assert running.standing() == []


def test_a_complaint_corrected_to_work_is_work(pack: RulePack) -> None:
    *rows, end = over_limit()
    wrong = end._replace(kind=COMPLAINED)
    with service(pack) as running, service(pack) as plain:
        running.take([*rows, wrong], LATER)
        plain.take([*rows, end], LATER)
        assert ends(running) != ends(plain)
        running.take([wrong.corrected(kind=end.kind)])
        assert ends(running) == ends(plain)


def ends(running: Service) -> list[tuple[int, int]]:
    """When the work that was found of ended, and how much it was."""
    return [(finding.stated_until_ms, finding.measured_ms) for finding in running.standing()]
