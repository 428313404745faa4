"""What a finding states of a spell: facts that only change when events change them.

An open spell grows with every order and every tick of the watermark. What is stated of it is therefore cut
off at the moment its tier was reached: the events up to then, the counter up to then, the platforms up to
then. Once the spell has ended (the reset gap has passed) all of it is stated. So findings do not depend on
how events were batched, and are amended when a tier is reached, when the spell ends, and when a late event
changes something; not by time alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from services.workhours.core.continuous_work import Judgements, Trace
from services.workhours.core.ragged import Ragged, spread
from services.workhours.core.work_events import Int64s, Uint64s, WorkEvents


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """One row a judgement, in the judgements' order; moments epoch ms, lengths ms."""

    judgements: Judgements
    tier_at: Int64s
    """When the severity was reached."""
    stated_until: Int64s
    """The end of the spell if it has ended, else ``tier_at``."""
    measured: Int64s
    """The measure at ``stated_until``."""
    evidence: Ragged[np.int64]
    """Rows of the given events, by time."""
    signature: Uint64s
    """A digest of all that is stated: the same facts, the same signature."""

    def __len__(self) -> int:
        return len(self.judgements)

    def counter(self, row: int) -> list[tuple[int, int, int]]:
        """The counter's (start, end, accumulated) up to ``stated_until``."""
        until = int(self.stated_until[row])
        return [
            (start, min(end, until), accumulated - max(0, end - until))
            for start, end, accumulated in self.judgements.trace.of(row)
            if start < until
        ]


def facts_of(judgements: Judgements, events: WorkEvents, seed: int) -> Facts:
    """The facts of each judgement; ``events`` are those that were judged.

    ``seed`` stands for what else a finding states of them (the rule's version and parameters): other seeds,
    other signatures.
    """
    tier_at = np.choose(
        judgements.severity - 1, [judgements.prompt_at, judgements.limit_at, judgements.breach_at]
    )
    stated_until = np.where(judgements.open, tier_at, judgements.spell_end)
    measured = _measure_at(judgements.trace, stated_until)
    evidence, keys = _evidence(judgements, events, stated_until)
    signature = _signature(
        seed,
        [
            judgements.spell_start,
            judgements.severity.astype(np.int64),
            judgements.open.astype(np.int64),
            tier_at,
            stated_until,
            measured,
            judgements.crossing_order.view(np.int64),
            keys.view(np.int64),
        ],
    )
    return Facts(judgements, tier_at, stated_until, measured, evidence, signature)


def _measure_at(trace: Trace, moment: Int64s) -> Int64s:
    """The measure of each spell at its moment, which lies in one of its busy intervals."""
    rows, spell = spread(trace.offsets[:-1], trace.offsets[1:])
    begun = np.bincount(spell[trace.start[rows] <= moment[spell]], minlength=len(moment))
    last = trace.offsets[:-1] + begun - 1
    measured: Int64s = trace.accumulated[last] - np.maximum(trace.end[last] - moment, 0)
    return measured


def _evidence(
    judgements: Judgements, events: WorkEvents, stated_until: Int64s
) -> tuple[Ragged[np.int64], Uint64s]:
    """The events up to ``stated_until`` as rows by time, and the sum of their identities."""
    offsets = judgements.evidence.offsets
    owner = np.repeat(np.arange(len(judgements)), np.diff(offsets))
    by_key = np.argsort(events.event, kind="stable")
    row = by_key[np.searchsorted(events.event[by_key], judgements.evidence.values)]
    stated = events.time[row] <= stated_until[owner]
    owner, row = owner[stated], row[stated]
    order = np.lexsort((events.event[row], events.time[row], owner))
    owner, row = owner[order], row[order]
    keys = np.zeros(len(judgements), dtype=np.uint64)
    np.add.at(keys, owner, events.event[row])
    return Ragged(row, np.searchsorted(owner, np.arange(len(judgements) + 1))), keys


def _signature(seed: int, columns: list[Int64s]) -> Uint64s:
    """A 64-bit digest a row: multiply and shift as in SplitMix64 (Steele, Lea and Flood, 2014)."""
    digest = np.full(len(columns[0]), seed, dtype=np.uint64)
    for values in columns:
        digest = (digest ^ values.view(np.uint64)) * np.uint64(0xBF58476D1CE4E5B9)
        digest ^= digest >> np.uint64(29)
    return digest
