"""What admission needs from outside."""

from __future__ import annotations

from typing import Protocol

from services.registry.core.admission import CheckedReport


class ReportReader(Protocol):
    """Reads a report and verifies who signed it."""

    def __call__(self, content: bytes) -> CheckedReport:
        """The report.

        Raises:
            FieldError: for one that is none, or whose signature does not hold here.
        """
        ...
