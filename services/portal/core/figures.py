"""Durations, shares and counts as people read them, in both languages."""

from __future__ import annotations

import re

from services.portal.core import units
from services.portal.core.language import Language

_UNITS = {
    Language.CHINESE: {"d": " 天", "h": " 小时", "min": " 分钟", "s": " 秒"},
    Language.ENGLISH: {"d": " d", "h": " h", "min": " min", "s": " s"},
}


def duration(milliseconds: float, language: Language) -> str:
    """A span to the minute, to the second below one minute: ``4 小时 12 分钟``, ``4 h 12 min``, ``35 s``.

    Rounded down: a counter of 3 h 59 min 59 s has not reached 4 h.
    """
    units = _UNITS[language]
    seconds = int(milliseconds // 1000)
    hours, minutes = seconds // 3600, seconds % 3600 // 60
    if seconds < 60:
        return f"{seconds}{units['s']}"
    parts = [f"{hours}{units['h']}"] if hours else []
    if minutes or not hours:
        parts.append(f"{minutes}{units['min']}")
    return " ".join(parts)


def lag(milliseconds: float, language: Language) -> str:
    """How late something came, from two days on in days and hours, unlike a limit: ``259 d 4 h``."""
    units = _UNITS[language]
    days, hours = divmod(int(milliseconds // 3_600_000), 24)
    if days < 2:
        return duration(milliseconds, language)
    return f"{days}{units['d']}" + (f" {hours}{units['h']}" if hours else "")


def exact_duration(milliseconds: float, language: Language) -> str:
    """A span to the second: ``4 小时 31 分钟 5 秒``, ``4 h``, ``0 s``. Where two spans are told apart."""
    units = _UNITS[language]
    minutes, seconds = divmod(int(milliseconds // 1000), 60)
    hours, minutes = divmod(minutes, 60)
    counts = ((hours, "h"), (minutes, "min"), (seconds, "s"))
    return " ".join(f"{count}{units[unit]}" for count, unit in counts if count) or f"0{units['s']}"


def distance_band(cohort: str, language: Language) -> str:
    """A cohort's stable name in metres as the audit says it: ``3–5 公里`` of ``3000-5000``.

    Any other name is shown as it is.
    """
    found = re.fullmatch(r"(\d+)-(\d*)", cohort)
    if found is None:
        return cohort
    low, high = (f"{int(edge or 0) / 1000:g}" for edge in found.groups())
    if found[2]:
        return f"{low}–{high} km" if language is Language.ENGLISH else f"{low}–{high} 公里"
    return f"{low} km and over" if language is Language.ENGLISH else f"{low} 公里以上（含）"


def measure(value: float, unit: str, language: Language) -> str:
    """A value of a metric with its unit as people read it (``units``): 1,710 s is ``28.5 分钟``."""
    if unit == "share":
        return share(value)
    known = units.unit(unit)
    shown = value / known.factor
    digits = number(shown) if known.decimals < 2 else f"{shown:,.{known.decimals}f}"
    return f"{digits}{known.en if language is Language.ENGLISH else known.zh}".rstrip()


def provision(value: float, unit: str, language: Language) -> str:
    """A number of a rule, exactly as declared: ``18.5%``, ``12.50 元``, ``30 分钟``."""
    match unit:
        case "share":
            return f"{value * 100:.10g}%"
        case "fen":
            yuan = f"{value / 100:,.2f}" if value == int(value) else f"{value / 100:.10g}"
            return f"¥{yuan}" if language is Language.ENGLISH else f"{yuan} 元"
        case "s" | "seconds" if 0 <= value == int(value):
            return exact_duration(value * 1000, language)
        case "s" | "seconds":
            return f"{value:.10g}{_UNITS[language]['s']}"
    return f"{value:.10g} {unit}".rstrip()


def number(value: float) -> str:
    """At most one decimal, thousands grouped: ``28.5``, ``30``, ``1,200``."""
    return f"{value:,.1f}".removesuffix(".0")


def share(value: float) -> str:
    """A share of 0–1 in per cent with one decimal; not quite all, or not quite none, is not shown as such."""
    percent = value * 100
    if 0 < percent < 0.05:
        return "<0.1%"
    if 99.95 <= percent < 100:
        return ">99.9%"
    return f"{number(percent)}%"


def clock(milliseconds: float) -> str:
    """A span to the second, for columns of figures: ``4:12:05`` is 4 h 12 min 5 s."""
    seconds = int(milliseconds // 1000)
    return f"{seconds // 3600}:{seconds % 3600 // 60:02}:{seconds % 60:02}"
