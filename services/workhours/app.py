"""Workhours, wired."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import grpc
from sqlalchemy.engine import Connection

from kit.clock import Clock, system_clock
from kit.directory import Directory
from kit.erasure import NOBODY_ERASED, Erased, Erasures
from kit.eventlog.heard import HeardUntil
from kit.eventlog.loop import ConsumerLoop
from kit.eventlog.outbox import OutboxRelay
from kit.eventlog.port import EventLog
from kit.eventlog.topics import DISPATCHES
from kit.grpc.watching import Watching
from kit.ledger import Ledger, ledger_keys
from kit.process import run_alone
from kit.storage.opening import open_store
from kit.storage.scrubbing import Scrubbing
from quzhong.api.workhours.v1 import workhours_pb2, workhours_pb2_grpc
from services.workhours.adapters.advisories import SqlAdvisories, SqlAdvisoryReading
from services.workhours.adapters.findings import SqlErasableFindings, SqlFindings, SqlWatermarks
from services.workhours.adapters.outgoing import OutboxOutgoing
from services.workhours.adapters.reading import SqlReading
from services.workhours.adapters.schema import SCHEMA
from services.workhours.adapters.worker_history import LogWorkerHistory
from services.workhours.api import WorkhoursServicer
from services.workhours.consumer import CONSUMED
from services.workhours.erasing import Erasing, decode_without
from services.workhours.explaining import Explaining
from services.workhours.handlers import WorkingTime
from services.workhours.pack_file import PackFile
from services.workhours.settings import Watermark, WorkhoursSettings
from services.workhours.timelines import Timelines
from services.workhours.wire import Wire

GROUP = "workhours"


class WorkhoursUnit:
    """Workhours, ready to run in any process."""

    name = "workhours"
    grpc_services = (workhours_pb2.DESCRIPTOR.services_by_name["WorkhoursService"].full_name,)

    def __init__(
        self,
        settings: WorkhoursSettings,
        log: EventLog,
        clock: Clock,
        erasures: Erasures = NOBODY_ERASED,
    ) -> None:
        packs = PackFile(settings.workhours_rule_pack, settings.rule_pack, clock).in_force
        self._store = open_store(settings, self.name, SCHEMA)
        self.access_log = Ledger.open(self._store, self.name, ledger_keys(settings), clock)
        self._watching = Watching()
        wire = Wire(packs)
        erased = Erased(erasures)
        decode = decode_without(erased)
        handler = WorkingTime(
            packs,
            log,
            GROUP,
            SqlFindings(wire),
            SqlWatermarks(),
            SqlAdvisories(),
            OutboxOutgoing(clock),
            clock,
            keeping=settings.keeping(),
            passing=_passing(settings, log, clock),
            told=self._watching.ring,
            decode=decode,
            erasing=Erasing(erased, SqlErasableFindings()),
            scrubbing=Scrubbing(self._store.scrub, self._store.scrub_owed),
        )
        self._loop = ConsumerLoop(
            log=log,
            store=self._store,
            group=GROUP,
            topics=CONSUMED,
            decode=decode,
            handler=handler,
            clock=clock,
            max_records=settings.workhours_batch_records,
        )
        self._outbox = OutboxRelay(self._store, log)
        history = LogWorkerHistory(log, self._store, SqlWatermarks(), decode)
        self._servicer = WorkhoursServicer(
            SqlReading(self._store),
            SqlAdvisoryReading(self._store),
            self._watching,
            Explaining(packs, history),
            Timelines(packs, history),
        )

    def add_to(self, server: grpc.Server) -> None:
        """Register the servicer."""
        workhours_pb2_grpc.add_WorkhoursServiceServicer_to_server(self._servicer, server)

    def start(self) -> None:
        """Start judging."""
        self._outbox.start()
        self._loop.start()

    def stop(self) -> None:
        """Finish the batch in hand, then close."""
        self._watching.close()
        self._loop.stop()
        self._outbox.stop()
        self.access_log.close()
        self._store.close()

    def drained(self) -> bool:
        """Whether all dispatches in the log are judged and all findings are on their topic."""
        return self._loop.drained()

    def healthy(self) -> bool:
        """Whether neither thread has ended by a mistake."""
        return not (self._loop.failed or self._outbox.failed)


def _passing(
    settings: WorkhoursSettings, log: EventLog, clock: Clock
) -> Callable[[Connection], Mapping[int, int]] | None:
    """What lets time pass, as ``WorkingTime`` takes it."""
    if settings.workhours_watermark is Watermark.EVENT:
        return None
    heard_until = HeardUntil(log, GROUP, DISPATCHES.name, clock)
    skew_ms = settings.workhours_allowed_skew_s * 1000
    return lambda connection: {
        number: moment_ms - skew_ms for number, moment_ms in heard_until(connection).items()
    }


def build(settings: WorkhoursSettings, log: EventLog, directory: Directory, clock: Clock) -> WorkhoursUnit:
    """Wire workhours; the host checks its callers: the directory is asked only whose data are to go."""
    return WorkhoursUnit(settings, log, clock, directory)


def main() -> None:
    """Run workhours as its own process."""
    settings = WorkhoursSettings()
    run_alone(settings, lambda log, directory: build(settings, log, directory, system_clock))


if __name__ == "__main__":
    main()
