"""The calendar of periods whose figures may leave the service for whoever sees aggregates only.

One partition of time is in force. Two of its periods are the same or have no moment in common, so whatever
sums and differences of published figures are taken, rows of different periods never stand in one equation
against each other: what can be solved for of one period is what its own figures give, and privacy.py bounds
that. Periods that overlap have no such rest: of 28 days less 27 the rest is one day of whatever cell.

Coarser periods beside finer ones (months beside days) would need the rests bounded over all levels at once,
like the tree of cohorts, for all data to come; so there is one level, and a city declares which.
"""

from datetime import date, timedelta
from enum import StrEnum

_EPOCH = date(1970, 1, 1)


class Partition(StrEnum):
    """Into what time is cut. Days are days in Asia/Shanghai, numbered since 1970-01-01."""

    DAY = "day"
    WEEK = "week"
    """Monday to Sunday (ISO 8601)."""
    MONTH = "month"
    """A calendar month."""


NAMES = {
    Partition.DAY: ("自然日", "day"),
    Partition.WEEK: ("自然周（周一至周日）", "week (Monday to Sunday)"),
    Partition.MONTH: ("自然月", "calendar month"),
}
"""Chinese and English."""


def period_of(partition: Partition, day: int) -> tuple[int, int]:
    """First and last day, both included, of the period that a day lies in."""
    if partition is Partition.DAY:
        return day, day
    here = _EPOCH + timedelta(days=day)
    if partition is Partition.WEEK:
        first = day - here.weekday()
        return first, first + 6
    following = (here.replace(day=1) + timedelta(days=31)).replace(day=1)
    return (here.replace(day=1) - _EPOCH).days, (following - _EPOCH).days - 1


def last_whole(partition: Partition, day: int) -> tuple[int, int]:
    """The last period that ends on or before a day."""
    first, last = period_of(partition, day)
    return (first, last) if last == day else period_of(partition, first - 1)
