"""Findings and watermarks as the consumer keeps them, in its transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from quzhong.api.events.v1 import findings_pb2
from services.workhours.adapters.tables import CURRENT, REVISION, WATERMARK
from services.workhours.core.finding import Finding, FindingState
from services.workhours.ports import Known, Revision
from services.workhours.wire import Wire, from_proto

_AT_ONCE = 500
"""Ids of one query: SQLite takes some thousand parameters, and one plan serves all."""

_IN_ORDER = sa.text("SELECT pg_advisory_xact_lock(hashtext('workhours.finding_revision'))")


class SqlFindings:
    """``Findings``: one row a revision, and one a finding that points at its current one."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def known(self, connection: Connection, partition: int) -> list[Known]:
        """See the port."""
        rows = connection.execute(
            sa.select(
                REVISION.c.finding_id,
                REVISION.c.rule_id,
                REVISION.c.worker_id,
                REVISION.c.spell_start_ms,
                REVISION.c.stated_until_ms,
                REVISION.c.signature,
                REVISION.c.state,
            )
            .join(CURRENT, CURRENT.c.sequence == REVISION.c.sequence)
            .where(CURRENT.c.partition == partition)
        )
        return [
            Known(
                finding_id=row.finding_id,
                rule_id=row.rule_id,
                worker_id=row.worker_id,
                spell_start_ms=row.spell_start_ms,
                stated_until_ms=row.stated_until_ms,
                signature=int.from_bytes(row.signature, "little"),
                stands=row.state == FindingState.STANDS,
            )
            for row in rows
        ]

    def current(self, connection: Connection, finding_ids: Collection[str]) -> dict[str, Finding]:
        """See the port."""
        found: dict[str, Finding] = {}
        for some in _slices(sorted(finding_ids)):
            values = connection.scalars(
                sa.select(REVISION.c.value)
                .join(CURRENT, CURRENT.c.sequence == REVISION.c.sequence)
                .where(CURRENT.c.finding_id.in_(some))
            )
            findings = (from_proto(findings_pb2.Finding.FromString(value)) for value in values)
            found |= {finding.finding_id: finding for finding in findings}
        return found

    def save(self, connection: Connection, partition: int, revisions: Sequence[Revision]) -> None:
        """See the port."""
        if not revisions:
            return
        if connection.dialect.name == "postgresql":
            # Several processes write here, and a number is drawn before its commit. Whoever follows the
            # numbers must not pass over one that commits later, so their drawers queue.
            connection.execute(_IN_ORDER)
        insert = sa.insert(REVISION).returning(REVISION.c.sequence, sort_by_parameter_order=True)
        sequences = connection.scalars(insert, [self._row(one, partition) for one in revisions]).all()
        ids = [one.finding.finding_id for one in revisions]
        for some in _slices(ids):
            connection.execute(sa.delete(CURRENT).where(CURRENT.c.finding_id.in_(some)))
        connection.execute(
            sa.insert(CURRENT),
            [
                {"finding_id": of, "partition": partition, "sequence": sequence}
                for of, sequence in zip(ids, sequences, strict=True)
            ],
        )

    def _row(self, revision: Revision, partition: int) -> dict[str, object]:
        finding = revision.finding
        return {
            "finding_id": finding.finding_id,
            "revision": finding.revision,
            "partition": partition,
            "platform_id": finding.platform_id,
            "area_code": finding.area_code,
            "rule_id": finding.rule_id,
            "worker_id": finding.worker_id,
            "spell_start_ms": finding.spell_start_ms,
            "stated_until_ms": finding.stated_until_ms,
            "severity": finding.severity.value,
            "state": finding.state.value,
            "signature": revision.signature.to_bytes(8, "little"),
            "value": self._wire.to_proto(revision).SerializeToString(),
        }


class SqlWatermarks:
    """``Watermarks``: one row a partition."""

    def load(self, connection: Connection, partition: int) -> int:
        """See the port."""
        return connection.scalar(_watermark_of(partition)) or 0

    def save(self, connection: Connection, partition: int, watermark_ms: int) -> None:
        """See the port."""
        row = {"partition": partition, "watermark_ms": watermark_ms}
        moved = sa.update(WATERMARK).where(WATERMARK.c.partition == partition).values(row)
        if not connection.execute(moved).rowcount:
            connection.execute(sa.insert(WATERMARK), row)


def _watermark_of(partition: int) -> sa.Select[int]:
    return sa.select(WATERMARK.c.watermark_ms).where(WATERMARK.c.partition == partition)


def _slices(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
