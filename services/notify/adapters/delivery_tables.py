"""The tables of deliveries, in notify's own database: who is told, what is told, and how far that has come.

A delivery is written in the transaction of the alert it carries, so nothing that was raised can fail to be
queued. Of a digest the alerts are gathered first (``DIGEST_ITEMS``); its delivery is written when it is due.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from services.notify.adapters.tables import ALERTS, METADATA

_ID = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by itself only in an INTEGER column

SUBSCRIPTIONS = Table(
    "subscriptions",
    METADATA,
    Column("subscription_id", String, primary_key=True),
    Column("party_id", String, nullable=False),
    Column("request_id", String, nullable=False),
    Column("channel", Integer, nullable=False),
    Column("address", String, nullable=False),
    Column("secret", String, nullable=False, doc="In the clear: the signature is made with it."),
    Column("old_secret", String, nullable=False, doc="Signs beside it until old_secret_until_ms."),
    Column("old_secret_until_ms", BigInteger, nullable=False),
    Column("platform_id", String, nullable=False),
    Column("area_code", String, nullable=False),
    Column("rule_id", String, nullable=False),
    Column("least_severity", Integer, nullable=False),
    Column("department_id", String, nullable=False),
    Column("cases_only", Boolean, nullable=False),
    Column("digest", Integer, nullable=False),
    Column("language", Integer, nullable=False),
    Column("create_time_ms", BigInteger, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("disabled_reason", String, nullable=False),
    Column("failures", Integer, nullable=False, doc="In a row, over all its messages."),
    Column("failing_since_ms", BigInteger, doc="Of the first of them; null if the last attempt succeeded."),
    Column("next_digest_ms", BigInteger, index=True, doc="Null while nothing is gathered for one."),
    Column(
        "deleted", Boolean, nullable=False, doc="Kept for the receipts of what it was sent; nobody sees it."
    ),
    UniqueConstraint("party_id", "request_id", name="one_subscription_a_request"),
)

DELIVERIES = Table(
    "subscription_deliveries",
    METADATA,
    Column("delivery_id", _ID, primary_key=True, autoincrement=True),
    Column("subscription_id", String, ForeignKey(SUBSCRIPTIONS.c.subscription_id), nullable=False),
    Column("kind", Integer, nullable=False, doc="core.deliveries.MessageKind"),
    Column("message_id", String, nullable=False, doc="Of an alert, its alert_id."),
    Column("about", String, nullable=False, doc="Of a notice of disabling: the subscription's id."),
    Column("state", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("tries", Integer, nullable=False, doc="Attempts since it was queued, or asked for again."),
    Column("last_status", Integer, nullable=False),
    Column("last_error", String, nullable=False),
    Column("due_time_ms", BigInteger, doc="Of the next attempt; null once there is none to make."),
    Column("create_time_ms", BigInteger, nullable=False),
    Column("update_time_ms", BigInteger, nullable=False),
    UniqueConstraint("subscription_id", "message_id", name="one_delivery_a_message"),
    Index("deliveries_of_subscription", "subscription_id", "delivery_id"),
    sqlite_autoincrement=True,
)

_WAITS = DELIVERIES.c.due_time_ms.is_not(None)
"""What waits is little, however many rows were delivered: its indexes hold nothing else."""

Index(
    "deliveries_first_due",
    DELIVERIES.c.subscription_id,
    DELIVERIES.c.due_time_ms,
    sqlite_where=_WAITS,
    postgresql_where=_WAITS,
)
Index(
    "deliveries_waiting",
    DELIVERIES.c.subscription_id,
    DELIVERIES.c.delivery_id,
    DELIVERIES.c.due_time_ms,
    sqlite_where=_WAITS,
    postgresql_where=_WAITS,
)

DIGEST_ITEMS = Table(
    "digest_items",
    METADATA,
    Column("subscription_id", String, ForeignKey(SUBSCRIPTIONS.c.subscription_id), primary_key=True),
    Column("alert_id", String, ForeignKey(ALERTS.c.alert_id), primary_key=True),
    Column("digest_id", String, nullable=False, doc="The message it went into; empty: still gathered."),
    Index("digest_items_of_digest", "subscription_id", "digest_id"),
)

DELIVERY_ANSWERS = Table(
    "delivery_answers",
    METADATA,
    Column("party_id", String, primary_key=True),
    Column("request_id", String, primary_key=True),
    Column("content_sha256", LargeBinary, nullable=False),
    Column("answer", LargeBinary, nullable=False, doc="The response message; a repeat gets it."),
    Column("create_time_ms", BigInteger, nullable=False, index=True),
)
