"""``quzhong db scrub``."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.main import app
from cli.schemas import SCHEMAS
from kit.eventlog.port import NewRecord
from kit.eventlog.sqlite import SqliteEventLog
from kit.eventlog.topics import FINDING_RETENTION_DAYS, FINDINGS, TOPICS
from kit.storage.folder_lock import sole_user
from kit.storage.store import Store

SECRET = "a-name-to-forget"
LONG_AGO_MS = 1_700_000_000_000


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QUZHONG_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("QUZHONG_PARTITIONS", "2")
    return tmp_path


def scrub(reason: str | None = None) -> dict[str, Any]:
    ran = CliRunner().invoke(app, ["db", "scrub", "--json"], catch_exceptions=False)
    document: dict[str, Any] = json.loads(ran.stdout)
    assert document.get("error", {}).get("reason") == reason
    assert ran.exit_code == (1 if reason else 0)
    return document


def left(folder: Path) -> list[str]:
    return [file.name for file in sorted(folder.glob("*.db*")) if SECRET.encode() in file.read_bytes()]


def test_no_file_holds_what_was_deleted_or_is_kept_no_longer(folder: Path) -> None:
    store = Store.open(f"sqlite:///{folder / 'workhours.db'}", SCHEMAS["workhours"])
    assert store.scrub_owed is not None
    store.scrub_owed.touch()
    store.close()
    with closing(sqlite3.connect(folder / "workhours.db", isolation_level=None)) as connection:
        connection.execute(
            "PRAGMA secure_delete = OFF"
        )  # some builds overwrite what is deleted by themselves
        rows = [(number, f"{SECRET}-{number}") for number in range(300)]
        connection.executemany("INSERT INTO erasure_carried_out VALUES (?, ?)", rows)
        connection.execute("DELETE FROM erasure_carried_out")
    log = SqliteEventLog(folder / "log.db", clock=lambda: LONG_AGO_MS)
    log.ensure_topics(TOPICS, 2)
    log.append([NewRecord(FINDINGS.name, SECRET.encode() * 500) for _ in range(50)])
    log.close()
    assert left(folder) == ["log.db", "workhours.db"]
    files = {each["file"]: each for each in scrub()["files"]}
    assert left(folder) == []
    assert files.keys() == {"log.db", "workhours.db"}
    assert files["log.db"]["bytes_after"] < files["log.db"]["bytes_before"]
    assert not list(folder.glob("*-unscrubbed"))


def test_what_is_kept_still_stays(folder: Path) -> None:
    log = SqliteEventLog(folder / "log.db")
    log.ensure_topics(TOPICS, 2)
    log.append([NewRecord(FINDINGS.name, b"kept")])
    log.close()
    scrub()
    log = SqliteEventLog(folder / "log.db")
    assert log.start_offsets(FINDINGS.name) == {0: 0}, f"for {FINDING_RETENTION_DAYS} days"
    log.close()


def test_beside_a_running_suite_or_without_files_nothing_is_done(folder: Path) -> None:
    scrub("NOT_FOUND")
    Store.open(f"sqlite:///{folder / 'workhours.db'}", SCHEMAS["workhours"]).close()
    with sole_user(folder):
        scrub("DATA_DIR_IN_USE")
