"""A table as a file: what was asked for, when it was made and in which zone stand in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from kit.clock import SHANGHAI
from kit.table_files.pages import pdf_of
from kit.table_files.spreadsheets import csv_of, xlsx_of
from kit.table_files.tables import Table
from services.portal.texts import Texts


class FileKind(StrEnum):
    """What a list is taken along as."""

    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"


MEDIA_TYPES = {
    FileKind.CSV: "text/csv; charset=utf-8",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.PDF: "application/pdf",
}


class File(NamedTuple):
    name: str
    media_type: str
    content: bytes


def file_of(
    table: Table,
    kind: FileKind,
    texts: Texts,
    *,
    name: str,
    filters: Mapping[str, str],
    made_ms: int,
    more: bool = False,
) -> File:
    """The file. ``filters``: what restricts the list, by name; ``more``: there is more than this."""
    made = datetime.fromtimestamp(made_ms // 1000, tz=SHANGHAI)
    notes = [
        texts("export.made", time=made.isoformat(sep=" "), zone=texts("time.zone")),
        texts("export.filters", filters=_filters(filters, texts)),
        texts("export.count", count=f"{len(table.rows):,}"),
    ]
    if more:
        notes.append(texts("export.more"))
    match kind:
        case FileKind.CSV:
            content = csv_of(table, notes)
        case FileKind.XLSX:
            content = xlsx_of([table], notes, texts("export.notes"), made_ms)
        case FileKind.PDF:
            labels = {
                "page": texts("export.page"),
                "none": texts("export.none"),
                "notes": texts("export.notes"),
            }
            content = pdf_of(table, notes, language=str(texts.language), labels=labels, made_ms=made_ms)
    return File(f"quzhong-{name}-{made:%Y%m%d-%H%M}.{kind}", MEDIA_TYPES[kind], content)


def _filters(filters: Mapping[str, str], texts: Texts) -> str:
    given = [f"{name}{texts('site.colon')}{value}" for name, value in filters.items() if value]
    return texts("site.list_separator").join(given) or texts("export.no_filters")
