"""Employment reports in a file, as a command reads them (``kit.report_files``)."""

from __future__ import annotations

from pathlib import Path

from cli.output import CommandError
from kit.errors import InvalidArgumentError
from kit.report_files import reading
from kit.report_files.reading import Fault, ReportFile, ReportRow

__all__ = ["Fault", "ReportFile", "ReportRow", "read_reports"]


def read_reports(path: Path) -> ReportFile:
    """The reports of a file; what cannot be read is among the faults, and its row is left out.

    Raises:
        CommandError: if it is neither XLSX nor CSV, has no header, or too many rows.
        OSError: if it cannot be read.
    """
    try:
        return reading.read_reports(path.name, path.read_bytes())
    except InvalidArgumentError as error:
        raise CommandError(error.zh, error.message, reason=error.reason) from error
