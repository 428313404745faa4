"""The registry's store over SQL: every entity that is put is a row, and a record for topic ``registry``."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from kit.clock import Clock
from kit.eventlog import outbox
from kit.eventlog.port import NewRecord
from kit.eventlog.topics import REGISTRY
from kit.ledger import NOT_RECORDED, Act, Recorder
from kit.storage.store import Store
from quzhong.api.registry.v1 import registry_pb2 as pb
from services.registry.adapters import acts
from services.registry.adapters.part_store import PartStore
from services.registry.adapters.tables import (
    AGREEMENT,
    ANSWER,
    AREA,
    CLIENT_KEY,
    CREDENTIAL,
    PARTY,
    PARTY_VERSION,
    THRESHOLD,
    is_storable,
)
from services.registry.core.areas import Area
from services.registry.core.parties import Credential, Party, Role
from services.registry.core.party_history import PartyVersion
from services.registry.core.thresholds import Declaration, Threshold
from services.registry.messages import area_message, credential_message, threshold_message
from services.registry.party_messages import (
    party_of_version,
    party_version_message,
    party_version_of,
    published_party_message,
)
from services.registry.ports import EarlierAnswer, Request


class SqlRegistryStore(PartStore["SqlView", "SqlTransaction"]):
    """Implements ``ports.RegistryStore``."""

    def __init__(self, store: Store, clock: Clock, recorder: Recorder = NOT_RECORDED) -> None:
        """Whatever is published goes to ``recorder`` as well: the ledger."""
        super().__init__(store, clock, recorder, SqlView, SqlTransaction)


class SqlView:
    """Implements ``ports.View``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def party(self, party_id: str) -> Party | None:
        """See the port."""
        if not is_storable(party_id):
            return None
        row = self._connection.execute(_PARTIES.where(PARTY.c.party_id == party_id)).one_or_none()
        return None if row is None else _party(row)

    def parties(self) -> list[Party]:
        """See the port."""
        return [_party(row) for row in self._connection.execute(_PARTIES)]

    def party_versions(self, party_id: str) -> list[PartyVersion]:
        """See the port."""
        if not is_storable(party_id):
            return []
        rows = self._connection.scalars(
            sa.select(PARTY_VERSION.c.content).where(PARTY_VERSION.c.party_id == party_id)
        ).all()
        if not rows:  # registered before history was kept
            party = self.party(party_id)
            return [] if party is None else [PartyVersion(party, "", party.create_ms)]
        return [party_version_of(bytes(content)) for content in rows]

    def credential(self, credential_id: str) -> Credential | None:
        """See the port."""
        if not is_storable(credential_id):
            return None
        row = self._connection.execute(
            sa.select(CREDENTIAL, CLIENT_KEY.c.public_jwk)
            .outerjoin_from(CREDENTIAL, CLIENT_KEY)
            .where(CREDENTIAL.c.credential_id == credential_id)
        ).one_or_none()
        if row is None:
            return None
        return Credential(
            row.credential_id,
            row.party_id,
            bytes(row.secret_sha256),
            row.create_ms,
            row.revoke_ms,
            row.public_jwk or "",
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
        if not is_storable(platform_id, metric_id):
            return []
        query = sa.select(THRESHOLD)
        if platform_id:
            query = query.where(THRESHOLD.c.platform_id == platform_id)
        if metric_id:
            query = query.where(THRESHOLD.c.metric_id == metric_id)
        return [_threshold(row) for row in self._connection.execute(query)]

    def agreed_platform(self, consultation_id: str) -> str | None:
        """See the port."""
        if not is_storable(consultation_id):
            return None
        query = sa.select(AGREEMENT.c.platform_id).where(AGREEMENT.c.consultation_id == consultation_id)
        return self._connection.scalar(query)


class SqlTransaction(SqlView):
    """Implements ``ports.Transaction``."""

    def __init__(self, connection: Connection, now_ms: int, recorder: Recorder) -> None:
        super().__init__(connection)
        self._now_ms = now_ms
        self._recorder = recorder

    def put_party(self, version: PartyVersion) -> None:
        """See the port."""
        party = version.party
        values = {
            "party_id": party.party_id,
            "role": int(party.role),
            "name_zh": party.name_zh,
            "name_en": party.name_en,
            "area_codes": " ".join(party.area_codes),
            "create_ms": party.create_ms,
        }
        if party.version == 1:
            self._connection.execute(sa.insert(PARTY), values)
            new = [version]
        else:
            known = self.party_versions(party.party_id)
            # The first version of a party that was registered before history was kept is written down now.
            new = [version] if self._has_version(party.party_id) else [*known, version]
            self._connection.execute(sa.update(PARTY).where(PARTY.c.party_id == party.party_id), values)
        self._connection.execute(
            sa.insert(PARTY_VERSION),
            [
                {
                    "party_id": party.party_id,
                    "version": one.party.version,
                    "content": party_version_message(one).SerializeToString(),
                }
                for one in new
            ],
        )
        self._publish(f"party/{party.party_id}", pb.DirectoryEntry(party=published_party_message(party)))

    def _has_version(self, party_id: str) -> bool:
        query = sa.select(sa.exists().where(PARTY_VERSION.c.party_id == party_id))
        return self._connection.scalar(query) is True

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
            if credential.public_jwk:
                key = {"credential_id": credential.credential_id, "public_jwk": credential.public_jwk}
                self._connection.execute(sa.insert(CLIENT_KEY), key)
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

    def put_agreement(self, consultation_id: str, platform_id: str) -> None:
        """See the port."""
        if self.agreed_platform(consultation_id) is None:
            agreed = {"consultation_id": consultation_id, "platform_id": platform_id}
            self._connection.execute(sa.insert(AGREEMENT), agreed)

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

    def record(self, act: Act) -> None:
        """Enter an act that publishes no entry of topic ``registry``."""
        self._recorder.record(self._connection, act)

    def _publish(self, key: str, entry: pb.DirectoryEntry) -> None:
        record = NewRecord(REGISTRY.name, entry.SerializeToString(), key=key.encode())
        outbox.add(self._connection, [record], self._now_ms)
        self._recorder.record(self._connection, acts.of_published(key, entry))


_LAST = PARTY_VERSION.alias()
_PARTIES = sa.select(PARTY, PARTY_VERSION.c.content).select_from(
    PARTY.outerjoin(
        PARTY_VERSION,
        sa.and_(
            PARTY_VERSION.c.party_id == PARTY.c.party_id,
            PARTY_VERSION.c.version
            == sa.select(sa.func.max(_LAST.c.version))
            .where(_LAST.c.party_id == PARTY.c.party_id)
            .scalar_subquery(),
        ),
    )
)
"""Every party with the content of its last version; null if it was registered before history was kept."""


def _party(row: Row[tuple[object, ...]]) -> Party:
    if row.content is not None:
        return party_of_version(bytes(row.content))
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
