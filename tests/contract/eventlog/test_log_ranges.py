"""What every event log promises about going back: the records of a range of offsets, outside any group."""

from __future__ import annotations

import time

import pytest

from kit.errors import NotFoundError, OffsetGoneError
from kit.eventlog.port import EventLog, NewRecord, TopicPartition
from tests.contract.eventlog.conftest import LogUnderTest
from tests.contract.eventlog.dropping import drop_before
from tests.contract.eventlog.waiting import FromStart, poll_for


def values(log: EventLog, source: TopicPartition, start: int, end: int) -> list[int]:
    return [int(record.value) for record in log.read(source, start, end)]


def a_topic_of(log: EventLog, under_test: LogUnderTest, records: int) -> TopicPartition:
    """Partition 1 of a new topic, where record n has value n; the other partitions hold other things."""
    topic = under_test.topic(partitions=3)
    log.append([NewRecord(topic, b"%d" % value, partition=1) for value in range(records)])
    log.append([NewRecord(topic, b"-1", partition=number) for number in (0, 2)])
    return TopicPartition(topic, 1)


def test_a_range_holds_its_start_and_not_its_end(log: EventLog, under_test: LogUnderTest) -> None:
    source = a_topic_of(log, under_test, 30)
    (record,) = log.read(source, 7, 8)
    assert (record.source, record.offset, record.value) == (source, 7, b"7")
    assert values(log, source, 0, 30) == list(range(30))
    assert values(log, source, 12, 20) == list(range(12, 20))
    assert values(log, source, 12, 12) == []
    assert values(log, source, 20, 12) == []


def test_a_range_beyond_the_end_ends_where_the_log_ended_at_the_call(
    log: EventLog, under_test: LogUnderTest
) -> None:
    source = a_topic_of(log, under_test, 5)
    begun = time.monotonic()
    reading = log.read(source, 3, 1_000)
    log.append([NewRecord(source.topic, b"5", partition=1)])
    assert [int(record.value) for record in reading] == [3, 4]
    assert values(log, source, 6, 1_000) == []
    assert values(log, source, 500, 1_000) == []
    assert time.monotonic() - begun < 5


def test_a_long_range_comes_whole_and_in_order(log: EventLog, under_test: LogUnderTest) -> None:
    source = a_topic_of(log, under_test, 25_000)
    assert values(log, source, 1, 24_999) == list(range(1, 24_999))


def test_large_records_come_in_portions(log: EventLog, under_test: LogUnderTest) -> None:
    topic = under_test.topic(partitions=1)
    large = [bytes([number]) * (4 * 1024 * 1024) for number in range(12)]  # 48 MB, above what a poll holds
    for value in large:
        log.append([NewRecord(topic, value)])
    assert [record.value for record in log.read(TopicPartition(topic, 0), 0, 12)] == large


def test_reading_back_and_consuming_do_not_disturb_each_other(
    log: EventLog, under_test: LogUnderTest
) -> None:
    source = a_topic_of(log, under_test, 10)
    consumer = log.consumer(under_test.name("group"), [source.topic], FromStart())
    half_read = log.read(source, 0, 10)
    assert int(next(half_read).value) == 0
    assert len(poll_for(consumer, 12)) == 12
    assert values(log, source, 0, 10) == list(range(10))
    assert [int(record.value) for record in half_read] == list(range(1, 10))
    consumer.close()


def test_a_half_read_range_can_be_left(log: EventLog, under_test: LogUnderTest) -> None:
    source = a_topic_of(log, under_test, 10)
    for _ in range(5):
        next(log.read(source, 0, 10))
    log.read(source, 0, 10)  # not read at all
    assert values(log, source, 8, 10) == [8, 9]


def test_an_empty_partition_starts_where_it_ends(log: EventLog, under_test: LogUnderTest) -> None:
    topic = under_test.topic(partitions=2)
    log.append([NewRecord(topic, b"0", partition=1)])
    assert log.start_offsets(topic) == {0: 0, 1: 0}
    assert log.end_offsets(topic) == {0: 0, 1: 1}
    assert values(log, TopicPartition(topic, 0), 0, 10) == []


def test_a_topic_or_partition_that_is_not_there_is_named(log: EventLog, under_test: LogUnderTest) -> None:
    unknown = under_test.name("unknown")
    with pytest.raises(NotFoundError, match=unknown):
        log.read(TopicPartition(unknown, 0), 0, 1)
    with pytest.raises(NotFoundError, match="partition 3"):
        log.read(TopicPartition(under_test.topic(partitions=3), 3), 0, 1)


def test_what_retention_has_dropped_is_answered_with_the_first_offset_there_is(
    log: EventLog, under_test: LogUnderTest
) -> None:
    source = a_topic_of(log, under_test, 30)
    drop_before(under_test, source, 12)
    assert log.start_offsets(source.topic) == {0: 0, 1: 12, 2: 0}
    with pytest.raises(OffsetGoneError) as gone:
        log.read(source, 11, 20)
    assert gone.value.metadata == {"topic": source.topic, "partition": "1", "asked": "11", "first": "12"}
    assert values(log, source, 12, 20) == list(range(12, 20))


def test_retention_that_overtakes_a_reader_is_answered_too(log: EventLog, under_test: LogUnderTest) -> None:
    source = a_topic_of(log, under_test, 30)
    reading = log.read(source, 0, 30)
    drop_before(under_test, source, 12)
    with pytest.raises(OffsetGoneError, match="the first is 12"):
        next(reading)


def test_a_partition_of_which_all_is_gone_starts_at_its_end(log: EventLog, under_test: LogUnderTest) -> None:
    source = a_topic_of(log, under_test, 30)
    drop_before(under_test, source, 30)
    assert log.start_offsets(source.topic)[1] == log.end_offsets(source.topic)[1] == 30
    assert values(log, source, 30, 40) == []
    with pytest.raises(OffsetGoneError, match="the first is 30"):
        log.read(source, 29, 40)
