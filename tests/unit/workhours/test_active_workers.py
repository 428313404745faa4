"""How many workers were active: by the events that hold, in whatever order and rounds they come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.columns.versions import MOVED_AWAY
from kit.eventlog.port import TopicPartition
from kit.eventlog.topics import DISPATCHES
from services.workhours.core.rule_pack import RulePack
from services.workhours.core.work_events import DispatchKind
from services.workhours.ports import Activity
from tests.unit.workhours.shifts import DAY_START, HOUR, MINUTE, Row, orders
from tests.unit.workhours.shipped_packs import shipped_pack
from tests.unit.workhours.test_snapshots import Log, Process
from tests.unit.workhours.test_working_time import over_limit, service

PACK = shipped_pack("cn-food-delivery-2025")
OLD, NEW = 0, 1

EVENTS = st.builds(
    Row,
    worker=st.integers(0, 3),
    platform=st.integers(0, 1),
    order=st.integers(0, 2),
    kind=st.sampled_from(DispatchKind),
    # Six days in Shanghai: some events come after the orders of their day have been let go of.
    time=st.integers(0, 5 * 24 * 60).map(lambda minute: DAY_START + minute * MINUTE),
    area=st.integers(0, 1),
    version=st.just(0),
    deleted=st.just(False),
    says=st.just(0),
)


@st.composite
def statements(draw: st.DrawFn) -> list[list[Row]]:
    """Rounds of versions of some events, in any order, some of them said twice."""
    said = []
    for row in draw(st.lists(EVENTS, max_size=10, unique_by=lambda row: row.event)):
        said.append(row)
        if draw(st.booleans()):
            said.append(row.corrected(deleted=draw(st.booleans()), area=draw(st.integers(0, 1))))
        if draw(st.booleans()):
            said.append(moved_away(row))
    said = draw(st.permutations(said + (draw(st.lists(st.sampled_from(said), max_size=5)) if said else [])))
    cuts = sorted(draw(st.lists(st.integers(0, len(said)), max_size=4)))
    return [said[start:end] for start, end in zip([0, *cuts], [*cuts, len(said)], strict=True)]


def moved_away(row: Row) -> Row:
    return row._replace(version=MOVED_AWAY, deleted=True, says=row.event)


class Counting(Process):
    """An engine, and what was told of it: of each place the count with the greatest revision."""

    def __init__(self) -> None:
        super().__init__(PACK, Log())
        self.told: dict[tuple[str, str, str, int], Activity] = {}

    def hear(self, rows: Sequence[Row]) -> list[Activity]:
        source = TopicPartition(DISPATCHES.name, 0)
        offset = self.log.append(0, rows)
        self.engine.workers.advance(0, max(row.time for row in rows))
        self.engine.take(source, offset, self.log.record(source, offset))
        news = self.engine.settle({0: offset + 1}).activity
        list(self.engine.judge())
        self.engine.compact()
        for each in news:
            assert each.revision == offset + 1
            self.told[each.platform_id, each.area_code, each.local_date, each.partition] = each
        return news

    @property
    def counts(self) -> dict[tuple[str, str, str], int]:
        return {place[:3]: each.workers for place, each in self.told.items() if each.workers}


def plain_count(rows: Sequence[Row]) -> dict[tuple[str, str, str], int]:
    """The same by going through all that was said."""
    last: dict[int, Row] = {}
    for row in rows:
        if row.event not in last or row.version > last[row.event].version:
            last[row.event] = row
    working = (DispatchKind.ACCEPTED, DispatchKind.PICKED_UP, DispatchKind.COMPLETED, DispatchKind.CANCELLED)
    seen = {
        (row.worker, row.platform, row.area, (row.time + 8 * HOUR) // (24 * HOUR))
        for row in last.values()
        if not row.deleted and row.kind in working
    }
    return dict(
        Counter(
            (f"platform-{platform}", f"1302{area:02d}", str(np.datetime64(day, "D")))
            for _, platform, area, day in seen
        )
    )


@settings(max_examples=200, deadline=None)
@given(statements())
def test_counts_are_those_of_the_events_that_hold(rounds: list[list[Row]]) -> None:
    engine = Counting()
    for rows in rounds:
        if rows:
            engine.hear(rows)
    assert engine.counts == plain_count([row for rows in rounds for row in rows])
    assert {
        (each.platform_id, each.area_code, each.local_date): each.workers
        for each in engine.engine.activity.counts(0)
        if each.workers
    } == engine.counts


def test_who_got_another_pseudonym_is_counted_once() -> None:
    shift = orders(("08:00", "08:20"), ("08:30", "08:50"), worker=OLD)
    engine = Counting()
    engine.hear(shift)
    again = [row._replace(worker=NEW) for row in shift]
    engine.hear(again)
    (told,) = engine.hear([moved_away(row) for row in shift])
    assert (told.workers, told.revision) == (1, 3)
    # What is said late under the old one, and gone before it comes, counts nobody.
    late = orders(("09:00", "09:20"), worker=OLD, first_order=7)
    engine.hear([moved_away(row) for row in late])
    engine.hear(late)
    assert list(engine.counts.values()) == [1]


def test_a_worker_whose_events_get_other_keys_goes_on_being_counted() -> None:
    shift = orders(("08:00", "08:20"), worker=NEW)
    engine = Counting()
    engine.hear(shift)
    engine.hear([row._replace(says=row.event ^ 1) for row in shift])
    engine.hear([moved_away(row) for row in shift])
    assert list(engine.counts.values()) == [1]


@pytest.mark.parametrize("restarted", [False, True], ids=["in one process", "after a restart"])
@pytest.mark.parametrize(
    "known", [False, True], ids=["of a new worker", "of a worker whose orders were let go"]
)
def test_what_comes_days_late_is_found_and_its_worker_counted(
    pack: RulePack, known: bool, restarted: bool
) -> None:
    day = ("platform-0", "130200", "2026-01-15")
    with service(pack) as running:
        running.take(orders(("08:00", "08:20"), worker=1))
        if known:
            running.take([row._replace(time=row.time - 24 * HOUR) for row in over_limit(100)[:2]])
        for later in range(1, 6):
            running.take([Row(9, 0, later, DispatchKind.OFFERED, DAY_START + later * 24 * HOUR)])
        assert running.counts()[day] == 1
        if restarted:
            running.restart()
        running.take(over_limit())
        assert [each.worker_id for each in running.standing() if each.rule_id.endswith("continuous-work")]
        assert running.counts()[day] == 2
        running.take([row.corrected(deleted=True) for row in over_limit()])
        assert running.counts()[day] == 1
