"""Apache Kafka as a city runs it: TLS, passwords, access rules; and the command that applies the map."""

from __future__ import annotations

import gc
import json
import logging
import math
import os
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import kafka
import pytest
from pydantic import SecretStr

from cli.topics_command import GROUPS
from kit.errors import (
    InvalidArgumentError,
    LogUnavailableError,
    PartitionCountError,
    PermissionDeniedError,
)
from kit.eventlog.kafka import KafkaEventLog
from kit.eventlog.kafka_topics import KafkaTopics, Kind
from kit.eventlog.port import NewRecord
from kit.eventlog.topics import FINDING_RETENTION_DAYS, FINDINGS, TOPICS, WORK_SESSIONS
from kit.kafka_security import KafkaSecurity
from tests.support.certificates import Authority
from tests.support.kafka.broker import MissingToolError
from tests.support.kafka.secured import ADMIN, PASSWORD, SecuredBroker
from tests.support.missing import missing
from tests.support.observed import observed

pytestmark = [
    pytest.mark.kafka,
    # kafka-python leaves the sockets of refused connections to the garbage collector.
    pytest.mark.filterwarnings("ignore:unclosed <s:ResourceWarning"),
]

INTAKE = "quzhong-intake"


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecuredBroker]:
    try:
        secured = SecuredBroker(tmp_path_factory.mktemp("secured"), (INTAKE,))
    except MissingToolError as error:
        missing(f"Apache Kafka cannot be started: {error}")
    secured.start()
    try:
        yield secured
    finally:
        secured.kill()


@pytest.fixture
def topics(broker: SecuredBroker) -> Iterator[KafkaTopics]:
    admin = kafka.KafkaAdminClient(bootstrap_servers=[broker.address], **broker.security().arguments())
    try:
        yield KafkaTopics(admin, TOPICS, GROUPS, partitions=2, replication=1)
    finally:
        admin.close()


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Captured tracebacks would keep those sockets; they are collected here, and not in another test."""
    caplog.set_level(logging.CRITICAL, logger="kafka")
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


def log(broker: SecuredBroker, security: KafkaSecurity) -> KafkaEventLog:
    return KafkaEventLog(broker.address, request_timeout_s=3, append_timeout_s=6, security=security)


def test_the_map_is_put_into_force_once_and_then_there_is_nothing_to_do(topics: KafkaTopics) -> None:
    planned = topics.plan()
    assert {change.kind for change in planned} == {Kind.CREATE_TOPIC, Kind.ALLOW}
    assert topics.apply() == planned
    assert topics.plan() == []
    assert topics.apply() == []


def test_a_service_may_write_and_read_what_the_map_gives_it_and_nothing_else(
    topics: KafkaTopics, broker: SecuredBroker
) -> None:
    topics.apply()
    own = log(broker, broker.security(INTAKE))
    own.append([NewRecord(topic=WORK_SESSIONS.name, key=b"worker", value=b"accepted")])
    with pytest.raises(PermissionDeniedError, match="topic findings"):
        own.append([NewRecord(topic=FINDINGS.name, key=b"platform", value=b"invented")])
    own.close()


def test_what_somebody_changed_by_hand_is_found_and_put_back(
    topics: KafkaTopics, broker: SecuredBroker
) -> None:
    topics.apply()
    admin = kafka.KafkaAdminClient(bootstrap_servers=[broker.address], **broker.security().arguments())
    admin.alter_configs(
        [
            kafka.admin.ConfigResource(
                kafka.admin.ConfigResourceType.TOPIC, FINDINGS.name, {"retention.ms": "1000"}
            )
        ]
    )
    admin.close()
    assert [(each.kind, each.what, each.before, each.after) for each in topics.apply()] == [
        (Kind.SET_CONFIG, "findings retention.ms", "1000", str(FINDING_RETENTION_DAYS * 86_400_000))
    ]
    assert topics.plan() == []


def test_another_partition_count_is_refused_and_nothing_is_done(
    topics: KafkaTopics, broker: SecuredBroker
) -> None:
    topics.apply()
    admin = kafka.KafkaAdminClient(bootstrap_servers=[broker.address], **broker.security().arguments())
    with pytest.raises(PartitionCountError, match="work-sessions has 2 partitions, not 64"):
        KafkaTopics(admin, TOPICS, GROUPS, partitions=64, replication=1).apply()
    admin.close()
    assert topics.plan() == []


def test_a_broker_with_a_certificate_of_somebody_else_gets_nothing(
    broker: SecuredBroker, tmp_path: Path
) -> None:
    stranger, began_s = Authority(tmp_path, "stranger").certificate, time.monotonic()
    with pytest.raises(LogUnavailableError) as refused:
        log(broker, KafkaSecurity(ca=stranger, user=ADMIN, password=SecretStr(PASSWORD)))
    assert "certificate verify failed" in refused.value.message
    observed("wrong-certificate", _at_the_start(refused.value, began_s))


def test_a_wrong_password_gets_nothing(broker: SecuredBroker) -> None:
    began_s = time.monotonic()
    with pytest.raises(LogUnavailableError) as refused:
        log(broker, broker.security(ADMIN, "guessed"))
    assert f"lets nobody in as {ADMIN}" in refused.value.message
    observed("broker-password", _at_the_start(refused.value, began_s))


def _at_the_start(error: LogUnavailableError, began_s: float) -> str:
    """What a service that starts says then; and one that runs, in its log."""
    why = error.message.partition(": ")[2].removeprefix("KafkaTimeoutError: ")
    return (
        f"Nothing is sent. A process that starts ends within {math.ceil(time.monotonic() - began_s)} s with "
        f"`{error.reason}`, naming the broker: “{why}”; one that runs goes on trying, and says so in its log"
    )


@pytest.mark.parametrize(
    ("security", "named"),
    [
        (KafkaSecurity(user="somebody"), "QUZHONG_KAFKA_PASSWORD"),
        (KafkaSecurity(password=SecretStr("x")), "QUZHONG_KAFKA_USER"),
        (KafkaSecurity(certificate=Path("a.pem")), "QUZHONG_KAFKA_KEY"),
        (KafkaSecurity(certificate=Path("a.pem"), key=Path("b.pem")), "QUZHONG_KAFKA_CA"),
        (KafkaSecurity(ca=Path("/nowhere/ca.pem")), "QUZHONG_KAFKA_CA"),
    ],
)
def test_half_a_setting_is_named(security: KafkaSecurity, named: str) -> None:
    with pytest.raises(InvalidArgumentError, match=named) as refused:
        security.arguments()
    assert refused.value.field == named


def test_the_command_shows_the_plan_and_carries_it_out(broker: SecuredBroker, tmp_path: Path) -> None:
    environment = os.environ | {
        "QUZHONG_KAFKA": broker.address,
        "QUZHONG_KAFKA_CA": str(broker.authority),
        "QUZHONG_KAFKA_USER": ADMIN,
        "QUZHONG_KAFKA_PASSWORD": PASSWORD,
        "QUZHONG_PARTITIONS": "2",
        "QUZHONG_DATA_DIR": str(tmp_path),
    }

    def run(*options: str) -> dict[str, object]:
        command = [sys.executable, "-m", "cli.main", "topics", "apply", "--json", *options]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        answer: dict[str, object] = json.loads(done.stdout)
        return answer

    run()
    assert run("--plan") == {"applied": False, "changes": []}
