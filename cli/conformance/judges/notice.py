"""A warning acknowledged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cli.conformance.judges.kept import complete_and_single
from cli.conformance.observed import Observed
from kit.conformance import Finding, Verdict

ANSWERS = ("ACKNOWLEDGEMENT", "ANSWER")
"""Kinds of replies that show that a letter has arrived with somebody."""


def judge_notice(script: Mapping[str, Any], observed: Observed) -> Verdict:
    """Passed if the shifts are in, a warning came of them, and the platform acknowledged or answered it."""
    findings, kept = complete_and_single(script, observed, "notice")
    replies = [reply for one in observed.warned for reply in one.replies]
    if not observed.warned:
        findings.append(_no_warning())
    elif not any(reply in ANSWERS for reply in replies):
        findings.append(_not_acknowledged(observed.warned[0].notice_id))
    if observed.warned and not any(one.read for one in observed.warned):
        findings.append(_not_read())
    counts = {"events": len(kept), "warnings": len(observed.warned), "replies": len(replies)}
    return Verdict("notice", tuple(findings), counts)


def _no_warning() -> Finding:
    return Finding(
        "no warning came of the scenario: its shifts are missing or incomplete",
        "未产生警示函：本场景的班次缺失或不完整",
        "Send the shifts of this scenario whole, with times two days back as the script says.",
        "按脚本完整上报两日前的班次。",
    )


def _not_read() -> Finding:
    return Finding(
        "the case of the warning was not read",
        "未读取警示函所在的案件",
        "Follow WatchAlerts (or a webhook), then read the case with GetCase: the letter is in it.",
        "接收 WatchAlerts（或 webhook），再以 GetCase 读取案件及函件。",
    )


def _not_acknowledged(notice_id: str) -> Finding:
    return Finding(
        f"the warning {notice_id!r} was neither acknowledged nor answered",
        f"警示函 {notice_id!r} 未签收也未答复",
        "Call ReplyToNotice with REPLY_KIND_ACKNOWLEDGEMENT once somebody has it; an answer may follow.",
        "收函后以 ReplyToNotice（REPLY_KIND_ACKNOWLEDGEMENT）签收，随后可再答复。",
    )
