"""Reports of a month or a quarter: figures, typical cases, good conduct."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from services.portal.core.language import LocalText

STEPS = (
    "cases_opened",
    "warnings",
    "answered_in_time",
    "summonses",
    "orders",
    "closed",
    "escalated",
    "withdrawn",
)
"""Counts of steps that every row has, in the order of the ladder; their names are under ``period.step``."""


class ReportFormat(IntEnum):
    """Values equal those of quzhong.api.notify.v1.ReportFormat."""

    PDF = 1
    CSV = 2
    XLSX = 3


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """Of one area, platform and rule; empty where it sums."""

    area_code: str
    platform_id: str
    rule_id: str
    title: LocalText
    findings: int | None
    """None: not told to this reader, as is what follows."""
    workers: int | None
    rate_per_thousand: float | None
    steps: tuple[int, ...]
    """By ``STEPS``."""

    @property
    def counts(self) -> dict[str, int]:
        """Its steps by name."""
        return dict(zip(STEPS, self.steps, strict=True))

    @property
    def kind(self) -> str:
        """What it sums over: ``whole``, ``area``, ``platform``, ``rule``; ``cell`` sums over nothing."""
        told = (bool(self.area_code), bool(self.platform_id), bool(self.rule_id))
        kinds = {
            (False, False, False): "whole",
            (True, False, False): "area",
            (False, True, False): "platform",
            (False, False, True): "rule",
        }
        return kinds.get(told, "cell")


@dataclass(frozen=True, slots=True)
class TypicalCase:
    rule_id: str
    title: LocalText
    story: LocalText


@dataclass(frozen=True, slots=True)
class GoodConduct:
    platform_id: str
    reason: LocalText


@dataclass(frozen=True, slots=True)
class PeriodReport:
    period: str
    area_code: str
    rows: tuple[PeriodRow, ...]
    typical_cases: tuple[TypicalCase, ...]
    create_ms: int | None

    def of(self, kind: str) -> list[PeriodRow]:
        """Its rows of one kind."""
        return [row for row in self.rows if row.kind == kind]


def periods_until(today: date, months: int) -> list[str]:
    """Names of the last months and of the quarters that ended or go on in them, the newest first:
    ``2026-Q1``, ``2026-03``, … A quarter stands before its months."""
    names: list[str] = []
    for back in range(months):
        number = today.year * 12 + today.month - 1 - back
        year, month = number // 12, number % 12 + 1
        quarter = f"{year}-Q{(month + 2) // 3}"
        if quarter not in names:
            names.append(quarter)
        names.append(f"{year}-{month:02}")
    return names


def latest_over(today: date) -> tuple[str, str]:
    """The last month and the last quarter that are over."""
    before = today.year * 12 + today.month - 2
    quarters = today.year * 4 + (today.month + 2) // 3 - 2
    return f"{before // 12}-{before % 12 + 1:02}", f"{quarters // 4}-Q{quarters % 4 + 1}"
