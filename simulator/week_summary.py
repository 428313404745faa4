"""The weeks in a screenful of text, Chinese or English."""

from dataclasses import fields

from simulator.summary import Language, table_text
from simulator.week_measures import signs
from simulator.weeks import Weeks

_HEADINGS = {
    "zh": ("平台", "骑手", "完成订单", "各区间达标率", "时限变化", "罚款率", "低于最低工资", "合作企业比"),
    "en": (
        "platform",
        "workers",
        "completed",
        "met by others",
        "limits",
        "fined",
        "below min.",
        "firm ratio",
    ),
}
_HEAD = {
    "zh": "唐山模拟 {} 起 {} 天 · 种子 {} · 骑手 {:,} 人 · 派单事件 {:,} 条 · 上下线事件 {:,} 条\n"
    "植入问题：{}",
    "en": "Tangshan, simulated from {}, {} days · seed {} · {:,} workers · {:,} dispatch events · "
    "{:,} session events\nplanted: {}",
}
_UNDECLARED = {"zh": "（未申报）", "en": " (undeclared)"}
_NO_FAULT = {"zh": "无", "en": "none"}


def weeks_summary(weeks: Weeks, language: Language) -> str:
    """What the weeks hold: each platform in the figures that the faults move."""
    rows: list[tuple[str, ...]] = []
    for platform, seen in zip(weeks.platforms, signs(weeks), strict=True):
        undeclared = _UNDECLARED[language] if seen.fined and not seen.fines_declared else ""
        rows.append(
            (
                platform.name_zh if language == "zh" else platform.name_en,
                f"{seen.workers:,}",
                f"{seen.completed:,}",
                "/".join(f"{share:.0%}" for share in seen.attainment),
                f"{seen.limit_change:+.1%}",
                f"{seen.fined:.1%}{undeclared}",
                f"{seen.below_minimum:.0%}",
                f"{seen.firm_ratio:.2f}",
            )
        )
    faults = weeks.parameters.faults
    planted = [each.name for each in fields(faults) if getattr(faults, each.name)]
    facts = (
        weeks.parameters.first_day,
        len(weeks.days_ms),
        weeks.parameters.seed,
        len(weeks.worker_names),
        len(weeks.dispatches),
        len(weeks.sessions),
        ", ".join(planted) or _NO_FAULT[language],
    )
    head = _HEAD[language].format(*facts)
    return "\n".join((head, "", table_text(_HEADINGS[language], rows)))
