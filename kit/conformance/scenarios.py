"""What a platform's integration is put through, in the order it is played."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scenario:
    """One part of the kit, judged by itself."""

    scenario_id: str
    """Lower-case letters and underscores; stable."""
    title_en: str
    title_zh: str
    asks_en: str
    """What the integration has to do, in a sentence."""
    asks_zh: str


SCENARIOS = (
    Scenario(
        "duplicates",
        "A cut answer, sent again",
        "重发与去重",
        "When an answer is cut off, send the same batch again under the same request_id, and nothing twice.",
        "应答中断后，以同一 request_id 重发同一批次，不得重复上报。",
    ),
    Scenario(
        "late_events",
        "Events that come late",
        "迟到事件",
        "Send events that lie hours back with the time they happened, not the time they are sent.",
        "补报数小时前的事件时，填写事件发生时间，而非上报时间。",
    ),
    Scenario(
        "corrections",
        "Corrections and deletions",
        "更正与删除",
        "Correct an event by its next version and delete one that never happened, under the same event_id.",
        "以同一 event_id 的下一版本更正事件；从未发生的事件以 deleted 删除。",
    ),
    Scenario(
        "clock_skew",
        "A clock that is ahead",
        "时钟偏差",
        "Read the verdict of each row: mend the rejected one and send it again, leave the accepted ones.",
        "逐行读取答复：更正并重报被退回的事件，已受理的不再重报。",
    ),
    Scenario(
        "advisories",
        "Advice obeyed",
        "按建议派单",
        "Follow the advisories, and give no further order to a worker who has reached the limit.",
        "持续接收建议，不再向已达上限的劳动者派单。",
    ),
    Scenario(
        "no_push",
        "The no-push window",
        "停推时段",
        "Offer nothing to a worker within the no-push window; give the order to another.",
        "停推时段内不向该劳动者推送订单，改派他人。",
    ),
    Scenario(
        "outage",
        "Outage and resume",
        "中断与恢复",
        "Lose nothing and double nothing while the service is away; follow the advice on where it stopped.",
        "服务中断期间不丢不重；恢复后从断点继续接收建议。",
    ),
    Scenario(
        "notice",
        "A warning acknowledged",
        "警示函签收",
        "Hear of the warning, read it, and acknowledge it.",
        "获知、阅读并签收警示函。",
    ),
)
"""A report has to have each of them; the order is that of the script."""


def scenario_of(scenario_id: str) -> Scenario | None:
    """The scenario of an id, if there is one."""
    return next((one for one in SCENARIOS if one.scenario_id == scenario_id), None)
