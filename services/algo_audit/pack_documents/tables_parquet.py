"""A pack as Parquet: every cell of every table a row, so that packs of any shape can be put together."""

from __future__ import annotations

import json

import pyarrow as pa
import pyarrow.parquet as pq

from services.algo_audit.core.pack_model import PackDocument, Text
from services.algo_audit.pack_documents import Language

SCHEMA = pa.schema(
    [
        pa.field("section", pa.string(), nullable=False),
        pa.field("row", pa.int32(), nullable=False),
        pa.field("column", pa.string(), nullable=False),
        pa.field("number", pa.float64()),
        pa.field("text", pa.string()),
    ]
)
"""Rows count from 0. A cell has a number or a text; one with neither is unknown, or may not be shown."""


def parquet_of(document: PackDocument, language: Language) -> bytes:
    """The cells. What the sections and columns are called stands in the file's metadata, as JSON under
    ``quzhong``."""
    cells = [
        (section.id, number, column.name, cell)
        for section in document.sections
        if section.table is not None
        for number, row in enumerate(section.table.rows)
        for column, cell in zip(section.table.columns, row, strict=True)
    ]
    table = pa.table(
        {
            "section": [section for section, _, _, _ in cells],
            "row": [row for _, row, _, _ in cells],
            "column": [column for _, _, column, _ in cells],
            "number": [None if cell is None or isinstance(cell, Text) else float(cell) for *_, cell in cells],
            "text": [language.pick(cell) if isinstance(cell, Text) else None for *_, cell in cells],
        },
        schema=SCHEMA.with_metadata({"quzhong": json.dumps(_about(document, language), ensure_ascii=False)}),
    )
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _about(document: PackDocument, language: Language) -> dict[str, object]:
    return {
        "title": language.pick(document.title),
        "subtitle": language.pick(document.subtitle),
        "data_version": document.data_version,
        "sections": [
            {
                "id": section.id,
                "title": language.pick(section.title),
                "text": [language.pick(paragraph) for paragraph in section.paragraphs],
                "query": section.query,
                "columns": [
                    {"name": each.name, "title": language.pick(each.title), "unit": each.unit}
                    for each in (section.table.columns if section.table else ())
                ],
            }
            for section in document.sections
        ],
    }
