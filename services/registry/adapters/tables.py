"""The registry's tables. All times are epoch milliseconds."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)

METADATA = MetaData()

PARTY = Table(
    "party",
    METADATA,
    Column("party_id", String, primary_key=True),
    Column("role", Integer, nullable=False),
    Column("name_zh", String, nullable=False),
    Column("name_en", String, nullable=False),
    Column("area_codes", String, nullable=False, doc="Separated by blanks."),
    Column("create_ms", BigInteger, nullable=False),
)

CREDENTIAL = Table(
    "credential",
    METADATA,
    Column("credential_id", String, primary_key=True),
    Column("party_id", String, ForeignKey(PARTY.c.party_id), nullable=False),
    Column("secret_sha256", LargeBinary, nullable=False),
    Column("create_ms", BigInteger, nullable=False),
    Column("revoke_ms", BigInteger, doc="Null while it stands."),
)

AREA = Table(
    "area",
    METADATA,
    Column("area_code", String, primary_key=True),
    Column("parent_code", String, nullable=False),
    Column("name_zh", String, nullable=False),
    Column("name_en", String, nullable=False),
)

THRESHOLD = Table(
    "threshold",
    METADATA,
    Column("threshold_id", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("platform_id", String, ForeignKey(PARTY.c.party_id), nullable=False),
    Column("metric_id", String, nullable=False),
    Column("area_code", String, nullable=False),
    Column("service", Integer, nullable=False),
    Column("distance_start_m", BigInteger, nullable=False),
    Column("distance_end_m", BigInteger, doc="Null: no bound."),
    Column("value", Double, nullable=False),
    Column("effective_ms", BigInteger, nullable=False),
    Column("create_ms", BigInteger, nullable=False),
    Column("consultation_id", String, nullable=False, server_default="", doc="Empty: declared by itself."),
)

ANSWER = Table(
    "answer",
    METADATA,
    Column("party_id", String, primary_key=True, doc="Who asked."),
    Column("request_id", String, primary_key=True),
    Column("content_sha256", LargeBinary, nullable=False),
    Column("entity", String, nullable=False, doc="What it was answered with; see ports.EarlierAnswer."),
    Column("create_ms", BigInteger, nullable=False),
    Index("answer_by_age", "create_ms"),
)
