"""A real Apache Kafka for tests."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.support.kafka.broker import Broker, MissingToolError
from tests.support.missing import missing


@pytest.fixture(scope="session")
def kafka_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """``host:port`` of a broker that all tests of a run share: take topic and group names of your own."""
    running = os.environ.get("QUZHONG_TEST_KAFKA")
    if running:
        yield running
        return
    broker = _new_broker(tmp_path_factory)
    broker.start()
    try:
        yield broker.address
    finally:
        broker.kill()


@pytest.fixture
def own_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """A started broker that a test may kill."""
    broker = _new_broker(tmp_path_factory)
    broker.start()
    try:
        yield broker
    finally:
        broker.kill()


def _new_broker(tmp_path_factory: pytest.TempPathFactory) -> Broker:
    try:
        return Broker(tmp_path_factory.mktemp("kafka"))
    except MissingToolError as error:
        missing(f"Apache Kafka cannot be started (or set QUZHONG_TEST_KAFKA=host:port): {error}")
