"""A consumer that has died shows: in the health service, and in the end of its process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from kit.clock import system_clock
from kit.directory import Directory
from kit.eventlog.memory import MemoryEventLog
from kit.eventlog.topics import TOPICS
from kit.grpc.host import Host
from tests.integration.grpc.failing_unit import SERVICE, FailingUnit
from tests.support.fake_suite.suite import FakeSuite
from tests.support.suite import eventually

REPOSITORY = Path(__file__).parents[3]
SERVING = health_pb2.HealthCheckResponse.SERVING
NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING


def test_a_dead_consumer_is_not_serving_and_its_neighbours_are(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    log = MemoryEventLog()
    log.ensure_topics(TOPICS, 1)
    unit, neighbour = FailingUnit(log, tmp_path), FakeSuite()
    host = Host([unit, neighbour], Directory(log, system_clock), "127.0.0.1:0")
    host.start()
    with grpc.insecure_channel(host.address) as channel:
        stub = health_pb2_grpc.HealthStub(channel)

        def state(service: str) -> int:
            request = health_pb2.HealthCheckRequest(service=service)
            return int(stub.Check(request, timeout=5).status)

        services = ("", SERVICE, *neighbour.grpc_services)
        assert [state(service) for service in services] == [SERVING] * 3
        assert host.healthy()
        unit.fail()
        eventually(lambda: state(SERVICE) == NOT_SERVING, timeout_s=3)
        assert [state(service) for service in services] == [NOT_SERVING, NOT_SERVING, SERVING]
        assert not host.healthy()
    host.stop(grace_s=0)
    assert "ZeroDivisionError" in caplog.text


def test_its_process_ends_with_status_1(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.integration.grpc.failing_unit", str(tmp_path)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert ended.returncode == 1, ended.stderr
    assert "failing has failed (see above) and ends" in ended.stderr
    assert "ZeroDivisionError" in ended.stderr
