"""Notify, wired."""

from __future__ import annotations

import grpc

from kit.clock import Clock, system_clock
from kit.directory import Directory
from kit.eventlog.loop import ConsumerLoop
from kit.eventlog.outbox import OutboxRelay
from kit.eventlog.port import EventLog
from kit.ledger import Ledger, ledger_keys
from kit.process import run_alone
from kit.storage.store import Store
from quzhong.api.notify.v1 import notify_pb2, notify_pb2_grpc
from services.notify.adapters.book import SqlBook
from services.notify.adapters.names import DirectoryNames
from services.notify.adapters.policy_file import SHIPPED, load_policy
from services.notify.adapters.reading import SqlReading
from services.notify.adapters.tables import METADATA
from services.notify.adapters.webhook_queue import SqlWebhookQueue
from services.notify.adapters.webhook_sender import WebhookSender
from services.notify.alert_watch import AlertWatch
from services.notify.api import NotifyServicer
from services.notify.consumer import CONSUMED, CaseKeeper, decode
from services.notify.handlers import CaseWork
from services.notify.settings import NotifySettings


class NotifyUnit:
    """Notify, ready to run in any process."""

    name = "notify"
    grpc_services = (notify_pb2.DESCRIPTOR.services_by_name["NotifyService"].full_name,)

    def __init__(self, settings: NotifySettings, log: EventLog, directory: Directory, clock: Clock) -> None:
        policy = load_policy(settings.notify_policy or SHIPPED)
        self._clock = clock
        self._quiet_ms = policy.judging.quiet_ms
        self._store = Store.open(settings.store_url(self.name), METADATA)
        self.access_log = ledger = Ledger.open(self._store, self.name, ledger_keys(settings), clock)
        self._reading = reading = SqlReading(self._store)
        queue = SqlWebhookQueue(self._store, ledger)
        self._watch = AlertWatch(reading)
        self._sender = WebhookSender(queue, self._store, clock, retry_after_s=settings.notify_webhook_retry_s)
        self._loop = ConsumerLoop(
            log=log,
            store=self._store,
            group="notify",
            topics=CONSUMED,
            decode=decode,
            handler=CaseKeeper(
                CaseWork(policy, DirectoryNames(directory), clock),
                lambda connection: SqlBook(connection, ledger),
                clock,
                after_commit=self._tell,
            ),
            clock=clock,
        )
        self._outbox = OutboxRelay(self._store, log)
        self._servicer = NotifyServicer(reading, self._watch, queue, policy, clock)

    def add_to(self, server: grpc.Server) -> None:
        """Register the servicer."""
        notify_pb2_grpc.add_NotifyServiceServicer_to_server(self._servicer, server)

    def start(self) -> None:
        """Start consuming, relaying and sending."""
        self._outbox.start()
        self._sender.start()
        self._loop.start()

    def stop(self) -> None:
        """End watches, finish the batch and the attempts in hand, close."""
        self._watch.close()
        self._loop.stop()
        self._sender.stop()
        self._outbox.stop()
        self.access_log.close()
        self._store.close()

    def drained(self) -> bool:
        """Whether all findings are in cases, all letters in the log, and no delivery is to be made now.

        Asked in the order of the flow: what is read may have to be judged, what is judged may be a letter.
        Days that are not over are not waited for.
        """
        return (
            self._loop.caught_up()
            and not self._reading.judging_due(self._clock() + self._quiet_ms)
            and self._loop.drained()
            and self._sender.idle()
        )

    def healthy(self) -> bool:
        """Whether no thread has ended by a mistake."""
        return not (self._loop.failed or self._outbox.failed or self._sender.failed)

    def _tell(self) -> None:
        self._watch.ring()
        self._sender.wake()


def build(settings: NotifySettings, log: EventLog, directory: Directory, clock: Clock) -> NotifyUnit:
    """Wire notify."""
    return NotifyUnit(settings, log, directory, clock)


def main() -> None:
    """Run notify as its own process."""
    settings = NotifySettings()
    run_alone(settings, lambda log, directory: build(settings, log, directory, system_clock))


if __name__ == "__main__":
    main()
