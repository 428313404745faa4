"""The handler over a real store: cut up, mixed, repeated or interrupted, events end in the same findings."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Connection

from kit.erasure import NOBODY_ERASED, Erased, Erasures
from kit.eventlog.memory import MemoryEventLog
from kit.eventlog.port import NewRecord, TopicPartition
from kit.eventlog.topics import DISPATCHES, WORK_SESSIONS
from kit.security.sight import Sight
from kit.storage import positions
from kit.storage.store import Store
from quzhong.api.events.v1 import findings_pb2
from services.workhours.adapters.advisories import SqlAdvisories
from services.workhours.adapters.findings import SqlErasableFindings, SqlFindings, SqlWatermarks
from services.workhours.adapters.reading import SqlReading
from services.workhours.adapters.tables import METADATA
from services.workhours.core.families import calendar_total, continuous_work, no_push
from services.workhours.core.finding import Finding, FindingState
from services.workhours.core.rule_pack import RulePack
from services.workhours.core.work_events import DispatchKind
from services.workhours.erasing import Erasing, decode_without
from services.workhours.handlers import WorkingTime
from services.workhours.ports import Activity, Filter, Keeping, OldEvent, Revision
from services.workhours.wire import Wire, from_proto
from tests.unit.workhours.batches import batch, event_id
from tests.unit.workhours.shifts import MINUTE, Row, at, orders
from tests.unit.workhours.test_continuous_work_oracle import any_events

EVERYTHING = Filter(Sight(), include_withdrawn=True)
SOURCE = TopicPartition(DISPATCHES.name, 0)


class _CrashError(Exception):
    """The process ends before its commit."""


@dataclass
class Published:
    """``Outgoing`` that keeps what leaves."""

    revisions: list[Revision] = field(default_factory=list)
    counts: list[Activity] = field(default_factory=list)
    old: list[OldEvent] = field(default_factory=list)

    def too_old(self, connection: Connection, events: Sequence[OldEvent]) -> None:
        self.old += events

    def findings(self, connection: Connection, revisions: Sequence[Revision], told: Sequence[bytes]) -> None:
        self.revisions += revisions

    def activity(self, connection: Connection, counts: Sequence[Activity]) -> None:
        self.counts += counts


GROUP = "workhours"


class Service:
    """Workhours' handler of one partition, with its store and log."""

    def __init__(
        self, store: Store, pack: RulePack, keeping: Keeping, erasures: Erasures = NOBODY_ERASED
    ) -> None:
        self.store = store
        self.log = MemoryEventLog()
        self.log.ensure_topics([DISPATCHES, WORK_SESSIONS], 1)
        self.pack = pack
        self._keeping = keeping
        self._erasing = Erasing(Erased(erasures), SqlErasableFindings())
        self._decode = decode_without(Erased(erasures))
        self.published = Published()
        self.restart(pack)

    def restart(self, pack: RulePack | None = None) -> None:
        """Another process takes the partition over: it knows what store and log know."""
        self.pack = pack or self.pack
        self._handler = WorkingTime(
            lambda: self.pack,
            self.log,
            GROUP,
            SqlFindings(Wire(lambda: self.pack)),
            SqlWatermarks(),
            SqlAdvisories(),
            self.published,
            lambda: 0,
            keeping=self._keeping,
            decode=self._decode,
            erasing=self._erasing,
        )
        with self.store.transaction() as connection:
            self._epochs = {
                source: position.epoch
                for source, position in positions.claim(connection, GROUP, [SOURCE]).items()
            }
            self._handler.restore(connection, [SOURCE])

    def take(self, *batches: Sequence[Row], crash: bool = False) -> None:
        """Handle records of these rows in one transaction; a crash loses it, and the batch comes again."""
        new = [NewRecord(DISPATCHES.name, batch(rows).encode(), partition=0) for rows in batches if rows]
        start = self.log.end_offsets(DISPATCHES.name)[0]
        self.log.append(new)
        end = start + len(new)
        records = [(record, self._decode(record)) for record in self.log.read(SOURCE, start, end)]
        if crash:
            with suppress(_CrashError), self.store.transaction() as connection:
                self._handler.handle(connection, records)
                raise _CrashError
            self.restart()
        with self.store.transaction() as connection:
            positions.advance(connection, GROUP, {SOURCE: end}, self._epochs)
            self._handler.handle(connection, records)

    def tick(self) -> None:
        """A second has passed."""
        with self.store.transaction() as connection:
            self._handler.tick(connection)

    def stated(self) -> list[Finding]:
        """All findings by id, as they stand in the store."""
        return [
            from_proto(findings_pb2.Finding.FromString(stated.value))
            for stated in SqlReading(self.store).page(EVERYTHING, "", 10_000)
        ]

    def standing(self) -> list[Finding]:
        """The facts of what stands: without the way by which they came about."""
        return [
            replace(finding, revision=1, changes=(), watermark_ms=0)
            for finding in self.stated()
            if finding.state is FindingState.STANDS
        ]

    def revisions(self, finding_id: str) -> list[Finding]:
        values = SqlReading(self.store).revisions(finding_id)
        return [from_proto(findings_pb2.Finding.FromString(value)) for value in values]

    def counts(self) -> dict[tuple[str, str, str], int]:
        """The last count of each place and day."""
        return {(c.platform_id, c.area_code, c.local_date): c.workers for c in self.published.counts}


@contextmanager
def service(
    pack: RulePack,
    keeping: Keeping = Keeping(),  # noqa: B008 - it is frozen
    erasures: Erasures = NOBODY_ERASED,
) -> Iterator[Service]:
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(f"sqlite:///{Path(folder) / 'workhours.db'}", METADATA)
        try:
            yield Service(store, pack, keeping, erasures)
        finally:
            store.close()


@pytest.fixture
def running(pack: RulePack) -> Iterator[Service]:
    with service(pack) as running:
        yield running


def quick(pack: RulePack) -> RulePack:
    """The pack with minutes for hours, so that small shifts reach its tiers."""
    quicker = {
        continuous_work.NAME: {
            "limit_ms": 12 * MINUTE,
            "reset_gap_ms": 4 * MINUTE,
            "prompt_lead_ms": 3 * MINUTE,
            "max_open_order_ms": 8 * MINUTE,
            "no_push_ms": 4 * MINUTE,
        },
        no_push.NAME: {"window_ms": 4 * MINUTE},
        calendar_total.NAME: {"limit_ms": 25 * MINUTE, "prompt_lead_ms": 6 * MINUTE},
    }
    rules = (
        replace(rule, params=replace(rule.params, **quicker.get(rule.family, {}))) for rule in pack.rules
    )
    return replace(pack, rules=tuple(rules))


@st.composite
def cut_up(draw: st.DrawFn) -> list[tuple[list[Row], str]]:
    """Events in any order, some of them twice, in batches; and what befalls each batch."""
    rows = draw(any_events)
    again = draw(st.lists(st.sampled_from(rows), max_size=10)) if rows else []
    mixed = draw(st.permutations(rows + again))
    cuts = [0, *sorted(draw(st.lists(st.integers(0, len(mixed)), max_size=5))), len(mixed)]
    fates = st.sampled_from(["taken", "taken", "crash", "restart"])
    return [(mixed[start:stop], draw(fates)) for start, stop in pairwise(cuts)]


@settings(max_examples=60, deadline=None)
@given(cut_up())
def test_batches_in_any_order_with_repeats_crashes_and_restarts_end_as_one_batch_does(
    pack: RulePack, pieces: list[tuple[list[Row], str]]
) -> None:
    pack = quick(pack)
    rows = [row for piece, _ in pieces for row in piece]
    with service(pack) as at_once, service(pack) as in_pieces:
        at_once.take(rows)
        for piece, fate in pieces:
            in_pieces.take(piece, crash=fate == "crash")
            if fate == "restart":
                in_pieces.restart()
        assert in_pieces.standing() == at_once.standing()
        assert in_pieces.counts() == at_once.counts()
        for finding in in_pieces.stated():
            history = in_pieces.revisions(finding.finding_id)
            assert [each.revision for each in history] == list(range(1, len(history) + 1))
            assert not history[0].changes
            assert all(each.changes for each in history[1:])
            assert history[-1] == finding


def over_limit(first_order: int = 0) -> list[Row]:
    """08:00 to 12:35 in six orders of 45 min, 1 min apart: 4 h 30 min of work, 4 h reached at 12:04."""
    times = [("08:00", "08:45"), ("08:46", "09:31"), ("09:32", "10:17"), ("10:18", "11:03"),
             ("11:04", "11:49"), ("11:50", "12:35")]  # fmt: skip
    return orders(*times, first_order=first_order)


LATER = orders(("14:00", "14:01"), worker=1, first_order=50)
"""Somebody else's order: time passes."""


def test_an_open_spell_is_stated_up_to_its_tier_and_whole_once_it_has_ended(running: Service) -> None:
    running.take(over_limit())
    (open_,) = running.stated()
    assert (open_.severity.name, open_.open, open_.revision) == ("BREACH", True, 1)
    assert open_.stated_until_ms == open_.tier_at_ms == at("12:05")
    assert open_.measured_ms == open_.limit_ms
    assert (open_.no_push_start_ms, open_.no_push_end_ms) == (at("12:35"), at("12:55")), "nothing is in hand"

    running.take(LATER)
    (ended,) = running.stated()
    assert (ended.open, ended.revision) == (False, 2)
    assert ended.stated_until_ms == at("12:35")
    assert ended.measured_ms == 270 * MINUTE
    assert (ended.no_push_start_ms, ended.no_push_end_ms) == (at("12:35"), at("12:55"))
    assert "open: True → False" in ended.changes
    assert "measured: 4:00:00 → 4:30:00" in ended.changes
    assert "spell_end_time: 2026-01-15T20:05:00+08:00 → 2026-01-15T20:35:00+08:00" in ended.changes
    assert not any("late" in change for change in ended.changes)


def test_a_prompt_comes_when_only_the_time_of_others_passes(running: Service) -> None:
    running.take(over_limit()[:9])  # the fifth order is in hand, 3 h of work behind it
    running.take(orders(("11:32", "11:33"), worker=1, first_order=50))
    assert running.stated() == []
    running.take(orders(("11:33", "11:34"), worker=1, first_order=51))
    (prompt,) = running.stated()
    assert (prompt.severity.name, prompt.tier_at_ms) == ("PROMPT", at("11:34"))


def test_a_late_event_amends_and_is_named(running: Service) -> None:
    running.take(over_limit(), LATER)
    running.take(orders(("12:20", "12:50"), first_order=7))
    (amended,) = running.stated()
    assert amended.measured_ms == 285 * MINUTE
    first, last = orders(("12:20", "12:50"), first_order=7)
    assert f"event_ids: late platform-0/{event_id(first)}" in amended.changes
    assert f"event_ids: late platform-0/{event_id(last)}" not in amended.changes, "it is of a later time"


def test_a_late_event_that_moves_the_start_withdraws_and_states_anew(running: Service) -> None:
    running.take(over_limit(), LATER)
    (before,) = running.stated()
    earlier = orders(("07:30", "07:50"), first_order=90)
    running.take(earlier)
    withdrawn, moved = sorted(running.stated(), key=lambda finding: finding.state, reverse=True)
    assert (withdrawn.finding_id, withdrawn.state.name) == (before.finding_id, "WITHDRAWN")
    assert withdrawn.changes[0] == "state: STANDS → WITHDRAWN"
    assert withdrawn.changes[1] == f"event_ids: late platform-0/{event_id(earlier[0])}"
    assert (moved.spell_start_ms, moved.revision, moved.state.name) == (at("07:30"), 1, "STANDS")
    assert moved.finding_id != withdrawn.finding_id


def test_a_withdrawn_finding_stands_again_when_its_spell_gets_there_after_all(running: Service) -> None:
    rows = over_limit()
    running.take(rows[:9], orders(("11:39", "11:40"), worker=1, first_order=50))
    (prompt,) = running.stated()
    (_, early_end) = orders(("11:04", "11:10"), first_order=4)
    running.take([early_end])
    (withdrawn,) = running.stated()
    assert (prompt.severity.name, withdrawn.state.name) == ("PROMPT", "WITHDRAWN")
    running.take([early_end.corrected(time=at("11:49"))])
    (again,) = running.stated()
    assert (again.finding_id, again.state.name, again.revision) == (prompt.finding_id, "STANDS", 3)
    assert again.changes[0] == "state: WITHDRAWN → STANDS"


def test_a_repeated_event_changes_nothing(running: Service) -> None:
    running.take(over_limit(), LATER)
    before = running.stated()
    running.take(over_limit() + LATER, LATER)
    assert running.stated() == before
    assert running.counts() == {("platform-0", "130200", "2026-01-15"): 2}


def test_the_watermark_outlives_a_restart(running: Service) -> None:
    running.take(over_limit())
    running.take([Row(9, 0, 77, DispatchKind.OFFERED, at("13:00"))])  # no work, but it tells the time
    (ended,) = running.stated()
    assert not ended.open
    running.restart()
    running.take(orders(("12:37", "12:38"), worker=3, first_order=60))
    assert running.stated() == [ended]


def test_another_version_of_the_pack_amends_what_was_found(running: Service, pack: RulePack) -> None:
    running.take(over_limit(), LATER)
    running.restart(replace(pack, version="9.1.0"))
    running.take(orders(("15:00", "15:01"), worker=1, first_order=51))
    (amended,) = running.stated()
    assert (amended.revision, amended.changes) == (2, (f"pack_version: {pack.version} → 9.1.0",))


def test_findings_of_many_workers_are_told_apart(running: Service) -> None:
    rows = [row._replace(worker=worker) for worker in range(40) for row in over_limit()]
    running.take(rows[:200], rows[200:])
    running.take([row for row in rows if row.worker == 7], LATER)
    findings = running.stated()
    assert len({finding.worker_id for finding in findings}) == len(findings) == 40
    assert {finding.revision for finding in findings} == {2}
