"""What the Kafka client does over one connection: after an outage, and from one range to the next."""

from __future__ import annotations

import gc
import logging
import os
import secrets
import signal
import warnings
from collections.abc import Iterator
from dataclasses import replace

import pytest

from kit.errors import LogUnavailableError
from kit.eventlog.kafka import KafkaEventLog
from kit.eventlog.port import NewRecord, TopicPartition
from kit.eventlog.topics import FINDINGS
from tests.support.kafka.broker import Broker

pytestmark = [
    pytest.mark.kafka,
    # kafka-python leaves the sockets of refused connections to the garbage collector.
    pytest.mark.filterwarnings("ignore:unclosed <s:ResourceWarning"),
]


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """Those sockets are collected here, and not in another test."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


def test_a_log_whose_sent_records_ran_out_of_time_takes_the_next_ones_once_the_broker_is_back(
    own_broker: Broker, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, logger="kafka")  # captured tracebacks would keep those sockets
    log = KafkaEventLog(own_broker.address, request_timeout_s=2, append_timeout_s=4)
    log.ensure_topics([FINDINGS], 1)
    record = NewRecord(topic=FINDINGS.name, key=b"platform", value=b"said")
    (first,) = log.append([record])
    os.kill(own_broker.pid, signal.SIGSTOP)
    with pytest.raises(LogUnavailableError):
        log.append([record])  # it is sent, and nobody answers
    own_broker.kill()
    own_broker.start()
    assert log.append([record])[0] > first
    log.close()


def test_ranges_read_one_after_another_over_one_connection_are_each_their_own(kafka_address: str) -> None:
    log = KafkaEventLog(kafka_address)
    topic = replace(FINDINGS, name=f"ranges-{secrets.token_hex(4)}", scaled=True)
    log.ensure_topics([topic], 2)
    for number in range(40):
        log.append([NewRecord(topic=topic.name, value=b"%d" % number, partition=number % 2)])
    for partition, start, end in ((0, 0, 20), (0, 5, 8), (1, 3, 4), (0, 0, 2), (0, 10, 20), (0, 9, 11)):
        found = [each.value for each in log.read(TopicPartition(topic.name, partition), start, end)]
        assert found == [b"%d" % (2 * offset + partition) for offset in range(start, end)]
    log.close()
