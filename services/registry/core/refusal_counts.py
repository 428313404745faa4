"""Refusals, counted so that who knocks a million times fills no ledger: the first at once, the rest as a sum.

::

    knock  knock knock knock          knock
    ──┼──────┼─────┼─────┼─────┼────────┼──────▶
      1      └── counted ─────┘ 3       1 (a new minute)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

WINDOW_MS = 60_000
"""A minute: seen at once, and an attack of a whole day makes 2,880 entries for each kind of refusal."""


class Counted(NamedTuple):
    """Refusals to be entered as one."""

    subject: str
    why: str
    times: int


@dataclass(slots=True)
class _Window:
    start_ms: int
    further: int = 0


class RefusalCounts:
    """Every refusal ends in exactly one ``Counted``, whatever the order of calls and the clock's jumps."""

    def __init__(self) -> None:
        self._windows: dict[tuple[str, str], _Window] = {}

    def count(self, subject: str, why: str, now_ms: int) -> list[Counted]:
        """Count a refusal; answers what is to be entered now: it, if it begins a minute, and what is over."""
        told = self._over(now_ms)
        window = self._windows.get((subject, why))
        if window is None:
            self._windows[(subject, why)] = _Window(now_ms)
            told.append(Counted(subject, why, 1))
        else:
            window.further += 1
        return told

    def rest(self) -> list[Counted]:
        """What has not been entered yet; everything begins anew."""
        windows, self._windows = self._windows, {}
        return [Counted(*key, window.further) for key, window in windows.items() if window.further]

    def put_back(self, told: list[Counted], now_ms: int) -> None:
        """What could not be entered after all: it is told with what comes next."""
        for subject, why, times in told:
            window = self._windows.setdefault((subject, why), _Window(now_ms))
            window.further += times

    def _over(self, now_ms: int) -> list[Counted]:
        # A clock that was set back ends a minute too: else it might last for years.
        over = [
            key
            for key, window in self._windows.items()
            if not window.start_ms <= now_ms < window.start_ms + WINDOW_MS
        ]
        ended = [(key, self._windows.pop(key)) for key in over]
        return [Counted(*key, window.further) for key, window in ended if window.further]
