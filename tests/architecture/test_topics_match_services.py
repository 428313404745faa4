"""The map of the flow says the same as the services: who writes a topic, and who reads it."""

from __future__ import annotations

from importlib import import_module, util
from pathlib import Path

import pytest
from google.protobuf import descriptor_pool

from kit.eventlog.topics import TOPICS, Topic

ROOT = Path(__file__).resolve().parents[2]
SERVICES = tuple(sorted(path.parent.name for path in (ROOT / "services").glob("*/app.py")))
WITHOUT_TOPICS = ("portal",)
"""It shows what the others answer over gRPC."""


def _declared(direction: str, topic: Topic) -> set[str]:
    """The services whose ``consumer.py`` names the topic under ``READS`` or ``WRITES``."""
    with_consumer = [name for name in SERVICES if name not in WITHOUT_TOPICS]
    modules = {name: import_module(f"services.{name}.consumer") for name in with_consumer}
    return {name for name, module in modules.items() if topic in getattr(module, direction)}


def test_there_are_services() -> None:
    assert len(SERVICES) >= 6


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_the_writers_of_a_topic_are_those_that_declare_it(topic: Topic) -> None:
    assert set(topic.writers) == _declared("WRITES", topic)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_the_readers_of_a_topic_are_those_that_declare_it(topic: Topic) -> None:
    assert set(topic.readers) == _declared("READS", topic)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_the_payload_of_a_topic_is_a_message_of_the_contract(topic: Topic) -> None:
    package, _, _ = topic.payload.rpartition(".")
    for path in (ROOT / "sdk/python/src" / package.replace(".", "/")).glob("*_pb2.py"):
        import_module(f"{package}.{path.stem}")
    assert descriptor_pool.Default().FindMessageTypeByName(topic.payload)


@pytest.mark.parametrize("service", WITHOUT_TOPICS)
def test_a_service_without_topics_has_no_consumer(service: str) -> None:
    assert util.find_spec(f"services.{service}.consumer") is None
    assert not any(service in (*topic.writers, *topic.readers) for topic in TOPICS)


def test_names_of_topics_are_used_once() -> None:
    names = [name for topic in TOPICS for name in (topic.name, topic.dead_letter_name)]
    assert len(names) == len(set(names))
