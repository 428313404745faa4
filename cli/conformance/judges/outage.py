"""Outage and resume: nothing lost, nothing doubled, advice followed on from where it stopped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cli.conformance.judges.kept import complete_and_single
from cli.conformance.observed import Observed
from kit.conformance import Finding, Verdict


def judge_outage(script: Mapping[str, Any], observed: Observed) -> Verdict:
    """Passed if all events are kept once, and who had got advice before went on after its last token."""
    findings, kept = complete_and_single(script, observed, "outage")
    outage = observed.outage
    resumed = 0
    if outage is None or outage.end_ms is None:
        findings.append(_not_played())
    else:
        tokens = {one.resume_token for one in observed.advice if one.at_ms <= outage.end_ms}
        after = [one for one in observed.watches if one.at_ms >= outage.end_ms]
        resumed = sum(one.resume_token in tokens for one in after)
        if not after:
            findings.append(_not_followed())
        elif tokens and not after[0].resume_token:
            findings.append(_not_resumed())
    return Verdict("outage", tuple(findings), {"events": len(kept), "resumed": resumed})


def _not_played() -> Finding:
    return Finding(
        "the outage did not take place: its events were not sent",
        "中断未发生：没有收到相应事件",
        "Send the rows of this scenario one after another, in the pace that the script gives.",
        "按脚本给定的间隔逐行上报本场景的事件。",
    )


def _not_followed() -> Finding:
    return Finding(
        "nobody asked for advisories again after the outage",
        "中断恢复后未再接收建议",
        "Open the stream again, with growing pauses, however long the service is away.",
        "无论中断多久，均应以逐次加长的间隔重新建立接收。",
    )


def _not_resumed() -> Finding:
    return Finding(
        "advisories were asked for anew after the outage, not from the last resume_token on",
        "恢复后重新从头接收建议，未使用最近的 resume_token",
        "Keep the resume_token of what was acted upon last, and begin with it.",
        "保存最近一条已处理建议的 resume_token，恢复时以其为起点。",
    )
