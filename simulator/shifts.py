"""When each worker means to work: stretches of the day, and whether a break between two is ridden through."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.parameters import CityParameters
from simulator.workforce import Workforce

START_SPREAD_S = 12 * 60
"""Standard deviation of a stretch's start and end around the habit. Assumption."""
LONGEST_STRETCH_S = int(3.4 * 3_600)
"""Of a worker who does take breaks; see ``parameters.SHIFT_PATTERNS``."""


@dataclass(frozen=True, slots=True)
class Shifts:
    """Planned stretches, arrays of shape (workers, most stretches); seconds after local midnight."""

    start_s: NDArray[np.float64]
    end_s: NDArray[np.float64]
    count: NDArray[np.int64]
    """How many stretches a worker has; the columns from there on are NaN."""


def draw_shifts(parameters: CityParameters, workforce: Workforce, rng: np.random.Generator) -> Shifts:
    """Spread the habits' stretches over the workers; join two neighbours for those who skip a break."""
    patterns = parameters.shift_patterns
    most = max(len(pattern.stretches) for pattern in patterns)
    planned = np.full((len(patterns), most, 2), np.nan)
    for row, pattern in enumerate(patterns):
        planned[row, : len(pattern.stretches)] = np.asarray(pattern.stretches) * 3_600
    start, end = np.moveaxis(planned[workforce.pattern], 2, 0)
    spread = np.clip(rng.standard_normal((2, *start.shape)), -2, 2) * START_SPREAD_S
    start = start + spread[0]
    end = np.minimum(end + spread[1], start + LONGEST_STRETCH_S)
    count = np.count_nonzero(np.isfinite(start), axis=1)

    # Join stretch j with j + 1: drop the end of j and the start of j + 1, and close up.
    joined = workforce.unbroken & (count >= 2)
    at = (rng.random(len(count)) * np.minimum(count - 1, 2)).astype(np.int64)
    column = np.arange(most)
    closed_up = np.minimum(column + (column > at[:, None]), most - 1)
    dropped = column[None, :] == most - 1
    joined_start = np.where(dropped, np.nan, np.take_along_axis(start, closed_up, axis=1))
    joined_end = np.take_along_axis(end, np.minimum(column + (column >= at[:, None]), most - 1), axis=1)
    joined_end = np.where(dropped, np.nan, joined_end)
    return Shifts(
        start_s=np.where(joined[:, None], joined_start, start),
        end_s=np.where(joined[:, None], joined_end, end),
        count=count - joined,
    )
