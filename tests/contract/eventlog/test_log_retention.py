"""What is kept no longer than its topic says: gone, overwritten, and nobody waits for it."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Connection

from kit.errors import OffsetGoneError
from kit.eventlog import sqlite_retention
from kit.eventlog.declared import WORKERS_DEAD_LETTER_DAYS, declared_topics
from kit.eventlog.loop import ConsumerLoop
from kit.eventlog.port import EventLog, NewRecord, TopicPartition
from kit.eventlog.sqlite import SqliteEventLog
from kit.eventlog.topics import TOPICS, Topic
from kit.storage.store import Store
from tests.contract.eventlog.conftest import LogUnderTest, a_topic
from tests.contract.eventlog.dropping import drop_before
from tests.contract.eventlog.effects import Service, decode
from tests.contract.eventlog.waiting import FromStart, poll_for, read_all, until

DAY_MS = 86_400_000
KEPT_DAYS = 3
PARTITIONS = 3


class Hands:
    """A clock that is put where it is wanted."""

    def __init__(self) -> None:
        self.now_ms = 1_773_630_000_000

    def __call__(self) -> int:
        return self.now_ms


def a_topic_kept(name: str, days: int | None = KEPT_DAYS, *, compacted: bool = False) -> Topic:
    return replace(a_topic(name, compacted=compacted), retention_days=days)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def kept(tmp_path: Path, hands: Hands) -> Iterator[SqliteEventLog]:
    """A log whose topic ``kept`` keeps records for three days."""
    log = SqliteEventLog(tmp_path / "log.db", clock=hands)
    log.ensure_topics(
        [
            a_topic_kept("kept"),
            a_topic_kept("compacted", compacted=True),
            a_topic_kept("for-ever", None),
        ],
        PARTITIONS,
    )
    yield log
    log.close()


def bytes_of(log: SqliteEventLog) -> bytes:
    """All that lies on the disk of a log."""
    files = (log.path, log.path.with_name(f"{log.path.name}-wal"))
    return b"".join(file.read_bytes() for file in files if file.exists())


# Any log


def test_a_consumer_behind_what_was_dropped_goes_on_at_the_beginning_that_is_left(
    log: EventLog, under_test: LogUnderTest
) -> None:
    topic = under_test.topic(partitions=1)
    log.append([NewRecord(topic, b"%d" % number) for number in range(30)])
    drop_before(under_test, TopicPartition(topic, 0), 12)
    consumer = log.consumer(under_test.name("group"), [topic], FromStart({TopicPartition(topic, 0): 5}))
    assert [int(record.value) for record in poll_for(consumer, 18)] == list(range(12, 30))
    consumer.close()


def test_a_reader_of_what_was_dropped_wholly_is_at_its_end(log: EventLog, under_test: LogUnderTest) -> None:
    topic = under_test.topic(partitions=2)
    log.append([NewRecord(topic, b"%d" % number, partition=0) for number in range(30)])
    drop_before(under_test, TopicPartition(topic, 0), 30)
    assert read_all(log, topic) == []


def test_a_loop_that_stands_before_what_was_dropped_is_caught_up(
    log: EventLog, under_test: LogUnderTest, store: Store
) -> None:
    topic = under_test.topic(partitions=2)
    log.append([NewRecord(topic, b"%d" % number, partition=number % 2) for number in range(30)])
    drop_before(under_test, TopicPartition(topic, 0), 15)  # all of it
    drop_before(under_test, TopicPartition(topic, 1), 10)
    service = Service()
    loop = ConsumerLoop(
        log=log, store=store, group=under_test.name("g"), topics=[topic], decode=decode, handler=service
    )
    assert not loop.caught_up()
    loop.start()
    until(loop.caught_up, "caught up")
    until(lambda: {lag for lag, _ in loop._meter._lags()} == {0}, "nobody is called for what was dropped")
    loop.stop()
    assert sum(service.counts.values()) == 0  # forgotten when it left
    assert loop.position()[TopicPartition(topic, 1)] == 15


class Overtaken(Service):
    """Reads the log as it takes a partition over, and is too late once."""

    def __init__(self, log: EventLog, under_test: LogUnderTest) -> None:
        super().__init__()
        self.log = log
        self.under_test = under_test
        self.firsts: list[int] = []

    def restore(self, connection: Connection, partitions: Collection[TopicPartition]) -> None:
        (source,) = partitions
        first = self.log.start_offsets(source.topic)[0]
        if not self.firsts:
            drop_before(self.under_test, source, 12)
        self.firsts.append(first)
        assert len(list(self.log.read(source, first, 30))) == 18
        super().restore(connection, partitions)


def test_a_handler_that_retention_overtakes_while_it_reads_back_reads_what_is_left(
    log: EventLog, under_test: LogUnderTest, store: Store
) -> None:
    topic = under_test.topic(partitions=1)
    log.append([NewRecord(topic, b"%d" % number) for number in range(30)])
    if under_test.kind == "memory":
        pytest.skip("the log in memory keeps everything")
    service = Overtaken(log, under_test)
    loop = ConsumerLoop(
        log=log, store=store, group=under_test.name("g"), topics=[topic], decode=decode, handler=service
    )
    loop.start()
    until(loop.caught_up, "caught up")
    loop.stop()
    assert service.firsts == [0, 12]


# The log in one file


def test_records_go_when_their_time_is_over_and_offsets_go_on(kept: SqliteEventLog, hands: Hands) -> None:
    for topic in ("kept", "compacted", "for-ever"):
        kept.append([NewRecord(topic, b"%d" % number, key=b"k", partition=1) for number in range(5)])
    hands.now_ms += DAY_MS
    kept.append([NewRecord("kept", b"5", partition=1), NewRecord("kept", b"0", partition=2)])
    assert kept.drop_expired() == 0
    hands.now_ms += 2 * DAY_MS
    assert kept.drop_expired() == 0  # to the millisecond
    hands.now_ms += 1
    assert kept.drop_expired() == 5
    assert kept.start_offsets("kept") == {0: 0, 1: 5, 2: 0}
    hands.now_ms += 30 * DAY_MS
    assert kept.drop_expired() == 2
    assert kept.append([NewRecord("kept", b"6", partition=1)]) == [6]
    assert [(record.offset, record.value) for record in read_all(kept, "kept")] == [(6, b"6")]
    with pytest.raises(OffsetGoneError, match="the first is 6"):
        kept.read(TopicPartition("kept", 1), 0, 7)
    for topic in ("compacted", "for-ever"):
        assert len(read_all(kept, topic)) == 5


def test_a_log_opened_again_knows_what_was_dropped(kept: SqliteEventLog, hands: Hands) -> None:
    kept.append([NewRecord("kept", b"x", partition=0)] * 3)
    hands.now_ms += 4 * DAY_MS
    kept.drop_expired()
    again = SqliteEventLog(kept.path, clock=hands)
    assert again.start_offsets("kept")[0] == again.end_offsets("kept")[0] == 3
    hands.now_ms += 4 * DAY_MS
    again.append([NewRecord("kept", b"x", partition=0)])
    hands.now_ms += 4 * DAY_MS
    assert again.drop_expired() == 0  # what nobody declares is not dropped
    again.close()


@pytest.mark.parametrize("most", [1, 20, 2_000])
def test_nothing_of_a_dropped_value_is_left_in_the_file(
    kept: SqliteEventLog, hands: Hands, most: int
) -> None:
    """Records of all topics lie in one tree whose pages are split and joined, which leaves copies behind."""
    choice = np.random.default_rng(most)
    appended: dict[str, set[bytes]] = {"kept": set(), "compacted": set(), "for-ever": set()}
    for number in range(300):
        records = []
        for topic, marks in appended.items():
            mark = b"MARK-%08x-%06d" % (int(choice.integers(2**32)), number)
            marks.add(mark)
            partition = int(choice.integers(PARTITIONS))
            records.append(
                NewRecord(
                    topic, mark * int(choice.integers(1, most, endpoint=True)), key=mark, partition=partition
                )
            )
        kept.append(records)
    hands.now_ms += 4 * DAY_MS
    kept.append([NewRecord("kept", b"what stays", partition=0)])
    assert kept.drop_expired() == 300
    found = set(re.findall(rb"MARK-[0-9a-f]{8}-[0-9]{6}", bytes_of(kept)))
    assert found == appended["compacted"] | appended["for-ever"]
    assert not kept.path.with_name("log.db-wal").stat().st_size
    assert [record.value for record in read_all(kept, "kept")] == [b"what stays"]


def test_space_is_given_back(kept: SqliteEventLog, hands: Hands) -> None:
    kept.append([NewRecord("kept", bytes(500_000), partition=0) for _ in range(20)])
    hands.now_ms += 4 * DAY_MS
    kept.drop_expired()
    assert kept.path.stat().st_size < 500_000


def test_the_log_drops_by_itself_while_others_append(
    tmp_path: Path, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_retention, "FIRST_LOOK_S", 0.3)
    monkeypatch.setattr(sqlite_retention, "PORTION_RECORDS", 7)
    log = SqliteEventLog(tmp_path / "log.db", clock=hands)
    log.ensure_topics([a_topic_kept("kept")], 1)
    other = SqliteEventLog(tmp_path / "log.db", clock=hands)
    log.append([NewRecord("kept", b"SECRET-%d" % number) for number in range(100)])
    hands.now_ms += 4 * DAY_MS
    consumer = other.consumer("group", ["kept"], FromStart())

    def dropped() -> bool:
        other.append([NewRecord("kept", b"new")])
        consumer.poll(1_000, 0)
        return log.start_offsets("kept") == {0: 100}

    until(dropped, "dropped")
    until(lambda: b"SECRET" not in bytes_of(log), "overwritten")
    consumer.close()
    other.close()
    log.close()


def at_hour(hands: Hands, hour: int) -> None:
    """Put the clock to the next such hour in Shanghai."""
    day_ms = (hands.now_ms + 8 * 3_600_000) // DAY_MS * DAY_MS
    hands.now_ms = day_ms + DAY_MS + (hour - 8) * 3_600_000


def test_a_large_log_is_written_anew_at_night_or_when_asked(
    kept: SqliteEventLog, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_retention, "WRITE_ANEW_BYTES", 0)
    monkeypatch.setattr(sqlite_retention, "WRITE_ANEW_EVERY_S", 0.0)
    retention = kept._retention
    at_hour(hands, 12)
    kept.append([NewRecord("kept", b"SECRET" * 100_000, partition=0)])
    hands.now_ms += 4 * DAY_MS
    retention._due_s = 0
    until(lambda: kept.start_offsets("kept")[0] == 1, "dropped")
    until(lambda: b"SECRET" not in bytes_of(kept), "overwritten")  # whole pages are, at once
    assert kept.path.stat().st_size > 600_000
    until(lambda: retention._dropping is None, "looked, and the next look is due in an hour")
    at_hour(hands, 4)
    retention._due_s = 0
    until(lambda: kept.path.stat().st_size < 600_000, "written anew")
    at_hour(hands, 12)
    kept.append([NewRecord("kept", b"SECRET" * 100_000, partition=0)])
    hands.now_ms += 4 * DAY_MS
    assert kept.drop_expired() == 1
    assert kept.path.stat().st_size < 600_000


steps = st.lists(
    st.one_of(
        st.tuples(st.just("append"), st.integers(0, PARTITIONS - 1), st.integers(1, 4)),
        st.tuples(st.just("wait"), st.integers(-1, 3), st.just(0)),  # a clock may be put back
        st.tuples(st.just("drop"), st.just(0), st.just(0)),
    ),
    max_size=25,
)


@settings(max_examples=40, deadline=None)
@given(steps)
def test_a_partition_loses_its_beginning_up_to_the_first_record_whose_time_is_not_over(
    taken: list[tuple[str, int, int]],
) -> None:
    hands = Hands()
    model: list[list[tuple[int, int]]] = [[] for _ in range(PARTITIONS)]  # offset, when
    ends = [0] * PARTITIONS
    with tempfile.TemporaryDirectory() as folder:
        log = SqliteEventLog(Path(folder) / "log.db", clock=hands)
        log.ensure_topics([a_topic_kept("kept")], PARTITIONS)
        for what, number, count in taken:
            if what == "append":
                log.append([NewRecord("kept", b"v", partition=number)] * count)
                model[number] += [(ends[number] + n, hands.now_ms) for n in range(count)]
                ends[number] += count
            elif what == "wait":
                hands.now_ms += number * DAY_MS
            else:
                before_ms, before = hands.now_ms - KEPT_DAYS * DAY_MS, sum(map(len, model))
                for partition in model:
                    while partition and partition[0][1] < before_ms:
                        del partition[0]
                assert log.drop_expired() == before - sum(map(len, model))
        starts = {n: part[0][0] if part else ends[n] for n, part in enumerate(model)}
        assert log.start_offsets("kept") == starts
        assert log.end_offsets("kept") == dict(enumerate(ends))
        read = [(record.partition, record.offset) for record in read_all(log, "kept")]
        assert sorted(read) == [(n, offset) for n, part in enumerate(model) for offset, _ in part]
        log.close()


def test_dead_letters_about_workers_are_kept_a_quarter_and_others_for_ever() -> None:
    kept = {topic.name: topic.retention_days for topic in declared_topics(TOPICS, 1)}
    of_workers = {"work-sessions", "dispatches", "pseudonym-links", "findings"}
    for topic in TOPICS:
        expected = WORKERS_DEAD_LETTER_DAYS if topic.name in of_workers else None
        assert kept[topic.dead_letter_name] == expected
