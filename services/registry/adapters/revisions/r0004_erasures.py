"""Whose data were removed on request: by hash, never by pseudonym."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "erasure",
        sa.Column("erasure_id", sa.String(), nullable=False),
        sa.Column("party_id", sa.String(), nullable=False),
        sa.Column("erase_ms", sa.BigInteger(), nullable=False),
        sa.Column("gone_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("erasure_id"),
    )
    op.create_table(
        "erased_worker",
        sa.Column("erasure_id", sa.String(), nullable=False),
        sa.Column("worker_sha256", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["erasure_id"], ["erasure.erasure_id"]),
        sa.PrimaryKeyConstraint("erasure_id", "worker_sha256"),
    )
    op.create_index("erased_worker_by_hash", "erased_worker", ["worker_sha256"], unique=False)
