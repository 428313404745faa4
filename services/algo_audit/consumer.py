"""What algo_audit reads and writes."""

from __future__ import annotations

from google.protobuf.message import DecodeError

from kit.columns import EventBatch
from kit.columns.records import SCHEMAS, decode_record
from kit.erasure import Erased
from kit.errors import MalformedRecordError
from kit.eventlog.handler import Decode
from kit.eventlog.port import Record
from kit.eventlog.topics import AGREEMENTS, DISPATCHES, FINDINGS, REGISTRY, WORK_SESSIONS, Topic
from quzhong.api.events.v1 import findings_pb2
from services.algo_audit.erasing import is_gone
from services.algo_audit.held import Consumed
from services.algo_audit.wire_findings import over_hours

READS: tuple[Topic, ...] = (DISPATCHES, WORK_SESSIONS, FINDINGS, REGISTRY)
WRITES: tuple[Topic, ...] = (FINDINGS, AGREEMENTS)

CONSUMED = (DISPATCHES.name, WORK_SESSIONS.name, FINDINGS.name)
"""What the loop reads; the directory reads the registry's topic."""


def decode_consumed(record: Record) -> Consumed:
    """The events of a record, or who it says was over their hours.

    Raises:
        MalformedRecordError: if it holds neither events nor a finding, or one whose times are none.
    """
    if record.topic in SCHEMAS:
        return decode_record(record)
    try:
        return over_hours(findings_pb2.Finding.FromString(record.value))
    except (DecodeError, ValueError) as error:
        raise MalformedRecordError(f"no finding: {error}") from error


def decode_without(erased: Erased) -> Decode[Consumed]:
    """``decode_consumed``, without what is gone: the log still has it for a while."""

    def decode(record: Record) -> Consumed:
        said = decode_consumed(record)
        if isinstance(said, EventBatch):
            return erased.without(said)
        if said is not None and is_gone(said, erased):
            return said._replace(worker_id="", stands=False)
        return said

    return decode
