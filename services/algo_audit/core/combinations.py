"""Which values, and which combinations of values, occur in columns of millions of rows, and their numbers.

Nothing here works row by row in Python, and values that lie close together are counted, not sorted.
"""

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray


def dense(ids: NDArray[np.signedinteger]) -> tuple[NDArray[np.int64], NDArray[np.signedinteger]]:
    """The different ids, ascending, and the position of each row's id among them, shape (n,).

    Ids within a narrow range are counted, in linear time; others are sorted (np.unique hashes, which takes
    ten times as long on millions of values).
    """
    n = len(ids)
    codes = np.empty(n, fitting(n))
    if n == 0:
        return np.empty(0, np.int64), codes
    low, span = int(ids.min()), int(ids.max()) - int(ids.min()) + 1
    if span <= 4 * n:
        present = np.zeros(span, np.bool_)
        for some in pieces(n):
            present[ids[some] - low] = True
        code = (np.cumsum(present) - 1).astype(codes.dtype)
        for some in pieces(n):
            codes[some] = code[ids[some] - low]
        return np.flatnonzero(present) + low, codes
    order = np.argsort(ids)
    ordered = ids[order]
    first = changes(ordered)
    codes[order] = np.cumsum(first) - 1
    return ordered[first].astype(np.int64), codes


def combinations_of(
    columns: Sequence[NDArray[np.signedinteger]],
) -> tuple[NDArray[np.signedinteger], NDArray[np.int64]]:
    """The number of each row's combination of values, ascending by those, shape (n,), and the values of each
    combination that occurs, shape (L, columns). `columns`: at least one.

    Values of neighbouring keys make one number, digit by digit, for as long as there are not many more such
    numbers than rows; only then are the numbers that occur made dense.
    """
    n = len(columns[0])
    many = max(2 * n, 1 << 16)
    leaf, codes = np.zeros(n, fitting(many)), np.empty((min(n, 1), 0), np.int64)
    digits: list[NDArray[np.int64]] = []
    for column in columns if n else ():
        low, high = int(column.min()), int(column.max())
        if high - low >= many:
            values, column = dense(column)
            low = 0
        else:
            values = np.arange(low, high + 1)
        if len(codes) * math.prod(len(digit) for digit in digits) * len(values) > many:
            leaf, codes = _dense_leaves(leaf, codes, digits)
            digits = []
        digits.append(values)
        if len(values) > 1:
            leaf *= len(values)
            for some in pieces(n):
                leaf[some] += (column[some] - low).astype(leaf.dtype)
    if n == 0:
        return leaf, np.empty((0, len(columns)), np.int64)
    return _dense_leaves(leaf, codes, digits)


def _dense_leaves(
    leaf: NDArray[np.signedinteger], codes: NDArray[np.int64], digits: Sequence[NDArray[np.int64]]
) -> tuple[NDArray[np.signedinteger], NDArray[np.int64]]:
    """Numbers whose first digit is a row of `codes`, and whose others index `digits`, made dense; and all the
    values that they stand for."""
    numbers, leaf = dense(leaf)
    columns: list[NDArray[np.int64]] = []
    for values in reversed(digits):
        numbers, digit = np.divmod(numbers, len(values))
        columns.append(values[digit])
    return leaf, np.column_stack([codes[numbers], *reversed(columns)])


def different(ids: NDArray[np.signedinteger]) -> NDArray[np.int64]:
    """The different ids (≥ 0), ascending. Sorted only where there may be far more of them than rows: to mark
    each in a table takes a third of the time."""
    n, span = len(ids), int(ids.max(initial=-1)) + 1
    if span > 32 * n:
        ordered = np.sort(ids)
        return ordered[changes(ordered)].astype(np.int64)
    present = np.zeros(span, np.bool_)
    for some in pieces(n):
        present[ids[some]] = True
    return np.flatnonzero(present)


def stable_order(key: NDArray[np.uint64]) -> NDArray[np.intp]:
    """As np.argsort(key, kind="stable"), in half the time on millions of keys.

    A key's upper bits and, in the lower ones, its row are sorted as one word. Keys that share their upper
    bits may still be out of order, but hardly: to sort again what is nearly in order is linear.
    """
    n = len(key)
    if n == 0:
        return np.empty(0, np.intp)
    lowest, row = key.min(), np.uint64(n.bit_length())
    dropped = np.uint64(max(0, int(key.max() - lowest).bit_length() + int(row) - 64))
    word = key - lowest
    word >>= dropped
    word <<= row
    word |= np.arange(n, dtype=np.uint64)
    word.sort()
    order: NDArray[np.intp] = (word & ((np.uint64(1) << row) - np.uint64(1))).astype(np.intp)
    if dropped:
        word >>= row
        shared = np.flatnonzero(word[1:] == word[:-1])
        if (key.take(order.take(shared + 1)) < key.take(order.take(shared))).any():
            order = order.take(np.argsort(key.take(order), kind="stable"))
    return order


def changes(column: NDArray[np.signedinteger]) -> NDArray[np.bool_]:
    """True where a row differs from the one before it, and at row 0."""
    first = np.ones(len(column), np.bool_)
    np.not_equal(column[1:], column[:-1], out=first[1:])
    return first


def pieces(n: int, at_least: int = 0) -> Iterator[slice]:
    """Slices of n rows, each small enough that what is computed of it stays in the processor's cache: on
    millions of rows half the time would go into fresh memory for intermediate results."""
    size = max(at_least, 1 << 17)
    return (slice(start, start + size) for start in range(0, n, size))


def fitting(numbers: int) -> type[np.signedinteger]:
    """The narrower type that holds the numbers 0…numbers − 1."""
    return np.int32 if numbers < 2**31 else np.int64
