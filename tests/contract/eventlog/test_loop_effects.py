"""ConsumerLoop, Store and OutboxRelay over every event log: each record has its effects exactly once."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager

import pytest
from sqlalchemy.engine import Connection

from kit.errors import StorageUnavailableError
from kit.eventlog import outbox
from kit.eventlog.loop import ConsumerLoop, Step
from kit.eventlog.outbox import OutboxRelay
from kit.eventlog.port import EVENT_ID, EventLog, NewRecord, TopicPartition
from kit.storage import positions, state_blobs
from kit.storage.store import Store
from tests.contract.eventlog.conftest import LogUnderTest
from tests.contract.eventlog.effects import REFUSED, UNREADABLE, Service, decode, owners, seen
from tests.contract.eventlog.waiting import read_all, until, until_drained


class Crash(BaseException):
    """The end of a process, as far as one thread can play it."""


def fill(
    log: EventLog, topic: str, count: int, *, poison: Sequence[bytes] = ()
) -> list[tuple[int, int, str]]:
    """Append ``count`` records with unlike keys, poison among them; answer the effects they should have."""
    records = [NewRecord(topic, b"%d" % i, key=b"%d" % i) for i in range(count)]
    for index, value in enumerate(poison):
        records.insert((index + 1) * len(records) // (len(poison) + 1), NewRecord(topic, value, partition=0))
    log.append(records)
    return sorted(
        (record.partition, record.offset, record.value.decode())
        for record in read_all(log, topic)
        if record.value not in poison
    )


def a_loop(
    log: EventLog,
    store: Store,
    group: str,
    topic: str,
    service: Service,
    *,
    max_records: int = 500,
    after_step: Callable[[Step], None] | None = None,
) -> ConsumerLoop[str]:
    return ConsumerLoop(
        log=log, store=store, group=group, topics=[topic], decode=decode, handler=service,
        max_records=max_records, poll_timeout_s=0.2, after_step=after_step,
    )  # fmt: skip


@contextmanager
def running(*started: ConsumerLoop[str] | OutboxRelay) -> Iterator[None]:
    for each in started:
        each.start()
    try:
        yield
    finally:
        for each in started:
            each.stop()
    for each in started:
        assert each.failed is None


def test_each_record_has_its_effect_and_is_passed_on(
    log: EventLog, under_test: LogUnderTest, store: Store
) -> None:
    topic, out = under_test.topic(), under_test.topic(partitions=1)
    service = Service(out=out)
    loop = a_loop(log, store, under_test.name("group"), topic, service)
    expected = fill(log, topic, 200)
    with running(OutboxRelay(store, log), loop):
        until_drained(loop)
        assert seen(store) == expected
        assert service.shown >= 1
        assert loop.position() == {TopicPartition(topic, n): end for n, end in log.end_offsets(topic).items()}
    passed_on = read_all(log, out)
    assert sorted(record.value.decode() for record in passed_on) == sorted(value for *_, value in expected)
    assert len({record.headers[EVENT_ID] for record in passed_on}) == 200
    assert service.counts == {}, "state of partitions that were given up is forgotten"


@pytest.mark.parametrize("step", list(Step), ids=lambda step: step.name.lower())
def test_a_crash_after_any_step_loses_nothing_and_doubles_nothing(
    log: EventLog, under_test: LogUnderTest, store: Store, step: Step
) -> None:
    topic, out, group = under_test.topic(), under_test.topic(partitions=1), under_test.name("group")
    expected = fill(log, topic, 40, poison=[UNREADABLE, REFUSED])
    times = iter(range(100))

    def crash_in_the_third_batch(done: Step) -> None:
        if done is step and next(times) == 2:
            raise Crash

    crashing = a_loop(
        log, store, group, topic, Service("first", out), max_records=8, after_step=crash_in_the_third_batch
    )
    crashing.start()
    until(lambda: crashing.failed is not None, "it has crashed")
    assert isinstance(crashing.failed, Crash)
    next_loop = a_loop(log, store, group, topic, Service("second", out), max_records=8)
    with running(OutboxRelay(store, log), next_loop):
        until_drained(next_loop)
    assert seen(store) == expected
    assert owners(store) == {"first", "second"}
    assert sorted(r.value.decode() for r in read_all(log, out)) == sorted(value for *_, value in expected)
    assert {r.value for r in read_all(log, topic + ".dead-letter")} == {UNREADABLE, REFUSED}
    assert_state_agrees_with_positions(store, group, topic, dead_letters=2)


def assert_state_agrees_with_positions(store: Store, group: str, topic: str, *, dead_letters: int) -> None:
    with store.read() as connection:
        stored = positions.load(connection, group, [topic])
        counts = [len(state_blobs.load(connection, *source)) for source in stored]
    assert sum(counts) == sum(position.next_offset for position in stored.values()) - dead_letters


def test_records_that_can_never_be_handled_go_to_the_dead_letters_and_their_neighbours_are_handled(
    log: EventLog, under_test: LogUnderTest, store: Store
) -> None:
    topic = under_test.topic()
    expected = fill(log, topic, 30, poison=[UNREADABLE, REFUSED])
    loop = a_loop(log, store, under_test.name("group"), topic, Service())
    with running(OutboxRelay(store, log), loop):
        until_drained(loop)
    assert seen(store) == expected
    assert loop.dead_letters == 2
    letters = {record.value: record for record in read_all(log, topic + ".dead-letter")}
    sources = {record.value: record for record in read_all(log, topic) if record.value in letters}
    assert set(letters) == {UNREADABLE, REFUSED}
    for value, reason, message in (
        (UNREADABLE, b"MALFORMED_RECORD", b"not UTF-8"),
        (REFUSED, b"INVALID_ARGUMENT", b"this one is refused"),
    ):
        headers = dict(letters[value].headers)
        headers.pop(EVENT_ID)
        assert headers == {
            "reason": reason,
            "message": message,
            "source_topic": topic.encode(),
            "source_partition": b"0",
            "source_offset": b"%d" % sources[value].offset,
        }


def test_what_may_succeed_later_is_tried_again_from_the_stored_position(
    log: EventLog, under_test: LogUnderTest, store: Store
) -> None:
    topic = under_test.topic()
    expected = fill(log, topic, 60)
    failures = iter([True, True, False, True])

    def fail_at_times(_: str) -> None:
        if next(failures, False):
            raise StorageUnavailableError("the disk of a neighbour")

    loop = a_loop(log, store, under_test.name("group"), topic, Service(before=fail_at_times), max_records=7)
    with running(loop):
        until_drained(loop)
    assert seen(store) == expected
    assert loop.dead_letters == 0


def test_what_a_restore_that_failed_half_way_had_loaded_is_not_taken_for_ours(
    log: EventLog, under_test: LogUnderTest, store: Store
) -> None:
    class FailsHalfWay(Service):
        """Its first two restores end after one partition."""

        def restore(self, connection: Connection, partitions: Collection[TopicPartition]) -> None:
            for number, source in enumerate(sorted(partitions)):
                if number == 1 and next(failures, False):
                    raise StorageUnavailableError("the disk of a neighbour")
                super().restore(connection, [source])

    failures = iter([True, True])
    topic = under_test.topic()
    expected = fill(log, topic, 60)
    loop = a_loop(log, store, under_test.name("group"), topic, FailsHalfWay(), max_records=7)
    with running(loop):
        until_drained(loop)
    assert seen(store) == expected


def test_an_unexpected_exception_ends_the_loop_and_is_shown(
    log: EventLog, under_test: LogUnderTest, store: Store
) -> None:
    def stumble(_: str) -> None:
        raise ZeroDivisionError

    topic, group = under_test.topic(), under_test.name("group")
    expected = fill(log, topic, 10)
    loop = a_loop(log, store, group, topic, Service(before=stumble))
    loop.start()
    until(lambda: loop.failed is not None, "it has failed")
    loop.stop()
    assert isinstance(loop.failed, ZeroDivisionError)
    assert seen(store) == []
    mended = a_loop(log, store, group, topic, Service())
    with running(mended):
        until_drained(mended)
    assert seen(store) == expected


def test_while_loops_join_and_leave_each_record_has_its_effect_once(
    log: EventLog, under_test: LogUnderTest, store: Store
) -> None:
    topic, group = under_test.topic(partitions=6), under_test.name("group")
    slow = [Service(name, before=lambda _: time.sleep(0.0005)) for name in ("first", "second", "third")]
    first, second, third = (
        a_loop(user, store, group, topic, service, max_records=20)
        for user, service in zip((log, under_test.open(), under_test.open()), slow, strict=True)
    )
    first.start()
    appended = 0

    def append_while(waiting_for: Callable[[], bool]) -> None:
        nonlocal appended
        deadline = time.monotonic() + 30
        while not waiting_for():
            assert time.monotonic() < deadline
            log.append([NewRecord(topic, b"%d" % (appended + i), key=b"%d" % i) for i in range(12)])
            appended += 12
            time.sleep(0.02)

    append_while(lambda: "first" in owners(store))
    second.start()
    append_while(lambda: "second" in owners(store))
    first.stop()
    third.start()
    append_while(lambda: "third" in owners(store))
    second.stop()
    append_while(lambda: len(seen(store)) > appended // 2)
    until_drained(third)
    third.stop()
    assert [loop.failed for loop in (first, second, third)] == [None, None, None]
    assert seen(store) == sorted((r.partition, r.offset, r.value.decode()) for r in read_all(log, topic))
    assert len(seen(store)) == appended
    assert_state_agrees_with_positions(store, group, topic, dead_letters=0)


def test_an_owner_that_stalls_in_the_middle_of_a_batch_can_no_longer_commit_it(
    log: EventLog, under_test: LogUnderTest, store: Store
) -> None:
    topic, group = under_test.topic(partitions=2), under_test.name("group")
    expected = fill(log, topic, 10)
    stalled_once = iter([True])
    other = a_loop(under_test.open(), store, group, topic, Service("other"))

    def stall(step: Step) -> None:
        # Before its transaction begins: on SQLite a longer stall would hold up the other's.
        if step is Step.DECODED and next(stalled_once, False):
            other.start()
            until(lambda: len(seen(store)) == len(expected), "the other has taken over")

    zombie_service = Service("zombie")
    zombie = a_loop(log, store, group, topic, zombie_service, after_step=stall)
    with running(zombie):
        until(lambda: len(seen(store)) == len(expected), "all is handled", timeout_s=40)
        more = fill(log, topic, 50)
        until_drained(zombie, other)
        other.stop()
    assert seen(store) == more
    assert {value for *_, value in seen(store)} >= {value for *_, value in expected}
    assert_state_agrees_with_positions(store, group, topic, dead_letters=0)


def test_the_outbox_appends_again_after_a_crash_with_the_same_event_id(
    log: EventLog, under_test: LogUnderTest, store: Store
) -> None:
    class DiesAfterAppending:
        """The log, up to the moment in which the process dies with the rows not yet deleted."""

        def append(self, records: Sequence[NewRecord]) -> list[int]:
            log.append(records)
            raise Crash

    out = under_test.topic(partitions=1)
    with store.transaction() as connection:
        outbox.add(connection, [NewRecord(out, b"%d" % i, key=b"k") for i in range(3)], create_time_ms=0)
    dying = OutboxRelay(store, DiesAfterAppending())  # type: ignore[arg-type]
    dying.start()
    until(lambda: dying.failed is not None, "it has died")
    with running(OutboxRelay(store, log)):
        until(lambda: _is_empty(store), "the outbox is empty")
    records = read_all(log, out)
    assert [record.value for record in records] == [b"0", b"1", b"2"] * 2
    ids = [record.headers[EVENT_ID] for record in records]
    assert ids[:3] == ids[3:]
    assert len(set(ids)) == 3


def _is_empty(store: Store) -> bool:
    with store.read() as connection:
        return outbox.is_empty(connection)


def test_the_outbox_is_relayed_soon_after_a_commit_and_keeps_the_order_of_a_key(
    log: EventLog, under_test: LogUnderTest, store: Store
) -> None:
    out = under_test.topic(partitions=3)
    with running(OutboxRelay(store, log)):
        for batch in range(30):
            with store.transaction() as connection:
                values = [b"%d" % (batch * 4 + i) for i in range(4)]
                outbox.add(
                    connection, [NewRecord(out, value, key=b"k") for value in values], create_time_ms=0
                )
        until(lambda: _is_empty(store), "the outbox is empty", timeout_s=5)
    assert [int(record.value) for record in read_all(log, out)] == list(range(120))
