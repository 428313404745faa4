"""Connections to a database: SQLite as one file with one writer, PostgreSQL with a pool and timeouts."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from kit.errors import InvalidArgumentError, StorageUnavailableError

BUSY_TIMEOUT_S = 10.0
"""Longest wait for another process that is writing the same SQLite file."""

BEGIN = "quzhong_begin"
"""The execution option that says how a transaction begins."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a service may ask of a PostgreSQL. SQLite has one writer, and knows none of these."""

    connections: int = 10
    """At most so many at once for each process; beyond them a thread waits."""
    statement_s: float = 30.0
    """A statement that takes longer is ended, seconds; 0: none is. Batches take well under a second."""
    lock_s: float = 10.0
    """So long a statement waits for a lock, seconds; 0: for ever."""


DEFAULT_LIMITS = Limits()

_NOTICE_SILENCE = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""Of libpq, seconds (the last: ms). A server whose machine is gone says nothing more: as the kernel has it, a
statement would wait for it for a quarter of an hour, and an idle connection be kept for two hours."""

_NOTICED_BY_THE_SERVER = {
    "tcp_keepalives_idle": 5,
    "tcp_keepalives_interval": 2,
    "tcp_keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""The same the other way round. A process whose machine is gone says nothing more, and what it held is held
until the server has noticed, by itself after two hours: the positions of its partitions, so that nobody could
take them over, and the turn of the outbox."""


def checked(url: str) -> URL:
    """The URL of a store.

    Raises:
        InvalidArgumentError: if it is no URL, names another kind of database, or SQLite in memory.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        # Without the URL: it may hold a password.
        raise InvalidArgumentError(
            "a store is sqlite:///path or postgresql://user@host/database; this is no URL", field="url"
        ) from error
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in ("sqlite", "postgresql+psycopg"):
        raise InvalidArgumentError(
            f"a store is sqlite:///path or postgresql://..., not {parsed.drivername}", field="url"
        )
    if parsed.drivername == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise InvalidArgumentError("a store needs a file: sqlite:///path", field="url")
    return parsed


def engine_of(url: URL, limits: Limits) -> Engine:
    """To write and to read; the folder of a file is made."""
    # hide_parameters: what a statement that fails was to store must not reach the log with its text.
    if url.drivername != "sqlite":
        timeouts = f"-c statement_timeout={limits.statement_s * 1000:.0f}"
        timeouts += f" -c lock_timeout={limits.lock_s * 1000:.0f}"
        timeouts += "".join(f" -c {name}={value}" for name, value in _NOTICED_BY_THE_SERVER.items())
        return sa.create_engine(
            url,
            pool_pre_ping=True,
            pool_size=limits.connections,
            max_overflow=0,
            connect_args={"options": timeouts, **_NOTICE_SILENCE},
            hide_parameters=True,
        )
    try:
        Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageUnavailableError(f"store {place_of(url)}: {error}") from error
    engine = sa.create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_S}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def engine_to_read(url: URL) -> Engine:
    """To read what is there: nothing is made, and nothing can be changed."""
    if url.drivername != "sqlite":
        return sa.create_engine(
            url,
            pool_pre_ping=True,
            hide_parameters=True,
            execution_options={"postgresql_readonly": True},
        )
    place = Path(str(url.database)).resolve().as_uri() + "?mode=ro"
    engine = sa.create_engine(
        url,
        creator=lambda: sqlite3.connect(place, uri=True, timeout=BUSY_TIMEOUT_S, check_same_thread=False),
        hide_parameters=True,
    )
    event.listen(engine, "connect", _leave_begin_to_us)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _leave_begin_to_us(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None


def _prepare_sqlite(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late; see _begin_sqlite
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    # IMMEDIATE for writers: a read that turns into a write later could fail as stale, and no wait would help.
    connection.exec_driver_sql(connection.get_execution_options().get(BEGIN, "BEGIN"))


def name_of(url: URL) -> str:
    """Of the database or the file, without place and ending."""
    return Path(str(url.database)).stem if url.drivername == "sqlite" else str(url.database)


def place_of(url: URL) -> str:
    """Where it is, for people: without user and password."""
    return (
        str(url.database) if url.drivername == "sqlite" else f"{url.host}:{url.port or 5432}/{url.database}"
    )
