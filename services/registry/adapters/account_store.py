"""Accounts of people, over SQL: in the registry's own store, and in its ledger; in no topic."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, String, Table
from sqlalchemy.engine import Row

from kit.clock import Clock
from kit.ledger import NOT_RECORDED, Act, Recorder
from kit.storage.store import Store
from services.registry.adapters import acts
from services.registry.adapters.part_store import PartStore
from services.registry.adapters.store import SqlTransaction
from services.registry.adapters.tables import METADATA, PARTY, is_storable
from services.registry.adapters.view import SqlView
from services.registry.core.accounts import Account, AccountState

ACCOUNT = Table(
    "account",
    METADATA,
    Column("account_id", String, primary_key=True),
    Column("party_id", String, ForeignKey(PARTY.c.party_id), nullable=False),
    Column("state", Integer, nullable=False),
    Column("create_ms", BigInteger, nullable=False),
    Column("update_ms", BigInteger, nullable=False),
    Column("totp_secret", String, nullable=False, doc="Base32."),
    Column("enrolment_sha256", LargeBinary, nullable=False),
    Column("enrolment_expire_ms", BigInteger, nullable=False),
    Column("password_hash", String, nullable=False, doc="argon2id, in its own notation."),
    Column("last_step", BigInteger, nullable=False, doc="Of the last one-time code that was used."),
    Column("credential_id", String, nullable=False),
)

ACCOUNT_OWNER = Table(
    "account_owner",
    METADATA,
    Column("account_id", String, ForeignKey(ACCOUNT.c.account_id), primary_key=True),
    Column("person_name", String, nullable=False),
)
"""Whose account it is, if that was told. Of its own, so that stores from before need not be built anew."""

_ACCOUNTS = sa.select(
    ACCOUNT, sa.func.coalesce(ACCOUNT_OWNER.c.person_name, "").label("person_name")
).join_from(ACCOUNT, ACCOUNT_OWNER, ACCOUNT.c.account_id == ACCOUNT_OWNER.c.account_id, isouter=True)


class SqlAccountStore(PartStore["SqlAccountView", "SqlAccountTransaction"]):
    """Implements ``identity.ports.AccountStore``."""

    def __init__(self, store: Store, clock: Clock, recorder: Recorder = NOT_RECORDED) -> None:
        super().__init__(store, clock, recorder, SqlAccountView, SqlAccountTransaction)


class SqlAccountView(SqlView):
    """Implements ``identity.ports.AccountView``."""

    def account(self, account_id: str) -> Account | None:
        """See the port."""
        if not is_storable(account_id):
            return None
        query = _ACCOUNTS.where(ACCOUNT.c.account_id == account_id)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _account(row)

    def accounts(self, party_id: str) -> list[Account]:
        """See the port."""
        if not is_storable(party_id):
            return []
        query = _ACCOUNTS
        if party_id:
            query = query.where(ACCOUNT.c.party_id == party_id)
        return [_account(row) for row in self._connection.execute(query)]

    def account_of_credential(self, credential_id: str) -> Account | None:
        """See the port."""
        if not credential_id:  # what accounts without sessions have
            return None
        query = _ACCOUNTS.where(ACCOUNT.c.credential_id == credential_id)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _account(row)


class SqlAccountTransaction(SqlTransaction, SqlAccountView):
    """Implements ``identity.ports.AccountTransaction``."""

    def put_account(self, account: Account) -> None:
        """See the port."""
        values = {
            "party_id": account.party_id,
            "state": int(account.state),
            "create_ms": account.create_ms,
            "update_ms": account.update_ms,
            "totp_secret": account.totp_secret,
            "enrolment_sha256": account.enrolment_sha256,
            "enrolment_expire_ms": account.enrolment_expire_ms,
            "password_hash": account.password_hash,
            "last_step": account.last_step,
            "credential_id": account.credential_id,
        }
        mine = ACCOUNT.c.account_id == account.account_id
        if self._connection.execute(sa.update(ACCOUNT).where(mine), values).rowcount == 0:
            self._connection.execute(sa.insert(ACCOUNT), {"account_id": account.account_id, **values})
        self._connection.execute(
            sa.delete(ACCOUNT_OWNER).where(ACCOUNT_OWNER.c.account_id == account.account_id)
        )
        if account.person_name:
            owner = {"account_id": account.account_id, "person_name": account.person_name}
            self._connection.execute(sa.insert(ACCOUNT_OWNER), owner)

    def enter(self, action: str, account_id: str, actor: str, details: Mapping[str, str]) -> None:
        """See the port."""
        act = Act(action, f"account/{account_id}", actor or acts.actor(), details=dict(details))
        self._recorder.record(self._connection, act)


def _account(row: Row[tuple[object, ...]]) -> Account:
    return Account(
        row.account_id,
        row.party_id,
        AccountState(row.state),
        row.create_ms,
        row.update_ms,
        row.totp_secret,
        bytes(row.enrolment_sha256),
        row.enrolment_expire_ms,
        row.password_hash,
        row.last_step,
        row.credential_id,
        row.person_name,
    )
