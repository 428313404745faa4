"""The value of each coarse group of workers on each platform: a median, or the attainment of the threshold
that holds for each row.

| the metric has            | a group's value is made from                                                   |
|---------------------------|--------------------------------------------------------------------------------|
| medians                   | its values, ascending                                                          |
| attainment, no censoring  | how many rows each of its workers has, and how many of them meet their τ       |
| attainment, with censored | its values up to τ, ascending: what is beyond does not enter A(τ), so that the |
|                           | other rows stay in any order                                                   |

Rows are put in order once, for all groupings and platforms.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.baseline import Sample, attainment, ordered_sample, quantile
from services.algo_audit.core.combinations import dense
from services.algo_audit.core.groups import by_value, two_valued
from services.algo_audit.core.intervals import Interval, attainment_interval, quantile_interval
from services.algo_audit.core.metrics import Direction
from services.algo_audit.core.observations import NOT_IN_A_GROUP, Group, Observations
from services.algo_audit.core.privacy import MinimumCell, published_in_lines, tens_in_lines
from services.algo_audit.core.tally import NOWHERE, tally


@dataclass(frozen=True, slots=True)
class Figure:
    """A group's value."""

    group: int
    workers: int
    tens: int
    """The orders that its rows are made of, as they may be told (privacy.tens_in_lines)."""
    value: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class Stated:
    """What one platform states of one grouping."""

    orders: int
    """Of rows that state no group."""
    missing: float
    """Share of such rows."""
    figures: tuple[Figure, ...]
    """Of the groups that may be told, by code; none if too many rows state none."""


class GroupRows:
    """The rows that groups are compared by: in the order that the metric's figure needs."""

    def __init__(
        self,
        observations: Observations,
        kept: NDArray[np.bool_],
        tau: NDArray[np.float64] | None,
        confidence: float,
    ) -> None:
        """`tau`: the threshold of each row; None: by the median."""
        value = observations.value if tau is None else observations.value / tau
        self._direction = observations.metric.direction
        self._by_median, self._confidence = tau is None, confidence
        self.platforms, platform = dense(observations.platform)
        rows = np.flatnonzero(kept)
        value, censored = value[rows], observations.censored[rows]
        self._censored = bool(censored.any())
        if self._by_median or self._censored:
            order = _ordered(value, censored, np.inf if self._by_median else 1.0)
            rows, value, censored = rows.take(order), value.take(order), censored.take(order)
            if not self._by_median:
                value[value > 1.0] = np.inf
        self._value, self._is_censored = value, censored
        # Narrowed before they are put in order: what is read here and there should fit the cache.
        self._worker = _narrow(observations.worker).take(rows).astype(np.int64)
        self._orders = None if (observations.orders == 1).all() else observations.orders.take(rows)
        self._platform = _narrow(platform).take(rows)
        self._groups = {of: _narrow(codes).take(rows) for of, codes in observations.groups.items()}

    @property
    def groupings(self) -> list[Group]:
        """Those that the rows have, in order."""
        return [grouping for grouping in Group if grouping in self._groups]

    def of(self, grouping: Group, most_missing: float, minimum: MinimumCell) -> Iterator[Stated]:
        """For each platform, in order, its groups."""
        column = self._groups[grouping]
        there = column != NOT_IN_A_GROUP
        groups, group = dense(np.where(there, column, column.max(initial=NOT_IN_A_GROUP)))
        width, platforms = len(groups), len(self.platforms)
        cells = width * platforms
        cell = np.where(there, self._platform.astype(np.int32) * width + group, NOWHERE).astype(np.int32)
        counted = tally(cell, self._worker, cells)
        orders = counted.sizes
        if self._orders is not None:
            orders = np.bincount(cell + 1, self._orders, cells + 1).astype(np.int64)[1:]
        line = np.arange(cells) // max(width, 1)
        told, tens = published_in_lines(line, counted, orders, minimum), tens_in_lines(line, orders)

        rows = np.maximum(np.bincount(self._platform, minlength=platforms), 1)
        missing = np.bincount(self._platform[~there], minlength=platforms)
        unstated = missing
        if self._orders is not None:
            unstated = np.bincount(self._platform[~there], self._orders[~there], platforms)
        samples = self._samples(cell, cells)
        for code in range(platforms):
            share = float(missing[code] / rows[code])
            figures = []
            for at in range(code * width, (code + 1) * width) if share <= most_missing else ():
                if told[at]:
                    sample = samples(at)
                    value, interval = self._figure(sample)
                    figures.append(
                        Figure(int(groups[at % width]), sample.workers, int(tens[at]), value, interval)
                    )
            yield Stated(int(unstated[code]), share, tuple(figures))

    def _samples(self, cell: NDArray[np.int32], cells: int) -> Callable[[int], Sample]:
        """How to have the sample of a cell."""
        if not (self._by_median or self._censored):
            low = self._value <= 1 if self._direction is Direction.AT_MOST else self._value < 1
            below = tally(np.where(low, cell, NOWHERE), self._worker, cells)
            every = tally(cell, self._worker, cells)

            def counted(at: int) -> Sample:
                hits = below.beside(every, at)
                # τ is 1, and met by what is at most that, or at least.
                ends = (1.0, 2.0) if self._direction is Direction.AT_MOST else (0.0, 1.0)
                return two_valued(hits, every.rows[every.of(at)] - hits, ends)

            return counted
        by_cell = np.argsort(cell.astype(np.int16) if cells < 2**15 else cell, kind="stable")
        ends = np.cumsum(np.bincount(cell + 1, minlength=cells + 1))

        def in_order(at: int) -> Sample:
            rows = by_cell[ends[at] : ends[at + 1]]
            censored = self._is_censored.take(rows) if self._censored else None
            return ordered_sample(self._value.take(rows), self._worker.take(rows), censored)

        return in_order

    def _figure(self, sample: Sample) -> tuple[float, Interval]:
        if self._by_median:
            return quantile(sample, 0.5), quantile_interval(sample, 0.5, self._confidence)
        interval = attainment_interval(sample, 1.0, self._direction, self._confidence)
        return attainment(sample, 1.0, self._direction), interval


def _narrow(codes: NDArray[np.signedinteger]) -> NDArray[np.signedinteger]:
    for dtype in (np.int8, np.int32):
        limits = np.iinfo(dtype)
        if len(codes) and limits.min <= codes.min() and codes.max() <= limits.max:
            return codes.astype(dtype)
    return codes


def _ordered(value: NDArray[np.float64], censored: NDArray[np.bool_], reach: float) -> NDArray[np.intp]:
    """Rows up to `reach` ascending (of equal values the censored last), then the others."""
    if reach == np.inf:
        return by_value(value, censored)
    within = value <= reach
    near = np.flatnonzero(within)
    return np.concatenate([near[by_value(value[near], censored[near])], np.flatnonzero(~within)])
