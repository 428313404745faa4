"""What another threshold would do in a cohort: one value, or the whole range of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.portal.core.audits import Interval, Verdict


@dataclass(frozen=True, slots=True)
class CohortRef:
    """A cohort of an audit that was run."""

    audit_id: str
    platform_id: str
    cohort: str
    service: int
    """0 where the cohort is of one service only."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What one threshold does. Shares are 0–1; those who miss it are told in tens."""

    threshold: float
    attainment: float
    attainment_interval: Interval
    orders: int
    orders_affected: int
    workers: int
    workers_affected: int
    below_floor: bool
    verdict: Verdict
    penalty_fen: int | None
    """What penalties would come to over the period; None where nothing can be said of them."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One threshold beside the one in force."""

    moved: WhatIf
    declared: WhatIf
    middle: Interval
    p50: float
    floor: float

    @property
    def penalty_change_fen(self) -> int | None:
        """By how much penalties would rise or fall over the period."""
        if self.moved.penalty_fen is None or self.declared.penalty_fen is None:
            return None
        return self.moved.penalty_fen - self.declared.penalty_fen


@dataclass(frozen=True, slots=True)
class Frontier:
    """The whole range of thresholds, ascending."""

    points: tuple[WhatIf, ...]
    middle: Interval
    p50: float
    floor: float
    declared: float


def bounds(points: Sequence[WhatIf], step: float) -> tuple[float, float]:
    """The range a slider covers, in whole steps that hold all the points."""
    low, high = points[0].threshold, points[-1].threshold
    return low // step * step, -(-high // step) * step
