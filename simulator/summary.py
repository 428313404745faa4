"""The city in a screenful of text, Chinese or English."""

import unicodedata
from collections.abc import Sequence
from typing import Literal

import numpy as np

from simulator.calibration import compare
from simulator.city import City
from simulator.measures import order_times, overworked, spells
from simulator.vocabulary import DispatchKind

Language = Literal["zh", "en"]

_PLATFORM_HEADINGS = {
    "zh": (
        "平台",
        "骑手",
        "派单事件",
        "完成订单",
        "达标率",
        "罚款率",
        "申报时限 0–1/1–2/2–3/3–5/5+ km（分钟）",
    ),
    "en": (
        "platform",
        "workers",
        "events",
        "completed",
        "met",
        "fined",
        "limits 0–1/1–2/2–3/3–5/5+ km (min)",
    ),
}
_CALIBRATION_HEADINGS = {
    "zh": ("指标", "已公布", "模拟值", "来源"),
    "en": ("figure", "published", "simulated", "source"),
}


def city_summary(city: City, language: Language) -> str:
    """What the city holds: platforms, events, and spells of more than 4 h."""
    times = order_times(city)
    in_time = times.completed & (times.delivery_time_s <= times.promised_s)
    events = city.dispatches
    rows: list[tuple[str, ...]] = []
    for index, platform in enumerate(city.platforms):
        own = events.platform == index
        done = times.completed & (times.platform == index)
        settled = own & (events.kind == DispatchKind.COMPLETED)
        workers = np.unique(city.sessions.worker[city.sessions.platform == index])
        rows.append(
            (
                platform.name_zh if language == "zh" else platform.name_en,
                f"{len(workers):,}",
                f"{np.count_nonzero(own):,}",
                f"{np.count_nonzero(done):,}",
                _percent(in_time[done]),
                _percent(events.penalty_fen[settled] > 0),
                "/".join(f"{limit / 60:g}" for limit in platform.declared_limits_s),
            )
        )
    over, hidden = overworked(times, len(city.platforms))
    too_long = int(np.count_nonzero(spells(times).too_long))
    facts = (
        city.parameters.date,
        city.parameters.seed,
        len(city.worker_names),
        len(events),
        len(city.sessions),
    )
    if language == "zh":
        head = "唐山模拟日 {} · 种子 {} · 骑手 {:,} 人 · 派单事件 {:,} 条 · 上下线事件 {:,} 条"
        foot = "连续接单超过 4 小时：{} 段，{} 人；其中 {} 人须跨平台合并才能发现"
    else:
        head = (
            "Tangshan, simulated day {} · seed {} · {:,} workers · {:,} dispatch events · {:,} session events"
        )
        foot = (
            "More than 4 h of continuous order time: {} spells of {} workers; {} seen only across platforms"
        )
    table = table_text(_PLATFORM_HEADINGS[language], rows)
    return "\n".join((head.format(*facts), "", table, "", foot.format(too_long, len(over), len(hidden))))


def calibration_summary(city: City, language: Language) -> str:
    """Simulated beside published figures; the sources are in README.md."""
    rows = [
        (
            figure.zh if language == "zh" else figure.en,
            f"{_range(figure.low, figure.high)} {figure.unit}".strip(),
            f"{figure.simulated:.2f} {figure.unit}".strip(),
            figure.source,
        )
        for figure in compare(city)
    ]
    return table_text(_CALIBRATION_HEADINGS[language], rows)


def _range(low: float, high: float) -> str:
    if low == high:
        return f"{low:g}"
    return f"> {low:g}" if high == float("inf") else f"{low:g}–{high:g}"


def _percent(condition: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> str:
    return f"{np.mean(condition):.1%}" if len(condition) else "–"


def table_text(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns side by side under their headings, for a terminal."""
    widths = [max(_width(row[column]) for row in (headings, *rows)) for column in range(len(headings))]
    lines = [
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in (headings, ["-" * width for width in widths], *rows)
    ]
    return "\n".join(lines)


def _width(text: str) -> int:
    """Columns a terminal needs: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
