"""The French rules by brute force, written from their text: it looks at every five minutes there are.

Nothing here comes from the engine. Moments are indices of slots; before and after the history all is free.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

SLOT_S = 300
HOUR = 12
"""Slots in an hour."""
WORKING = frozenset({"driving", "work", "support"})

Breach = tuple[str, int, int]
"""Rule code, first slot, slot after the last."""


def breaches(slots: Sequence[str | None], first: datetime, zone: ZoneInfo, sector: str) -> set[Breach]:
    """``slots``: the state in each, None for free; ``first``: when slot 0 begins, with a zone of its own."""
    clock = [(first + timedelta(seconds=SLOT_S * at)).astimezone(zone) for at in range(len(slots))]
    busy = [state is not None for state in slots]
    working = [state in WORKING for state in slots]
    return (
        _uninterrupted(working)
        | _breaks(busy, working)
        | _daily_work(busy, working, clock, sector)
        | _daily_rest(busy, clock)
        | _weekly_rest(busy, clock)
    )


def _uninterrupted(working: Sequence[bool]) -> set[Breach]:
    return {
        ("fr.uninterrupted_work_6h", start, end)
        for start, end in _parted(working, 3)
        if sum(working[start:end]) > 6 * HOUR
    }


def _breaks(busy: Sequence[bool], working: Sequence[bool]) -> set[Breach]:
    found = set()
    for start, end in _parted(busy, 10 * HOUR):
        worked = sum(working[start:end])
        pause = taken = 0
        for at in range(start, end):
            if busy[at]:
                taken += pause if pause >= 3 else 0
                pause = 0
            else:
                pause += 1
        if (worked > 9 * HOUR and taken < 9) or (worked > 6 * HOUR and taken < 6):
            found.add(("fr.break_30min_over_6h_45min_over_9h", start, end))
    return found


def _daily_work(
    busy: Sequence[bool], working: Sequence[bool], clock: Sequence[datetime], sector: str
) -> set[Breach]:
    found = set()
    for start, end in _parted(busy, 10 * HOUR):
        limit = 12 if sector == "goods" else 10
        if sector == "passenger" and end - start > 13 * HOUR:
            limit = 9
        if sector == "passenger_taxi" and end - start > 12 * HOUR:
            limit = 9
        if any(working[at] and clock[at].hour < 5 for at in range(start, end)):
            limit = min(limit, 10)
        if sum(working[start:end]) > limit * HOUR:
            found.add(("fr.max_daily_work", start, end))
    return found


def _daily_rest(busy: Sequence[bool], clock: Sequence[datetime]) -> set[Breach]:
    """Once a calendar day: the first moment of an act with no ten free hours in its 24."""
    free_from = [0] * (len(busy) + 1)
    free_from[-1] = 24 * HOUR
    for at in range(len(busy) - 1, -1, -1):
        free_from[at] = 0 if busy[at] else free_from[at + 1] + 1
    free_from += [24 * HOUR] * (24 * HOUR)
    found = set()
    stated = set()
    for at in range(len(busy)):
        if not busy[at] or clock[at].date() in stated:
            continue
        if not any(free_from[then] >= 10 * HOUR for then in range(at, at + 14 * HOUR + 1)):
            stated.add(clock[at].date())
            found.add(("fr.daily_rest_10h_in_24h", at, at + 24 * HOUR))
    return found


def _weekly_rest(busy: Sequence[bool], clock: Sequence[datetime]) -> set[Breach]:
    weeks: dict[tuple[int, int], list[int]] = {}
    for at, moment in enumerate(clock):
        year, week, _ = moment.isocalendar()
        weeks.setdefault((year, week), []).append(at)
    found = set()
    for members in weeks.values():
        start, end = members[0], members[-1] + 1
        if not any(busy[start:end]):
            continue
        run = longest = 0
        for at in members:
            run = 0 if busy[at] else run + 1
            longest = max(longest, run)
        days = {clock[at].date() for at in members if busy[at]}
        if longest < 34 * HOUR or len(days) > 6:
            found.add(("fr.weekly_rest_34h_max_6_days", start, end))
    return found


def _parted(acts: Sequence[bool], rest: int) -> list[tuple[int, int]]:
    """First slot and slot after the last of every stretch without ``rest`` free slots in a row."""
    stretches = []
    start: int | None = None
    last = 0
    for at, act in enumerate(acts):
        if not act:
            continue
        if start is not None and at - last - 1 >= rest:
            stretches.append((start, last + 1))
            start = None
        if start is None:
            start = at
        last = at
    if start is not None:
        stretches.append((start, last + 1))
    return stretches
