"""What a finding states of a spell: facts that only change when events change them.

An open spell grows with every order and every tick of the watermark. What is stated of it is therefore cut
off at the moment its tier was reached: the orders up to then, the counter up to then. Once the spell has
ended (the reset gap has passed) all of it is stated. So findings do not depend on how events were batched,
and are amended when a tier is reached, when a rest after a breach begins, when the spell ends, and when a
late event changes something; not by time alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from services.workhours.core.families.continuous_work import tier_at
from services.workhours.core.judgements import Judgements, Trace
from services.workhours.core.order_book import NOT_SAID, OrderBook
from services.workhours.core.ragged import spread
from services.workhours.core.work_events import Int64s, Uint64s

_KINDS = ("accepted", "picked_up", "ended")
_MIXER = np.uint64(0xBF58476D1CE4E5B9)
"""Of SplitMix64 (Steele, Lea and Flood, 2014): odd, with its bits well spread."""


class Said(NamedTuple):
    """An event a finding rests on."""

    time_ms: int
    event: int
    """Its identity."""
    record: int
    """Where it was said."""
    platform: int


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


def facts_of(judgements: Judgements, book: OrderBook, seed: int) -> Facts:
    """The facts of each judgement; ``book`` has the orders that were judged.

    ``seed`` stands for what else a finding states of them (the rule's version and parameters): other seeds,
    other signatures.
    """
    reached_at = tier_at(judgements)
    stated_until = np.where(judgements.open, reached_at, judgements.spell_end)
    measured = _measure_at(judgements.trace, stated_until)
    signature = digest(
        seed,
        [
            judgements.spell_start,
            judgements.severity.astype(np.int64),
            judgements.open.astype(np.int64),
            reached_at,
            stated_until,
            measured,
            judgements.no_push_until,
            book.key(judgements.crossing_order).view(np.int64),
            _identities(judgements, book, stated_until).view(np.int64),
        ],
    )
    return Facts(judgements, reached_at, stated_until, measured, signature)


def said_of(book: OrderBook, rows: Int64s, until_ms: int) -> list[Said]:
    """The deciding events of some orders up to a moment, by time: start (or pick-up) and end of each."""
    accepted = book["accepted"][rows] != NOT_SAID
    said: list[Said] = []
    for kind, chosen in (("accepted", rows[accepted]), ("picked_up", rows[~accepted]), ("ended", rows)):
        columns = (kind, f"{kind}_event", f"{kind}_record", "platform")
        told = zip(*(book[name][chosen].tolist() for name in columns), strict=True)
        said += [Said(*each) for each in told if NOT_SAID < each[0] <= until_ms]
    return sorted(said)


def _measure_at(trace: Trace, moment: Int64s) -> Int64s:
    """The measure of each spell at its moment, which lies in one of its busy intervals."""
    rows, spell = spread(trace.offsets[:-1], trace.offsets[1:])
    begun = np.bincount(spell[trace.start[rows] <= moment[spell]], minlength=len(moment))
    last = trace.offsets[:-1] + begun - 1
    measured: Int64s = trace.accumulated[last] - np.maximum(trace.end[last] - moment, 0)
    return measured


def _identities(judgements: Judgements, book: OrderBook, stated_until: Int64s) -> Uint64s:
    """A sum over the events up to ``stated_until``: of their identities, each mixed with its time.

    A correction may move an event under another order, so that nothing changes but the order of the events.
    """
    rows = judgements.orders.values
    spell = np.repeat(np.arange(len(judgements)), np.diff(judgements.orders.offsets))
    sums = np.zeros(len(judgements), dtype=np.uint64)
    for kind in _KINDS:
        time = book[kind][rows]
        stated = (time != NOT_SAID) & (time <= stated_until[spell])
        mixed = (book[f"{kind}_event"][rows[stated]] ^ time[stated].view(np.uint64)) * _MIXER
        np.add.at(sums, spell[stated], mixed ^ (mixed >> np.uint64(29)))
    return sums


def digest(seed: int, columns: list[Int64s]) -> Uint64s:
    """A 64-bit digest a row: multiply and shift as in SplitMix64 (Steele, Lea and Flood, 2014)."""
    mixed = np.full(len(columns[0]), seed, dtype=np.uint64)
    for values in columns:
        mixed = (mixed ^ values.view(np.uint64)) * _MIXER
        mixed ^= mixed >> np.uint64(29)
    return mixed
