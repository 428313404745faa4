"""What is left of somebody in a data folder, however it is packed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pyarrow.parquet as pq

from services.workhours.engine import snapshots
from services.workhours.erasing import STATE


def traces(folder: Path, words: Sequence[str]) -> dict[str, list[str]]:
    """Where any of these words stands: file, or file and table → the words."""
    found: dict[str, list[str]] = {}
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = str(file.relative_to(folder))
        try:
            contents = [(name, file.read_bytes()), *_unpacked(file, name)]
        except FileNotFoundError:
            continue  # a segment of the archive has just been written again under another name
        for place, content in contents:
            here = [word for word in words if word.encode() in content]
            if here:
                found[place] = here
    return found


def _unpacked(file: Path, name: str) -> Iterator[tuple[str, bytes]]:
    if file.suffix == ".parquet":
        yield f"{name} (rows)", repr(pq.read_table(file).to_pylist()).encode()
    elif file.suffix == ".db":
        # Also by rows: a value may lie over several pages.
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
            tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (table,) in tables:
                for row in connection.execute(f'SELECT * FROM "{table}"'):
                    yield f"{name} {table}", b" ".join(map(_plain, row))
                    if table == "state_blob" and str(row[0]).startswith(STATE):
                        blob = next(value for value in row if isinstance(value, bytes))
                        yield f"{name} {table} (unpacked)", snapshots.opened(blob)["told"].tobytes()


def _plain(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()
