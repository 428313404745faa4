"""Accounts on SQLite and on a real PostgreSQL: what goes in comes out, and stands in the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy.engine import Connection

from kit.ledger import Act
from kit.storage.store import Store
from services.registry.adapters.account_store import SqlAccountStore
from services.registry.adapters.tables import METADATA
from services.registry.core.accounts import Account, AccountState
from services.registry.core.parties import Party, Role
from services.registry.core.party_history import PartyVersion

NOW_MS = 4_000_000_000_000
ACCOUNT = Account("li-wei", "lubei", AccountState.PENDING, NOW_MS, NOW_MS, "").reset(
    "JBSWY3DPEHPK3PXP", b"\0\xff" * 16, NOW_MS
)


class Kept:
    """A recorder that keeps acts in memory."""

    def __init__(self) -> None:
        self.acts: list[Act] = []

    def record(self, connection: Connection, *acts: Act) -> None:
        self.acts += acts


@pytest.fixture
def ledger() -> Kept:
    return Kept()


@pytest.fixture
def store(database_url: str, ledger: Kept) -> Iterator[SqlAccountStore]:
    database = Store.open(database_url, METADATA)
    store = SqlAccountStore(database, lambda: NOW_MS, ledger)
    with store.write() as transaction:
        lubei = Party("lubei", Role.REGULATOR, "路北", "Lubei", ("130203",), NOW_MS)
        transaction.put_party(PartyVersion(lubei, "administrator", NOW_MS))
    yield store
    database.close()


def test_an_account_comes_out_as_it_went_in_and_replaces_itself_only(store: SqlAccountStore) -> None:
    active = replace(ACCOUNT.enrolled("$argon2id$…", 2**40, "0a1b", NOW_MS + 1), person_name="李伟")
    other = replace(ACCOUNT, account_id="wang-fang")
    with store.write() as transaction:
        transaction.put_account(ACCOUNT)
        transaction.put_account(other)
        assert transaction.account("li-wei") == ACCOUNT
        transaction.put_account(active)
    with store.read() as view:
        assert view.account("li-wei") == active
        assert view.account_of_credential("0a1b") == active
        assert view.account_of_credential("") is None
        assert sorted(one.account_id for one in view.accounts("lubei")) == ["li-wei", "wang-fang"]
        assert len(view.accounts("")) == 2
        assert view.accounts("lunan") == []


@pytest.mark.parametrize("account_id", ["", "nobody", "a\0b", "'; DROP TABLE account; --"])
def test_what_is_not_there_is_none(store: SqlAccountStore, account_id: str) -> None:
    with store.read() as view:
        assert view.account(account_id) is None


def test_what_is_rolled_back_was_never_there(store: SqlAccountStore) -> None:
    def fails() -> None:
        with store.write() as transaction:
            transaction.put_account(ACCOUNT)
            raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError, match="full"):
        fails()
    with store.read() as view:
        assert view.accounts("") == []


def test_an_entry_names_the_account_and_who_acted(store: SqlAccountStore, ledger: Kept) -> None:
    with store.write() as transaction:
        transaction.enter("account.signed_in", "li-wei", "lubei", {"party_id": "lubei"})
        transaction.enter("account.refused", "li-wei", "", {"why": "code"})
    told = [(act.action, act.subject, act.actor, dict(act.details)) for act in ledger.acts[-2:]]
    assert told == [
        ("account.signed_in", "account/li-wei", "lubei", {"party_id": "lubei"}),
        ("account.refused", "account/li-wei", "registry", {"why": "code"}),
    ]
