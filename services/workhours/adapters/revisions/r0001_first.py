"""The tables of the first release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "advisory",
        sa.Column(
            "sequence",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("finding_id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("platform_id", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sequence"),
        sa.UniqueConstraint("finding_id", "platform_id", "revision"),
        sqlite_autoincrement=True,
    )
    op.create_index("advisory_of_platform", "advisory", ["platform_id", "sequence"], unique=False)
    op.create_table(
        "finding",
        sa.Column("finding_id", sa.String(), nullable=False),
        sa.Column("partition", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("finding_id"),
        sa.UniqueConstraint("sequence"),
    )
    op.create_index(op.f("ix_finding_partition"), "finding", ["partition"], unique=False)
    op.create_table(
        "finding_revision",
        sa.Column(
            "sequence",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("finding_id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("partition", sa.Integer(), nullable=False),
        sa.Column("platform_id", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("rule_id", sa.String(), nullable=False),
        sa.Column("worker_id", sa.String(), nullable=False),
        sa.Column("spell_start_ms", sa.BigInteger(), nullable=False),
        sa.Column("stated_until_ms", sa.BigInteger(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sequence"),
        sa.UniqueConstraint("finding_id", "revision"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "finding_revision_of_worker", "finding_revision", ["worker_id", "spell_start_ms"], unique=False
    )
    op.create_table(
        "watermark",
        sa.Column("partition", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("watermark_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("partition"),
    )
