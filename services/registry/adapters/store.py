"""The registry's store over SQL: every entity that is put is a row, and a record for topic ``registry``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from kit.clock import Clock
from kit.eventlog import outbox
from kit.eventlog.port import NewRecord
from kit.eventlog.topics import REGISTRY
from kit.storage.store import Store
from quzhong.api.registry.v1 import registry_pb2 as pb
from services.registry.adapters.tables import ANSWER, AREA, CREDENTIAL, PARTY, THRESHOLD
from services.registry.core.areas import Area
from services.registry.core.parties import Credential, Party, Role
from services.registry.core.thresholds import Declaration, Threshold
from services.registry.messages import area_message, credential_message, party_message, threshold_message
from services.registry.ports import EarlierAnswer, Request


class SqlRegistryStore:
    """Implements ``ports.RegistryStore``."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    @contextmanager
    def read(self) -> Iterator[SqlView]:
        """See the port."""
        with self._store.read() as connection:
            yield SqlView(connection)

    @contextmanager
    def write(self) -> Iterator[SqlTransaction]:
        """See the port."""
        with self._store.transaction() as connection:
            yield self.within(connection)

    def within(self, connection: Connection) -> SqlTransaction:
        """A write transaction that somebody else began, and commits: the consumer of agreements."""
        if connection.dialect.name == "postgresql":
            # One writer at a time, as on SQLite: versions are counted from what is read before.
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext('quzhong.registry'))"))
        return SqlTransaction(connection, self._clock())


class SqlView:
    """Implements ``ports.View``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def party(self, party_id: str) -> Party | None:
        """See the port."""
        row = self._connection.execute(sa.select(PARTY).where(PARTY.c.party_id == party_id)).one_or_none()
        return None if row is None else _party(row)

    def parties(self) -> list[Party]:
        """See the port."""
        return [_party(row) for row in self._connection.execute(sa.select(PARTY))]

    def credential(self, credential_id: str) -> Credential | None:
        """See the port."""
        row = self._connection.execute(
            sa.select(CREDENTIAL).where(CREDENTIAL.c.credential_id == credential_id)
        ).one_or_none()
        if row is None:
            return None
        return Credential(
            row.credential_id, row.party_id, bytes(row.secret_sha256), row.create_ms, row.revoke_ms
        )

    def areas(self) -> list[Area]:
        """See the port."""
        rows = self._connection.execute(sa.select(AREA))
        return [Area(row.area_code, row.parent_code, row.name_zh, row.name_en) for row in rows]

    def versions(self, threshold_id: str) -> list[Threshold]:
        """See the port."""
        rows = self._connection.execute(sa.select(THRESHOLD).where(THRESHOLD.c.threshold_id == threshold_id))
        return [_threshold(row) for row in rows]

    def thresholds(self, platform_id: str, metric_id: str) -> list[Threshold]:
        """See the port."""
        query = sa.select(THRESHOLD)
        if platform_id:
            query = query.where(THRESHOLD.c.platform_id == platform_id)
        if metric_id:
            query = query.where(THRESHOLD.c.metric_id == metric_id)
        return [_threshold(row) for row in self._connection.execute(query)]


class SqlTransaction(SqlView):
    """Implements ``ports.Transaction``."""

    def __init__(self, connection: Connection, now_ms: int) -> None:
        super().__init__(connection)
        self._now_ms = now_ms

    def put_party(self, party: Party) -> None:
        """See the port."""
        self._connection.execute(
            sa.insert(PARTY),
            {
                "party_id": party.party_id,
                "role": int(party.role),
                "name_zh": party.name_zh,
                "name_en": party.name_en,
                "area_codes": " ".join(party.area_codes),
                "create_ms": party.create_ms,
            },
        )
        self._publish(f"party/{party.party_id}", pb.DirectoryEntry(party=party_message(party)))

    def put_credential(self, credential: Credential) -> None:
        """See the port."""
        updated = self._connection.execute(
            sa.update(CREDENTIAL)
            .where(CREDENTIAL.c.credential_id == credential.credential_id)
            .values(revoke_ms=credential.revoke_ms)
        )
        if updated.rowcount == 0:
            self._connection.execute(
                sa.insert(CREDENTIAL),
                {
                    "credential_id": credential.credential_id,
                    "party_id": credential.party_id,
                    "secret_sha256": credential.secret_sha256,
                    "create_ms": credential.create_ms,
                    "revoke_ms": credential.revoke_ms,
                },
            )
        entry = pb.DirectoryEntry(credential=credential_message(credential))
        self._publish(f"credential/{credential.credential_id}", entry)

    def put_area(self, area: Area) -> None:
        """See the port."""
        self._connection.execute(sa.delete(AREA).where(AREA.c.area_code == area.area_code))
        self._connection.execute(
            sa.insert(AREA),
            {
                "area_code": area.area_code,
                "parent_code": area.parent_code,
                "name_zh": area.name_zh,
                "name_en": area.name_en,
            },
        )
        self._publish(f"area/{area.area_code}", pb.DirectoryEntry(area=area_message(area)))

    def put_threshold(self, threshold: Threshold) -> None:
        """See the port."""
        said = threshold.declaration
        self._connection.execute(
            sa.insert(THRESHOLD),
            {
                "threshold_id": threshold.threshold_id,
                "version": threshold.version,
                "platform_id": said.platform_id,
                "metric_id": said.metric_id,
                "area_code": said.area_code,
                "service": said.service,
                "distance_start_m": said.distance_start_m,
                "distance_end_m": said.distance_end_m,
                "value": said.value,
                "effective_ms": said.effective_ms,
                "create_ms": threshold.create_ms,
                "consultation_id": threshold.consultation_id,
            },
        )
        entry = pb.DirectoryEntry(threshold=threshold_message(threshold))
        self._publish(f"threshold/{threshold.key}", entry)

    def earlier_answer(self, party_id: str, request_id: str) -> EarlierAnswer | None:
        """See the port."""
        row = self._connection.execute(
            sa.select(ANSWER.c.content_sha256, ANSWER.c.entity).where(
                ANSWER.c.party_id == party_id, ANSWER.c.request_id == request_id
            )
        ).one_or_none()
        return None if row is None else EarlierAnswer(bytes(row.content_sha256), row.entity)

    def keep_answer(self, request: Request, entity: str, now_ms: int, keep_ms: int) -> None:
        """See the port."""
        self._connection.execute(sa.delete(ANSWER).where(ANSWER.c.create_ms < now_ms - keep_ms))
        self._connection.execute(
            sa.insert(ANSWER),
            {
                "party_id": request.party_id,
                "request_id": request.request_id,
                "content_sha256": request.content_sha256,
                "entity": entity,
                "create_ms": now_ms,
            },
        )

    def _publish(self, key: str, entry: pb.DirectoryEntry) -> None:
        record = NewRecord(REGISTRY.name, entry.SerializeToString(), key=key.encode())
        outbox.add(self._connection, [record], self._now_ms)


def _party(row: Row[tuple[object, ...]]) -> Party:
    return Party(
        row.party_id, Role(row.role), row.name_zh, row.name_en, tuple(row.area_codes.split()), row.create_ms
    )


def _threshold(row: Row[tuple[object, ...]]) -> Threshold:
    said = Declaration(
        platform_id=row.platform_id,
        metric_id=row.metric_id,
        area_code=row.area_code,
        service=row.service,
        distance_start_m=row.distance_start_m,
        distance_end_m=row.distance_end_m,
        value=row.value,
        effective_ms=row.effective_ms,
    )
    return Threshold(said, row.version, row.create_ms, row.consultation_id)
