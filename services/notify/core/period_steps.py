"""What came of cases in a period: steps counted by area, platform and rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from services.notify.core.findings import Place
from services.notify.core.period import Period
from services.notify.core.transitions import CaseState

ALL = ""
"""In place of an area, platform or rule: the row sums over them."""


class Cell(NamedTuple):
    """Of what a row tells."""

    area_code: str = ALL
    platform_id: str = ALL
    rule_id: str = ALL


class Taken(NamedTuple):
    """A step that a case took."""

    case_id: str
    openings: int
    place: Place
    from_state: CaseState
    to_state: CaseState
    time_ms: int
    workers: int = 0
    """As many as its reason counts."""


@dataclass(frozen=True, slots=True)
class Steps:
    """What came of cases in the period."""

    cases_opened: int = 0
    warnings: int = 0
    summonses: int = 0
    orders: int = 0
    closed: int = 0
    escalated: int = 0
    withdrawn: int = 0
    answered_in_time: int = 0
    """Of the period's warnings those that were answered within their days, whenever that was."""


_BY_STATES = {
    CaseState.OPEN: "cases_opened",
    CaseState.CLOSED: "closed",
    CaseState.ESCALATED: "escalated",
    CaseState.WITHDRAWN: "withdrawn",
}
"""Entering the state is what is counted."""


def steps_of(period: Period, taken: Iterable[Taken]) -> dict[Cell, Steps]:
    """By cell; what lies outside the period is passed over."""
    counts: defaultdict[Cell, Steps] = defaultdict(Steps)
    warned: dict[tuple[str, int], bool] = {}
    """By case and round, whether its latest warning is of the period."""
    for each in sorted(taken, key=lambda each: each.time_ms):
        name = _name(each)
        if each.to_state is CaseState.SUMMONS_PROPOSED:
            warned.pop((each.case_id, each.openings), None)  # declined, its warning gets a time of its own
        of_period = period.start_ms <= each.time_ms < period.end_ms
        if name == "warnings":
            warned[each.case_id, each.openings] = of_period
        if name == "answered_in_time":
            of_period = warned.pop((each.case_id, each.openings), False)
        if name and of_period:
            cell = Cell(each.place.area_code, each.place.platform_id, each.place.rule_id)
            counts[cell] = replace(counts[cell], **{name: getattr(counts[cell], name) + 1})
    return dict(counts)


def _name(each: Taken) -> str:
    match each.from_state, each.to_state:
        case CaseState.OPEN, CaseState.WARNED:
            return "warnings"
        case CaseState.WARNED, CaseState.ANSWERED:  # an answer that is late takes no step
            return "answered_in_time"
        case CaseState.SUMMONS_APPROVED, CaseState.SUMMONS_SCHEDULED:
            return "summonses"
        case earlier, CaseState.RECTIFYING if earlier is not CaseState.RECTIFYING:
            return "orders"
    return _BY_STATES.get(each.to_state, "")


def plus(one: Steps, other: Steps) -> Steps:
    """The sum."""
    return Steps(*(getattr(one, name) + getattr(other, name) for name in Steps.__slots__))
