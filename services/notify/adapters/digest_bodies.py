"""What a digest tells, read from the alerts that were gathered for it: the same at every attempt."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.notify.adapters.delivery_tables import DIGEST_ITEMS
from services.notify.adapters.rows import alert_of
from services.notify.adapters.tables import ALERTS
from services.notify.core.alerts import AlertKind
from services.notify.core.digests import LISTED, DigestBody
from services.notify.core.findings import Severity


def digest_body(
    connection: Connection, subscription_id: str, digest_id: str, create_time_ms: int
) -> DigestBody:
    """Counted in the database: a digest of a hundred thousand alerts is as small as one of a hundred."""
    gathered = ALERTS.join(DIGEST_ITEMS, DIGEST_ITEMS.c.alert_id == ALERTS.c.alert_id)
    of_digest = sa.and_(
        DIGEST_ITEMS.c.subscription_id == subscription_id, DIGEST_ITEMS.c.digest_id == digest_id
    )
    counted = connection.execute(
        sa.select(ALERTS.c.kind, ALERTS.c.severity, sa.func.count())
        .select_from(gathered)
        .where(of_digest)
        .group_by(ALERTS.c.kind, ALERTS.c.severity)
        .order_by(ALERTS.c.severity.desc(), ALERTS.c.kind)
    ).all()
    listed = connection.execute(
        sa.select(ALERTS)
        .select_from(gathered)
        .where(of_digest)
        .order_by(ALERTS.c.severity.desc(), ALERTS.c.sequence.desc())
        .limit(LISTED)
    ).all()
    return DigestBody(
        digest_id=digest_id,
        create_time_ms=create_time_ms,
        counts={(AlertKind(kind), Severity(severity)): count for kind, severity, count in counted},
        listed=tuple(map(alert_of, listed)),
    )
