"""Employment reports in a file, XLSX or CSV: one row a report, one column a figure.

The first row names the columns as the contract does, money in yuan (``pay_paid_yuan``); rows whose first cell
begins with # are remarks. Explanations stand in one cell, one a line: ``workers_total.previous_quarter: …``.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from itertools import islice
from pathlib import Path
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from cli.output import CommandError
from cli.report_form import ABOUT, COLUMNS, EXPLANATIONS, FIGURE_OF, SHEET, STANDING
from services.registry.core.report_figures import Figure, Unit

MOST_ROWS = 10_000
"""A city's firms hand in some hundreds a quarter."""

MOST_UNPACKED = 64 * 1024 * 1024
"""Bytes: three times what so many rows take. An XLSX file of some hundred kilobytes can hold gigabytes."""

_EXPLAINED = re.compile(r"\s*([a-z_]+\.[a-z_]+)\s*[:：]\s*(.*)")
Cell = object


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One report of a file."""

    place: str
    """Sheet and row, for messages."""
    platform_id: str
    area_code: str
    quarter: str
    figures: dict[str, int]
    """By the contract's names; money in fen. Empty cells are not there."""
    explanations: dict[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """What cannot be read, and what to do."""

    sheet: str
    row: int
    column: str
    value: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class ReportFile:
    """What a file holds."""

    rows: list[ReportRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_reports(path: Path) -> ReportFile:
    """The reports of a file; what cannot be read is among the faults, and its row is left out.

    Raises:
        CommandError: if it is neither XLSX nor CSV, has no header, or too many rows.
        OSError: if it cannot be read.
    """
    sheet, lines = _xlsx(path) if path.suffix.lower() == ".xlsx" else _csv(path)
    header_at, header = next(lines, (0, ()))
    names = [_text(cell) for cell in header]
    found = ReportFile()
    seen: dict[tuple[str, ...], int] = {}
    found.faults.extend(_header_faults(sheet, header_at, names))
    if found.faults:
        return found
    for count, (number, cells) in enumerate(lines):
        if count >= MOST_ROWS:
            raise CommandError(
                f"{path.name} 超过 {MOST_ROWS:,} 行；请分成几个文件",
                f"{path.name} has more than {MOST_ROWS:,} rows; split it",
                reason="TOO_MANY_ROWS",
            )
        if not any(_text(cell) for cell in cells) or _text(cells[0]).startswith("#"):
            continue
        told = dict(zip(names, cells, strict=False))
        row, faults = _row(sheet, number, told)
        # Of an authority's export, several firms' reports for one platform stand in a file.
        report = (_text(told.get("reporter_id")), row.platform_id, row.area_code, row.quarter)
        first = seen.setdefault(report, number)
        if first != number and all(report[1:]):
            faults.append(_repeated(sheet, number, row, first))
        found.faults.extend(faults)
        if not faults:
            found.rows.append(row)
    return found


def _row(sheet: str, number: int, cells: dict[str, Cell]) -> tuple[ReportRow, list[Fault]]:
    faults, figures = [], {}
    for name, figure in FIGURE_OF.items():
        text = _number_text(cells.get(name))
        if not text:
            continue
        try:
            figures[figure.name] = _amount(text, figure)
        except ValueError:
            zh, en = _AMOUNT_EXPECTED[figure.unit is Unit.FEN]
            faults.append(Fault(sheet, number, name, text[:40], zh, en))
    about = {name: _number_text(cells.get(name)) for name in ABOUT}
    faults += [
        Fault(
            sheet,
            number,
            name,
            "",
            f"未填写；请填写{zh}",
            f"is empty; give the {en[0].lower()}{en[1:]}",
        )
        for name, (zh, en) in ABOUT.items()
        if not about[name]
    ]
    explanations = {}
    for line in _text(cells.get(EXPLANATIONS)).splitlines():
        told = _EXPLAINED.fullmatch(line)
        if told is not None:
            explanations[told[1]] = told[2].strip()
        elif line.strip():
            faults.append(
                Fault(
                    sheet,
                    number,
                    EXPLANATIONS,
                    line[:40],
                    "应为“核验编号：说明”，每行一项，例如 training_sessions.none_held：计划五月开展",
                    "is not 'check: why', one a line, e.g. training_sessions.none_held: planned for May",
                )
            )
    row = ReportRow(f"{sheet}!{number}", **about, figures=figures, explanations=explanations)
    return row, faults


def _repeated(sheet: str, number: int, row: ReportRow, first: int) -> Fault:
    """Handed in one after the other, the later row would silently replace the earlier one."""
    return Fault(
        sheet,
        number,
        "quarter",
        row.quarter,
        f"与第 {first} 行是同一份报告；请只保留一行",
        f"is the same report as row {first}; keep one of them",
    )


_AMOUNT_EXPECTED = {
    False: ("应为整数，没有的填 0", "is no whole number; if there was none, write 0"),
    True: ("应为以元为单位的金额，至多两位小数", "is no amount in yuan with at most two decimals"),
}


def _amount(text: str, figure: Figure) -> int:
    try:
        amount = Decimal(text) * (100 if figure.unit is Unit.FEN else 1)
    except InvalidOperation:
        raise ValueError(text) from None
    if not amount.is_finite() or amount != amount.to_integral_value() or abs(amount) >= 2**62:
        raise ValueError(text)
    return int(amount)


def _header_faults(sheet: str, row: int, names: Sequence[str]) -> Iterator[Fault]:
    known = (*COLUMNS, *STANDING)
    for name in COLUMNS:
        if name not in names:
            yield Fault(
                sheet,
                row,
                name,
                "",
                "缺少该列；请使用 quzhong report template 生成的表头",
                "is missing; take the header that `quzhong report template` writes",
            )
    for at, name in enumerate(names):
        if name and name not in known:
            near = difflib.get_close_matches(name, known, 1)
            yield Fault(
                sheet,
                row,
                get_column_letter(at + 1),
                name[:40],
                f"不是已知的列名{f'，是否为 {near[0]}' if near else ''}；请更正或删除该列",
                f"is no known column{f', {near[0]} perhaps' if near else ''}; mend or remove it",
            )
        elif name and name in names[:at]:
            yield Fault(
                sheet, row, get_column_letter(at + 1), name, "列名重复；请删去一列", "comes twice; remove one"
            )


_NOT_XLSX = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    EOFError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OverflowError,
    TypeError,
    ValueError,
)
"""What openpyxl raises at files that are cut off, or something else."""

Lines = Iterator[tuple[int, Sequence[Cell]]]


def _xlsx(path: Path) -> tuple[str, Lines]:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
        if unpacked > MOST_UNPACKED:
            raise CommandError(
                f"{path.name} 解压后有 {unpacked >> 20:,} MiB（上限 {MOST_UNPACKED >> 20}）；请分成几个文件",
                f"{path.name} holds {unpacked >> 20:,} MiB when unpacked, of at most {MOST_UNPACKED >> 20};"
                " split it",
                reason="FILE_TOO_LARGE",
            )
        book = load_workbook(path, read_only=True, data_only=True)
        sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
        # One row more than may be, besides header and reading, so that too many are told.
        rows = list(islice(sheet.iter_rows(values_only=True), MOST_ROWS + 2))
        book.close()
    except _NOT_XLSX as error:
        raise CommandError(
            f"{path.name} 不是可读取的 XLSX 文件（{error}）；请在表格软件中另存为 XLSX 或 CSV",
            f"{path.name} is no XLSX file that can be read ({error}); save it anew as XLSX or CSV",
            reason="FILE_UNREADABLE",
        ) from error
    return sheet.title, iter(enumerate(rows, 1))


def _csv(path: Path) -> tuple[str, Lines]:
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):  # the second: what Excel in Chinese saves as CSV
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise CommandError(
            f"{path.name} 既不是 UTF-8 也不是 GB 18030 编码；请另存为 CSV UTF-8",
            f"{path.name} is neither UTF-8 nor GB 18030; save it as CSV UTF-8",
            reason="FILE_UNREADABLE",
        )
    return path.name, _csv_lines(path.name, text)


def _csv_lines(name: str, text: str) -> Lines:
    reader = csv.reader(io.StringIO(text, newline=""))
    begins = 1
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise CommandError(
            f"{name} 第 {begins} 行无法按 CSV 读取：{error}",
            f"{name} line {begins} is no CSV: {error}",
            reason="FILE_UNREADABLE",
        ) from error


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell).strip()


def _number_text(cell: Cell) -> str:
    """As people write numbers: full-width digits, separators of thousands, and what a table made a float."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = unicodedata.normalize("NFKC", _text(cell))
    return re.sub(r"(?<=\d),(?=\d{3}(\D|$))", "", text)
