"""A pack as PDF: what the template lays out, as strings and places; ``kit/typesetting.py`` does the rest."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, Literal

from kit.typesetting import typeset
from services.algo_audit.core.pack_model import (
    UNITS,
    Cell,
    Chart,
    Column,
    PackDocument,
    Section,
    Table,
    Text,
    chart_of,
    number_text,
)
from services.algo_audit.core.shanghai import day
from services.algo_audit.core.verdict import VERDICT_TEXT, Verdict
from services.algo_audit.pack_documents import Language
from services.algo_audit.pack_documents.charts import curves, steps, strips

TEMPLATES: Final = Path(__file__).parent

_PAGE_EM: Final = 118
"""Half-width characters of the smallest type that fit beside each other on a page."""
_LONGEST: Final = 30
"""Half-width characters: a longer text is broken into lines."""
_TONES: Final = {
    Verdict.STRICTEST: "strictest",
    Verdict.STRICTER: "stricter",
    Verdict.WITHIN_MIDDLE: "within",
    Verdict.LAXER: "laxer",
    Verdict.INSUFFICIENT_EVIDENCE: "insufficient",
}
_TONE_OF: Final = {text: _TONES[verdict] for verdict, texts in VERDICT_TEXT.items() for text in texts}
_P: Final = Text("校正后 p ", "adjusted p ")
_LABELS: Final = {
    "version": Text("数据版本", "data version"),
    "made": Text("制作日期", "made on"),
    "query": Text("数字来源", "figures from"),
    "floor": Text("可行下限", "floor of feasibility"),
    "middle": Text("中间区间", "the middle"),
    "quartiles": Text("P25–P75", "P25–P75"),
    "span": Text("P10–P90", "P10–P90"),
    "median": Text("P50", "P50"),
    "attainment": Text("达到率", "attainment"),
    "cohort": Text("分组", "cohort"),
    "verdict": Text("结论", "verdict"),
    "none": Text("没有数据", "no data"),
    "page": Text("第 {} 页，共 {} 页", "page {} of {}"),
    "product": Text("取中 · 平台用工监管", "Quzhong · supervision of platform work"),
}


def pdf_of(document: PackDocument, language: Language) -> bytes:
    """The pages. Raises RuntimeError if the typesetter fails, or the typeface is not installed."""
    (content,) = compiled(document, language, "pdf")
    return content


def compiled(
    document: PackDocument, language: Language, format: Literal["pdf", "png"], ppi: float = 144.0
) -> list[bytes]:
    """``pdf``: one file; ``png``: one picture a page. Raises as ``pdf_of``."""
    return typeset(
        TEMPLATES / "pack.typ",
        content_of(document, language),
        made_ms=document.create_ms,
        format=format,
        ppi=ppi,
    )


def content_of(document: PackDocument, language: Language) -> dict[str, Any]:
    """What the template lays out: strings, and places between 0 and 1."""
    return {
        "language": language.tag,
        "title": language.pick(document.title),
        "subtitle": language.pick(document.subtitle),
        "version": document.data_version,
        "made": day(document.create_ms),
        "labels": {name: language.pick(text) for name, text in _LABELS.items()},
        "sections": [_section(section, language) for section in document.sections],
    }


def _section(section: Section, language: Language) -> dict[str, Any]:
    blocks: list[dict[str, Any]] = []
    if section.table is not None:
        blocks = _blocks(section.table, language)
    return {
        "id": section.id,
        "title": language.pick(section.title),
        "paragraphs": [language.pick(paragraph) for paragraph in section.paragraphs],
        "query": section.query,
        "blocks": blocks,
    }


def _blocks(table: Table, language: Language) -> list[dict[str, Any]]:
    match chart_of(table):
        case Chart.STRIPS:
            rest = [name for name in _NUMBERS if any(column.name == name for column in table.columns)]
            return [
                {"kind": "strips", **strips(table, language, _TONE_OF, _P)},
                {"kind": "table", **_table(_some(table, rest), language)},
            ]
        case Chart.CURVES:
            return [{"kind": "curves", **curves(table, language)}]
        case Chart.STEPS:
            return [{"kind": "steps", **steps(table, language)}]
        case None:
            return [{"kind": "table", **_table(table, language)}]


_NUMBERS: Final = (
    "platform",
    "cohort",
    "orders",
    "workers",
    "censored",
    "p10",
    "p25",
    "p50",
    "p50_low",
    "p50_high",
    "p75",
    "p90",
    "middle_low",
    "middle_high",
    "floor",
    "reference",
)
"""What stands in the table under the strips, which show the rest."""


def _some(table: Table, names: list[str]) -> Table:
    places = [
        next(place for place, column in enumerate(table.columns) if column.name == name) for name in names
    ]
    columns = tuple(table.columns[place] for place in places)
    # Of two thresholds in one cohort the rest is the same.
    return Table(columns, tuple(dict.fromkeys(tuple(row[place] for place in places) for row in table.rows)))


def _table(table: Table, language: Language) -> dict[str, Any]:
    """Headings, alignment, widths in shares, and the cells. NAME_low and NAME_high become one column."""
    shown = [group for group in _grouped(table.columns) if _says(group, table)]
    heads, units = [], []
    for group in shown:
        title = language.pick(table.columns[group[0]].title)
        unit = _unit(table.columns[group[0]], language)
        heads.append(title)
        units.append("" if unit in title else unit)
    rows = [
        [_cell([row[p] for p in group], table.columns[group[0]], language) for group in shown]
        for row in table.rows
    ]
    widths = [
        _width([head, unit], [row[place]["text"] for row in rows])
        for place, (head, unit) in enumerate(zip(heads, units, strict=True))
    ]
    return {
        "heads": [
            {"title": head, "unit": unit, "right": bool(table.columns[group[0]].unit)}
            for head, unit, group in zip(heads, units, shown, strict=True)
        ],
        "rows": rows,
        "widths": widths,
        "size": max(6.3, min(8.4, 8.4 * _PAGE_EM / sum(min(width, _LONGEST) for width in widths))),
    }


def _unit(column: Column, language: Language) -> str:
    unit = UNITS.get(column.unit)
    return language.pick(Text(unit.zh, unit.en)) if unit else ""


def _grouped(columns: tuple[Column, ...]) -> list[list[int]]:
    groups: list[list[int]] = []
    for place, column in enumerate(columns):
        stem, _, end = column.name.rpartition("_")
        if end == "high" and groups and columns[groups[-1][0]].name == f"{stem}_low":
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _says(group: list[int], table: Table) -> bool:
    """A column without a single cell is left out, and the one platform that the title names."""
    if table.columns[group[0]].name == "platform":
        return len({row[group[0]] for row in table.rows}) > 1
    return not table.rows or any(row[place] is not None for row in table.rows for place in group)


def _cell(cells: list[Cell], column: Column, language: Language) -> dict[str, str]:
    if all(cell is None for cell in cells):
        return {"text": "—" if column.unit else "", "tone": ""}
    words = ["—" if cell is None else _written(cell, column, language) for cell in cells]
    # Between negative numbers a dash would be one more minus.
    between = language.pick(Text(" 至 ", " to ")) if any(word.startswith("−") for word in words) else "–"
    return {
        "text": between.join(words),
        "tone": _TONE_OF.get(words[0], "") if column.name == "verdict" else "",
    }


def _written(cell: Cell, column: Column, language: Language) -> str:
    if isinstance(cell, Text):
        return language.pick(cell)
    assert cell is not None
    return number_text(cell, column.unit)


def _width(head: list[str], cells: list[str]) -> int:
    """Half-width characters that a column wants, its margins included. A heading may be broken, its longest
    word not; a text may be from _LONGEST on."""
    longest = max((_halves(cell) for cell in cells), default=1)
    words = max((_halves(word) for part in head for word in part.split()), default=1)
    return max(min(3 * _LONGEST, longest), min(words, 10)) + 3


def _halves(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)
