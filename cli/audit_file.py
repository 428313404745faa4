"""``quzhong audit``: how long the trips of a file take, by distance band, with nothing sent anywhere."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from cli.output import CommandError, Output
from cli.replay import show_problems
from cli.trips import DISTANCE_NOT_STATED, Columns, read_trips
from services.algo_audit.core.bands import DISTANCE_BANDS, band_of
from services.algo_audit.core.summary import Percentile, Summary, summarise


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of some of the trips."""

    zh: str
    en: str
    summary: Summary


def audit_file(file: Path, columns: Columns, zone: ZoneInfo, output: Output) -> None:
    """Print n, workers, P10, P50, P90 in minutes and the median's interval: of all trips, and of each band.

    Raises:
        CommandError: if no trip has a duration.
        NoSuchColumnError: if the file has no such columns.
    """
    trips = read_trips(file, columns, zone)
    show_problems(output, trips)
    durations_s = (trips.end_ms - trips.start_ms) / 1000.0
    drivers = np.array(trips.driver)
    if not (durations_s > 0).any():
        text = f"{file}：没有时长为正的行", f"{file}: no row has a duration"
        raise CommandError(*text, reason="NO_ROWS")
    whole = Line("全部", "all", summarise(durations_s, drivers))
    lines = [whole, *_by_band(durations_s, drivers, trips.distance_m)]
    table = output.table(
        ("时长（分钟）", "Duration, minutes"),
        ("距离", "distance"),
        ("订单", "orders"),
        ("劳动者", "workers"),
        ("P10", "P10"),
        ("P50", "P50"),
        ("P50 的 95% 区间", "95% interval of P50"),
        ("P90", "P90"),
    )
    for line in lines:
        figures = line.summary
        table.add_row(
            output.pick(line.zh, line.en),
            f"{figures.n:,}",
            f"{figures.workers:,}",
            f"{figures.p10.minutes:.1f}",
            f"{figures.p50.minutes:.1f}",
            f"{figures.p50.interval.low:.1f}–{figures.p50.interval.high:.1f}",
            f"{figures.p90.minutes:.1f}",
        )
    document = {
        "file": file.name,
        "unreadable": len(trips.problems),
        "excluded": whole.summary.excluded,
        "all": _document(whole),
        "bands": [_document(line) | {"band": line.en} for line in lines[1:]],
    }
    output.result(document, table)


def _by_band(
    durations_s: NDArray[np.float64], drivers: NDArray[np.str_], distance_m: NDArray[np.int64]
) -> list[Line]:
    """The bands in which some trip has a duration."""
    metres = np.where(distance_m == DISTANCE_NOT_STATED, np.nan, distance_m)
    band = band_of(metres)
    lines = []
    for number, distances in enumerate(DISTANCE_BANDS):
        inside = (band == number) & (durations_s > 0)
        if inside.any():
            summary = summarise(durations_s[inside], drivers[inside])
            lines.append(Line(distances.label_zh, distances.label_en, summary))
    return lines


def _document(line: Line) -> dict[str, Any]:
    figures = line.summary
    return {
        "orders": figures.n,
        "workers": figures.workers,
        "p10": _minutes(figures.p10),
        "p50": _minutes(figures.p50),
        "p90": _minutes(figures.p90),
    }


def _minutes(percentile: Percentile) -> dict[str, float | None]:
    """Minutes; an end that the data cannot bound is null."""
    ends = (percentile.interval.low, percentile.interval.high)
    low, high = (round(end, 3) if math.isfinite(end) else None for end in ends)
    return {"minutes": round(percentile.minutes, 3), "low": low, "high": high}
