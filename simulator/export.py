"""The city as a trip file: one row per completed order, as ``quzhong replay`` reads it."""

import csv
from typing import TextIO

import numpy as np

from simulator.city import City
from simulator.measures import order_times

TRIP_COLUMNS = ("driver_id", "start", "end", "distance_m", "platform")


def write_trips(city: City, file: TextIO) -> int:
    """Write the trips in the order of their start; returns how many.

    ``start`` is the acceptance and ``end`` the completion, UTC with milliseconds. ``driver_id`` is the raw
    identity; ``distance_m`` is empty where the platform did not state it.
    """
    times = order_times(city)
    rows = np.flatnonzero(times.completed)
    rows = rows[np.argsort(times.accepted_ms[rows], kind="stable")]
    start, end = (_iso(column[rows]) for column in (times.accepted_ms, times.completed_ms))
    platform_ids = [platform.id for platform in city.platforms]
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(TRIP_COLUMNS)
    writer.writerows(
        zip(
            city.worker_names[times.worker[rows]].tolist(),
            start,
            end,
            [metres if metres >= 0 else "" for metres in times.distance_m[rows].tolist()],
            [platform_ids[platform] for platform in times.platform[rows].tolist()],
            strict=True,
        )
    )
    return len(rows)


def _iso(epoch_ms: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> list[str]:
    stamps = np.datetime_as_string(epoch_ms.astype("datetime64[ms]"), unit="ms", timezone="UTC")
    return list(stamps.tolist())
