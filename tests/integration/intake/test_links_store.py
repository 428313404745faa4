"""Links of pseudonyms, and who is yet to be moved, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from kit.storage.store import Store
from services.intake.adapters.archive import METADATA
from services.intake.adapters.links import SqlSuccessors
from services.intake.hashing import hashes
from services.intake.ports import Succession, ToPart

A, B, C = "pseudonym-a-0123456", "pseudonym-b-0123456", "pseudonym-c-0123456"
ALL = 1_000_000


@pytest.fixture
def database(database_url: str) -> Iterator[Store]:
    database = Store.open(database_url, METADATA)
    yield database
    database.close()


@pytest.fixture
def store(database: Store) -> SqlSuccessors:
    return SqlSuccessors(database, lambda worker_id: int(worker_id == C))


def put(database: Store, store: SqlSuccessors, links: Sequence[Succession]) -> int:
    with database.transaction() as connection:
        store.put(connection, links)
        return store.highest_to_move(connection)


def waiting(store: SqlSuccessors, up_to: int = ALL) -> list[str]:
    return [each.worker_id for each in store.to_move(up_to, 50)]


def test_links_come_back_in_their_order(database: Store, store: SqlSuccessors) -> None:
    links = [Succession(B, C, None), Succession(A, B, 7)]
    for link in links:
        put(database, store, [link])
    assert list(store.links()) == links
    put(database, store, [])
    assert list(store.links()) == links


def test_pseudonyms_are_moved_by_partition(database: Store, store: SqlSuccessors) -> None:
    assert put(database, store, [Succession(A, C, None), Succession("z" * 20, B, None)]) == 4
    assert store.count_to_move() == 4
    first = store.to_move(ALL, 2)
    assert [each.worker_id for each in first] == [A, B]
    store.moved(first)
    store.moved(store.to_move(ALL, 50))
    assert waiting(store) == [C]


def test_who_is_noted_again_while_being_moved_stays_noted(database: Store, store: SqlSuccessors) -> None:
    put(database, store, [Succession(A, B, None)])
    in_hand = store.to_move(ALL, 50)
    put(database, store, [Succession(B, C, None)])
    store.moved(in_hand)
    assert waiting(store) == [B]


def test_a_pseudonym_whose_link_is_not_in_force_yet_has_to_wait(
    database: Store, store: SqlSuccessors
) -> None:
    up_to = put(database, store, [Succession(A, B, None)])
    store.moved(store.to_move(up_to, 50))
    put(database, store, [Succession(B, C, None)])
    assert waiting(store, up_to) == []
    assert waiting(store, store.highest_to_move()) == [B]


def test_only_links_that_are_over_and_moved_are_overdue(database: Store, store: SqlSuccessors) -> None:
    put(database, store, [Succession(A, B, 7), Succession(B, C, None)])
    assert store.overdue(7) == []
    store.moved(store.to_move(ALL, 50))
    assert store.overdue(6) == []
    assert store.overdue(7) == [A]


def test_of_a_forgotten_link_a_hash_of_the_new_pseudonym_stays(database: Store, store: SqlSuccessors) -> None:
    put(database, store, [Succession(A, B, 7), Succession(B, C, 8)])
    store.forget({A: 2**64 - 1})
    store.forget({A: 2**64 - 1})
    assert list(store.links()) == [Succession(B, C, 8)]
    assert list(store.salted()) == [2**64 - 1]


def test_a_link_that_is_undone_goes_and_whose_events_are_to_be_parted_stays_until_they_are(
    database: Store, store: SqlSuccessors
) -> None:
    put(database, store, [Succession(A, B, 7), Succession(C, "z" * 20, 7)])
    undone = ToPart(olds=(A,), news=("y" * 20, B))
    for _ in range(2):  # what is read again after a crash
        with database.transaction() as connection:
            store.part(connection, [undone])
    assert list(store.links()) == [Succession(C, "z" * 20, 7)]
    assert store.to_part() == [undone]
    assert set(store.apart()) == set(hashes([A, B, "y" * 20]).tolist())
    store.parted(undone)
    assert store.to_part() == []
    assert len(list(store.apart())) == 3
