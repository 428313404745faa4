"""In which order a platform's events reach the city: mostly by time, some late, some twice.

Lateness and repetition are measured in places of the platform's own stream, not in minutes, so that a
repeated event is sure to fall into another request when the stream is cut into requests of up to 1,000.
"""

import numpy as np
from numpy.typing import NDArray

LATE_PLACES = (20, 5_000)
"""A late event comes after so many younger ones; 5,000 is half an hour of the default city's largest platform
in a peak."""
REPEAT_PLACES = (1_200, 8_000)
"""A repeated event comes again after so many others: more than a request's worth."""


def arrival_order(
    events: NDArray[np.int64], late_share: float, duplicate_share: float, rng: np.random.Generator
) -> NDArray[np.int64]:
    """``events`` (indices of one platform, by time) in the order of arrival; repeated events appear twice.

    In a stream too short for the distances above they shrink to a quarter of its length.
    """
    size = len(events)
    place = np.arange(size, dtype=np.float64)
    late = rng.random(size) < late_share
    first = place + np.where(late, rng.uniform(*fitted(LATE_PLACES, size), size), 0.0)
    repeat_from, repeat_to = fitted(REPEAT_PLACES, size)
    # The tail is left out: an event so near the end could not come again far enough behind itself.
    repeated = np.flatnonzero((rng.random(size) < duplicate_share) & (first < size - repeat_from))
    again = np.minimum(first[repeated] + rng.uniform(repeat_from, repeat_to, len(repeated)), size)
    come_in = np.argsort(np.concatenate([first, again]), kind="stable")
    return np.concatenate([events, events[repeated]])[come_in]


def fitted(places: tuple[int, int], size: int) -> tuple[float, float]:
    """A range of places, shrunk to what a stream of ``size`` events allows."""
    most = size / 4
    return min(places[0], most), min(places[1], most)
