"""Versions of events: what a statement is known by, and which statements hold.

A statement is one version of one event. Of an event the statement with the highest version holds, and none if
that one says that the event never happened. Which one that is depends on the set of statements only, not on
the order they came in. docs/adr/0012-corrections.md.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]

MOVED_AWAY = 65_535
"""The version under which intake deletes an event that it says again under another pseudonym of its worker.

The greatest there is, and nobody else's: so it holds over all versions, in whatever order they come, and
saying it twice says nothing new. docs/adr/0020-rotation-of-pseudonyms.md.
"""


def statement_keys(event_keys: Keys, versions: NDArray[np.integer[Any]]) -> Keys:
    """A 64-bit identity of each (event, version); of version 0 it is the event's own. Shape as given."""
    if not versions.any():
        return event_keys
    return event_keys ^ _mix(versions.astype(np.uint64))


def in_force(
    event_keys: Keys, versions: NDArray[np.integer[Any]], deleted: NDArray[np.integer[Any]]
) -> NDArray[np.bool_]:
    """Which statements of a set hold: the highest version of each event, unless it is deleted.

    Shape as given.
    """
    holds: NDArray[np.bool_] = np.ones(len(event_keys), dtype=bool)
    if not versions.any():
        return holds
    # Corrections are few: only rows of the events that have any are sorted.
    rows = np.flatnonzero(np.isin(event_keys, event_keys[versions > 0]))
    rows = rows[np.lexsort((versions[rows], event_keys[rows]))]
    replaced = event_keys[rows[1:]] == event_keys[rows[:-1]]
    holds[rows[:-1][replaced]] = False
    holds &= deleted == 0
    return holds


def _mix(value: Keys) -> Keys:
    """The finaliser of SplitMix64 (Steele, Lea and Flood, 2014): one to one, and 0 stays 0."""
    value = value * np.uint64(0x9E3779B97F4A7C15)
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))
