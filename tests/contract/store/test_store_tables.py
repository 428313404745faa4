"""Positions, state blobs and the outbox, which every service's store has."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Collection, Sequence

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Connection

from kit.errors import FencedError
from kit.eventlog import outbox
from kit.eventlog.loop import ConsumerLoop
from kit.eventlog.memory import MemoryEventLog
from kit.eventlog.outbox import OutboxRelay
from kit.eventlog.port import NewRecord, Record, TopicPartition
from kit.storage import positions, state_blobs
from kit.storage.positions import Position
from kit.storage.state_blobs import Kind, StateBlob
from kit.storage.store import Store
from kit.storage.tables import OUTBOX
from tests.contract.eventlog.conftest import a_topic
from tests.contract.eventlog.waiting import read_all, until
from tests.contract.store.conftest import NOTES, SERVICE
from tests.support.postgres import Postgres

ZERO, ONE = TopicPartition("topic", 0), TopicPartition("topic", 1)


def claim(store: Store, *partitions: TopicPartition) -> dict[TopicPartition, Position]:
    with store.transaction() as connection:
        return positions.claim(connection, "group", partitions)


def advance(
    store: Store, offsets: dict[TopicPartition, int], epochs: dict[TopicPartition, int], group: str = "group"
) -> None:
    with store.transaction() as connection:
        positions.advance(connection, group, offsets, epochs)


def stored(store: Store) -> dict[TopicPartition, Position]:
    with store.read() as connection:
        return positions.load(connection, "group", ["topic"])


def test_a_claim_begins_at_0_and_raises_the_epoch_each_time(store: Store) -> None:
    assert claim(store, ZERO, ONE) == {ZERO: Position(0, 1), ONE: Position(0, 1)}
    advance(store, {ZERO: 7}, {ZERO: 1})
    assert claim(store, ZERO) == {ZERO: Position(7, 2)}
    assert stored(store) == {ZERO: Position(7, 2), ONE: Position(0, 1)}


def test_a_former_owner_can_not_advance_and_its_whole_transaction_is_undone(store: Store) -> None:
    claim(store, ZERO, ONE)
    claim(store, ONE)

    def act_as_zombie() -> None:
        with store.transaction() as connection:
            connection.execute(sa.insert(NOTES), {"name": "zombie", "count": 1})
            positions.advance(connection, "group", {ZERO: 5, ONE: 5}, {ZERO: 1, ONE: 1})

    with pytest.raises(FencedError):
        act_as_zombie()
    assert stored(store) == {ZERO: Position(0, 1), ONE: Position(0, 2)}
    with store.read() as connection:
        assert connection.execute(sa.select(NOTES)).all() == []


def test_who_never_claimed_can_not_advance(store: Store) -> None:
    with pytest.raises(FencedError):
        advance(store, {ZERO: 1}, {ZERO: 1})
    with pytest.raises(FencedError):
        advance(store, {ZERO: 1}, {})
    advance(store, {}, {})


def require_owner(store: Store, epochs: dict[TopicPartition, int]) -> None:
    with store.transaction() as connection:
        positions.require_owner(connection, "group", ["topic"], epochs)


def test_only_the_present_owner_passes_for_the_owner(store: Store) -> None:
    claim(store, ZERO, ONE)
    claim(store, ONE)
    require_owner(store, {ZERO: 1})
    require_owner(store, {ZERO: 1, ONE: 2})
    for not_theirs in ({ONE: 1}, {ZERO: 1, ONE: 1}, {TopicPartition("topic", 7): 1}):
        with pytest.raises(FencedError):
            require_owner(store, not_theirs)


def test_an_owner_holds_only_its_own_partitions(store: Store, database_url: str) -> None:
    if database_url.startswith("sqlite"):
        return  # one writer at a time anyway
    claim(store, ZERO, ONE)
    with store.transaction() as connection:
        positions.require_owner(connection, "group", ["topic"], {ZERO: 1})
        advance(store, {ONE: 5}, {ONE: 1})
    assert stored(store)[ONE] == Position(5, 1)


def test_groups_have_positions_of_their_own(store: Store) -> None:
    claim(store, ZERO)
    advance(store, {ZERO: 3}, {ZERO: 1})
    with store.transaction() as connection:
        assert positions.claim(connection, "other", [ZERO]) == {ZERO: Position(0, 1)}
    assert stored(store) == {ZERO: Position(3, 1)}


def test_a_claim_while_the_owner_commits_waits_and_sees_where_it_got_to(store: Store) -> None:
    claim(store, ZERO)
    claimed: list[dict[TopicPartition, Position]] = []
    claimer = threading.Thread(target=lambda: claimed.append(claim(store, ZERO)))
    with store.transaction() as connection:
        positions.advance(connection, "group", {ZERO: 9}, {ZERO: 1})
        claimer.start()
        claimer.join(0.2)
        assert claimed == []
    claimer.join()
    assert claimed == [{ZERO: Position(9, 2)}]


def test_claimers_of_the_same_new_partitions_all_get_an_epoch_of_their_own(store: Store) -> None:
    partitions = [TopicPartition("topic", number) for number in range(20)]
    claimed: list[dict[TopicPartition, Position]] = []
    threads = [
        threading.Thread(target=lambda order=order: claimed.append(claim(store, *order)))
        for order in (partitions, partitions[::-1], partitions)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for partition in partitions:
        assert sorted(each[partition].epoch for each in claimed) == [1, 2, 3]


def blobs(store: Store, name: str, partition: int) -> list[StateBlob]:
    with store.read() as connection:
        return state_blobs.load(connection, name, partition)


def test_deltas_come_back_in_order_until_a_snapshot_stands_for_all(store: Store) -> None:
    with store.transaction() as connection:
        state_blobs.append_delta(connection, "spells", 3, b"one")
        state_blobs.append_delta(connection, "spells", 3, bytes(range(256)))
        state_blobs.append_delta(connection, "spells", 4, b"another partition")
        state_blobs.append_delta(connection, "totals", 3, b"another state")
    assert blobs(store, "spells", 3) == [
        StateBlob(Kind.DELTA, b"one"),
        StateBlob(Kind.DELTA, bytes(range(256))),
    ]
    with store.transaction() as connection:
        state_blobs.replace(connection, "spells", 3, b"all")
        state_blobs.append_delta(connection, "spells", 3, b"three")
    assert blobs(store, "spells", 3) == [StateBlob(Kind.SNAPSHOT, b"all"), StateBlob(Kind.DELTA, b"three")]
    assert blobs(store, "spells", 4) == [StateBlob(Kind.DELTA, b"another partition")]
    assert blobs(store, "nothing", 0) == []


def test_a_blob_may_have_4_mb(store: Store) -> None:
    large = bytes(range(256)) * 16 * 1024
    with store.transaction() as connection:
        state_blobs.replace(connection, "spells", 0, large)
    assert blobs(store, "spells", 0) == [StateBlob(Kind.SNAPSHOT, large)]


actions = st.lists(
    st.tuples(st.sampled_from([Kind.DELTA, Kind.SNAPSHOT]), st.integers(0, 1), st.binary(max_size=8)),
    max_size=20,
)


@settings(max_examples=20, deadline=None)
@given(actions)
def test_blobs_are_what_a_list_would_hold(done: list[tuple[Kind, int, bytes]]) -> None:
    model: dict[int, list[StateBlob]] = {0: [], 1: []}
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(f"sqlite:///{folder}/store.db")
        for kind, partition, value in done:
            with store.transaction() as connection:
                if kind is Kind.DELTA:
                    state_blobs.append_delta(connection, "state", partition, value)
                    model[partition].append(StateBlob(kind, value))
                else:
                    state_blobs.replace(connection, "state", partition, value)
                    model[partition] = [StateBlob(kind, value)]
        for partition, expected in model.items():
            assert blobs(store, "state", partition) == expected
        store.close()


def test_outgoing_records_leave_with_their_transaction_or_not_at_all(store: Store) -> None:
    log = MemoryEventLog()
    log.ensure_topics([a_topic("out")], 1)

    def stumble() -> None:
        with store.transaction() as connection:
            outbox.add(connection, [NewRecord("out", b"never")], create_time_ms=1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stumble()
    with store.transaction() as connection:
        outbox.add(
            connection, [NewRecord("out", b"\x00", key=b"k", headers={"h": b"\xff"})], create_time_ms=1
        )
    relay = OutboxRelay(store, log)
    relay.start()
    relay.stop()
    assert relay.failed is None
    (record,) = read_all(log, "out")
    assert (record.value, record.key, record.headers["h"]) == (b"\x00", b"k", b"\xff")


def test_event_ids_are_never_given_twice(store: Store) -> None:
    log = MemoryEventLog()
    log.ensure_topics([a_topic("out")], 1)
    for _ in range(3):  # each relay empties the table
        with store.transaction() as connection:
            outbox.add(connection, [NewRecord("out", b"")] * 2, create_time_ms=1)
        relay = OutboxRelay(store, log)
        relay.start()
        relay.stop()
    assert len({record.headers["event_id"] for record in read_all(log, "out")}) == 6


def test_large_outgoing_records_are_not_all_held_in_memory_at_once(store: Store) -> None:
    class CountingLog(MemoryEventLog):
        largest = 0

        def append(self, records: Sequence[NewRecord]) -> list[int]:
            self.largest = max(self.largest, sum(len(record.value) for record in records))
            return super().append(records)

    log = CountingLog()
    log.ensure_topics([a_topic("out")], 1)
    for _ in range(6):
        with store.transaction() as connection:
            outbox.add(connection, [NewRecord("out", bytes(3_000_000))], create_time_ms=1)
    relay = OutboxRelay(store, log)
    relay.start()
    relay.stop()
    assert len(read_all(log, "out")) == 6
    assert log.largest <= outbox.BATCH_BYTES


def test_several_relays_on_one_store_append_each_record_once_and_in_order(store: Store) -> None:
    """One process would do on SQLite; on PostgreSQL every process of a service has a relay."""
    log = MemoryEventLog()
    log.ensure_topics([a_topic("out")], 1)
    relays = [OutboxRelay(store, log) for _ in range(3 if dialect(store) == "postgresql" else 1)]
    for relay in relays:
        relay.start()
    for batch in range(50):
        with store.transaction() as connection:
            outbox.add(
                connection, [NewRecord("out", b"%d" % (batch * 3 + i)) for i in range(3)], create_time_ms=1
            )
    until(lambda: is_drained(store), "the outbox is empty")
    for relay in relays:
        relay.stop()
        assert relay.failed is None
    assert [int(record.value) for record in read_all(log, "out")] == list(range(150))


def dialect(store: Store) -> str:
    with store.read() as connection:
        return connection.dialect.name


def is_drained(store: Store) -> bool:
    with store.read() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(OUTBOX)) == 0


class Counting:
    """Counts records in ``notes``, and in memory."""

    def __init__(self) -> None:
        self.in_memory = 0

    def restore(self, connection: Connection, partitions: Collection[TopicPartition]) -> None:
        self.in_memory = connection.scalar(sa.select(NOTES.c.count)) or 0

    def forget(self, partitions: Collection[TopicPartition]) -> None:
        self.in_memory = 0

    def handle(self, connection: Connection, batch: Sequence[tuple[Record, bytes]]) -> None:
        self.in_memory += len(batch)
        connection.execute(sa.update(NOTES).values(count=self.in_memory))


def test_a_loop_outlives_a_kill_of_its_database_and_counts_each_record_once(own_postgres: Postgres) -> None:
    store = Store.open(own_postgres.url, SERVICE)
    with store.transaction() as connection:
        connection.execute(sa.insert(NOTES), {"name": "records", "count": 0})
    log = MemoryEventLog()
    log.ensure_topics([a_topic("topic")], 2)
    loop = ConsumerLoop(
        log=log, store=store, group="group", topics=["topic"], decode=lambda record: record.value,
        handler=Counting(), max_records=10, poll_timeout_s=0.1,
    )  # fmt: skip
    loop.start()

    def append_100() -> None:
        log.append([NewRecord("topic", b"", key=b"%d" % i) for i in range(100)])

    append_100()
    until(loop.caught_up, "the first are handled")
    own_postgres.kill()
    append_100()
    own_postgres.start()
    append_100()
    until(loop.caught_up, "all are handled")
    loop.stop()
    assert loop.failed is None
    with store.read() as connection:
        assert connection.scalar(sa.select(NOTES.c.count)) == 300
    store.close()
