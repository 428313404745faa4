"""The map of the flow as an AsyncAPI 3.0 document: what lies on each topic, who writes and who reads it."""

from __future__ import annotations

from typing import Any, Final

from google.protobuf.descriptor import Descriptor

from kit.eventlog.declared import WORKERS_DEAD_LETTER_DAYS, dead_letter_days
from kit.eventlog.message_schemas import schemas_of
from kit.eventlog.port import EVENT_ID
from kit.eventlog.topics import DISPATCHES, TOPICS, WORK_SESSIONS, Topic
from quzhong.api.algo_audit.v1 import consultation_pb2
from quzhong.api.events.v1 import columns_pb2, findings_pb2
from quzhong.api.notify.v1 import notify_pb2
from quzhong.api.registry.v1 import pseudonyms_pb2, registry_pb2

_FILES: Final = (columns_pb2, findings_pb2, registry_pb2, pseudonyms_pb2, consultation_pb2, notify_pb2)
"""Where the contract has what lies on topics."""

_SCHEMAS: Final = "#/components/schemas/"
_DAY_MS: Final = 86_400_000

_DESCRIPTION: Final = f"""\
The topics of the event log, on Apache Kafka. A record's value is the message in protobuf's binary form; the
schemas here are those of its JSON, with the contract's field names (`proto/`), for people and for tools
that show records. Per key, order holds. Delivery is at least once: a record carries its `event_id`, and every
reader is idempotent. What can never be handled lies on `<topic>.dead-letter`, with the reason in its headers:
one partition, for people to look at, kept {WORKERS_DEAD_LETTER_DAYS} days where it may be about workers, else
for ever. Whoever writes or reads the topic may write there.

Who may read and write a topic is set with its making (`quzhong topics apply`); platforms have no access to
the log: they speak gRPC to intake.
"""

_HEADERS: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {
        EVENT_ID: {"type": "string", "description": "By what a record is known when it comes again."},
        "traceparent": {"type": "string", "description": "W3C Trace Context, while telemetry is on."},
    },
}


_DEAD_LETTER: Final = "DeadLetter"
_DEAD_LETTER_HEADERS: Final = {
    "reason": "UPPER_SNAKE, stable.",
    "message": "What is wrong, in words.",
    "source_topic": "Where the record stood, as the two below.",
    "source_partition": "Decimal.",
    "source_offset": "Decimal.",
}
_REJECTED: Final = columns_pb2.RejectedRow.DESCRIPTOR
_REJECTED_HEADERS: Final = {"reason": "UPPER_SNAKE, stable.", "field": "Which field is wrong."}
_OF_ROWS: Final = (WORK_SESSIONS, DISPATCHES)
"""What platforms send: rows that are rejected, or too old to be judged, are kept one by one."""


def topics_document() -> dict[str, Any]:
    """The document, the same every time.

    Raises KeyError if the contract does not have a topic's payload.
    """
    schemas: dict[str, Any] = {}
    for topic in TOPICS:
        schemas |= schemas_of(_payload(topic), _SCHEMAS)
    schemas |= schemas_of(_REJECTED, _SCHEMAS)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Quzhong 取中: event log",
            "version": "1",
            "description": _DESCRIPTION,
            "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        },
        "defaultContentType": "application/x-protobuf",
        "servers": {
            "log": {
                "host": "{kafka}",
                "protocol": "kafka-secure",
                "description": "The city's brokers: TLS, SCRAM-SHA-512.",
                "variables": {"kafka": {"default": "localhost:9092", "description": "QUZHONG_KAFKA"}},
            }
        },
        "channels": {topic.name: _channel(topic) for topic in TOPICS}
        | {topic.dead_letter_name: _dead_letter_channel(topic) for topic in TOPICS if topic.dead_letter},
        "operations": {
            f"{service}.{action}.{topic.name}": _operation(topic, service, action)
            for topic in TOPICS
            for action, services in (("send", topic.writers), ("receive", topic.readers))
            for service in services
        }
        | {
            f"{service}.send.{topic.dead_letter_name}": _dead_letter_operation(topic, service)
            for topic in TOPICS
            if topic.dead_letter
            for service in _who_writes_dead_letters(topic)
        },
        "components": {
            "messages": {_payload(topic).name: _message(topic) for topic in TOPICS} | _dead_letter_messages(),
            "schemas": dict(sorted(schemas.items())),
        },
    }


def _payload(topic: Topic) -> Descriptor:
    package, _, name = topic.payload.rpartition(".")
    for file in _FILES:
        if file.DESCRIPTOR.package == package and name in file.DESCRIPTOR.message_types_by_name:
            found: Descriptor = file.DESCRIPTOR.message_types_by_name[name]
            return found
    raise KeyError(f"{topic.name}: none of the files of this module has the message {topic.payload}")


def _channel(topic: Topic) -> dict[str, Any]:
    name = _payload(topic).name
    policy = "compact" if topic.compacted else "delete"
    binding = {
        "topic": topic.name,
        "topicConfiguration": {"cleanup.policy": [policy], "retention.ms": _kept_ms(topic.retention_days)},
        "bindingVersion": "0.5.0",
    }
    return {
        "address": topic.name,
        "title": topic.name,
        "description": topic.says,
        "servers": [{"$ref": "#/servers/log"}],
        "messages": {name: {"$ref": f"#/components/messages/{name}"}},
        # A scaled topic has the installation's count of partitions.
        "bindings": {"kafka": binding if topic.scaled else binding | {"partitions": 1}},
        "x-key": topic.key.value,
        "x-writers": list(topic.writers),
        "x-readers": list(topic.readers),
        "x-dead-letter": topic.dead_letter_name if topic.dead_letter else None,
    }


def _kept_ms(days: int | None) -> int:
    return -1 if days is None else days * _DAY_MS


def _operation(topic: Topic, service: str, action: str) -> dict[str, Any]:
    name = _payload(topic).name
    return {
        "action": action,
        "title": f"{service} {'writes' if action == 'send' else 'reads'} {topic.name}",
        "channel": {"$ref": f"#/channels/{topic.name}"},
        "messages": [{"$ref": f"#/channels/{topic.name}/messages/{name}"}],
        "tags": [{"name": service}],
    }


def _message(topic: Topic) -> dict[str, Any]:
    return {
        "name": topic.payload,
        "title": _payload(topic).name,
        "summary": topic.says,
        "contentType": "application/x-protobuf",
        "headers": _HEADERS,
        "payload": {"$ref": _SCHEMAS + topic.payload},
        "bindings": {
            "kafka": {
                "key": {"type": "string", "description": f"Of the {topic.key.value}, in UTF-8."},
                "bindingVersion": "0.5.0",
            }
        },
    }


def _who_writes_dead_letters(topic: Topic) -> list[str]:
    return list(dict.fromkeys((*topic.writers, *topic.readers)))


def _dead_letter_channel(topic: Topic) -> dict[str, Any]:
    name = topic.dead_letter_name
    kept = {"cleanup.policy": ["delete"], "retention.ms": _kept_ms(dead_letter_days(topic))}
    return {
        "address": name,
        "title": name,
        "description": f"What could never be handled of {topic.name}, whole, with the reason.",
        "servers": [{"$ref": "#/servers/log"}],
        "messages": {each: {"$ref": f"#/components/messages/{each}"} for each in _dead_letters_of(topic)},
        "bindings": {
            "kafka": {"topic": name, "partitions": 1, "topicConfiguration": kept, "bindingVersion": "0.5.0"}
        },
        "x-writers": _who_writes_dead_letters(topic),
        "x-readers": [],
    }


def _dead_letter_operation(topic: Topic, service: str) -> dict[str, Any]:
    return {
        "action": "send",
        "title": f"{service} keeps what it cannot handle of {topic.name}",
        "channel": {"$ref": f"#/channels/{topic.dead_letter_name}"},
        "messages": [
            {"$ref": f"#/channels/{topic.dead_letter_name}/messages/{each}"}
            for each in _dead_letters_of(topic)
        ],
        "tags": [{"name": service}],
    }


def _dead_letters_of(topic: Topic) -> list[str]:
    return [_DEAD_LETTER, _REJECTED.name] if topic in _OF_ROWS else [_DEAD_LETTER]


def _dead_letter_messages() -> dict[str, Any]:
    return {
        _DEAD_LETTER: {
            "name": _DEAD_LETTER,
            "title": _DEAD_LETTER,
            "summary": "A record that can never be handled, byte for byte as it was.",
            "contentType": "application/octet-stream",
            "headers": _headers(_DEAD_LETTER_HEADERS),
            "payload": {"type": "string", "format": "binary"},
        },
        _REJECTED.name: {
            "name": _REJECTED.full_name,
            "title": _REJECTED.name,
            "summary": "A row of a platform's batch that was rejected, with its reason.",
            "contentType": "application/x-protobuf",
            "headers": _headers(_REJECTED_HEADERS),
            "payload": {"$ref": _SCHEMAS + _REJECTED.full_name},
        },
    }


def _headers(told: dict[str, str]) -> dict[str, Any]:
    properties: dict[str, Any] = {
        name: {"type": "string", "description": says} for name, says in told.items()
    }
    return _HEADERS | {"properties": _HEADERS["properties"] | properties, "required": ["reason"]}
