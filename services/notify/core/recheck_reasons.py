"""What a recheck came to, in words that both sides can check."""

from __future__ import annotations

import math
from datetime import date
from enum import Enum, auto

from services.notify.core.policy import Rate
from services.notify.core.text import Text

Counted = tuple[date, date, int, int]
"""First and last day, workers with a finding, active workers."""


class Basis(Enum):
    """What the outcome rests on."""

    NO_ACTIVITY_BEFORE = auto()
    NO_ACTIVITY_AFTER = auto()
    ABOVE_ONE = auto()
    ABOVE_STANDARD = auto()
    BELOW_ONE = auto()
    BELOW_STANDARD = auto()
    NOBODY = auto()
    TOO_FEW_ACTIVE = auto()
    AROUND_ONE = auto()
    STILL_STANDS = auto()
    NONE_STANDS = auto()


_CONCLUSION = {
    Basis.NO_ACTIVITY_BEFORE: Text(
        "警示所依据的期间没有在岗劳动者数据，无从比较：未显示改善。",
        "No activity is on record for the days of the warning, so there is nothing to compare with: "
        "no improvement shown.",
    ),
    Basis.NO_ACTIVITY_AFTER: Text(
        "复查期间没有在岗劳动者数据，没有发现问题不等于没有问题：未显示改善。",
        "No activity is on record for the days of the recheck; that nothing was found does not mean that "
        "there was nothing: no improvement shown.",
    ),
    Basis.ABOVE_ONE: Text("整个区间高于 1：情况恶化。", "The interval lies wholly above 1: worse."),
    Basis.ABOVE_STANDARD: Text(
        "复查期间的比例仍高于警示标准（{standard_zh}）：未整改到位。",
        "The rate of the recheck is still above the standard for a warning ({standard_en}): not put right.",
    ),
    Basis.BELOW_ONE: Text("整个区间低于 1：已改善。", "The interval lies wholly below 1: improved."),
    Basis.BELOW_STANDARD: Text(
        "复查期间比例的置信上限低于警示标准（{standard_zh}）：已改善。",
        "The upper limit of the recheck's rate lies below the standard for a warning ({standard_en}): "
        "improved.",
    ),
    Basis.NOBODY: Text(
        "人数少，区间宽；但复查期间在岗劳动者不少于此前的一半，没有一人出现超限情形：已改善。",
        "The numbers are small and the interval is wide; but at least half as many workers were active as "
        "before, and not one went past the limit: improved.",
    ),
    Basis.TOO_FEW_ACTIVE: Text(
        "复查期间没有人出现超限情形，但在岗劳动者不足此前的一半，不足以判断：未显示改善。",
        "Nobody went past the limit, but fewer than half as many workers were active as before, too few to "
        "judge by: no improvement shown.",
    ),
    Basis.AROUND_ONE: Text(
        "区间包含 1，数据不足以证明改善：未显示改善。",
        "The interval contains 1, so the data do not prove an improvement: no improvement shown.",
    ),
}


def of_rates(
    before: Counted,
    after: Counted,
    ratio: tuple[float | None, float, float],
    *,
    confidence: float,
    standard: Rate | None,
    basis: Basis,
) -> Text:
    """Both rates with what they are made of, the ratio with its interval, and the conclusion."""
    compared = _compared(ratio, confidence) if before[3] and after[3] else Text("", "")
    conclusion = _CONCLUSION[basis]
    if standard is not None:
        rate, least = f"{standard.workers_per_thousand:g}", standard.least_workers
        names = {
            "standard_zh": f"每千人 {rate} 名，且不少于 {least} 名",
            "standard_en": f"{rate} per thousand and at least {least} workers",
        }
        conclusion = Text(conclusion.zh.format(**names), conclusion.en.format(**names))
    earlier, later = _rate(before), _rate(after)
    return Text(
        f"警示所依据的{earlier.zh}；复查的{later.zh}。{compared.zh}{conclusion.zh}",
        " ".join(
            part
            for part in (
                f"The days of the warning, {earlier.en}; those of the recheck, {later.en}.",
                compared.en,
                conclusion.en,
            )
            if part
        ),
    )


def of_standards(first: date, last: date, standing: int, basis: Basis) -> Text:
    """Whether an adverse finding stands after the deadline."""
    days_zh, days_en = f"{_day_zh(first)}至{_day_zh(last)}", f"From {first} to {last}"
    if basis is Basis.STILL_STANDS:
        noun = "finding stands" if standing == 1 else "findings stand"
        return Text(
            f"{days_zh}复查，仍有 {standing} 项认定成立：未整改到位。",
            f"{days_en}, {standing} {noun} still: not put right.",
        )
    if basis is Basis.NONE_STANDS:
        return Text(f"{days_zh}复查，已无认定成立：已改善。", f"{days_en}, no finding stands: improved.")
    conclusion = _CONCLUSION[basis]
    return Text(f"{days_zh}：{conclusion.zh}", f"{days_en}: {conclusion.en}")


def _rate(counted: Counted) -> Text:
    first, last, workers, active = counted
    days_zh = f"{_day_zh(first)}至{_day_zh(last)}"
    if not active:
        return Text(
            f"{days_zh}，有 {workers} 名劳动者出现超限情形，没有在岗人数",
            f"{first} to {last}: {workers} past the limit, number of active workers unknown",
        )
    rate = f"{1000 * workers / active:.1f}"
    return Text(
        f"{days_zh}，在岗劳动者 {active:,} 名中有 {workers:,} 名出现超限情形，每千人 {rate} 名",
        f"{first} to {last}: {workers:,} of {active:,} active workers past the limit, {rate} per thousand",
    )


def _compared(ratio: tuple[float | None, float, float], confidence: float) -> Text:
    point, low, high = ratio
    percent = f"{100 * confidence:g}"
    top_zh, top_en = ("无上限", "no upper limit") if math.isinf(high) else (_number(high), _number(high))
    if point is None:
        if low == 0 and math.isinf(high):
            return Text("前后均无人超限，无从计算比值。", "Nobody was found in either, so there is no ratio.")
        return Text(
            f"此前无人超限，比值无从计算（{percent}% 置信区间 {_number(low)} 至{top_zh}）。",
            f"Nobody was found before, so there is no ratio ({percent} % confidence interval {_number(low)} "
            f"to {top_en}).",
        )
    return Text(
        f"比值 {_number(point)}（{percent}% 置信区间 {_number(low)}–{top_zh}）。",
        f"Ratio {_number(point)} ({percent} % confidence interval {_number(low)}–{top_en}).",
    )


def _number(value: float) -> str:
    """Two digits behind the point, or as many as keep it on its side of 1: 0.998 is not told as 1.00."""
    digits = 2
    while value != 1 and digits < 12 and round(value, digits) == 1:
        digits += 1
    return f"{value:.{digits}f}"


def _day_zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
