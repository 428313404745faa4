"""Advice obeyed: the limit that is reached, and the no-push window after it was passed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cli.conformance.observed import Event, Observed
from cli.conformance.script import offers_of, steps_of
from kit.conformance import Finding, Verdict

GIVEN = ("OFFERED", "ACCEPTED")
"""Kinds of events that say that a worker was given an order."""


def judge_advisories(script: Mapping[str, Any], observed: Observed) -> Verdict:
    """Passed if the advice was followed, reached the platform, and the order went to the other worker."""
    return _judge(script, observed, "advisories", _limit_ignored)


def judge_no_push(script: Mapping[str, Any], observed: Observed) -> Verdict:
    """Passed if nothing was pushed within the window, and the order went to the other worker."""
    return _judge(script, observed, "no_push", _pushed)


def _judge(script: Mapping[str, Any], observed: Observed, scenario_id: str, ignored: Any) -> Verdict:
    (awaited,) = (step for step in steps_of(script, scenario_id) if step["do"] == "await_advice")
    (offer,) = offers_of(script, scenario_id)
    tired, fresh = offer["candidates"]
    told = [one for one in observed.advice if one.worker_id == tired and one.kind == awaited["kind"]]
    given = [
        event for one in observed.submissions for event in one.events if _is_of(event, offer["order_id"])
    ]
    findings = []
    if not observed.watches:
        findings.append(_nobody_follows())
    elif not told:
        findings.append(_not_told(tired, awaited["kind"]))
    if any(event.worker_id == tired for event in given):
        findings.append(ignored(tired, offer["order_id"]))
    elif tired in observed.pushes:
        findings.append(ignored(tired, "another order"))
    if not any(event.worker_id == fresh for event in given):
        findings.append(_not_given(offer["order_id"], fresh))
    return Verdict(
        scenario_id,
        tuple(findings),
        {"advice": len(told), "offers": len(given), "watches": len(observed.watches)},
    )


def _is_of(event: Event, order_id: str) -> bool:
    return event.order_id == order_id and event.kind in GIVEN


def _nobody_follows() -> Finding:
    return Finding(
        "nobody asked for advisories, by stream or by list",
        "没有以流或列表方式接收建议",
        "Follow WatchAdvisories (or ListAdvisories every minute) as long as you dispatch.",
        "派单期间须持续接收 WatchAdvisories（或每分钟查询 ListAdvisories）。",
    )


def _not_told(worker_id: str, kind: str) -> Finding:
    return Finding(
        f"the advice {kind} about {worker_id!r} did not go out: the shift before it is missing or "
        "incomplete, or nobody was listening any more",
        f"关于 {worker_id!r} 的建议 {kind} 未发出：此前的班次缺失或不完整，或接收已中断",
        "Send the shift of this scenario whole, and keep the stream open.",
        "完整上报本场景的班次，并保持接收。",
    )


def _limit_ignored(worker_id: str, order: str) -> Finding:
    return Finding(
        f"{worker_id!r} had reached the limit and was given {order!r} all the same",
        f"{worker_id!r} 已达上限，仍被派单 {order!r}",
        "After LIMIT_REACHED let the order in hand be finished and give no further one until CLEARED.",
        "收到 LIMIT_REACHED 后，完成手中订单即止，收到 CLEARED 前不再派单。",
    )


def _pushed(worker_id: str, order: str) -> Finding:
    return Finding(
        f"{order!r} was offered to {worker_id!r} within the no-push window",
        f"停推时段内向 {worker_id!r} 推送了 {order!r}",
        "After NO_PUSH offer nothing to the worker until no_push_end, or while that is absent, until told.",
        "收到 NO_PUSH 后，在 no_push_end 之前（未给出时，在另行通知之前）不得向其推送订单。",
    )


def _not_given(order_id: str, worker_id: str) -> Finding:
    return Finding(
        f"the order {order_id!r} was not given to {worker_id!r}, who was free",
        f"订单 {order_id!r} 未派给可接单的 {worker_id!r}",
        "Advice is about one worker: go on dispatching to the others.",
        "建议只针对一名劳动者，其他人照常派单。",
    )
