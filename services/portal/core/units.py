"""Units of metrics: how a value is told to people, and how one that people typed is read.

Services count in seconds, shares of one and fen; people read and type minutes, per cent and yuan.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from services.portal.core.language import Language


@dataclass(frozen=True, slots=True)
class Unit:
    """What people read instead of the metric's own unit."""

    factor: float
    """Of the metric's unit in one of the people's: 60 s are a minute."""
    zh: str
    en: str
    decimals: int = 1
    """As many as make a difference to anybody."""
    step: float = 0.5
    """Of a slider, in the people's unit."""

    def name(self, language: Language) -> str:
        return (self.en if language is Language.ENGLISH else self.zh).strip()


_UNITS = {
    "s": Unit(60, " 分钟", " min"),
    "share": Unit(0.01, "%", "%"),
    "fen": Unit(100, " 元", " yuan", 2, 0.05),
    "fen/h": Unit(100, " 元/小时", " yuan/h", 2, 0.1),
    "fen/order": Unit(100, " 元/单", " yuan/order", 2, 0.01),
    "km/h": Unit(1, " 公里/小时", " km/h"),
    "orders/day": Unit(1, " 单/天", " orders/day", 1, 1),
    "h/day": Unit(1, " 小时/天", " h/day", 1, 0.25),
}


def unit(name: str) -> Unit:
    """What people read of a metric's unit; one that is not known here is shown as it is."""
    return _UNITS.get(name) or Unit(1, f" {name}", f" {name}")


def plain(value: float, name: str) -> str:
    """A value in the people's unit without its name, as an input holds it: ``28.5`` of 1,710 s."""
    known = unit(name)
    return f"{value / known.factor:.{known.decimals + 1}f}".rstrip("0").rstrip(".")


def read(text: str, name: str) -> float | None:
    """What was typed in the people's unit as a value of the metric's; None if it is no number from 0 on.

    Full-width digits, a unit behind the number and commas between thousands are what people type.
    """
    found = re.fullmatch(r"\s*([0-9][0-9,]*(?:\.[0-9]*)?|\.[0-9]+)\s*\D*", text.translate(_HALF_WIDTH))
    if found is None:
        return None
    return round(float(found[1].replace(",", "")) * unit(name).factor, 6)


_HALF_WIDTH = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


def interval(low: float, high: float, name: str, language: Language) -> str:
    """An interval with its unit said once: ``27.8–29.1 分钟``; an end without bound: ``≥ 27.8 分钟``."""
    known = unit(name)
    label = known.en if language is Language.ENGLISH else known.zh
    shown = [
        f"{value / known.factor:,.{known.decimals}f}" if math.isfinite(value) else "" for value in (low, high)
    ]
    start, end = (each.removesuffix(".0") for each in shown)
    if start and end:
        return f"{start}–{end}{label}"
    return f"≥ {start}{label}" if start else f"≤ {end}{label}" if end else "—"
