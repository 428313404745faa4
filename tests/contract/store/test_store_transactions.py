"""What every store promises about transactions, and what its failures look like."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from kit.errors import InvalidArgumentError, StorageUnavailableError
from kit.storage.store import Store
from tests.contract.store.conftest import NOTES, SERVICE
from tests.support.postgres import Postgres

ROOT = Path(__file__).parents[3]


def counts(store: Store) -> dict[str, int]:
    with store.read() as connection:
        return dict(connection.execute(sa.select(NOTES.c.name, NOTES.c.count)).all())


def note(store: Store, name: str, count: int = 0) -> None:
    with store.transaction() as connection:
        connection.execute(sa.insert(NOTES), {"name": name, "count": count})


def test_a_transaction_commits_at_the_end_of_its_block(store: Store, database_url: str) -> None:
    note(store, "a")
    other = Store.open(database_url, SERVICE)
    assert counts(other) == {"a": 0}
    other.close()


def test_a_transaction_that_raises_leaves_nothing(store: Store) -> None:
    def stumble() -> None:
        with store.transaction() as connection:
            connection.execute(sa.insert(NOTES), {"name": "a", "count": 1})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stumble()
    assert counts(store) == {}


def test_threads_that_read_then_write_do_not_lose_each_others_updates(store: Store) -> None:
    note(store, "a")

    def add_100() -> None:
        for _ in range(100):
            with store.transaction() as connection:
                count = connection.execute(sa.select(NOTES.c.count).with_for_update()).scalar_one()
                connection.execute(sa.update(NOTES).values(count=count + 1))

    threads = [threading.Thread(target=add_100) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts(store) == {"a": 400}


def test_a_busy_writer_lets_others_have_their_turn(store: Store) -> None:
    stopping = threading.Event()

    def write_on() -> None:
        index = 0
        while not stopping.is_set():
            note(store, f"busy {index}")
            index += 1

    busy = threading.Thread(target=write_on)
    busy.start()
    begun = time.monotonic()
    for index in range(20):
        note(store, f"polite {index}")
    waited = time.monotonic() - begun
    stopping.set()
    busy.join()
    assert waited < 2


def test_a_reader_does_not_wait_for_a_writer_and_sees_only_what_is_committed(store: Store) -> None:
    with store.transaction() as connection:
        connection.execute(sa.insert(NOTES), {"name": "a", "count": 1})
        seen: list[dict[str, int]] = []
        thread = threading.Thread(target=lambda: seen.append(counts(store)))
        thread.start()
        thread.join(5)
        assert seen == [{}]


def test_who_asked_to_be_told_is_told_after_the_commit_and_not_after_a_rollback(store: Store) -> None:
    told: list[dict[str, int]] = []
    store.after_commit(lambda: told.append(counts(store)))
    note(store, "a")
    with pytest.raises(ZeroDivisionError), store.transaction():
        raise ZeroDivisionError
    assert told == [{"a": 0}]


def test_our_own_mistakes_are_not_taken_for_the_databases_trouble(store: Store) -> None:
    note(store, "a")
    with pytest.raises(sa.exc.IntegrityError):
        note(store, "a")
    with pytest.raises(sa.exc.DBAPIError) as error, store.read() as connection:
        connection.execute(sa.text("SELECT * FROM nowhere"))
    assert not isinstance(error.value, StorageUnavailableError)


def test_a_store_keeps_its_identity(store: Store, database_url: str) -> None:
    again = Store.open(database_url, SERVICE)
    assert again.id == store.id
    assert len(store.id) == 16
    again.close()


def test_processes_may_open_a_new_store_at_once(database_url: str) -> None:
    program = "import sys; from kit.storage.store import Store; print(Store.open(sys.argv[1]).id)"
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", program, database_url], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    identities = {process.communicate()[0] for process in processes}
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert len(identities) == 1


def test_a_lease_is_held_by_one_process_at_a_time_and_free_again_afterwards(
    store: Store, database_url: str
) -> None:
    other = Store.open(database_url, SERVICE)
    with store.lease("relay") as mine:
        assert mine
        if database_url.startswith("postgresql"):
            with other.lease("relay") as not_mine, other.lease("else") as mine_too:
                assert (not_mine, mine_too) == (False, True)
    with other.lease("relay") as mine_now:
        assert mine_now
    other.close()


def test_write_transactions_within_each_other_are_found_on_sqlite(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path / 'store.db'}")
    with store.transaction(), pytest.raises(RuntimeError, match="do not nest"), store.transaction():
        pass
    with store.transaction():
        pass
    store.close()


def test_sqlite_keeps_what_it_committed_on_disk(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path / 'store.db'}")
    with store.read() as connection:
        assert connection.scalar(sa.text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(sa.text("PRAGMA synchronous")) == 2  # FULL
    store.close()


@pytest.mark.parametrize("url", ["mysql://host/base", "sqlite://", "sqlite:///:memory:"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(InvalidArgumentError):
        Store.open(url)


def test_a_file_that_is_no_database_is_unavailable_and_named(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(b"a letter to somebody" * 100)
    with pytest.raises(StorageUnavailableError, match=str(path)):
        Store.open(f"sqlite:///{path}")


def test_a_full_disk_is_unavailable_and_what_was_committed_stays(tmp_path: Path) -> None:
    """In a process whose files may not grow beyond 300 kB: the kernel refuses, as a full disk does."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    program = """
import resource, sys, sqlalchemy as sa
from kit.errors import StorageUnavailableError
from kit.storage.store import Store
from tests.contract.store.conftest import NOTES, SERVICE
store = Store.open(sys.argv[1], SERVICE)
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
for committed in range(100_000):
    try:
        with store.transaction() as connection:
            connection.execute(sa.insert(NOTES), {"name": f"{committed} {'x' * 1000}", "count": committed})
    except StorageUnavailableError as error:
        print(committed, error)
        break
"""
    done = subprocess.run(
        [sys.executable, "-c", program, url], cwd=ROOT, capture_output=True, text=True, check=True
    )
    committed, _, message = done.stdout.partition(" ")
    assert message.startswith(f"store {tmp_path / 'store.db'}: ")
    store = Store.open(url, SERVICE)
    assert sorted(counts(store).values()) == list(range(int(committed)))
    assert int(committed) > 10
    note(store, "there is room again")
    store.close()


def test_a_file_that_another_process_keeps_locked_is_unavailable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kit.storage.engines.BUSY_TIMEOUT_S", 0.1)
    path = tmp_path / "store.db"
    store = Store.open(f"sqlite:///{path}", SERVICE)
    locker = sqlite3.connect(path, isolation_level=None)
    locker.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageUnavailableError, match=f"{path}: database is locked"):
        note(store, "a")
    assert counts(store) == {}
    locker.close()
    note(store, "a")
    store.close()


def test_a_server_that_is_killed_is_unavailable_and_used_again_when_it_is_back(
    own_postgres: Postgres,
) -> None:
    store = Store.open(own_postgres.url, SERVICE)
    note(store, "before")
    own_postgres.kill()
    with pytest.raises(StorageUnavailableError, match=r"store 127\.0\.0\.1:\d+/postgres"):
        note(store, "lost")
    with pytest.raises(StorageUnavailableError):
        counts(store)
    with pytest.raises(StorageUnavailableError):
        Store.open(own_postgres.url, SERVICE)
    own_postgres.start()
    note(store, "after")
    assert counts(store) == {"before": 0, "after": 0}
    store.close()


def test_a_read_only_server_is_unavailable(postgres_url: str) -> None:
    store = Store.open(postgres_url, SERVICE)

    def write_on_replica() -> None:
        with store.transaction() as connection:
            connection.execute(sa.text("SET TRANSACTION READ ONLY"))
            connection.execute(sa.insert(NOTES), {"name": "a", "count": 1})

    with pytest.raises(StorageUnavailableError, match="read-only"):
        write_on_replica()
    store.close()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_text_that_postgresql_cannot_hold_is_its_sender_s_mistake(store: Store) -> None:
    for use, statement in (
        (store.read, sa.select(NOTES).where(NOTES.c.name == "a\x00b")),
        (store.transaction, sa.insert(NOTES).values(name="a\x00b", count=1)),
    ):
        with pytest.raises(InvalidArgumentError) as refused, use() as connection:
            connection.execute(statement)
        assert refused.value.reason == "TEXT_HAS_NUL"
        assert "\x00" not in refused.value.message


def test_a_statement_that_fails_tells_nothing_of_what_was_to_be_stored(store: Store) -> None:
    row = {"name": "key", "count": 138_000_000}
    with store.transaction() as connection:
        connection.execute(sa.insert(NOTES), row)
    with pytest.raises(sa.exc.IntegrityError) as failed, store.transaction() as connection:
        connection.execute(sa.insert(NOTES), row)
    assert "138000000" not in str(failed.value)


def bytes_of(file: Path) -> bytes:
    """All that stands in a database's files."""
    return b"".join(each.read_bytes() for each in file.parent.glob(f"{file.name}*"))


def test_what_was_deleted_is_in_no_file_once_it_is_scrubbed(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    store = Store.open(f"sqlite:///{file}", SERVICE)
    for number in range(300):
        note(store, f"a-name-to-forget-{number}")
    note(store, "kept")
    with store.transaction() as connection:
        connection.execute(sa.delete(NOTES).where(NOTES.c.name != "kept"))
    assert b"a-name-to-forget" in bytes_of(file)
    assert store.scrub()
    assert b"a-name-to-forget" not in bytes_of(file)
    assert counts(store) == {"kept": 0}
    store.close()


def test_while_somebody_reads_what_was_deleted_scrubbing_is_to_be_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kit.storage.engines.BUSY_TIMEOUT_S", 0.2)
    file = tmp_path / "notes.db"
    store = Store.open(f"sqlite:///{file}", SERVICE)
    note(store, "a-name-to-forget")
    with store.read() as reading:
        assert reading.scalar(sa.select(NOTES.c.name)) == "a-name-to-forget"
        with store.transaction() as connection:
            connection.execute(sa.delete(NOTES))
        assert not store.scrub()
    assert store.scrub()
    assert b"a-name-to-forget" not in bytes_of(file)
    store.close()


def test_a_postgresql_scrubs_by_itself(store: Store) -> None:
    note(store, "a")
    assert store.scrub()
    assert counts(store) == {"a": 0}
