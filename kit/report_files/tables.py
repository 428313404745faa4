"""A file as rows of cells, whatever kind it is: XLSX or CSV, and no more of it than may be."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from kit.errors import InvalidArgumentError
from kit.report_files.form import SHEET

Cell = object


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read."""

    rows: int = 10_000
    """A city's firms hand in some hundreds a quarter."""
    unpacked: int = 64 * 1024 * 1024
    """Bytes: three times what so many rows take. An XLSX of some hundred kilobytes can hold gigabytes."""


_MOST_COLUMNS = 200
"""Several times the form's. A sheet may say it is 16,384 wide, and every row would be filled up to that."""

_NOT_XLSX = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,  # as either XML parser has it: ElementTree's and lxml's
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


def xlsx_lines(name: str, content: bytes, limits: Limits) -> tuple[str, Lines]:
    """The sheet's name, and its rows with their numbers.

    Raises:
        InvalidArgumentError: FILE_UNREADABLE, FILE_TOO_LARGE.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
        if unpacked > limits.unpacked:
            raise InvalidArgumentError(
                f"{name} holds {unpacked >> 20:,} MiB when unpacked, of at most {limits.unpacked >> 20};"
                " split it",
                zh=f"{name} 解压后有 {unpacked >> 20:,} MiB（上限 {limits.unpacked >> 20}）；请分成几个文件",
                reason="FILE_TOO_LARGE",
            )
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
        # One row more than may be, besides header and reading, so that too many are told.
        cells = sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True)
        rows = [_trimmed(row) for row in islice(cells, limits.rows + 2)]
        book.close()
    except _NOT_XLSX as error:
        raise InvalidArgumentError(
            f"{name} is no XLSX file that can be read ({error}); save it anew as XLSX or CSV",
            zh=f"{name} 不是可读取的 XLSX 文件（{error}）；请在表格软件中另存为 XLSX 或 CSV",
            reason="FILE_UNREADABLE",
        ) from error
    return sheet.title, iter(enumerate(rows, 1))


def _trimmed(row: Sequence[Cell]) -> Sequence[Cell]:
    """Without the empty cells at its end."""
    filled = len(row)
    while filled and row[filled - 1] is None:
        filled -= 1
    return row[:filled]


def csv_lines(name: str, content: bytes) -> tuple[str, Lines]:
    """The file's name, and its rows with the numbers of the lines they begin on.

    Raises:
        InvalidArgumentError: FILE_UNREADABLE, also while the rows are read.
    """
    for encoding in ("utf-8-sig", "gb18030"):  # the second: what Excel in Chinese saves as CSV
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise InvalidArgumentError(
            f"{name} is neither UTF-8 nor GB 18030; save it as CSV UTF-8",
            zh=f"{name} 既不是 UTF-8 也不是 GB 18030 编码；请另存为 CSV UTF-8",
            reason="FILE_UNREADABLE",
        )
    return name, _csv_lines(name, text)


def _csv_lines(name: str, text: str) -> Lines:
    reader = csv.reader(io.StringIO(text, newline=""))
    begins = 1
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise InvalidArgumentError(
            f"{name} line {begins} is no CSV: {error}",
            zh=f"{name} 第 {begins} 行无法按 CSV 读取：{error}",
            reason="FILE_UNREADABLE",
        ) from error
