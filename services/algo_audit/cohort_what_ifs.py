"""What-ifs and frontiers of any cohort of an audit, also of one in which the platform declared nothing."""

from __future__ import annotations

from typing import NamedTuple

from services.algo_audit.core.metrics import PENALTIES_PER_ORDER
from services.algo_audit.core.thresholds import in_force
from services.algo_audit.core.undeclared import undeclared_cohort
from services.algo_audit.core.what_if import (
    Frontier,
    Marks,
    WhatIf,
    frontier,
    frontier_undeclared,
    what_if,
    what_if_undeclared,
)
from services.algo_audit.ports import Audit


class CohortAsked(NamedTuple):
    """Of which cohort."""

    audit: Audit
    platform: int
    """Into ``audit.platform_ids``."""
    service: int
    cohort: str

    @property
    def is_declared(self) -> bool:
        """Whether the platform declared something there."""
        try:
            self.audit.audited.of(self.platform, self.service, self.cohort)
        except LookupError:
            return False
        return True


class InCohort(NamedTuple):
    """What a threshold does there."""

    what_if: WhatIf
    declared: WhatIf | None
    """The same of the threshold in force; None: there is none."""
    marks: Marks


def what_if_in(asked: CohortAsked, tau: float) -> InCohort | None:
    """What τ would do; None if nothing may be shown.

    Raises:
        ValueError: for a τ that is not positive and finite.
        LookupError: if the audit has no such cohort.
    """
    audit, platform, service, cohort = asked
    if asked.is_declared:
        penalty = declared_penalty(audit, platform, service)
        answer = what_if(audit.audited, platform, service, cohort, tau, penalty)
        return None if answer is None else InCohort(answer.what_if, answer.declared, answer.marks)
    row = undeclared_cohort(audit.audited, platform, service, cohort, area=audit.scope.county)
    found = what_if_undeclared(audit.audited, row, tau)
    return None if found is None else InCohort(found[0], None, found[1])


def frontier_in(asked: CohortAsked, points: int) -> Frontier | None:
    """The same at so many thresholds (2–101). Raises as ``what_if_in``; ValueError for another number."""
    audit, platform, service, cohort = asked
    if asked.is_declared:
        penalty = declared_penalty(audit, platform, service)
        return frontier(audit.audited, platform, service, cohort, points, penalty)
    row = undeclared_cohort(audit.audited, platform, service, cohort, area=audit.scope.county)
    return frontier_undeclared(audit.audited, row, points)


def declared_penalty(result: Audit, platform: int, service: int) -> float | None:
    """The penalties_per_order that a platform declared for all of the area audited, fen: a mean over all
    orders, not rounded; None if nothing. What follows from it: core.what_if."""
    at_ms, area = result.period_end_ms - 1, int(result.scope.area_code)
    held = [
        threshold.value
        for threshold in in_force(result.declared, at_ms)
        if (threshold.platform, threshold.metric, threshold.service)
        == (platform, PENALTIES_PER_ORDER.id, service)
        and threshold.holds_in(area)
    ]
    return max(held, default=None)
