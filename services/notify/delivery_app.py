"""Deliveries, wired: what ``app.py`` makes one of. Nothing here knows how alerts come about."""

from __future__ import annotations

from collections.abc import Sequence

import grpc
from sqlalchemy.engine import Connection

from kit.clock import Clock
from kit.directory import Directory
from kit.ledger import Recorder
from kit.storage.store import Store
from quzhong.api.notify.v1 import delivery_pb2, delivery_pb2_grpc
from services.notify.adapters.deliveries import SqlDeliveries
from services.notify.adapters.delivery_queue import SubscriptionRouter
from services.notify.adapters.delivery_sender import DeliverySender
from services.notify.adapters.enclosures import SqlEnclosures
from services.notify.adapters.mail_carrier import MailCarrier, Relay, Security
from services.notify.adapters.mail_message import Letterbox
from services.notify.adapters.subscription_store import SqlSubscriptions
from services.notify.adapters.webhook_carrier import WebhookCarrier
from services.notify.core.alerts import Alert
from services.notify.core.subscriptions import Channel
from services.notify.core.text import Text
from services.notify.delivery.api import DeliveryServicer, WebhookCalls
from services.notify.delivery.ports import Carrier
from services.notify.delivery.subscribing import Subscribing
from services.notify.ports import Names
from services.notify.settings import NotifySettings


class DeliveryPart:
    """Who is told, the queue, and the thread that empties it."""

    grpc_service = delivery_pb2.DESCRIPTOR.services_by_name["DeliveryService"].full_name

    def __init__(
        self,
        settings: NotifySettings,
        store: Store,
        recorder: Recorder,
        directory: Directory,
        names: Names,
        clock: Clock,
    ) -> None:
        subscriptions = SqlSubscriptions(store, recorder)
        subscribing = Subscribing(subscriptions, mails=bool(settings.notify_smtp_host))
        carriers: dict[Channel, Carrier] = {Channel.WEBHOOK: WebhookCarrier(clock)}
        if settings.notify_smtp_host:
            carriers[Channel.EMAIL] = _mail_carrier(settings, store, directory, names)
        self._router = SubscriptionRouter(directory.holder)
        self._sender = DeliverySender(
            SqlDeliveries(store, recorder),
            directory.holder,
            carriers,
            store,
            clock,
            retry_after_s=settings.notify_webhook_retry_s,
        )
        self._servicer = DeliveryServicer(subscriptions, subscribing, clock)
        self.webhook_calls = WebhookCalls(subscriptions, subscribing, clock)

    @property
    def failed(self) -> BaseException | None:
        """What ended the sender's thread, if anything unexpected did."""
        return self._sender.failed

    def queue_deliveries(self, connection: Connection, alerts: Sequence[Alert]) -> None:
        """For ``SqlBook``: within the transaction that raises the alerts."""
        self._router.queue_deliveries(connection, alerts)

    def add_to(self, server: grpc.Server) -> None:
        """Register the servicer."""
        delivery_pb2_grpc.add_DeliveryServiceServicer_to_server(self._servicer, server)

    def start(self) -> None:
        """Start sending."""
        self._sender.start()

    def stop(self) -> None:
        """Finish the attempts in hand."""
        self._sender.stop()

    def wake(self) -> None:
        """There may be new alerts."""
        self._sender.wake()

    def idle(self) -> bool:
        """Whether nothing is to be sent now."""
        return self._sender.idle()


def _mail_carrier(settings: NotifySettings, store: Store, directory: Directory, names: Names) -> MailCarrier:
    def department(party_id: str) -> Text:
        party = next((each for each in directory.parties() if each.party_id == party_id), None)
        return Text(party_id, party_id) if party is None else Text(party.name_zh, party.name_en)

    relay = Relay(
        host=settings.notify_smtp_host,
        port=settings.notify_smtp_port,
        security=Security(settings.notify_smtp_security),
        user=settings.notify_smtp_user,
        password=settings.notify_smtp_password,
        ca_file=str(settings.notify_smtp_ca) if settings.notify_smtp_ca else None,
    )
    letterbox = Letterbox(settings.notify_smtp_sender, settings.notify_smtp_contact)
    return MailCarrier(relay, letterbox, names, SqlEnclosures(store, names, department))
