"""Tables as CSV and XLSX. What anybody wrote stays text, whatever a spreadsheet would make of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kit.table_files.tables import Table, Value

BOM = "\ufeff"
"""Without it Excel takes UTF-8 for the machine's own encoding, and Chinese becomes rubbish."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A text that starts so is a formula to a spreadsheet: a platform's name must not compute anything."""

_WIDTHS = (60, 10)
"""Half-width characters: the widest column, and the narrowest."""


def csv_of(table: Table, notes: Sequence[str] = ()) -> bytes:
    """As RFC 4180 has it; ``notes`` stand below the table, after an empty line."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(table.headings)
    writer.writerows([[_harmless(value) for value in row] for row in table.rows])
    if notes:
        writer.writerow([])
        writer.writerows([[_harmless(note)] for note in notes])
    return (BOM + lines.getvalue()).encode()


def xlsx_of(tables: Sequence[Table], notes: Sequence[str], notes_title: str, made_ms: int) -> bytes:
    """A sheet a table, and one of notes."""
    book = Workbook()
    made = datetime.fromtimestamp(made_ms / 1000, UTC).replace(tzinfo=None)
    book.properties.created = book.properties.modified = made
    first = book.active
    assert isinstance(first, Worksheet)
    book.remove(first)
    for table in tables:
        _sheet(book, table)
    _sheet(book, Table(notes_title, [notes_title], [[note] for note in notes], 1))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _sheet(book: Workbook, table: Table) -> None:
    sheet = book.create_sheet(table.title[:31])  # as many as Excel takes
    for number, row in enumerate([table.headings, *table.rows], start=1):
        for at, value in enumerate(row, start=1):
            cell = sheet.cell(number, at)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # never a formula, whatever it begins with
                cell.number_format = "@"
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                cell.font = Font(bold=True)
    for at in range(1, len(table.headings) + 1):
        longest = max(_halves(str(row[at - 1])) for row in [table.headings, *table.rows])
        sheet.column_dimensions[get_column_letter(at)].width = min(max(longest + 2, _WIDTHS[1]), _WIDTHS[0])
    sheet.freeze_panes = "A2"


def _harmless(value: Value) -> Value:
    """A text that would be a formula, behind an apostrophe; a missing figure as an empty field."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


def _halves(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)
