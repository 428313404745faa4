"""When a rate is judged: once its days are over, and nothing more of them is coming in.

A letter rests on whole days. At noon the morning's riders are no measure of a day, so a window is judged
after the day it ends on, with a delay for what comes late. And a replay of past days brings its findings and
its activity bit by bit: what it has brought so far is no measure either, so it is waited for until it is
quiet. Quiet is a matter of the platform, not of the case: a small county may see nothing for seconds in the
middle of a replay, while its platform as a whole is still being heard.

    day ends ──late_events──▶ the day is over ──quiet──▶ its windows are judged
                                      ▲
                                      └── a change of a day that is over begins the quiet anew

Hence a judgement sees every change that bears on it, in whatever order and batches they came, unless the
stream stood still for longer than ``quiet``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from services.notify.core.findings import SHANGHAI, local_day

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Judging:
    """The waits before a rate is judged."""

    late_events_ms: int
    """How long after its end a day (Asia/Shanghai) still gets events as a matter of course."""
    quiet_ms: int
    """How long nothing may have changed in past days of the case's platform."""

    def is_over(self, day: date, at_ms: int) -> bool:
        """Whether the day is over at a moment."""
        return at_ms >= self._over_ms(day)

    def moment_ms(self, day: date, now_ms: int) -> int:
        """When windows that end on ``day`` or later are to be judged, after a change of it now."""
        return max(now_ms, self._over_ms(day)) + self.quiet_ms

    def last_day(self, now_ms: int) -> date:
        """The last day that has been over for the quiet time."""
        return local_day(now_ms - self.quiet_ms - self.late_events_ms) - _DAY

    def _over_ms(self, day: date) -> int:
        midnight = datetime.combine(day + _DAY, time(), SHANGHAI)
        return int(midnight.timestamp() * 1000) + self.late_events_ms
