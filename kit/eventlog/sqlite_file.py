"""The SQLite event log's file: its tables, how it is opened, and what its errors mean."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kit.errors import LogUnavailableError

SCHEMA_VERSION = 1
"""Kept in ``user_version``. A file of another version is refused, not guessed at."""

TABLES = (
    "CREATE TABLE topic (name TEXT PRIMARY KEY, partitions INTEGER NOT NULL, compacted INTEGER NOT NULL)",
    """CREATE TABLE partition (
           id INTEGER PRIMARY KEY, topic TEXT NOT NULL, number INTEGER NOT NULL, next_offset INTEGER NOT NULL,
           UNIQUE (topic, number))""",
    # id = partition id << 40 | offset
    """CREATE TABLE record (
           id INTEGER PRIMARY KEY, append_time_ms INTEGER NOT NULL, key BLOB, headers BLOB NOT NULL,
           value BLOB NOT NULL)""",
    "CREATE TABLE consumer_group (name TEXT PRIMARY KEY, generation INTEGER NOT NULL)",
    """CREATE TABLE member (
           group_name TEXT NOT NULL, id TEXT NOT NULL, expires_ms INTEGER NOT NULL, PRIMARY KEY (group_name,
           id))""",
    """CREATE TABLE claim (
           group_name TEXT NOT NULL, topic TEXT NOT NULL, partition INTEGER NOT NULL, member TEXT NOT NULL,
           PRIMARY KEY (group_name, topic, partition))""",
    """CREATE TABLE mirrored (
           group_name TEXT NOT NULL, topic TEXT NOT NULL, partition INTEGER NOT NULL, next_offset INTEGER NOT
           NULL, PRIMARY KEY (group_name, topic, partition))""",
)


MAPPED_BYTES = 2**30
"""How much of the file is read through the page cache itself: records are read twice as fast, as none is
copied page by page."""


def connect(path: Path, busy_timeout_s: float) -> sqlite3.Connection:
    """Open the log's file, creating what is missing. Any thread may use the connection, in turn.

    Raises:
        LogUnavailableError: if the file cannot be opened or written, or is not a log of this version.
    """
    with faults(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(
            path, timeout=busy_timeout_s, isolation_level=None, check_same_thread=False
        )
        try:
            _prepare(connection, path, busy_timeout_s)
        except BaseException:
            connection.close()
            raise
        return connection


def _prepare(connection: sqlite3.Connection, path: Path, busy_timeout_s: float) -> None:
    _use_wal(connection, busy_timeout_s)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")
    connection.execute("PRAGMA secure_delete = ON")  # what is dropped may be about people: overwrite it
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == SCHEMA_VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == 0:
        for table in TABLES:
            connection.execute(table)
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    elif version != SCHEMA_VERSION:
        raise LogUnavailableError(
            f"{path} is an event log of version {version}, this program reads {SCHEMA_VERSION}"
        )
    connection.execute("COMMIT")


def _use_wal(connection: sqlite3.Connection, busy_timeout_s: float) -> None:
    # SQLite does not call its busy handler for this one statement, which a second process may be running
    # just now.
    deadline = time.monotonic() + busy_timeout_s
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= deadline:
                raise
            time.sleep(0.01)


@contextmanager
def faults(path: Path) -> Iterator[None]:
    """Turn what the file system and SQLite report into LogUnavailableError naming the file.

    A statement SQLite cannot understand (SQLITE_ERROR) or a broken constraint is our own mistake and passes
    as it is.
    """
    try:
        yield
    except OSError as error:
        raise _unavailable(path, error) from error
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        if code & 0xFF == sqlite3.SQLITE_ERROR:
            raise
        raise _unavailable(path, error) from error


def _unavailable(path: Path, error: Exception) -> LogUnavailableError:
    return LogUnavailableError(
        f"event log {path}: {error}", zh=f"事件日志 {path} 不可用：{error}", metadata={"file": str(path)}
    )
