"""A unit whose consumer ends by a mistake when it is given a record; as a process of its own too."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from pathlib import Path

import grpc
from sqlalchemy import MetaData
from sqlalchemy.engine import Connection

from kit.eventlog.loop import ConsumerLoop
from kit.eventlog.port import EventLog, NewRecord, Record, TopicPartition
from kit.eventlog.topics import FINDINGS
from kit.process import run_alone
from kit.storage.store import Store
from services.notify.settings import NotifySettings

SERVICE = "quzhong.api.workhours.v1.WorkhoursService"


class MistakenHandler:
    """Divides by zero."""

    def restore(self, connection: Connection, partitions: Collection[TopicPartition]) -> None: ...

    def forget(self, partitions: Collection[TopicPartition]) -> None: ...

    def handle(self, connection: Connection, batch: Sequence[tuple[Record, bytes]]) -> None:
        print(1 // 0)


class FailingUnit:
    """Implements ``kit.grpc.host.Unit``."""

    name = "failing"
    grpc_services = (SERVICE,)

    def __init__(self, log: EventLog, folder: Path) -> None:
        self._log = log
        self._store = Store.open(f"sqlite:///{folder / 'failing.db'}", MetaData())
        self._loop = ConsumerLoop[bytes](
            log=log,
            store=self._store,
            group="failing",
            topics=[FINDINGS.name],
            decode=lambda record: record.value,
            handler=MistakenHandler(),
        )

    def add_to(self, server: grpc.Server) -> None: ...

    def start(self) -> None:
        self._loop.start()

    def stop(self) -> None:
        self._loop.stop()
        self._store.close()

    def drained(self) -> bool:
        return self._loop.drained()

    def healthy(self) -> bool:
        return self._loop.failed is None

    def fail(self) -> None:
        """Give it the record."""
        self._log.append([NewRecord(FINDINGS.name, b"any", key=b"swift")])


if __name__ == "__main__":
    data_dir = Path(sys.argv[1])

    def build(log: EventLog, _: object) -> FailingUnit:
        unit = FailingUnit(log, data_dir)
        unit.fail()
        return unit

    run_alone(NotifySettings(data_dir=data_dir, address="127.0.0.1:0"), build)
