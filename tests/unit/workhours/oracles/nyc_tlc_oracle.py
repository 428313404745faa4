"""The TLC's rules on passenger time by brute force, ten minutes by ten minutes, from the rule's text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

HOUR = 6
"""Tens of minutes."""
CELL_MS = 10 * 60_000


def day_violations(aboard: Sequence[bool]) -> list[tuple[int, int]]:
    """More than 10 h with passengers in 24 h; 8 h without resets. [start, end) of cells."""
    wrong: list[tuple[int, int]] = []
    reset = free = 0
    for cell, carrying in enumerate(aboard):
        if not carrying:
            free += 1
            continue
        if free >= 8 * HOUR:
            reset = cell
        free = 0
        window = range(max(reset, cell + 1 - 24 * HOUR), cell + 1)
        if sum(aboard[before] for before in window) > 10 * HOUR:
            if wrong and wrong[-1][1] == cell:
                wrong[-1] = (wrong[-1][0], cell + 1)
            else:
                wrong.append((cell, cell + 1))
    return wrong


def week_violations(aboard: Sequence[bool], start_ms: int, zone: ZoneInfo) -> list[tuple[int, int]]:
    """More than 60 h with passengers from Monday to Sunday: from the first act past it to the week's last."""
    carried: dict[tuple[int, int], int] = {}
    wrong: dict[tuple[int, int], tuple[int, int]] = {}
    for cell, carrying in enumerate(aboard):
        if not carrying:
            continue
        moment = datetime.fromtimestamp((start_ms + cell * CELL_MS) / 1000, tz=UTC).astimezone(zone)
        week = moment.isocalendar()[:2]
        carried[week] = carried.get(week, 0) + 1
        if carried[week] > 60 * HOUR:
            first, _ = wrong.get(week, (cell, cell))
            wrong[week] = (first, cell + 1)
    return sorted(wrong.values())
