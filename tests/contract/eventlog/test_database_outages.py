"""A consumer group on Kafka whose PostgreSQL is killed in the middle of commits, again and again."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from kit.errors import RetryableError
from kit.eventlog.kafka import KafkaEventLog
from kit.eventlog.loop import ConsumerLoop, Step
from kit.eventlog.port import NewRecord
from kit.storage import positions
from kit.storage.store import Store
from tests.contract.eventlog.conftest import a_topic
from tests.contract.eventlog.effects import EFFECTS, Service, decode, seen
from tests.contract.eventlog.waiting import read_all, until
from tests.support.postgres import Postgres

pytestmark = pytest.mark.kafka

KILLED_AFTER = (Step.POLLED, Step.ADVANCED, Step.DEAD_LETTERED)
"""Before a transaction, in it, and with nothing left of it but the commit."""


@pytest.fixture
def log(kafka_address: str) -> Iterator[KafkaEventLog]:
    opened = KafkaEventLog(kafka_address)
    yield opened
    opened.close()


def test_a_database_that_is_killed_again_and_again_takes_no_partition_from_its_owner(
    log: KafkaEventLog, own_postgres: Postgres
) -> None:
    topic, group = a_topic(f"killed-{secrets.token_hex(4)}"), f"group-{secrets.token_hex(4)}"
    log.ensure_topics([topic], 4)
    store = Store.open(own_postgres.url, EFFECTS)
    kills = iter(KILLED_AFTER)
    at, striking = next(kills), threading.Lock()

    def kill(step: Step) -> None:
        nonlocal at
        with striking:
            if step is at:
                at = next(kills, Step.MIRRORED)
                own_postgres.kill()
                threading.Thread(target=own_postgres.start).start()

    loops = [
        ConsumerLoop(
            log=log, store=store, group=group, topics=[topic.name], decode=decode, handler=Service(owner),
            max_records=20, poll_timeout_s=0.2, after_step=after_step,
        )
        for owner, after_step in (("one", None), ("other", kill))
    ]  # fmt: skip
    for loop in loops:
        loop.start()
    until(lambda: len(_epochs(store, group, topic.name)) == 4, "all partitions have an owner")
    until(lambda: all(loop._epochs for loop in loops), "both have some")
    before = _epochs(store, group, topic.name)
    for _ in KILLED_AFTER:
        log.append([NewRecord(topic.name, b"%d" % n, key=b"%d" % n) for n in range(200)])
        until(lambda: all(map(_drained, loops)), "all is handled", timeout_s=60)
    assert _epochs(store, group, topic.name) == before
    assert at is Step.MIRRORED, "it was killed each time"
    for loop in loops:
        loop.stop()
        assert loop.failed is None
    assert seen(store) == sorted(
        (record.partition, record.offset, record.value.decode()) for record in read_all(log, topic.name)
    )
    store.close()


def _drained(loop: ConsumerLoop[str]) -> bool:
    try:
        return loop.drained()
    except RetryableError:
        return False


def _epochs(store: Store, group: str, topic: str) -> dict[int, int]:
    """How often each partition was claimed."""
    with store.read() as connection:
        loaded = positions.load(connection, group, [topic])
    return {source.partition: position.epoch for source, position in loaded.items()}


def test_a_server_that_lost_its_client_lets_go_of_its_locks_within_seconds(own_postgres: Postgres) -> None:
    store = Store.open(own_postgres.url, EFFECTS)
    with store.read() as connection:
        said = {
            name: connection.scalar(sa.text(f"SELECT setting FROM pg_settings WHERE name = '{name}'"))
            for name in ("tcp_keepalives_idle", "tcp_keepalives_interval", "tcp_keepalives_count")
        }
        user_timeout_ms = connection.scalar(
            sa.text("SELECT setting FROM pg_settings WHERE name = 'tcp_user_timeout'")
        )
    store.close()
    idle, interval, count = (int(str(each)) for each in said.values())
    assert idle + interval * count <= 15
    assert int(str(user_timeout_ms)) == 10_000
