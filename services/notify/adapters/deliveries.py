"""``delivery_ports.Deliveries`` over SQLAlchemy: what is still to be sent, and what came of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kit.ledger import NOT_RECORDED, Recorder
from kit.storage.store import Store
from services.notify.adapters import delivery_acts as acts
from services.notify.adapters import delivery_rows as rows
from services.notify.adapters.delivery_tables import DELIVERIES, DIGEST_ITEMS, SUBSCRIPTIONS
from services.notify.adapters.digest_bodies import digest_body
from services.notify.adapters.rows import alert_of
from services.notify.adapters.tables import ALERTS
from services.notify.core.deliveries import (
    Answer,
    Body,
    DeliveryState,
    DisabledBody,
    MessageKind,
    Outcome,
    Verdict,
    both,
    reason_gone,
    reason_worn_out,
    worn_out,
)
from services.notify.core.identifiers import stable_id
from services.notify.core.subscriptions import Subscription
from services.notify.delivery.ports import DueDelivery

_STATES = {
    Verdict.DELIVERED: DeliveryState.DELIVERED,
    Verdict.LATER: DeliveryState.WAITING,
    Verdict.GIVEN_UP: DeliveryState.GIVEN_UP,
    Verdict.GONE: DeliveryState.GIVEN_UP,
}

_WITHHELD = "不再投递：该单位已无有效凭证 / withheld: nobody holds a credential of the party any more"


class SqlDeliveries:
    """Made once; threads may share it."""

    def __init__(self, store: Store, recorder: Recorder = NOT_RECORDED) -> None:
        """Attempts go to ``recorder`` as well: the ledger."""
        self._store = store
        self._recorder = recorder

    def gather_digests(self, now_ms: int) -> int:
        """See the port."""
        due = sa.select(SUBSCRIPTIONS.c.subscription_id, SUBSCRIPTIONS.c.next_digest_ms).where(
            SUBSCRIPTIONS.c.next_digest_ms <= now_ms
        )
        with self._store.read() as connection:
            found = connection.execute(due).all()
        # One transaction each: a thousand digests are due at the same eight o'clock, and findings go on.
        for subscription_id, due_ms in found:
            with self._store.transaction() as connection:
                # The row first: who gathers for it meanwhile is waited for, or waits and sets the next one.
                still_due = connection.execute(
                    sa.update(SUBSCRIPTIONS)
                    .where(
                        SUBSCRIPTIONS.c.subscription_id == subscription_id,
                        SUBSCRIPTIONS.c.next_digest_ms == due_ms,
                    )
                    .values(next_digest_ms=None)
                )
                if still_due.rowcount:
                    queue_digest(connection, subscription_id, due_ms, now_ms)
        return len(found)

    def ready(self, now_ms: int, but: Collection[str], limit: int) -> list[Subscription]:
        """See the port. An index lookup for each subscription, however much waits."""
        first = (
            sa.select(sa.func.min(DELIVERIES.c.due_time_ms))
            .where(
                DELIVERIES.c.subscription_id == SUBSCRIPTIONS.c.subscription_id,
                DELIVERIES.c.due_time_ms.is_not(None),
            )
            .correlate(SUBSCRIPTIONS)
            .scalar_subquery()
            .label("first_due_ms")
        )
        waiting = sa.select(SUBSCRIPTIONS, first).where(~SUBSCRIPTIONS.c.disabled, ~SUBSCRIPTIONS.c.deleted)
        if but:
            waiting = waiting.where(SUBSCRIPTIONS.c.subscription_id.not_in(but))
        named = waiting.subquery()
        query = (
            sa.select(named)
            .where(named.c.first_due_ms <= now_ms)
            .order_by(named.c.first_due_ms, named.c.subscription_id)
            .limit(limit)
        )
        with self._store.read() as connection:
            return [rows.subscription_of(row) for row in connection.execute(query)]

    def due(self, subscription_id: str, now_ms: int, limit: int) -> list[DueDelivery]:
        """See the port."""
        oldest = (
            sa.select(DELIVERIES)
            .where(
                DELIVERIES.c.subscription_id == subscription_id,
                DELIVERIES.c.due_time_ms.is_not(None),
                DELIVERIES.c.due_time_ms <= now_ms,
            )
            .order_by(DELIVERIES.c.delivery_id)
            .limit(limit)
        )
        with self._store.read() as connection:
            row = connection.execute(
                sa.select(SUBSCRIPTIONS).where(
                    SUBSCRIPTIONS.c.subscription_id == subscription_id,
                    ~SUBSCRIPTIONS.c.disabled,
                    ~SUBSCRIPTIONS.c.deleted,
                )
            ).first()
            if row is None:
                return []
            subscription = rows.subscription_of(row)
            return [
                DueDelivery(
                    each.delivery_id,
                    subscription,
                    each.message_id,
                    _body(connection, each),
                    each.attempts,
                    each.tries,
                    each.create_time_ms,
                )
                for each in connection.execute(oldest).all()
            ]

    def record(
        self, due: DueDelivery, outcome: Outcome, verdict: Verdict, *, now_ms: int, next_ms: int
    ) -> None:
        """See the port."""
        with self._store.transaction() as connection:
            connection.execute(
                sa.update(DELIVERIES)
                .where(DELIVERIES.c.delivery_id == due.delivery_id)
                .values(
                    attempts=DELIVERIES.c.attempts + 1,
                    # Our own relay's outage uses up none of the receiver's tries.
                    tries=DELIVERIES.c.tries + int(outcome.answer is not Answer.NO_RELAY),
                    state=int(_STATES[verdict]),
                    last_status=outcome.status,
                    last_error=outcome.error,
                    due_time_ms=next_ms if verdict is Verdict.LATER else None,
                    update_time_ms=now_ms,
                )
            )
            self._recorder.record(connection, acts.of_attempt(due, outcome, verdict))
            if outcome.answer is not Answer.NO_RELAY:
                self._count(connection, due.subscription.subscription_id, outcome, verdict, now_ms)

    def withhold(self, subscription_id: str, now_ms: int) -> None:
        """See the port."""
        with self._store.transaction() as connection:
            given_up = give_up(connection, subscription_id, _WITHHELD, now_ms)
            if given_up:
                self._recorder.record(connection, acts.of_withholding(subscription_id, given_up))

    def _count(
        self, connection: Connection, subscription_id: str, outcome: Outcome, verdict: Verdict, now_ms: int
    ) -> None:
        """Failures in a row; at their end, or at a 410, the subscription's."""
        this = SUBSCRIPTIONS.c.subscription_id == subscription_id
        subscription = rows.subscription_of(connection.execute(sa.select(SUBSCRIPTIONS).where(this)).one())
        if verdict is Verdict.DELIVERED:
            if subscription.failures:
                connection.execute(
                    sa.update(SUBSCRIPTIONS).where(this).values(failures=0, failing_since_ms=None)
                )
            return
        failures = subscription.failures + 1
        since_ms = subscription.failing_since_ms if subscription.failing_since_ms is not None else now_ms
        connection.execute(
            sa.update(SUBSCRIPTIONS).where(this).values(failures=failures, failing_since_ms=since_ms)
        )
        if verdict is Verdict.GONE:
            self._disable(connection, subscription, both(reason_gone()), now_ms)
        elif worn_out(failures, since_ms, now_ms):
            self._disable(connection, subscription, both(reason_worn_out(failures, outcome.error)), now_ms)

    def _disable(self, connection: Connection, subscription: Subscription, reason: str, now_ms: int) -> None:
        """Disable it, give up what waits for it, and tell its owner where else it can be told."""
        name = subscription.subscription_id
        connection.execute(
            sa.update(SUBSCRIPTIONS)
            .where(SUBSCRIPTIONS.c.subscription_id == name)
            .values(disabled=True, disabled_reason=reason)
        )
        give_up(connection, name, reason, now_ms)
        disabled = connection.execute(
            sa.select(SUBSCRIPTIONS).where(SUBSCRIPTIONS.c.subscription_id == name)
        ).one()
        self._recorder.record(
            connection, acts.of_subscription(rows.subscription_of(disabled), acts.NOTIFY, "disabled")
        )
        others = connection.scalars(
            sa.select(SUBSCRIPTIONS.c.subscription_id).where(
                SUBSCRIPTIONS.c.party_id == subscription.party_id,
                ~SUBSCRIPTIONS.c.disabled,
                ~SUBSCRIPTIONS.c.deleted,
            )
        ).all()
        message_id = stable_id("subscription-disabled", name, now_ms)
        if others:
            connection.execute(
                sa.insert(DELIVERIES),
                [
                    rows.new_delivery(other, MessageKind.DISABLED, message_id, now_ms, about=name)
                    for other in others
                ],
            )


def give_up(connection: Connection, subscription_id: str, why: str, now_ms: int) -> int:
    """No further attempt at what waits, and nothing gathered for a digest; answer how many messages."""
    gathered = sa.delete(DIGEST_ITEMS).where(
        DIGEST_ITEMS.c.subscription_id == subscription_id, DIGEST_ITEMS.c.digest_id == ""
    )
    connection.execute(gathered)
    connection.execute(
        sa.update(SUBSCRIPTIONS)
        .where(SUBSCRIPTIONS.c.subscription_id == subscription_id)
        .values(next_digest_ms=None)
    )
    given_up = connection.execute(
        sa.update(DELIVERIES)
        .where(DELIVERIES.c.subscription_id == subscription_id, DELIVERIES.c.due_time_ms.is_not(None))
        .values(
            state=int(DeliveryState.GIVEN_UP),
            due_time_ms=None,
            last_error=sa.case((DELIVERIES.c.last_error == "", why), else_=DELIVERIES.c.last_error),
            update_time_ms=now_ms,
        )
    )
    return given_up.rowcount


def queue_digest(connection: Connection, subscription_id: str, due_ms: int, now_ms: int) -> None:
    """What was gathered becomes a message. The caller has set the subscription's next digest before."""
    digest_id = stable_id("digest", subscription_id, due_ms)
    gathered = connection.execute(
        sa.update(DIGEST_ITEMS)
        .where(DIGEST_ITEMS.c.subscription_id == subscription_id, DIGEST_ITEMS.c.digest_id == "")
        .values(digest_id=digest_id)
    )
    if gathered.rowcount:
        connection.execute(
            sa.insert(DELIVERIES),
            [rows.new_delivery(subscription_id, MessageKind.DIGEST, digest_id, now_ms)],
        )


def _body(connection: Connection, row: sa.Row[Any]) -> Body:
    """What a delivery tells, as it was when it was queued."""
    match MessageKind(row.kind):
        case MessageKind.ALERT:
            found = connection.execute(sa.select(ALERTS).where(ALERTS.c.alert_id == row.message_id)).one()
            return alert_of(found)
        case MessageKind.DIGEST:
            return digest_body(connection, row.subscription_id, row.message_id, row.create_time_ms)
        case MessageKind.DISABLED:
            other = connection.execute(
                sa.select(SUBSCRIPTIONS).where(SUBSCRIPTIONS.c.subscription_id == row.about)
            ).one()
            return DisabledBody(other.subscription_id, other.address, other.disabled_reason)
