"""The form of employment reports as a table, XLSX or CSV: its columns, and how it is written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from quzhong.api.registry.v1.reports_pb2 import EmploymentFigures

SHEET = "用工报告"
ABOUT = {
    "platform_id": ("平台编号", "Platform"),
    "area_code": ("接收地区代码（市或县）", "Receiving city or county"),
    "quarter": ("季度，如 2026Q1", "Quarter, e.g. 2026Q1"),
}
EXPLANATIONS = "explanations"
STANDING = ("reporter_id", "version", "state", "submit_time", "return_reason")
"""Further columns of an export; ignored when it is read again."""


FIGURES = tuple(field.name for field in EmploymentFigures.DESCRIPTOR.fields)
"""As the contract calls them, in the order of the form."""
MONEY = frozenset(name for name in FIGURES if name.endswith("_fen"))
"""Those in fen; people write yuan."""


def column_of(figure: str) -> str:
    """What a figure's column is called: money stands in yuan there."""
    return figure.removesuffix("_fen") + "_yuan" if figure in MONEY else figure


COLUMNS = (*ABOUT, *map(column_of, FIGURES), EXPLANATIONS)
FIGURE_OF = {column_of(figure): figure for figure in FIGURES}
"""By column."""


def write_reports(
    name: str,
    rows: Iterable[Sequence[object]],
    readings: Mapping[str, str],
    further: Sequence[str] = (),
) -> bytes:
    """A file of ``COLUMNS`` and ``further``, with its rows beneath the header and what the columns mean.

    Args:
        name: the file's; its ending tells XLSX from CSV.
        readings: what each figure is called, by the contract's names, for people.
    """
    header = [*COLUMNS, *further]
    table: list[Sequence[object]] = [header, _remarks(header, readings)]
    table += [[_cell(value) for value in row] for row in rows]
    if name.lower().endswith(".xlsx"):
        return _xlsx(table)
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_harmless(value) for value in row] for row in table)
    return text.getvalue().encode("utf-8-sig")  # the mark: for Excel


def _remarks(header: Sequence[str], readings: Mapping[str, str]) -> list[str]:
    told = {name: f"{zh} {en}" for name, (zh, en) in ABOUT.items()}
    told |= {column_of(figure): reading for figure, reading in readings.items()}
    told[EXPLANATIONS] = "说明，每行一项“核验编号：说明” Explanations, one a line, 'check: why'"
    return ["# " + told[header[0]], *(told.get(name, name) for name in header[1:])]


def _xlsx(table: Sequence[Sequence[object]]) -> bytes:
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
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _cell(value: object) -> object:
    return "" if value is None else value


def _harmless(value: object) -> object:
    """Text that a table would take for a formula, behind an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "@", "\t") else value


def yuan(fen: int) -> str:
    """An amount as people write it."""
    return f"{Decimal(fen) / 100:.2f}"
