"""The registry's store over SQL: every entity that is put is a row, and a record for topic ``registry``."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

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
    ADMISSION,
    AGREEMENT,
    ANSWER,
    AREA,
    CLIENT_KEY,
    CREDENTIAL,
    PARTY,
    PARTY_VERSION,
    THRESHOLD,
)
from services.registry.adapters.view import SqlView
from services.registry.admission.messages import admission_message
from services.registry.core.admission import Admission
from services.registry.core.areas import Area
from services.registry.core.parties import Credential
from services.registry.core.party_history import PartyVersion
from services.registry.core.thresholds import Threshold
from services.registry.messages import area_message, credential_message, threshold_message
from services.registry.parties.messages import (
    party_version_message,
    published_party_message,
)
from services.registry.ports import EarlierAnswer, Request


class SqlRegistryStore(PartStore["SqlView", "SqlTransaction"]):
    """Implements ``ports.RegistryStore``."""

    def __init__(self, store: Store, clock: Clock, recorder: Recorder = NOT_RECORDED) -> None:
        """Whatever is published goes to ``recorder`` as well: the ledger."""
        super().__init__(store, clock, recorder, SqlView, SqlTransaction)


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
        entry = pb.DirectoryEntry(party=published_party_message(party))
        self._publish(f"party/{party.party_id}", entry, version.note)

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

    def put_admission(self, admission: Admission) -> None:
        """See the port."""
        message = admission_message(admission)
        self._connection.execute(
            sa.insert(ADMISSION),
            {
                "platform_id": admission.platform_id,
                "version": admission.version,
                "content": message.SerializeToString(),
                "report": admission.report,
            },
        )
        entry = pb.DirectoryEntry(admission=message)
        self._publish(f"admission/{admission.platform_id}", entry, admission.reason)

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

    def _publish(self, key: str, entry: pb.DirectoryEntry, reason: str = "") -> None:
        record = NewRecord(REGISTRY.name, entry.SerializeToString(), key=key.encode())
        outbox.add(self._connection, [record], self._now_ms)
        self._recorder.record(self._connection, acts.of_published(key, entry, reason))
