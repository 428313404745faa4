"""Of each batch that was answered, when its newest accepted event was: how late it came."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Bring the tables forward."""
    op.add_column("answer", sa.Column("newest_event_ms", sa.BigInteger(), nullable=True))
    op.create_index("answer_of_platform", "answer", ["platform_id", "answer_time_ms"], unique=False)
