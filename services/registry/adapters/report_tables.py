"""Tables of reports, of what was found about duties, and of how many workers events tell of."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, String, Table

from services.registry.adapters.tables import METADATA, PARTY

REPORT = Table(
    "report",
    METADATA,
    Column("report_id", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("reporter_id", String, ForeignKey(PARTY.c.party_id), nullable=False),
    Column("platform_id", String, nullable=False),
    Column("area_code", String, nullable=False),
    Column("quarter", String, nullable=False),
    Column("state", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False, doc="quzhong.api.registry.v1.Report."),
    Index("report_by_reporter", "reporter_id"),
    Index("report_by_quarter", "quarter"),
)

DUTY_FINDING = Table(
    "duty_finding",
    METADATA,
    Column("finding_id", String, primary_key=True),
    Column("party_id", String, ForeignKey(PARTY.c.party_id), nullable=False),
    Column("content", LargeBinary, nullable=False, doc="quzhong.api.events.v1.Finding, the last revision."),
    Index("duty_finding_by_party", "party_id"),
)

ACTIVITY = Table(
    "activity",
    METADATA,
    Column("platform_id", String, primary_key=True),
    Column("area_code", String, primary_key=True),
    Column("day", String, primary_key=True, doc="ISO 8601, Asia/Shanghai."),
    Column("partition", Integer, primary_key=True),
    Column("workers", Integer, nullable=False),
)

ACTIVITY_REVISION = Table(
    "activity_revision",
    METADATA,
    Column("platform_id", String, primary_key=True),
    Column("area_code", String, primary_key=True),
    Column("day", String, primary_key=True),
    Column("partition", Integer, primary_key=True),
    Column("revision", BigInteger, nullable=False),
)
"""Of a row of ``ACTIVITY``, which revision it is of; none: 0. Apart: stores have that table from before."""
