"""A case: all findings of one rule against one platform in one area, as it stands, and the step it takes.

Which steps there are is in ``core/transitions.py``.

Further findings strengthen an open case: they are counted, and take no step. A case that was withdrawn or
closed and gets a finding again is opened anew and keeps its name, so that the cases at the end are the same
in whatever order the findings and their withdrawals arrived. ``openings`` tells the rounds apart; what lies
on or before ``settled_through`` was settled by an earlier round and is counted no more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from services.notify.core.findings import Place, Severity
from services.notify.core.identifiers import stable_id
from services.notify.core.text import NO_TEXT, Text
from services.notify.core.transitions import TRANSITIONS, CaseState, Trigger


class IllegalStepError(ValueError):
    """A step that the table does not have. The edge answers it as a failed precondition; from a policy's own
    decision it is a fault of this program."""


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
    deadline: date | None = None
    """The last day (Asia/Shanghai) of what the state waits for: the answer, the talk, the rectification, or
    the days after them that a recheck observes. None where nothing is waited for."""
    summonses: int = 0
    """Summonses of this round that nobody followed."""
    ordered: bool = False
    """Whether an order to rectify went out in this round."""
    settled_through: date | None = None
    """Findings of days up to here were settled by earlier rounds; None: no round has ended in a closure."""
    extendable_to: date | None = None
    """The last day to which ``deadline`` may be moved; None where it may not be."""
    watched_from: date | None = None
    """The first day of which the data tell whether the platform mended it: that after its answer, or after
    its rectification. None before both."""
    warned_from: date | None = None
    """First day of the window that the warning of this round rests on; None before one, and of findings
    about thresholds."""
    warned_to: date | None = None
    """Last day of that window."""
    taken: int = 0
    """Steps taken in this round."""
    step_time_ms: int = 0
    """When it took its latest step, epoch milliseconds."""
    department_ids: tuple[str, ...] = ()
    """Responsible departments (责任单位), the one that leads first."""
    create_time_ms: int = 0
    update_time_ms: int = 0

    @property
    def counted_from(self) -> date:
        """The first day whose findings count in it."""
        return date.min if self.settled_through is None else self.settled_through + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CaseStep:
    """Who, when, why, on what clause."""

    case_id: str
    time_ms: int
    from_state: CaseState
    to_state: CaseState
    trigger: Trigger
    actor: str
    """``policy:<id>@<version>``, or the party that acted."""
    reason: Text
    clause: Text = NO_TEXT
    """The article that allows the step; empty where none is needed (a finding stands, is withdrawn)."""
    workers: int = 0
    """As many workers are counted in the reason; 0 if it counts none."""
    openings: int = 0
    """The round it belongs to."""


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
    case: Case,
    trigger: Trigger,
    *,
    actor: str,
    reason: Text,
    at_ms: int,
    clause: Text = NO_TEXT,
    workers: int = 0,
    deadline: date | None = None,
    extendable_to: date | None = None,
    watched_from: date | None = None,
    settled_through: date | None = None,
) -> tuple[Case, CaseStep]:
    """The case after the step, and the record of the step; ``workers`` are those the reason counts.

    ``deadline`` and ``extendable_to`` are those of the state it enters; ``watched_from`` and
    ``settled_through`` stay as they were unless given. A case opened anew begins a round of its own.

    Raises:
        IllegalStepError: if ``TRANSITIONS`` does not have it.
    """
    to_state = TRANSITIONS.get((case.state, trigger))
    if to_state is None:
        raise IllegalStepError(f"{case.case_id}: {case.state.name} has no step for “{trigger.value}”")
    opened = trigger is Trigger.FINDING_STANDS
    moved = replace(
        case,
        state=to_state,
        openings=case.openings + opened,
        deadline=deadline,
        extendable_to=extendable_to,
        watched_from=watched_from or (None if opened else case.watched_from),
        warned_from=None if opened else case.warned_from,
        warned_to=None if opened else case.warned_to,
        settled_through=settled_through or case.settled_through,
        taken=1 if opened else case.taken + 1,
        step_time_ms=at_ms,
        summonses=0 if opened else case.summonses + (trigger is Trigger.FAILED_TO_APPEAR),
        ordered=not opened and (case.ordered or trigger is Trigger.ORDER_ISSUED),
        create_time_ms=case.create_time_ms or at_ms,
        update_time_ms=at_ms,
    )
    record = CaseStep(
        case.case_id,
        at_ms,
        case.state,
        to_state,
        trigger,
        actor,
        reason,
        clause,
        workers,
        moved.openings,
    )
    return moved, record
