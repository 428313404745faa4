"""What of a finding its reader may see, field by field."""

from __future__ import annotations

from collections.abc import Sequence

from kit.security.caller import Caller, Role
from quzhong.api.events.v1 import findings_pb2


def as_seen_by(caller: Caller, finding: findings_pb2.Finding) -> findings_pb2.Finding:
    """The finding, cut in place to what the caller may see.

    Whoever sees aggregates only, as a union: nothing that names a worker or an event. A platform: of events
    and platforms only its own; that the worker also rides for others is told by the counter, for whom is not
    its business. A worker: of events and platforms those that whoever vouched for them can vouch on.
    """
    evidence = finding.working_time if finding.HasField("working_time") else None
    if not caller.sees_workers:
        for name in ("finding_id", "worker_id", "changes"):
            finding.ClearField(name)
        if evidence is not None:
            evidence.ClearField("event_ids")
    elif evidence is not None and (own := _own_platforms(caller)) is not None:
        evidence.event_ids[:] = [event for event in evidence.event_ids if _is_of(event, own)]
        told = own if caller.role is Role.PLATFORM else set(own).intersection(evidence.platform_ids)
        evidence.platform_ids[:] = sorted(told)
        finding.changes[:] = [change for change in finding.changes if _may_hear(change, own)]
    return finding


def _own_platforms(caller: Caller) -> tuple[str, ...] | None:
    """The only platforms whose part of a worker's time the caller is told; None: of all."""
    return caller.platforms if caller.role in (Role.PLATFORM, Role.WORKER) else None


def _is_of(event_id: str, platform_ids: Sequence[str]) -> bool:
    return event_id.startswith(tuple(f"{platform_id}/" for platform_id in platform_ids))


def _may_hear(change: str, platform_ids: Sequence[str]) -> bool:
    """A change begins with the name of its field; those of these three end with what was added or removed."""
    field, _, what = change.partition(": ")
    match field:
        case "event_ids":
            return _is_of(what.rpartition(" ")[2], platform_ids)
        case "platform_id" | "platform_ids":
            return False
    return True
