"""Trip files: one row a trip, with who, from when, until when and how far.

A row that cannot be read is kept as a ``Problem`` with its line, and the rest of the file goes on.
"""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from cli.file_columns import heading_of, require

GZIP_MAGIC = b"\x1f\x8b"

DISTANCE_NOT_STATED = -1

LONGEST_M = 2**31 - 1
"""What an event can state (``distance_m`` is an int32)."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of the file are called."""

    driver: str = "driver_id"
    start: str = "start"
    end: str = "end"
    distance: str = "distance_m"
    """May be missing in the file."""
    order: str = "order_id"
    """May be missing in the file."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that was left out."""

    line: int
    """In the file, from 1, the heading included."""
    column: str
    value: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Trips:
    """The readable rows, in the order of the file; all columns have the same length."""

    driver: list[str]
    order: list[str]
    """What identifies the trip: the order column, or the row's own values, so that the same trip has the same
    identity wherever it stands in whatever file."""
    start_ms: NDArray[np.int64]
    """Epoch milliseconds, UTC."""
    end_ms: NDArray[np.int64]
    """Never before the start."""
    distance_m: NDArray[np.int64]
    """Whole metres; ``DISTANCE_NOT_STATED``."""
    problems: tuple[Problem, ...]

    def __len__(self) -> int:
        return len(self.driver)


class RowError(ValueError):
    """A row that cannot be read."""

    def __init__(self, column: str, value: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.problem = (column, value, zh, en)


def read_trips(path: Path, columns: Columns, zone: ZoneInfo) -> Trips:
    """Read a CSV file, gzip or plain (told apart by content). ``zone`` is for times that state none.

    Raises:
        BadInputError: if the driver, start or end column is not there, or the file is empty.
        OSError: if the file cannot be read, is damaged, or is not UTF-8.
    """
    problems: list[Problem] = []
    drivers: list[str] = []
    orders: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    distances: list[int] = []
    with open_text(path) as file:
        reader = csv.DictReader(file, restval="")
        named = {
            "--driver-column": columns.driver,
            "--start-column": columns.start,
            "--end-column": columns.end,
        }
        require(heading_of(reader, path), named)
        for row in readable_rows(reader, problems):
            try:
                driver, start, end, distance = _trip(row, columns, zone)
            except RowError as error:
                problems.append(Problem(reader.line_num, *error.problem))
                continue
            drivers.append(driver)
            starts.append(start)
            ends.append(end)
            distances.append(distance)
            orders.append(row.get(columns.order) or f"{driver}\n{start}\n{end}\n{distance}")
    return Trips(
        driver=drivers,
        order=orders,
        start_ms=np.array(starts, dtype=np.int64),
        end_ms=np.array(ends, dtype=np.int64),
        distance_m=np.array(distances, dtype=np.int64),
        problems=tuple(problems),
    )


def readable_rows(reader: csv.DictReader[str], problems: list[Problem]) -> Iterator[dict[str, str]]:
    """The rows that are CSV; the others become problems."""
    rows = iter(reader)
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            problems.append(Problem(reader.line_num, "", "", f"不是 CSV：{error}", f"not CSV: {error}"))
            continue
        yield row


def epoch_ms(text: str, zone: ZoneInfo) -> int:
    """An ISO 8601 moment as epoch milliseconds.

    One that states no offset is local time of ``zone``; of an hour that comes twice when summer time ends,
    the first is meant.

    Raises:
        ValueError: if it is no ISO 8601 moment.
    """
    moment = datetime.fromisoformat(text.strip())
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    return round(moment.timestamp() * 1000)


def _trip(row: dict[str, str], columns: Columns, zone: ZoneInfo) -> tuple[str, int, int, int]:
    driver = row[columns.driver].strip()
    if not driver:
        raise RowError(columns.driver, "", "为空", "empty")
    start, end = (moment_of(row, column, zone) for column in (columns.start, columns.end))
    if end < start:
        raise RowError(columns.end, row[columns.end], "早于开始时间", "before the start")
    return driver, start, end, _distance(row, columns.distance)


def moment_of(row: dict[str, str], column: str, zone: ZoneInfo) -> int:
    """A column as epoch milliseconds; see ``epoch_ms``. Raises RowError if it is no moment."""
    try:
        return epoch_ms(row[column], zone)
    except (ValueError, OverflowError):
        raise RowError(column, row[column], "不是 ISO 8601 时间", "not an ISO 8601 time") from None


def _distance(row: dict[str, str], column: str) -> int:
    text = (row.get(column) or "").strip()
    if not text:
        return DISTANCE_NOT_STATED
    try:
        metres = round(float(text))
    except (ValueError, OverflowError):
        metres = DISTANCE_NOT_STATED
    if not 0 <= metres <= LONGEST_M:
        raise RowError(column, text, "不是以米计的距离", "not a distance in metres")
    return metres


@contextmanager
def open_text(path: Path) -> Iterator[TextIO]:
    """A text file, gzip or plain (told apart by content).

    Raises:
        OSError: if it cannot be read, is damaged, or is not UTF-8.
    """
    with path.open("rb") as probe:
        zipped = probe.read(2) == GZIP_MAGIC
    try:
        # utf-8-sig: spreadsheets put a byte-order mark in front.
        with (
            gzip.open(path, "rb") if zipped else path.open("rb") as raw,
            TextIOWrapper(raw, encoding="utf-8-sig", newline="") as file,
        ):
            yield file
    except UnicodeDecodeError as error:
        raise OSError(
            f"{path}: not UTF-8: save it as “CSV UTF-8” · 不是 UTF-8：请另存为“CSV UTF-8”"
        ) from error
    except (EOFError, zlib.error) as error:
        raise OSError(f"{path}: {error}") from error
