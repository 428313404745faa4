"""Records of the log: every service's decoder of what it consumes, and the columns of events."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
from google.protobuf.message import Message

from kit.columns import DISPATCH, WORK_SESSION, EventBatch, Schema, concat, decode
from kit.directory.decode import entry_of
from kit.errors import MalformedRecordError, PermanentError
from kit.eventlog.port import Record
from kit.eventlog.topics import ACTIVITY, AGREEMENTS, FINDINGS, Topic
from quzhong.api.algo_audit.v1 import consultation_pb2
from quzhong.api.events.v1 import findings_pb2
from quzhong.api.registry.v1 import registry_pb2
from services.algo_audit.consumer import decode_consumed
from services.notify.consumer import decode as notify_decode
from services.registry.consumer import decode as registry_decode
from tests.fuzz.mutating import of_message
from tests.fuzz.target import Target

SECOND = 1_773_635_464


def _columns(schema: Schema, data: bytes) -> bool:
    try:
        batch = decode(schema, data)
    except MalformedRecordError:
        return False
    # What decodes can be worked with: that is the decoder's promise to all behind it.
    again = decode(schema, batch.encode())
    assert all((batch[name] == again[name]).all() for name in schema.dtypes)
    assert all(list(batch.texts[name]) == list(again.texts[name]) for name in schema.texts)
    for name in schema.dictionaries:
        assert batch.names(name).tolist() == again.names(name).tolist()
    reverse = np.arange(len(batch), dtype=np.intp)[::-1]
    assert len(concat([batch.take(reverse), again])) == 2 * len(batch)
    return True


def _column_seeds(schema: Schema) -> Iterator[bytes]:
    rng = np.random.default_rng(1)
    for rows in (0, 1, 5):
        words = {name: [f"{name}-{row}" for row in range(rows)] for name in schema.dictionaries}
        words |= {name: ["", *words[name][1:]] for name in schema.optional_dictionaries}
        columns: dict[str, Any] = {
            name: rng.integers(0, 7, rows).astype(dtype) for name, dtype in schema.dtypes.items()
        }
        columns |= {name: np.arange(rows, dtype=schema.dtypes[name]) for name in schema.dictionaries}
        texts = {name: [f"{name}-{row}" for row in range(rows)] for name in schema.texts}
        yield EventBatch(schema, words, texts, columns).encode()


def _consumed(decoder: Callable[[Record], object], topic: Topic, data: bytes) -> bool:
    # The loop makes a dead letter of a PermanentError; any other exception ends the consumer.
    try:
        decoder(Record(topic.name, 0, 0, data, b"key", {}, 0))
    except PermanentError:
        return False
    return True


def _entry(data: bytes) -> bool:
    try:
        entry_of(data)
    except MalformedRecordError:
        return False
    return True


def _finding() -> Iterator[bytes]:
    finding: Any = findings_pb2.Finding(
        finding_id="f",
        revision=1,
        rule_id="r.r",
        platform_id="swift",
        area_code="130203",
        worker_id="worker-pseudonym-000001",
        state=findings_pb2.FINDING_STATE_STANDS,
        severity=findings_pb2.SEVERITY_BREACH,
    )
    finding.event_time.seconds = SECOND
    finding.title.zh = "超时"
    finding.working_time.limit_time.seconds = SECOND
    finding.working_time.spell_end_time.seconds = SECOND + 60
    yield finding.SerializeToString()


def _activity() -> Iterator[bytes]:
    yield findings_pb2.WorkforceActivity(
        platform_id="swift", area_code="130203", local_date="2026-03-16", partition=1, workers=12
    ).SerializeToString()


def _agreement() -> Iterator[bytes]:
    message: Any = consultation_pb2.Agreement(consultation_id="c", platform_id="swift")
    message.thresholds.add(metric_id="delivery_time", area_code="130203", value=600.0)
    message.effective_time.seconds = message.create_time.seconds = SECOND
    yield message.SerializeToString()


def _entries() -> Iterator[bytes]:
    party: Any = registry_pb2.DirectoryEntry()
    party.party.party_id, party.party.role = "swift", registry_pb2.ROLE_PLATFORM
    party.party.create_time.seconds = SECOND
    yield party.SerializeToString()
    for kind in ("credential", "area", "threshold", "rule_document", "signing_key"):
        entry: Any = registry_pb2.DirectoryEntry()
        each = getattr(entry, kind)
        each.SetInParent()
        for field in each.DESCRIPTOR.fields:
            if field.name.endswith("_time"):
                getattr(each, field.name).seconds = SECOND
            elif field.type == field.TYPE_STRING and not field.is_repeated:
                setattr(each, field.name, "130203")
        yield entry.SerializeToString()


def _record(
    name: str, decoder: Callable[[Record], object], topic: Topic, kind: type[Message], seeds: Any
) -> Target:
    return Target(f"{name}-{topic.name}", partial(_consumed, decoder, topic), seeds, of_message(kind))


RECORDS = (
    *(
        Target(
            f"columns-{name}",
            partial(_columns, schema),
            partial(_column_seeds, schema),
            of_message(schema.message),
        )
        for name, schema in (("dispatches", DISPATCH), ("work-sessions", WORK_SESSION))
    ),
    _record("notify", notify_decode, FINDINGS, findings_pb2.Finding, _finding),
    _record("notify", notify_decode, ACTIVITY, findings_pb2.WorkforceActivity, _activity),
    _record("registry", registry_decode, AGREEMENTS, consultation_pb2.Agreement, _agreement),
    _record("registry", registry_decode, ACTIVITY, findings_pb2.WorkforceActivity, _activity),
    _record("algo-audit", decode_consumed, FINDINGS, findings_pb2.Finding, _finding),
    Target("directory", _entry, _entries, of_message(registry_pb2.DirectoryEntry)),
)
