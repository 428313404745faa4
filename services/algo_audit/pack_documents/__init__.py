"""A pack as a file: PDF for the table, CSV for a spreadsheet, Parquet for whoever computes with it.

Each is a function of the document: rendered again, it has the same bytes. What a format needs is imported
when it is asked for.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from services.algo_audit.core.pack_model import PackDocument, Text
from services.algo_audit.core.shanghai import day


class Format(IntEnum):
    """Values equal those of quzhong.api.algo_audit.v1.PackFormat."""

    PDF = 1
    CSV_ZIP = 2
    PARQUET = 3


class Language(IntEnum):
    """Values equal those of quzhong.api.algo_audit.v1.Language."""

    ZH = 1
    EN = 2

    @property
    def tag(self) -> str:
        """Of BCP 47."""
        return "zh" if self is Language.ZH else "en"

    def pick(self, text: Text) -> str:
        """The text in this language."""
        return text.zh if self is Language.ZH else text.en


class Rendered(NamedTuple):
    """A file."""

    content: bytes
    content_type: str
    file_name: str


def render(document: PackDocument, format: Format, language: Language) -> Rendered:
    """The pack as a file; its name is ASCII and names the day and the data.

    Raises:
        RuntimeError: if the typesetter fails, or the Chinese typeface is not installed (PDF).
    """
    version = "".join(c for c in document.data_version if c.isascii() and c.isalnum())[:12]
    made = day(document.create_ms).replace("-", "")
    stem = "-".join(part for part in ("quzhong-pack", made, version, language.tag) if part)
    match format:
        case Format.PDF:
            from services.algo_audit.pack_documents.pdf import pdf_of

            return Rendered(pdf_of(document, language), "application/pdf", f"{stem}.pdf")
        case Format.CSV_ZIP:
            from services.algo_audit.pack_documents.tables_csv import csv_zip_of

            return Rendered(csv_zip_of(document, language), "application/zip", f"{stem}.zip")
        case Format.PARQUET:
            from services.algo_audit.pack_documents.tables_parquet import parquet_of

            content_type = "application/vnd.apache.parquet"
            return Rendered(parquet_of(document, language), content_type, f"{stem}.parquet")
