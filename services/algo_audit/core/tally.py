"""How many rows each worker has in each cell: counted once, and all that is asked of cells follows from it.

Rows by the million are read once, in pieces, and never copied or sorted by cell; what is left is an entry for
each worker and cell.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

NOWHERE = -1
"""Cell of a row that is of none."""
_PIECE = 1 << 16
_MOST_COUNTERS = 1 << 25
"""256 MB. Of more cells times workers the entries are sorted."""


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """The entries, by cell and worker ascending; arrays of shape (U,)."""

    cell: Ints
    worker: Ints
    rows: Ints
    """At least 1."""
    starts: Ints
    """Shape (cells + 1,): the entries of cell c are starts[c] … starts[c + 1] − 1."""

    @property
    def cells(self) -> int:
        """How many there can be."""
        return len(self.starts) - 1

    @property
    def workers(self) -> Ints:
        """Different workers of each cell, shape (cells,)."""
        return np.diff(self.starts)

    @property
    def sizes(self) -> Ints:
        """Rows of each cell, shape (cells,)."""
        return self._sums(self.rows)

    def of(self, cell: int) -> slice:
        """The entries of one cell."""
        return slice(int(self.starts[cell]), int(self.starts[cell + 1]))

    def beside(self, other: "Tally", cell: int) -> Ints:
        """For each entry of a cell of `other` how many rows the same worker has in that cell here."""
        mine, theirs = self.of(cell), other.worker[other.of(cell)]
        counts = np.zeros(
            1 + max(int(theirs.max(initial=0)), int(self.worker[mine].max(initial=0))), np.int64
        )
        counts[self.worker[mine]] = self.rows[mine]
        return counts[theirs]

    def _sums(self, amount: Ints) -> Ints:
        # In floating point, exact below 2**53.
        return np.bincount(self.cell, amount, self.cells).astype(np.int64)


class Counter:
    """Rows by cell and worker, ready for any choice of them to be counted."""

    def __init__(self, cell: NDArray[np.signedinteger], worker: Ints, cells: int) -> None:
        """`cell`: 0…cells − 1, or NOWHERE; `worker`: codes ≥ 0."""
        self._cells, self._width = cells, int(worker.max(initial=0)) + 1
        # The first `width` places are for rows of no cell, and are let go.
        self._place = np.empty(len(cell), np.int64)
        for start in range(0, len(cell), _PIECE):
            some = slice(start, start + _PIECE)
            np.multiply(cell[some] + 1, self._width, out=self._place[some], dtype=np.int64)
            self._place[some] += worker[some]

    def count(self, rows: NDArray[np.bool_] | None = None) -> Tally:
        """Of all rows, or those of a mask. Linear unless workers or cells are many."""
        place, width = self._place, self._width
        if rows is not None and not rows.all():
            place = place[np.flatnonzero(rows)]
        possible = (self._cells + 1) * width
        if possible <= max(_MOST_COUNTERS >> 4, min(_MOST_COUNTERS, 4 * len(self._place))):
            counts = np.bincount(place, minlength=possible)[width:]
            entries = np.flatnonzero(counts)
            counts = counts[entries]
        else:
            entries, counts = np.unique(place[place >= width] - width, return_counts=True)
        cell = entries // width
        return Tally(
            cell=cell,
            worker=entries - cell * width,
            rows=counts.astype(np.int64),
            starts=np.searchsorted(cell, np.arange(self._cells + 1)).astype(np.int64),
        )


def tally(cell: NDArray[np.signedinteger], worker: Ints, cells: int) -> Tally:
    """Count all rows once."""
    return Counter(cell, worker, cells).count()


def merged(cell: Ints, worker: Ints, rows: Ints, cells: int) -> tuple[Tally, Ints]:
    """Count entries that were counted before, several of a worker and cell into one; and of each of them, its
    place in the tally (NOWHERE if its cell is), shape as `rows`."""
    order = np.lexsort((worker, cell))
    order = order[np.searchsorted(cell[order], 0) :]
    of_cell, of_worker = cell[order], worker[order]
    first = np.ones(len(order), np.bool_)
    first[1:] = (np.diff(of_cell) != 0) | (np.diff(of_worker) != 0)
    place = np.full(len(cell), NOWHERE)
    place[order] = np.cumsum(first) - 1
    starts = np.flatnonzero(first)
    counted = Tally(
        cell=of_cell[first],
        worker=of_worker[first],
        rows=np.add.reduceat(rows[order], starts) if len(starts) else rows[:0],
        starts=np.searchsorted(of_cell[first], np.arange(cells + 1)).astype(np.int64),
    )
    return counted, place
