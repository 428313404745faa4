"""Sorted runs of the event index in files, so that memory does not grow with a week of events.

A file holds rows of a key with its digests, sorted by key. In memory stay four bytes a row of a Bloom filter
(1970; in words of 64 bits, after Putze, Sanders and Singler, 2007, so that a key costs one access), which
says of nearly all keys that are not in the file that they are not, and the key of every 64th row, so that one
read finds a row. It is how log-structured stores keep their tables (O'Neil and others, 1996). Every file is
asked for every key: what a look-up costs grows with the number of files, as that of rows by ``LARGEST_RUN``.

The files are caches: without a name, gone with the process. What is remembered is in the service's store,
from which the index is made anew at every start.
"""

from __future__ import annotations

import errno
import logging
import os
import tempfile
import weakref
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kit.errors import StorageUnavailableError
from services.intake.core.event_index import Keys, Run, look_up_run, merge_runs

_log = logging.getLogger(__name__)

LARGEST_RUN = 1 << 22
"""Rows up to which two files are made one: 100 MB. That is done by who spills, and a commit waits for it (the
longest group of ``bench.event_index``). A city's day has two or three of them."""

_BLOCK = 64
"""Rows a read: 1.5 kB with two digests."""

_PORTION = 1024 * _BLOCK
"""Rows in memory at a time while files are merged."""

_KEYS_A_WORD = 2
"""Of the filter, on average: 32 bits a key. With half of it a row of a province, which is asked of 200 files,
would be looked for in one of them for nothing."""

_BITS = 7
"""Of its word that each key sets: of keys that are not there 0.03 % seem to be."""


class FileRuns:
    """Implements ``services.intake.core.event_index.Runs``."""

    def __init__(self, folder: Path, largest_run: int = LARGEST_RUN) -> None:
        self._folder = folder
        self._largest_run = largest_run
        self._files: list[_RunFile] = []

    def __len__(self) -> int:
        return sum(map(len, self._files))

    def look_up(self, keys: Keys, known: NDArray[np.bool_], digests: Keys) -> None:
        """See ``Runs``.

        Raises:
            StorageUnavailableError: (retryable) if a file cannot be read.
        """
        if not self._files:
            return
        patterns = _patterns(keys)
        try:
            for file in self._files:
                file.look_up(keys, patterns, known, digests)
        except OSError as error:
            raise StorageUnavailableError(
                f"the index of accepted events cannot be read in {self._folder}: {error}",
                zh=f"无法读取已受理事件的索引（{self._folder}）：{error}",
            ) from error

    def spill(self, keys: Keys, digests: Keys) -> bool:
        """See ``Runs``."""
        if (file := self._written(len(keys), _pieces(keys, digests))) is None:
            return False
        self._files.append(file)
        self._merge()
        return True

    def _merge(self) -> None:
        """Files grow by doubling, up to the largest."""
        while len(self._files) > 1:
            one, other = self._files[-2:]
            rows = len(one) + len(other)
            if len(one) > 2 * len(other) or rows > self._largest_run:
                return
            if (file := self._written(rows, _merged(one.portions(), other.portions()))) is None:
                return
            self._files[-2:] = [file]

    def _written(self, rows: int, portions: Iterator[Run]) -> _RunFile | None:
        """None: they stay where they are, and are tried again with the next run."""
        try:
            return _RunFile(self._folder, rows, portions)
        except OSError as error:
            _log.warning("the index of accepted events grows where it is, not in %s: %s", self._folder, error)
            return None


class _RunFile:
    """One run, of one row at least."""

    def __init__(self, folder: Path, rows: int, portions: Iterator[Run]) -> None:
        """``portions``: the run in pieces, ``rows`` in all. Raises OSError."""
        file = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - open as long as this object
        weakref.finalize(self, file.close)
        self._fd = file.fileno()
        self._rows = 0
        self._filter = np.zeros(-(-rows // _KEYS_A_WORD), dtype=np.uint64)
        firsts = []
        for keys, digests in portions:
            table = np.empty(len(keys), [("key", "<u8"), ("digests", "<u8", digests.shape[1:])])
            table["key"], table["digests"] = keys, digests
            _write(self._fd, table)
            np.bitwise_or.at(self._filter, self._words(keys), _patterns(keys))
            firsts.append(keys[-self._rows % _BLOCK :: _BLOCK].copy())  # not to hold the piece by it
            self._rows += len(keys)
        self._row = table.dtype
        self._firsts = np.concatenate(firsts)

    def __len__(self) -> int:
        return self._rows

    def look_up(self, keys: Keys, patterns: Keys, known: NDArray[np.bool_], digests: Keys) -> None:
        """See ``Runs``; ``patterns``: those of the keys."""
        likely = np.flatnonzero(self._filter[self._words(keys)] & patterns == patterns)
        if not len(likely):
            return
        blocks = np.unique(np.maximum(np.searchsorted(self._firsts, keys[likely], side="right") - 1, 0))
        read = b"".join(self._read(block * _BLOCK, _BLOCK) for block in blocks.tolist())
        found, noted = known[likely], digests[likely]
        look_up_run(*self._run(read), keys[likely], found, noted)
        known[likely], digests[likely] = found, noted

    def portions(self) -> Iterator[Run]:
        """The run in pieces."""
        for start in range(0, self._rows, _PORTION):
            yield self._run(self._read(start, _PORTION))

    def _read(self, start: int, most: int) -> bytes:
        """So many rows, or as many as there are. Raises OSError."""
        size = self._row.itemsize
        read, wanted = b"", min(most, self._rows - start) * size
        while len(read) < wanted:
            if not (more := os.pread(self._fd, wanted - len(read), start * size + len(read))):
                raise OSError(errno.EIO, "a file is shorter than it was")
            read += more
        return read

    def _run(self, read: bytes) -> Run:
        table = np.frombuffer(read, self._row)
        return table["key"], table["digests"]

    def _words(self, keys: Keys) -> NDArray[np.intp]:
        """Where in the filter each key's word is: by its upper half, so that sorted keys' are in order."""
        return ((keys >> np.uint64(32)) * np.uint64(len(self._filter)) >> np.uint64(32)).astype(np.intp)


def _patterns(keys: Keys) -> Keys:
    """The bits a key sets in its word: by its lower half, six bits of it each."""
    patterns = np.zeros_like(keys)
    for bit in range(_BITS):
        patterns |= np.uint64(1) << (keys >> np.uint64(6 * bit) & np.uint64(63))
    return patterns


def _merged(one: Iterator[Run], other: Iterator[Run]) -> Iterator[Run]:
    """One run in pieces of two."""
    first, second = next(one, None), next(other, None)
    while first is not None and second is not None:
        end = min(first[0][-1], second[0][-1])
        (here, first), (there, second) = _cut(first, end, one), _cut(second, end, other)
        yield merge_runs(here, there)
    for rest, others in ((first, one), (second, other)):
        if rest is not None:
            yield rest
            yield from others


def _cut(piece: Run, end: np.uint64, others: Iterator[Run]) -> tuple[Run, Run | None]:
    """What of a piece is up to ``end``; and the rest, or else the next piece."""
    keys, digests = piece
    at = int(np.searchsorted(keys, end, side="right"))
    rest = (keys[at:], digests[at:]) if at < len(keys) else next(others, None)
    return (keys[:at], digests[:at]), rest


def _pieces(keys: Keys, digests: Keys) -> Iterator[Run]:
    """A run in pieces."""
    for start in range(0, len(keys), _PORTION):
        yield keys[start : start + _PORTION], digests[start : start + _PORTION]


def _write(fd: int, table: NDArray[np.void]) -> None:
    left = table.data.cast("B")
    while left:
        left = left[os.write(fd, left) :]
