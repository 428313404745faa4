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
AUDIT_SCOPE = sa.Table(
    "audit_scope",
    METADATA,
    sa.Column("audit_id", sa.String, primary_key=True),
    sa.Column("start_ms", sa.BigInteger, doc="As asked for. Null: from the first order."),
    sa.Column("end_ms", sa.BigInteger, doc="Null: up to the last."),
    sa.Column("detail", sa.Integer, nullable=False, doc="core.cohort_tree.Detail"),
)
"""With the row of ``audit``: what an audit can be made again from, when a what-if is asked of it."""
TOLD_PERIOD = sa.Table(
    "told_period",
    METADATA,
    sa.Column("city", sa.String, primary_key=True),
    sa.Column("start_ms", sa.BigInteger, primary_key=True),
    sa.Column("metric_id", sa.String, primary_key=True, doc="Empty: baselines."),
    sa.Column("end_ms", sa.BigInteger, nullable=False),
    sa.Column("data_version", sa.String, nullable=False, doc="Of the only data told; empty: baselines."),
)
AUDIT_MARK = sa.Table(
    "audit_mark",
    METADATA,
    sa.Column("audit_id", sa.String, primary_key=True),
    sa.Column("since_ms", sa.BigInteger, nullable=False, index=True, doc="Dropped with the events since."),
    sa.Column("value", sa.LargeBinary, nullable=False, doc="ports.Mark, as adapters.marks writes it."),
)
"""Of which state of the data an audit was made first, where its period has a start. Kept as long as its
events."""
TOLD_AUDIT = sa.Table(
    "told_audit",
    METADATA,
    sa.Column("city", sa.String, primary_key=True),
    sa.Column("start_ms", sa.BigInteger, primary_key=True),
    sa.Column("metric_id", sa.String, primary_key=True),
    sa.Column("audit_id", sa.String, nullable=False),
)
"""With the row of ``told_period``: the audit that was told first. Its mark is that of all that is told."""
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
BASELINE_DAY = sa.Table(
    "baseline_day",
    METADATA,
    sa.Column("day", sa.Integer, primary_key=True, doc="Days since 1970-01-01 in Asia/Shanghai."),
    sa.Column("method", sa.String, nullable=False, doc="What its cells were made with; empty: it has none."),
    sa.Column("stale", sa.Boolean, nullable=False, doc="An event came since."),
    sa.Column("dropped", sa.Boolean, nullable=False, doc="Its events are not kept any more."),
    sa.Column("after_closing", sa.LargeBinary, nullable=False, doc="Keys of what came after that; <u8."),
)
BASELINE_CELLS = sa.Table(
    "baseline_cells",
    METADATA,
    sa.Column("day", sa.Integer, primary_key=True),
    sa.Column("city", sa.Integer, primary_key=True, doc="GB/T 2260 without the last two digits."),
    sa.Column("metric_id", sa.String, primary_key=True),
    sa.Column("platform_id", sa.String, primary_key=True),
    sa.Column("value", sa.LargeBinary, nullable=False, doc="All cohorts: adapters.baselines."),
)
OPERATION = sa.Table(
    "operation",
    METADATA,
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("number", sa.BigInteger, nullable=False, unique=True, doc="Counts them from 1."),
    sa.Column("party_id", sa.String, nullable=False, doc="Who asked."),
    sa.Column("request_id", sa.String, nullable=False, doc="Empty: not to be recognised."),
    sa.Column("metric_id", sa.String, nullable=False),
    sa.Column("area_code", sa.String, nullable=False),
    sa.Column("start_ms", sa.BigInteger, doc="Null: from the first order."),
    sa.Column("end_ms", sa.BigInteger, doc="Null: up to the last."),
    sa.Column("detail", sa.Integer, nullable=False, doc="core.cohort_tree.Detail"),
    sa.Column("publish", sa.Boolean, nullable=False, doc="Whether what is found becomes findings."),
    sa.Column("create_time_ms", sa.BigInteger, nullable=False),
    sa.Column("stage", sa.String, nullable=False, doc="operation_ports.Stage"),
    sa.Column("starts", sa.Integer, nullable=False),
    sa.Column("cancelled", sa.Boolean, nullable=False),
    sa.Column("end_time_ms", sa.BigInteger, index=True, doc="Null while it waits or runs."),
    sa.Column("audit_id", sa.String, nullable=False, doc="What it found."),
    sa.Column("error", sa.LargeBinary, nullable=False, doc="google.rpc.Status"),
    sa.Index("operation_by_request", "party_id", "request_id"),
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
