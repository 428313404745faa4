"""The tables of the first release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "answer",
        sa.Column("platform_id", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("verdicts", sa.LargeBinary(), nullable=False),
        sa.Column("faults", sa.String(), nullable=False),
        sa.Column("answer_time_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("platform_id", "request_id"),
    )
    op.create_index(op.f("ix_answer_answer_time_ms"), "answer", ["answer_time_ms"], unique=False)
    op.create_table(
        "statement",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("event_keys", sa.LargeBinary(), nullable=False),
        sa.Column("keys", sa.LargeBinary(), nullable=False),
        sa.Column("contents", sa.LargeBinary(), nullable=False),
        sa.Column("subjects", sa.LargeBinary(), nullable=False),
        sa.Column("accept_time_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_statement_accept_time_ms"), "statement", ["accept_time_ms"], unique=False)
