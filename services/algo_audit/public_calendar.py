"""What whoever sees aggregates only may be told over time: the calendar, and what was told before.

Three rules, so that no two answers can be subtracted:

1. *One partition of time.* Only whole periods of the partition in force (``core.public_periods``), of one
   city or a county of it; what was told of one period is never told of another that overlaps it, also if the
   declared partition has changed since.
2. *Not before it is over.* A period is told once it ended ``REACH_DAYS`` ago: figures of the first ten days
   and of the first eleven would be two periods.
3. *One state.* Of each metric, city and period the data of the first telling are the only ones told. What
   comes late changes the audits of authorities; told as well, the difference would be the latecomers' alone.
   So the state is marked (``ports.Mark``), and whatever is asked of the period later is computed from it.

Rows of the same data, however cut, are bounded by ``core.privacy``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from kit.clock import Clock
from kit.errors import FailedPreconditionError, InvalidArgumentError
from services.algo_audit.core.cohort_keys import DAY_MS, SHANGHAI_OFFSET_MS
from services.algo_audit.core.day_cells import REACH_DAYS, midnight_ms, show_day
from services.algo_audit.core.public_periods import NAMES, Partition, last_whole, period_of
from services.algo_audit.ports import Figures, Mark, Scope


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of a period."""

    metric_id: str
    """Empty: baselines, of whichever metric."""
    city: str
    """GB/T 2260: figures of its counties are made of the same data."""
    start_ms: int
    end_ms: int
    data_version: str
    """Empty: baselines have none."""
    audit_id: str
    """By which it was told; empty: baselines."""


class ToldBook(Protocol):
    """Remembers what was told."""

    def agrees(self, telling: Told) -> bool:
        """Whether nothing told before overlaps the period, or is of it and the metric, but of other data."""
        ...

    def tell(self, telling: Told) -> bool:
        """The same, and remember it if so."""
        ...

    def mark(self, metric_id: str, city: str, start_ms: int) -> Mark | None:
        """The state of the data that was told of the period that begins then; None: none was, or by an
        earlier release, which marked none."""
        ...


class PublicCalendar:
    """Decides what may be told. Threads may share it."""

    def __init__(self, partition: Partition, book: ToldBook, clock: Clock) -> None:
        self.partition = partition
        self._book = book
        self._clock = clock

    def check(self, scope: Scope) -> None:
        """Whether the scope may be asked for; one without a period is given one by ``resolve``.

        Raises:
            InvalidArgumentError: AREA_TOO_WIDE; PERIOD_NOT_PUBLIC, naming the period meant.
            FailedPreconditionError: PERIOD_NOT_OVER.
        """
        check_city(scope.area_code)
        if scope.start_ms is None and scope.end_ms is None:
            return
        if scope.start_ms is None or scope.end_ms is None or not self._is_one(scope.start_ms, scope.end_ms):
            moment = scope.start_ms if scope.start_ms is not None else (scope.end_ms or 0) - 1
            raise not_public(self.partition, _day(moment))
        if not self._over(scope.end_ms):
            raise _not_over(scope.end_ms)

    def resolve(self, scope: Scope, latest_ms: Callable[[], int]) -> Scope:
        """The scope with a period: where none is asked for, the last that is over and not after the latest
        event (``latest_ms``)."""
        if scope.start_ms is not None:
            return scope
        over = last_whole(self.partition, _day(self._clock()) - REACH_DAYS - 1)
        seen = period_of(self.partition, _day(latest_ms()))
        first, last = min(over, seen)
        return replace(scope, start_ms=midnight_ms(first), end_ms=midnight_ms(last + 1))

    def state(self, scope: Scope) -> Mark | None:
        """The state of the data that figures of a period are to be computed from; None: of now, as nothing
        was told of the period yet."""
        if scope.start_ms is None:
            return None
        return self._book.mark(scope.metric_id, _city(scope.area_code), scope.start_ms)

    def shows(self, figures: Figures) -> bool:
        """Whether they may be told."""
        telling = self._telling(figures)
        return telling is not None and self._book.agrees(telling)

    def tells(self, figures: Figures) -> bool:
        """The same, and from now on no other figures of the period are: for whoever answers with them."""
        telling = self._telling(figures)
        return telling is not None and self._book.tell(telling)

    def require(self, figures: Figures) -> None:
        """``tells``, or FailedPreconditionError: PERIOD_TOLD_BEFORE."""
        if not self.tells(figures):
            first, last = show_day(_day(figures.period[0])), show_day(_day(figures.period[1] - 1))
            raise FailedPreconditionError(
                f"period_start_time: figures of {first} to {last}, or of days of it, were told before on "
                "other data, and the difference of two could be a few workers'; ListAudits names what was "
                "told: go on with that, or with the next period",
                zh=f"period_start_time：{first} 至 {last}（或其中若干日）的数字此前已按当时的数据提供，"
                "再次提供则可由两者之差推知少数劳动者；请用 ListAudits 查询已提供的审计，或改用下一时段",
                field="period_start_time",
                reason="PERIOD_TOLD_BEFORE",
            )

    def _telling(self, figures: Figures) -> Told | None:
        start_ms, end_ms = figures.period
        if is_wide(figures.area_code) or not self._is_one(start_ms, end_ms) or not self._over(end_ms):
            return None
        city = _city(figures.area_code)
        return Told(figures.metric_id, city, start_ms, end_ms, figures.data_version, figures.audit_id)

    def _is_one(self, start_ms: int, end_ms: int) -> bool:
        if start_ms >= end_ms:
            return False
        first, last = period_of(self.partition, _day(start_ms))
        return (start_ms, end_ms) == (midnight_ms(first), midnight_ms(last + 1))

    def _over(self, end_ms: int) -> bool:
        return end_ms + REACH_DAYS * DAY_MS <= self._clock()


def is_wide(area_code: str) -> bool:
    """Whether an area is more than a city: of a province less its cities any small city may be left."""
    return area_code[2:4] == "00"


def check_city(area_code: str) -> None:
    """Raises InvalidArgumentError (AREA_TOO_WIDE) for an area that is more than a city."""
    if is_wide(area_code):
        raise InvalidArgumentError(
            f"area_code: {area_code[:16]!r} is more than a city; ask for a city or a county of it (a "
            "province less its cities could be a few workers)",
            zh=f"area_code：{area_code[:16]!r} 大于设区的市；请按市或县（市、区）查询（全省减去各市即可推知"
            "少数劳动者）",
            field="area_code",
            reason="AREA_TOO_WIDE",
        )


def not_public(partition: Partition, day: int) -> InvalidArgumentError:
    """The refusal of a period that is none of the calendar's; ``day``: one of it."""
    zh, en = NAMES[partition]
    first, last = (show_day(each) for each in period_of(partition, day))
    return InvalidArgumentError(
        f"period_start_time: figures are told of whole periods, each a {en}, as overlapping ones could be "
        f"subtracted; ask for {first} to {last}, its end being the day after, or leave both times out for "
        "the last that is over",
        zh=f"period_start_time：数字只按整个{zh}提供，因为重叠的时段可以相减；请查询 {first} 至 {last}"
        "（结束时间填次日零时），或两者均不填，取最近一个已结束的时段",
        field="period_start_time",
        reason="PERIOD_NOT_PUBLIC",
        metadata={"partition": partition.value, "first_day": first, "last_day": last},
    )


def _not_over(end_ms: int) -> FailedPreconditionError:
    told = show_day(_day(end_ms) + REACH_DAYS)
    return FailedPreconditionError(
        f"period_end_time: the period's figures are told from {told} on, {REACH_DAYS} days after its end; "
        "ask for an earlier one",
        zh=f"period_end_time：该时段的数字自 {told}（结束 {REACH_DAYS} 天后）起提供；请查询更早的时段",
        field="period_end_time",
        reason="PERIOD_NOT_OVER",
    )


def _city(area_code: str) -> str:
    return area_code[:4] + "00"


def _day(moment_ms: int) -> int:
    return (moment_ms + SHANGHAI_OFFSET_MS) // DAY_MS
