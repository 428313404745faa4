"""algo_audit, wired."""

from __future__ import annotations

import grpc

from kit.clock import Clock, system_clock
from kit.columns.records import decode_record
from kit.directory import Directory
from kit.eventlog.loop import ConsumerLoop
from kit.eventlog.outbox import OutboxRelay
from kit.eventlog.port import EventLog
from kit.process import run_alone
from kit.storage.store import Store
from quzhong.api.algo_audit.v1 import algo_audit_pb2, algo_audit_pb2_grpc
from services.algo_audit.adapters.audits import SqlArchive, SqlAudits
from services.algo_audit.adapters.tables import METADATA
from services.algo_audit.adapters.whole_log import WholeLog
from services.algo_audit.api import AlgoAuditServicer
from services.algo_audit.consumer import CONSUMED
from services.algo_audit.handlers import Auditor
from services.algo_audit.orders_state import OrdersState
from services.algo_audit.settings import AlgoAuditSettings

LINGER_S = 0.5
"""Nobody waits for a single order here, so many are committed together; an audit does not wait for it."""


class AlgoAuditUnit:
    """algo_audit, ready to run. One process consumes all partitions: an audit needs all orders."""

    name = "algo_audit"
    grpc_services = (algo_audit_pb2.DESCRIPTOR.services_by_name["AlgoAuditService"].full_name,)

    def __init__(
        self, settings: AlgoAuditSettings, log: EventLog, directory: Directory, clock: Clock
    ) -> None:
        self._store = Store.open(settings.store_url(self.name), METADATA)
        state = OrdersState()
        self._loop = ConsumerLoop(
            log=log,
            store=self._store,
            group=self.name,
            topics=CONSUMED,
            linger_s=LINGER_S,
            decode=decode_record,
            handler=state,
            clock=clock,
        )
        self._outbox = OutboxRelay(self._store, log)
        auditor = Auditor(
            WholeLog(self._loop, state), directory, SqlAudits(self._store), settings.params(), clock
        )
        self._servicer = AlgoAuditServicer(auditor, SqlArchive(self._store))

    def add_to(self, server: grpc.Server) -> None:
        """Register the servicer."""
        algo_audit_pb2_grpc.add_AlgoAuditServiceServicer_to_server(self._servicer, server)

    def start(self) -> None:
        """Start collecting orders."""
        self._outbox.start()
        self._loop.start()

    def stop(self) -> None:
        """Finish the batch in hand, then close."""
        self._loop.stop()
        self._outbox.stop()
        self._store.close()

    def drained(self) -> bool:
        """Whether all dispatches in the log are in the state and all findings are on their topic."""
        return self._loop.drained()

    def healthy(self) -> bool:
        """Whether neither thread has ended by a mistake."""
        return not (self._loop.failed or self._outbox.failed)


def build(settings: AlgoAuditSettings, log: EventLog, directory: Directory, clock: Clock) -> AlgoAuditUnit:
    """Wire algo_audit."""
    return AlgoAuditUnit(settings, log, directory, clock)


def main() -> None:
    """Run algo_audit as its own process."""
    settings = AlgoAuditSettings()
    run_alone(settings, lambda log, directory: build(settings, log, directory, system_clock))


if __name__ == "__main__":
    main()
