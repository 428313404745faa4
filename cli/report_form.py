"""The form of employment reports as a file: ``kit.report_files`` with what the registry calls the figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from kit.report_files import form
from services.registry.core.report_figures import FIGURES, Figure, Unit

COLUMNS, SHEET, STANDING, yuan = form.COLUMNS, form.SHEET, form.STANDING, form.yuan


def column_of(figure: Figure) -> str:
    """What a figure's column is called."""
    return form.column_of(figure.name)


def write_reports(path: Path, rows: Iterable[Sequence[object]], further: Sequence[str] = ()) -> None:
    """Write rows of ``COLUMNS`` and ``further``, beneath the header and its reading in Chinese and English.

    Raises:
        OSError: if the file cannot be written.
    """
    path.write_bytes(form.write_reports(path.name, rows, _READINGS, further))


def _reading(figure: Figure) -> str:
    unit = "元 yuan" if figure.unit is Unit.FEN else f"{figure.unit.zh} {figure.unit.en}"
    return f"{figure.zh}（{unit}） {figure.en}"


_READINGS = {figure.name: _reading(figure) for figure in FIGURES}
