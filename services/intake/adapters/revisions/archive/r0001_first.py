"""The tables of the first release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "pseudonym_link",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("old_pseudonym", sa.String(), nullable=False),
        sa.Column("new_pseudonym", sa.String(), nullable=False),
        sa.Column("forget_ms", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("new_pseudonym"),
        sa.UniqueConstraint("old_pseudonym"),
    )
    op.create_table(
        "salted_worker",
        sa.Column("worker_hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("worker_hash"),
    )
    op.create_table(
        "segment",
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("partition", sa.Integer(), nullable=False),
        sa.Column("first_offset", sa.BigInteger(), nullable=False),
        sa.Column("last_offset", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("first_ms", sa.BigInteger(), nullable=False),
        sa.Column("last_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("topic", "partition", "first_offset"),
    )
    op.create_table(
        "worker_apart",
        sa.Column("worker_hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("worker_hash"),
    )
    op.create_table(
        "worker_to_move",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("worker_id", sa.String(), nullable=False),
        sa.Column("partition", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("worker_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "workers_to_part",
        sa.Column("old_pseudonym", sa.String(), nullable=False),
        sa.Column("new_pseudonym", sa.String(), nullable=False),
        sa.Column("olds", sa.String(), nullable=False),
        sa.Column("news", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("old_pseudonym", "new_pseudonym"),
    )
