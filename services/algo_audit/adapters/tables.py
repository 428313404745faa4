"""The tables of algo_audit's store, beside those that every store has."""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData()

AUDIT = sa.Table(
    "audit",
    METADATA,
    sa.Column("audit_id", sa.String, primary_key=True),
    sa.Column("metric_id", sa.String, nullable=False),
    sa.Column("area_code", sa.String, nullable=False, index=True),
    sa.Column("run", sa.BigInteger, nullable=False, unique=True, doc="Number of its last run, from 1."),
    sa.Column("value", sa.LargeBinary, nullable=False, doc="quzhong.api.algo_audit.v1.Audit"),
)
FINDING = sa.Table(
    "finding",
    METADATA,
    sa.Column("finding_id", sa.String, primary_key=True),
    sa.Column("metric_id", sa.String, nullable=False),
    sa.Column("area_code", sa.String, nullable=False),
    sa.Column("period", sa.String, nullable=False, doc="As asked for; empty: all orders so far."),
    sa.Column("detail", sa.Integer, nullable=False, doc="core.cohort_tree.Detail"),
    sa.Column("value", sa.LargeBinary, nullable=False, doc="quzhong.api.events.v1.Finding, latest"),
    sa.Index("finding_by_scope", "metric_id", "area_code", "period", "detail"),
)
OVER_HOURS = sa.Table(
    "over_hours",
    METADATA,
    sa.Column("finding_id", sa.String, primary_key=True, doc="Of workhours; only those that stand."),
    sa.Column("worker_id", sa.String, nullable=False),
    sa.Column("start_ms", sa.BigInteger, nullable=False, doc="When the limit was reached."),
    sa.Column("end_ms", sa.BigInteger, nullable=False, doc="When the work ended, as far as is known."),
)
REQUEST = sa.Table(
    "request",
    METADATA,
    sa.Column("party_id", sa.String, primary_key=True, doc="Who asked."),
    sa.Column("request_id", sa.String, primary_key=True),
    sa.Column("scope", sa.String, nullable=False, doc="What for."),
    sa.Column("audit_id", sa.String, nullable=False, doc="What it was answered with."),
    sa.Column("create_time_ms", sa.BigInteger, nullable=False, index=True),
)
