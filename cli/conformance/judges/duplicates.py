"""A cut answer, sent again: under the same request_id, with the same rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cli.conformance.judges.kept import complete_and_single
from cli.conformance.observed import Fate, Observed, Submission
from cli.conformance.script import rows_of
from kit.conformance import Finding, Verdict


def judge_duplicates(script: Mapping[str, Any], observed: Observed) -> Verdict:
    """Passed if both requests whose answers were cut came again as they were, and each event is kept once."""
    wanted = {row["event_id"] for row in rows_of(script, "duplicates")}
    ours = [one for one in observed.submissions if any(event.event_id in wanted for event in one.events)]
    cut = [one for one in ours if one.fate in (Fate.CUT_AFTER, Fate.CUT_BEFORE)]
    findings, kept = complete_and_single(script, observed, "duplicates")
    resent = 0
    for place, one in enumerate(ours):
        if one not in cut:
            continue
        again = [each for each in ours[place + 1 :] if each.request_id == one.request_id]
        if not again:
            findings.append(_not_resent(one))
        elif again[-1].events != one.events:
            findings.append(_changed(one))
        else:
            resent += 1
    counts = {"requests": len(ours), "cut": len(cut), "resent": resent, "events": len(kept)}
    return Verdict("duplicates", tuple(findings), counts)


def _not_resent(one: Submission) -> Finding:
    kept = one.fate is Fate.CUT_AFTER
    return Finding(
        f"the answer to request {one.request_id!r} was cut off"
        + (" after it was carried out" if kept else " before it was read")
        + ", and the request did not come again under its request_id",
        f"请求 {one.request_id!r} "
        + ("已执行但应答被切断" if kept else "在送达前被切断")
        + "，此后未以同一 request_id 重发",
        "On UNAVAILABLE, and whenever no answer comes, send the same bytes again under the same request_id, "
        "with growing pauses; give up only into a store that outlives the process.",
        "遇 UNAVAILABLE 或无应答时，以同一 request_id 原样重发，间隔逐次加长；放弃前须落盘保存。",
    )


def _changed(one: Submission) -> Finding:
    return Finding(
        f"request {one.request_id!r} came again with other rows",
        f"请求 {one.request_id!r} 重发时内容有变",
        "A request_id belongs to one batch: put further rows into the next one.",
        "一个 request_id 只对应一批内容；新增的行放入下一批。",
    )
