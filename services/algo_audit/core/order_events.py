"""Which events are of one order, and what they say of it together.

Numbering orders takes one sort; after that every column is read once, in the order it lies in memory, and
only where it says something: most events state neither pay nor penalty, and many columns hold one value
throughout. ``np.minimum.at`` in that order is quicker than gathering a sorted column for ``reduceat``: the
events of an order come within minutes of each other, so the orders in hand stay in the processor's cache.
"""

from typing import Any, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Uint64s = NDArray[np.uint64]
Rows = NDArray[np.intp]
Code = TypeVar("Code", bound=np.integer[Any])


class OrderEvents:
    """The orders of n events. Each method answers with one value per order."""

    def __init__(self, number: Rows, row: Rows) -> None:
        self.number = number
        """Of the order of each event, shape (n,)."""
        self.row = row
        """Of one event of each order, shape (orders,)."""

    def __len__(self) -> int:
        return len(self.row)

    @classmethod
    def of(cls, platform: Ints, order: Uint64s, worker: Ints) -> Self:
        """Number the different (platform, order, worker) of events; the numbers depend on the set of them
        only.

        Sorts one 64-bit word an event: above, the triple mixed; below, carried along by a sort of values, the
        event's row. That is four times as quick as to sort indices. Triples that share the upper bits (of ten
        million about a hundred) are seen, and sorted apart after that.
        """
        if len(order) == 0:
            none = np.empty(0, np.intp)
            return cls(none, none)
        mixed = _mix(platform, order, worker)
        low = np.uint64((1 << len(order).bit_length()) - 1)
        packed = mixed & ~low
        packed |= np.arange(len(order), dtype=np.uint64)
        packed.sort()
        index = (packed & low).astype(np.intp)
        new = _changes(packed & ~low)
        number = _number(index, new)

        columns = (platform, worker, order)
        row = index[new]
        alone = np.ones(len(order), np.bool_)
        for column in columns:
            narrow = _narrow(column, int(column.min()), int(column.max()))
            alone &= narrow == narrow[row][number]
        if not alone.all():
            shared = np.zeros(len(row), np.bool_)
            shared[number[~alone]] = True
            places = np.flatnonzero(shared[number[index]])
            rows = index[places]
            # By the mixed word first, so that each run is sorted within the places it has.
            rows = rows[np.lexsort([column[rows] for column in (*columns, mixed)])]
            index[places] = rows
            new[places] = np.logical_or.reduce([_changes(column[rows]) for column in columns])
            number, row = _number(index, new), index[new]
        return cls(number, row)

    def earliest(self, time: Ints, rows: Rows, never: int) -> Ints:
        """The earliest time among some of the events, `never` where there are none."""
        first = np.full(len(self), never)
        np.minimum.at(first, self.number[rows], time[rows])
        return first

    def witness(self, event: Uint64s, time: Ints, rows: Rows, first: Ints) -> Uint64s:
        """The smallest identity among those of some events that are of the time `first`, 0 where none are."""
        rows = rows[time[rows] == first[self.number[rows]]]
        number, event = self.number[rows], event[rows]
        witness = np.zeros(len(self), np.uint64)
        witness[number] = event
        tied = event != witness[number]  # hardly ever: the slow way is only for these
        np.minimum.at(witness, number[tied], event[tied])
        return witness

    def different(self, event: Uint64s, rows: Rows) -> Ints:
        """How many different identities some (few) events have."""
        number, event = self.number[rows], event[rows]
        order = np.lexsort((event, number))
        number, event = number[order], event[order]
        new = _changes(number) | _changes(event)
        return np.bincount(number[new], minlength=len(self)).astype(np.int64)

    def largest(self, code: NDArray[Code]) -> NDArray[Code]:
        """The largest code of the order's events."""
        return self._code(np.maximum, code)

    def smallest(self, code: NDArray[Code]) -> NDArray[Code]:
        """The smallest code of the order's events."""
        return self._code(np.minimum, code)

    def largest_stated(self, figure: Floats) -> Floats:
        """The largest figure that an event of the order states, NaN where none does."""
        return self._stated(np.fmax, figure)

    def smallest_stated(self, figure: Floats) -> Floats:
        """The smallest figure that an event of the order states, NaN where none does."""
        return self._stated(np.fmin, figure)

    def _code(self, extreme: np.ufunc, code: NDArray[Code]) -> NDArray[Code]:
        if len(code) == 0:
            return code
        lowest, highest = int(code.min()), int(code.max())
        if lowest == highest:
            return np.full(len(self), lowest, code.dtype)
        narrow = _narrow(code, lowest, highest)
        found = np.full(len(self), lowest if extreme is np.maximum else highest, narrow.dtype)
        extreme.at(found, self.number, narrow)
        return found.astype(code.dtype)

    def _stated(self, extreme: np.ufunc, figure: Floats) -> Floats:
        found = np.full(len(self), np.nan)
        stated = np.flatnonzero(~np.isnan(figure))
        extreme.at(found, self.number[stated], figure[stated])
        return found


def _mix(platform: Ints, order: Uint64s, worker: Ints) -> Uint64s:
    # Odd constants from splitmix64 (Steele, Lea & Flood 2014); uint64 arrays wrap around, as wanted.
    mixed = order * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= worker.astype(np.uint64) * np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= platform.astype(np.uint64) * np.uint64(0x94D049BB133111EB)
    return mixed


def _narrow(code: NDArray[Any], lowest: int, highest: int) -> NDArray[Any]:
    """The same codes in the fewest bytes: what is read here and there should fit the processor's cache."""
    for dtype in (np.int8, np.int16, np.int32):
        limits = np.iinfo(dtype)
        if limits.min <= lowest and highest <= limits.max:
            return code.astype(dtype)
    return code


def _changes(column: NDArray[Any]) -> NDArray[np.bool_]:
    """True where a row differs from the one before it, and at row 0."""
    new = np.ones(len(column), np.bool_)
    np.not_equal(column[1:], column[:-1], out=new[1:])
    return new


def _number(index: Rows, new: NDArray[np.bool_]) -> Rows:
    """Beside each event the number of its order, given the events sorted by order and where each begins."""
    number = np.empty(len(index), np.intp)
    place = new.astype(np.intp)
    np.cumsum(place, out=place)
    place -= 1
    number[index] = place
    return number
