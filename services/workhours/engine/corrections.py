"""Events that were said again otherwise: which versions no longer hold, by identity.

Few events are ever corrected; but as anything may come in any order, a lower version may come after a higher
one, and must change nothing then.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np

from services.workhours.core.work_events import Bools, Uint64s
from services.workhours.engine.event_rows import EventRows


class Held(NamedTuple):
    """Rows of one round."""

    left_out: Bools
    """Not to be taken in as they come: a correction, or replaced by one that is known."""
    corrected: Bools
    """Whose workers are to be looked at again, as a whole."""


class Corrections:
    """By partition and event: the highest version said so far, where it is above 0."""

    def __init__(self) -> None:
        self._versions: dict[int, dict[int, tuple[int, int]]] = {}
        """Partition → event → (version, time of the event, ms)."""
        self._named: Uint64s | None = None
        """Their events, ascending; None: to be made anew."""

    def take(self, rows: EventRows) -> Held:
        """Note the corrections of a round; what they mean for its rows."""
        corrected = rows.version > 0
        for row in np.flatnonzero(corrected).tolist():
            versions = self._versions.setdefault(int(rows.partition[row]), {})
            event, version = int(rows.events.event[row]), int(rows.version[row])
            if version <= versions.get(event, (0, 0))[0]:
                corrected[row] = False
            else:
                versions[event] = version, int(rows.events.time[row])
                self._named = None
        if self._named is None:
            every = [event for of in self._versions.values() for event in of]
            self._named = np.sort(np.array(every, dtype=np.uint64))
        named = self._named
        if not len(named):
            return Held(corrected, corrected)
        at = np.minimum(np.searchsorted(named, rows.events.event), len(named) - 1)
        return Held(named[at] == rows.events.event, corrected)

    def stated(self, partition: int) -> list[tuple[int, int, int]]:
        """(event, version, time of the event) of a partition's corrections."""
        return [(event, *said) for event, said in sorted(self._versions.get(partition, {}).items())]

    def restore(self, partition: int, stated: list[tuple[int, int, int]]) -> None:
        """Take over what ``stated`` said."""
        self._versions[partition] = {event: (version, time) for event, version, time in stated}
        self._named = None

    def forget(self, partitions: Collection[int]) -> None:
        """They are another process's now."""
        for partition in partitions:
            self._versions.pop(partition, None)
        self._named = None

    def drop_before(self, moment_ms: int) -> None:
        """Let go of corrections to events from before a moment: these are judged no more."""
        for versions in self._versions.values():
            for event in [event for event, (_, time) in versions.items() if time < moment_ms]:
                del versions[event]
        self._named = None
