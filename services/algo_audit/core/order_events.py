"""Which events are of one order, and what they say of it together.

Orders are told apart by a table of slots (``_witnesses``) and only they, not their events, are sorted. After
that every column is read once, in the order it lies in memory, in pieces whose intermediate results stay in
the processor's cache, and only where it says something: most events state neither pay nor penalty, and many
columns hold one value throughout. ``np.minimum.at`` in that order is quicker than gathering a sorted column
for ``reduceat``: the events of an order come within minutes of each other, so the orders in hand stay in the
cache.
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
_ROUNDS = 12
"""Of slots. Each leaves at most about a fifth of the events to the next, so a dozen leave none of a billion;
what is left then collides on purpose, and is sorted."""
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
        witness = _witnesses(columns)
        rows = np.flatnonzero(witness == np.arange(len(order), dtype=witness.dtype))
        platforms, workers, orders = (column.take(rows) for column in columns)
        ascending = _ascending(_mix(platforms, orders, workers), (platforms, workers, orders))
        place = np.empty(len(order), witness.dtype)
        place[rows.take(ascending)] = np.arange(len(rows), dtype=witness.dtype)
        number = np.empty(len(order), np.intp)
        for some in _pieces(len(order)):
            number[some] = place.take(witness[some])
        return cls(
            number,
            platforms.take(ascending).astype(np.int64),
            orders.take(ascending),
            workers.take(ascending).astype(np.int64),
        )

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
        narrow = _narrowest(lowest, highest, code.dtype)
        found = np.full(len(self), lowest if extreme is np.maximum else highest, narrow)
        for some in _pieces(len(code)):
            extreme.at(found, self.number[some], code[some].astype(narrow))
        return found.astype(code.dtype)

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


def _mix(platform: NDArray[Any], order: Uint64s, worker: NDArray[Any], odd: Sequence[int] = _ODD) -> Uint64s:
    mixed = order * np.uint64(odd[0])  # uint64 arrays wrap around, as wanted
    mixed ^= worker.astype(np.uint64) * np.uint64(odd[1])
    mixed ^= platform.astype(np.uint64) * np.uint64(odd[2])
    return mixed


def _witnesses(columns: Sequence[NDArray[Any]]) -> Places:
    """For each row one of the rows that are equal to it in platform, worker and order, the same for all of
    them, shape (n,).

    First within pieces, whose slots fit the cache: where events come in order of time, most of an order's lie
    in one piece. Then only one row of each is left to be looked up among all.
    """
    n = len(columns[0])
    witness, heads = _places(n, n), [np.empty(0, np.intp)]
    for some in _pieces(n):
        there, differs = _last_of_slot([column[some] for column in columns], _ODD)
        own = np.arange(len(there))
        there[differs] = own[differs]
        heads.append(np.flatnonzero(there == own) + some.start)
        witness[some] = there + some.start
    left = np.concatenate(heads)
    for turn in range(_ROUNDS):
        if len(left) == 0:
            break
        odd = tuple(each + 2 * turn for each in _ODD)
        there, differs = _last_of_slot([column.take(left) for column in columns], odd)
        witness[left] = left.take(there)
        left = left[differs]
    if len(left):
        by_value = left[np.lexsort([column[left] for column in columns])]
        new = np.logical_or.reduce([_changes(column[by_value]) for column in columns])
        witness[by_value] = by_value[new][np.cumsum(new) - 1]
    for some in _pieces(n):
        witness[some] = witness.take(witness[some])
    return witness


def _last_of_slot(columns: Sequence[NDArray[Any]], odd: Sequence[int]) -> tuple[Rows, NDArray[np.bool_]]:
    """Every row writes itself into the slot that its mixture points at, and the last one stays. For each row
    who is there, and whether that one differs from it, shape (n,) each. No sort, and no trust in the mixture:
    equal is what is equal in the columns."""
    platform, worker, order = columns
    n = len(order)
    bits = (2 * n).bit_length()
    slots, slot = _places(1 << bits, n), np.empty(n, np.intp)
    for some in _pieces(n):
        mixed = _mix(platform[some], order[some], worker[some], odd)
        slot[some] = mixed >> np.uint64(64 - bits)
        slots[slot[some]] = np.arange(some.start, some.stop)
    there, differs = np.empty(n, np.intp), np.empty(n, np.bool_)
    for some in _pieces(n):
        there[some] = others = slots.take(slot[some])
        differs[some] = order.take(others) != order[some]
        differs[some] |= worker.take(others) != worker[some]
        differs[some] |= platform.take(others) != platform[some]
    return there, differs


def _places(length: int, rows: int) -> Places:
    """Room for so many row numbers."""
    return np.empty(length, np.int32) if rows < 2**31 else np.empty(length, np.int64)


def _ascending(mixed: Uint64s, columns: Sequence[NDArray[Any]]) -> Rows:
    """The order of different rows by their mixture, of equal ones by the columns, the last one first.

    Sorts one 64-bit word a row: the upper bits of the mixture and, carried along, the row's place; twice as
    quick as to sort indices. What shares those bits is seen, and sorted apart after that.
    """
    if len(mixed) == 0:
        return np.empty(0, np.intp)
    low = np.uint64((1 << len(mixed).bit_length()) - 1)
    packed = mixed & ~low
    packed |= np.arange(len(mixed), dtype=np.uint64)
    packed.sort()
    index = (packed & low).astype(np.intp)
    alone = _changes(packed & ~low)
    shared = ~alone
    shared[:-1] |= ~alone[1:]
    places = np.flatnonzero(shared)
    rows = index[places]
    # By the mixture first, so that each run is sorted within the places it has.
    index[places] = rows[np.lexsort([column[rows] for column in (*columns, mixed)])]
    return index


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


def _pieces(n: int) -> Iterator[slice]:
    return (slice(start, min(start + _PIECE, n)) for start in range(0, n, _PIECE))
