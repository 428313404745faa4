"""Whether a warning is due: a function of the set of standing findings and of the activity, of nothing else.

Rate of a window = distinct workers with a standing finding of at least the severity ÷ active workers × 1,000.

* **Windows** are the ``window_days`` whole days (Asia/Shanghai) up to and including a day on which a finding
  lies, each such day in turn: the supervisor looks back from what was found. No clock is read; the caller
  says up to which day windows are judged (``core/judging.py``).
* **A warning is due** if any window exceeds the policy's rate with at least ``least_workers`` workers.
* **Active workers** are the most seen on one day of the window. Counts come per partition and day. Partitions
  add up, because a worker lives in exactly one. Days do not: the same people come again, and their union
  cannot be had from counts. The greatest day is the best lower bound of that union, so the rate is never
  understated. Workers with a finding were active themselves, hence a second lower bound, which keeps the rate
  at or below 1,000.
* **Unknown is not zero**: a window without any activity on record has no rate and gives no warning.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from services.notify.core.findings import Severity
from services.notify.core.policy import AtOnce, Rate
from services.notify.core.text import Text


class Standing(NamedTuple):
    """What escalation needs of a standing finding."""

    day: date
    worker_id: str
    """Empty where the finding is about a threshold."""
    severity: Severity


@dataclass(frozen=True, slots=True)
class WindowCount:
    """One window's figures."""

    first: date
    last: date
    workers: int
    """Distinct, with a standing finding."""
    active: int
    """Workers counted as active; 0 if none are on record."""

    @property
    def rate_per_thousand(self) -> float | None:
        """None if nobody is on record as active."""
        return self.workers * 1000 / self.active if self.active else None

    def exceeds(self, rate: Rate) -> bool:
        """Strictly above the rate, with enough workers. Compared without a division."""
        enough = self.active > 0 and self.workers >= rate.least_workers
        return enough and self.workers * 1000 > self.active * rate.workers_per_thousand


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a warning is due, on which figures, and why (or why not)."""

    warn: bool
    reason: Text
    window: WindowCount | None = None
    """The window with the highest rate of those that exceed it; None at once, or if nothing is due."""
    workers: int = 0
    """Distinct workers among what the reason counts."""


def count_windows(
    standing: Collection[Standing], active: Mapping[date, int], rate: Rate
) -> list[WindowCount]:
    """Every window that ends on a day with a finding, in order of time. Linear in findings × window days."""
    workers_of = _workers_of(standing, rate)
    return [_count(workers_of, active, rate, last) for last in sorted(workers_of)]


def count_window(
    standing: Collection[Standing], active: Mapping[date, int], rate: Rate, last: date
) -> WindowCount:
    """The window that ends on ``last``. What lies outside it may be missing."""
    return _count(_workers_of(standing, rate), active, rate, last)


def _workers_of(standing: Collection[Standing], rate: Rate) -> dict[date, set[str]]:
    workers_of: dict[date, set[str]] = {}
    for finding in standing:
        if finding.severity >= rate.least_severity and finding.worker_id:
            workers_of.setdefault(finding.day, set()).add(finding.worker_id)
    return workers_of


def _count(
    workers_of: Mapping[date, set[str]], active: Mapping[date, int], rate: Rate, last: date
) -> WindowCount:
    days = (last - timedelta(days=back) for back in range(rate.window_days))
    return window_of(len(set().union(*(workers_of.get(day, ()) for day in days))), active, rate, last)


def window_of(workers: int, active: Mapping[date, int], rate: Rate, last: date) -> WindowCount:
    """The window that ends on ``last``, of which the distinct workers with a finding are known."""
    days = [last - timedelta(days=back) for back in range(rate.window_days)]
    most = max(active.get(day, 0) for day in days)
    return WindowCount(days[-1], last, workers, max(most, workers) if most else 0)


def decide(
    standing: Collection[Standing],
    active: Mapping[date, int],
    trigger: AtOnce | Rate,
    until: date = date.max,
) -> Decision:
    """Whether a warning is due for a case with these findings.

    ``active`` has the active workers of the case's platform and area by day, partitions added up. A rate is
    judged in the windows that end on ``until`` or before.
    """
    if isinstance(trigger, AtOnce):
        return _decide_at_once(standing, trigger)
    counts = [count for count in count_windows(standing, active, trigger) if count.last <= until]
    exceeding = [count for count in counts if count.exceeds(trigger)]
    if exceeding:
        worst = max(exceeding, key=lambda count: (count.rate_per_thousand or 0.0, count.workers, count.last))
        return Decision(True, _exceeds(worst, trigger), worst, worst.workers)
    if counts and not any(count.active for count in counts):
        return Decision(
            False,
            Text(
                "尚无同期在岗劳动者数据，暂不计算每千人比例。",
                "No activity is on record for these days yet: no rate.",
            ),
        )
    return Decision(
        False,
        Text(
            f"未超过警示标准（{_standard_zh(trigger)}）。",
            f"Not above the standard for a warning ({_standard_en(trigger)}).",
        ),
    )


def _decide_at_once(standing: Collection[Standing], trigger: AtOnce) -> Decision:
    found = [finding for finding in standing if finding.severity >= trigger.least_severity]
    if grave := len(found):
        zh = f"经核算，有 {grave} 项考核标准不符合规定，一经认定即予警示。"
        return Decision(
            True,
            Text(zh, f"{_plural(grave, 'finding')} on assessment thresholds; one is enough for a warning."),
            workers=len({finding.worker_id for finding in found if finding.worker_id}),
        )
    return Decision(False, Text("没有达到警示程度的认定。", "No finding is grave enough for a warning."))


def _exceeds(count: WindowCount, rate: Rate) -> Text:
    per_thousand = f"{count.rate_per_thousand:.1f}"
    return Text(
        f"{_day_zh(count.first)}至{_day_zh(count.last)}（{rate.window_days} 日）"
        f"共有 {count.workers} 名劳动者出现超限情形，"
        f"同期在岗劳动者按 {count.active} 名计，折合每千人 {per_thousand} 名，"
        f"超过警示标准（{_standard_zh(rate)}）。",
        f"From {count.first} to {count.last} ({rate.window_days} days) "
        f"{_plural(count.workers, 'worker')} went past the limit, of {count.active} counted as active, hence "
        f"{per_thousand} per thousand, above the standard for a warning ({_standard_en(rate)}).",
    )


def _standard_zh(rate: Rate) -> str:
    return f"{rate.window_days} 日内每千人 {rate.workers_per_thousand:g} 名，且不少于 {rate.least_workers} 名"


def _standard_en(rate: Rate) -> str:
    least = _plural(rate.least_workers, "worker")
    return f"{rate.workers_per_thousand:g} per thousand within {rate.window_days} days and at least {least}"


def _day_zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
