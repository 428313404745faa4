"""The value of each coarse group of workers on each platform: a median, or the attainment of the threshold
that holds for each row.

| the metric has            | a group's value is made from                                                   |
|---------------------------|--------------------------------------------------------------------------------|
| medians                   | its values, ascending                                                          |
| attainment, no censoring  | how many rows each of its workers has, and how many of them meet their τ       |
| attainment, with censored | its values up to τ, ascending; of those beyond, how many each worker has       |

Rows are put in order, and counted by whose they are, once for all groupings and platforms.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.baseline import Sample, attainment, quantile
from services.algo_audit.core.combinations import combinations_of, dense, pieces
from services.algo_audit.core.groups import by_value, two_valued
from services.algo_audit.core.intervals import Interval, attainment_interval, quantile_interval
from services.algo_audit.core.metrics import Direction
from services.algo_audit.core.observations import NOT_IN_A_GROUP, Group, Observations
from services.algo_audit.core.privacy import MinimumCell, published_in_lines, tens_in_lines
from services.algo_audit.core.tally import NOWHERE, Tally, merged


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
    """The rows that groups are compared by, counted by whose they are: an *entry* is a different (platform,
    worker, groups), and of those there are hardly more than workers."""

    def __init__(
        self,
        observations: Observations,
        kept: NDArray[np.bool_],
        tau: NDArray[np.float64] | None,
        confidence: float,
    ) -> None:
        """`tau`: the threshold of each row; None: by the median."""
        self._direction = observations.metric.direction
        self._by_median, self._confidence = tau is None, confidence
        self.groupings = [grouping for grouping in Group if grouping in observations.groups]
        entry, codes = combinations_of(
            [observations.platform, observations.worker, *(observations.groups[of] for of in self.groupings)]
        )
        self.platforms, self._platform = np.unique(codes[:, 0], return_inverse=True)
        self._worker = codes[:, 1]
        self._groups = dict(zip(self.groupings, codes.T[2:], strict=True))
        self._rows = self._count(entry[kept])
        """Of each entry; none in some."""
        self._orders = self._rows
        if (observations.orders != 1).any():
            self._orders = np.bincount(entry[kept], observations.orders[kept], len(codes)).astype(np.int64)
        self._cut_off = self._count(entry[kept & observations.censored])
        self._in_order = self._by_median or bool(self._cut_off.any())
        if tau is None:
            rows = np.flatnonzero(kept)
            value = observations.value.take(rows)
        else:
            rows, value = _low(observations.value, tau, kept, self._direction)
            self._low = self._count(entry.take(rows))
        if self._in_order:
            censored = observations.censored.take(rows)
            order = by_value(value, censored)
            # Gathered before they are put in order: what is read here and there should fit the cache.
            self._entry = entry.take(rows).take(order).astype(np.intp)
            self._censored = censored.take(order)
            # Of those on the low side of τ nothing else is asked.
            self._value = value.take(order) if self._by_median else np.ones(len(order))

    def _count(self, entry: NDArray[np.signedinteger]) -> NDArray[np.int64]:
        return np.bincount(entry, minlength=len(self._worker))

    def of(self, grouping: Group, most_missing: float, minimum: MinimumCell) -> Iterator[Stated]:
        """For each platform, in order, its groups."""
        column = self._groups[grouping]
        there = (column != NOT_IN_A_GROUP) & (self._rows > 0)
        groups, group = dense(np.where(there, column, column[there].max(initial=NOT_IN_A_GROUP)))
        width, platforms = len(groups), len(self.platforms)
        cells = width * platforms
        cell = np.where(there, self._platform * width + group, NOWHERE)
        counted, place = merged(cell, self._worker, self._rows, cells)
        orders = np.bincount(cell + 1, self._orders, cells + 1).astype(np.int64)[1:]
        line = np.arange(cells) // max(width, 1)
        told, tens = published_in_lines(line, counted, orders, minimum), tens_in_lines(line, orders)

        rows = np.maximum(np.bincount(self._platform, self._rows, platforms), 1)
        missing = np.bincount(self._platform[~there], self._rows[~there], platforms)
        unstated = np.bincount(self._platform[~there], self._orders[~there], platforms)
        samples = self._samples(cell, counted, place)
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

    def _samples(
        self, cell: NDArray[np.int64], counted: Tally, place: NDArray[np.int64]
    ) -> Callable[[int], Sample]:
        """How to have the sample of a cell. `place`: of each entry in `counted`."""
        here = cell != NOWHERE
        if not self._by_median:
            low = np.bincount(place[here], self._low[here], len(counted.rows)).astype(np.int64)
        if self._in_order:
            by_cell, ends = self._by_cell(cell, counted.cells)
            cut_off = np.bincount(cell[here], self._cut_off[here], counted.cells)
            worker = place - counted.starts[cell]

        def sample(at: int) -> Sample:
            of = counted.of(at)
            sizes = counted.rows[of]
            if not (self._by_median or (self._in_order and cut_off[at])):
                # τ is 1, and met by what is at most that, or at least.
                values = (1.0, 2.0) if self._direction is Direction.AT_MOST else (0.0, 1.0)
                return two_valued(low[of], sizes - low[of], values)
            rows = by_cell[ends[at] : ends[at + 1]]
            return Sample(
                self._value.take(rows) if self._by_median else self._value[: len(rows)],
                ~self._censored.take(rows),
                worker.take(self._entry.take(rows)),
                sizes,
                int(sizes.sum()) - len(rows),
            )

        return sample

    def _by_cell(self, cell: NDArray[np.int64], cells: int) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
        """The rows in order, by cell; those of cell c are from the c-th of the second array on."""
        narrow = cell.astype(np.int16) if cells < 2**15 else cell  # 16 bits are sorted in linear time
        each = narrow.take(self._entry)
        return np.argsort(each, kind="stable"), np.cumsum(np.bincount(each + 1, minlength=cells + 1))

    def _figure(self, sample: Sample) -> tuple[float, Interval]:
        if self._by_median:
            return quantile(sample, 0.5), quantile_interval(sample, 0.5, self._confidence)
        interval = attainment_interval(sample, 1.0, self._direction, self._confidence)
        return attainment(sample, 1.0, self._direction), interval


def _low(
    value: NDArray[np.float64], tau: NDArray[np.float64], kept: NDArray[np.bool_], direction: Direction
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """The kept rows on the low side of their τ (value/τ ≤ 1 for AT_MOST, < 1 for AT_LEAST), ascending, and
    value/τ of each."""
    rows, ratios = [np.empty(0, np.intp)], [np.empty(0)]
    for some in pieces(len(value)):
        at = np.flatnonzero(kept[some])
        ratio = value[some].take(at) / tau[some].take(at)
        low = np.flatnonzero(ratio <= 1 if direction is Direction.AT_MOST else ratio < 1)
        rows.append(at.take(low) + some.start)
        ratios.append(ratio.take(low))
    return np.concatenate(rows), np.concatenate(ratios)
