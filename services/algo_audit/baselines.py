"""What is done, day after day, whatever anybody declared: the use case of ``ListBaselines``.

1. Which days: ``baseline_period``.
2. Add up the cells of those days in the whole city, and decide on the tree what may be shown
   (``core.privacy``).
3. Of each cohort, merge the sketches of the platforms that may be shown, all but the one that is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from services.algo_audit.baseline_period import (
    BaselineQuery,
    county_of,
    days_asked,
    require_closed,
)
from services.algo_audit.baseline_ports import SketchedDays, SketchedPeriod
from services.algo_audit.closing import method_of
from services.algo_audit.core.cohort_tree import Cohort, cohort_of
from services.algo_audit.core.day_cells import midnight_ms
from services.algo_audit.core.intervals import Interval
from services.algo_audit.core.merged_cells import MergedCells
from services.algo_audit.core.metrics import METRICS, Key, Level, Metric
from services.algo_audit.core.observations import Exclusion
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.percentiles import PERCENTILES
from services.algo_audit.core.privacy import WORKERS_BEYOND
from services.algo_audit.core.weighted import Estimate, estimate_of
from services.algo_audit.ports import Figures
from services.algo_audit.public_calendar import PublicCalendar, check_city
from services.algo_audit.scope_checks import check_scope
from services.algo_audit.sketches import merged, shown


@dataclass(frozen=True, slots=True)
class CohortBaseline:
    """The figures of one cohort. All of it may be published."""

    cohort: Cohort
    orders: int
    values: int
    """Censored ones too."""
    workers: int
    censored: int
    """In tens (privacy.additive_tens)."""
    excluded: Mapping[Exclusion, int]
    """In tens likewise."""
    percentiles: tuple[float | None, ...]
    """Of PERCENTILES, in the metric's unit; one that censored orders put out of sight is infinite, one that
    may not be told (core.percentiles) None."""
    middle: Interval
    """The middle band as a range of τ."""
    rank_error: float
    """By how much the share below a percentile may be off, the worst of them: weighted.estimate_of."""


@dataclass(frozen=True, slots=True)
class BaselinePage:
    """Some cohorts, and what they rest on."""

    rows: Sequence[CohortBaseline]
    next_codes: tuple[int, ...] | None
    """After which values of the keys the next page begins."""
    first_day: int
    last_day: int
    covered: int
    """How many days have cells."""
    missing: Sequence[int]
    """Days without: not closed yet, or without any event."""
    stale: int
    """Days whose cells are about to be computed again."""
    after_closing: int
    """Statements that came when the day's events were not kept any more."""
    method: str


class AreaNames(Protocol):
    """What the registry calls areas; the directory has it."""

    def area_name(self, area_code: str) -> tuple[str, str]:
        """Chinese and English; the code itself where it has none."""
        ...


class Baselines:
    """Reads and merges."""

    def __init__(
        self, days: SketchedDays, areas: AreaNames, params: AuditParams, calendar: PublicCalendar
    ) -> None:
        self._days = days
        self._areas = areas
        self._calendar = calendar
        self.params = params
        """What the figures are made with, besides the cells."""
        self._method = method_of(params)

    def page(self, query: BaselineQuery, after: tuple[int, ...] | None, limit: int) -> BaselinePage:
        """The cohorts after the one with these values of the keys.

        Raises:
            InvalidArgumentError: if the metric, the area or the period makes no sense.
            FailedPreconditionError: NO_DAYS_CLOSED, if there is nothing to tell of; PERIOD_NOT_OVER,
                PERIOD_TOLD_BEFORE.
        """
        check_scope(query.metric_id, query.area_code, query.start_ms, query.end_ms)
        if not query.any_days:
            check_city(query.area_code)
        days = days_asked(query, self._days.known(self._method), self._calendar.partition)  # 1
        city = int(query.area_code[:4])
        cities = (city, city) if city % 100 else (city, city + 99)
        kept = self._days.period(query.metric_id, cities, days, self._method)
        if not query.any_days:
            require_closed(days, kept.last_day)
            period = midnight_ms(days[0]), midnight_ms(days[1] + 1)
            self._calendar.require(Figures("", query.area_code, period, ""))
        known = [state for state in kept.days if state.method == self._method]
        rows, following = self._rows(query, kept, after, limit)
        covered = {state.day for state in known}
        return BaselinePage(
            rows=rows,
            next_codes=following,
            first_day=days[0],
            last_day=days[1],
            covered=len(covered),
            missing=[day for day in range(days[0], days[1] + 1) if day not in covered],
            stale=sum(state.stale for state in known),
            after_closing=sum(state.after_closing for state in kept.days),
            method=self._method,
        )

    def _rows(
        self, query: BaselineQuery, kept: SketchedPeriod, after: tuple[int, ...] | None, limit: int
    ) -> tuple[list[CohortBaseline], tuple[int, ...] | None]:
        metric = METRICS[query.metric_id]
        county = county_of(query.area_code)
        platforms = sorted({each.platform_id for each in kept.cells})
        parts = [(platforms.index(each.platform_id), each.cells) for each in kept.cells]
        cells = MergedCells(metric, parts, len(platforms), query.detail, self.params.minimum)  # 2
        without = platforms.index(query.without) if query.without in platforms else None
        area_at = cells.keys.index(Key.AREA) if Key.AREA in cells.keys else None
        found: list[CohortBaseline] = []
        for node, codes in enumerate(cells.codes):
            if (after is not None and codes <= after) or (
                county and area_at is not None and codes[area_at] != county
            ):
                continue
            pool = cells.pool(node, without)
            if not pool or not cells.bounded(pool, node):
                continue
            if len(found) == limit:
                last = tuple(code for _, code in found[-1].cohort.keys)
                return found, last
            found.append(self._row(cells, kept, node, pool))  # 3
        return found, None

    def _row(
        self, cells: MergedCells, kept: SketchedPeriod, node: int, pool: tuple[int, ...]
    ) -> CohortBaseline:
        places = cells.places(pool, node)
        estimate = estimate_of(
            merged(kept.cells[part].ends[leaf] for part, leaf in places),
            merged(kept.cells[part].cuts[leaf] for part, leaf in places),
        )
        metric = kept.cells[places[0][0]].cells.metric
        codes = cells.codes[node]
        names = {
            code: self._areas.area_name(str(code))
            for key, code in zip(cells.keys, codes, strict=True)
            if key is Key.AREA
        }
        censored, excluded = cells.left_out(pool, node)
        low, high = estimate.middle_range(self.params.middle, metric.direction)
        return CohortBaseline(
            cohort=cohort_of(zip(cells.keys, codes, strict=True), self.params.bands, names),
            orders=cells.orders(pool, node),
            values=cells.rows(pool, node),
            workers=cells.workers(pool, node),
            censored=censored,
            excluded={reason: count for reason, count in excluded.items() if count},
            percentiles=tuple(
                shown(estimate.quantile(p)) if _tellable(cells, pool, node, estimate, metric, p) else None
                for p in PERCENTILES
            ),
            middle=Interval(shown(low), shown(high)),
            rank_error=max(estimate.error(p) for p in PERCENTILES),
        )


def _tellable(
    cells: MergedCells, pool: tuple[int, ...], node: int, estimate: Estimate, metric: Metric, p: float
) -> bool:
    """Whether enough workers lie at a percentile or beyond, whosever the values there are."""
    if metric.level is Level.ORDER or p == 0.5:
        return True
    # A share times its number may be a hair off the whole number that it means.
    beyond = int(estimate.share_beyond(p) * cells.rows(pool, node) + 1e-6)
    return cells.fewest_workers(pool, node, beyond) > WORKERS_BEYOND


def period_ms(page: BaselinePage) -> tuple[int, int]:
    """Its first moment, and the one after its last."""
    return midnight_ms(page.first_day), midnight_ms(page.last_day + 1)
