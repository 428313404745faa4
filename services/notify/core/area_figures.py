"""Where it stands, area by area: workers with a finding in seven days among those active, and cases in hand.

Each area counts all that lies in it: Lubei for itself, Tangshan with Lubei, Hebei with both. A rate is one of
platforms put together: above and below the line each platform's workers are counted by themselves and added
up, so who works for two of them counts twice in both, and the rate is the mean of the platforms' rates
weighted by their workers. Counts say nothing of who is the same person, hence no other sum can be had.

Active are the most seen on one day, as ``escalation`` has it: the day in hand, of which little is known yet,
lowers nothing. Fewer than ``privacy.LEAST_WORKERS`` active give no rate: one of them would be a hundred in a
thousand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from services.notify.core.period_report import Active, Scope
from services.notify.core.period_steps import Cell
from services.notify.core.privacy import LEAST_WORKERS

DAYS = 7
"""As the windows that warnings rest on (``policy.yaml``)."""


class OfWorker(NamedTuple):
    """Findings that stand of one worker in one place."""

    platform_id: str
    area_code: str
    worker_id: str
    findings: int


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """One area with all that lies in it."""

    area_code: str
    findings: int
    workers: int
    active: int
    rate_per_thousand: float | None
    """None with too few active ones."""
    open_cases: int


def first_day(last: date) -> date:
    """The first of the days that end on ``last``."""
    return last - timedelta(days=DAYS - 1)


def area_figures(
    scope: Scope,
    found: Iterable[OfWorker],
    active: Iterable[Active],
    in_hand: Mapping[str, int],
    containing: Callable[[str], Sequence[str]],
) -> list[AreaFigures]:
    """By code. ``containing``: the areas that contain an area, itself included; ``in_hand``: cases by area.

    What lies outside the scope is passed over, and so is an area of which the scope has a part only: its
    figures would be those of the part.
    """
    findings: defaultdict[str, int] = defaultdict(int)
    workers: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    seen: defaultdict[tuple[str, str], defaultdict[date, int]] = defaultdict(lambda: defaultdict(int))
    cases: defaultdict[str, int] = defaultdict(int)

    def shown(area_code: str, platform_id: str) -> bool:
        cell = Cell(area_code=area_code, platform_id=platform_id)
        return scope.holds(cell) and scope.shows(cell)

    for each in found:
        if shown(each.area_code, each.platform_id):
            for area in containing(each.area_code):
                findings[area] += each.findings
                workers[area, each.platform_id].add(each.worker_id)
    for day in active:
        if shown(day.area_code, day.platform_id):
            for area in containing(day.area_code):
                seen[area, day.platform_id][day.day] += day.workers
    for area_code, number in in_hand.items():
        if scope.holds(Cell(area_code=area_code)):
            for area in containing(area_code):
                cases[area] += number

    concerned: defaultdict[str, int] = defaultdict(int)
    at_work: defaultdict[str, int] = defaultdict(int)
    for area, platform_id in workers.keys() | seen.keys():
        of_platform = len(workers.get((area, platform_id), ()))
        most = max(seen[area, platform_id].values(), default=0) if (area, platform_id) in seen else 0
        concerned[area] += of_platform
        # Nobody on record as active is no measure, as for warnings.
        at_work[area] += max(most, of_platform) if most else 0
    return [
        AreaFigures(
            area_code=area,
            findings=findings[area],
            workers=concerned[area],
            active=at_work[area],
            rate_per_thousand=_rate(concerned[area], at_work[area]),
            open_cases=cases[area],
        )
        for area in sorted(concerned.keys() | at_work.keys() | cases.keys())
        if scope.holds(Cell(area_code=area))
    ]


def _rate(workers: int, active: int) -> float | None:
    return 1000 * workers / active if active >= LEAST_WORKERS else None
