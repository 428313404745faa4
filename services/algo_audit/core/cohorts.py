"""The reference population of each cohort and its baseline, computed once however many thresholds share
it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.baseline import Sample, middle_range, ordered_sample, quantile
from services.algo_audit.core.cells import count_cells
from services.algo_audit.core.histogram import Histogram, Part, histogram, shared_edges
from services.algo_audit.core.intervals import Interval, quantile_interval
from services.algo_audit.core.metrics import DELIVERY_TIME
from services.algo_audit.core.orders import Orders
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.privacy import rounded_up
from services.algo_audit.core.reference import Pool, ReferenceKind, choose_pool


@dataclass(frozen=True, slots=True)
class Baseline:
    """What the reference of a cohort says, whatever was declared. Times in seconds. All of it may be
    published."""

    orders: int
    workers: int
    p10_s: float
    p50_s: float
    p90_s: float
    p50_interval_s: Interval
    """Cluster-robust; finite, or there is no reference."""
    middle_s: Interval
    """The middle band as a range of τ; the lower end is the strict one."""
    censored: int
    """Orders cancelled or not yet finished, rounded up to the next ten (privacy.ROUNDING)."""
    censored_share: float
    """Of finished and censored orders together, rounded to a whole per cent."""
    excluded: Mapping[str, int]
    """Reason (cells.EXCLUSION_TEXT) → orders left out of the figures, rounded up likewise."""
    histogram: Histogram | None
    """None for a single area: the charts of areas could be subtracted from the city's."""


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """The orders that judge a threshold. The sample stays inside the service."""

    kind: ReferenceKind
    sample: Sample
    baseline: Baseline


class Cohorts:
    """All cohorts of one audit. `area` is a GB/T 2260 code, or None for the whole city; `band` an index."""

    def __init__(self, orders: Orders, params: AuditParams) -> None:
        self._params = params
        self._cells = count_cells(orders, params.bands, params.floor, params.minimum)
        self.areas: list[int] = [a for a in self._cells.areas.tolist() if a != 0] if params.by_area else []
        """The areas that are audited one by one; code 0 is no area."""
        self._edges: dict[int, tuple[float, ...]] = {}
        self._references: dict[tuple[int | None, int, Pool], Reference] = {}
        safe, bands = self._cells.safe, len(params.bands)
        self._by_band = _runs(safe.band, bands)
        self._by_area = (
            _runs(safe.area * bands + safe.band, len(self._cells.areas) * bands) if self.areas else []
        )

    def reference(self, platform: int, area: int | None, band: int) -> Reference | None:
        """The orders that judge a threshold of `platform`; None if too few may be published."""
        cells = self._cells
        if area is None:
            publishable, together = cells.publishable[:, band], bool(cells.publishable_together[band])
        else:
            publishable, together = cells.publishable_in_area[:, cells.area_code(area), band], False
        pool = choose_pool(cells.platform_code(platform), publishable, together)
        if pool is None:
            return None
        key = area, band, pool
        if key not in self._references:
            sample = self._sample(area, band, pool)
            self._references[key] = Reference(pool.kind, sample, self._baseline(sample, area, band, pool))
        reference = self._references[key]
        # Few workers did so much of it that the data cannot even bound its median: no yardstick, and its
        # percentiles would be theirs.
        return reference if math.isfinite(reference.baseline.p50_interval_s.width) else None

    def _sample(self, area: int | None, band: int, pool: Pool) -> Sample:
        safe = self._cells.safe
        if area is None:
            rows = self._by_band[band]
        else:
            rows = self._by_area[self._cells.area_code(area) * len(self._params.bands) + band]
        member = np.zeros(len(self._cells.platforms), np.bool_)
        member[list(pool.platforms)] = True
        rows = rows[member[safe.platform[rows]]]
        return ordered_sample(safe.duration_s[rows], safe.worker[rows])

    def _baseline(self, sample: Sample, area: int | None, band: int, pool: Pool) -> Baseline:
        censored = self._count(self._cells.censored, area, band, pool)
        excluded = {
            reason: self._count(counts, area, min(band, counts.shape[2] - 1), pool)
            for reason, counts in self._cells.excluded.items()
        }
        return Baseline(
            orders=len(sample),
            workers=sample.workers,
            p10_s=quantile(sample, 0.10),
            p50_s=quantile(sample, 0.50),
            p90_s=quantile(sample, 0.90),
            p50_interval_s=quantile_interval(sample, 0.50, self._params.confidence),
            middle_s=Interval(*middle_range(sample, self._params.middle, DELIVERY_TIME.direction)),
            censored=rounded_up(censored),
            censored_share=round(censored / (censored + len(sample)), 2),
            excluded={reason: rounded_up(count) for reason, count in excluded.items()},
            histogram=histogram(sample.values, self._shared_edges(band)) if area is None else None,
        )

    def _count(self, counts: NDArray[np.int64], area: int | None, band: int, pool: Pool) -> int:
        of_pool = counts[list(pool.platforms), :, band]
        return int(of_pool.sum() if area is None else of_pool[:, self._cells.area_code(area)].sum())

    def _shared_edges(self, band: int) -> tuple[float, ...]:
        if band not in self._edges:
            safe, rows = self._cells.safe, self._by_band[band]
            platforms = np.flatnonzero(self._cells.publishable[:, band])
            # No platform may be shown by itself: then all are pooled, and the pool is the only part.
            parts = [rows[safe.platform[rows] == code] for code in platforms] or [rows]
            self._edges[band] = shared_edges(
                [Part(safe.duration_s[part], safe.worker[part]) for part in parts], self._params.minimum
            )
        return self._edges[band]


def _runs(code: NDArray[np.int64], codes: int) -> list[NDArray[np.int64]]:
    """For each code 0…codes−1 the rows that have it, in ascending order."""
    # numpy sorts 16-bit whole numbers by radix, in linear time.
    narrow = code.astype(np.uint16) if codes <= 2**16 else code
    return np.split(np.argsort(narrow, kind="stable"), np.searchsorted(np.sort(narrow), np.arange(1, codes)))
