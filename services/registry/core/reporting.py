"""Who owes which report, to whom and until when: 用工报告制度, its parameters and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from typing import Any

from kit.working_days import WorkingDays
from services.registry.core.areas import significant
from services.registry.core.field_error import FieldError
from services.registry.core.parties import Party, Role
from services.registry.core.quarters import Quarter, parse_quarter, quarter_of
from services.registry.core.report_checks import Tolerance
from services.registry.core.shanghai import SHANGHAI


class Level(Enum):
    """Whose departments receive."""

    CITY = "city"
    COUNTY = "county"


@dataclass(frozen=True, slots=True)
class Receiver:
    """One line of the duty: who reports to which level."""

    reporter: Role
    level: Level


@dataclass(frozen=True, slots=True)
class Reporting:
    """The parameters as declared."""

    id: str
    basis_zh: str
    basis_en: str
    first_quarter: Quarter
    due_working_days: int
    """The last day is this many working days after the quarter's end."""
    remind_working_days: tuple[int, ...]
    """Working days before the due date, the earliest reminder first."""
    receivers: tuple[Receiver, ...]
    receiving_units: tuple[str, ...]
    tolerance: Tolerance
    licence_warn_days: int
    """Calendar days before a licence ends."""


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """What a report is about, one a quarter."""

    reporter_id: str
    platform_id: str
    area_code: str
    """Of the receiving city or county."""

    def report_id(self, quarter: Quarter) -> str:
        """Names the report: the same for all its versions."""
        return f"{self.reporter_id}.{self.platform_id}.{self.area_code}.{quarter}"


def subjects_of(party: Party, reporting: Reporting) -> list[Subject]:
    """The reports a party owes each quarter, sorted; none if it is neither platform nor partner firm.

    The city is that of each area the party is registered in. Counties are those it is registered in by name:
    a firm registered for a whole city reports to the city, as nothing says in which counties it is at work.
    """
    platforms = (party.party_id,) if party.role is Role.PLATFORM else party.platform_ids
    return sorted(
        {
            Subject(party.party_id, platform_id, area_code)
            for receiver in reporting.receivers
            if receiver.reporter is party.role
            for platform_id in platforms
            for code in party.area_codes
            if (area_code := _receiving_area(code, receiver.level))
        }
    )


def _receiving_area(area_code: str, level: Level) -> str:
    """The code of the level around, or at, an area; empty for what is too large, as a province."""
    digits = len(significant(area_code))
    if level is Level.CITY:
        return area_code[:4] + "00" if digits >= 4 else ""
    return area_code if digits == 6 else ""


def due_day(quarter: Quarter, days: WorkingDays, reporting: Reporting) -> date:
    """The last day to submit."""
    return days.after(quarter.last_day, reporting.due_working_days)


@lru_cache(maxsize=1_000)  # asked for each party anew, and the same for all; a city has some forty quarters
def due_days(
    quarter: Quarter, days: WorkingDays, reporting: Reporting
) -> tuple[date, tuple[tuple[int, date], ...]]:
    """The last day to submit, and the reminders: how many working days before, on which day."""
    due = due_day(quarter, days, reporting)
    return due, tuple((before, days.before(due, before)) for before in reporting.remind_working_days)


def quarters_owed(party: Party, day: date, reporting: Reporting) -> list[Quarter]:
    """Quarters that are over on a day, and in which the party was registered, the latest first."""
    registered = quarter_of(local_day(party.create_ms))
    quarters = []
    quarter = quarter_of(day).previous
    while quarter >= max(registered, reporting.first_quarter):
        quarters.append(quarter)
        quarter = quarter.previous
    return quarters


def local_day(epoch_ms: int) -> date:
    """The day of a moment in Asia/Shanghai."""
    return datetime.fromtimestamp(epoch_ms / 1000, SHANGHAI).date()


def start_ms(day: date) -> int:
    """When a day begins in Asia/Shanghai, epoch milliseconds."""
    return int(datetime(day.year, day.month, day.day, tzinfo=SHANGHAI).timestamp() * 1000)


def parse_reporting(document: Mapping[str, Any], unit_ids: Sequence[str]) -> Reporting:
    """The parameters from a mapping of the form of ``reporting.yaml``.

    Args:
        unit_ids: the units of the notice, for ``receiving_units``.

    Raises:
        ValueError: naming the place, and what is expected there.
    """
    basis, checks = _mapping(document, "basis"), _mapping(document, "checks")
    remind = document.get("remind_working_days")
    if not isinstance(remind, list) or not all(_is_whole(each, 1, 60) for each in remind):
        raise ValueError("remind_working_days: is no list of numbers 1–60")
    units = document.get("receiving_units")
    if not isinstance(units, list) or not set(units) <= set(unit_ids):
        raise ValueError(f"receiving_units: is no list of units; known are {', '.join(unit_ids)}")
    try:
        first = parse_quarter("first_quarter", str(document.get("first_quarter", "")))
    except FieldError as error:
        raise ValueError(error.message) from None
    return Reporting(
        id=_text(document, "id"),
        basis_zh=_text(basis, "zh"),
        basis_en=_text(basis, "en"),
        first_quarter=first,
        due_working_days=_whole(document, "due_working_days", 1, 60),
        remind_working_days=tuple(sorted(set(remind), reverse=True)),
        receivers=_receivers(document.get("receivers")),
        receiving_units=tuple(units),
        tolerance=Tolerance(
            _number(checks, "change_factor", 1.0, 1000.0),
            _whole(checks, "least_compared", 0, 1_000_000),
            _number(checks, "seen_share", 0.0, 1.0),
        ),
        licence_warn_days=_whole(document, "licence_warn_days", 0, 366),
    )


def _receivers(rows: object) -> tuple[Receiver, ...]:
    if not isinstance(rows, list) or not rows:
        raise ValueError("receivers: is no list of {reporter, level}")
    roles = {"platform": Role.PLATFORM, "partner_firm": Role.PARTNER_FIRM}
    levels = {level.value: level for level in Level}
    found = []
    for at, row in enumerate(rows):
        if not isinstance(row, dict) or row.get("reporter") not in roles or row.get("level") not in levels:
            raise ValueError(
                f"receivers[{at}]: {row!r} has no reporter of {', '.join(roles)} "
                f"or no level of {', '.join(levels)}"
            )
        found.append(Receiver(roles[row["reporter"]], levels[row["level"]]))
    return tuple(found)


def _mapping(document: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = document.get(key)
    if not isinstance(value, dict):
        raise ValueError(f"{key}: is no mapping")
    return value


def _text(document: Mapping[str, Any], key: str) -> str:
    value = document.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{key}: is no text")
    return value.strip()


def _is_whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _whole(document: Mapping[str, Any], key: str, least: int, most: int) -> int:
    value = document.get(key)
    if not isinstance(value, int) or not _is_whole(value, least, most):
        raise ValueError(f"{key}: {value!r} is no whole number {least}–{most}")
    return value


def _number(document: Mapping[str, Any], key: str, least: float, most: float) -> float:
    value = document.get(key)
    if not isinstance(value, int | float) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(f"{key}: {value!r} is no number {least:g}–{most:g}")
    return float(value)
