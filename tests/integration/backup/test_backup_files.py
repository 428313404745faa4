"""What a backup is made of, what is refused, and what a restored store takes over from a log that went on."""

from __future__ import annotations

import json
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from google.protobuf.timestamp_pb2 import Timestamp
from typer.testing import CliRunner

from cli.backup_adopting import adopt
from cli.backup_cut import copy_at_one_moment
from cli.main import app
from kit.eventlog.port import NewRecord
from kit.eventlog.sqlite import SqliteEventLog
from kit.eventlog.topics import FINDINGS, of_service
from kit.storage.store import Store
from quzhong.api.events.v1 import findings_pb2
from services.workhours.adapters.schema import SCHEMA
from services.workhours.adapters.tables import CARRIED_OUT, CURRENT, REVISION


def counter(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False, timeout=30)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE IF NOT EXISTS step (number INTEGER PRIMARY KEY, filler BLOB)")
    return connection


def steps(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM step").fetchone()
    return int(count)


def test_files_that_are_written_one_after_the_other_are_copied_as_of_one_moment(tmp_path: Path) -> None:
    files = [tmp_path / "first.db", tmp_path / "second.db"]
    first, second = (counter(file) for file in files)
    ended = threading.Event()

    def write() -> None:
        while not ended.is_set():  # the second is never ahead, and at most one behind
            first.execute("INSERT INTO step (filler) VALUES (randomblob(2000))")
            second.execute("INSERT INTO step (filler) VALUES (randomblob(2000))")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for attempt in range(5):
            copies = {file: tmp_path / f"{file.stem}-{attempt}.copy" for file in files}
            copy_at_one_moment(copies)
            one, other = (steps(copy) for copy in copies.values())
            assert one - other in (0, 1)
    finally:
        ended.set()
        writer.join()
    first.close()
    second.close()
    assert steps(files[0]) > one, "it was written all the while"


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A backup of a folder with a store, a key and a segment."""
    data = tmp_path / "data"
    (data / "archive" / "day").mkdir(parents=True)
    (data / "archive" / "day" / "segment.parquet").write_bytes(b"rows")
    (data / "ledger.key").write_text("key")
    Store.open(f"sqlite:///{data / 'workhours.db'}", SCHEMA).close()
    monkeypatch.setenv("QUZHONG_DATA_DIR", str(data))
    run("backup", tmp_path / "copy")
    return tmp_path / "copy"


def run(command: str, folder: Path, reason: str | None = None) -> dict[str, Any]:
    ran = CliRunner().invoke(app, ["db", command, str(folder), "--json"], catch_exceptions=False)
    document: dict[str, Any] = json.loads(ran.stdout)
    assert document.get("error", {}).get("reason") == reason
    assert ran.exit_code == (1 if reason else 0)
    return document


def test_everything_is_put_back_and_readable_by_its_owner_only(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert made.stat().st_mode & 0o077 == 0
    monkeypatch.setenv("QUZHONG_DATA_DIR", str(tmp_path / "new"))
    run("restore", made)
    assert (tmp_path / "new" / "archive" / "day" / "segment.parquet").read_bytes() == b"rows"
    assert (tmp_path / "new" / "ledger.key").read_text() == "key"
    Store.open(f"sqlite:///{tmp_path / 'new' / 'workhours.db'}", SCHEMA).close()
    assert not list((tmp_path / "data").glob(".backup-*")), "nothing is left beside what was copied"


def test_what_is_there_is_not_written_over(made: Path) -> None:
    run("restore", made, "NOT_EMPTY")
    run("backup", made, "FOLDER_EXISTS")


def test_a_damaged_backup_is_refused_whole(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUZHONG_DATA_DIR", str(tmp_path / "new"))
    with (made / "stores" / "workhours.db").open("r+b") as file:
        file.seek(5_000)
        file.write(b"\0\1\2\3")
    run("restore", made, "DAMAGED")
    assert not (tmp_path / "new").exists()
    (made / "manifest.json").unlink()
    run("restore", made, "NO_BACKUP")


def test_a_backup_of_another_kind_of_store_is_refused(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUZHONG_STORE", "postgresql://quzhong@127.0.0.1:1/quzhong_{service}")
    run("restore", made, "OTHER_KIND")


def test_a_folder_with_nothing_in_it_is_no_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUZHONG_DATA_DIR", str(tmp_path / "none"))
    run("backup", tmp_path / "copy", "NOTHING_THERE")
    assert not list(tmp_path.iterdir())


def test_a_restored_store_counts_on_from_what_it_has_published_since(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'workhours.db'}"
    Store.open(url, SCHEMA).close()
    log = SqliteEventLog(tmp_path / "log.db")
    assert adopt(url, log) == 0, "a log that is new has nothing of ours"
    store = Store.open(url)
    with store.transaction() as connection:
        connection.execute(sa.insert(CARRIED_OUT), {"partition": 0, "erasure_id": "erasure-1"})
    store.close()
    log.ensure_topics(of_service("workhours"), 4)
    spell = findings_pb2.WorkingTimeEvidence(
        spell_start_time=Timestamp(seconds=1), spell_end_time=Timestamp(seconds=2)
    )
    stands = findings_pb2.FINDING_STATE_STANDS
    said = [
        findings_pb2.Finding(finding_id="a", revision=number, worker_id="w", state=stands, working_time=spell)
        for number in (1, 3, 2)
    ]
    audit = findings_pb2.Finding(finding_id="b", revision=9, audit=findings_pb2.AuditEvidence())
    values = [each.SerializeToString() for each in (*said, audit)]
    log.append([NewRecord(FINDINGS.name, value, key=b"p") for value in (*values, b"\xff")])
    assert adopt(url, log) == 1
    assert adopt(url, log) == 0, "and then it is known"
    log.close()
    store = Store.open(url)
    with store.read() as connection:
        (current,) = connection.execute(
            sa.select(REVISION.c.finding_id, REVISION.c.revision).join(
                CURRENT, CURRENT.c.sequence == REVISION.c.sequence
            )
        ).all()
        carried_out = connection.scalars(sa.select(CARRIED_OUT.c.erasure_id)).all()
    store.close()
    assert tuple(current) == ("a", 3)
    assert carried_out == [], "what was erased before the backup may have come back with the findings"
