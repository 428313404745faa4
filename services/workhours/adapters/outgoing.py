"""Findings and activity on their way to the topics, through the outbox."""

from __future__ import annotations

from collections.abc import Sequence

from google.protobuf.json_format import MessageToJson
from sqlalchemy.engine import Connection

from kit.clock import Clock
from kit.eventlog import outbox
from kit.eventlog.port import EVENT_ID, NewRecord
from kit.eventlog.topics import ACTIVITY, DISPATCHES, FINDINGS
from quzhong.api.events.v1 import columns_pb2, events_pb2, findings_pb2
from services.workhours.core.finding import moment_text
from services.workhours.ports import Activity, OldEvent, Revision
from services.workhours.wire import timestamp

TOO_OLD = "EVENT_BEYOND_HORIZON"
"""Reason of a dead letter: it happened longer ago than working time is judged."""


class OutboxOutgoing:
    """``Outgoing`` through the outbox of the service's store."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def findings(self, connection: Connection, revisions: Sequence[Revision], told: Sequence[bytes]) -> None:
        records = [
            NewRecord(
                topic=FINDINGS.name,
                key=revision.finding.platform_id.encode(),
                value=value,
            )
            for revision, value in zip(revisions, told, strict=True)
        ]
        outbox.add(connection, records, self._clock())

    def too_old(self, connection: Connection, events: Sequence[OldEvent]) -> None:
        records = [
            NewRecord(
                topic=DISPATCHES.dead_letter_name,
                key=event.platform_id.encode(),
                value=self._rejected(event).SerializeToString(),
                headers={
                    EVENT_ID: f"{event.source.partition}/{event.offset}/{event.row}".encode(),
                    "reason": TOO_OLD.encode(),
                    "field": b"event_time",
                },
            )
            for event in events
        ]
        outbox.add(connection, records, self._clock())

    def _rejected(self, event: OldEvent) -> columns_pb2.RejectedRow:
        row = events_pb2.Dispatch(
            event_id=event.event_id,
            worker_id=event.worker_id,
            order_id=event.order_id,
            event_time=timestamp(event.event_time_ms),
            kind=events_pb2.DispatchKind.ValueType(event.kind),
            area_code=event.area_code,
        )
        return columns_pb2.RejectedRow(
            platform_id=event.platform_id,
            row=event.row,
            field="event_time",
            reason=TOO_OLD,
            message=f"event_time: {moment_text(event.event_time_ms)} is from before"
            f" {moment_text(event.horizon_ms)}, up to when working time is judged; it is kept in the log and"
            " the archive and changes no finding",
            row_type=row.DESCRIPTOR.full_name,
            row_json=MessageToJson(row, preserving_proto_field_name=True),
        )

    def activity(self, connection: Connection, counts: Sequence[Activity]) -> None:
        records = [
            NewRecord(
                topic=ACTIVITY.name,
                key=count.platform_id.encode(),
                value=findings_pb2.WorkforceActivity(
                    platform_id=count.platform_id,
                    area_code=count.area_code,
                    local_date=count.local_date,
                    partition=count.partition,
                    workers=count.workers,
                    revision=count.revision,
                ).SerializeToString(),
            )
            for count in counts
        ]
        outbox.add(connection, records, self._clock())
