"""A service's own database, SQLite or PostgreSQL, behind one small object.

State, outgoing records (``outbox``) and consumer positions live here so that one transaction commits them
together.
"""

from __future__ import annotations

import logging
import secrets
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Self

import psycopg
import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.engine import Connection, Engine

from kit.errors import InvalidArgumentError, StorageUnavailableError
from kit.storage import measured
from kit.storage.dialects import take_turn
from kit.storage.engines import (
    BEGIN,
    DEFAULT_LIMITS,
    Limits,
    checked,
    engine_of,
    engine_to_read,
    name_of,
    place_of,
)
from kit.storage.schema import KIT_SCHEMA, Schema
from kit.storage.scrubbing import UNSCRUBBED
from kit.storage.tables import STORE_IDENTITY
from kit.telemetry import metrics

logger = logging.getLogger(__name__)

SCHEMA_TURN = "quzhong.schema"
"""Whoever makes tables or brings them forward takes it first."""


class Store:
    """One database. Threads may share it."""

    def __init__(self, engine: Engine) -> None:
        """Use ``Store.open``."""
        self._engine = engine
        self._writing = _OneWriter() if engine.dialect.name == "sqlite" else None
        self._after_commit: list[Callable[[], None]] = []
        self.id = ""

    @classmethod
    def open(
        cls, url: str, schema: Schema | sa.MetaData | None = None, limits: Limits = DEFAULT_LIMITS
    ) -> Self:
        """Open ``sqlite:///path`` or ``postgresql://user@host/database``; a new one gets its tables.

        ``schema`` has the service's own tables; those of ``kit.storage.tables`` are added. Tables without a
        history are made if they are missing. A file of an earlier release is brought forward; a PostgreSQL is
        not, because processes of that release may still be writing to it.

        Raises:
            InvalidArgumentError: if the URL names another kind of database, or SQLite in memory.
            SchemaBehindError: if a PostgreSQL has the tables of an earlier release.
            SchemaUnknownError: if it has tables of no release.
            StorageUnavailableError: (retryable) if the database cannot be reached or written.
        """
        store = cls(engine_of(checked(url), limits))
        try:
            with store.transaction() as connection:
                # Two processes may start at once; CREATE TABLE IF NOT EXISTS alone would collide.
                take_turn(connection, SCHEMA_TURN)
                for each in (KIT_SCHEMA, schema):
                    _provide(connection, each)
                store.id = _identity(connection)
        except BaseException:
            store.close()
            raise
        measured.look_at(store, name_of(store._engine.url), store.read, store.scrub_owed)
        return store

    @classmethod
    def upgrade(cls, url: str, schema: Schema, limits: Limits = DEFAULT_LIMITS) -> dict[str, list[str]]:
        """Make the tables of a new database, or bring those of an earlier release forward.

        Returns the revisions each schema got, by its name; one that was made whole got all of them.

        Raises:
            SchemaUnknownError: if it has tables of no release; nothing was changed.
            StorageUnavailableError: (retryable) if the database cannot be reached or written.
        """
        store = cls(engine_of(checked(url), limits))
        try:
            with store.transaction() as connection:
                take_turn(connection, SCHEMA_TURN)
                return {each.name: each.bring_forward(connection) for each in (KIT_SCHEMA, schema)}
        finally:
            store.close()

    @classmethod
    def open_to_read(cls, url: str) -> Self:
        """Open a database that is there, for ``read`` alone: nothing is made in it or changed.

        Raises:
            InvalidArgumentError: if the URL names another kind of database, or SQLite in memory.
        """
        return cls(engine_to_read(checked(url)))

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
                    self._let_go(connection, name)

    def _let_go(self, connection: Connection, name: str) -> None:
        try:
            connection.execute(sa.text("SELECT pg_advisory_unlock(hashtext(:name))"), {"name": name})
        except BaseException:
            connection.invalidate()  # back in the pool it would hold on to the name for as long as we run
            raise

    def scrub(self) -> bool:
        """Leave no trace in the files of what was deleted; not within a transaction. False: call it again
        later, as somebody reads what was deleted, or the disk has no room for a copy.

        SQLite keeps deleted rows in free pages and in the write-ahead log: the file is written anew, some
        hundred megabytes a second, and the log cut off. That takes its size once more in its folder, and
        once where SQLite has temporary files. A PostgreSQL does the like by itself (autovacuum).
        """
        if self._writing is None:
            return True
        try:
            with self._writing, self._faults(), closing(self._engine.raw_connection()) as raw:
                cursor = raw.cursor()  # of the driver: through the engine it would be within a transaction
                cursor.execute("VACUUM")
                (busy, *_) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                return not busy
        except StorageUnavailableError as error:
            logger.warning("%s; what was deleted is overwritten later", error)
            return False

    @property
    def scrub_owed(self) -> Path | None:
        """The file beside the store that is there while it is to be scrubbed; None where nothing ever is."""
        if self._writing is None:
            return None
        return Path(f"{self._engine.url.database}{UNSCRUBBED}")

    def after_commit(self, told: Callable[[], None]) -> None:
        """Have ``told`` called, in the committing thread, after every write transaction of this process."""
        self._after_commit.append(told)

    def close(self) -> None:
        """Close all connections."""
        metrics.look_away(self)
        self._engine.dispose()

    def _writer(self) -> Engine:
        return self._engine.execution_options(**{BEGIN: "BEGIN IMMEDIATE"})

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
            place = place_of(self._engine.url)
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


def _provide(connection: Connection, schema: Schema | sa.MetaData | None) -> None:
    """Have the tables in the store."""
    if isinstance(schema, sa.MetaData):
        schema.create_all(connection)
    elif schema is not None:
        if connection.dialect.name != "sqlite" and schema.is_there(connection):
            schema.require(connection)
        else:
            schema.bring_forward(connection)


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
