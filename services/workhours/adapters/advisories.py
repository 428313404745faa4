"""Advisories: added with the revisions they come from, read by platforms and authorities."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kit.security.sight import Sight
from kit.storage.store import Store
from services.workhours.adapters import commit_order
from services.workhours.adapters.reading import in_sight
from services.workhours.adapters.tables import ADVISORY, REVISION
from services.workhours.core.advisory import AdvisoryKind
from services.workhours.ports import Advised, Caused, Whose
from services.workhours.wire_advisories import advisory_to_proto

_LATER = ADVISORY.alias("later")


class SqlAdvisories:
    """``Advisories``: one row each."""

    def add(self, connection: Connection, advisories: Sequence[Caused]) -> None:
        """See the port."""
        if not advisories:
            return
        commit_order.queue(connection)
        connection.execute(sa.insert(ADVISORY), [_row(caused) for caused in advisories])


class SqlAdvisoryReading:
    """``AdvisoryReading``. Threads may share it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def after(self, sight: Sight, whose: Whose, after: int, limit: int) -> list[Advised]:
        """See the port."""
        replaced = sa.exists().where(
            _LATER.c.finding_id == ADVISORY.c.finding_id,
            _LATER.c.platform_id == ADVISORY.c.platform_id,
            _LATER.c.revision > ADVISORY.c.revision,
        )
        statement = (
            sa.select(ADVISORY.c.sequence, ADVISORY.c.value)
            .where(in_sight(ADVISORY, sight), ADVISORY.c.sequence > after, sa.not_(replaced))
            .order_by(ADVISORY.c.sequence)
            .limit(limit)
        )
        if whose.worker_ids is not None:
            theirs = sa.exists().where(
                REVISION.c.finding_id == ADVISORY.c.finding_id, REVISION.c.worker_id.in_(whose.worker_ids)
            )
            statement = statement.where(theirs)
        if whose.platform_ids is not None:
            statement = statement.where(ADVISORY.c.platform_id.in_(whose.platform_ids))
        if after == 0:
            statement = statement.where(ADVISORY.c.kind != AdvisoryKind.CLEARED.value)
        with self._store.read() as connection:
            return [Advised(*row) for row in connection.execute(statement)]

    def newest(self) -> int:
        """See the port."""
        with self._store.read() as connection:
            return connection.scalar(sa.select(sa.func.max(ADVISORY.c.sequence))) or 0


def _row(caused: Caused) -> dict[str, object]:
    advisory = caused.advisory
    return {
        "finding_id": advisory.finding_id,
        "revision": advisory.revision,
        "platform_id": advisory.platform_id,
        "area_code": advisory.area_code,
        "kind": advisory.advice.kind.value,
        "value": advisory_to_proto(caused).SerializeToString(),
    }
