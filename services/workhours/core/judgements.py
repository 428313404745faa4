"""What the columnar judge of continuous work gives back: a row a spell that reached a tier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from services.workhours.core.counter import Count
from services.workhours.core.ragged import Ragged
from services.workhours.core.work_events import Bools, Int8s, Int64s

NOT_REACHED: Final = -1
"""In a column of moments: has not happened (epoch -1 ms is no working time)."""


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """How the counter ran: one row per busy interval, all spells end to end."""

    start: Int64s
    """ms"""
    end: Int64s
    """ms"""
    accumulated: Int64s
    """The spell's measure at `end`, ms"""
    offsets: Int64s
    """Spell i has rows `offsets[i]:offsets[i + 1]`."""

    def of(self, spell: int) -> list[tuple[int, int, int]]:
        """(start, end, accumulated) of every busy interval of one spell, in time order."""
        rows = slice(self.offsets[spell], self.offsets[spell + 1])
        columns = (self.start[rows], self.end[rows], self.accumulated[rows])
        return list(zip(*(column.tolist() for column in columns), strict=True))


@dataclass(frozen=True, slots=True, eq=False)
class Judgements:
    """One row per spell that reached a tier, sorted by (worker, spell start).

    Moments are epoch ms (`NOT_REACHED` where not so), lengths ms, workers and rows the caller's numbers.
    """

    worker: Int64s
    spell_start: Int64s
    spell_end: Int64s
    """End of the last order; `known_until` while one is in hand."""
    worked: Int64s
    elapsed: Int64s
    measured: Int64s
    """The one of the two the rule pack measures by."""
    severity: Int8s
    """Highest `Severity` reached."""
    prompt_at: Int64s
    limit_at: Int64s
    breach_at: Int64s
    """The instant from which on the rule is broken; see the family's text."""
    crossing_order: Int64s
    """Row of the order in hand when the highest tier was reached: of several, the one accepted last."""
    known_until: Int64s
    """The moment as of which the spell is judged: the watermark or the worker's latest event, the later."""
    open: Bools
    """A further order could still join the spell: the reset gap has not passed at that moment."""
    in_hand: Bools
    """An order is in hand at that moment."""
    no_push_from: Int64s
    """Breach only: completion of the last order; `NOT_REACHED` while one is in hand."""
    no_push_until: Int64s
    orders: Ragged[np.int64]
    """Rows of the spell's orders, by start."""
    trace: Trace

    def __len__(self) -> int:
        return len(self.worker)


@dataclass(frozen=True, slots=True, eq=False)
class Deadlines:
    """Workers whose verdict will rise if no event comes, and the next moment it does; sorted by worker."""

    worker: Int64s
    at: Int64s
    """The watermark (ms) at which to judge this worker again."""

    def __len__(self) -> int:
        return len(self.worker)


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What `judge_orders` gives back."""

    judgements: Judgements
    deadlines: Deadlines
    running: Int64s
    """Workers with an order in hand, also one that has only just begun; some more than once."""
    count: Count
    """Every spell and busy interval, also those below the first tier."""
