"""The tables of consultations and appeals, in the audits' store. All times are epoch milliseconds."""

from __future__ import annotations

import sqlalchemy as sa

from services.algo_audit.adapters.tables import METADATA
from services.algo_audit.core.consultation import State

CONSULTATION = sa.Table(
    "consultation",
    METADATA,
    sa.Column("consultation_id", sa.String, primary_key=True),
    sa.Column("number", sa.BigInteger, nullable=False, unique=True, doc="Counts them from 1."),
    sa.Column("platform_id", sa.String, nullable=False, index=True),
    sa.Column("union_id", sa.String, nullable=False),
    sa.Column("metric_id", sa.String, nullable=False),
    sa.Column("area_code", sa.String, nullable=False),
    sa.Column("state", sa.Integer, nullable=False, doc="core.consultation.State"),
    sa.Column("end_time_ms", sa.BigInteger, doc="Null while it is open."),
    sa.Column(
        "value", sa.LargeBinary, nullable=False, doc="quzhong.api.algo_audit.v1.Consultation without effects"
    ),
)
sa.Index(
    "consultation_open",
    CONSULTATION.c.platform_id,
    CONSULTATION.c.metric_id,
    CONSULTATION.c.area_code,
    unique=True,  # one open of each kind, whatever the code above does
    sqlite_where=CONSULTATION.c.state == int(State.OPEN),
    postgresql_where=CONSULTATION.c.state == int(State.OPEN),
)
CONSULTATION_PACK = sa.Table(
    "consultation_pack",
    METADATA,
    sa.Column("consultation_id", sa.String, sa.ForeignKey(CONSULTATION.c.consultation_id), primary_key=True),
    sa.Column("value", sa.LargeBinary, nullable=False, doc="quzhong.api.algo_audit.v1.Pack"),
    sa.Column("data", sa.LargeBinary, nullable=False, doc="What what-ifs of later offers are computed on."),
)
CONSULTATION_OFFER = sa.Table(
    "consultation_offer",
    METADATA,
    sa.Column("consultation_id", sa.String, sa.ForeignKey(CONSULTATION.c.consultation_id), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, doc="Of the offer, from 1."),
    sa.Column("value", sa.LargeBinary, nullable=False, doc="quzhong.api.algo_audit.v1.Offer: its effects"),
)
APPEAL = sa.Table(
    "appeal",
    METADATA,
    sa.Column("appeal_id", sa.String, primary_key=True),
    sa.Column("number", sa.BigInteger, nullable=False, unique=True, doc="Counts them from 1."),
    sa.Column("platform_id", sa.String, nullable=False),
    sa.Column("worker_id", sa.String, nullable=False, doc="Pseudonym."),
    sa.Column("order_id", sa.String, nullable=False, doc="Empty: the penalty was for no order."),
    sa.Column("penalty_fen", sa.BigInteger, nullable=False),
    sa.Column("grounds", sa.String, nullable=False),
    sa.Column("filed_by", sa.String, nullable=False, index=True),
    sa.Column("create_time_ms", sa.BigInteger, nullable=False),
    sa.Column("due_time_ms", sa.BigInteger, nullable=False),
    sa.Column("state", sa.Integer, nullable=False, doc="core.appeal.State"),
    sa.Column("reply", sa.String, nullable=False),
    sa.Column("reply_time_ms", sa.BigInteger, doc="Null until it is answered."),
    sa.Index("appeal_by_platform", "platform_id", "create_time_ms"),
)
ANSWER = sa.Table(
    "answer",
    METADATA,
    sa.Column("party_id", sa.String, primary_key=True, doc="Who asked."),
    sa.Column("request_id", sa.String, primary_key=True),
    sa.Column("content_sha256", sa.LargeBinary, nullable=False),
    sa.Column("entity", sa.String, nullable=False, doc="What it was answered with; mutations.EarlierAnswer."),
    sa.Column("create_time_ms", sa.BigInteger, nullable=False, index=True),
)
