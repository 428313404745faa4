"""The tables of notify's own database.

A row of ``alerts`` gets its ``sequence`` in the one transaction of the one consumer that owns the topics'
single partition, so sequences become visible in order and a resume token skips nothing.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

METADATA = MetaData()

_ID = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by itself only in an INTEGER column


def _place() -> tuple[Column[str], ...]:
    return (
        Column("platform_id", String, nullable=False),
        Column("rule_id", String, nullable=False),
        Column("area_code", String, nullable=False),
        Column("party_id", String, nullable=False, doc="Whose duty it is; empty: no duty."),
    )


def _text(name: str) -> tuple[Column[str], Column[str]]:
    return Column(f"{name}_zh", String, nullable=False), Column(f"{name}_en", String, nullable=False)


FINDINGS = Table(
    "findings",
    METADATA,
    Column("finding_id", String, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("stands", Boolean, nullable=False),
    Column("severity", Integer, nullable=False),
    *_place(),
    Column("worker_id", String, nullable=False),
    Column("event_time_ms", BigInteger, nullable=False),
    Column("day", Date, nullable=False, doc="Of event_time_ms, in Asia/Shanghai."),
    *_text("title"),
    *_text("citation"),
    Column("message", LargeBinary, nullable=False, doc="quzhong.api.events.v1.Finding"),
    Index("findings_by_place", "platform_id", "rule_id", "area_code", "day"),
)

ACTIVITY = Table(
    "activity",
    METADATA,
    Column("platform_id", String, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("area_code", String, primary_key=True),
    Column("partition", Integer, primary_key=True),
    Column("workers", Integer, nullable=False),
)

CASES = Table(
    "cases",
    METADATA,
    Column("case_id", String, primary_key=True),
    *_place(),
    *_text("title"),
    Column("state", Integer, nullable=False),
    Column("openings", Integer, nullable=False),
    Column("findings", Integer, nullable=False),
    Column("workers", Integer, nullable=False),
    Column("severity", Integer, doc="Of the gravest finding; null if none stands."),
    Column("latest_event_ms", BigInteger, nullable=False),
    Column("rate_per_thousand", Float),
    Column("rate_workers", Integer, nullable=False, doc="Workers the rate is a rate of."),
    Column("judge_after_ms", BigInteger, index=True, doc="Null if nothing is to be judged."),
    Column("create_time_ms", BigInteger, nullable=False),
    Column("update_time_ms", BigInteger, nullable=False),
    UniqueConstraint("platform_id", "rule_id", "area_code", "party_id", name="one_case_a_place"),
    Index("cases_newest", "create_time_ms", "case_id"),
)

CASE_STEPS = Table(
    "case_steps",
    METADATA,
    Column("step_id", _ID, primary_key=True, autoincrement=True),
    Column("case_id", String, ForeignKey(CASES.c.case_id), nullable=False, index=True),
    Column("time_ms", BigInteger, nullable=False),
    Column("from_state", Integer, nullable=False),
    Column("to_state", Integer, nullable=False),
    Column("actor", String, nullable=False),
    *_text("reason"),
    Column("workers", Integer, nullable=False, doc="As many as the reason counts."),
)

NOTICES = Table(
    "notices",
    METADATA,
    Column("notice_id", String, primary_key=True),
    Column("kind", Integer, nullable=False),
    Column("case_id", String, ForeignKey(CASES.c.case_id), nullable=False, index=True),
    *_place(),
    *_text("title"),
    *_text("body"),
    Column("workers", Integer, nullable=False, doc="As many as the body counts."),
    Column("citations", JSON, nullable=False, doc="[[zh, en], …] in the order of citation."),
    Column("policy_id", String, nullable=False),
    Column("policy_version", String, nullable=False),
    Column("create_time_ms", BigInteger, nullable=False),
)

ALERTS = Table(
    "alerts",
    METADATA,
    Column("sequence", _ID, primary_key=True, autoincrement=True),
    Column("alert_id", String, nullable=False, unique=True),
    Column("kind", Integer, nullable=False),
    Column("severity", Integer, nullable=False),
    *_place(),
    *_text("title"),
    Column("case_id", String, nullable=False),
    Column("finding_id", String, nullable=False),
    Column("about_worker", Boolean, nullable=False),
    Column("event_time_ms", BigInteger, nullable=False),
    Column("create_time_ms", BigInteger, nullable=False),
    Index("alerts_of_platform", "platform_id", "sequence"),
    sqlite_autoincrement=True,  # a sequence is never given twice, as resume tokens are made of them
)

WEBHOOKS = Table(
    "webhooks",
    METADATA,
    Column("webhook_id", String, primary_key=True),
    Column("party_id", String, nullable=False),
    Column("request_id", String, nullable=False),
    Column("url", String, nullable=False),
    Column("secret", String, nullable=False, doc="In the clear: the signature is made with it."),
    Column("platform_id", String, nullable=False),
    Column("area_prefixes", JSON, nullable=False),
    Column("area_prefix", String, nullable=False),
    Column("rule_id", String, nullable=False),
    Column("least_severity", Integer, nullable=False),
    Column("aggregates_only", Boolean, nullable=False),
    Column("create_time_ms", BigInteger, nullable=False),
    Column("disabled", Boolean, nullable=False),
    UniqueConstraint("party_id", "request_id", name="one_webhook_a_request"),
)

DELIVERIES = Table(
    "deliveries",
    METADATA,
    Column("delivery_id", _ID, primary_key=True, autoincrement=True),
    Column("webhook_id", String, ForeignKey(WEBHOOKS.c.webhook_id), nullable=False, index=True),
    Column("alert_id", String, ForeignKey(ALERTS.c.alert_id), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("delivered", Boolean, nullable=False),
    Column("last_status", Integer, nullable=False),
    Column("last_error", String, nullable=False),
    Column(
        "due_time_ms", BigInteger, index=True, doc="Of the next attempt; null once there is none to make."
    ),
    Column("update_time_ms", BigInteger, nullable=False),
    sqlite_autoincrement=True,
)
