"""The figures of a period: by area, platform and rule, and their totals (唐人社字〔2022〕1号 三.3).

==========================  ==================================================================================
row                         what it sums
==========================  ==================================================================================
area, platform, rule        nothing: one cell
area                        the platforms and rules of exactly that area
platform                    its areas and rules, within the area that was asked for
rule                        its areas and platforms, within the area that was asked for
none                        all of it, within the area that was asked for
==========================  ==================================================================================

Findings add up; workers are distinct ones, so those of totals do not. A rate is of one platform: who works
for several would be counted several times among the active ones, and how often nobody knows from counts.

To whoever sees aggregates only, ``disclosure`` says what is told, and workers of totals are told in tens: the
exact number of a total less those of its cells would be the number of workers that two cells share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from services.notify.core.disclosure import Figure, tellable
from services.notify.core.period import Period
from services.notify.core.period_steps import ALL, Cell, Steps, Taken, plus, steps_of
from services.notify.core.privacy import LEAST_WORKERS


class Counted(NamedTuple):
    """Findings that stand of one worker (or of none: about standards) in one month and cell."""

    month: str
    cell: Cell
    worker_id: str
    findings: int


class Active(NamedTuple):
    """Workers active on a day, partitions added up."""

    platform_id: str
    area_code: str
    day: date
    workers: int


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the report."""

    cell: Cell
    findings: int | None
    """None: not told."""
    workers: int | None
    rate_per_thousand: float | None
    steps: Steps


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part of all there is."""

    area_prefixes: tuple[str, ...]
    """Significant digits of GB/T 2260 codes; the empty one is everywhere."""
    platform_ids: frozenset[str] | None = None
    """Only rows of these, so no totals over platforms; None: every row."""

    def holds(self, cell: Cell) -> bool:
        """Whether the cell's area lies in it."""
        return cell.area_code.startswith(self.area_prefixes)

    def shows(self, cell: Cell) -> bool:
        """Whether a row is one of it."""
        return self.platform_ids is None or cell.platform_id in self.platform_ids


@dataclass(frozen=True, slots=True)
class Told:
    """What of a period may be told."""

    figures: frozenset[Figure]
    """Of single months."""
    number_of: Mapping[tuple[str, Cell], int]
    """Of the base cells: a month and a cell."""

    def tells(self, members: Iterable[tuple[str, Cell]]) -> bool:
        """Whether the sum over these months and cells may be told: if each month's part of it may.

        So a quarter tells nothing that its months do not. A part of nothing may be told: nobody is not few.
        """
        parts: defaultdict[str, set[int]] = defaultdict(set)
        for month, cell in members:
            parts[month].add(self.number_of[month, cell])
        return all(frozenset(part) in self.figures for part in parts.values())


def rows_of(
    period: Period,
    scope: Scope,
    counted: Collection[Counted],
    active: Iterable[Active],
    taken: Iterable[Taken],
    told: Told | None = None,
) -> list[Row]:
    """The rows of a report: the whole first, then areas, platforms, rules, cells, each by name.

    ``told`` None: everything is. What lies outside the scope or the period is passed over.
    """
    months = {month.name for month in period.months}
    inside = [each for each in counted if each.month in months and scope.holds(each.cell)]
    steps = {cell: of_cases for cell, of_cases in steps_of(period, taken).items() if scope.holds(cell)}
    most = _most_active(period, scope, active)
    members: defaultdict[Cell, set[tuple[str, Cell]]] = defaultdict(set)
    findings: defaultdict[Cell, int] = defaultdict(int)
    workers: defaultdict[Cell, set[str]] = defaultdict(set)
    for each in inside:
        for row in totals_of(each.cell):
            members[row].add((each.month, each.cell))
            findings[row] += each.findings
            if each.worker_id:
                workers[row].add(each.worker_id)
    of_cases: defaultdict[Cell, Steps] = defaultdict(Steps)
    for cell, its in steps.items():
        for row in totals_of(cell):
            of_cases[row] = plus(of_cases[row], its)
    shown = [row for row in members.keys() | of_cases.keys() | {Cell()} if scope.shows(row)]
    return [
        _row(
            row,
            findings[row],
            len(workers[row]),
            most.get((row.area_code, row.platform_id), 0),
            of_cases[row],
            hidden=told is not None and not told.tells(members[row]),
            in_tens=told is not None and len(members[row]) > 1,
        )
        for row in sorted(shown, key=_order)
    ]


def totals_of(cell: Cell) -> tuple[Cell, ...]:
    """The cell and every row that sums over it."""
    return (
        cell,
        Cell(area_code=cell.area_code),
        Cell(platform_id=cell.platform_id),
        Cell(rule_id=cell.rule_id),
        Cell(),
    )


def told_of(period: Period, counted: Iterable[Counted], scopes_of: Callable[[str], Sequence[str]]) -> Told:
    """What of a period may be told to whoever sees aggregates only: each of its months is decided by itself.

    ``scopes_of`` gives the prefixes of all areas that contain an area: a report may be asked for each.
    """
    workers_of: defaultdict[tuple[str, Cell], set[str]] = defaultdict(set)
    for each in counted:
        workers_of[each.month, each.cell] |= {each.worker_id} - {""}
    cells = sorted(workers_of)
    number_of = {cell: number for number, cell in enumerate(cells)}
    workers = [frozenset(workers_of[cell]) for cell in cells]
    told: set[Figure] = set()
    for month in period.months:
        of_month = [cell for name, cell in cells if name == month.name]
        told |= tellable(workers, _figures(month.name, of_month, number_of, scopes_of))
    return Told(frozenset(told), number_of)


def _figures(
    month: str,
    cells: Iterable[Cell],
    number_of: Mapping[tuple[str, Cell], int],
    scopes_of: Callable[[str], Sequence[str]],
) -> set[Figure]:
    """Every row of every report of the month, whatever area it is asked for."""
    members: defaultdict[tuple[str, Cell], set[int]] = defaultdict(set)
    for cell in cells:
        number = number_of[month, cell]
        members["cell", cell].add(number)
        members["cell", Cell(area_code=cell.area_code)].add(number)
        for scope in scopes_of(cell.area_code):
            for row in (Cell(platform_id=cell.platform_id), Cell(rule_id=cell.rule_id), Cell()):
                members[scope, row].add(number)
    return {frozenset(each) for each in members.values()}


def _row(
    cell: Cell, findings: int, workers: int, active: int, steps: Steps, *, hidden: bool, in_tens: bool
) -> Row:
    if hidden:
        return Row(cell, None, None, None, steps)
    told = _tens(workers) if in_tens else workers
    rate = 1000 * told / max(active, told) if active and cell.platform_id else None
    return Row(cell, findings, told, rate, steps)


def _tens(workers: int) -> int:
    """To the nearest ten, up from the middle."""
    return LEAST_WORKERS * ((workers + LEAST_WORKERS // 2) // LEAST_WORKERS)


def _most_active(period: Period, scope: Scope, active: Iterable[Active]) -> dict[tuple[str, str], int]:
    """By area (or all of them) and platform: the most seen on one day, as ``escalation`` counts them."""
    by_day: defaultdict[tuple[str, str, date], int] = defaultdict(int)
    for each in active:
        if period.first <= each.day <= period.last and scope.holds(Cell(each.area_code)):
            by_day[each.area_code, each.platform_id, each.day] += each.workers
            by_day[ALL, each.platform_id, each.day] += each.workers
    most: dict[tuple[str, str], int] = {}
    for (area_code, platform_id, _), workers in by_day.items():
        most[area_code, platform_id] = max(workers, most.get((area_code, platform_id), 0))
    return most


def _order(cell: Cell) -> tuple[int, Cell]:
    """The whole, areas, platforms, rules, cells."""
    set_ = tuple(bool(part) for part in cell)
    kinds = [(False, False, False), (True, False, False), (False, True, False), (False, False, True)]
    return (kinds.index(set_) if set_ in kinds else len(kinds)), cell
