"""The rows of a file that is audited: one value a row, of whom, how far, in which group.

The value is the time between two columns, the average speed over it, or a column of its own. A time without
an end, but seen until some moment, is right-censored: at least that long. What cannot be used is counted by
reason; a row that cannot be read is kept as a ``Problem`` with its line.
"""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import chain, islice
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from cli.bad_input import BadInputError
from cli.file_columns import heading_of, require
from cli.output import Output
from cli.trips import Problem, RowError, moment_of, open_text, readable_rows
from services.algo_audit.core.metrics import DELIVERY_TIME, IMPLIED_SPEED, Metric

DEFAULT_WORKER: Final = "driver_id"
DEFAULT_DISTANCE: Final = "distance_m"
_LONG_FILE: Final = 200_000
"""Rows after which a person has waited for a second, and is shown that it goes on."""
_SHOWN_EVERY: Final = 20_000


class LeftOut(Enum):
    """Why a row has no value; Chinese and English."""

    END_BEFORE_START = ("结束早于开始（时长为负）", "ends before it starts (negative duration)")
    ZERO_DURATION = ("开始与结束为同一时刻", "starts and ends in the same moment")
    END_NOT_STATED = ("没有结束时间", "no end stated")
    DISTANCE_NOT_STATED = ("距离未知，无法计算速度", "distance unknown, so no speed")
    VALUE_NOT_STATED = ("数值为空", "no value stated")
    NEGATIVE_VALUE = ("数值为负", "a negative value")
    TOO_GREAT = (
        "占比超过可能的最大值；数值若为百分数，请加 --value-unit %",
        "a share above what can be; if the values are per cent, say --value-unit %",
    )
    FASTER_THAN_LAWFUL = ("平均车速超过法定时速", "faster on average than is lawful")


class Source(Enum):
    """Where the value of a row comes from."""

    DURATION = "duration"
    SPEED = "speed"
    COLUMN = "column"


@dataclass(frozen=True, slots=True)
class AuditColumns:
    """What the columns of the file are called; None: nobody asked, and it is taken if it is there."""

    source: Source
    start: str
    end: str
    until: str | None
    """When a row without an end was seen last."""
    value: str | None
    factor: float
    """What the value column's numbers are multiplied by."""
    most: float
    """In the metric's unit: a greater value is a mistaken unit."""
    worker: str | None
    distance: str | None
    group: str | None


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows that have a value, in the order of the file; arrays of shape (n,)."""

    value: NDArray[np.float64]
    """In the metric's unit."""
    censored: NDArray[np.bool_]
    """Not seen to its end: the truth is greater."""
    worker: NDArray[np.int64]
    """Code of whom; every row its own where the file does not say."""
    distance_m: NDArray[np.float64]
    """NaN where unknown."""
    group: NDArray[np.int64]
    """Code into ``groups``; −1 where unknown."""
    groups: tuple[str, ...]
    has_worker: bool
    has_distance: bool
    read: int
    """Rows of the file that could be read."""
    left_out: Counter[LeftOut]
    problems: tuple[Problem, ...]

    def __len__(self) -> int:
        return len(self.value)

    def without(self, those: NDArray[np.bool_], reason: LeftOut) -> Rows:
        """The rows but those (shape (n,)), which are counted as left out."""
        count = int(those.sum())
        return replace(
            self,
            value=self.value[~those],
            censored=self.censored[~those],
            worker=self.worker[~those],
            distance_m=self.distance_m[~those],
            group=self.group[~those],
            left_out=self.left_out + Counter({reason: count} if count else {}),
        )


def faster_than(rows: Rows, metric: Metric, km_h: float) -> NDArray[np.bool_]:
    """Which rows went faster on average, shape (n,); none where the values tell no speed, as a worker's day
    does not, or an order that was broken off."""
    if metric.id == IMPLIED_SPEED.id:
        return rows.value > km_h
    if metric.id != DELIVERY_TIME.id:
        return np.zeros(len(rows), np.bool_)
    faster: NDArray[np.bool_] = rows.distance_m * 3.6 > km_h * rows.value  # false where NaN
    return faster & ~rows.censored


def read_rows(path: Path, columns: AuditColumns, zone: ZoneInfo, output: Output) -> Rows:
    """Read a CSV file, gzip or plain. ``zone`` is for times that state none.

    Raises:
        BadInputError: if a column is not there, or the file is empty.
        OSError: if the file cannot be read, is damaged, or is not UTF-8.
    """
    with open_text(path) as file:
        reader = csv.DictReader(file, restval="")
        there = heading_of(reader, path)
        require(there, _needed(columns))
        worker = columns.worker or (DEFAULT_WORKER if DEFAULT_WORKER in there else None)
        distance = columns.distance or (DEFAULT_DISTANCE if DEFAULT_DISTANCE in there else None)
        if columns.source is Source.SPEED and distance is None:
            zh, en = "计算速度需要距离列，请指定", "a speed needs distances; name their column"
            raise BadInputError("--distance-column", "", zh, en, reason="COLUMN_MISSING")
        taken = _Taken(columns, worker, distance, zone)
        for number, row in enumerate(_shown(reader, taken.problems, output)):
            taken.add(row, number, reader.line_num)
    return taken.rows()


def _needed(columns: AuditColumns) -> dict[str, str]:
    """The option that names a column → its name, of those that must be there."""
    asked = {
        "--value-column": columns.value,
        "--group-column": columns.group,
        "--worker-column": columns.worker,
        "--distance-column": columns.distance,
    }
    if columns.source is not Source.COLUMN:
        asked |= {
            "--from-column": columns.start,
            "--to-column": columns.end,
            "--until-column": columns.until,
        }
    return {option: column for option, column in asked.items() if column is not None}


def _shown(reader: csv.DictReader[str], problems: list[Problem], output: Output) -> Iterator[dict[str, str]]:
    """The rows; of a long file, with a sign of life on stderr."""
    rows = readable_rows(reader, problems)
    yield from islice(rows, _LONG_FILE)
    if (first := next(rows, None)) is None:
        return
    with output.progress() as bar:
        task = bar.add_task(output.pick("读取", "reading"), total=None, completed=_LONG_FILE)
        for number, row in enumerate(chain([first], rows), 1):
            if number % _SHOWN_EVERY == 0:
                bar.update(task, advance=_SHOWN_EVERY)
            yield row


class _Taken:
    """Rows as they come in."""

    def __init__(
        self, columns: AuditColumns, worker: str | None, distance: str | None, zone: ZoneInfo
    ) -> None:
        self.problems: list[Problem] = []
        self._columns, self._worker, self._distance, self._zone = columns, worker, distance, zone
        self._read = 0
        self._left_out: Counter[LeftOut] = Counter()
        self._values: list[float] = []
        self._censored: list[bool] = []
        self._distances: list[float] = []
        self._workers: list[int] = []
        self._groups: list[int] = []
        self._worker_codes: dict[str, int] = {}
        self._group_codes: dict[str, int] = {}

    def add(self, row: dict[str, str], number: int, line: int) -> None:
        """Take a row, count it as left out, or keep it as a problem."""
        try:
            worker = self._who(row, number)
            distance = self._how_far(row)
            censored = self._is_censored(row)
            value = self._value(row, distance, censored)
        except RowError as error:
            self.problems.append(Problem(line, *error.problem))
            return
        self._read += 1
        if isinstance(value, LeftOut):
            self._left_out[value] += 1
            return
        self._values.append(value)
        self._censored.append(censored)
        self._distances.append(distance)
        self._workers.append(worker)
        self._groups.append(self._group(row))

    def rows(self) -> Rows:
        """All of them."""
        return Rows(
            value=np.array(self._values, np.float64),
            censored=np.array(self._censored, np.bool_),
            worker=np.array(self._workers, np.int64),
            distance_m=np.array(self._distances, np.float64),
            group=np.array(self._groups, np.int64),
            groups=tuple(self._group_codes),
            has_worker=self._worker is not None,
            has_distance=self._distance is not None,
            read=self._read,
            left_out=self._left_out,
            problems=tuple(self.problems),
        )

    def _who(self, row: dict[str, str], number: int) -> int:
        if self._worker is None:
            return number
        name = row[self._worker].strip()
        if not name:
            raise RowError(self._worker, "", "为空", "empty")
        return self._worker_codes.setdefault(name, len(self._worker_codes))

    def _group(self, row: dict[str, str]) -> int:
        name = row[self._columns.group].strip() if self._columns.group is not None else ""
        return self._group_codes.setdefault(name, len(self._group_codes)) if name else -1

    def _how_far(self, row: dict[str, str]) -> float:
        if self._distance is None or not row[self._distance].strip():
            return math.nan
        metres = _number(row, self._distance)
        if metres is None or metres < 0:
            raise RowError(
                self._distance, row[self._distance], "不是以米计的距离", "not a distance in metres"
            )
        return metres

    def _is_censored(self, row: dict[str, str]) -> bool:
        # A speed over a part of the way would be a bound of nothing.
        columns = self._columns
        return (
            columns.source is Source.DURATION
            and columns.until is not None
            and not row[columns.end].strip()
            and bool(row[columns.until].strip())
        )

    def _value(self, row: dict[str, str], distance_m: float, censored: bool) -> float | LeftOut:
        columns = self._columns
        if columns.source is Source.COLUMN:
            assert columns.value is not None
            return self._stated(row, columns.value)
        if not censored and not row[columns.end].strip():
            return LeftOut.END_NOT_STATED
        end = columns.until if censored and columns.until is not None else columns.end
        start_ms, end_ms = (moment_of(row, column, self._zone) for column in (columns.start, end))
        if end_ms < start_ms:
            return LeftOut.END_BEFORE_START
        if end_ms == start_ms:
            return LeftOut.ZERO_DURATION
        seconds = (end_ms - start_ms) / 1000
        if columns.source is Source.DURATION:
            return seconds
        return LeftOut.DISTANCE_NOT_STATED if math.isnan(distance_m) else distance_m / seconds * 3.6

    def _stated(self, row: dict[str, str], column: str) -> float | LeftOut:
        if not row[column].strip():
            return LeftOut.VALUE_NOT_STATED
        value = _number(row, column)
        if value is None:
            raise RowError(column, row[column], "不是数值", "not a number")
        if value < 0:
            return LeftOut.NEGATIVE_VALUE
        value *= self._columns.factor
        return value if value <= self._columns.most else LeftOut.TOO_GREAT


def _number(row: dict[str, str], column: str) -> float | None:
    """None if it is no finite number."""
    try:
        number = float(row[column])
    except ValueError:
        return None
    return number if math.isfinite(number) else None
