"""What reports and duties need from outside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from services.registry.core.duty_findings import DutyFinding
from services.registry.core.quarters import Quarter
from services.registry.core.reporting import Subject
from services.registry.core.reports import Report
from services.registry.ports import Transaction, View


@dataclass(frozen=True, slots=True)
class ActivityCount:
    """How many workers had events on a platform in an area on a day, in one partition: partitions add up."""

    platform_id: str
    area_code: str
    day: date
    partition: int
    workers: int
    revision: int = 0
    """Of two counts of a partition's day the one with the greater revision holds, also if it is smaller."""


@dataclass(frozen=True, slots=True)
class SaidFinding:
    """A finding as it was said, with what was said beside it."""

    finding: DutyFinding
    content: bytes
    """The contract's message, as topic ``findings`` has it."""


class SeenWorkers(Protocol):
    """What events tell of how many people work."""

    def busiest_day(self, platform_id: str, area_code: str, first: date, last: date) -> int | None:
        """Distinct workers on the day that had most of them, within an area; None if nothing was seen.

        So many people worked in the time at least: days do not add up, since the same people come again.
        """
        ...


class ReportView(View, SeenWorkers, Protocol):
    """Parties, reports and what was found, as of one moment. Lists come in any order."""

    def report_versions(self, report_id: str) -> list[Report]: ...

    def reports(self, *, reporter_id: str = "", quarter: str = "") -> list[Report]:
        """All versions of all; what is empty does not restrict."""
        ...

    def delivered(self, reporter_ids: Sequence[str]) -> set[tuple[Subject, Quarter]]:
        """What parties handed in and did not get back."""
        ...

    def duty_findings(self, party_ids: Sequence[str]) -> list[DutyFinding]:
        """Everything ever said of the parties' duties, as of the last revision."""
        ...

    def duty_finding(self, finding_id: str) -> SaidFinding | None: ...

    def party_changes(self) -> int:
        """How often any party was registered or amended: a mark to tell whether anything changed."""
        ...


class ReportTransaction(ReportView, Transaction, Protocol):
    """A view that can be written."""

    def put_report(self, report: Report) -> None:
        """A new version, or one with another state or content."""
        ...

    def put_findings(self, findings: Sequence[DutyFinding]) -> None:
        """Keep revisions, of each finding one; they go out to topic ``findings`` with the same commit."""
        ...

    def take_activity(self, counts: Iterable[ActivityCount]) -> None:
        """Keep, of each platform, area, day and partition, the count of the greatest revision; of those the
        greatest."""
        ...


class ReportStore(Protocol):
    """Where reports are kept: the registry's own store."""

    def read(self) -> AbstractContextManager[ReportView]: ...

    def write(self) -> AbstractContextManager[ReportTransaction]:
        """Committed at the end of the block, rolled back if it raises; one at a time."""
        ...
