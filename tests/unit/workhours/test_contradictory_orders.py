"""Orders whose events do not fit each other: found as data quality, and no verdict rests on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.workhours.core.finding import Finding
from services.workhours.core.rule_pack import RulePack
from services.workhours.core.verdict import Severity
from services.workhours.core.work_events import DispatchKind
from tests.unit.workhours.batches import event_id
from tests.unit.workhours.shifts import DAY_START, MINUTE, Row, accepted, at, completed, orders, picked_up
from tests.unit.workhours.test_working_time import LATER, Service, over_limit, service

RULE = "cn-food-delivery-2025.contradictory-events"
TWICE = [accepted("08:00"), accepted("08:10"), completed("08:30")]


@pytest.fixture
def running(pack: RulePack) -> Iterator[Service]:
    with service(pack) as running:
        yield running


def contradictions(service: Service) -> list[Finding]:
    return [finding for finding in service.standing() if finding.rule_id == RULE]


def test_two_different_acceptances_are_found_and_their_events_named(running: Service) -> None:
    running.take(TWICE)
    (found,) = contradictions(running)
    assert found.severity is Severity.PROMPT
    assert found.worker_id == "worker-0000"
    # The book keeps what counts: the later acceptance and the end.
    assert found.event_ids == tuple(f"platform-0/{event_id(row)}" for row in TWICE[1:])


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([accepted("08:00"), completed("08:30"), completed("08:40")], id="two ends"),
        pytest.param([picked_up("08:00"), picked_up("08:01")], id="two pick-ups"),
        pytest.param([accepted("08:30"), completed("08:00")], id="ended before it was accepted"),
        pytest.param([picked_up("08:30"), completed("08:00")], id="ended before it was picked up"),
    ],
)
def test_statements_that_do_not_fit_are_found(running: Service, rows: Sequence[Row]) -> None:
    running.take(rows)
    assert len(contradictions(running)) == 1


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([accepted("08:00"), accepted("08:00", area=1)], id="two acceptances at once"),
        pytest.param([completed("08:30")], id="an end alone"),
        pytest.param([accepted("08:00"), completed("08:00")], id="accepted and ended at once"),
        pytest.param([accepted("08:10"), picked_up("08:00"), completed("08:30")], id="picked up first"),
        pytest.param(
            [accepted("08:00"), accepted("08:10", worker=1), completed("08:30", worker=1)],
            id="an order that went from one worker to another",
        ),
    ],
)
def test_statements_that_fit_are_not(running: Service, rows: Sequence[Row]) -> None:
    running.take(rows)
    assert contradictions(running) == []


def test_of_a_contradictory_order_only_what_all_statements_agree_on_counts(running: Service) -> None:
    rows = over_limit()
    running.take(rows, [accepted("08:40", order=0)], LATER)
    (spell,) = (each for each in running.standing() if each.rule_id.endswith("continuous-work"))
    assert spell.spell_start_ms == at("08:40")
    assert spell.severity is Severity.PROMPT
    assert len(contradictions(running)) == 1


def test_a_correction_that_mends_the_order_withdraws_the_finding(running: Service) -> None:
    running.take(TWICE)
    running.take([TWICE[1].corrected(time=TWICE[0].time)])
    assert contradictions(running) == []


def test_taking_all_of_the_order_back_withdraws_the_finding(running: Service) -> None:
    running.take(TWICE)
    running.take([row.corrected(deleted=True) for row in TWICE])
    assert contradictions(running) == []


def test_another_version_of_the_pack_amends_the_finding(running: Service, pack: RulePack) -> None:
    running.take(TWICE)
    running.pack = replace(pack, version="9.1.0")
    running.take(LATER)
    assert [found.pack_version for found in contradictions(running)] == ["9.1.0"]


def test_what_contradicts_itself_is_found_when_the_rule_is_added_to_the_pack(pack: RulePack) -> None:
    without = replace(pack, rules=tuple(rule for rule in pack.rules if rule.id != RULE))
    with service(without) as running:
        running.take(TWICE)
        running.restart(pack)
        running.take(LATER)
        assert len(contradictions(running)) == 1


MOMENTS = st.integers(0, 3)
EVENTS = st.builds(
    lambda worker, order, kind, minute, area: Row(
        worker, 0, order, kind, DAY_START + minute * MINUTE, area
    ),
    st.integers(0, 1),
    st.integers(0, 1),
    st.sampled_from(DispatchKind),
    MOMENTS,
    st.integers(0, 1),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(EVENTS, max_size=12), st.integers(1, 5), st.booleans())
def test_what_is_found_is_what_does_not_fit(pack: RulePack, rows: list[Row], cut: int, restart: bool) -> None:
    with service(pack) as running:
        for start in range(0, len(rows), cut):
            running.take(rows[start : start + cut])
            if restart:
                running.restart()
        assert len(contradictions(running)) == len(unfit(rows))


def unfit(rows: Sequence[Row]) -> set[tuple[int, int]]:
    """The orders, by worker, with two moments of one kind, or an end before the start."""
    said: dict[tuple[int, int], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    kinds = {
        DispatchKind.ACCEPTED: "start",
        DispatchKind.PICKED_UP: "pick-up",
        DispatchKind.COMPLETED: "end",
        DispatchKind.CANCELLED: "end",
    }
    for row in rows:
        if row.kind in kinds:
            said[row.worker, row.order][kinds[row.kind]].add(row.time)
    return {
        order
        for order, of in said.items()
        if any(len(moments) > 1 for moments in of.values())
        or (of["end"] and min(of["end"]) < max(of["start"] | of["pick-up"], default=0))
    }


def test_the_events_of_several_orders_are_told_apart(running: Service) -> None:
    running.take(
        [*TWICE, *orders(("09:00", "09:30"), ("10:00", "10:30"), first_order=5), completed("09:40", order=5)]
    )
    assert len({found.finding_id for found in contradictions(running)}) == 2
