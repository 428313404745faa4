"""The tables of notify's own database.

Every transaction that numbers alerts or steps takes its turn first (``WRITERS``), so numbers become visible
in order and a resume token skips nothing. What people say and do in a case is in ``casework_tables``.
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

WRITERS = "quzhong.notify.writers"
"""The turn of whoever writes alerts, steps or cases: batches, ticks and acts of people."""

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
    Column("revision", BigInteger, nullable=False, doc="Of two counts the one with the greater holds."),
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
    Column("deadline", Date, doc="Of what the state waits for, in Asia/Shanghai; null if for nothing."),
    Column("extendable_to", Date, doc="The last day to which the deadline may be moved."),
    Column("watched_from", Date, doc="First day after the answer, or after the rectification."),
    Column("warned_from", Date, doc="First day of the window that the warning rests on."),
    Column("warned_to", Date),
    Column("settled_through", Date, doc="Findings up to here were settled by earlier rounds."),
    Column("summonses", Integer, nullable=False, doc="Of this round, that nobody followed."),
    Column("ordered", Boolean, nullable=False, doc="Whether this round has an order to rectify."),
    Column("taken", Integer, nullable=False, doc="Steps taken in this round."),
    Column("step_time_ms", BigInteger, nullable=False, doc="Of the latest step."),
    Column("department_ids", JSON, nullable=False, doc="Responsible, the one that leads first."),
    Column("create_time_ms", BigInteger, nullable=False),
    Column("update_time_ms", BigInteger, nullable=False),
    UniqueConstraint("platform_id", "rule_id", "area_code", "party_id", name="one_case_a_place"),
    Index("cases_newest", "create_time_ms", "case_id"),
    Index("cases_by_deadline", "deadline"),
)

CASE_DEPARTMENTS = Table(
    "case_departments",
    METADATA,
    Column("department_id", String, primary_key=True),
    Column("case_id", String, ForeignKey(CASES.c.case_id), primary_key=True, index=True),
)
"""``CASES.department_ids`` once more, to look cases up by."""

CASE_STEPS = Table(
    "case_steps",
    METADATA,
    Column("step_id", _ID, primary_key=True, autoincrement=True),
    Column("case_id", String, ForeignKey(CASES.c.case_id), nullable=False, index=True),
    Column("time_ms", BigInteger, nullable=False),
    Column("from_state", Integer, nullable=False),
    Column("to_state", Integer, nullable=False),
    Column("trigger", String, nullable=False),
    Column("actor", String, nullable=False),
    *_text("reason"),
    *_text("clause"),
    Column("workers", Integer, nullable=False, doc="As many as the reason counts."),
    Column("openings", Integer, nullable=False, doc="The round it belongs to."),
    Column("case_after", JSON, nullable=False, doc="The case as the step left it."),
    sqlite_autoincrement=True,  # resume tokens are made of step_id
)

NOTICES = Table(
    "notices",
    METADATA,
    Column("notice_id", String, primary_key=True),
    Column("kind", Integer, nullable=False),
    Column("case_id", String, ForeignKey(CASES.c.case_id), index=True, doc="Null: of no case."),
    *_place(),
    *_text("title"),
    *_text("body"),
    Column("workers", Integer, nullable=False, doc="As many as the body counts."),
    Column("citations", JSON, nullable=False, doc="[[zh, en], …] in the order of citation."),
    Column("policy_id", String, nullable=False),
    Column("policy_version", String, nullable=False),
    Column("signed_by", String, nullable=False),
    Column("deadline", Date, doc="Of what it asks, in Asia/Shanghai; null if it asks for nothing."),
    Column("talk_id", String, nullable=False, doc="Of a summons and its cancellation."),
    Column("position", Integer, nullable=False, doc="Among the letters of its case, from 1."),
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
