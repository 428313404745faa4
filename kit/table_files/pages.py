"""A list as pages. Texts go to the template as strings, which are never markup there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from kit.table_files.tables import Table, Value
from kit.typesetting import typeset

TEMPLATE: Final = Path(__file__).parent / "list.typ"

_LONG: Final = 20
"""Characters that fit into a column of words."""
_JOINTS: Final = re.compile(r"(?<=\w)[._-](?=\w)")


def pdf_of(
    table: Table, notes: Sequence[str], *, language: str, labels: Mapping[str, str], made_ms: int
) -> bytes:
    """A table on pages of its own, its headings on each, notes below.

    ``language``: its tag. ``labels``: ``page`` with two places ``{}``; ``none``, for a list of nothing;
    ``notes``.
    Raises as ``kit.typesetting.typeset``.
    """
    content = {
        "language": language,
        "title": table.title,
        "headings": list(table.headings),
        "rows": written(table),
        "texts": table.texts,
        "notes": list(notes),
        "labels": dict(labels),
    }
    (pdf,) = typeset(TEMPLATE, content, made_ms=made_ms)
    return pdf


def written(table: Table) -> list[list[str]]:
    """The rows as words of a page: numbers grouped, long names with places to break at."""
    return [[_written(value) for value in row] for row in table.rows]


def _written(value: Value) -> str:
    if value is None:
        return "—"
    return _breakable(value) if isinstance(value, str) else f"{value:,}"


def _breakable(text: str) -> str:
    """A long name such as cn-food-delivery-2025.continuous-work may be broken at its points and strokes."""
    return _JOINTS.sub("\\g<0>\u200b", text) if len(text) > _LONG else text
