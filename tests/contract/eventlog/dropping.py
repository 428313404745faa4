"""What retention does, at once, on each log that drops anything."""

from __future__ import annotations

import sqlite3

import pytest

from kit.eventlog.port import TopicPartition
from tests.contract.eventlog.conftest import LogUnderTest


def drop_before(under_test: LogUnderTest, source: TopicPartition, first: int) -> None:
    """Leave a partition no record before an offset."""
    if under_test.kind == "memory":
        pytest.skip("the log in memory keeps everything")
    if under_test.kind == "sqlite":
        with sqlite3.connect(under_test.path) as file:
            ((partition,),) = file.execute("SELECT id FROM partition WHERE topic = ? AND number = ?", source)
            file.execute(
                "DELETE FROM record WHERE id >= ? AND id < ?", (partition << 40, partition << 40 | first)
            )
        file.close()
        return
    import kafka  # here, as tests of the other two need no Kafka client

    admin = kafka.KafkaAdminClient(bootstrap_servers=under_test.address)
    admin.delete_records({kafka.TopicPartition(*source): first})
    admin.close()
