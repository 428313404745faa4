"""The form of employment reports as a table, XLSX or CSV: its columns, and how it is written."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from services.registry.core.report_figures import FIGURES, Figure, Unit

SHEET = "用工报告"
ABOUT = {
    "platform_id": ("平台编号", "Platform"),
    "area_code": ("接收地区代码（市或县）", "Receiving city or county"),
    "quarter": ("季度，如 2026Q1", "Quarter, e.g. 2026Q1"),
}
EXPLANATIONS = "explanations"
STANDING = ("reporter_id", "version", "state", "submit_time", "return_reason")
"""Further columns of an export; ignored when it is read again."""


def column_of(figure: Figure) -> str:
    """What a figure's column is called."""
    return figure.name.removesuffix("_fen") + "_yuan" if figure.unit is Unit.FEN else figure.name


COLUMNS = (*ABOUT, *(column_of(figure) for figure in FIGURES), EXPLANATIONS)
FIGURE_OF = {column_of(figure): figure for figure in FIGURES}


def write_reports(path: Path, rows: Iterable[Sequence[object]], further: Sequence[str] = ()) -> None:
    """Write rows of ``COLUMNS`` and ``further``, beneath the header and its reading in Chinese and English.

    Raises:
        OSError: if the file cannot be written.
    """
    header = [*COLUMNS, *further]
    table: list[Sequence[object]] = [header, _remarks(header)]
    table += [[_cell(value) for value in row] for row in rows]
    if path.suffix.lower() == ".xlsx":
        _write_xlsx(path, table)
    else:
        with path.open("w", encoding="utf-8-sig", newline="") as file:  # the mark: for Excel
            csv.writer(file).writerows([_harmless(value) for value in row] for row in table)


def _remarks(header: Sequence[str]) -> list[str]:
    told = {name: f"{zh} {en}" for name, (zh, en) in ABOUT.items()}
    for name, figure in FIGURE_OF.items():
        unit = "元 yuan" if figure.unit is Unit.FEN else f"{figure.unit.zh} {figure.unit.en}"
        told[name] = f"{figure.zh}（{unit}） {figure.en}"
    told[EXPLANATIONS] = "说明，每行一项“核验编号：说明” Explanations, one a line, 'check: why'"
    return ["# " + told[header[0]], *(told.get(name, name) for name in header[1:])]


def _write_xlsx(path: Path, table: Sequence[Sequence[object]]) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET
    for number, row in enumerate(table, 1):
        for at, value in enumerate(row, 1):
            cell = sheet.cell(number, at)
            cell.value = value  # type: ignore[assignment]
            if isinstance(value, str):
                cell.data_type = "s"  # never a formula, whatever it begins with
                cell.number_format = "@"
            if number <= 2:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                cell.font = Font(bold=number == 1)
    for at in range(1, len(table[0]) + 1):
        sheet.column_dimensions[get_column_letter(at)].width = 18
    sheet.freeze_panes = "D3"
    book.save(path)


def _cell(value: object) -> object:
    return "" if value is None else value


def _harmless(value: object) -> object:
    """Text that a table would take for a formula, behind an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "@", "\t") else value


def yuan(fen: int) -> str:
    """An amount as people write it."""
    return f"{Decimal(fen) / 100:.2f}"
