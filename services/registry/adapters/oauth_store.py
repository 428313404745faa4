"""Client keys, used assertions and signing keys over SQL."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from kit.clock import Clock
from kit.eventlog import outbox
from kit.eventlog.port import NewRecord
from kit.eventlog.topics import REGISTRY
from kit.ledger import NOT_RECORDED, Recorder
from kit.storage.dialects import insert_into
from kit.storage.store import Store
from quzhong.api.registry.v1 import registry_pb2 as pb
from services.registry.adapters import acts
from services.registry.adapters.tables import (
    CLIENT_KEY,
    CREDENTIAL,
    PARTY,
    SIGNING_KEY,
    USED_ASSERTION,
    is_storable,
)
from services.registry.core.key_rotation import SigningKey
from services.registry.core.parties import Role
from services.registry.core.refusal_counts import Counted
from services.registry.identity.ports import Assertion, Client, Granting


class SqlOAuthStore:
    """Implements ``identity.ports.OAuthStore``."""

    def __init__(self, store: Store, clock: Clock, recorder: Recorder = NOT_RECORDED) -> None:
        """Whatever is published goes to ``recorder`` as well: the ledger."""
        self._store = store
        self._clock = clock
        self._recorder = recorder

    def client(self, client_id: str) -> Client | None:
        """See the port."""
        if not is_storable(client_id):
            return None
        query = (
            sa.select(CREDENTIAL.c.credential_id, PARTY.c.party_id, PARTY.c.role, CLIENT_KEY.c.public_jwk)
            .join_from(CREDENTIAL, CLIENT_KEY, CLIENT_KEY.c.credential_id == CREDENTIAL.c.credential_id)
            .join(PARTY, PARTY.c.party_id == CREDENTIAL.c.party_id)
            .where(CREDENTIAL.c.credential_id == client_id, CREDENTIAL.c.revoke_ms.is_(None))
        )
        with self._store.read() as connection:
            row = connection.execute(query).one_or_none()
        return (
            None if row is None else Client(row.credential_id, row.party_id, Role(row.role), row.public_jwk)
        )

    def use_assertion(self, assertion: Assertion, granting: Granting, now_ms: int) -> bool:
        """See the port."""
        with self._store.transaction() as connection:
            connection.execute(sa.delete(USED_ASSERTION).where(USED_ASSERTION.c.expire_ms <= now_ms))
            added = connection.execute(
                insert_into(connection, USED_ASSERTION)
                .values(
                    client_id=assertion.source, token_id=assertion.token_id, expire_ms=assertion.expire_ms
                )
                .on_conflict_do_nothing()
            )
            if added.rowcount != 1:
                return False
            self._recorder.record(connection, acts.of_token(granting))
            return True

    def enter_refusals(self, refusals: Sequence[Counted]) -> None:
        """See the port."""
        with self._store.transaction() as connection:
            self._recorder.record(connection, *(acts.of_refusals(each) for each in refusals))

    def signing_keys(self) -> list[SigningKey]:
        """See the port."""
        with self._store.read() as connection:
            rows = connection.execute(sa.select(SIGNING_KEY).order_by(SIGNING_KEY.c.create_ms))
            return [SigningKey(row.key_id, row.public_jwk, row.create_ms, row.expire_ms) for row in rows]

    def put_signing_key(self, key: SigningKey) -> None:
        """See the port."""
        message = pb.SigningKey(key_id=key.key_id, public_jwk=key.public_jwk)
        message.create_time.FromMilliseconds(key.create_ms)
        message.expire_time.FromMilliseconds(key.expire_ms)
        entry = pb.DirectoryEntry(signing_key=message)
        record = NewRecord(REGISTRY.name, entry.SerializeToString(), key=f"signing-key/{key.key_id}".encode())
        with self._store.transaction() as connection:
            connection.execute(sa.delete(SIGNING_KEY).where(SIGNING_KEY.c.key_id == key.key_id))
            connection.execute(
                sa.insert(SIGNING_KEY),
                {
                    "key_id": key.key_id,
                    "public_jwk": key.public_jwk,
                    "create_ms": key.create_ms,
                    "expire_ms": key.expire_ms,
                },
            )
            outbox.add(connection, [record], self._clock())
            self._recorder.record(connection, acts.of_published(f"signing-key/{key.key_id}", entry))
