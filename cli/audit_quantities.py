"""Thresholds and amounts as people write them: 30min, 15km/h, 95%, 4.5CNY.

A unit must be stated where a wrong guess is a wrong verdict: 30 is half an hour or half a minute, 450 is fen
or yuan. Only where a metric has one unit that everybody uses (km/h, orders a day) may it be left out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from cli.bad_input import BadInputError


@dataclass(frozen=True, slots=True)
class Units:
    """What the values of a metric may be written in."""

    factors: Mapping[str, float]
    """Written unit → how many of the metric's unit it is; lower case."""
    bare: float | None
    """The factor of a number without a unit; None: a unit must be stated."""
    example: str
    """How a threshold is written."""
    asked: tuple[str, str]
    """Chinese and English: what to state where the unit is missing."""


_TIME: Final = Units(
    {
        **dict.fromkeys(("s", "sec", "秒"), 1.0),
        **dict.fromkeys(("min", "分", "分钟"), 60.0),
        **dict.fromkeys(("h", "小时", "时"), 3600.0),
    },
    None,
    "30min",
    ("请写明 s、min 或 h", "state s, min or h"),
)
_MONEY: Final = {
    **dict.fromkeys(("cny", "rmb", "元", "¥", "￥"), 100.0),
    **dict.fromkeys(("fen", "分"), 1.0),
}
_ASKED_CURRENCY: Final = ("请写明 CNY（元）或 fen（分）", "state CNY or fen")


def _money(*per: str) -> Units:
    """Amounts, with or without what they are for."""
    factors = _MONEY | {f"{unit}{each}": factor for unit, factor in _MONEY.items() for each in per}
    return Units(factors, None, f"4.5CNY{per[0] if per else ''}", _ASKED_CURRENCY)


UNITS_OF: Final[Mapping[str, Units]] = {
    "s": _TIME,
    "km/h": Units({"km/h": 1.0, "公里/小时": 1.0}, 1.0, "15km/h", ("", "")),
    "share": Units({"%": 0.01, "share": 1.0}, 1.0, "95%", ("", "")),
    "orders/day": Units({"orders/day": 1.0, "单/日": 1.0}, 1.0, "30", ("", "")),
    "h/day": Units({"h/day": 1.0, "h": 1.0, "小时/日": 1.0, "小时": 1.0}, 1.0, "8h", ("", "")),
    "fen": _money(),
    "fen/h": _money("/h", "/小时"),
    "fen/order": _money("/order", "/单"),
}
"""By ``Metric.unit``."""
_OWN: Final = Units({}, 1.0, "30", ("", ""))
"""Of a quantity that is no metric: numbers as they stand."""
_CURRENCIES: Final = frozenset(
    {
        "$",
        "€",
        "£",
        "₩",
        "₹",
        "usd",
        "eur",
        "gbp",
        "jpy",
        "hkd",
        "twd",
        "mop",
        "krw",
        "sgd",
        "aud",
        "cad",
        "inr",
    }
    | {"kes", "rub", "vnd", "chf", "美元", "欧元", "英镑", "日元", "港元", "港币"}
)
"""What is known to be no yuan, so that the message says so; any other word is a unit that does not fit."""
_NUMBER: Final = re.compile(r"\s*([^\d\s.,+−-]?)\s*([+−-]?(?:\d+\.?\d*|\.\d+))\s*(.*?)\s*")


def units_of(metric_unit: str) -> Units:
    """What values of that unit may be written in."""
    return UNITS_OF.get(metric_unit, _OWN)


def quantity(text: str, metric_unit: str, field: str, most: float = math.inf) -> float:
    """A threshold in the metric's unit, above 0 and up to ``most``.

    Raises:
        BadInputError: if it is no number, has no unit where one is needed, one of another kind or currency,
            or is out of range.
    """
    units = units_of(metric_unit)
    example = units.example
    found = _NUMBER.fullmatch(text)
    if found is None:
        zh, en = f"不是数值，请写成例如 {example}", f"is no number; write e.g. {example}"
        raise BadInputError(field, text, zh, en, reason="NOT_A_NUMBER")
    sign, number, suffix = found.groups()
    value = float(number.replace("−", "-")) * _factor(text, (suffix or sign).casefold(), units, field)
    if not (math.isfinite(value) and value > 0):
        zh, en = f"标准必须大于 0，请写成例如 {example}", f"a threshold must be above 0; write e.g. {example}"
        raise BadInputError(field, text, zh, en, reason="THRESHOLD_NOT_POSITIVE")
    if value > most:
        zh, en = (
            f"过大，单位是否有误？请写成例如 {example}",
            f"is too much; is the unit right? write e.g. {example}",
        )
        raise BadInputError(field, text, zh, en, reason="THRESHOLD_OUT_OF_RANGE")
    return value


def _factor(text: str, unit: str, units: Units, field: str) -> float:
    example = units.example
    if unit in _CURRENCIES or (unit.partition("/")[0] in _CURRENCIES):
        zh = f"币种不符，只接受人民币，请换算后写成例如 {example}"
        en = f"is in another currency than CNY; convert it and write e.g. {example}"
        raise BadInputError(field, text, zh, en, reason="CURRENCY_MISMATCH")
    if not unit:
        if units.bare is not None:
            return units.bare
        zh, en = units.asked
        raise BadInputError(
            field,
            text,
            f"缺少单位，{zh}，例如 {example}",
            f"has no unit; {en}, e.g. {example}",
            reason="UNIT_MISSING",
        )
    if unit not in units.factors:
        known = ", ".join(units.factors) or "—"
        zh, en = f"单位不符，可用：{known}", f"is in a unit that does not fit; use one of {known}"
        raise BadInputError(field, text, zh, en, reason="UNIT_MISMATCH")
    return units.factors[unit]


def value_factor(unit: str | None, metric_unit: str) -> float:
    """How many of the metric's unit the numbers of a value column are.

    Raises:
        BadInputError: if the unit is not stated where it must be, or is of another kind.
    """
    units = units_of(metric_unit)
    if not units.factors:
        return 1.0
    if unit is None and units.bare is None:
        zh, en = units.asked
        raise BadInputError("--value-unit", "", f"缺失；{zh}", f"missing; {en}", reason="UNIT_MISSING")
    return _factor(unit or "", (unit or "").casefold(), units, "--value-unit")


def distance_edges(text: str) -> tuple[float, ...]:
    """Ascending edges in metres; beyond the last stands one more band, without an end.

    Raises:
        BadInputError: if they are no numbers, or do not ascend from 0 or more.
    """
    zh, en = "请写成递增的米数，例如 0,1000,2000,5000", "write ascending metres, e.g. 0,1000,2000,5000"
    try:
        edges = [float(part) for part in text.split(",") if part.strip()]
    except ValueError:
        raise BadInputError("--distance-bands", text, zh, en, reason="BAD_BANDS") from None
    if edges and math.isfinite(edges[-1]):
        edges.append(math.inf)
    ascending = all(low < high for low, high in pairwise(edges))
    if len(edges) < 2 or not edges[0] >= 0 or not ascending:
        raise BadInputError("--distance-bands", text, zh, en, reason="BAD_BANDS")
    return tuple(edges)
