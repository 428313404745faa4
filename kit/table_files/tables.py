"""What CSV, XLSX and PDF have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Value = str | int | float | None
"""None: there is no such figure."""


@dataclass(frozen=True, slots=True)
class Table:
    """Headings and rows in one language."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Value]]
    texts: int
    """Columns of words, from the left; the others are numbers."""
