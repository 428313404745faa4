"""Findings and activity on their way to the topics, through the outbox."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.engine import Connection

from kit.clock import Clock
from kit.eventlog import outbox
from kit.eventlog.port import NewRecord
from kit.eventlog.topics import ACTIVITY, FINDINGS
from quzhong.api.events.v1 import findings_pb2
from services.workhours.ports import Activity, Revision
from services.workhours.wire import Wire


class OutboxOutgoing:
    """``Outgoing`` through the outbox of the service's store."""

    def __init__(self, wire: Wire, clock: Clock) -> None:
        self._wire = wire
        self._clock = clock

    def findings(self, connection: Connection, revisions: Sequence[Revision]) -> None:
        records = [
            NewRecord(
                topic=FINDINGS.name,
                key=revision.finding.platform_id.encode(),
                value=self._wire.to_proto(revision).SerializeToString(),
            )
            for revision in revisions
        ]
        outbox.add(connection, records, self._clock())

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
                ).SerializeToString(),
            )
            for count in counts
        ]
        outbox.add(connection, records, self._clock())
