"""The handler with work sessions: they raise the coverage of findings, and judge nobody."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.columns.records import decode_record
from kit.eventlog.port import NewRecord, TopicPartition
from kit.eventlog.topics import WORK_SESSIONS
from kit.storage import positions
from kit.storage.store import Store
from services.workhours.adapters.tables import METADATA
from services.workhours.core.coverage import Coverage
from services.workhours.core.rule_pack import RulePack
from services.workhours.ports import Keeping
from tests.unit.workhours.session_batches import SessionRow, offline, online, session_batch
from tests.unit.workhours.shifts import HOUR, MINUTE, Row, at, completed, orders
from tests.unit.workhours.test_working_time import GROUP, Service

SESSIONS = TopicPartition(WORK_SESSIONS.name, 0)
RULE = "cn-food-delivery-2025.continuous-work"
SIX_ORDERS = orders(
    ("08:00", "08:45"), ("08:55", "09:40"), ("09:50", "10:35"), ("10:45", "11:30"), ("11:40", "12:25"),
    ("12:35", "13:20"),
)  # fmt: skip
"""4 h 30 min of work in 5 h 20 min."""
LATER = orders(("18:00", "18:01"), worker=9)
"""Somebody else's: time has passed."""
SHIFT = [online("07:00"), offline("13:30")]


class WithSessions(Service):
    """Both topics of one partition."""

    def restart(self, pack: RulePack | None = None) -> None:
        self.log.ensure_topics([WORK_SESSIONS], 1)
        super().restart(pack)
        with self.store.transaction() as connection:
            claimed = positions.claim(connection, GROUP, [SESSIONS])
            self._epochs |= {source: position.epoch for source, position in claimed.items()}
            self._handler.restore(connection, [SESSIONS])

    def take_sessions(self, rows: Sequence[SessionRow]) -> None:
        start = self.log.end_offsets(WORK_SESSIONS.name)[0]
        self.log.append([NewRecord(WORK_SESSIONS.name, session_batch(rows).encode(), partition=0)])
        records = [(each, decode_record(each)) for each in self.log.read(SESSIONS, start, start + 1)]
        with self.store.transaction() as connection:
            positions.advance(connection, GROUP, {SESSIONS: start + 1}, self._epochs)
            self._handler.handle(connection, records)

    def revoke(self) -> None:
        """The sessions' partition is another's now."""
        self._handler.forget([SESSIONS])

    def coverage(self) -> Coverage:
        """Of the only finding on continuous work that stands."""
        (finding,) = (each for each in self.standing() if each.rule_id == RULE)
        assert finding.coverage is not None
        return finding.coverage


@contextmanager
def service(pack: RulePack, keeping: Keeping = Keeping()) -> Iterator[WithSessions]:  # noqa: B008 - it is frozen
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(f"sqlite:///{Path(folder) / 'workhours.db'}", METADATA)
        try:
            yield WithSessions(store, pack, keeping)
        finally:
            store.close()


@pytest.fixture
def running(pack: RulePack) -> Iterator[WithSessions]:
    with service(pack) as running:
        yield running


def test_without_sessions_only_order_time_is_observed(running: WithSessions) -> None:
    running.take(SIX_ORDERS)
    running.take(LATER)
    assert running.coverage() == Coverage(at("08:00"), at("13:20"), 4 * HOUR + 30 * MINUTE)


def test_sessions_make_the_time_between_orders_known(running: WithSessions) -> None:
    running.take_sessions(SHIFT)
    running.take(SIX_ORDERS)
    running.take(LATER)
    assert running.coverage().unknown_ms == 0


def test_orders_and_sessions_that_overlap_count_once(running: WithSessions) -> None:
    running.take_sessions([online("12:30")])
    running.take(SIX_ORDERS)
    running.take(LATER)
    # Of five gaps of 10 min one half of the last is known.
    assert running.coverage().unknown_ms == 45 * MINUTE


def test_before_a_platform_states_anything_its_time_is_unknown_and_another_may_know_it(
    running: WithSessions,
) -> None:
    running.take_sessions([offline("12:30"), online("07:00", worker=1)])
    running.take_sessions([online("10:40", platform=1)])
    running.take(SIX_ORDERS)
    running.take(LATER)
    assert running.coverage().unknown_ms == (10 + 10 + 5) * MINUTE


def test_a_session_event_judges_nobody_and_shows_when_the_finding_is_revised(running: WithSessions) -> None:
    running.take(SIX_ORDERS)
    running.take(LATER)
    before = running.stated()
    running.take_sessions(SHIFT)
    assert running.stated() == before
    running.take(orders(("13:20", "13:25"), first_order=50))
    running.take(orders(("18:30", "18:31"), worker=9, first_order=60))
    assert running.coverage() == Coverage(at("08:00"), at("13:25"), 5 * HOUR + 25 * MINUTE)


def test_going_offline_does_not_end_an_order_in_hand(running: WithSessions) -> None:
    *rest, last = SIX_ORDERS
    assert last == completed("13:20", order=5)
    running.take_sessions([online("07:00"), offline("13:00")])
    running.take(rest)
    running.take(LATER)
    (finding,) = (each for each in running.standing() if each.rule_id == RULE)
    assert finding.stated_until_ms == at("14:35"), "2 h at most, by the pack"


@pytest.mark.parametrize("revoked_first", [False, True])
def test_another_process_knows_the_sessions_of_the_log(running: WithSessions, revoked_first: bool) -> None:
    running.take_sessions(SHIFT)
    if revoked_first:
        running.revoke()
    running.restart()
    running.take(SIX_ORDERS)
    running.take(LATER)
    assert running.coverage().unknown_ms == 0


def test_what_was_revoked_is_not_known_any_more(running: WithSessions) -> None:
    running.take_sessions(SHIFT)
    running.revoke()
    running.take(SIX_ORDERS)
    running.take(LATER)
    assert running.coverage().unknown_ms == 50 * MINUTE


def test_a_correction_holds_whichever_version_comes_first(pack: RulePack) -> None:
    late = online("12:30")
    early = late.corrected(time=at("07:00"))
    found = []
    for versions in ([late, early], [early, late]):
        with service(pack) as running:
            for each in versions:
                running.take_sessions([each])
            running.take(SIX_ORDERS)
            running.take(LATER)
            found.append(running.coverage())
    assert found[0] == found[1]
    assert found[0].unknown_ms == 0


def test_what_is_beyond_the_horizon_is_unknown_again(pack: RulePack) -> None:
    day_ms = 24 * HOUR
    long_ago = online("07:00")._replace(time=at("07:00") - 9 * day_ms)
    for history_days, unknown_ms in ((8, 50 * MINUTE), (14, 0)):
        with service(pack, Keeping(history_days=history_days)) as running:
            running.take_sessions([long_ago])
            running.take(SIX_ORDERS)
            running.take(LATER)
            assert running.coverage().unknown_ms == unknown_ms


def test_rules_on_states_that_sessions_make_are_refused_by_the_service(pack: RulePack) -> None:
    states = tuple(replace(each, source="online") if each.id == "order" else each for each in pack.states)
    with (
        pytest.raises(ValueError, match="its states must all be made from order_in_hand"),
        service(replace(pack, states=states)),
    ):
        pass


@given(
    mixed=st.permutations([*SHIFT, online("09:45", platform=1), offline("10:00", platform=1)]),
    cut=st.integers(1, 4),
    restart=st.booleans(),
)
@settings(max_examples=20, deadline=None)
def test_the_order_of_arrival_does_not_matter(
    pack: RulePack, mixed: list[SessionRow], cut: int, restart: bool
) -> None:
    with service(pack) as running:
        for start in range(0, len(mixed), cut):
            running.take_sessions(mixed[start : start + cut])
            running.take_sessions(mixed[: start + 1])
        if restart:
            running.restart()
        rows: list[Row] = [*SIX_ORDERS]
        running.take(rows)
        running.take(LATER)
        assert running.coverage() == Coverage(at("08:00"), at("13:20"), 5 * HOUR + 20 * MINUTE)
