"""Properties of the local logs against brute-force models, for any appends, seeks and members."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.eventlog import headers
from kit.eventlog.groups import settle
from kit.eventlog.memory import MemoryEventLog
from kit.eventlog.partitioner import partition_of
from kit.eventlog.port import EventLog, NewRecord, TopicPartition
from kit.eventlog.sqlite import SqliteEventLog
from tests.contract.eventlog.conftest import a_topic
from tests.contract.eventlog.waiting import FromStart, poll_for

TOPICS = ("first", "second")
PARTITIONS = 3

records = st.builds(
    NewRecord,
    topic=st.sampled_from(TOPICS),
    value=st.binary(max_size=20),
    key=st.none() | st.binary(max_size=4),
    partition=st.none() | st.integers(0, PARTITIONS - 1),
    headers=st.dictionaries(st.text(max_size=4), st.binary(max_size=4), max_size=2),
)
batches = st.lists(st.lists(records, max_size=8), max_size=8)


@pytest.mark.parametrize("opened", [lambda _: MemoryEventLog(), SqliteEventLog], ids=["memory", "sqlite"])
@settings(max_examples=25, deadline=None)
@given(appended=batches, max_records=st.integers(1, 10), starts=st.dictionaries(
    st.tuples(st.sampled_from(TOPICS), st.integers(0, PARTITIONS - 1)), st.integers(0, 5)
))  # fmt: skip
def test_each_partition_is_read_as_a_list_that_was_appended_to(
    opened: Callable[[Path], EventLog],
    appended: list[list[NewRecord]],
    max_records: int,
    starts: dict[tuple[str, int], int],
) -> None:
    model: dict[tuple[str, int], list[NewRecord]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        log = opened(Path(folder) / "log.db")
        log.ensure_topics([a_topic(name) for name in TOPICS], PARTITIONS)
        for batch in appended:
            expected_offsets = []
            for record in batch:
                number = record.partition
                if number is None:
                    number = partition_of(record.key or b"", PARTITIONS)
                expected_offsets.append(len(model[record.topic, number]))
                model[record.topic, number].append(record)
            assert log.append(batch) == expected_offsets
        for topic in TOPICS:
            assert log.end_offsets(topic) == {n: len(model[topic, n]) for n in range(PARTITIONS)}
        positions = {TopicPartition(*source): offset for source, offset in starts.items()}
        consumer = log.consumer("group", TOPICS, FromStart(positions))
        read: dict[tuple[str, int], list[tuple[int, bytes, bytes | None, dict[str, bytes]]]] = defaultdict(
            list
        )
        while polled := consumer.poll(max_records, 0):
            assert len(polled) <= max_records
            for r in polled:
                read[r.topic, r.partition].append((r.offset, r.value, r.key, dict(r.headers)))
        consumer.close()
        log.close()
    for source, as_model in model.items():
        start = starts.get(source, 0)
        assert read[source] == [
            (offset, record.value, record.key, dict(record.headers))
            for offset, record in enumerate(as_model)
            if offset >= start
        ]


def test_a_reopened_file_has_everything_and_numbers_on(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    for opening in range(3):
        log = SqliteEventLog(path)
        log.ensure_topics([a_topic("topic")], 2)
        assert log.append([NewRecord("topic", b"%d" % opening, partition=0)]) == [opening]
        consumer = log.consumer("group", ["topic"], FromStart())
        assert len(poll_for(consumer, opening + 1)) == opening + 1
        consumer.close()
        log.close()


@given(st.dictionaries(st.text(max_size=20), st.binary(max_size=300)))
def test_headers_come_back_as_they_were_packed(given_headers: dict[str, bytes]) -> None:
    assert headers.unpack(headers.pack(given_headers)) == given_headers


def test_a_keys_partition_never_changes() -> None:
    """Values of another implementation of XXH64 (the reference's test vectors: "", "a", "abc")."""
    for key, xxh64 in ((b"", 0xEF46DB3751D8E999), (b"a", 0xD24EC4F1A98C6E5B), (b"abc", 0x44BC2CF5AD770999)):
        assert [partition_of(key, count) for count in (1, 64, 1024)] == [xxh64 % n for n in (1, 64, 1024)]


partitions = st.sets(st.builds(TopicPartition, st.sampled_from(TOPICS), st.integers(0, 9)))
members = st.sets(st.sampled_from("abcde"), min_size=1)


@given(
    partitions,
    members,
    st.lists(st.tuples(st.sampled_from(["join", "leave", "settle"]), st.sampled_from("abcde"))),
)
def test_whatever_members_do_claims_are_exclusive_and_end_with_everything_owned(
    everything: set[TopicPartition], living: set[str], happenings: list[tuple[str, str]]
) -> None:
    claims: dict[TopicPartition, str] = {}

    def settle_one(member: str) -> None:
        settlement = settle(member, living, everything, claims)
        assert settlement.surplus <= settlement.held
        assert not settlement.gained & claims.keys()
        for given_up in settlement.surplus:
            del claims[given_up]
        claims.update(dict.fromkeys(settlement.gained, member))

    for what, member in happenings:
        if what == "join":
            living.add(member)
        elif what == "leave" and living != {member}:
            living.discard(member)
            claims = {source: owner for source, owner in claims.items() if owner != member}
        elif member in living:
            settle_one(member)
    for _ in range(2):  # one round to give up, one to take
        for member in sorted(living):
            settle_one(member)
    assert claims.keys() == everything
    assert set(claims.values()) <= living
    owners: dict[int, set[str]] = {}
    for source, owner in claims.items():
        owners.setdefault(source.partition, set()).add(owner)
    assert all(len(of_number) == 1 for of_number in owners.values())  # co-partitioning
    for topic in TOPICS:  # nobody has more than one more than anybody else, where numbers have no gaps
        numbers = sorted(source.partition for source in everything if source.topic == topic)
        if numbers == list(range(len(numbers))):
            counts = [
                sum(1 for source, owner in claims.items() if source.topic == topic and owner == member)
                for member in living
            ]
            assert max(counts) - min(counts) <= 1
