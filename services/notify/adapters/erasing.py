"""Workers whose data are to go, taken out of what notify keeps.

A finding stays as a fact that says of nobody (``erased_findings``), and so do the alerts about it: the day
instead of the moment. Of an appeal against it the grounds go, also out of what its request was answered with.
Cases, their figures, steps and letters stay as they are, and nothing is told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kit.directory.entries import ErasureEntry
from kit.erasure import Erased
from services.notify.adapters import rows
from services.notify.adapters.casework_tables import CASEWORK_ANSWERS, FINDING_APPEALS
from services.notify.adapters.tables import ALERTS, FINDINGS
from services.notify.casework.messages import without_grounds
from services.notify.core.replies import ERASED
from services.notify.erased_findings import erasure_of, stripped
from services.notify.ports import Report

_AT_ONCE = 1_000
"""Parameters of a statement; SQLite takes 32,766."""

_DAY_MS, _OFFSET_MS = 86_400_000, 28_800_000
"""Asia/Shanghai is eight hours ahead of UTC, without summer time since 1992."""


class SqlErasing:
    """``Erasing`` over SQL."""

    def __init__(self, erased: Erased) -> None:
        self._erased = erased
        self._seen: Mapping[bytes, ErasureEntry] | None = None

    def begin_again(self) -> None:
        """See the port."""
        self._seen = None

    def erase(self, connection: Connection) -> bool:
        """See the port."""
        latest = self._erased.all()
        if latest is self._seen:
            return False
        self._seen = latest
        finding_ids = self._strip_findings(connection) if latest else []
        for some in _slices(finding_ids):
            _coarsen_alerts(connection, some)
            _erase_grounds(connection, some)
        return bool(finding_ids)

    def _strip_findings(self, connection: Connection) -> list[str]:
        """The findings that were stripped."""
        workers = connection.scalars(sa.select(FINDINGS.c.worker_id).distinct()).all()
        stays: list[Report] = []
        for worker_id in self._erased.among(filter(None, workers)):
            for row in connection.execute(sa.select(FINDINGS).where(FINDINGS.c.worker_id == worker_id)):
                report = Report(rows.finding_of(row), bytes(row.message))
                if (erasure := erasure_of(report, self._erased)) is not None:
                    stays.append(stripped(report, erasure.erasure_id))
        of_one = sa.update(FINDINGS).where(FINDINGS.c.finding_id == sa.bindparam("stripped"))
        changed: dict[str, sa.BindParameter[Any]] = {
            name: sa.bindparam(f"new_{name}") for name in ("worker_id", "event_time_ms", "message")
        }
        values = [
            {
                "stripped": each.finding.finding_id,
                "new_worker_id": each.finding.worker_id,
                "new_event_time_ms": each.finding.event_time_ms,
                "new_message": each.message,
            }
            for each in stays
        ]
        if values:
            connection.execute(of_one.values(changed), values)
        return [each.finding.finding_id for each in stays]


def _coarsen_alerts(connection: Connection, finding_ids: Collection[str]) -> None:
    moment = ALERTS.c.event_time_ms
    connection.execute(
        sa.update(ALERTS)
        .where(ALERTS.c.finding_id.in_(finding_ids))
        .values(event_time_ms=moment - (moment + _OFFSET_MS) % _DAY_MS)
    )


def _erase_grounds(connection: Connection, finding_ids: Collection[str]) -> None:
    of_findings = FINDING_APPEALS.c.finding_id.in_(finding_ids)
    appeal_ids = set(connection.scalars(sa.select(FINDING_APPEALS.c.appeal_id).where(of_findings)))
    if not appeal_ids:
        return
    connection.execute(sa.update(FINDING_APPEALS).where(of_findings).values(grounds=ERASED))
    answers = connection.execute(
        sa.select(CASEWORK_ANSWERS.c.party_id, CASEWORK_ANSWERS.c.request_id, CASEWORK_ANSWERS.c.response)
    )
    for party_id, request_id, response in answers.all():
        if (stays := without_grounds(bytes(response), appeal_ids)) is not None:
            connection.execute(
                sa.update(CASEWORK_ANSWERS)
                .where(CASEWORK_ANSWERS.c.party_id == party_id, CASEWORK_ANSWERS.c.request_id == request_id)
                .values(response=stays)
            )


def _slices(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]
