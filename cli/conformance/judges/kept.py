"""What several scenarios ask of the archive: everything there, nothing twice, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cli.conformance.observed import Event, Observed
from cli.conformance.script import rows_of, workers_of
from kit.conformance import Finding

MOST_NAMED = 5
"""Event ids a finding names: who mends the first ones finds the rest."""


def complete_and_single(
    script: Mapping[str, Any], observed: Observed, scenario_id: str
) -> tuple[list[Finding], list[Event]]:
    """What is missing or too many of a scenario's events, and what is kept of its workers."""
    wanted = [row["event_id"] for row in rows_of(script, scenario_id)]
    kept = observed.kept_of(workers_of(script, scenario_id))
    known = {event.event_id for event in kept}
    if not observed.sent(wanted):
        return [_not_played()], kept
    findings = []
    if lost := [each for each in wanted if each not in known]:
        findings.append(_lost(lost, len(wanted)))
    if added := sorted(known.difference(wanted)):
        findings.append(_doubled(added))
    return findings, kept


def named(ids: Iterable[str], comma: str = ", ") -> str:
    """Some ids, for a message."""
    every = list(ids)
    return comma.join(every[:MOST_NAMED]) + (" …" if len(every) > MOST_NAMED else "")


def _not_played() -> Finding:
    return Finding(
        "the scenario was not played: none of its events was sent",
        "未执行本场景：没有收到任何事件",
        "Replay the script from its first scenario on, at the address of connect.json.",
        "请从脚本的第一个场景开始回放，地址见 connect.json。",
    )


def _lost(ids: list[str], count: int) -> Finding:
    return Finding(
        f"{len(ids)} of {count} events never arrived: {named(ids)}",
        f"{count} 个事件中有 {len(ids)} 个始终未到：{named(ids, '、')}",
        "Keep every batch until it is answered, across errors and restarts, and send it again.",
        "每一批在得到答复之前须保留，出错或重启后继续重发。",
    )


def _doubled(ids: list[str]) -> Finding:
    return Finding(
        f"{len(ids)} events arrived that the script does not have: {named(ids)}",
        f"收到 {len(ids)} 个脚本之外的事件：{named(ids, '、')}",
        "An event keeps its event_id for ever: make it once, when the event happens, never when it is sent.",
        "事件编号在事件发生时生成一次，此后不变；不得在发送或重发时重新生成。",
    )
