"""Employment reports in a file, XLSX or CSV: one row a report, one column a figure.

The first row names the columns as the contract does, money in yuan (``pay_paid_yuan``); rows whose first cell
begins with # are remarks. Explanations stand in one cell, one a line: ``workers_total.previous_quarter: …``.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from openpyxl.utils import get_column_letter

from kit.errors import InvalidArgumentError
from kit.report_files.form import ABOUT, COLUMNS, EXPLANATIONS, FIGURE_OF, MONEY, STANDING
from kit.report_files.tables import Cell, Limits, csv_lines, xlsx_lines

_EXPLAINED = re.compile(r"\s*([a-z_]+\.[a-z_]+)\s*[:：]\s*(.*)")


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
    partial: list[ReportRow] = field(default_factory=list)
    """What could be read of rows that have faults: for a form in which they are mended."""


_DEFAULT = Limits()


def read_reports(name: str, content: bytes, limits: Limits = _DEFAULT) -> ReportFile:
    """The reports of a file; what cannot be read is among the faults, and its row is not among the ``rows``.

    Args:
        name: the file's; its ending tells XLSX from CSV.

    Raises:
        InvalidArgumentError: FILE_UNREADABLE, FILE_TOO_LARGE or TOO_MANY_ROWS.
    """
    xlsx = name.lower().endswith(".xlsx")
    sheet, lines = xlsx_lines(name, content, limits) if xlsx else csv_lines(name, content)
    header_at, header = next(lines, (0, ()))
    names = [_text(cell) for cell in header]
    found = ReportFile()
    seen: dict[tuple[str, ...], int] = {}
    found.faults.extend(_header_faults(sheet, header_at, names))
    if found.faults:
        return found
    for count, (number, cells) in enumerate(lines):
        if count >= limits.rows:
            raise InvalidArgumentError(
                f"{name} has more than {limits.rows:,} rows; split it",
                zh=f"{name} 超过 {limits.rows:,} 行；请分成几个文件",
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
        (found.partial if faults else found.rows).append(row)
    return found


def _row(sheet: str, number: int, cells: dict[str, Cell]) -> tuple[ReportRow, list[Fault]]:
    faults, figures = [], {}
    for name, figure in FIGURE_OF.items():
        text = _number_text(cells.get(name))
        if not text:
            continue
        try:
            figures[figure] = amount(text, figure)
        except ValueError:
            zh, en = AMOUNT_EXPECTED[figure in MONEY]
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


AMOUNT_EXPECTED = {
    False: ("应为整数，没有的填 0", "is no whole number; if there was none, write 0"),
    True: ("应为以元为单位的金额，至多两位小数", "is no amount in yuan with at most two decimals"),
}
"""What is said of a figure that cannot be read, in Chinese and English: of heads and times, of money."""


def amount(text: str, figure: str) -> int:
    """A figure as people write it: a whole number, of money yuan with at most two decimals, told in fen.

    Raises ValueError for anything else.
    """
    try:
        told = Decimal(_written(text)) * (100 if figure in MONEY else 1)
    except InvalidOperation:
        raise ValueError(text) from None
    if not told.is_finite() or told != told.to_integral_value() or abs(told) >= 2**62:
        raise ValueError(text)
    return int(told)


def _header_faults(sheet: str, row: int, names: Sequence[str]) -> Iterator[Fault]:
    known = (*COLUMNS, *STANDING)
    for name in COLUMNS:
        if name not in names:
            yield Fault(
                sheet,
                row,
                name,
                "",
                "缺少该列；请使用模板（quzhong report template，或在门户下载）的表头",
                "is missing; take the header of the template (`quzhong report template`, or the portal's)",
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


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell).strip()


def _number_text(cell: Cell) -> str:
    """As people write numbers: full-width digits, separators of thousands, and what a table made a float."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return _written(_text(cell))


def _written(text: str) -> str:
    """Without full-width digits and separators of thousands."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return re.sub(r"(?<=\d),(?=\d{3}(\D|$))", "", plain)
