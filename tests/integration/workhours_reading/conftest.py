"""The read side of workhours on a real socket: its log and store are filled by the tests themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import grpc
import numpy as np
import pytest

from kit.columns import EventBatch
from kit.errors import UnauthenticatedError
from kit.eventlog.memory import MemoryEventLog
from kit.eventlog.partitioner import partition_of
from kit.eventlog.port import NewRecord
from kit.eventlog.topics import DISPATCHES, TOPICS
from kit.grpc.host import Host
from kit.grpc.watching import Watching
from kit.security.caller import Caller, Role
from kit.storage.store import Store
from quzhong.api.workhours.v1 import workhours_pb2_grpc
from services.workhours.adapters.advisories import SqlAdvisories, SqlAdvisoryReading
from services.workhours.adapters.findings import SqlFindings, SqlWatermarks
from services.workhours.adapters.reading import SqlReading
from services.workhours.adapters.tables import METADATA
from services.workhours.adapters.worker_history import LogWorkerHistory
from services.workhours.api import WorkhoursServicer
from services.workhours.core.advisory import advisories
from services.workhours.core.finding import Finding, FindingState
from services.workhours.core.finding_key import finding_key
from services.workhours.core.verdict import Severity
from services.workhours.core.work_events import DispatchKind
from services.workhours.explaining import Explaining
from services.workhours.ports import Caused, Revision
from services.workhours.rejudging import EVER, rejudge
from services.workhours.settings import WorkhoursSettings
from services.workhours.timelines import Timelines
from services.workhours.wire import Wire
from tests.unit.workhours.batches import batch
from tests.unit.workhours.shifts import Row, at

PARTITIONS = 3
WORKER = "worker-0001"
CALLERS = {
    "platform-0": Caller("platform-0", Role.PLATFORM, ("130200",)),
    "platform-1": Caller("platform-1", Role.PLATFORM, ("130200",)),
    "platform-2": Caller("platform-2", Role.PLATFORM, ("130200",)),
    "city": Caller("city", Role.REGULATOR, ("130200",)),
    "lubei": Caller("lubei", Role.REGULATOR, ("130203",)),
    "union": Caller("union", Role.UNION, ("130200",)),
}
"""By token."""


class Callers:
    """Implements ``kit.grpc.interceptors.Authenticator``."""

    def authenticate(self, token: str) -> Caller:
        if token not in CALLERS:
            raise UnauthenticatedError("unknown")
        return CALLERS[token]


class Desk:
    """Implements ``kit.grpc.host.Unit``: workhours without its consumer."""

    name = "desk"
    grpc_services = ("quzhong.api.workhours.v1.WorkhoursService",)

    def __init__(self, folder: Path) -> None:
        self.log = MemoryEventLog()
        self.log.ensure_topics(TOPICS, PARTITIONS)
        self.pack = WorkhoursSettings().rule_pack()
        self.store = Store.open(f"sqlite:///{folder / 'workhours.db'}", METADATA)
        self.history = LogWorkerHistory(self.log, self.store, SqlWatermarks())
        self.findings = SqlFindings(Wire(lambda: self.pack))
        self._watching = Watching()
        self._partition = partition_of(WORKER.encode(), PARTITIONS)
        self._servicer = WorkhoursServicer(
            SqlReading(self.store),
            SqlAdvisoryReading(self.store),
            self._watching,
            Explaining(lambda: self.pack, self.history),
            Timelines(lambda: self.pack, self.history),
        )
        self.channel: grpc.Channel

    def append(self, *rows: Row, version: int = 0, deleted: bool = False) -> None:
        """What intake would append for these rows, every third in a record of its own."""
        for first in range(3):
            if rows[first::3]:
                self._append(stated(batch(rows[first::3]), version=version, deleted=deleted))

    def _append(self, events: EventBatch) -> None:
        for number, part in events.split(partitions(events)):
            self.log.append([NewRecord(DISPATCHES.name, part.encode(), partition=number)])

    def publish(self, severity: Severity = Severity.BREACH, **changed: Any) -> Finding:
        """The finding that the log gives for the worker, as the consumer would have saved it."""
        events = self.history.events(WORKER, 0, EVER)
        rule = self.pack.rules[0]
        (verdict,) = rejudge(self.pack, events).verdicts[rule.id]
        assert verdict.severity is severity
        finding = Finding(
            finding_id=finding_key(self.pack.id, rule.id, WORKER, verdict.period_start_ms),
            rule_id=rule.id,
            pack_id=self.pack.id,
            pack_version=self.pack.version,
            worker_id=WORKER,
            severity=verdict.severity,
            platform_id="platform-0",
            area_code="130203",
            tier_at_ms=verdict.start_ms,
            spell_start_ms=verdict.period_start_ms,
            stated_until_ms=verdict.start_ms if verdict.open else verdict.period_end_ms,
            open=verdict.open,
            watermark_ms=events.known_until_ms,
            measured_ms=verdict.limit_ms if verdict.open else verdict.measured_ms,
            limit_ms=verdict.limit_ms,
            limit_at_ms=verdict.start_ms,
            no_push_start_ms=None,
            no_push_end_ms=None,
            platform_ids=tuple(sorted({event.platform_id for event in events.dispatches})),
            event_ids=(),
            counter=tuple((step.start_ms, step.end_ms, step.accumulated_ms) for step in verdict.trace),
        )
        return self.save(replace(finding, **changed))

    def save(
        self, finding: Finding, earlier: Finding | None = None, accepted_ms: int | None = None
    ) -> Finding:
        """Save a revision and what it advises, in one transaction."""
        with self.store.transaction() as connection:
            self.findings.save(connection, [Revision(finding, 1, finding.watermark_ms, self._partition)])
            told = advisories(earlier, finding)
            SqlAdvisories().add(
                connection, [Caused(each, accepted_ms, finding.watermark_ms) for each in told]
            )
        self._watching.ring()
        return finding

    def withdraw(self, finding: Finding) -> Finding:
        withdrawn = replace(finding, revision=finding.revision + 1, state=FindingState.WITHDRAWN)
        return self.save(withdrawn, finding)

    def pass_time(self, to: str) -> None:
        """Let the watermark of the worker's partition come to a moment."""
        with self.store.transaction() as connection:
            SqlWatermarks().save(connection, self._partition, at(to))

    def call(self, caller: str, method: str, request: Any) -> Any:
        """An RPC as one of ``CALLERS``."""
        stub = workhours_pb2_grpc.WorkhoursServiceStub(self.channel)
        return getattr(stub, method)(request, metadata=[("authorization", f"Bearer {caller}")], timeout=20)

    def add_to(self, server: grpc.Server) -> None:
        workhours_pb2_grpc.add_WorkhoursServiceServicer_to_server(self._servicer, server)

    def start(self) -> None: ...

    def stop(self) -> None:
        self._watching.close()
        self.store.close()

    def drained(self) -> bool:
        return True

    def healthy(self) -> bool:
        return True


def partitions(events: EventBatch) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.array([partition_of(name.encode(), PARTITIONS) for name in events.names("worker")])


def stated(events: EventBatch, *, version: int, deleted: bool) -> EventBatch:
    """The rows as that version of their events."""
    columns = dict(events.columns)
    columns["version"] = np.full_like(columns["version"], version)
    columns["deleted"] = np.full_like(columns["deleted"], deleted)
    return replace(events, columns=columns)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    unit = Desk(tmp_path)
    host = Host([unit], Callers(), "127.0.0.1:0")
    host.start()
    with grpc.insecure_channel(host.address) as channel:
        unit.channel = channel
        yield unit
    host.stop(grace_s=0.2)


def six_orders(worker: int = 1, platforms: Sequence[int] = (0, 1)) -> list[Row]:
    """08:00–12:35, 45 min each, 1 min apart, in turn for each platform: 4 h 30 min of work."""
    rows = []
    for number in range(6):
        begin = at("08:00") + number * 46 * 60_000
        of = (worker, platforms[number % len(platforms)], number)
        rows.append(Row(*of, DispatchKind.ACCEPTED, begin, 3))
        rows.append(Row(*of, DispatchKind.COMPLETED, begin + 45 * 60_000, 3))
    return rows
