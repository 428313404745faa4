"""A finding as the service holds it, and how one revision follows another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from enum import IntEnum

from services.workhours.core.coverage import Coverage
from services.workhours.core.verdict import Severity

LATE_EVENTS_NAMED = 5
"""How many late events a revision names; the number of the others is told."""

_CHINA = timezone(timedelta(hours=8), "+08:00")
"""No summer time; people read times with their zone."""


class FindingState(IntEnum):
    """The numbers are those of the wire contract."""

    STANDS = 1
    WITHDRAWN = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One spell that reached a tier of one rule. Moments epoch ms, lengths ms."""

    finding_id: str
    rule_id: str
    pack_id: str
    pack_version: str
    worker_id: str
    severity: Severity
    platform_id: str
    """The platform whose order was in hand when the tier was reached: it answers for the finding."""
    area_code: str
    tier_at_ms: int
    spell_start_ms: int
    stated_until_ms: int
    """The end of the spell, or while it is open the moment its tier was reached; see ``facts``."""
    open: bool
    watermark_ms: int
    """As of when the spell was judged. Not a fact: it moves without a revision."""
    measured_ms: int
    limit_ms: int
    limit_at_ms: int | None
    no_push_start_ms: int | None
    no_push_end_ms: int | None
    platform_ids: tuple[str, ...]
    """Of all orders stated, ascending."""
    event_ids: tuple[str, ...]
    """``platform/event_id``, by time."""
    counter: tuple[tuple[int, int, int], ...]
    """(start, end, accumulated) of every interval of work."""
    must_rest_until_ms: int | None = None
    """Until when the worker rests before the counter starts anew; None while no rest has begun."""
    coverage: Coverage | None = None
    """Of the window judged."""
    state: FindingState = FindingState.STANDS
    revision: int = 1
    changes: tuple[str, ...] = ()
    """What differs from the revision before, each beginning with the name of its field in the contract."""


@dataclass(frozen=True, slots=True)
class Late:
    """Events that came after a revision was made, of the time it had stated already."""

    named: Sequence[str] = ()
    """``platform/event_id`` of the first ``LATE_EVENTS_NAMED``, by time."""
    count: int = 0
    """Of all."""


def follow(earlier: Finding, later: Finding, late: Late) -> Finding | None:
    """``later`` as the next revision of ``earlier``, with what changed; None if they state the same."""
    changes = [*_state_changes(earlier, later), *_field_changes(earlier, later)]
    if not changes:
        return None
    changes += _named(late)
    return replace(later, revision=earlier.revision + 1, changes=tuple(changes))


def withdraw(earlier: Finding, late: Late) -> Finding:
    """The next revision of ``earlier``: no spell that reaches a tier starts there any more."""
    because = list(_named(late)) or ["pack_version: it reaches no tier by the rules of now"]
    return replace(
        earlier,
        state=FindingState.WITHDRAWN,
        revision=earlier.revision + 1,
        changes=("state: STANDS → WITHDRAWN", *because),
    )


def moment_text(epoch_ms: object) -> str:
    """A moment as people read it, with its zone; "none" for None."""
    if not isinstance(epoch_ms, int):
        return "none"
    return (datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=epoch_ms)).astimezone(_CHINA).isoformat()


def length_text(ms: int) -> str:
    """A length as people read it."""
    return str(timedelta(milliseconds=ms))


_SHOWN: dict[str, tuple[str, Callable[..., str]]] = {
    "severity": ("severity", lambda severity: Severity(severity).name),
    "platform_id": ("platform_id", str),
    "area_code": ("area_code", str),
    "tier_at_ms": ("event_time", moment_text),
    "stated_until_ms": ("spell_end_time", moment_text),
    "open": ("open", str),
    "measured_ms": ("measured", length_text),
    "limit_ms": ("limit", length_text),
    "limit_at_ms": ("limit_time", moment_text),
    "no_push_start_ms": ("no_push_start_time", moment_text),
    "no_push_end_ms": ("no_push_end_time", moment_text),
    "must_rest_until_ms": ("must_rest_until_time", moment_text),
    "pack_version": ("pack_version", str),
    "platform_ids": ("platform_ids", ", ".join),
}
"""Field → its name in the contract, and how its value is shown."""


def _state_changes(earlier: Finding, later: Finding) -> Iterable[str]:
    if earlier.state is not later.state:
        yield f"state: {earlier.state.name} → {later.state.name}"


def _field_changes(earlier: Finding, later: Finding) -> Iterable[str]:
    for field, (name, shown) in _SHOWN.items():
        before, after = getattr(earlier, field), getattr(later, field)
        if before != after:
            yield f"{name}: {shown(before)} → {shown(after)}"
    before, after = set(earlier.event_ids), set(later.event_ids)
    if before != after:
        yield f"event_ids: {len(after - before)} added, {len(before - after)} removed"
    elif earlier.event_ids != later.event_ids:
        yield "event_ids: the same, in another order of time"
    if earlier.counter != later.counter:
        yield f"counter: {len(earlier.counter)} → {len(later.counter)} intervals of work"


def _named(late: Late) -> Iterable[str]:
    yield from (f"event_ids: late {event_id}" for event_id in late.named)
    if late.count > len(late.named):
        yield f"event_ids: late, and {late.count - len(late.named)} more"
