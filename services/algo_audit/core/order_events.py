"""Which events are of one order, and what they say of it together.

Most events of an order are found together by a table of slots (``_heads``), so that little more than one row
an order has to be sorted. After that every column is read once, in the order it lies in memory, in pieces
whose intermediate results stay in the processor's cache, and only where it says something: most events state
neither pay nor penalty, and many columns hold one value throughout. ``np.minimum.at`` in that order is
quicker than gathering a sorted column for ``reduceat``: the events of an order come within minutes of each
other, so the orders in hand stay in the cache.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Uint64s = NDArray[np.uint64]
Rows = NDArray[np.intp]
Places = NDArray[np.signedinteger[Any]]
"""Rows, of whichever width holds them."""
Code = TypeVar("Code", bound=np.integer[Any])

_PIECE = 1 << 16
"""Events: a dozen columns of them are some 6 MB."""
_ROUNDS = 1
"""Of slots. Each leaves some tenth of a piece's events to the next; to sort those is no slower."""
_ODD = (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
"""From splitmix64 (Steele, Lea & Flood 2014)."""


class OrderEvents:
    """The orders of n events. Each method answers with one value per order."""

    def __init__(self, number: Rows, platform: Ints, order: Uint64s, worker: Ints) -> None:
        self.number = number
        """Of the order of each event, shape (n,)."""
        self.platform = platform
        """Of each order, shape (orders,), as are the next two."""
        self.order = order
        self.worker = worker

    def __len__(self) -> int:
        return len(self.order)

    @classmethod
    def of(cls, platform: Ints, order: Uint64s, worker: Ints) -> Self:
        """Number the different (platform, order, worker) of events, ascending by the triple mixed (of equal
        mixtures by the triple); the numbers depend on the set of them only. O(n + k log k) for k orders."""
        columns = (_narrowed(platform), _narrowed(worker), order)
        head, rows = _heads(columns)
        ascending, ordered = _ascending([column.take(rows) for column in columns])
        first = _differs(ordered)
        number_of_head = np.empty(len(rows), np.intp)
        number_of_head[ascending] = np.cumsum(first) - 1
        number = np.empty(len(order), np.intp)
        for some in _pieces(len(order)):
            number[some] = number_of_head.take(head[some])
        platforms, workers, orders = (column.take(np.flatnonzero(first)) for column in ordered)
        return cls(number, platforms.astype(np.int64), orders, workers.astype(np.int64))

    def earliest(
        self, time: Ints, kind: NDArray[np.int8], series: Sequence[Sequence[int]], never: int
    ) -> Ints:
        """For each series of kinds the earliest time among the events of those kinds, `never` where there are
        none, shape (series, orders). No kind is in two series."""
        first = np.full((len(series) + 1, len(self)), never)
        # Kinds of no series go to the row after the last, which is let go.
        start = np.full(256, len(series) * len(self))
        for at, kinds in enumerate(series):
            start[np.array(kinds, np.int8).view(np.uint8)] = at * len(self)
        flat = first.ravel()
        for some in _pieces(len(time)):
            np.minimum.at(flat, start[kind[some].view(np.uint8)] + self.number[some], time[some])
        return first[: len(series)]

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
        """The largest (finite) figure that an event of the order states, NaN where none does."""
        return self._stated(np.maximum, -np.inf, figure)

    def smallest_stated(self, figure: Floats) -> Floats:
        """The smallest (finite) figure that an event of the order states, NaN where none does."""
        return self._stated(np.minimum, np.inf, figure)

    def _code(self, extreme: np.ufunc, code: NDArray[Code]) -> NDArray[Code]:
        if len(code) == 0:
            return code
        lowest, highest = int(code.min()), int(code.max())
        if lowest == highest:
            return np.full(len(self), lowest, code.dtype)
        span = highest - lowest
        narrow = _narrowest(0, span, code.dtype)
        found = np.full(len(self), 0 if extreme is np.maximum else span, narrow)
        for some in _pieces(len(code)):
            extreme.at(
                found, self.number[some], np.subtract(code[some], lowest, dtype=np.int64).astype(narrow)
            )
        return (found.astype(np.int64) + lowest).astype(code.dtype)

    def _stated(self, extreme: np.ufunc, nothing: float, figure: Floats) -> Floats:
        # Not fmax and fmin, which pass over NaN, but of which ufunc.at is slow.
        found = np.full(len(self), nothing)
        for some in _pieces(len(figure)):
            number, told = self.number[some], figure[some]
            stated = np.flatnonzero(told == told)  # NaN is not equal to itself
            if len(stated) < len(told):
                number, told = number[stated], told[stated]
            extreme.at(found, number, told)
        found[found == nothing] = np.nan
        return found


def _mix(columns: Sequence[NDArray[Any]], odd: Sequence[int]) -> Uint64s:
    platform, worker, order = columns
    mixed: Uint64s = order * np.uint64(odd[0])  # uint64 arrays wrap around, as wanted
    mixed ^= worker.astype(np.uint64) * np.uint64(odd[1])
    mixed ^= platform.astype(np.uint64) * np.uint64(odd[2])
    return mixed


def _heads(columns: Sequence[NDArray[Any]]) -> tuple[Places, Rows]:
    """Each row's head, shape (n,), and the rows that are heads. Rows with the same head are equal in all
    columns. Equal rows may have several heads, but where events come in order of time not many: most of an
    order's lie in one piece, and the slots of a piece fit the cache."""
    n = len(columns[0])
    head: Places = np.empty(n, np.int32 if n < 2**31 else np.int64)
    heads, count = [np.empty(0, np.intp)], 0
    for some in _pieces(n, 4 * _PIECE):  # three columns only, and the longer the fewer heads
        piece = [column[some] for column in columns]
        own = np.arange(len(piece[0]))
        there, left = own.copy(), own
        for turn in range(_ROUNDS):
            others, differs = _last_of_slot([column.take(left) for column in piece], turn)
            there[left] = left.take(others)
            left = left[differs]
        there[left] = left
        is_head = there == own
        head[some] = (np.cumsum(is_head) + (count - 1)).take(there)
        heads.append(np.flatnonzero(is_head) + some.start)
        count += len(heads[-1])
    return head, np.concatenate(heads)


def _last_of_slot(columns: Sequence[NDArray[Any]], turn: int) -> tuple[Rows, NDArray[np.bool_]]:
    """Every row writes itself into the slot that its mixture points at, and the last one stays. For each row
    who is there, and whether that one differs from it, shape (n,) each. No sort, and no trust in the mixture:
    equal is what is equal in the columns."""
    n = len(columns[0])
    bits = (2 * n).bit_length()
    slot = (_mix(columns, [each + 2 * turn for each in _ODD]) >> np.uint64(64 - bits)).astype(np.intp)
    slots = np.empty(1 << bits, np.int32)
    slots[slot] = np.arange(n)
    there = slots.take(slot).astype(np.intp)
    return there, np.logical_or.reduce([column.take(there) != column for column in columns])


def _ascending(columns: Sequence[NDArray[Any]]) -> tuple[Rows, list[NDArray[Any]]]:
    """The order of rows by their mixture, of equal ones by the columns, the last one first; and the columns
    in that order.

    Sorts one 64-bit word a row: the upper bits of the mixture and, carried along, the row's place; twice as
    quick as to sort indices. Different rows that share those bits are seen, and sorted apart after that.
    """
    mixed = _mix(columns, _ODD)
    low = np.uint64((1 << len(mixed).bit_length()) - 1)
    packed = mixed & ~low
    packed |= np.arange(len(mixed), dtype=np.uint64)
    packed.sort()
    index = (packed & low).astype(np.intp)
    ordered = [column.take(index) for column in columns]
    alone = _changes(packed & ~low)
    doubtful = _differs(ordered) & ~alone
    if doubtful.any():
        run = np.cumsum(alone)
        places = np.flatnonzero(np.isin(run, run[doubtful]))
        rows = index[places]
        # By the mixture first, so that each run is sorted within the places it has.
        index[places] = rows[np.lexsort([column[rows] for column in (*columns, mixed)])]
        ordered = [column.take(index) for column in columns]
    return index, ordered


def _differs(columns: Sequence[NDArray[Any]]) -> NDArray[np.bool_]:
    """Where a row differs from the one before it in any column, and row 0."""
    new: NDArray[np.bool_] = np.logical_or.reduce([_changes(column) for column in columns])
    return new


def _narrowed(code: NDArray[Any]) -> NDArray[Any]:
    """The same codes in the fewest bytes."""
    return code if len(code) == 0 else code.astype(_narrowest(int(code.min()), int(code.max()), code.dtype))


def _narrowest(lowest: int, highest: int, otherwise: np.dtype[Any]) -> np.dtype[Any]:
    """The type of the fewest bytes: what is read here and there should fit the processor's cache."""
    for dtype in (np.int8, np.int16, np.int32):
        limits = np.iinfo(dtype)
        if limits.min <= lowest and highest <= limits.max:
            return np.dtype(dtype)
    return otherwise


def _changes(column: NDArray[Any]) -> NDArray[np.bool_]:
    """True where a row differs from the one before it, and at row 0."""
    new = np.ones(len(column), np.bool_)
    np.not_equal(column[1:], column[:-1], out=new[1:])
    return new


def _pieces(n: int, size: int = 0) -> Iterator[slice]:
    size = size or _PIECE
    return (slice(start, min(start + size, n)) for start in range(0, n, size))
