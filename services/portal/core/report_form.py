"""The form of an employment report: its groups, what was typed into it, and what is wrong where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.portal.core.language import LocalText
from services.portal.core.reports import FIGURES, Check, CheckSeverity, Report

GROUPS: Mapping[str, tuple[str, ...]] = {
    "employment": FIGURES[0:5],
    "agreements": FIGURES[5:7],
    "insurance": FIGURES[7:14],
    "injuries": FIGURES[14:17],
    "training": FIGURES[17:19],
    "pay": FIGURES[19:22],
}
"""In the order of the contract's message (二.1, 二.5, 二.6–7, 二.3); named under ``report_group``."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Which report it is; the reporter is whoever fills it in."""

    platform_id: str
    area_code: str
    quarter: str


@dataclass(frozen=True, slots=True)
class FileFault:
    """What cannot be read in a file, and where."""

    row: int
    column: str
    value: str
    text: LocalText
    figure: str = ""
    """The one whose column it is, as in ``FIGURES``; empty of other columns."""


@dataclass(frozen=True, slots=True)
class Form:
    """What is shown, and what was typed: nothing that was typed is lost, whatever is wrong with it."""

    subject: Subject
    typed: Mapping[str, str] = field(default_factory=dict)
    """By ``FIGURES``, as people write figures; money in yuan."""
    explanations: Mapping[str, str] = field(default_factory=dict)
    """By ``Check.check_id``."""
    unreadable: Mapping[str, LocalText] = field(default_factory=dict)
    """By ``FIGURES``: what was typed there and is no figure."""
    checks: Sequence[Check] = ()
    faults: Sequence[FileFault] = ()
    """Of the file that was read."""
    others: Sequence[Subject] = ()
    """Further reports of that file."""
    read_from: str = ""
    """The file that was read; empty if none was."""

    def checks_of(self, figure: str) -> list[Check]:
        """What was found at a figure, what has to be mended first."""
        found = [each for each in self.checks if each.field == figure]
        return sorted(found, key=lambda each: (-each.severity, each.check_id))

    @property
    def elsewhere(self) -> list[Check]:
        """What was found at no figure of the form."""
        return [each for each in self.checks if each.field not in FIGURES]

    @property
    def errors(self) -> int:
        """How much has to be mended."""
        return len(self.unreadable) + sum(each.severity is CheckSeverity.ERROR for each in self.checks)

    @property
    def unexplained(self) -> int:
        """How much has to be explained still."""
        return sum(each.severity is CheckSeverity.WARNING and each.blocks for each in self.checks)

    @property
    def asking(self) -> list[str]:
        """The figures at which something has to be done, in the order of the form."""
        blocked = {each.field for each in self.checks if each.blocks}
        return [name for name in FIGURES if name in self.unreadable or name in blocked]


def typed_of(figures: Mapping[str, int | None]) -> dict[str, str]:
    """Figures as people write them; what is not known is not there."""
    return {
        name: f"{value // 100}.{value % 100:02}" if name.endswith("_fen") else str(value)
        for name, value in figures.items()
        if value is not None
    }


def explanations_of(report: Report) -> dict[str, str]:
    """What a version of a report explained."""
    return {each.check_id: each.explanation for each in report.checks if each.explanation}
