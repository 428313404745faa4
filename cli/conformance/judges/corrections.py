"""Corrections and deletions: the next version, under the same id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cli.conformance.judges.kept import complete_and_single
from cli.conformance.observed import Event, Observed
from cli.conformance.script import steps_of
from kit.conformance import Finding, Verdict


def judge_corrections(script: Mapping[str, Any], observed: Observed) -> Verdict:
    """Passed if the last version of each event is what the script made of it, and there are no others."""
    findings, kept = complete_and_single(script, observed, "corrections")
    last: dict[str, Event] = {}
    for event in sorted(kept, key=lambda one: one.version):
        last[event.event_id] = event
    versions = {event.event_id: event.version for event in last.values()}
    for step in steps_of(script, "corrections"):
        if step.get("event_id") not in last:
            continue
        event = last[step["event_id"]]
        if step["do"] == "correct" and (event.deleted or event.distance_m != step["set"]["distance_m"]):
            findings.append(_not_corrected(event, step["set"]["distance_m"]))
        elif step["do"] == "delete" and not event.deleted:
            findings.append(_not_deleted(event))
    touched = {step["event_id"] for step in steps_of(script, "corrections") if "event_id" in step}
    if others := sorted(each for each, version in versions.items() if version and each not in touched):
        findings.append(_needless(others))
    return Verdict("corrections", tuple(findings), {"events": len(last), "versions": len(kept)})


def _not_corrected(event: Event, wanted: int) -> Finding:
    return Finding(
        f"event {event.event_id!r} stands with distance_m {event.distance_m}, not {wanted}",
        f"事件 {event.event_id!r} 的 distance_m 为 {event.distance_m}，应为 {wanted}",
        "Send the whole row again with the new value and version 1 (correct() of the SDK).",
        "以新值和 version 1 重新上报整行（SDK 的 correct()）。",
    )


def _not_deleted(event: Event) -> Finding:
    return Finding(
        f"event {event.event_id!r} still stands",
        f"事件 {event.event_id!r} 仍然有效",
        "Send its next version with deleted set (delete() of the SDK).",
        "上报其下一版本并置 deleted（SDK 的 delete()）。",
    )


def _needless(ids: list[str]) -> Finding:
    return Finding(
        f"events were corrected that were right: {', '.join(ids)}",
        f"无需更正的事件被更正：{'、'.join(ids)}",
        "Send versions of the events that changed, and of no others.",
        "仅为有变化的事件上报新版本。",
    )
