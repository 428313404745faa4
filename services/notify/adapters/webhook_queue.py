"""``ports.Webhooks`` and ``ports.Deliveries`` over SQLAlchemy: addresses, and the rows still to be sent."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from kit.ledger import NOT_RECORDED, Recorder
from kit.storage.store import Store
from services.notify.adapters import acts, rows
from services.notify.adapters.tables import ALERTS, DELIVERIES, WEBHOOKS
from services.notify.core.webhooks import Verdict, Webhook
from services.notify.ports import DueDelivery


class SqlWebhookQueue:
    """Made once; threads may share it."""

    def __init__(self, store: Store, recorder: Recorder = NOT_RECORDED) -> None:
        """Registrations and attempts go to ``recorder`` as well: the ledger."""
        self._store = store
        self._recorder = recorder

    def register(self, webhook: Webhook) -> Webhook:
        """See the port."""
        with self._store.transaction() as connection:
            kept = connection.execute(
                sa.select(WEBHOOKS).where(
                    WEBHOOKS.c.party_id == webhook.party_id, WEBHOOKS.c.request_id == webhook.request_id
                )
            ).first()
            if kept is not None:
                return rows.webhook_of(kept)
            connection.execute(sa.insert(WEBHOOKS), [rows.webhook_values(webhook)])
            self._recorder.record(connection, acts.of_webhook(webhook))
        return webhook

    def due(self, now_ms: int, limit: int, paused: Collection[str]) -> list[DueDelivery]:
        """See the port."""
        oldest = (
            sa.select(
                DELIVERIES.c.delivery_id,
                DELIVERIES.c.webhook_id,
                DELIVERIES.c.alert_id,
                DELIVERIES.c.attempts,
            )
            .where(DELIVERIES.c.due_time_ms <= now_ms, DELIVERIES.c.webhook_id.not_in(paused))
            .order_by(DELIVERIES.c.delivery_id)
            .limit(limit)
        )
        with self._store.read() as connection:
            waiting = connection.execute(oldest).all()
            webhook_ids = {row.webhook_id for row in waiting}
            alert_ids = {row.alert_id for row in waiting}
            webhooks = {
                row.webhook_id: rows.webhook_of(row)
                for row in connection.execute(
                    sa.select(WEBHOOKS).where(WEBHOOKS.c.webhook_id.in_(webhook_ids))
                )
            }
            alerts = {
                row.alert_id: rows.alert_of(row)
                for row in connection.execute(sa.select(ALERTS).where(ALERTS.c.alert_id.in_(alert_ids)))
            }
        return [
            DueDelivery(row.delivery_id, webhooks[row.webhook_id], alerts[row.alert_id], row.attempts)
            for row in waiting
        ]

    def record(
        self, due: DueDelivery, verdict: Verdict, *, status: int, error: str, now_ms: int, next_ms: int
    ) -> None:
        """See the port."""
        webhook_id = due.webhook.webhook_id
        with self._store.transaction() as connection:
            connection.execute(
                sa.update(DELIVERIES)
                .where(DELIVERIES.c.delivery_id == due.delivery_id)
                .values(
                    attempts=due.attempts + 1,
                    delivered=verdict is Verdict.DELIVERED,
                    last_status=status,
                    last_error=error,
                    due_time_ms=next_ms if verdict is Verdict.LATER else None,
                    update_time_ms=now_ms,
                )
            )
            if verdict is Verdict.GONE:
                connection.execute(
                    sa.update(WEBHOOKS).where(WEBHOOKS.c.webhook_id == webhook_id).values(disabled=True)
                )
                connection.execute(
                    sa.update(DELIVERIES)
                    .where(DELIVERIES.c.webhook_id == webhook_id, DELIVERIES.c.due_time_ms.is_not(None))
                    .values(due_time_ms=None, last_error=error, update_time_ms=now_ms)
                )
            self._recorder.record(connection, acts.of_attempt(due, verdict, status=status, error=error))
