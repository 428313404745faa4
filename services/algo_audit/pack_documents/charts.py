"""Charts as places between 0 and 1, so that the template only draws: numbers stay in Python."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from services.algo_audit.core.pack_model import UNITS, Cell, Table, Text, number_text
from services.algo_audit.pack_documents import Language

TICKS = 5
_ACCUSING = ("strictest", "stricter")
_STEPS = (1, 2, 2.5, 5, 10)
"""Of a power of ten: what a person reads off an axis."""


def strips(table: Table, language: Language, tones: Mapping[str, str], p: Text) -> dict[str, Any]:
    """One row a strip, all on one scale. ``p``: what comes before a p-value."""
    unit = next(column.unit for column in table.columns if column.name == "p50")
    rows = [_named(table, row) for row in table.rows]
    seen = _finite(
        row.get(name)
        for row in rows
        for name in ("p10", "p90", "p50", "declared", "floor", "middle_low", "middle_high")
    )
    scale = Scale.over(seen, from_zero=True)
    return {
        "unit": _unit(unit, language),
        "declared": language.pick(next(each.title for each in table.columns if each.name == "declared")),
        "ticks": scale.ticks(unit),
        "rows": [_strip(row, scale, unit, language, tones, p) for row in rows],
    }


def _strip(
    row: Mapping[str, Cell], scale: Scale, unit: str, language: Language, tones: Mapping[str, str], p: Text
) -> dict[str, Any]:
    verdict, note = _words(row.get("verdict"), language), _words(row.get("note"), language)
    tone = tones.get(verdict, "")
    # Of a verdict that accuses nobody no doubt is in question.
    sure = _p_value(row.get("adjusted_p"), language, p) if tone in _ACCUSING else ""
    share, low, high = (row.get(name) for name in ("attainment", "attainment_low", "attainment_high"))
    return {
        "platform": _words(row.get("platform"), language),
        "cohort": _words(row.get("cohort"), language),
        "declared": _number(row.get("declared"), unit),
        "attainment": _number(share, "%"),
        "interval": "" if share is None else f"{_number(low, '%')}–{_number(high, '%')}",
        "verdict": verdict,
        "tone": tone,
        "small": " · ".join(each for each in (note, sure) if each),
        "places": {
            name: scale.place(row.get(name))
            for name in ("p10", "p25", "p50", "p75", "p90", "middle_low", "middle_high", "declared", "floor")
        },
    }


def _p_value(cell: Cell, language: Language, p: Text) -> str:
    return f"{language.pick(p)}{number_text(cell, 'p')}" if isinstance(cell, int | float) else ""


def curves(table: Table, language: Language) -> dict[str, Any]:
    """One small chart a cohort, all with the same axes: threshold along, attainment up."""
    unit = next(column.unit for column in table.columns if column.name == "threshold")
    groups: dict[str, list[dict[str, Cell]]] = {}
    for row in (_named(table, row) for row in table.rows):
        groups.setdefault(_words(row["curve"], language), []).append(row)
    charts = []
    for name, rows in groups.items():
        scale = Scale.over(_finite(row["threshold"] for row in rows), from_zero=False)
        first = rows[0]
        charts.append(
            {
                "name": name,
                "ticks": scale.ticks(unit, 4),
                "line": [[scale.place(row["threshold"]), _share(row["attainment"])] for row in rows],
                "low": [[scale.place(row["threshold"]), _share(row["attainment_low"])] for row in rows],
                "high": [[scale.place(row["threshold"]), _share(row["attainment_high"])] for row in rows],
                "marks": {
                    each: scale.place(first.get(each), beyond=False)
                    for each in ("declared", "middle_low", "middle_high", "floor")
                },
            }
        )
    return {"unit": _unit(unit, language), "charts": charts}


def steps(table: Table, language: Language) -> dict[str, Any]:
    """One small chart a platform and cohort: the date along, the limit up."""
    unit = next(column.unit for column in table.columns if column.name == "limit")
    groups: dict[str, list[tuple[int, float, str]]] = {}
    for row in (_named(table, row) for row in table.rows):
        limit, time = row["limit"], _words(row["time"], language)
        if isinstance(limit, int | float) and math.isfinite(limit):
            name = " · ".join(_words(row[each], language) for each in ("platform", "cohort") if each in row)
            groups.setdefault(name, []).append((date.fromisoformat(time).toordinal(), float(limit), time))
    charts = []
    for name, points in groups.items():
        scale = Scale.over([limit for _, limit, _ in points], from_zero=False)
        first, last = points[0][0], points[-1][0]
        span = max(1, last - first)
        charts.append(
            {
                "name": name,
                "first": points[0][2],
                "last": points[-1][2],
                "ticks": scale.ticks(unit, 3),
                "line": [[(time - first) / span, scale.place(limit)] for time, limit, _ in points],
            }
        )
    return {"unit": _unit(unit, language), "charts": charts}


class Scale:
    """A linear axis whose ends are ticks."""

    def __init__(self, low: float, high: float, step: float) -> None:
        self.low, self.high, self.step = low, high, step

    @classmethod
    def over(cls, values: Iterable[float], *, from_zero: bool) -> Scale:
        """An axis that holds all values; with ``from_zero`` it begins there if they are not far from it."""
        seen = sorted(values) or [0.0, 1.0]
        low, high = seen[0], seen[-1]
        if from_zero and low >= 0 and low < 0.5 * high:
            low = 0.0
        if low == high:
            low, high = low - (abs(low) or 1.0) / 2, high + (abs(high) or 1.0) / 2
        step = _nice((high - low) / TICKS)
        return cls(math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step, step)

    def place(self, value: Cell, *, beyond: bool = True) -> float | None:
        """Between 0 and 1. What lies outside is put at the end, or nowhere unless ``beyond``."""
        if not isinstance(value, int | float) or math.isnan(value):
            return None
        share = (value - self.low) / (self.high - self.low)
        if not (beyond or 0 <= share <= 1):
            return None
        return round(min(1.0, max(0.0, share)), 5)

    def ticks(self, unit: str, most: int = TICKS + 2) -> list[dict[str, Any]]:
        """Every tick; every second or later one where there are too many."""
        count = round((self.high - self.low) / self.step)
        every = math.ceil((count + 1) / most)
        values = [self.low + self.step * number for number in range(0, count + 1, every)]
        whole = all(float(value).is_integer() for value in values)
        decimals = 0 if whole else max(1, UNITS[unit].decimals if self.step < 0.1 else 1)
        return [{"at": self.place(value), "label": f"{value:,.{decimals}f}"} for value in values]


def _nice(step: float) -> float:
    power = 10.0 ** math.floor(math.log10(step))
    return next(nice * power for nice in _STEPS if nice * power >= step * (1 - 1e-9))


def _named(table: Table, row: tuple[Cell, ...]) -> dict[str, Cell]:
    return {column.name: cell for column, cell in zip(table.columns, row, strict=True)}


def _finite(cells: Iterable[Cell]) -> list[float]:
    return [float(cell) for cell in cells if isinstance(cell, int | float) and math.isfinite(cell)]


def _share(cell: Cell) -> float:
    return round(float(cell) / 100, 5) if isinstance(cell, int | float) else 0.0


def _words(cell: Cell, language: Language) -> str:
    return language.pick(cell) if isinstance(cell, Text) else ""


def _number(cell: Cell, unit: str) -> str:
    return number_text(cell, unit) if isinstance(cell, int | float) else "—"


def _unit(unit: str, language: Language) -> str:
    return UNITS[unit].zh if language is Language.ZH else UNITS[unit].en
