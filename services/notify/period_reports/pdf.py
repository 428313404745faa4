"""The report as pages. Texts go to the template as strings, which are never markup there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Literal

from kit.table_files.pages import written
from kit.table_files.tables import Table
from kit.typesetting import typeset
from services.notify.core.findings import local_day
from services.notify.core.text import Text
from services.notify.documents import Language
from services.notify.period_reports.reporting import PeriodReport
from services.notify.period_reports.tables import notes_of, title_of

TEMPLATE: Final = Path(__file__).parent / "report.typ"

_LABELS: Final = {
    "page": Text("第 {} 页，共 {} 页", "page {} of {}"),
    "made": Text("制作日期", "made on"),
    "none": Text("本期没有。", "None in this period."),
    "notes": Text("说明", "Notes"),
}


def report_pages(
    report: PeriodReport,
    tables: Sequence[Table],
    language: Language,
    format: Literal["pdf", "png"] = "pdf",
    ppi: float = 144.0,
) -> list[bytes]:
    """``pdf``: one file; ``png``: one picture a page. Raises as ``kit.typesetting.typeset``."""
    return typeset(
        TEMPLATE, _content(report, tables, language), made_ms=report.create_ms, format=format, ppi=ppi
    )


def _content(report: PeriodReport, tables: Sequence[Table], language: Language) -> dict[str, Any]:
    return {
        "language": language.tag,
        "title": language.pick(title_of(report)),
        "made": local_day(report.create_ms).isoformat(),
        "notes": [language.pick(note) for note in notes_of(report)],
        "tables": [
            {
                "title": table.title,
                "headings": list(table.headings),
                "rows": written(table),
                "texts": table.texts,
                "prose": table.texts == len(table.headings),
            }
            for table in tables
        ],
        "labels": {name: language.pick(text) for name, text in _LABELS.items()},
    }
