"""The reference population of each cohort and its baseline, computed once however many thresholds share
it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.baseline import Sample, middle_range, ordered_sample, quantile
from services.algo_audit.core.cohort_tree import UNKNOWN_CODE, Detail, depth_of
from services.algo_audit.core.combinations import dense
from services.algo_audit.core.cutting import Tree, cut
from services.algo_audit.core.groups import by_value
from services.algo_audit.core.histogram import Histogram, Part, histogram, shared_edges
from services.algo_audit.core.intervals import Interval, quantile_interval
from services.algo_audit.core.left_out import LeftOut
from services.algo_audit.core.metrics import Key
from services.algo_audit.core.observations import Exclusion, Observations
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.percentiles import told_interval, told_percentiles
from services.algo_audit.core.privacy import published_cells
from services.algo_audit.core.reference import Pool, ReferenceKind, choose_pool

_Asked = tuple[tuple[int, ...], int]
"""Platforms and node of a sample."""
KEPT_VALUES = 5_000_000
"""Of samples that what-ifs were asked of, some 40 bytes each: 200 MB."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """What the reference of a cohort says, whatever was declared, in the metric's unit. All of it may be
    published."""

    orders: int
    """That the values are made of; censored ones too."""
    values: int
    """As many as orders at the level of orders."""
    workers: int
    p10: float | None
    p25: float | None
    p50: float
    p75: float | None
    p90: float | None
    """One that censored orders put out of sight is infinite; one that may not be told, None (percentiles)."""
    p50_interval: Interval
    """Cluster-robust; finite, or there is no reference. As it may be told (percentiles)."""
    middle: Interval
    """The middle band as a range of τ; the strict end is the lower one of AT_MOST, the upper of AT_LEAST."""
    censored: int
    """Of the values, in tens (privacy.additive_tens)."""
    excluded: Mapping[Exclusion, int]
    """Rows left out of the figures by reason, in tens likewise. Those of unknown distance stand beside each
    distance."""
    histogram: Histogram | None
    """None but at the depth of Detail.DISTANCE: charts of parts could be subtracted from that of the
    whole."""


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """The rows that judge a threshold. The sample stays inside the service."""

    kind: ReferenceKind
    sample: Sample
    baseline: Baseline


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """The rows of all publishable cells, by node and value (of equal values those seen to their end
    first)."""

    value: NDArray[np.float64]
    censored: NDArray[np.bool_] | None
    """None: none is."""
    worker: NDArray[np.int64]
    """Codes of their own in each node."""
    platform: NDArray[np.int16]
    starts: NDArray[np.int64]
    """Shape (N + 1,): the rows of node i are starts[i] … starts[i + 1] − 1."""


class Cohorts:
    """All cohorts of one audit at one detail. `node` is an index of the tree's level there, `platform` an
    id."""

    def __init__(self, observations: Observations, detail: Detail, params: AuditParams) -> None:
        tree = cut(observations)
        self.metric = observations.metric
        self._params = params
        self._depth = depth_of(self.metric, detail)
        self._draws = self._depth == depth_of(self.metric, Detail.DISTANCE)
        self._platforms = tree.platforms
        self._level = tree.levels[self._depth]
        self._orders = self._level.orders
        self._published = published_cells(tree, params.minimum)[self._depth]
        self._nodes = {tuple(codes): node for node, codes in enumerate(self._level.codes.tolist())}
        self._left_out = LeftOut(tree)
        self._areas = _areas(tree)
        self._rows = _arranged(observations, tree, self._level.node_of_leaf, self._published)
        self._edges: dict[int, tuple[float, ...] | None] = {}
        self._held: tuple[int, dict[Pool, Reference]] = (-1, {})
        self._asked: tuple[tuple[_Asked, Sample], ...] = ()

    @property
    def keys(self) -> tuple[Key, ...]:
        """What the cohorts are cut by."""
        return self.metric.keys[: self._depth]

    def areas(self, service: int, vehicle: int) -> list[int]:
        """The known areas in which there is any row, ascending."""
        return self._areas.get((service, vehicle), [])

    def node(self, codes: tuple[int, ...]) -> int | None:
        """The node with these values of `keys`; None if no row has them."""
        return self._nodes.get(codes)

    def reference(self, platform: int, node: int | None) -> Reference | None:
        """The rows that judge a threshold of `platform`; None if too few may be published.

        Kept until another node is asked for: ask node by node.
        """
        pool = None if node is None else self.pool(platform, node)
        if node is None or pool is None:
            return None
        if self._held[0] != node:
            self._held = node, {}
        known = self._held[1]
        if pool not in known:
            sample = self.sample(pool.platforms, node)
            known[pool] = Reference(pool.kind, sample, self._baseline(sample, node, pool))
        reference = known[pool]
        return reference if _bounded(reference.baseline.p50_interval) else None

    def is_yardstick(self, sample: Sample) -> bool:
        """Whether a threshold may be held against a sample; see `reference`."""
        return _bounded(quantile_interval(sample, 0.50, self._params.confidence))

    def pool(self, platform: int, node: int) -> Pool | None:
        """Which platforms' rows judge a threshold of `platform`."""
        return choose_pool(self.platform_code(platform), self._published[:, node])

    def platform_code(self, platform: int) -> int | None:
        """Code of a platform id; None if it has no row."""
        position = int(np.searchsorted(self._platforms, platform))
        found = position < len(self._platforms) and self._platforms[position] == platform
        return position if found else None

    def publishes(self, code: int | None, node: int) -> bool:
        """Whether a platform's own cell may be shown."""
        return code is not None and bool(self._published[code, node])

    def sample(self, platforms: tuple[int, ...], node: int) -> Sample:
        """The reference rows of some platforms (codes), all of whose cells must be publishable. Linear."""
        rows, chosen = self._chosen(platforms, node)
        value, worker = self._rows.value[rows], self._rows.worker[rows]
        censored = None if self._rows.censored is None else self._rows.censored[rows]
        if chosen is not None:
            value, worker = value.take(chosen), worker.take(chosen)
            censored = None if censored is None else censored.take(chosen)
        return ordered_sample(value, worker, censored)

    def kept_sample(self, platforms: tuple[int, ...], node: int) -> Sample:
        """The same, kept for a while: whoever asks what another threshold would do asks for several, and the
        next answer is then a look-up in its sorted values."""
        asked = platforms, node
        known = self._asked
        sample = next((sample for of, sample in known if of == asked), None)
        if sample is None:
            sample = self.sample(platforms, node)
        kept, values = [(asked, sample)], len(sample)
        for of, other in known:
            values += len(other)
            if of != asked and values <= KEPT_VALUES:
                kept.append((of, other))
        # Put in place at once: two who ask at the same time lose a sample at worst.
        self._asked = tuple(kept)
        return sample

    def orders(self, platforms: tuple[int, ...], node: int) -> int:
        """How many orders such a sample is made of."""
        return int(self._orders[list(platforms), node].sum())

    def _chosen(self, platforms: tuple[int, ...], node: int) -> tuple[slice, NDArray[np.intp] | None]:
        """The rows of a node, and which of them belong to the platforms; None: all."""
        rows = slice(int(self._rows.starts[node]), int(self._rows.starts[node + 1]))
        if len(platforms) == np.count_nonzero(self._published[:, node]):
            return rows, None
        member = np.zeros(len(self._platforms), np.bool_)
        member[list(platforms)] = True
        return rows, np.flatnonzero(member[self._rows.platform[rows]])

    def _baseline(self, sample: Sample, node: int, pool: Pool) -> Baseline:
        edges = self._shared_edges(node)
        censored, excluded = self._left_out.of(pool.platforms, self._depth, node)
        p10, p25, _, p75, p90 = told_percentiles(sample, self.metric.level)
        return Baseline(
            orders=self.orders(pool.platforms, node),
            values=len(sample),
            workers=sample.workers,
            p10=p10,
            p25=p25,
            p50=quantile(sample, 0.50),
            p75=p75,
            p90=p90,
            p50_interval=told_interval(
                sample, quantile_interval(sample, 0.50, self._params.confidence), self.metric.level
            ),
            middle=Interval(*middle_range(sample, self._params.middle, self.metric.direction)),
            censored=censored,
            excluded=excluded,
            histogram=None if edges is None else histogram(sample, edges),
        )

    def _shared_edges(self, node: int) -> tuple[float, ...] | None:
        if not self._draws:
            return None
        if node not in self._edges:
            samples = [self.sample((int(code),), node) for code in np.flatnonzero(self._published[:, node])]
            parts = [Part(s.values[s.observed], s.worker[s.observed]) for s in samples]
            minimum = self._params.minimum
            enough = all(minimum.allows(len(np.unique(part.worker)), len(part.values)) for part in parts)
            self._edges[node] = shared_edges(parts, self.metric.unit, minimum) if enough else None
        return self._edges[node]


def _bounded(p50: Interval) -> bool:
    # Else few workers did so much of it, or so much of it is censored, that the data cannot even bound its
    # median: no yardstick, and its percentiles would be those few workers'.
    return math.isfinite(p50.low) and math.isfinite(p50.high)


def _arranged(
    observations: Observations, tree: Tree, node_of_leaf: NDArray[np.int64], published: NDArray[np.bool_]
) -> _Rows:
    """Sort the rows of publishable cells by node and value, O(n log n)."""
    count = published.shape[1]
    # numpy sorts 16-bit whole numbers by radix, in linear time.
    node = node_of_leaf.astype(np.uint16 if count <= 2**16 else np.int64)[tree.leaf]
    if tree.kept.all() and published.all():
        rows, code = np.argsort(node, kind="stable"), node
    else:
        usable = tree.kept if published.all() else tree.kept & published[tree.platform, node]
        rows = np.flatnonzero(usable)
        code = node[rows]
        rows = rows[np.argsort(code, kind="stable")]
    starts = np.append(0, np.cumsum(np.bincount(code, minlength=count)))

    any_censored = bool(observations.censored.any())
    value, censored = np.empty(len(rows)), np.zeros(len(rows), np.bool_)
    codes, platform = np.empty(len(rows), np.int64), tree.platform.astype(np.int16)
    for first, last in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True):
        # Gathered node by node, so that what is put in order is in the cache.
        at = rows[first:last]
        of_node = observations.value.take(at)
        if any_censored:
            censored[first:last] = observations.censored.take(at)
        order = by_value(of_node, censored[first:last], stable=True)
        value[first:last] = of_node.take(order)
        codes[first:last] = dense(observations.worker.take(at))[1].take(order)
        if any_censored:
            censored[first:last] = censored[first:last].take(order)
        rows[first:last] = at.take(order)
    return _Rows(value, censored if censored.any() else None, codes, platform.take(rows), starts)


def _areas(tree: Tree) -> dict[tuple[int, int], list[int]]:
    """(service, vehicle) → the known areas, ascending."""
    if Key.AREA not in tree.keys:
        return {}
    column = tree.keys.index(Key.AREA)
    found: dict[tuple[int, int], set[int]] = {}
    for codes in tree.levels[column + 1].codes.tolist():
        if codes[column] != UNKNOWN_CODE[Key.AREA]:
            found.setdefault((codes[0], codes[1]), set()).add(codes[column])
    return {pair: sorted(areas) for pair, areas in found.items()}
