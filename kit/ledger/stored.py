"""A ledger as it stands, byte by byte: what has been tampered with must not stop the reader.

A source gives entries and checkpoints, each as it could be read or with what is wrong with it. Sources are
a service's store (``StoreSource``) and an exported file (``kit.ledger.jsonl``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kit.ledger.entry import TEXTS, Entry
from kit.storage.store import Store
from kit.storage.tables import LEDGER_CHECKPOINT as CHECKPOINT
from kit.storage.tables import LEDGER_ENTRY as ENTRY

ROWS_AT_ONCE = 2_000
"""Rows held at a time: a few MB at most, whatever the ledger's length."""

_WHOLE = re.compile(rb"0|[1-9][0-9]{0,18}")

_LARGEST = 2**63 - 1


class Unreadable(NamedTuple):
    """An entry or a checkpoint that is not of the form of one."""

    number: int | None
    """Its sequence or number; None if that cannot be read either."""
    field: str
    """Empty: the whole."""
    why: str
    line: int = 0
    """Of a file, from 1; 0 for a store."""


class StoredCheckpoint(NamedTuple):
    """A checkpoint as it stands beside the entries."""

    number: int
    size: int
    note: str
    line: int = 0


class Footer(NamedTuple):
    """How much a file says it holds."""

    entries: int
    checkpoints: int


class Source(Protocol):
    """Where a ledger is read from. Both iterators may be open at once; neither holds it whole."""

    def ledger_id(self) -> str | Unreadable: ...

    def entries(self) -> Iterator[Entry | Unreadable]:
        """As they stand, in the order in which they stand."""
        ...

    def checkpoints(self) -> Iterator[StoredCheckpoint | Unreadable]:
        """The same."""
        ...

    def footer(self) -> Footer | Unreadable | None:
        """At the end of the reading; None if the source has none."""
        ...


class StoreSource:
    """A ledger in a service's store, as of the moment when this object is made.

    The service may go on writing: as it only appends, the first so many rows are those of that moment.
    """

    def __init__(self, store: Store, ledger_id: str) -> None:
        self._store = store
        self._ledger_id = ledger_id
        counts = (
            sa.select(sa.func.count())
            .select_from(table)
            .where(table.c.ledger_id == ledger_id)
            .scalar_subquery()
            for table in (ENTRY, CHECKPOINT)
        )
        with store.read() as connection:  # in one statement, so that both are of one moment
            self._entries, self._checkpoints = connection.execute(sa.select(*counts)).one()

    def ledger_id(self) -> str:
        """See ``Source``."""
        return self._ledger_id

    def entries(self) -> Iterator[Entry | Unreadable]:
        """See ``Source``."""
        for row in self._rows(ENTRY, ENTRY.c.sequence, self._entries):
            yield entry_of(row)

    def checkpoints(self) -> Iterator[StoredCheckpoint | Unreadable]:
        """See ``Source``."""
        for row in self._rows(CHECKPOINT, CHECKPOINT.c.number, self._checkpoints):
            number, size = whole(row["number"]), whole(row["size"])
            note = text(row["note"])
            if number is None or size is None or note is None:
                wrong = "number" if number is None else "size" if size is None else "note"
                yield Unreadable(number, wrong, "not of the field's form")
            else:
                yield StoredCheckpoint(number, size, note)

    def footer(self) -> None:
        """See ``Source``."""
        return

    def _rows(self, table: sa.Table, order: sa.Column[Any], count: int) -> Iterator[dict[str, Any]]:
        with self._store.read() as connection:
            columns = [_as_it_stands(connection, column) for column in table.c if column.name != "ledger_id"]
            own = sa.select(*columns).where(table.c.ledger_id == self._ledger_id)
            query = own.order_by(order).limit(count)
            found = connection.execution_options(yield_per=ROWS_AT_ONCE).execute(query)
            for part in found.mappings().partitions():
                yield from (dict(row) for row in part)


def ledgers_in(store: Store) -> list[str]:
    """Names of the ledgers in a store."""
    with store.read() as connection:
        if not sa.inspect(connection).has_table(ENTRY.name):
            return []
        names = sa.union(sa.select(ENTRY.c.ledger_id), sa.select(CHECKPOINT.c.ledger_id))
        return sorted(str(name) for name in connection.scalars(names))


def entry_of(row: dict[str, Any], line: int = 0) -> Entry | Unreadable:
    """The entry of a row; whole numbers and texts may come as bytes."""
    sequence = whole(row["sequence"])
    values: dict[str, Any] = {"sequence": sequence, "time_ms": whole(row["time_ms"])}
    values |= {name: text(row[name]) for name in TEXTS}
    values |= {name: _hash(row[name]) for name in ("previous_hash", "hash")}
    for name, value in values.items():
        if value is None:
            return Unreadable(sequence, name, "not of the field's form", line)
    return Entry(**values)


def whole(value: Any) -> int | None:
    """A whole number from 0 on, as the store or a file gives it; None if it is none."""
    if isinstance(value, bytes):
        value = int(value) if _WHOLE.fullmatch(value) else None
    return value if type(value) is int and 0 <= value <= _LARGEST else None


def text(value: Any) -> str | None:
    """A text; None if it is none, or no UTF-8."""
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return None
    return value if isinstance(value, str) else None


def _hash(value: Any) -> bytes | None:
    raw = bytes(value) if isinstance(value, bytes | memoryview | bytearray) else None
    return raw if raw is not None and len(raw) == 32 else None


def _as_it_stands(connection: Connection, column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    """SQLite holds anything in any column, and its driver stops at text that is no UTF-8: so as bytes."""
    if connection.dialect.name == "postgresql":
        return column
    return sa.cast(column, sa.LargeBinary).label(column.name)


def tail(store: Store, ledger_id: str, count: int) -> tuple[list[Entry | Unreadable], str]:
    """The last entries, oldest first, and the last checkpoint's note (empty: there is none)."""
    with store.read() as connection:
        columns = [_as_it_stands(connection, column) for column in ENTRY.c if column.name != "ledger_id"]
        rows = connection.execute(
            sa.select(*columns)
            .where(ENTRY.c.ledger_id == ledger_id)
            .order_by(ENTRY.c.sequence.desc())
            .limit(count)
        ).mappings()
        entries = [entry_of(dict(row)) for row in rows]
        note = connection.scalar(
            sa.select(_as_it_stands(connection, CHECKPOINT.c.note))
            .where(CHECKPOINT.c.ledger_id == ledger_id)
            .order_by(CHECKPOINT.c.number.desc())
            .limit(1)
        )
    return entries[::-1], text(note) or ""
