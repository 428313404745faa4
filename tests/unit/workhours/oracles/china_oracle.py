"""The Chinese packs by brute force, minute by minute, from the rules' texts.

Minute m is [m, m + 1). ``busy[m]`` says whether there is any work in it. A breach is [start, end) in minutes.
"""

from __future__ import annotations

from collections.abc import Sequence

MINUTES_A_DAY = 24 * 60
DAYS_A_WEEK = 7

Breach = tuple[int, int]


def continuous(busy: Sequence[bool], limit: int, rest: int, *, reach: bool) -> list[Breach]:
    """Work without a rest of ``rest`` minutes: more than ``limit`` (or, with ``reach``, ``limit`` itself).

    Outside rests nothing is taken off for short gaps, and nothing is added. One breach a spell, up to the
    spell's last work.
    """
    breaches: list[Breach] = []
    worked, idle, since, last = 0, rest, -1, 0
    for minute in [*range(len(busy)), *range(len(busy), len(busy) + rest)]:
        working = minute < len(busy) and busy[minute]
        if not working:
            idle += 1
            if idle == rest:
                if since >= 0:
                    breaches.append((since, last))
                worked, since = 0, -1
            continue
        idle = 0
        worked += 1
        last = minute + 1
        if since < 0 and not reach and worked == limit + 1:
            since = minute
        if since < 0 and reach and worked == limit:
            since = minute + 1
    return breaches


def pushes(offers: Sequence[int], breaches: Sequence[Breach], wait: int) -> list[int]:
    """Offers from the moment the limit is passed until ``wait`` minutes after the last order's completion."""
    return sorted(
        {at for at in offers for start, completed in breaches if start <= at and at < completed + wait}
    )


def daily(busy: Sequence[bool], first_minute: int, limit: int) -> list[Breach]:
    """More than ``limit`` minutes of work between midnights; ``first_minute``: of the day, of ``busy[0]``."""
    breaches: dict[int, Breach] = {}
    worked: dict[int, int] = {}
    for minute, working in enumerate(busy):
        day = (first_minute + minute) // MINUTES_A_DAY
        if working:
            worked[day] = worked.get(day, 0) + 1
            if worked[day] > limit:
                start, _ = breaches.get(day, (minute, 0))
                breaches[day] = (start, minute + 1)
    return [breaches[day] for day in sorted(breaches)]


def weekly(busy: Sequence[bool], first_minute: int, weekday: int) -> list[Breach]:
    """Weeks, Monday to Sunday, in which every day has work; ``weekday``: of ``busy[0]``, Monday 0."""
    worked: dict[int, dict[int, tuple[int, int]]] = {}
    for minute, working in enumerate(busy):
        if working:
            day = weekday + (first_minute + minute) // MINUTES_A_DAY
            days = worked.setdefault(day // DAYS_A_WEEK, {})
            start, _ = days.get(day, (minute, 0))
            days[day] = (start, minute + 1)
    return [
        (days[max(days)][0], days[max(days)][1])
        for _, days in sorted(worked.items())
        if len(days) == DAYS_A_WEEK
    ]
