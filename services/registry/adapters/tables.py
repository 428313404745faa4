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


def is_storable(*texts: str) -> bool:
    """Whether a row can hold these: PostgreSQL takes no NUL, not even to look for it."""
    return all("\x00" not in text for text in texts)


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

PARTY_VERSION = Table(
    "party_version",
    METADATA,
    Column("party_id", String, ForeignKey(PARTY.c.party_id), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False, doc="quzhong.api.registry.v1.PartyVersion."),
)
"""Whole parties as they were registered; ``PARTY`` repeats what lists and joins need of the last one."""

CREDENTIAL = Table(
    "credential",
    METADATA,
    Column("credential_id", String, primary_key=True),
    Column("party_id", String, ForeignKey(PARTY.c.party_id), nullable=False),
    Column("secret_sha256", LargeBinary, nullable=False),
    Column("create_ms", BigInteger, nullable=False),
    Column("revoke_ms", BigInteger, doc="Null while it stands."),
)

CLIENT_KEY = Table(
    "client_key",
    METADATA,
    Column("credential_id", String, ForeignKey(CREDENTIAL.c.credential_id), primary_key=True),
    Column("public_jwk", String, nullable=False),
)
"""Of credentials that are the public key of a client, what that key is."""

SIGNING_KEY = Table(
    "signing_key",
    METADATA,
    Column("key_id", String, primary_key=True),
    Column("public_jwk", String, nullable=False),
    Column("create_ms", BigInteger, nullable=False),
    Column("expire_ms", BigInteger, nullable=False),
)

USED_ASSERTION = Table(
    "used_assertion",
    METADATA,
    Column("client_id", String, primary_key=True),
    Column("token_id", String, primary_key=True, doc="The jti."),
    Column("expire_ms", BigInteger, nullable=False, doc="Forgotten from here on."),
    Index("used_assertion_by_expiry", "expire_ms"),
)

ADMISSION = Table(
    "admission",
    METADATA,
    Column("platform_id", String, ForeignKey(PARTY.c.party_id), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False, doc="quzhong.api.registry.v1.Admission."),
    Column("report", LargeBinary, nullable=False, doc="As it was handed in; empty of other grounds."),
)
"""A platform without a row was registered before there was this table: it is admitted."""

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

AGREEMENT = Table(
    "agreement",
    METADATA,
    Column("consultation_id", String, primary_key=True),
    Column("platform_id", String, nullable=False),
)
"""What came on topic ``agreements``: a document of rules may name these."""

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
