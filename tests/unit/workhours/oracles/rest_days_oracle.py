"""Rest days and the no-push window by brute force, written from the rules' text.

《外卖平台服务管理基本要求》: at least one rest day a week; after more than 4 h of continuous order-taking no
order is pushed for 20 min from the completion of the order in hand. Nothing here comes from the engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta


def weeks_without_rest_day(
    acts: Sequence[tuple[datetime, datetime]], days: int
) -> set[tuple[datetime, datetime]]:
    """From the first act that leaves fewer than ``days`` rest days to the last of its week; local times."""
    touched: dict[date, list[tuple[datetime, datetime]]] = {}
    for start, end in acts:
        at = start
        while at < end:
            midnight = datetime.combine(at.date() + timedelta(days=1), datetime.min.time())
            touched.setdefault(at.date(), []).append((at, min(end, midnight)))
            at = midnight
    found = set()
    for monday in {day - timedelta(days=day.weekday()) for day in touched}:
        week = [monday + timedelta(days=n) for n in range(7)]
        for last in range(7):
            free = sum(day not in touched for day in week[: last + 1]) + 6 - last
            if free < days:
                ends = [end for day in week for _, end in touched.get(day, [])]
                found.add((min(start for start, _ in touched[week[last]]), max(ends)))
                break
    return found


def forbidden_minutes(busy: Sequence[bool]) -> set[int]:
    """Of minutes with or without an order in hand, those at whose beginning no order may be pushed."""
    forbidden: set[int] = set()
    worked = gap = 0
    past = False
    since = 0
    for at, order in enumerate([*busy, *[False] * 60]):
        if order:
            if worked == 240 and not past:
                past, since = True, at
            worked += 1
            gap = 0
        else:
            gap += 1
            if gap == 20:
                if past:
                    forbidden |= set(range(since, at + 1))
                worked, past = 0, False
    return forbidden
