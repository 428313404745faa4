"""Tables of what people say and do in cases: talks, replies, appeals, absences; and of rechecks."""

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
    String,
    Table,
)

from services.notify.adapters.tables import CASES, METADATA, NOTICES

TALKS = Table(
    "talks",
    METADATA,
    Column("talk_id", String, primary_key=True),
    Column("case_id", String, ForeignKey(CASES.c.case_id), nullable=False, index=True),
    Column("state", Integer, nullable=False),
    Column("start_ms", BigInteger, nullable=False, index=True),
    Column("end_ms", BigInteger, nullable=False),
    Column("place", String, nullable=False),
    Column("department_ids", JSON, nullable=False, doc="The one that leads first."),
    Column("attendees", String, nullable=False),
    Column("approved_by", String, nullable=False),
    Column("sequence", Integer, nullable=False, doc="Of the invitation."),
    Column("minutes", String, nullable=False),
    Column("commitments", JSON, nullable=False, doc="[[text, ISO day or null], …]"),
)

REPLIES = Table(
    "replies",
    METADATA,
    Column("reply_id", String, primary_key=True),
    Column("case_id", String, ForeignKey(CASES.c.case_id), nullable=False, index=True),
    Column("notice_id", String, ForeignKey(NOTICES.c.notice_id), nullable=False),
    Column("kind", Integer, nullable=False),
    Column("text", String, nullable=False),
    Column("actor", String, nullable=False),
    Column("asked_until", Date),
    Column("late", Boolean, nullable=False),
    Column("create_time_ms", BigInteger, nullable=False),
)

ATTACHMENTS = Table(
    "attachments",
    METADATA,
    Column("attachment_id", String, primary_key=True),
    Column("reply_id", String, ForeignKey(REPLIES.c.reply_id), nullable=False, index=True),
    Column("position", Integer, nullable=False, doc="In its reply, from 0."),
    Column("name", String, nullable=False),
    Column("media_type", String, nullable=False),
    Column("size", Integer, nullable=False, doc="Bytes."),
    Column("sha256", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

RECHECKS = Table(
    "rechecks",
    METADATA,
    Column("recheck_id", String, primary_key=True),
    Column("case_id", String, ForeignKey(CASES.c.case_id), nullable=False, index=True),
    Column("before_first", Date, nullable=False),
    Column("before_last", Date, nullable=False),
    Column("before_workers", Integer, nullable=False),
    Column("before_active", Integer, nullable=False),
    Column("after_first", Date, nullable=False),
    Column("after_last", Date, nullable=False),
    Column("after_workers", Integer, nullable=False),
    Column("after_active", Integer, nullable=False),
    Column("ratio", Float),
    Column("ratio_low", Float, nullable=False),
    Column("ratio_high", Float, doc="Null: no upper limit."),
    Column("confidence", Float, nullable=False),
    Column("outcome", Integer, nullable=False),
    Column("reason_zh", String, nullable=False),
    Column("reason_en", String, nullable=False),
    Column("create_time_ms", BigInteger, nullable=False),
)

FINDING_APPEALS = Table(
    "finding_appeals",
    METADATA,
    Column("appeal_id", String, primary_key=True),
    Column("case_id", String, ForeignKey(CASES.c.case_id), nullable=False, index=True),
    Column("finding_id", String, nullable=False),
    Column("revision", Integer, nullable=False, doc="That was disputed."),
    Column("state", Integer, nullable=False),
    Column("grounds", String, nullable=False),
    Column("actor", String, nullable=False),
    Column("decision", String, nullable=False),
    Column("decided_by", String, nullable=False),
    Column("create_time_ms", BigInteger, nullable=False),
    Column("decide_time_ms", BigInteger, nullable=False),
    Index("appeals_of_finding", "finding_id"),
)

SET_ASIDE = Table(
    "set_aside",
    METADATA,
    Column("finding_id", String, primary_key=True),
    Column("appeal_id", String, ForeignKey(FINDING_APPEALS.c.appeal_id), nullable=False),
)
"""Findings that stand in no case, whatever revision of them comes."""

ABSENCES = Table(
    "absences",
    METADATA,
    Column("official_id", String, primary_key=True),
    Column("first_date", Date, primary_key=True),
    Column("last_date", Date, nullable=False),
    Column("deputy_id", String, nullable=False, index=True),
)

CASEWORK_ANSWERS = Table(
    "casework_answers",
    METADATA,
    Column("party_id", String, primary_key=True),
    Column("request_id", String, primary_key=True),
    Column("content_sha256", LargeBinary, nullable=False),
    Column("response", LargeBinary, nullable=False, doc="As it was given the first time."),
    Column("create_time_ms", BigInteger, nullable=False, index=True),
)
"""What mutations were answered with, for seven days."""
