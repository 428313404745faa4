"""Intake, wired."""

from __future__ import annotations

import time

import grpc

from kit.clock import Clock, system_clock
from kit.directory import Directory
from kit.erasure import Erased
from kit.errors import OverloadedError
from kit.eventlog.loop import ConsumerLoop
from kit.eventlog.outbox import OutboxRelay
from kit.eventlog.partitioner import partition_of
from kit.eventlog.port import EventLog
from kit.eventlog.topics import DISPATCHES
from kit.ledger import Ledger, ledger_keys
from kit.process import run_alone
from kit.storage.opening import open_store
from kit.storage.scrubbing import Scrubbing
from quzhong.api.intake.v1 import intake_pb2
from services.intake.adapters.answers import SqlAnswers
from services.intake.adapters.archive import ParquetArchive
from services.intake.adapters.links import SqlSuccessors
from services.intake.adapters.run_files import FileRuns
from services.intake.adapters.schema import ANSWERS_SCHEMA, ARCHIVE_SCHEMA
from services.intake.api import IntakeServicer
from services.intake.consumer import ARCHIVED, LINKED, Archiver, LinkTaker, decode_events, decode_link
from services.intake.core.accepted import AcceptedEvents
from services.intake.core.event_index import EventIndex
from services.intake.erasing import Erasing
from services.intake.group_commit import GroupCommitter
from services.intake.handlers import Intake, row_check
from services.intake.quota import RowQuota
from services.intake.rekeying import Rekeying
from services.intake.settings import IntakeSettings
from services.intake.succession import SharedSuccessions

ARCHIVE_WAIT_S = 10.0
"""How long a read of the archive waits for what was accepted just before it."""

ARCHIVE_LOOK_S = 0.02
"""How often it looks; writing what has gathered takes some ten milliseconds."""


class IntakeUnit:
    """Intake, ready to run in any process."""

    name = "intake"
    grpc_services = (intake_pb2.DESCRIPTOR.services_by_name["IntakeService"].full_name,)

    def __init__(self, settings: IntakeSettings, log: EventLog, directory: Directory, clock: Clock) -> None:
        quota = RowQuota(settings.intake_rows_limit)
        self._store = open_store(settings, self.name, ANSWERS_SCHEMA)
        self.access_log = Ledger.open(self._store, self.name, ledger_keys(settings), clock)
        # A store of its own: while a segment is written, answers are not kept waiting.
        self._archive_store = open_store(settings, "archive", ARCHIVE_SCHEMA)
        erased = Erased(directory)
        archive = ParquetArchive(
            self._archive_store,
            settings.archive_dir,
            lambda topic, worker_id: partition_of(worker_id.encode(), log.partition_count(topic)),
            erased,
        )
        archive.remove_leftovers()
        successions = SharedSuccessions()
        answers = SqlAnswers(self._store)
        self._committer = GroupCommitter(
            log,
            answers,
            AcceptedEvents(lambda: EventIndex(FileRuns(settings.data_dir))),
            row_check(directory, clock, settings.intake_max_skew_s * 1000, erased),
            successions,
            clock,
            linger_ms=settings.intake_linger_ms,
        )
        scrubbing = Scrubbing(self._store.scrub, self._store.scrub_owed)
        self._erasing = Erasing(archive, answers, erased, scrubbing, hurry=lambda: self._archiver.hurry())
        self._archiver = ConsumerLoop(
            log=log,
            store=self._archive_store,
            group="intake-archive",
            topics=ARCHIVED,
            decode=decode_events(erased),
            handler=Archiver(archive, self._erasing, clock),
            clock=clock,
            linger_s=settings.intake_archive_linger_s,
        )
        successors = SqlSuccessors(
            self._archive_store,
            lambda worker_id: partition_of(worker_id.encode(), log.partition_count(DISPATCHES.name)),
        )
        self._rekeying = Rekeying(
            log,
            successors,
            archive,
            successions,
            clock,
            look_back_days=settings.intake_look_back_days,
            await_archived=self._await_archived,
            on_record=self._committer.on_record,
            erased=erased,
        )
        self._links = ConsumerLoop(
            log=log,
            store=self._archive_store,
            group="intake-links",
            topics=LINKED,
            decode=decode_link,
            handler=LinkTaker(
                successors,
                successions,
                self._rekeying,
                erased,
                Scrubbing(self._archive_store.scrub, self._archive_store.scrub_owed),
            ),
            clock=clock,
        )
        self._outbox = OutboxRelay(self._archive_store, log)
        self._servicer = IntakeServicer(
            Intake(
                self._committer,
                directory,
                archive,
                answers,
                clock,
                quota,
                await_archived=self._await_archived,
            )
        )

    def add_to(self, server: grpc.Server) -> None:
        """Register the servicer."""
        self._servicer.add_to(server)

    def start(self) -> None:
        """Start committing and archiving."""
        self._rekeying.start()  # first: what is committed is written by the links there are
        self._committer.start()
        self._outbox.start()
        self._archiver.start()
        self._links.start()

    def stop(self) -> None:
        """Commit and archive what is in hand, then close."""
        self._committer.stop()
        self._links.stop()
        self._rekeying.stop()
        self._archiver.stop()
        self._outbox.stop()
        self._archive_store.close()
        self.access_log.close()
        self._store.close()

    def drained(self) -> bool:
        """Whether events stand under their workers' last pseudonyms, and the archive holds all of the log but
        nothing of who is erased."""
        self._archiver.hurry()
        moved = self._links.drained() and self._rekeying.idle()
        return moved and self._archiver.drained() and self._erasing.idle()

    def healthy(self) -> bool:
        """Whether no thread that keeps the archive or follows links has ended by a mistake."""
        threads = (self._archiver, self._outbox, self._links, self._rekeying)
        return not any(thread.failed for thread in threads)

    def _await_archived(self) -> None:
        accepted = self._archiver.end()
        deadline = time.monotonic() + ARCHIVE_WAIT_S
        while not self._archiver.has_reached(accepted):
            if time.monotonic() > deadline:
                raise OverloadedError(
                    f"the archive is more than {ARCHIVE_WAIT_S:.0f} s behind; read again later",
                    zh=f"归档滞后超过 {ARCHIVE_WAIT_S:.0f} 秒；请稍后再读",
                )
            self._archiver.hurry()
            time.sleep(ARCHIVE_LOOK_S)


def build(settings: IntakeSettings, log: EventLog, directory: Directory, clock: Clock) -> IntakeUnit:
    """Wire intake."""
    return IntakeUnit(settings, log, directory, clock)


def main() -> None:
    """Run intake as its own process."""
    settings = IntakeSettings()
    run_alone(settings, lambda log, directory: build(settings, log, directory, system_clock))


if __name__ == "__main__":
    main()
