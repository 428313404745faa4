"""What a pack is: sections of plain words and a table, in an order, in Chinese and English.

A table's numbers stand in the unit that its column names, so that a page, a PDF, CSV and Parquet show the
same figures without a conversion of their own. An interval is two columns, NAME_low and NAME_high; whoever
draws the table for people shows them as one. A chart is a way of looking at a table (``chart_of``), never
data of its own.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Text(NamedTuple):
    """What a person reads."""

    zh: str
    en: str


Cell = float | int | Text | None
"""A number in the column's unit, a text, or nothing: what is unknown, or may not be shown."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Raises ValueError for a unit that nobody can show (UNITS)."""

    name: str
    """Stable; with a section's id it names a figure in CSV and Parquet."""
    title: Text
    unit: str = ""
    """A key of UNITS; empty: texts."""

    def __post_init__(self) -> None:
        if self.unit and self.unit not in UNITS:
            raise ValueError(f"column {self.name}: {self.unit!r} is none of {', '.join(UNITS)}")


@dataclass(frozen=True, slots=True)
class Table:
    """Raises ValueError naming the first row that is not as long as the columns. NaN is no figure: it becomes
    nothing."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows):
            if len(row) != len(self.columns):
                raise ValueError(f"row {number} has {len(row)} cells, the table {len(self.columns)} columns")
        rows = tuple(tuple(None if cell != cell else cell for cell in row) for row in self.rows)
        object.__setattr__(self, "rows", rows)

    def column(self, name: str) -> tuple[Cell, ...]:
        """The cells of one column. Raises KeyError if there is none of that name."""
        for place, column in enumerate(self.columns):
            if column.name == name:
                return tuple(row[place] for row in self.rows)
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the pack."""

    id: str
    title: Text
    paragraphs: tuple[Text, ...] = ()
    table: Table | None = None
    query: str = ""
    """The call that gives these numbers again, e.g. ``AlgoAuditService/GetAudit {"audit_id": "…"}``."""


@dataclass(frozen=True, slots=True)
class PackDocument:
    """A whole pack."""

    title: Text
    subtitle: Text
    """Whose, where and when, in one line."""
    data_version: str
    """The same data, the same pack; empty where nothing versions the data."""
    create_ms: int
    """When it was made, epoch milliseconds; also what a PDF says of its own making."""
    sections: tuple[Section, ...]

    def section(self, section_id: str) -> Section:
        """Raises KeyError if there is none of that id."""
        for section in self.sections:
            if section.id == section_id:
                return section
        raise KeyError(section_id)


class Chart(StrEnum):
    """How a table can be drawn."""

    STRIPS = "strips"
    """A row a strip: P10–P90, the middle, the declared threshold and the floor on one scale."""
    CURVES = "curves"
    """For each cohort attainment over the threshold."""
    STEPS = "steps"
    """For each platform and cohort a value over time."""


_DRAWN_BY = (
    (Chart.STRIPS, {"p10", "p25", "p50", "p75", "p90", "middle_low", "middle_high", "declared", "floor"}),
    (Chart.CURVES, {"curve", "threshold", "attainment", "attainment_low", "attainment_high"}),
    (Chart.STEPS, {"time", "limit"}),
)


def chart_of(table: Table) -> Chart | None:
    """What a table can be drawn as, by the names of its columns."""
    names = {column.name for column in table.columns}
    return next((chart for chart, needed in _DRAWN_BY if needed <= names), None)


class Unit(NamedTuple):
    """How a number is written."""

    zh: str
    en: str
    decimals: int


UNITS: dict[str, Unit] = {
    "min": Unit("分钟", "min", 1),
    "km/h": Unit("公里/小时", "km/h", 1),
    "%": Unit("%", "%", 1),
    "orders/day": Unit("单/日", "orders/day", 1),
    "h/day": Unit("小时/日", "h/day", 1),
    "CNY": Unit("元", "CNY", 2),
    "CNY/h": Unit("元/小时", "CNY/h", 2),
    "CNY/order": Unit("元/单", "CNY/order", 2),
    "orders": Unit("单", "orders", 0),
    "rows": Unit("行", "rows", 0),
    "workers": Unit("人", "workers", 0),
    "cases": Unit("件", "cases", 0),
    "number": Unit("", "", 0),
    "ratio": Unit("", "", 2),
    "p": Unit("", "", 4),
    "value": Unit("", "", 2),
    "min/30d": Unit("分钟/30 日", "min/30 days", 2),
    "km/h/30d": Unit("公里/小时/30 日", "km/h/30 days", 2),
}
"""Units that columns may have: in Chinese, in English, and the decimals a person is shown."""


_SMALLEST_P = 0.0001
"""Smaller is shown as smaller than this: 0.0000 would say that it cannot be."""


def number_text(number: float, unit: str) -> str:
    """A number as a person is shown it, without its unit: ``1,234.5``, with a true minus; ``∞`` if it is
    infinite, which says that the data cannot bound it."""
    if abs(number) == float("inf"):
        return "∞" if number > 0 else "−∞"
    if unit == "p" and 0 <= number < _SMALLEST_P:
        return f"<{_SMALLEST_P}"
    text = f"{number:,.{UNITS[unit].decimals if unit else 2}f}"
    if not float(text.replace(",", "")):
        text = text.removeprefix("-")
    return text.replace("-", "−")
