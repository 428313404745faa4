"""A pack as CSV: one file a table, zipped, and the words as plain text."""

from __future__ import annotations

import csv
import io
import zipfile

from services.algo_audit.core.pack_model import UNITS, Cell, Column, PackDocument, Section, Table, Text
from services.algo_audit.pack_documents import Language

BOM = "\ufeff"
"""Without it Excel takes UTF-8 for the machine's own encoding, and Chinese becomes rubbish."""
_FORMULA_STARTS = tuple("=+-@\t\r")
"""A text that starts so is a formula to a spreadsheet: a platform's name must not compute anything."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest a ZIP can say; the same pack has the same bytes."""


def csv_zip_of(document: PackDocument, language: Language) -> bytes:
    """``words.txt`` and NN-SECTION.csv for every table."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "words.txt", _words(document, language))
        tables = [section for section in document.sections if section.table is not None]
        for number, section in enumerate(tables, start=1):
            assert section.table is not None
            _add(archive, f"{number:02}-{section.id}.csv", _csv(section.table, language))
    return buffer.getvalue()


def _add(archive: zipfile.ZipFile, name: str, text: str) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, (BOM + text).encode())


def _csv(table: Table, language: Language) -> str:
    lines = io.StringIO()
    writer = csv.writer(lines)  # \r\n, as RFC 4180 says
    writer.writerow([_heading(column, language) for column in table.columns])
    writer.writerows([[_field(cell, language) for cell in row] for row in table.rows])
    return lines.getvalue()


def _heading(column: Column, language: Language) -> str:
    end = {"low": Text("下限", "low"), "high": Text("上限", "high")}.get(column.name.rpartition("_")[2])
    title = language.pick(column.title)
    if end is not None:
        title = f"{title} {language.pick(end)}"
    unit = UNITS[column.unit] if column.unit else None
    name = (unit.zh if language is Language.ZH else unit.en) if unit else ""
    if not name:
        return title
    return f"{title}（{name}）" if language is Language.ZH else f"{title} ({name})"


def _field(cell: Cell, language: Language) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Text):
        text = language.pick(cell)
        return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
    return f"{cell:.10g}"


def _words(document: PackDocument, language: Language) -> str:
    parts = [language.pick(document.title), language.pick(document.subtitle), document.data_version]
    parts += [_section(section, language) for section in document.sections]
    return "\r\n\r\n".join(part for part in parts if part) + "\r\n"


def _section(section: Section, language: Language) -> str:
    lines = [f"# {language.pick(section.title)}", *(language.pick(each) for each in section.paragraphs)]
    if section.query:
        lines.append(f"→ {section.query}")
    return "\r\n".join(lines)
