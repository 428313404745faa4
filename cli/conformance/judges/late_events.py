"""Events that come late bear the time they happened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cli.conformance.judges.kept import complete_and_single, named
from cli.conformance.observed import Observed
from cli.conformance.script import rows_of
from kit.conformance import Finding, Verdict

TOLERANCE_MS = 2_000
"""Rounding of a step's moments to whole seconds, on both sides."""

CLOCK_MS = 300_000
"""How far the integration's clock may be off the kit's: as much as intake allows."""


def judge_late_events(script: Mapping[str, Any], observed: Observed) -> Verdict:
    """Passed if all events lie as far apart as the script says, and the last one lies in the present."""
    findings, kept = complete_and_single(script, observed, "late_events")
    at_ms = {row["event_id"]: row["at_s"] * 1_000 for row in rows_of(script, "late_events")}
    begun = {
        event.event_id: event.event_ms - at_ms[event.event_id] for event in kept if event.event_id in at_ms
    }
    sent = observed.sent(at_ms)
    if begun and sent:
        first_ms = sent[0][0].at_ms
        # Restamped ones all lie near the present: then the ones furthest back are off the most.
        moved = sorted(
            each
            for each, moment_ms in begun.items()
            if not -CLOCK_MS <= first_ms - moment_ms <= CLOCK_MS
            or abs(moment_ms - min(begun.values())) > TOLERANCE_MS
        )
        if moved:
            findings.append(_moved(moved))
    return Verdict("late_events", tuple(findings), {"events": len(kept)})


def _moved(ids: list[str]) -> Finding:
    return Finding(
        f"{len(ids)} events bear another time than they happened at: {named(ids)}",
        f"{len(ids)} 个事件的时间与发生时间不符：{named(ids, '、')}",
        "event_time is when it happened, as recorded then; the time of sending is nobody's concern. The "
        "script's at_s are seconds from the moment the scenario begins: take that moment once.",
        "event_time 为事件发生的时刻，与上报时刻无关。脚本中的 at_s 以场景开始时刻为基准，该时刻只取一次。",
    )
