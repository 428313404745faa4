"""The ladder: the states of a case, what makes it take a step, who may, and every step there is.

``TRANSITIONS`` is the whole of it: from a warning (警示) to a summons for talks (约谈), an order to rectify
(限期整改), a recheck from the data, and its end (唐人社字〔2022〕1号 二.14, 二.15, 三.2, 三.3).
``docs/case-ladder.md`` is drawn from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, IntEnum
from types import MappingProxyType


class CaseState(IntEnum):
    """The values equal ``quzhong.api.notify.v1.CaseState``."""

    NEW = 0
    """Before its first step; never stored."""
    OPEN = 1
    WARNED = 2
    """A warning (警示函) is out and its answer awaited."""
    WITHDRAWN = 3
    """All its findings were withdrawn."""
    ANSWERED = 4
    """The platform answered the warning; what the data say afterwards is awaited."""
    SUMMONS_PROPOSED = 5
    """A summons for talks awaits a named official's approval."""
    SUMMONS_APPROVED = 6
    """Approved; day and place are to be set."""
    SUMMONS_SCHEDULED = 7
    """The summons (约谈通知书) is out."""
    TALK_HELD = 8
    FAILED_TO_APPEAR = 9
    RECTIFYING = 10
    """An order to rectify (限期整改通知书) runs."""
    RECHECKING = 11
    """The deadline is over; the days after it are being observed."""
    CLOSED = 12
    ESCALATED = 13
    """With several departments: joint summons, joint sanctions (联合约谈、联合惩戒)."""


class Actor(Enum):
    """Who may make a case take a step."""

    POLICY = "policy"
    """What stands in the case, or a deadline of the escalation policy."""
    PLATFORM = "platform"
    """The one the case is about."""
    DEPARTMENT = "department"
    """A department that supervises the place, or an official of it."""
    APPROVER = "approver"
    """A named official with the right to approve a summons."""


class Trigger(Enum):
    """What makes a case take a step. The value is how it reads in the drawing."""

    FINDING_STANDS = "a finding stands"
    ALL_WITHDRAWN = "every finding withdrawn"
    WARNING_SENT = "warning goes out"
    ANSWERED = "platform answers"
    SUMMONS_PROPOSED = "summons proposed"
    SUMMONS_APPROVED = "official approves"
    SUMMONS_DECLINED = "official declines"
    SUMMONS_SENT = "summons goes out"
    TALK_MOVED = "talk moved"
    SUMMONS_CANCELLED = "summons cancelled"
    TALK_HELD = "talk held"
    FAILED_TO_APPEAR = "nobody appeared"
    ORDER_ISSUED = "order to rectify"
    TIME_EXTENDED = "time extended"
    DEADLINE_PASSED = "deadline passed"
    IMPROVED = "recheck: improved"
    NOT_IMPROVED = "recheck: not improved"
    ESCALATED = "escalated"
    CLOSED = "department closes"


WHO: Mapping[Trigger, frozenset[Actor]] = MappingProxyType(
    {
        Trigger.FINDING_STANDS: frozenset({Actor.POLICY}),
        Trigger.ALL_WITHDRAWN: frozenset({Actor.POLICY}),
        Trigger.WARNING_SENT: frozenset({Actor.POLICY}),
        Trigger.ANSWERED: frozenset({Actor.PLATFORM}),
        Trigger.SUMMONS_PROPOSED: frozenset({Actor.POLICY, Actor.DEPARTMENT}),
        Trigger.SUMMONS_APPROVED: frozenset({Actor.APPROVER}),
        Trigger.SUMMONS_DECLINED: frozenset({Actor.APPROVER}),
        Trigger.SUMMONS_SENT: frozenset({Actor.DEPARTMENT}),
        Trigger.TALK_MOVED: frozenset({Actor.DEPARTMENT}),
        Trigger.SUMMONS_CANCELLED: frozenset({Actor.DEPARTMENT}),
        Trigger.TALK_HELD: frozenset({Actor.DEPARTMENT}),
        Trigger.FAILED_TO_APPEAR: frozenset({Actor.DEPARTMENT}),
        Trigger.ORDER_ISSUED: frozenset({Actor.DEPARTMENT}),
        Trigger.TIME_EXTENDED: frozenset({Actor.DEPARTMENT}),
        Trigger.DEADLINE_PASSED: frozenset({Actor.POLICY}),
        Trigger.IMPROVED: frozenset({Actor.POLICY}),
        Trigger.NOT_IMPROVED: frozenset({Actor.POLICY}),
        Trigger.ESCALATED: frozenset({Actor.POLICY, Actor.DEPARTMENT}),
        Trigger.CLOSED: frozenset({Actor.DEPARTMENT}),
    }
)
"""Who may do what, whatever the state. The edge checks areas and rights."""

_LIVE = (
    CaseState.OPEN,
    CaseState.WARNED,
    CaseState.ANSWERED,
    CaseState.SUMMONS_PROPOSED,
    CaseState.SUMMONS_APPROVED,
    CaseState.SUMMONS_SCHEDULED,
    CaseState.TALK_HELD,
    CaseState.FAILED_TO_APPEAR,
    CaseState.RECTIFYING,
    CaseState.RECHECKING,
    CaseState.ESCALATED,
)

LIVE = frozenset(_LIVE)
"""States of a case that is not at its end."""

TRANSITIONS: Mapping[tuple[CaseState, Trigger], CaseState] = MappingProxyType(
    {
        # Opened, and opened anew.
        (CaseState.NEW, Trigger.FINDING_STANDS): CaseState.OPEN,
        (CaseState.WITHDRAWN, Trigger.FINDING_STANDS): CaseState.OPEN,
        (CaseState.CLOSED, Trigger.FINDING_STANDS): CaseState.OPEN,
        # Warned: the answer within its working days, or a summons.
        (CaseState.OPEN, Trigger.WARNING_SENT): CaseState.WARNED,
        (CaseState.WARNED, Trigger.ANSWERED): CaseState.ANSWERED,
        (CaseState.WARNED, Trigger.TIME_EXTENDED): CaseState.WARNED,
        (CaseState.WARNED, Trigger.SUMMONS_PROPOSED): CaseState.SUMMONS_PROPOSED,
        (CaseState.ANSWERED, Trigger.DEADLINE_PASSED): CaseState.RECHECKING,
        (CaseState.ANSWERED, Trigger.SUMMONS_PROPOSED): CaseState.SUMMONS_PROPOSED,
        # Summoned: proposed, approved by a named official, sent, held.
        (CaseState.SUMMONS_PROPOSED, Trigger.SUMMONS_APPROVED): CaseState.SUMMONS_APPROVED,
        (CaseState.SUMMONS_PROPOSED, Trigger.SUMMONS_DECLINED): CaseState.WARNED,
        (CaseState.SUMMONS_APPROVED, Trigger.SUMMONS_SENT): CaseState.SUMMONS_SCHEDULED,
        (CaseState.SUMMONS_SCHEDULED, Trigger.TALK_MOVED): CaseState.SUMMONS_SCHEDULED,
        (CaseState.SUMMONS_SCHEDULED, Trigger.SUMMONS_CANCELLED): CaseState.SUMMONS_APPROVED,
        (CaseState.SUMMONS_SCHEDULED, Trigger.TALK_HELD): CaseState.TALK_HELD,
        (CaseState.SUMMONS_SCHEDULED, Trigger.FAILED_TO_APPEAR): CaseState.FAILED_TO_APPEAR,
        (CaseState.FAILED_TO_APPEAR, Trigger.SUMMONS_PROPOSED): CaseState.SUMMONS_PROPOSED,
        (CaseState.FAILED_TO_APPEAR, Trigger.ORDER_ISSUED): CaseState.RECTIFYING,
        (CaseState.FAILED_TO_APPEAR, Trigger.ESCALATED): CaseState.ESCALATED,
        (CaseState.TALK_HELD, Trigger.ESCALATED): CaseState.ESCALATED,
        # Rectified, and rechecked from the data.
        (CaseState.TALK_HELD, Trigger.ORDER_ISSUED): CaseState.RECTIFYING,
        (CaseState.RECTIFYING, Trigger.TIME_EXTENDED): CaseState.RECTIFYING,
        (CaseState.RECTIFYING, Trigger.DEADLINE_PASSED): CaseState.RECHECKING,
        (CaseState.RECTIFYING, Trigger.ESCALATED): CaseState.ESCALATED,
        (CaseState.RECHECKING, Trigger.IMPROVED): CaseState.CLOSED,
        # After a warning that was answered, the next rung; after an order, the last one.
        (CaseState.RECHECKING, Trigger.SUMMONS_PROPOSED): CaseState.SUMMONS_PROPOSED,
        (CaseState.RECHECKING, Trigger.NOT_IMPROVED): CaseState.ESCALATED,
        (CaseState.ESCALATED, Trigger.SUMMONS_PROPOSED): CaseState.SUMMONS_PROPOSED,
        (CaseState.ESCALATED, Trigger.ORDER_ISSUED): CaseState.RECTIFYING,
        # A department may close what is settled otherwise, and says why.
        (CaseState.ANSWERED, Trigger.CLOSED): CaseState.CLOSED,
        (CaseState.TALK_HELD, Trigger.CLOSED): CaseState.CLOSED,
        (CaseState.RECHECKING, Trigger.CLOSED): CaseState.CLOSED,
        (CaseState.ESCALATED, Trigger.CLOSED): CaseState.CLOSED,
        **{(state, Trigger.ALL_WITHDRAWN): CaseState.WITHDRAWN for state in _LIVE},
    }
)
"""Every step there is. What is not in the table cannot happen."""


def lawful_steps(state: CaseState, actor: Actor) -> tuple[Trigger, ...]:
    """What this actor may do next, in the order of the table."""
    return tuple(
        trigger for (from_state, trigger) in TRANSITIONS if from_state is state and actor in WHO[trigger]
    )
