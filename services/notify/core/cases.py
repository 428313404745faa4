"""A case: all findings of one rule against one platform in one area, and the steps it may take.

    NEW ──a finding stands──▶ OPEN ──a warning goes out──▶ WARNED
                               ▲ │                            │
          a finding stands ────┘ └──every finding withdrawn───┤
                               │                              ▼
                               └───────────────────────── WITHDRAWN

Further findings strengthen an open case: they are counted, and take no step. A withdrawn case that gets a
finding again is opened anew and keeps its name, so that the cases at the end are the same in whatever order
the findings and their withdrawals arrived. ``openings`` tells the rounds apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum, IntEnum
from types import MappingProxyType

from services.notify.core.findings import Place, Severity
from services.notify.core.identifiers import stable_id
from services.notify.core.text import Text


class CaseState(IntEnum):
    """The values equal ``quzhong.api.notify.v1.CaseState``."""

    NEW = 0
    """Before its first step; never stored."""
    OPEN = 1
    WARNED = 2
    WITHDRAWN = 3


class Trigger(Enum):
    """What makes a case take a step."""

    FINDING_STANDS = "a finding stands"
    WARNING_SENT = "a warning goes out"
    ALL_WITHDRAWN = "every finding withdrawn"


TRANSITIONS: Mapping[tuple[CaseState, Trigger], CaseState] = MappingProxyType(
    {
        (CaseState.NEW, Trigger.FINDING_STANDS): CaseState.OPEN,
        (CaseState.WITHDRAWN, Trigger.FINDING_STANDS): CaseState.OPEN,
        (CaseState.OPEN, Trigger.WARNING_SENT): CaseState.WARNED,
        (CaseState.OPEN, Trigger.ALL_WITHDRAWN): CaseState.WITHDRAWN,
        (CaseState.WARNED, Trigger.ALL_WITHDRAWN): CaseState.WITHDRAWN,
    }
)
"""Every step there is. What is not in the table cannot happen."""


class IllegalStepError(ValueError):
    """A step that the table does not have: a fault of this program, never of its input."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What stands in a case now."""

    findings: int = 0
    workers: int = 0
    """Distinct; findings about thresholds have none."""
    severity: Severity | None = None
    """The gravest; None if nothing stands."""
    latest_event_ms: int = 0
    """Of the findings that stand, epoch milliseconds; 0 if none."""


@dataclass(frozen=True, slots=True)
class Case:
    """A case as it stands."""

    case_id: str
    place: Place
    title: Text
    state: CaseState = CaseState.NEW
    openings: int = 0
    """How often it was opened."""
    tally: Tally = Tally()
    rate_per_thousand: float | None = None
    """Workers with a finding per thousand active ones, in the window that ends with its latest finding."""
    rate_workers: int = 0
    """The workers in that window: what the rate is a rate of."""
    judge_after_ms: int | None = None
    """When its rate is to be judged, epoch milliseconds; None if nothing of it is."""
    create_time_ms: int = 0
    update_time_ms: int = 0


@dataclass(frozen=True, slots=True)
class CaseStep:
    """Who, when, why."""

    case_id: str
    time_ms: int
    from_state: CaseState
    to_state: CaseState
    actor: str
    reason: Text
    workers: int = 0
    """As many workers are counted in the reason; 0 if it counts none."""


def case_id(place: Place) -> str:
    """The name of the place's case, whether there is one yet or not."""
    return stable_id("case", *place)


def new_case(place: Place, title: Text) -> Case:
    """A case that has yet to take its first step."""
    return Case(case_id=case_id(place), place=place, title=title)


def due(case: Case) -> Trigger | None:
    """The step that what stands in the case calls for; None if it is where it belongs."""
    trigger = Trigger.FINDING_STANDS if case.tally.findings else Trigger.ALL_WITHDRAWN
    return trigger if (case.state, trigger) in TRANSITIONS else None


def step(
    case: Case, trigger: Trigger, *, actor: str, reason: Text, at_ms: int, workers: int = 0
) -> tuple[Case, CaseStep]:
    """The case after the step, and the record of the step; ``workers`` are those the reason counts.

    Raises:
        IllegalStepError: if ``TRANSITIONS`` does not have it.
    """
    to_state = TRANSITIONS.get((case.state, trigger))
    if to_state is None:
        raise IllegalStepError(f"{case.case_id}: {case.state.name} has no step for “{trigger.value}”")
    moved = replace(
        case,
        state=to_state,
        openings=case.openings + (to_state is CaseState.OPEN),
        create_time_ms=case.create_time_ms or at_ms,
        update_time_ms=at_ms,
    )
    return moved, CaseStep(case.case_id, at_ms, case.state, to_state, actor, reason, workers)
