"""Links of pseudonyms, and whose events have yet to be moved, in the service's own store.

Links are deleted in time; what stays is a hash of each pseudonym that was a successor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kit.storage.store import Store
from services.intake.adapters.archive import METADATA
from services.intake.hashing import hashes
from services.intake.ports import ErasedLinks, Succession, ToMove, ToPart

T = TypeVar("T")

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")

AT_ONCE = 500
"""Pseudonyms named in one statement: well below what either database takes."""

_LINK = sa.Table(
    "pseudonym_link",
    METADATA,
    sa.Column("id", _ID, primary_key=True, autoincrement=True),
    sa.Column("old_pseudonym", sa.String, nullable=False, unique=True),
    sa.Column("new_pseudonym", sa.String, nullable=False, unique=True),
    sa.Column("forget_ms", sa.BigInteger, doc="Null: its end is not known."),
)
_TO_MOVE = sa.Table(
    "worker_to_move",
    METADATA,
    sa.Column("id", _ID, primary_key=True, autoincrement=True),
    sa.Column("worker_id", sa.String, nullable=False, unique=True),
    sa.Column("partition", sa.Integer, nullable=False),
    sqlite_autoincrement=True,  # an id is never given twice: a worker who is to be moved again has another
)
_SALTED = sa.Table(
    "salted_worker",
    METADATA,
    sa.Column("worker_hash", sa.LargeBinary, primary_key=True, doc="XXH64 of the pseudonym, little-endian."),
)


_TO_PART = sa.Table(
    "workers_to_part",
    METADATA,
    sa.Column("old_pseudonym", sa.String, primary_key=True),
    sa.Column("new_pseudonym", sa.String, primary_key=True),
    sa.Column("olds", sa.String, nullable=False, doc="All of the one, separated by blanks, the last first."),
    sa.Column("news", sa.String, nullable=False, doc="All of the other."),
)
_APART = sa.Table(
    "worker_apart",
    METADATA,
    sa.Column("worker_hash", sa.LargeBinary, primary_key=True, doc="XXH64 of the pseudonym, little-endian."),
)
"""Of whom a link was undone."""


class SqlSuccessors:
    """Implements ``services.intake.ports.Successors``."""

    def __init__(self, store: Store, partition_of: Callable[[str], int]) -> None:
        """``partition_of(worker_id)``: whose events are read in one go."""
        self._store = store
        self._partition_of = partition_of

    def links(self) -> Iterator[Succession]:
        """See the port."""
        columns = (_LINK.c.old_pseudonym, _LINK.c.new_pseudonym, _LINK.c.forget_ms)
        with self._store.read() as connection:
            for row in connection.execute(sa.select(*columns).order_by(_LINK.c.id)):
                yield Succession(*row)

    def salted(self) -> Iterator[int]:
        """See the port."""
        with self._store.read() as connection:
            for (worker_hash,) in connection.execute(sa.select(_SALTED.c.worker_hash)):
                yield int.from_bytes(worker_hash, "little")

    def put(self, connection: Connection, links: Sequence[Succession]) -> None:
        """See the port."""
        if not links:
            return
        for some in _portions(links):
            connection.execute(
                sa.delete(_LINK).where(
                    _LINK.c.old_pseudonym.in_([link.old for link in some])
                    | _LINK.c.new_pseudonym.in_([link.new for link in some])
                )
            )
        rows = [
            {"old_pseudonym": link.old, "new_pseudonym": link.new, "forget_ms": link.forget_ms}
            for link in links
        ]
        connection.execute(sa.insert(_LINK), rows)
        workers = dict.fromkeys(worker for link in links for worker in (link.old, link.new))
        for names in _portions(list(workers)):
            connection.execute(sa.delete(_TO_MOVE).where(_TO_MOVE.c.worker_id.in_(names)))
        connection.execute(
            sa.insert(_TO_MOVE),
            [{"worker_id": worker, "partition": self._partition_of(worker)} for worker in workers],
        )

    def part(self, connection: Connection, undone: Sequence[ToPart]) -> None:
        """See the port."""
        for each in undone:
            old, new = each.olds[0], each.news[-1]
            connection.execute(sa.delete(_LINK).where(_LINK.c.old_pseudonym == old))
            row = {"old_pseudonym": old, "new_pseudonym": new}
            known = sa.exists().where(_TO_PART.c.old_pseudonym == old, _TO_PART.c.new_pseudonym == new)
            if not connection.scalar(sa.select(known)):
                sides = {"olds": " ".join(each.olds), "news": " ".join(each.news)}
                connection.execute(sa.insert(_TO_PART), row | sides)
            _add_hashes(connection, _APART, hashes([*each.olds, *each.news]).tolist())

    def to_part(self) -> list[ToPart]:
        """See the port."""
        with self._store.read() as connection:
            rows = connection.execute(sa.select(_TO_PART.c.olds, _TO_PART.c.news)).all()
        return [ToPart(tuple(olds.split()), tuple(news.split())) for olds, news in rows]

    def parted(self, each: ToPart) -> None:
        """See the port."""
        with self._store.transaction() as connection:
            connection.execute(
                sa.delete(_TO_PART).where(
                    _TO_PART.c.old_pseudonym == each.olds[0], _TO_PART.c.new_pseudonym == each.news[-1]
                )
            )

    def apart(self) -> Iterator[int]:
        """See the port."""
        with self._store.read() as connection:
            for (worker_hash,) in connection.execute(sa.select(_APART.c.worker_hash)):
                yield int.from_bytes(worker_hash, "little")

    def highest_to_move(self, connection: Connection | None = None) -> int:
        """See the port."""
        highest = sa.select(sa.func.max(_TO_MOVE.c.id))
        if connection is not None:
            return connection.scalar(highest) or 0
        with self._store.read() as reading:
            return reading.scalar(highest) or 0

    def to_move(self, up_to: int, most: int) -> list[ToMove]:
        """See the port."""
        due = _TO_MOVE.c.id <= up_to
        first = sa.select(sa.func.min(_TO_MOVE.c.partition)).where(due).scalar_subquery()
        wanted = (
            sa.select(_TO_MOVE.c.id, _TO_MOVE.c.worker_id)
            .where(due, _TO_MOVE.c.partition == first)
            .order_by(_TO_MOVE.c.worker_id)
            .limit(most)
        )
        with self._store.read() as connection:
            return [ToMove(*row) for row in connection.execute(wanted)]

    def count_to_move(self) -> int:
        """See the port."""
        with self._store.read() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(_TO_MOVE)) or 0

    def moved(self, workers: Sequence[ToMove]) -> None:
        """See the port."""
        with self._store.transaction() as connection:
            connection.execute(sa.delete(_TO_MOVE).where(_TO_MOVE.c.id.in_([each.id for each in workers])))

    def overdue(self, now_ms: int) -> list[str]:
        """See the port."""
        waiting = sa.select(_TO_MOVE.c.worker_id)
        with self._store.read() as connection:
            return list(
                connection.scalars(
                    sa.select(_LINK.c.old_pseudonym)
                    .where(_LINK.c.forget_ms <= now_ms, _LINK.c.old_pseudonym.not_in(waiting))
                    .order_by(_LINK.c.id)
                )
            )

    def forget(self, links: Mapping[str, int]) -> None:
        """See the port."""
        with self._store.transaction() as connection:
            for olds in _portions(list(links)):
                connection.execute(sa.delete(_LINK).where(_LINK.c.old_pseudonym.in_(olds)))
            _add_hashes(connection, _SALTED, links.values())

    def erase(self, connection: Connection, is_erased: Callable[[str], bool]) -> ErasedLinks:
        """See the port."""
        pairs = connection.execute(sa.select(_LINK.c.old_pseudonym, _LINK.c.new_pseudonym)).all()
        links = {old: new for old, new in pairs if is_erased(old) or is_erased(new)}
        noted = list(filter(is_erased, connection.scalars(sa.select(_TO_MOVE.c.worker_id))))
        for olds in _portions(list(links)):
            connection.execute(sa.delete(_LINK).where(_LINK.c.old_pseudonym.in_(olds)))
        for workers in _portions(noted):
            connection.execute(sa.delete(_TO_MOVE).where(_TO_MOVE.c.worker_id.in_(workers)))
        _add_hashes(connection, _SALTED, hashes(list(links.values())).tolist())
        sides = connection.execute(sa.select(_TO_PART.c.olds, _TO_PART.c.news)).all()
        left = any(is_erased(worker) for olds, news in sides for worker in f"{olds} {news}".split())
        return ErasedLinks(list(links), len(links) + len(noted), left)


def _add_hashes(connection: Connection, table: sa.Table, numbers: Iterable[int]) -> None:
    for number in set(numbers):
        row = {"worker_hash": number.to_bytes(8, "little")}
        known = sa.exists(sa.select(table).where(table.c.worker_hash == row["worker_hash"]))
        if not connection.scalar(sa.select(known)):
            connection.execute(sa.insert(table), row)


def _portions(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), AT_ONCE):
        yield items[start : start + AT_ONCE]
