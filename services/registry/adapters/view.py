"""What the registry's store holds, read over SQL as of one moment."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from services.registry.adapters.tables import (
    ADMISSION,
    AGREEMENT,
    AREA,
    CLIENT_KEY,
    CREDENTIAL,
    PARTY,
    PARTY_VERSION,
    THRESHOLD,
    is_storable,
)
from services.registry.admission.messages import admission_of
from services.registry.core.admission import Admission
from services.registry.core.areas import Area
from services.registry.core.parties import Credential, Party, Role
from services.registry.core.party_history import PartyVersion
from services.registry.core.thresholds import Declaration, Threshold
from services.registry.parties.messages import party_of_version, party_version_of


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
        query = _CREDENTIALS.where(CREDENTIAL.c.credential_id == credential_id)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _credential(row)

    def credentials(self, party_id: str) -> list[Credential]:
        """See the port."""
        if not is_storable(party_id):
            return []
        query = _CREDENTIALS.where(CREDENTIAL.c.party_id == party_id) if party_id else _CREDENTIALS
        return [_credential(row) for row in self._connection.execute(query)]

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

    def admissions(self, platform_id: str) -> list[Admission]:
        """See the port."""
        if not is_storable(platform_id):
            return []
        query = sa.select(ADMISSION.c.content, ADMISSION.c.report)
        if platform_id:
            query = query.where(ADMISSION.c.platform_id == platform_id)
        return [
            admission_of(bytes(row.content), bytes(row.report)) for row in self._connection.execute(query)
        ]

    def agreed_platform(self, consultation_id: str) -> str | None:
        """See the port."""
        if not is_storable(consultation_id):
            return None
        kept = sa.select(AGREEMENT.c.platform_id).where(AGREEMENT.c.consultation_id == consultation_id)
        # Of an agreement that came before there was that table its versions tell: each made one at least.
        declared = sa.select(THRESHOLD.c.platform_id).where(
            THRESHOLD.c.consultation_id == consultation_id, THRESHOLD.c.consultation_id != ""
        )
        return self._connection.scalar(kept.union_all(declared).limit(1))


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


_CREDENTIALS = sa.select(CREDENTIAL, CLIENT_KEY.c.public_jwk).outerjoin_from(CREDENTIAL, CLIENT_KEY)


def _credential(row: Row[tuple[object, ...]]) -> Credential:
    return Credential(
        row.credential_id,
        row.party_id,
        bytes(row.secret_sha256),
        row.create_ms,
        row.revoke_ms,
        row.public_jwk or "",
    )


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
