"""The cells of closed days in the service's store: a row a day, city, metric and platform.

Not a row a cohort: a city's day has some thousand, and a blob of all of them is written in the time of two
rows. Not a row a partition either: three metrics ask whether a platform states a thing at all, or what its
ordinary pay is, which a part of its orders cannot tell; so a day is closed by the process that holds all
partitions.
"""

from __future__ import annotations

import io
import math
import zlib
from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.engine import Connection, Row

from kit.storage.store import Store
from services.algo_audit.adapters.tables import BASELINE_CELLS, BASELINE_DAY
from services.algo_audit.baseline_ports import DayState, SketchedCells, SketchedPeriod
from services.algo_audit.core.day_cells import REASONS, Cells
from services.algo_audit.core.metrics import METRICS, Metric

_KEY_BYTES = 8
"""A statement's key is a 64-bit number."""
_COMPRESSION = 1
"""zlib's fastest: counts shrink to an eighth by it, and sketches hardly by any."""
_SIZES = np.dtype("<u4")
"""A blob begins with how many leaves, keys, workers and members there are."""
_COLUMNS: dict[str, tuple[str, str]] = {
    "codes": ("<i4", "LK"),
    "rows": ("<u4", "L"),
    "censored": ("<u4", "L"),
    "orders": ("<u4", "L"),
    "excluded": ("<u4", "RL"),
    "worker": ("<u8", "W"),
    "member_leaf": ("<u4", "M"),
    "member_worker": ("<u4", "M"),
    "member_rows": ("<u4", "M"),
}
"""Type and shape of each column, in the order of the blob. NumPy's own format would spend most of the time on
headers: rows are many, and some are short."""


class _Sketches(Sequence[bytes]):
    """Sketches one after the other, cut out when asked for: a year of a city has millions, and an answer
    looks at those of its page."""

    def __init__(self, blob: io.BytesIO, lengths: NDArray[np.uint32]) -> None:
        self._ends = np.append(0, np.cumsum(lengths, dtype=np.int64))
        self._bytes = blob.read(int(self._ends[-1]))

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, leaf: Any) -> Any:
        if not 0 <= leaf < len(self):
            raise IndexError(leaf)
        return self._bytes[self._ends[leaf] : self._ends[leaf + 1]]


class SqlClosedDays:
    """``ClosedDays`` over SQL."""

    def states(self, connection: Any) -> list[DayState]:
        """See the port."""
        return _states(connection, sa.true())

    def keep(self, connection: Any, day: int, method: str, cells: Sequence[SketchedCells]) -> None:
        """See the port."""
        connection.execute(sa.delete(BASELINE_CELLS).where(BASELINE_CELLS.c.day == day))
        if cells:
            connection.execute(sa.insert(BASELINE_CELLS), [_row(day, each) for each in cells])
        _upsert(connection, day, method=method, stale=False)

    def mark_stale(self, connection: Any, days: Collection[int]) -> None:
        """See the port."""
        connection.execute(
            sa.update(BASELINE_DAY).where(BASELINE_DAY.c.day.in_(sorted(days))).values(stale=True)
        )

    def drop(self, connection: Any, before_day: int) -> None:
        """See the port."""
        connection.execute(
            sa.update(BASELINE_DAY).where(BASELINE_DAY.c.day < before_day).values(dropped=True)
        )

    def came_after(self, connection: Any, day: int, statements: NDArray[np.uint64]) -> None:
        """See the port."""
        known = connection.scalar(sa.select(BASELINE_DAY.c.after_closing).where(BASELINE_DAY.c.day == day))
        together = np.union1d(np.frombuffer(known or b"", np.uint64), statements)
        _upsert(connection, day, dropped=True, after_closing=together.astype("<u8").tobytes())


class SqlSketchedDays:
    """``SketchedDays`` over SQL."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def period(
        self, metric_id: str, cities: tuple[int, int], days: tuple[int, int], method: str
    ) -> SketchedPeriod:
        """See the port."""
        with self._store.read() as connection:
            states = _states(connection, BASELINE_DAY.c.day.between(*days))
            last = connection.scalar(sa.select(sa.func.max(BASELINE_DAY.c.day)))
            rows = connection.execute(
                sa.select(BASELINE_CELLS)
                .join(BASELINE_DAY, BASELINE_DAY.c.day == BASELINE_CELLS.c.day)
                .where(
                    BASELINE_CELLS.c.metric_id == metric_id,
                    BASELINE_CELLS.c.day.between(*days),
                    BASELINE_CELLS.c.city.between(*cities),
                    BASELINE_DAY.c.method == method,
                )
                .order_by(BASELINE_CELLS.c.day, BASELINE_CELLS.c.city, BASELINE_CELLS.c.platform_id)
            ).all()
        return SketchedPeriod(states, last, [_cells(row, METRICS[metric_id]) for row in rows])

    def known(self, method: str) -> tuple[int, int] | None:
        """See the port."""
        with self._store.read() as connection:
            first, last = connection.execute(
                sa.select(sa.func.min(BASELINE_DAY.c.day), sa.func.max(BASELINE_DAY.c.day)).where(
                    BASELINE_DAY.c.method == method
                )
            ).one()
        return None if first is None else (int(first), int(last))


def _states(connection: Connection, where: sa.ColumnElement[bool]) -> list[DayState]:
    rows = connection.execute(sa.select(BASELINE_DAY).where(where).order_by(BASELINE_DAY.c.day))
    return [
        DayState(row.day, row.method, row.stale, row.dropped, len(row.after_closing) // _KEY_BYTES)
        for row in rows
    ]


def _upsert(connection: Connection, day: int, **said: Any) -> None:
    """One process writes, as its owner: see ``kit.storage.positions``."""
    of_day = BASELINE_DAY.c.day == day
    if not connection.execute(sa.update(BASELINE_DAY).where(of_day).values(**said)).rowcount:
        row = {"day": day, "method": "", "stale": False, "dropped": False, "after_closing": b""}
        connection.execute(sa.insert(BASELINE_DAY).values(**(row | said)))


def _row(day: int, each: SketchedCells) -> dict[str, Any]:
    cells = each.cells
    sizes = (*cells.codes.shape, len(cells.worker), len(cells.member_leaf))
    parts = [np.array(sizes, _SIZES).tobytes()]
    parts += [getattr(cells, name).astype(dtype).tobytes() for name, (dtype, _) in _COLUMNS.items()]
    for sketches in (each.ends, each.cuts):
        parts += [np.array([len(sketch) for sketch in sketches], _SIZES).tobytes(), *sketches]
    return {
        "day": day,
        "city": each.city,
        "metric_id": cells.metric.id,
        "platform_id": each.platform_id,
        "value": zlib.compress(b"".join(parts), _COMPRESSION),
    }


def _cells(row: Row[Any], metric: Metric) -> SketchedCells:
    blob = io.BytesIO(zlib.decompress(row.value))

    def read(dtype: np.dtype[Any], *shape: int) -> NDArray[Any]:
        return np.frombuffer(blob.read(math.prod(shape) * dtype.itemsize), dtype).reshape(shape)

    sizes = dict(zip("LKWM", read(_SIZES, 4).tolist(), strict=True)) | {"R": len(REASONS)}
    columns: dict[str, Any] = {
        name: read(np.dtype(dtype), *(sizes[size] for size in shape)).astype(
            np.uint64 if name == "worker" else np.int64
        )
        for name, (dtype, shape) in _COLUMNS.items()
    }
    ends, cuts = (_Sketches(blob, read(_SIZES, sizes["L"])) for _ in range(2))
    return SketchedCells(row.city, row.platform_id, Cells(metric=metric, **columns), ends, cuts)
