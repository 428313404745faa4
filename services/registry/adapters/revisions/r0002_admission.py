"""How platforms stand: admitted to live intake or not.

It begins empty: a platform without a row was registered before, and is admitted.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "admission",
        sa.Column("platform_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("report", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id"],
            ["party.party_id"],
        ),
        sa.PrimaryKeyConstraint("platform_id", "version"),
    )
