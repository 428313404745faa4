"""Of each segment, how often it was written again without the events of a worker whose data were erased."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Bring the tables forward."""
    op.add_column("segment", sa.Column("erasures", sa.Integer(), server_default="0", nullable=False))
