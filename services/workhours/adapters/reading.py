"""Findings as readers see them. Each answer is of one moment: one read transaction."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from kit.security.caller import significant
from kit.security.sight import Sight
from kit.storage.store import Store
from services.workhours.adapters.tables import CURRENT, REVISION
from services.workhours.core.finding import FindingState
from services.workhours.core.verdict import Severity
from services.workhours.ports import Change, Count, Filter, Stated

Clause = sa.ColumnElement[bool]

_BEFORE = REVISION.alias("revision_before")
_STATED = (REVISION.c.sequence, REVISION.c.finding_id, REVISION.c.value)


class SqlReading:
    """``Reading``. Threads may share it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def page(self, wanted: Filter, after_id: str, limit: int) -> list[Stated]:
        """See the port."""
        return self._current(
            _wanted(REVISION, wanted), CURRENT.c.finding_id > after_id, CURRENT.c.finding_id, limit
        )

    def standing(self, wanted: Filter, after: int, limit: int) -> list[Stated]:
        """See the port."""
        return self._current(_wanted(REVISION, wanted), CURRENT.c.sequence > after, CURRENT.c.sequence, limit)

    def _current(
        self, wanted: Clause, following: Clause, order: sa.ColumnElement[str | int], limit: int
    ) -> list[Stated]:
        statement = sa.select(*_STATED).join(CURRENT, CURRENT.c.sequence == REVISION.c.sequence)
        with self._store.read() as connection:
            rows = connection.execute(statement.where(wanted, following).order_by(order).limit(limit))
            return [Stated(*row) for row in rows]

    def revisions(self, finding_id: str) -> list[bytes]:
        """See the port."""
        statement = (
            sa.select(REVISION.c.value)
            .where(REVISION.c.finding_id == finding_id)
            .order_by(REVISION.c.revision)
        )
        with self._store.read() as connection:
            return list(connection.scalars(statement))

    def changes(self, wanted: Filter, after: int, limit: int) -> list[Change]:
        """See the port."""
        seen_now = in_sight(REVISION, wanted.sight)
        statement = (
            sa.select(*_STATED, seen_now, _BEFORE.c.value.label("before"))
            .outerjoin(
                _BEFORE,
                sa.and_(
                    _BEFORE.c.finding_id == REVISION.c.finding_id,
                    _BEFORE.c.revision == REVISION.c.revision - 1,
                ),
            )
            .where(
                REVISION.c.sequence > after,
                sa.or_(_wanted(REVISION, wanted), _wanted(_BEFORE, wanted)),
            )
            .order_by(REVISION.c.sequence)
            .limit(limit)
        )
        with self._store.read() as connection:
            return [
                Change(sequence, finding_id, value, bool(seen), b"" if seen else before)
                for sequence, finding_id, value, seen, before in connection.execute(statement)
            ]

    def newest(self) -> int:
        """See the port."""
        with self._store.read() as connection:
            return connection.scalar(sa.select(sa.func.max(REVISION.c.sequence))) or 0

    def of_worker(
        self, wanted: Filter, worker_ids: Sequence[str], start_ms: int, end_ms: int
    ) -> list[Stated]:
        """See the port."""
        statement = (
            sa.select(*_STATED)
            .join(CURRENT, CURRENT.c.sequence == REVISION.c.sequence)
            .where(
                _wanted(REVISION, wanted),
                REVISION.c.worker_id.in_(worker_ids),
                REVISION.c.spell_start_ms < end_ms,
                REVISION.c.stated_until_ms >= start_ms,
            )
            .order_by(REVISION.c.spell_start_ms, REVISION.c.finding_id)
        )
        with self._store.read() as connection:
            return [Stated(*row) for row in connection.execute(statement)]

    def summary(self, wanted: Filter, least: Severity) -> list[Count]:
        """See the port."""
        statement = (
            sa.select(REVISION.c.rule_id, sa.func.count(), sa.func.count(sa.distinct(REVISION.c.worker_id)))
            .join(CURRENT, CURRENT.c.sequence == REVISION.c.sequence)
            .where(_wanted(REVISION, wanted), _stands(REVISION), REVISION.c.severity >= least.value)
            .group_by(REVISION.c.rule_id)
            .order_by(REVISION.c.rule_id)
        )
        with self._store.read() as connection:
            return [Count(*row) for row in connection.execute(statement)]


def _wanted(table: sa.FromClause, wanted: Filter) -> Clause:
    clauses = [in_sight(table, wanted.sight)]
    if wanted.whose.worker_ids is not None:
        clauses.append(table.c.worker_id.in_(wanted.whose.worker_ids))
    if wanted.whose.platform_ids is not None:
        clauses.append(table.c.platform_id.in_(wanted.whose.platform_ids))
    if wanted.rule_id:
        clauses.append(table.c.rule_id == wanted.rule_id)
    if wanted.least_severity:
        clauses.append(table.c.severity >= wanted.least_severity)
    if not wanted.include_withdrawn:
        clauses.append(_stands(table))
    return sa.and_(*clauses)


def _stands(table: sa.FromClause) -> Clause:
    return table.c.state == FindingState.STANDS.value


def in_sight(table: sa.FromClause, sight: Sight) -> Clause:
    """``Sight.sees`` as SQL, of a table with both columns; a test holds the two together."""
    of_platform = table.c.platform_id == sight.platform_id if sight.platform_id else sa.true()
    if sight.area_codes is None:
        return of_platform
    within = (table.c.area_code.startswith(significant(code), autoescape=True) for code in sight.area_codes)
    return sa.and_(of_platform, sa.or_(sa.false(), *within))
