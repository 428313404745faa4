"""A real gRPC server on a real socket in front of a scripted intake."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import grpc
import pytest

from quzhong.api.intake.v1 import intake_pb2_grpc
from tests.unit.sdk.scripted_intake import ScriptedIntake


@pytest.fixture
def intake() -> ScriptedIntake:
    return ScriptedIntake()


@pytest.fixture
def address(intake: ScriptedIntake) -> Iterator[str]:
    """Where ``intake`` answers."""
    server = grpc.server(ThreadPoolExecutor(16))
    intake_pb2_grpc.add_IntakeServiceServicer_to_server(intake, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    yield f"127.0.0.1:{port}"
    intake.hold.set()
    server.stop(0).wait()
