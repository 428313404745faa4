"""Notify, wired."""

from __future__ import annotations

import grpc
from sqlalchemy.engine import Connection

from kit.clock import Clock, system_clock
from kit.directory import Directory
from kit.erasure import Erased
from kit.eventlog.loop import ConsumerLoop
from kit.eventlog.outbox import OutboxRelay
from kit.eventlog.port import EventLog
from kit.holidays import chinese_working_days
from kit.ledger import Ledger, ledger_keys
from kit.process import run_alone
from kit.storage.dialects import take_turn
from kit.storage.opening import open_store
from kit.storage.scrubbing import Scrubbing
from quzhong.api.notify.v1 import notify_pb2, notify_pb2_grpc
from services.notify.adapters.casework_book import SqlCaseworkBook
from services.notify.adapters.departments import DirectoryDepartments
from services.notify.adapters.erasing import SqlErasing
from services.notify.adapters.names import DirectoryNames
from services.notify.adapters.policy_file import SHIPPED, load_policy
from services.notify.adapters.reading import SqlReading
from services.notify.adapters.schema import SCHEMA
from services.notify.adapters.tables import WRITERS
from services.notify.alert_watch import AlertWatch
from services.notify.api import NotifyServicer
from services.notify.casework_app import CaseworkPart
from services.notify.consumer import CONSUMED, CaseKeeper, Sending, decode_without
from services.notify.core.findings import local_day
from services.notify.delivery_app import DeliveryPart
from services.notify.handlers import CaseWork
from services.notify.ladder.climbing import Climbing
from services.notify.period_report_app import PeriodReportPart
from services.notify.settings import NotifySettings


class NotifyUnit:
    """Notify, ready to run in any process."""

    name = "notify"
    grpc_services = (
        notify_pb2.DESCRIPTOR.services_by_name["NotifyService"].full_name,
        CaseworkPart.grpc_service,
        DeliveryPart.grpc_service,
        PeriodReportPart.grpc_service,
    )

    def __init__(self, settings: NotifySettings, log: EventLog, directory: Directory, clock: Clock) -> None:
        policy = load_policy(settings.notify_policy or SHIPPED)
        self._clock = clock
        self._quiet_ms = policy.judging.quiet_ms
        self._store = open_store(settings, self.name, SCHEMA)
        self.access_log = ledger = Ledger.open(self._store, self.name, ledger_keys(settings), clock)
        self._reading = reading = SqlReading(self._store)
        self._delivery = delivery = DeliveryPart(
            settings, self._store, ledger, directory, DirectoryNames(directory), clock
        )
        departments = DirectoryDepartments(directory, policy)
        climbing = Climbing(policy, DirectoryNames(directory), departments, chinese_working_days())
        sending = Sending(clock)

        def open_book(connection: Connection) -> SqlCaseworkBook:
            take_turn(connection, WRITERS)
            return SqlCaseworkBook(connection, ledger, delivery.queue_deliveries, sending.send)

        self._casework = CaseworkPart(
            self._store, climbing, departments, clock, open_book=open_book, after_commit=self._tell
        )
        self._reports = PeriodReportPart(self._store, climbing, self._casework.casework, clock)
        self._watch = AlertWatch(reading)
        erased = Erased(directory)
        self._loop = ConsumerLoop(
            log=log,
            store=self._store,
            group="notify",
            topics=CONSUMED,
            decode=decode_without(erased),
            handler=CaseKeeper(
                CaseWork(climbing, clock),
                open_book,
                sending.send,
                after_commit=self._tell,
                erasing=SqlErasing(erased),
                scrubbing=Scrubbing(self._store.scrub, self._store.scrub_owed),
            ),
            clock=clock,
        )
        self._outbox = OutboxRelay(self._store, log)
        self._servicer = NotifyServicer(
            reading, self._watch, delivery.webhook_calls, policy, self._casework.rights
        )

    def add_to(self, server: grpc.Server) -> None:
        """Register the servicer."""
        notify_pb2_grpc.add_NotifyServiceServicer_to_server(self._servicer, server)
        self._casework.add_to(server)
        self._delivery.add_to(server)
        self._reports.add_to(server)

    def start(self) -> None:
        """Start consuming, relaying and sending."""
        self._outbox.start()
        self._delivery.start()
        self._loop.start()

    def stop(self) -> None:
        """End watches, finish the batch and the attempts in hand, close."""
        self._watch.close()
        self._loop.stop()
        self._delivery.stop()
        self._outbox.stop()
        self.access_log.close()
        self._store.close()

    def drained(self) -> bool:
        """Whether all findings are in cases, all letters in the log, and no delivery is to be made now.

        Asked in the order of the flow: what is read may have to be judged, what is judged may be a letter.
        Days that are not over are not waited for.
        """
        now_ms = self._clock()
        return (
            self._loop.caught_up()
            and not self._reading.policy_due(now_ms + self._quiet_ms, local_day(now_ms))
            and self._loop.drained()
            and self._delivery.idle()
        )

    def healthy(self) -> bool:
        """Whether no thread has ended by a mistake."""
        return not (self._loop.failed or self._outbox.failed or self._delivery.failed or self._watch.failed)

    def _tell(self) -> None:
        self._watch.ring()
        self._delivery.wake()


def build(settings: NotifySettings, log: EventLog, directory: Directory, clock: Clock) -> NotifyUnit:
    """Wire notify."""
    return NotifyUnit(settings, log, directory, clock)


def main() -> None:
    """Run notify as its own process."""
    settings = NotifySettings()
    run_alone(settings, lambda log, directory: build(settings, log, directory, system_clock))


if __name__ == "__main__":
    main()
