"""What every event log promises about groups: one owner at a time, handed over in order."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Mapping

import pytest

from kit.eventlog.port import Consumer, EventLog, NewRecord, RebalanceListener, TopicPartition
from tests.contract.eventlog.conftest import LogUnderTest
from tests.contract.eventlog.waiting import FromStart, poll_for, until


class Polling:
    """A member that polls in a thread of its own until told to stop."""

    def __init__(self, log: EventLog, group: str, topics: list[str], listener: RebalanceListener) -> None:
        self.consumer = log.consumer(group, topics, listener)
        self.read: list[tuple[TopicPartition, int]] = []
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._poll, daemon=True)
        self._thread.start()

    def _poll(self) -> None:
        while not self._stopping.is_set():
            self.read += [(record.source, record.offset) for record in self.consumer.poll(100, 0.1)]

    def owns(self, count: int) -> Callable[[], bool]:
        return lambda: len(self.consumer.assignment()) == count

    def pause(self) -> None:
        """Poll no more, without leaving: what a stalled process does."""
        self._stopping.set()
        self.consumer.wake()
        self._thread.join()

    def leave(self) -> None:
        self.pause()
        self.consumer.close()


class Owners:
    """Listeners of one group that fail if a partition comes to one member before it has gone from another."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.owner: dict[TopicPartition, str] = {}
        self.offences: list[str] = []

    def listener(self, name: str) -> RebalanceListener:
        outer = self

        class Listener:
            def on_assigned(self, partitions: Collection[TopicPartition]) -> Mapping[TopicPartition, int]:
                with outer._lock:
                    for partition in partitions:
                        if partition in outer.owner:
                            outer.offences.append(f"{name} got {partition} of {outer.owner[partition]}")
                        outer.owner[partition] = name
                return dict.fromkeys(partitions, 0)

            def on_revoked(self, partitions: Collection[TopicPartition]) -> None:
                time.sleep(0.05)  # committing the last batch takes its time
                with outer._lock:
                    for partition in partitions:
                        if outer.owner.pop(partition, None) != name:
                            outer.offences.append(f"{name} gave up {partition}, which it did not have")

        return Listener()


def test_a_member_alone_owns_every_partition_and_reads_from_where_its_listener_says(
    log: EventLog, under_test: LogUnderTest
) -> None:
    topic = under_test.topic(partitions=3)
    log.append([NewRecord(topic, b"%d" % i, partition=p) for p in range(3) for i in range(4)])
    listener = FromStart({TopicPartition(topic, 1): 3})
    consumer = log.consumer(under_test.name("group"), [topic], listener)
    records = poll_for(consumer, 9)
    assert consumer.assignment() == {TopicPartition(topic, number) for number in range(3)}
    assert sorted((r.partition, r.offset) for r in records) == [
        *((0, i) for i in range(4)), (1, 3), *((2, i) for i in range(4)),
    ]  # fmt: skip
    consumer.close()
    everything = frozenset(TopicPartition(topic, number) for number in range(3))
    assert listener.happened == [("assigned", everything), ("revoked", everything)]


def test_seek_reads_again(log: EventLog, under_test: LogUnderTest) -> None:
    topic = under_test.topic(partitions=1)
    log.append([NewRecord(topic, b"%d" % i) for i in range(5)])
    consumer = log.consumer(under_test.name("group"), [topic], FromStart())
    poll_for(consumer, 5)
    consumer.seek({TopicPartition(topic, 0): 2, TopicPartition(topic, 99): 0})
    assert [record.offset for record in poll_for(consumer, 3)] == [2, 3, 4]
    consumer.close()


def test_positions_that_were_mirrored_are_never_read_back(log: EventLog, under_test: LogUnderTest) -> None:
    topic, group = under_test.topic(partitions=1), under_test.name("group")
    log.append([NewRecord(topic, b"%d" % i) for i in range(5)])
    first = log.consumer(group, [topic], FromStart())
    poll_for(first, 5)
    first.mirror({TopicPartition(topic, 0): 5})
    first.close()
    second = log.consumer(group, [topic], FromStart())
    assert len(poll_for(second, 5)) == 5
    second.close()


def test_groups_do_not_disturb_each_other(log: EventLog, under_test: LogUnderTest) -> None:
    topic = under_test.topic(partitions=2)
    log.append([NewRecord(topic, b"", partition=n) for n in (0, 1)])
    consumers = [log.consumer(under_test.name("group"), [topic], FromStart()) for _ in range(2)]
    assert [len(poll_for(consumer, 2)) for consumer in consumers] == [2, 2]
    for consumer in consumers:
        consumer.close()


def test_partitions_move_when_members_join_and_leave_and_never_have_two_owners(
    log: EventLog, under_test: LogUnderTest
) -> None:
    topic, group, owners = under_test.topic(partitions=6), under_test.name("group"), Owners()
    first = Polling(log, group, [topic], owners.listener("first"))
    until(first.owns(6), "the first owns all")
    second = Polling(under_test.open(), group, [topic], owners.listener("second"))
    until(second.owns(3), "the second has its half")
    until(first.owns(3), "the first has its half")
    assert not first.consumer.assignment() & second.consumer.assignment()
    log.append([NewRecord(topic, b"", partition=number) for number in range(6)])
    until(lambda: len(first.read) + len(second.read) == 6, "all is read")
    first.leave()
    until(second.owns(6), "the second owns all")
    second.leave()
    assert owners.offences == []
    assert owners.owner == {}


def test_equal_numbers_of_two_topics_have_the_same_owner(log: EventLog, under_test: LogUnderTest) -> None:
    topics, group = [under_test.topic(partitions=4), under_test.topic(partitions=4)], under_test.name("group")
    members = [Polling(user, group, topics, FromStart()) for user in (log, under_test.open())]
    for member in members:
        until(member.owns(4), "each has half of each")
    for member in members:
        numbers = [
            {source.partition for source in member.consumer.assignment() if source.topic == topic}
            for topic in topics
        ]
        assert numbers[0] == numbers[1]
        assert len(numbers[0]) == 2
    for member in members:
        member.leave()


def test_a_member_that_stalls_loses_its_partitions_and_is_told_when_it_polls_again(
    log: EventLog, under_test: LogUnderTest
) -> None:
    topic, group, stalled_listener = under_test.topic(partitions=2), under_test.name("group"), FromStart()
    stalled = Polling(log, group, [topic], stalled_listener)
    until(stalled.owns(2), "the first owns all")
    stalled.pause()
    other = Polling(under_test.open(), group, [topic], FromStart())
    until(other.owns(2), "the other has taken over")
    everything = frozenset(TopicPartition(topic, number) for number in range(2))
    until(lambda: _polled(stalled.consumer) and ("revoked", everything) in stalled_listener.happened, "told")
    stalled.consumer.close()
    other.leave()


def _polled(consumer: Consumer) -> bool:
    consumer.poll(10, 0.1)
    return True


def test_a_long_batch_does_not_cost_the_partitions(log: EventLog, under_test: LogUnderTest) -> None:
    """Longer than the session's time-out, shorter than the longest interval between polls."""
    topic, group = under_test.topic(partitions=2), under_test.name("group")
    listener = FromStart()
    busy = log.consumer(group, [topic], listener)
    until(lambda: _polled(busy) and len(busy.assignment()) == 2, "it owns all")
    happened = list(listener.happened)
    time.sleep(1.4)
    busy.poll(10, 0.1)
    assert listener.happened == happened
    busy.close()


def test_wake_ends_a_poll_at_once(log: EventLog, under_test: LogUnderTest) -> None:
    topic = under_test.topic(partitions=1)
    consumer = log.consumer(under_test.name("group"), [topic], FromStart())
    until(lambda: _polled(consumer) and bool(consumer.assignment()), "it owns all")
    threading.Timer(0.2, consumer.wake).start()
    begun = time.monotonic()
    assert consumer.poll(10, 10.0) == []
    assert time.monotonic() - begun < 1.0
    consumer.close()


def test_what_the_listener_raises_comes_out_of_poll_and_the_partitions_stay_free(
    log: EventLog, under_test: LogUnderTest
) -> None:
    class Broken(FromStart):
        def on_assigned(self, partitions: Collection[TopicPartition]) -> Mapping[TopicPartition, int]:
            raise ZeroDivisionError

    topic, group = under_test.topic(partitions=2), under_test.name("group")
    log.append([NewRecord(topic, b"", partition=n) for n in (0, 1)])
    consumer = log.consumer(group, [topic], Broken())
    with pytest.raises(ZeroDivisionError):
        until(lambda: _polled(consumer) and False, "never")
    assert consumer.assignment() == frozenset()
    consumer.close()
    other = log.consumer(group, [topic], FromStart())
    assert len(poll_for(other, 2)) == 2
    other.close()
