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
        sa.Column("party_id", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("content_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("create_time_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("party_id", "request_id"),
    )
    op.create_index(op.f("ix_answer_create_time_ms"), "answer", ["create_time_ms"], unique=False)
    op.create_table(
        "appeal",
        sa.Column("appeal_id", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("platform_id", sa.String(), nullable=False),
        sa.Column("worker_id", sa.String(), nullable=False),
        sa.Column("order_id", sa.String(), nullable=False),
        sa.Column("penalty_fen", sa.BigInteger(), nullable=False),
        sa.Column("grounds", sa.String(), nullable=False),
        sa.Column("filed_by", sa.String(), nullable=False),
        sa.Column("create_time_ms", sa.BigInteger(), nullable=False),
        sa.Column("due_time_ms", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("reply", sa.String(), nullable=False),
        sa.Column("reply_time_ms", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("appeal_id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index("appeal_by_platform", "appeal", ["platform_id", "create_time_ms"], unique=False)
    op.create_index(op.f("ix_appeal_filed_by"), "appeal", ["filed_by"], unique=False)
    op.create_table(
        "audit",
        sa.Column("audit_id", sa.String(), nullable=False),
        sa.Column("metric_id", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("run", sa.BigInteger(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("audit_id"),
        sa.UniqueConstraint("run"),
    )
    op.create_index(op.f("ix_audit_area_code"), "audit", ["area_code"], unique=False)
    op.create_table(
        "audit_mark",
        sa.Column("audit_id", sa.String(), nullable=False),
        sa.Column("since_ms", sa.BigInteger(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("audit_id"),
    )
    op.create_index(op.f("ix_audit_mark_since_ms"), "audit_mark", ["since_ms"], unique=False)
    op.create_table(
        "audit_scope",
        sa.Column("audit_id", sa.String(), nullable=False),
        sa.Column("start_ms", sa.BigInteger(), nullable=True),
        sa.Column("end_ms", sa.BigInteger(), nullable=True),
        sa.Column("detail", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("audit_id"),
    )
    op.create_table(
        "baseline_cells",
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("city", sa.Integer(), nullable=False),
        sa.Column("metric_id", sa.String(), nullable=False),
        sa.Column("platform_id", sa.String(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("day", "city", "metric_id", "platform_id"),
    )
    op.create_table(
        "baseline_day",
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.Column("after_closing", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )
    op.create_table(
        "consultation",
        sa.Column("consultation_id", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("platform_id", sa.String(), nullable=False),
        sa.Column("union_id", sa.String(), nullable=False),
        sa.Column("metric_id", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("end_time_ms", sa.BigInteger(), nullable=True),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("consultation_id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index(
        "consultation_open",
        "consultation",
        ["platform_id", "metric_id", "area_code"],
        unique=True,
        sqlite_where=sa.text("state = 1"),
        postgresql_where=sa.text("state = 1"),
    )
    op.create_index(op.f("ix_consultation_platform_id"), "consultation", ["platform_id"], unique=False)
    op.create_table(
        "finding",
        sa.Column("finding_id", sa.String(), nullable=False),
        sa.Column("metric_id", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("detail", sa.Integer(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("finding_id"),
    )
    op.create_index(
        "finding_by_scope", "finding", ["metric_id", "area_code", "period", "detail"], unique=False
    )
    op.create_table(
        "operation",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("party_id", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("metric_id", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("start_ms", sa.BigInteger(), nullable=True),
        sa.Column("end_ms", sa.BigInteger(), nullable=True),
        sa.Column("detail", sa.Integer(), nullable=False),
        sa.Column("publish", sa.Boolean(), nullable=False),
        sa.Column("create_time_ms", sa.BigInteger(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("end_time_ms", sa.BigInteger(), nullable=True),
        sa.Column("audit_id", sa.String(), nullable=False),
        sa.Column("error", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
        sa.UniqueConstraint("number"),
    )
    op.create_index(op.f("ix_operation_end_time_ms"), "operation", ["end_time_ms"], unique=False)
    op.create_index("operation_by_request", "operation", ["party_id", "request_id"], unique=False)
    op.create_table(
        "over_hours",
        sa.Column("finding_id", sa.String(), nullable=False),
        sa.Column("worker_id", sa.String(), nullable=False),
        sa.Column("start_ms", sa.BigInteger(), nullable=False),
        sa.Column("end_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("finding_id"),
    )
    op.create_table(
        "request",
        sa.Column("party_id", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("audit_id", sa.String(), nullable=False),
        sa.Column("create_time_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("party_id", "request_id"),
    )
    op.create_index(op.f("ix_request_create_time_ms"), "request", ["create_time_ms"], unique=False)
    op.create_table(
        "told_audit",
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("start_ms", sa.BigInteger(), nullable=False),
        sa.Column("metric_id", sa.String(), nullable=False),
        sa.Column("audit_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("city", "start_ms", "metric_id"),
    )
    op.create_table(
        "told_period",
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("start_ms", sa.BigInteger(), nullable=False),
        sa.Column("metric_id", sa.String(), nullable=False),
        sa.Column("end_ms", sa.BigInteger(), nullable=False),
        sa.Column("data_version", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("city", "start_ms", "metric_id"),
    )
    op.create_table(
        "consultation_offer",
        sa.Column("consultation_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.consultation_id"],
        ),
        sa.PrimaryKeyConstraint("consultation_id", "number"),
    )
    op.create_table(
        "consultation_pack",
        sa.Column("consultation_id", sa.String(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.consultation_id"],
        ),
        sa.PrimaryKeyConstraint("consultation_id"),
    )
