"""What a rule says of one worker: the tier reached, since when, and how the counter got there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum


class Severity(IntEnum):
    """The tier reached. The numbers are those of the wire contract."""

    PROMPT = 1
    LIMIT_REACHED = 2
    BREACH = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a counter: while the interval lasted, it rose to ``accumulated_ms``."""

    start_ms: int
    end_ms: int
    accumulated_ms: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """One rule's verdict on one stretch of one worker's time. Moments epoch ms, lengths ms."""

    severity: Severity
    start_ms: int
    """When the tier was reached; of a breach the moment from which on it is one."""
    end_ms: int
    """When it ended: of a breach the end of the last act past the limit, else ``start_ms``."""
    period_start_ms: int
    """The stretch judged: a spell, a day, a week, a window. Its start names the verdict: with rule and worker
    it tells one finding from another, whatever else changes."""
    period_end_ms: int
    measured_ms: int
    limit_ms: int
    trace: tuple[Step, ...] = ()
    open: bool = False
    """What is not known yet may still raise it: the stretch is not over at the end of what is known."""
    detail: Mapping[str, int | str | bool] = field(default_factory=dict)
    """What the family has to say besides, by name with its unit, e.g. ``longest_rest_s``."""
