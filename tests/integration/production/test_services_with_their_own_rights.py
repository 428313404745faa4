"""Five processes, each its own user of Kafka with the rights of the map and no other, on PostgreSQL."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import kafka
import pytest

from cli.city_rows import CityRows
from cli.connection import Connection
from cli.findings import finding_ids
from cli.parties import REGULATOR, REGULATOR_ID, Name, platform_token, supervisor_token
from cli.topics_command import GROUPS
from kit.eventlog.kafka_topics import KafkaTopics
from kit.eventlog.topics import TOPICS
from quzhong import Client, LocalPseudonymiser
from quzhong.api.events.v1 import events_pb2
from quzhong.api.notify.v1 import notify_pb2
from quzhong.api.registry.v1 import registry_pb2
from simulator import CITY_CODE, City, CityParameters, simulate
from tests.support.kafka.broker import MissingToolError
from tests.support.kafka.secured import PASSWORD, SecuredBroker
from tests.support.missing import missing
from tests.support.service_processes import SERVICES, ServiceProcess, killed_at_the_end, make_databases
from tests.support.suite import eventually

pytestmark = pytest.mark.kafka

PARTITIONS = 2
USERS = {service: f"quzhong-{service.replace('_', '-')}" for service in SERVICES}


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecuredBroker]:
    """With the map in force: topics and rights."""
    try:
        secured = SecuredBroker(tmp_path_factory.mktemp("secured"), tuple(USERS.values()))
    except MissingToolError as error:
        missing(f"Apache Kafka cannot be started: {error}")
    secured.start()
    try:
        admin = kafka.KafkaAdminClient(bootstrap_servers=[secured.address], **secured.security().arguments())
        with closing(admin):
            KafkaTopics(admin, TOPICS, GROUPS, partitions=PARTITIONS, replication=1).apply()
        yield secured
    finally:
        secured.kill()


@pytest.fixture
def running(
    broker: SecuredBroker, postgres_server: str, tmp_path: Path
) -> Iterator[dict[str, ServiceProcess]]:
    """The five, by name."""
    store = make_databases(postgres_server, f"own_rights_{secrets.token_hex(4)}")
    with ExitStack() as stack:
        processes = {}
        for service in SERVICES:
            settings = {
                "QUZHONG_DATA_DIR": str(tmp_path / service),
                "QUZHONG_STORE": store,
                "QUZHONG_PARTITIONS": str(PARTITIONS),
                "QUZHONG_KAFKA": broker.address,
                "QUZHONG_KAFKA_CA": str(broker.authority),
                "QUZHONG_KAFKA_USER": USERS[service],
                "QUZHONG_KAFKA_PASSWORD": PASSWORD,
            }
            process = killed_at_the_end(stack, ServiceProcess(service, tmp_path, settings))
            process.start()
            processes[service] = process
        for process in processes.values():
            process.await_serving()
        yield processes
        for process in processes.values():
            assert process.stop() == 0, process.output.read_text()


def test_a_day_of_events_becomes_a_notice(running: dict[str, ServiceProcess], tmp_path: Path) -> None:
    city = simulate(CityParameters(workers=150))
    admin_token = (tmp_path / "registry" / "admin.token").read_text().strip()
    area = [str(CITY_CODE)]
    with Connection(running["registry"].address, admin_token) as admin:
        tokens = [
            platform_token(admin, each.id, Name(each.name_zh, each.name_en), area) for each in city.platforms
        ]
        regulator = supervisor_token(admin, REGULATOR_ID, registry_pb2.ROLE_REGULATOR, REGULATOR, area)
    submit(running["intake"].address, city, tokens)
    with (
        Connection(running["workhours"].address, regulator) as workhours,
        Connection(running["notify"].address, regulator) as notify,
    ):
        eventually(lambda: bool(warnings(notify)), 60)
        assert finding_ids(workhours)
    for process in running.values():
        assert process.status is None, f"{process.name} has ended"
        assert "denied" not in process.output.read_text().lower(), process.name


def submit(address: str, city: City, tokens: list[str]) -> None:
    """Hand in every platform's day."""
    rows = CityRows(city, LocalPseudonymiser(b"key of the tests"))
    with ExitStack() as stack:
        clients = [
            stack.enter_context(Client(address, token, platform.id))
            for token, platform in zip(tokens, city.platforms, strict=True)
        ]
        for number, row in rows.rows():
            if isinstance(row, events_pb2.Dispatch):
                clients[number].add_dispatch(row)
            else:
                clients[number].add_work_session(row)


def warnings(notify: Connection) -> list[notify_pb2.Notice]:
    """Those that went out."""
    cases = notify.call(notify.notify.ListCases, notify_pb2.ListCasesRequest(page_size=100)).cases
    requests = [notify_pb2.GetCaseRequest(case_id=case.case_id, findings_size=1) for case in cases]
    return [
        notice
        for request in requests
        for notice in notify.call(notify.notify.GetCase, request).notices
        if notice.kind == notify_pb2.NOTICE_KIND_WARNING
    ]
