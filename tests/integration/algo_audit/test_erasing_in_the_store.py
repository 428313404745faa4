"""What names an erased worker besides events, over both databases: appeals, marks, spans over hours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import sqlalchemy as sa

from kit.columns import Names
from kit.erasure import Erased
from kit.storage.store import Store
from services.algo_audit.adapters.appeals import SqlAppealBook
from services.algo_audit.adapters.marks import mark_to_bytes
from services.algo_audit.adapters.named_workers import SqlNamedWorkers
from services.algo_audit.adapters.over_hours import SqlOverHoursSpans
from services.algo_audit.adapters.tables import AUDIT_MARK, METADATA
from services.algo_audit.core.appeal import ERASED, Appeal, Penalty, State, answered, filed
from services.algo_audit.erasing import Erasing, Went
from services.algo_audit.ports import Mark, OverHoursSpan
from tests.support.erasures import SaidErasures
from tests.unit.algo_audit.test_audit_closing import Service, orders

ONE, OTHER = "pseudonym-of-one-worker", "pseudonym-of-another"
NOW_MS = 4_000_032_000_000
"""Beyond 32 bits."""


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An empty one."""
    store = Store.open(database_url, METADATA)
    yield store
    store.close()


def appeal(name: str, worker: str, now_ms: int = NOW_MS) -> Appeal:
    penalty = Penalty("swift", worker, f"order-{name}", 500)
    return filed(name, penalty, f"{name} 当时已送达", "union", now_ms, 9)


def erase(store: Store, said: SaidErasures, spans: dict[str, OverHoursSpan] | None = None) -> Went:
    """As after a start."""
    with store.transaction() as connection:
        return Erasing(Erased(said), SqlNamedWorkers()).erase(connection, {}, Names(), spans or {})


def test_an_appeal_counts_on_and_is_nobody_s(store: Store) -> None:
    book, said = SqlAppealBook(store), SaidErasures()
    open_one = appeal("a1", ONE)
    done = answered(appeal("a2", ONE), "swift", State.REJECTED, "订单 order-a2 超时属实", NOW_MS + 99)
    others, later = appeal("a3", OTHER), appeal("a4", ONE, NOW_MS + 1_001)
    with book.transaction() as connection:
        for each in (open_one, done, others, later):
            book.add(connection, each)
        before = book.counts(connection, "swift", None, NOW_MS + 1, NOW_MS + 50)
    said.say("erasure-1", NOW_MS + 1_000, ONE)
    assert erase(store, said).named
    assert erase(store, said) == Went(), "there is nothing left to erase"
    nobodys = Penalty("swift", "erasure-1", "", 500)
    with book.reading() as connection:
        assert book.find(connection, "a1") == replace(open_one, penalty=nobodys, grounds=ERASED)
        assert book.find(connection, "a2") == replace(done, penalty=nobodys, grounds=ERASED, reply=ERASED)
        assert book.find(connection, "a3") == others
        assert book.find(connection, "a4") == later
        assert book.counts(connection, "swift", None, NOW_MS + 1, NOW_MS + 50) == before


def test_an_appeal_whose_worker_is_erased_can_still_be_answered(store: Store) -> None:
    book, said = SqlAppealBook(store), SaidErasures()
    with book.transaction() as connection:
        book.add(connection, appeal("a1", ONE))
    said.say("erasure-1", NOW_MS + 1, ONE)
    erase(store, said)
    with book.transaction() as connection:
        found = book.find(connection, "a1")
        assert found is not None
        book.put(connection, answered(found, "swift", State.UPHELD, "已撤销处罚", NOW_MS + 2))
    with book.reading() as connection:
        found = book.find(connection, "a1")
    assert found is not None
    assert (found.state, found.penalty.worker_id) == (State.UPHELD, "erasure-1")


def test_marks_and_spans_go_on_without_the_erased(store: Store) -> None:
    said = SaidErasures()
    gone = OverHoursSpan("f1", ONE, NOW_MS - 50, NOW_MS + 90, stands=True)
    later = OverHoursSpan("f2", ONE, NOW_MS, NOW_MS + 90, stands=True)
    others = OverHoursSpan("f3", OTHER, NOW_MS - 50, NOW_MS, stands=True)
    last = {("dispatches", 3): 2**64 - 1}
    with store.transaction() as connection:
        SqlOverHoursSpans().save(connection, [gone, later, others])
        for audit_id, spans in (("one", [gone, later, others]), ("two", [others])):
            value = mark_to_bytes(Mark(40, last, spans))
            connection.execute(sa.insert(AUDIT_MARK), {"audit_id": audit_id, "since_ms": 40, "value": value})
    said.say("erasure-1", NOW_MS, ONE)
    went = erase(store, said, {span.finding_id: span for span in (gone, later, others)})
    assert went == Went(events=False, spans=("f1",), named=True)
    with store.read() as connection:
        assert sorted(SqlOverHoursSpans().all(connection)) == [later, others]
        assert SqlNamedWorkers().marks(connection) == {
            "one": Mark(40, last, [later, others]),
            "two": Mark(40, last, [others]),
        }


def test_events_go_from_memory_and_from_the_store(store: Store) -> None:
    said = SaidErasures()
    service = Service(store, partitions=2, erased=Erased(said))
    service.take([*orders(0), *orders(1)])
    everybody = service.all()
    said.say("erasure-1", NOW_MS, everybody.worker_ids[1])
    service.tick()
    stay = [each for each in everybody.worker_ids if each != everybody.worker_ids[1]]
    for each in (service, Service(store, partitions=2)):
        observed = each.all()
        assert list(observed.worker_ids) == stay
        assert len(observed.dispatches.order) == 3 * len(everybody.dispatches.order) // 4
