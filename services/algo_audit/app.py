"""algo_audit, wired."""

from __future__ import annotations

import secrets
import threading

import grpc
from google.longrunning import operations_pb2_grpc

from kit.clock import Clock, system_clock
from kit.directory import Directory
from kit.erasure import Erased
from kit.eventlog.loop import ConsumerLoop
from kit.eventlog.outbox import OutboxRelay
from kit.eventlog.port import EventLog
from kit.grpc.watching import Watching
from kit.ledger import Ledger, ledger_keys
from kit.process import run_alone
from kit.storage.opening import open_store
from kit.storage.scrubbing import Scrubbing
from quzhong.api.algo_audit.v1 import (
    algo_audit_pb2,
    algo_audit_pb2_grpc,
    appeals_pb2,
    appeals_pb2_grpc,
    consultation_pb2,
    consultation_pb2_grpc,
)
from services.algo_audit.adapters.answers import SqlAnswers
from services.algo_audit.adapters.appeals import SqlAppealBook
from services.algo_audit.adapters.audits import SqlArchive, SqlAudits
from services.algo_audit.adapters.baselines import SqlClosedDays, SqlSketchedDays
from services.algo_audit.adapters.consultations import SqlConsultations
from services.algo_audit.adapters.named_workers import SqlNamedWorkers
from services.algo_audit.adapters.operations import SqlOperationBook
from services.algo_audit.adapters.over_hours import SqlOverHoursSpans
from services.algo_audit.adapters.schema import SCHEMA
from services.algo_audit.adapters.told_periods import SqlToldBook
from services.algo_audit.adapters.whole_log import WholeLog
from services.algo_audit.api import AlgoAuditServicer
from services.algo_audit.appeal_api import AppealServicer
from services.algo_audit.appeals import AppealDesk
from services.algo_audit.baselines import Baselines
from services.algo_audit.charging import Charging
from services.algo_audit.closing import Closing
from services.algo_audit.consultation_api import ConsultationServicer
from services.algo_audit.consultation_reading import ConsultationReader
from services.algo_audit.consultations import ConsultationDesk
from services.algo_audit.consumer import CONSUMED, decode_without
from services.algo_audit.core.cohort_keys import DAY_MS
from services.algo_audit.erasing import Erasing
from services.algo_audit.handlers import Auditor
from services.algo_audit.held import Held
from services.algo_audit.minimum_wage_file import load_minimum_wages
from services.algo_audit.operations import Operations
from services.algo_audit.operations_api import OperationsServicer
from services.algo_audit.packs import AuditedPacks, DocumentRenderer, FrozenEffects
from services.algo_audit.public_calendar import PublicCalendar
from services.algo_audit.settings import AlgoAuditSettings

LINGER_S = 0.5
"""Nobody waits for a single order here, so many are committed together; an audit does not wait for it."""


class AlgoAuditUnit:
    """algo_audit, ready to run. One process consumes all partitions: an audit needs all orders."""

    name = "algo_audit"
    grpc_services = (
        algo_audit_pb2.DESCRIPTOR.services_by_name["AlgoAuditService"].full_name,
        consultation_pb2.DESCRIPTOR.services_by_name["ConsultationService"].full_name,
        appeals_pb2.DESCRIPTOR.services_by_name["AppealService"].full_name,
        "google.longrunning.Operations",
    )

    def __init__(
        self, settings: AlgoAuditSettings, log: EventLog, directory: Directory, clock: Clock
    ) -> None:
        self._store = open_store(settings, self.name, SCHEMA)
        self.access_log = Ledger.open(self._store, self.name, ledger_keys(settings), clock)
        params = settings.params()
        erased, audits = Erased(directory), threading.Lock()
        state = Held(
            SqlOverHoursSpans(),
            Closing(SqlClosedDays(), params, settings.audit_keep_days),
            lambda: self._loop.end().keys(),
            Erasing(erased, SqlNamedWorkers()),
            Scrubbing(self._store.scrub, self._store.scrub_owed),
            audits,
        )
        self._loop = ConsumerLoop(
            log=log,
            store=self._store,
            group=self.name,
            topics=CONSUMED,
            linger_s=LINGER_S,
            decode=decode_without(erased),
            handler=state,
            clock=clock,
        )
        self._outbox = OutboxRelay(self._store, log)
        calendar = PublicCalendar(settings.audit_public_periods, SqlToldBook(self._store), clock)
        auditor = Auditor(
            WholeLog(self._loop, state),
            directory,
            SqlAudits(self._store),
            params,
            Charging(params, load_minimum_wages(settings.audit_minimum_wages)),
            calendar,
            clock,
            audits,
        )
        archive, answers = SqlArchive(self._store), SqlAnswers()
        self._watching = Watching()
        self._store.after_commit(self._watching.ring)
        self._operations = Operations(
            auditor,
            SqlOperationBook(self._store),
            clock,
            _new_id,
            settings.audit_operation_days * DAY_MS,
        )
        appeals = AppealDesk(
            SqlAppealBook(self._store),
            answers,
            directory,
            clock,
            _new_id,
            reply_within_days=settings.audit_appeal_days,
        )
        consultations = SqlConsultations(self._store)
        desk = ConsultationDesk(
            consultations,
            answers,
            AuditedPacks(auditor, directory, appeals),
            FrozenEffects(),
            directory,
            clock,
            _new_id,
        )
        self._audits = AlgoAuditServicer(
            auditor,
            archive,
            self._operations,
            self._watching,
            Baselines(SqlSketchedDays(self._store), directory, params, calendar),
            calendar,
        )
        self._long_running = OperationsServicer(self._operations, archive, calendar)
        self._consultations = ConsultationServicer(
            desk, ConsultationReader(consultations, directory, clock), DocumentRenderer()
        )
        self._appeals = AppealServicer(appeals)

    def add_to(self, server: grpc.Server) -> None:
        """Register the servicers."""
        algo_audit_pb2_grpc.add_AlgoAuditServiceServicer_to_server(self._audits, server)
        consultation_pb2_grpc.add_ConsultationServiceServicer_to_server(self._consultations, server)
        appeals_pb2_grpc.add_AppealServiceServicer_to_server(self._appeals, server)
        operations_pb2_grpc.add_OperationsServicer_to_server(self._long_running, server)

    def start(self) -> None:
        """Start collecting orders, and go on with the audits that were left unfinished."""
        self._outbox.start()
        self._loop.start()
        self._operations.resume()

    def stop(self) -> None:
        """Finish the batch in hand, then close."""
        self._watching.close()
        self._operations.stop()
        self._loop.stop()
        self._outbox.stop()
        self.access_log.close()
        self._store.close()

    def drained(self) -> bool:
        """Whether all dispatches in the log are in the state and all findings are on their topic."""
        return self._loop.drained()

    def healthy(self) -> bool:
        """Whether neither thread has ended by a mistake."""
        return not (self._loop.failed or self._outbox.failed)


def _new_id() -> str:
    return secrets.token_hex(16)


def build(settings: AlgoAuditSettings, log: EventLog, directory: Directory, clock: Clock) -> AlgoAuditUnit:
    """Wire algo_audit."""
    return AlgoAuditUnit(settings, log, directory, clock)


def main() -> None:
    """Run algo_audit as its own process."""
    settings = AlgoAuditSettings()
    run_alone(settings, lambda log, directory: build(settings, log, directory, system_clock))


if __name__ == "__main__":
    main()
