"""What a platform states wrongly at first and puts right later.

| | stated first, version 0 | later, version 1 |
|---|---|---|
| a mistaken event | too early | as it was |
| a phantom | a copy of an event, too early and under an id of its own | deleted |

Once all of them are in, what holds is the city as it was. Of the events that have a correction one half is
mistaken, the other has a phantom.
"""

from dataclasses import fields, replace
from typing import TypeVar

import numpy as np

from simulator.arrivals import fitted
from simulator.tables import Dispatches, Sessions

TableT = TypeVar("TableT", Dispatches, Sessions)

CORRECTED_PLACES = (50, 4_000)
"""A correction comes so many places of the platform's stream after what it corrects. Assumption."""
EARLIER_MS = (30_000, 600_000)
"""How much too early something is stated. Assumption."""
PHANTOM_MARK = "-p"
"""Ends the ``event_id`` of a phantom."""


def with_corrections(arriving: TableT, share: float, rng: np.random.Generator) -> TableT:
    """``arriving`` (one platform's events in order of arrival, some twice) with mistakes and corrections.

    ``share`` of the events have one. An event that comes twice comes twice as it was stated first.
    """
    if share == 0:
        return arriving
    _, first, event = np.unique(arriving.event_id, return_index=True, return_inverse=True)
    events = len(first)
    corrected = rng.random(events) < share
    mistaken = corrected & (rng.random(events) < 0.5)
    earlier_ms = rng.integers(*EARLIER_MS, events)
    later = first + rng.uniform(*fitted(CORRECTED_PLACES, len(arriving)), events)
    right, copied = np.flatnonzero(mistaken), np.flatnonzero(corrected & ~mistaken)

    stated = replace(arriving, time_ms=arriving.time_ms - np.where(mistaken, earlier_ms, 0)[event])
    corrections = arriving.take(first[right])
    corrections = replace(corrections, version=corrections.version + np.int16(1))
    phantoms = arriving.take(first[copied])
    phantoms = replace(
        phantoms,
        event_id=np.char.add(phantoms.event_id, PHANTOM_MARK),
        time_ms=phantoms.time_ms - earlier_ms[copied],
    )
    deletions = replace(phantoms, version=phantoms.version + np.int16(1), deleted=~phantoms.deleted)

    place = np.concatenate([np.arange(len(arriving)), later[right], first[copied], later[copied]])
    return _joined(stated, corrections, phantoms, deletions).take(np.argsort(place, kind="stable"))


def _joined(*parts: TableT) -> TableT:
    return type(parts[0])(
        **{
            each.name: np.concatenate([getattr(part, each.name) for part in parts])
            for each in fields(parts[0])
        }
    )
