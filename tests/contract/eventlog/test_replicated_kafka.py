"""What the log answers for is on two brokers of three: what only the one that leads has is not answered."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from kafka.admin import ConfigResource, ConfigResourceType, KafkaAdminClient

from kit.errors import LogUnavailableError
from kit.eventlog.kafka import KafkaEventLog
from kit.eventlog.port import NewRecord, TopicPartition
from kit.eventlog.topics import NOTICES
from tests.support.kafka.broker import MissingToolError
from tests.support.kafka.cluster import SIZE, Cluster
from tests.support.missing import missing

pytestmark = [
    pytest.mark.kafka,
    pytest.mark.long_run,
    pytest.mark.timeout(180),
    # kafka-python leaves the sockets of refused connections to the garbage collector.
    pytest.mark.filterwarnings("ignore:unclosed <s:ResourceWarning"),
]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    try:
        cluster = Cluster(tmp_path)
    except MissingToolError as error:
        missing(f"Apache Kafka cannot be started: {error}")
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.kill()
        gc.collect()  # those sockets, before another test is told of them


def test_what_only_the_leader_has_is_not_answered(cluster: Cluster, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    with closing(KafkaEventLog(cluster.address, replication=SIZE)) as log:
        log.ensure_topics([NOTICES], 1)
        log.append([NewRecord(NOTICES.name, b"on three", partition=0)])
        with cluster.followers_paused(NOTICES.name), pytest.raises(LogUnavailableError):
            log.append([NewRecord(NOTICES.name, b"on one", partition=0)])
        cluster.lose()
        (offset,) = log.append([NewRecord(NOTICES.name, b"on two", partition=0)])
        values = [record.value for record in log.read(TopicPartition(NOTICES.name, 0), 0, offset + 1)]
        assert values[0] == b"on three"
        assert values[-1] == b"on two"
    assert cluster.copies() == {SIZE}
    with closing(KafkaAdminClient(bootstrap_servers=cluster.address.split(","))) as admin:
        topic = ConfigResource(ConfigResourceType.TOPIC, NOTICES.name)
        configs = admin.describe_configs([topic], config_filter="all")["topic"][NOTICES.name]
    assert configs["min.insync.replicas"]["value"] == "2"
