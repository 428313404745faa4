"""A finding as the escalation needs it, and which of two revisions holds.

Revisions make the set of findings independent of the order of arrival: the highest revision seen holds, a
lower or equal one changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import IntEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from services.notify.core.text import Text

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""The zone of ``WorkforceActivity.local_date``: numerator and denominator of a rate count the same days."""


class Severity(IntEnum):
    """Tiers of a finding; the values equal ``quzhong.api.events.v1.Severity``."""

    PROMPT = 1
    LIMIT_REACHED = 2
    BREACH = 3


class Place(NamedTuple):
    """What a case is about: at most one case is open for each."""

    platform_id: str
    rule_id: str
    area_code: str
    """GB/T 2260."""
    party_id: str = ""
    """Whose duty it is, of a report or a licence: the platform's, or one of its firms'. Empty: no duty."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One revision of what a rule or an audit found."""

    finding_id: str
    revision: int
    """From 1."""
    stands: bool
    """False once withdrawn."""
    severity: Severity
    place: Place
    worker_id: str
    """A pseudonym; empty where the finding is about a threshold and not about a worker."""
    event_time_ms: int
    """When the tier was reached, epoch milliseconds."""
    title: Text
    citation: Text

    @property
    def day(self) -> date:
        """The day of ``event_time_ms``."""
        return local_day(self.event_time_ms)


def local_day(epoch_ms: int) -> date:
    """The day of a moment in Asia/Shanghai."""
    return datetime.fromtimestamp(epoch_ms / 1000, tz=SHANGHAI).date()


def first_ms(day: date) -> int:
    """The first moment of a day in Asia/Shanghai, epoch milliseconds."""
    return int(datetime.combine(day, time(), SHANGHAI).timestamp() * 1000)


def without_worker(finding: Finding, erasure_id: str) -> Finding:
    """The fact that stays of a finding once the worker's data are gone: somebody's, on its day.

    It still counts as one worker's, as ``erasure_id`` stands for the worker in all of them.
    """
    return replace(finding, worker_id=erasure_id, event_time_ms=first_ms(finding.day))


def replaces(later: Finding, earlier: Finding | None) -> bool:
    """Whether ``later`` takes the place of ``earlier``. The same revision again changes nothing."""
    return earlier is None or later.revision > earlier.revision
