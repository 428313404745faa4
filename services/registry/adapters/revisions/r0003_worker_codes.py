"""One-time codes by which workers see their own record."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "worker_code",
        sa.Column("code_id", sa.String(), nullable=False),
        sa.Column("code_sha256", sa.LargeBinary(), nullable=True),
        sa.Column("party_id", sa.String(), nullable=False),
        sa.Column("worker_id", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("create_ms", sa.BigInteger(), nullable=False),
        sa.Column("expire_ms", sa.BigInteger(), nullable=False),
        sa.Column("redeem_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["party_id"], ["party.party_id"]),
        sa.PrimaryKeyConstraint("code_id"),
        sa.UniqueConstraint("code_sha256"),
    )
    op.create_index("worker_code_by_age", "worker_code", ["create_ms"], unique=False)
    op.create_index("worker_code_by_party", "worker_code", ["party_id", "create_ms"], unique=False)
    op.create_index("worker_code_by_worker", "worker_code", ["worker_id", "create_ms"], unique=False)
