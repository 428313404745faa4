"""Findings and watermarks as the consumer keeps them, in its transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from sys import intern

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from quzhong.api.events.v1 import findings_pb2
from services.workhours.adapters import commit_order
from services.workhours.adapters.tables import ADVISORY, CARRIED_OUT, CURRENT, REVISION, WATERMARK
from services.workhours.core.finding import Finding, FindingState
from services.workhours.ports import Known, Revision
from services.workhours.wire import Wire, from_proto

_AT_ONCE = 500
"""Ids of one query: SQLite takes some thousand parameters, and one plan serves all."""


class SqlFindings:
    """``Findings``: one row a revision, and one a finding that points at its current one."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def known(self, connection: Connection, partition: int, since_ms: int) -> list[Known]:
        """See the port."""
        rows = connection.execute(
            sa.select(
                REVISION.c.finding_id,
                REVISION.c.rule_id,
                REVISION.c.worker_id,
                REVISION.c.platform_id,
                REVISION.c.spell_start_ms,
                REVISION.c.stated_until_ms,
                REVISION.c.signature,
                REVISION.c.state,
            )
            .join(CURRENT, CURRENT.c.sequence == REVISION.c.sequence)
            .where(CURRENT.c.partition == partition, REVISION.c.spell_start_ms >= since_ms)
        )
        return [
            Known(
                finding_id=row.finding_id,
                rule_id=intern(row.rule_id),  # many findings name few of these
                worker_id=intern(row.worker_id),
                platform_id=intern(row.platform_id),
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

    def save(self, connection: Connection, revisions: Sequence[Revision]) -> list[bytes]:
        """See the port."""
        if not revisions:
            return []
        told = [self._wire.to_proto(one).SerializeToString() for one in revisions]
        commit_order.queue(connection)
        rows = [_row(one, value) for one, value in zip(revisions, told, strict=True)]
        newest = connection.scalar(sa.select(sa.func.max(REVISION.c.sequence))) or 0
        connection.execute(sa.insert(REVISION), rows)
        added = REVISION.c.sequence > newest
        connection.execute(
            sa.delete(CURRENT).where(CURRENT.c.finding_id.in_(sa.select(REVISION.c.finding_id).where(added)))
        )
        of_each = [REVISION.c.finding_id, REVISION.c.partition, REVISION.c.sequence]
        connection.execute(sa.insert(CURRENT).from_select(of_each, sa.select(*of_each).where(added)))
        return told


class SqlErasableFindings:
    """``ErasableFindings``: the rows of all revisions, and of what was advised of them."""

    def carried_out(self, connection: Connection, partition: int) -> set[str]:
        """See the port."""
        statement = sa.select(CARRIED_OUT.c.erasure_id).where(CARRIED_OUT.c.partition == partition)
        return set(connection.scalars(statement))

    def note(self, connection: Connection, partition: int, erasure_ids: Collection[str]) -> None:
        """See the port."""
        rows = [{"partition": partition, "erasure_id": each} for each in sorted(erasure_ids)]
        connection.execute(sa.insert(CARRIED_OUT), rows)

    def unnote(self, connection: Connection, partition: int, erasure_ids: Collection[str]) -> None:
        """See the port."""
        connection.execute(
            sa.delete(CARRIED_OUT).where(
                CARRIED_OUT.c.partition == partition, CARRIED_OUT.c.erasure_id.in_(erasure_ids)
            )
        )

    def workers(self, connection: Connection, partition: int) -> list[str]:
        """See the port."""
        statement = sa.select(REVISION.c.worker_id).where(REVISION.c.partition == partition).distinct()
        return list(connection.scalars(statement))

    def erase(self, connection: Connection, partition: int, before_ms: Mapping[str, int]) -> None:
        """See the port."""
        found: set[str] = set()
        for worker_id, moment_ms in before_ms.items():
            statement = sa.select(REVISION.c.finding_id).where(
                REVISION.c.partition == partition,
                REVISION.c.worker_id == worker_id,
                REVISION.c.spell_start_ms < moment_ms,
            )
            found.update(connection.scalars(statement))
        for some in _slices(sorted(found)):
            for table in (ADVISORY, CURRENT, REVISION):
                connection.execute(sa.delete(table).where(table.c.finding_id.in_(some)))


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


def _row(revision: Revision, value: bytes) -> dict[str, object]:
    finding = revision.finding
    return {
        "finding_id": finding.finding_id,
        "revision": finding.revision,
        "partition": revision.partition,
        "platform_id": finding.platform_id,
        "area_code": finding.area_code,
        "rule_id": finding.rule_id,
        "worker_id": finding.worker_id,
        "spell_start_ms": finding.spell_start_ms,
        "stated_until_ms": finding.stated_until_ms,
        "severity": finding.severity.value,
        "state": finding.state.value,
        "signature": revision.signature.to_bytes(8, "little"),
        "value": value,
    }


def _watermark_of(partition: int) -> sa.Select[int]:
    return sa.select(WATERMARK.c.watermark_ms).where(WATERMARK.c.partition == partition)


def _slices(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
