"""A clock that is ahead: the verdicts of rows are read, and only what was rejected is mended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cli.conformance.judges.kept import complete_and_single
from cli.conformance.observed import Event, Observed
from cli.conformance.script import rows_of
from kit.conformance import Finding, Verdict

IN_FUTURE = "EVENT_TIME_IN_FUTURE"
"""The reason that intake gives."""


def judge_clock_skew(script: Mapping[str, Any], observed: Observed) -> Verdict:
    """Passed if the row from the future was rejected, then accepted with its true time, and no accepted row
    was sent in another request."""
    findings, kept = complete_and_single(script, observed, "clock_skew")
    wrong = [row["event_id"] for row in rows_of(script, "clock_skew") if "true_at_s" in row]
    right = [row["event_id"] for row in rows_of(script, "clock_skew") if "true_at_s" not in row]
    refused = sum(one.rejected.get(place) == IN_FUTURE for one, place in observed.sent(wrong))
    if not refused and observed.sent(wrong):
        findings.append(_never_ahead())
    if moved := _moved(script, kept):
        findings.append(_not_true(moved))
    requests: dict[str, set[str]] = {}
    for one, place in observed.sent(right):
        requests.setdefault(one.events[place].event_id, set()).add(one.request_id)
    if again := sorted(each for each, ids in requests.items() if len(ids) > 1):
        findings.append(_sent_again(again))
    return Verdict("clock_skew", tuple(findings), {"events": len(kept), "rejected": refused})


def _moved(script: Mapping[str, Any], kept: list[Event]) -> list[str]:
    """Mended events that do not lie where they belong beside those that were right at first."""
    true_s: dict[str, int] = {}
    for row in rows_of(script, "clock_skew"):
        true_s[row["event_id"]] = row["true_at_s"] if "true_at_s" in row else row["at_s"]
    begun = {
        each.event_id: each.event_ms - true_s[each.event_id] * 1_000
        for each in kept
        if each.event_id in true_s
    }
    right = [moment for each, moment in begun.items() if each in _unskewed(script)]
    return sorted(each for each, moment in begun.items() if right and abs(moment - right[0]) > 60_000)


def _unskewed(script: Mapping[str, Any]) -> set[str]:
    return {row["event_id"] for row in rows_of(script, "clock_skew") if "true_at_s" not in row}


def _never_ahead() -> Finding:
    return Finding(
        "no row was sent with the wrong clock's time, so that nothing had to be mended",
        "没有以偏差时钟的时间上报任何一行，无从检验更正",
        "In this scenario send at_s first, as the wrong clock tells it; true_at_s once the row is rejected.",
        "本场景须先以偏差时钟的 at_s 上报，被退回后再以 true_at_s 重报。",
    )


def _not_true(ids: list[str]) -> Finding:
    return Finding(
        f"mended events do not bear their true time: {', '.join(ids)}",
        f"更正后的事件时间不正确：{'、'.join(ids)}",
        "Send the rejected row again with the same event_id and the time at which it happened.",
        "以同一 event_id 和真实发生时间重报被退回的行。",
    )


def _sent_again(ids: list[str]) -> Finding:
    return Finding(
        f"rows that had been accepted were sent in a further request: {', '.join(ids)}",
        f"已受理的行又随其他请求上报：{'、'.join(ids)}",
        "Each row has a verdict of its own: send only what was rejected, once it is mended.",
        "每一行各有答复：仅重报被退回并已更正的行。",
    )
