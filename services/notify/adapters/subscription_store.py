"""``delivery_ports.Subscriptions`` over SQLAlchemy: who is told, their receipts, and answers to repeat."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kit.ledger import NOT_RECORDED, Recorder
from kit.requests import KEEP_MS, request_id_reused
from kit.storage.dialects import take_turn
from kit.storage.store import Store
from services.notify.adapters import delivery_acts as acts
from services.notify.adapters import delivery_rows as rows
from services.notify.adapters.deliveries import give_up, queue_digest
from services.notify.adapters.delivery_tables import DELIVERIES, DELIVERY_ANSWERS, SUBSCRIPTIONS
from services.notify.core.deliveries import DeliveryState
from services.notify.core.subscriptions import Subscription
from services.notify.delivery.ports import Asked, Delivery

_DISABLED = "订阅已停用 / the subscription was disabled"
_DELETED = "订阅已删除 / the subscription was deleted"


class SqlSubscriptions:
    """Made once; threads may share it."""

    def __init__(self, store: Store, recorder: Recorder = NOT_RECORDED) -> None:
        """What changes goes to ``recorder`` as well: the ledger."""
        self._store = store
        self._recorder = recorder

    def once(self, asked: Asked, now_ms: int, act: Callable[[Connection], bytes]) -> bytes:
        """See the port."""
        kept = sa.select(DELIVERY_ANSWERS).where(
            DELIVERY_ANSWERS.c.party_id == asked.party_id,
            DELIVERY_ANSWERS.c.request_id == asked.request_id,
            DELIVERY_ANSWERS.c.create_time_ms > now_ms - KEEP_MS,
        )
        with self._store.transaction() as connection:
            # Two may ask for the same at the same time: the second waits, and finds the first one's answer.
            take_turn(connection, f"quzhong.delivery_answers.{asked.party_id}")
            earlier = connection.execute(kept).first()
            if earlier is not None:
                if bytes(earlier.content_sha256) != asked.content_sha256:
                    raise request_id_reused(asked.request_id)
                return bytes(earlier.answer)
            connection.execute(
                sa.delete(DELIVERY_ANSWERS).where(DELIVERY_ANSWERS.c.create_time_ms <= now_ms - KEEP_MS)
            )
            answer = act(connection)
            connection.execute(
                sa.insert(DELIVERY_ANSWERS), {**asked._asdict(), "answer": answer, "create_time_ms": now_ms}
            )
        return answer

    def add(self, connection: Connection, subscription: Subscription) -> bool:
        """See the port."""
        taken = sa.select(SUBSCRIPTIONS.c.subscription_id).where(
            SUBSCRIPTIONS.c.subscription_id == subscription.subscription_id
        )
        if connection.execute(taken).first() is not None:
            return False
        connection.execute(
            sa.insert(SUBSCRIPTIONS),
            {**rows.subscription_values(subscription), "next_digest_ms": None, "deleted": False},
        )
        self._recorder.record(
            connection, acts.of_subscription(subscription, subscription.party_id, "created")
        )
        return True

    def find(self, connection: Connection, party_id: str | None, subscription_id: str) -> Subscription | None:
        """See the port."""
        query = sa.select(SUBSCRIPTIONS).where(
            SUBSCRIPTIONS.c.subscription_id == subscription_id, *_of(party_id)
        )
        row = connection.execute(query).first()
        return None if row is None else rows.subscription_of(row)

    def count(self, connection: Connection, party_id: str) -> int:
        """See the port."""
        return (
            connection.scalar(sa.select(sa.func.count()).select_from(SUBSCRIPTIONS).where(*_of(party_id)))
            or 0
        )

    def save(
        self, connection: Connection, subscription: Subscription, actor: str, what: str, now_ms: int
    ) -> None:
        """See the port."""
        this = SUBSCRIPTIONS.c.subscription_id == subscription.subscription_id
        before = connection.execute(sa.select(SUBSCRIPTIONS).where(this)).one()
        connection.execute(
            sa.update(SUBSCRIPTIONS).where(this).values(rows.subscription_values(subscription))
        )
        if before.next_digest_ms is not None and before.digest != int(subscription.digest):
            connection.execute(sa.update(SUBSCRIPTIONS).where(this).values(next_digest_ms=None))
            queue_digest(connection, subscription.subscription_id, now_ms, now_ms)
        if subscription.disabled:
            give_up(
                connection, subscription.subscription_id, subscription.disabled_reason or _DISABLED, now_ms
            )
        self._recorder.record(connection, acts.of_subscription(subscription, actor, what))

    def delete(self, connection: Connection, subscription: Subscription, actor: str, now_ms: int) -> None:
        """See the port."""
        connection.execute(
            sa.update(SUBSCRIPTIONS)
            .where(SUBSCRIPTIONS.c.subscription_id == subscription.subscription_id)
            .values(deleted=True, disabled=True, secret="", old_secret="")
        )
        give_up(connection, subscription.subscription_id, _DELETED, now_ms)
        self._recorder.record(connection, acts.of_subscription(subscription, actor, "deleted"))

    def page(self, party_id: str | None, after: tuple[int, str] | None, limit: int) -> list[Subscription]:
        """See the port."""
        query = sa.select(SUBSCRIPTIONS).where(*_of(party_id))
        if after is not None:
            created_ms, subscription_id = after
            query = query.where(
                sa.or_(
                    SUBSCRIPTIONS.c.create_time_ms > created_ms,
                    sa.and_(
                        SUBSCRIPTIONS.c.create_time_ms == created_ms,
                        SUBSCRIPTIONS.c.subscription_id > subscription_id,
                    ),
                )
            )
        query = query.order_by(SUBSCRIPTIONS.c.create_time_ms, SUBSCRIPTIONS.c.subscription_id).limit(limit)
        with self._store.read() as connection:
            return [rows.subscription_of(row) for row in connection.execute(query)]

    def deliveries(
        self, party_id: str | None, subscription_id: str, before: int | None, limit: int
    ) -> list[Delivery]:
        """See the port."""
        query = _receipts(party_id)
        if subscription_id:
            query = query.where(DELIVERIES.c.subscription_id == subscription_id)
        if before is not None:
            query = query.where(DELIVERIES.c.delivery_id < before)
        newest_first = query.order_by(DELIVERIES.c.delivery_id.desc()).limit(limit)
        with self._store.read() as connection:
            return [rows.delivery_of(row) for row in connection.execute(newest_first)]

    def find_delivery(
        self, connection: Connection, party_id: str | None, delivery_id: int
    ) -> Delivery | None:
        """See the port."""
        row = connection.execute(_receipts(party_id).where(DELIVERIES.c.delivery_id == delivery_id)).first()
        return None if row is None else rows.delivery_of(row)

    def send_again(self, connection: Connection, delivery: Delivery, actor: str, now_ms: int) -> Delivery:
        """See the port."""
        this = DELIVERIES.c.delivery_id == delivery.delivery_id
        connection.execute(
            sa.update(DELIVERIES)
            .where(this)
            .values(state=int(DeliveryState.WAITING), tries=0, due_time_ms=now_ms, update_time_ms=now_ms)
        )
        self._recorder.record(connection, acts.of_redelivery(delivery, actor))
        return rows.delivery_of(connection.execute(sa.select(DELIVERIES).where(this)).one())


def _of(party_id: str | None) -> list[sa.ColumnElement[bool]]:
    """Subscriptions that a party, or (None) anybody, has."""
    theirs = [] if party_id is None else [SUBSCRIPTIONS.c.party_id == party_id]
    return [~SUBSCRIPTIONS.c.deleted, *theirs]


def _receipts(party_id: str | None) -> sa.Select[tuple[object, ...]]:
    return (
        sa.select(DELIVERIES)
        .join(SUBSCRIPTIONS, SUBSCRIPTIONS.c.subscription_id == DELIVERIES.c.subscription_id)
        .where(*_of(party_id))
    )
