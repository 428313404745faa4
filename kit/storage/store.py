"""A service's own database, SQLite or PostgreSQL, behind one small object.

State, outgoing records (``outbox``) and consumer positions live here so that one transaction commits them
together.
"""

from __future__ import annotations

import secrets
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import psycopg
import sqlalchemy as sa
from sqlalchemy import event, exc
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.pool import ConnectionPoolEntry

from kit.errors import InvalidArgumentError, StorageUnavailableError
from kit.storage.dialects import take_turn
from kit.storage.tables import KIT, STORE_IDENTITY

BUSY_TIMEOUT_S = 10.0
"""Longest wait for another process that is writing the same SQLite file."""

_BEGIN = "quzhong_begin"


class Store:
    """One database. Threads may share it."""

    def __init__(self, engine: Engine) -> None:
        """Use ``Store.open``."""
        self._engine = engine
        self._writing = _OneWriter() if engine.dialect.name == "sqlite" else None
        self._after_commit: list[Callable[[], None]] = []
        self.id = ""

    @classmethod
    def open(cls, url: str, metadata: sa.MetaData | None = None) -> Self:
        """Open ``sqlite:///path`` or ``postgresql://user@host/database`` and create missing tables.

        ``metadata`` holds the service's own tables; those of ``kit.storage.tables`` are added.

        Raises:
            InvalidArgumentError: if the URL names another kind of database, or SQLite in memory.
            StorageUnavailableError: (retryable) if the database cannot be reached or written.
        """
        store = cls(_engine(_checked(url)))
        try:
            with store.transaction() as connection:
                # Two processes may start at once; CREATE TABLE IF NOT EXISTS alone would collide.
                take_turn(connection, "quzhong.create_all")
                KIT.create_all(connection)
                if metadata is not None:
                    metadata.create_all(connection)
                store.id = _identity(connection)
        except BaseException:
            store.close()
            raise
        return store

    @classmethod
    def open_to_read(cls, url: str) -> Self:
        """Open a database that is there, for ``read`` alone: nothing is made in it or changed.

        Raises:
            InvalidArgumentError: if the URL names another kind of database, or SQLite in memory.
        """
        return cls(_engine_to_read(_checked(url)))

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A write transaction: committed at the end of the block, rolled back if it raises. Never nested.

        Raises:
            StorageUnavailableError: (retryable) if the database fails; nothing was committed, unless the
                connection broke during the commit itself.
            InvalidArgumentError: TEXT_HAS_NUL, for a text that PostgreSQL cannot hold; nothing was committed.
        """
        if self._writing is None:
            with self._faults(), self._engine.begin() as connection:
                yield connection
        else:
            with self._writing, self._faults(), self._writer().begin() as connection:
                yield connection
        for told in self._after_commit:
            told()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A read transaction. On SQLite it sees one moment and never waits for the writer.

        Raises:
            StorageUnavailableError: (retryable) if the database fails.
            InvalidArgumentError: TEXT_HAS_NUL, for a text that PostgreSQL cannot even look for.
        """
        with self._faults(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def lease(self, name: str) -> Iterator[bool]:
        """Whether this process may do ``name`` now, which one process at a time should; held for the block.

        On SQLite always: one process writes such a file.
        """
        if self._engine.dialect.name != "postgresql":
            yield True
            return
        with self._faults(), self._engine.connect() as connection:
            connection = connection.execution_options(isolation_level="AUTOCOMMIT")
            held = connection.scalar(sa.text("SELECT pg_try_advisory_lock(hashtext(:name))"), {"name": name})
            try:
                yield bool(held)
            finally:
                if held:
                    connection.execute(sa.text("SELECT pg_advisory_unlock(hashtext(:name))"), {"name": name})

    def after_commit(self, told: Callable[[], None]) -> None:
        """Have ``told`` called, in the committing thread, after every write transaction of this process."""
        self._after_commit.append(told)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def _writer(self) -> Engine:
        return self._engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except exc.DataError as error:
            if not _has_nul(error):
                raise
            raise InvalidArgumentError(
                "a text holds the character NUL (U+0000), which no store takes; send it without",
                zh="文本中含有 NUL 字符（U+0000），无法保存或查询；请去掉后重发",
                reason="TEXT_HAS_NUL",
            ) from error
        except (
            exc.DBAPIError,
            exc.TimeoutError,
            sqlite3.DatabaseError,
        ) as error:  # the last: from _prepare_sqlite
            cause = getattr(error, "orig", None) or error
            if not _in_trouble(cause):
                raise
            place = _place(self._engine.url)
            raise StorageUnavailableError(
                f"store {place}: {cause}", zh=f"数据库 {place} 不可用：{cause}", metadata={"store": place}
            ) from error


class _OneWriter:
    """A lock that serves threads in the order they came, and finds a write transaction within another.

    With a plain lock, a loop that commits batch after batch would keep all others waiting for seconds.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holder: int | None = None
        self._waiting: deque[tuple[int, threading.Event]] = deque()

    def __enter__(self) -> None:
        me = threading.get_ident()
        with self._lock:
            if self._holder == me:
                raise RuntimeError("write transactions do not nest: pass the connection on instead")
            if self._holder is None:
                self._holder = me
                return
            turn = threading.Event()
            self._waiting.append((me, turn))
        turn.wait()

    def __exit__(self, *_: object) -> None:
        with self._lock:
            if self._waiting:
                self._holder, turn = self._waiting.popleft()
                turn.set()
            else:
                self._holder = None


def _checked(url: str) -> URL:
    parsed = make_url(url)
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in ("sqlite", "postgresql+psycopg"):
        raise InvalidArgumentError(
            f"a store is sqlite:///path or postgresql://..., not {parsed.drivername}", field="url"
        )
    if parsed.drivername == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise InvalidArgumentError("a store needs a file: sqlite:///path", field="url")
    return parsed


def _engine(url: URL) -> Engine:
    # hide_parameters: what a statement that fails was to store must not reach the log with its text.
    if url.drivername != "sqlite":
        return sa.create_engine(url, pool_pre_ping=True, hide_parameters=True)
    try:
        Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageUnavailableError(f"store {_place(url)}: {error}") from error
    engine = sa.create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_S}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _engine_to_read(url: URL) -> Engine:
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
    connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, "BEGIN"))


def _identity(connection: Connection) -> str:
    known = connection.scalar(sa.select(STORE_IDENTITY.c.id))
    if known is None:
        known = secrets.token_hex(8)
        connection.execute(sa.insert(STORE_IDENTITY), {"id": known})
    return str(known)


def _in_trouble(cause: BaseException) -> bool:
    """Whether the database is in trouble, rather than our statement wrong."""
    if isinstance(cause, sqlite3.DatabaseError):
        code = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        return code & 0xFF not in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT)
    if isinstance(cause, psycopg.errors.ReadOnlySqlTransaction):  # a replica, after a failover
        return True
    return isinstance(cause, psycopg.OperationalError | exc.TimeoutError)


def _has_nul(error: exc.DataError) -> bool:
    """Whether a parameter had one; the driver says so before anything is sent."""
    return isinstance(error.orig, psycopg.DataError) and "NUL (0x00)" in str(error.orig)


def _place(url: URL) -> str:
    return (
        str(url.database) if url.drivername == "sqlite" else f"{url.host}:{url.port or 5432}/{url.database}"
    )
