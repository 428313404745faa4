"""The tables of workhours' store, beside those that every store has."""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData()

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # SQLite numbers rows only in an INTEGER column

REVISION = sa.Table(
    "finding_revision",
    METADATA,
    sa.Column("sequence", _NUMBER, primary_key=True, autoincrement=True, doc="Ascends with the commits."),
    sa.Column("finding_id", sa.String, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("partition", sa.Integer, nullable=False),
    sa.Column("platform_id", sa.String, nullable=False),
    sa.Column("area_code", sa.String, nullable=False),
    sa.Column("rule_id", sa.String, nullable=False),
    sa.Column("worker_id", sa.String, nullable=False),
    sa.Column("spell_start_ms", sa.BigInteger, nullable=False),
    sa.Column("stated_until_ms", sa.BigInteger, nullable=False),
    sa.Column("severity", sa.Integer, nullable=False),
    sa.Column("state", sa.Integer, nullable=False),
    sa.Column("signature", sa.LargeBinary, nullable=False, doc="64-bit digest of the facts, little-endian."),
    sa.Column("value", sa.LargeBinary, nullable=False, doc="quzhong.api.events.v1.Finding"),
    sa.UniqueConstraint("finding_id", "revision"),
    sa.Index("finding_revision_of_worker", "worker_id", "spell_start_ms"),
    sqlite_autoincrement=True,  # a sequence number is a resume token: never given twice
)
CURRENT = sa.Table(
    "finding",
    METADATA,
    sa.Column("finding_id", sa.String, primary_key=True),
    sa.Column("partition", sa.Integer, nullable=False, index=True),
    sa.Column("sequence", sa.BigInteger, nullable=False, unique=True, doc="Of the current revision."),
)
WATERMARK = sa.Table(
    "watermark",
    METADATA,
    sa.Column("partition", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("watermark_ms", sa.BigInteger, nullable=False),
)
ADVISORY = sa.Table(
    "advisory",
    METADATA,
    sa.Column("sequence", _NUMBER, primary_key=True, autoincrement=True, doc="Ascends with the commits."),
    sa.Column("finding_id", sa.String, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("platform_id", sa.String, nullable=False),
    sa.Column("area_code", sa.String, nullable=False),
    sa.Column("kind", sa.Integer, nullable=False),
    sa.Column("value", sa.LargeBinary, nullable=False, doc="quzhong.api.workhours.v1.Advisory"),
    sa.UniqueConstraint("finding_id", "platform_id", "revision"),
    sa.Index("advisory_of_platform", "platform_id", "sequence"),
    sqlite_autoincrement=True,  # as of finding_revision
)
CARRIED_OUT = sa.Table(
    "erasure_carried_out",
    METADATA,
    sa.Column("partition", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("erasure_id", sa.String, primary_key=True),
)
