"""What the baselines of closed days need from outside. ``connection`` is the transaction of whoever calls."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from services.algo_audit.core.day_cells import Cells


@dataclass(frozen=True, slots=True, eq=False)
class SketchedCells:
    """One metric of one platform in one city on one day."""

    city: int
    """GB/T 2260 code without its last two digits: 1302."""
    platform_id: str
    cells: Cells
    ends: Sequence[bytes]
    """By leaf, a sketch of the values seen to their end; empty of none."""
    cuts: Sequence[bytes]
    """The same of the right-censored ones."""


class DayState(NamedTuple):
    """What has become of a day."""

    day: int
    """Days since 1970-01-01 in Asia/Shanghai."""
    method: str
    """What its cells were made with; figures of two methods are never added up. Empty: it has none."""
    stale: bool
    """An event came since; the cells will be computed again."""
    dropped: bool
    """The events are not kept any more: what comes now changes nothing."""
    after_closing: int
    """How many statements came after that."""


class ClosedDays(Protocol):
    """Keeps the cells of days."""

    def states(self, connection: Any) -> list[DayState]:
        """Of every day, ascending."""
        ...

    def keep(self, connection: Any, day: int, method: str, cells: Sequence[SketchedCells]) -> None:
        """Let these be the day's cells; it is not stale then."""
        ...

    def mark_stale(self, connection: Any, days: Collection[int]) -> None:
        """Some event of these days came."""
        ...

    def drop(self, connection: Any, before_day: int) -> None:
        """The events of the days before this one are not kept any more."""
        ...

    def came_after(self, connection: Any, day: int, statements: NDArray[np.uint64]) -> None:
        """Count statements (by key; each once) of a day whose events are not kept any more."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class SketchedPeriod:
    """What is kept of some days, at one moment."""

    days: Sequence[DayState]
    """Of those asked for that are known, ascending."""
    last_day: int | None
    """The last day that was ever closed, of all."""
    cells: Sequence[SketchedCells]
    """Of one metric and area; only of days whose method is the one asked for."""


class SketchedDays(Protocol):
    """Cells as readers see them."""

    def period(
        self, metric_id: str, cities: tuple[int, int], days: tuple[int, int], method: str
    ) -> SketchedPeriod:
        """``cities`` and ``days``: first and last, both included."""
        ...

    def known(self, method: str) -> tuple[int, int] | None:
        """The first and the last day with cells of a method; None if there is none."""
        ...
