"""Which erasures were carried out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "erasure_carried_out",
        sa.Column("partition", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("erasure_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("partition", "erasure_id"),
    )
