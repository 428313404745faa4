"""Copies of SQLite files that are being written, all as of one moment.

A store, what it has sent and how far it has read belong together with the log they name, so file after file
would not do. The cut:

1. take the writer's turn of every file, the stores' first and the log's last: a service that holds a store
   may be waiting for the log, and never the other way round;
2. begin a read of each: what it sees is what is there now, however long it takes;
3. give what lies beside the files its place (``meanwhile``);
4. give the turns back: services have waited for some milliseconds;
5. copy each file as its read sees it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from pathlib import Path

from kit.errors import StorageUnavailableError

TURN_S = 30.0
"""Longest wait for a file's writer. Their transactions take well under a second."""
_PAGES = 4_096
"""Copied at once: 16 MB."""


def copy_at_one_moment(files: Mapping[Path, Path], meanwhile: Callable[[], None] = lambda: None) -> None:
    """Copy files (from → to) in the order in which their writers are held up.

    Raises:
        StorageUnavailableError: (retryable) if one cannot be read, or its writer does not end.
    """
    try:
        with ExitStack() as stack:
            reads: dict[Path, sqlite3.Connection] = {}
            with ExitStack() as turns:
                for file in files:
                    writing = turns.enter_context(closing(_open(file)))
                    writing.execute("BEGIN IMMEDIATE")  # 1
                for file in files:
                    reads[file] = stack.enter_context(closing(_open(file)))
                    reads[file].execute("BEGIN")  # 2
                    reads[file].execute("SELECT count(*) FROM sqlite_master").fetchone()
                meanwhile()  # 3
            for file, read in reads.items():  # 4
                _copy(read, files[file])  # 5
    except sqlite3.Error as error:
        raise StorageUnavailableError(f"a SQLite file cannot be copied: {error}") from error


def _open(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=TURN_S, isolation_level=None
    )


def _copy(read: sqlite3.Connection, to: Path) -> None:
    with closing(sqlite3.connect(to)) as copy:
        read.backup(copy, pages=_PAGES)
        (found,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise StorageUnavailableError(f"the copy {to} is damaged: {found}")
