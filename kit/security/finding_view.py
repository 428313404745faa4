"""What of a finding its reader may see, field by field."""

from __future__ import annotations

from kit.security.caller import Caller, Role
from quzhong.api.events.v1 import findings_pb2


def as_seen_by(caller: Caller, finding: findings_pb2.Finding) -> findings_pb2.Finding:
    """The finding, cut in place to what the caller may see.

    Whoever sees aggregates only, as a union: nothing that names a worker or an event. A platform: of events
    and platforms only its own; that the worker also rides for others is told by the counter, for whom is not
    its business.
    """
    evidence = finding.working_time if finding.HasField("working_time") else None
    if not caller.sees_workers:
        for name in ("finding_id", "worker_id", "changes"):
            finding.ClearField(name)
        if evidence is not None:
            evidence.ClearField("event_ids")
    elif caller.role is Role.PLATFORM and evidence is not None:
        platform = caller.party_id
        evidence.event_ids[:] = [event for event in evidence.event_ids if _is_of(event, platform)]
        evidence.platform_ids[:] = [platform]
        finding.changes[:] = [change for change in finding.changes if _may_hear(change, platform)]
    return finding


def _is_of(event_id: str, platform_id: str) -> bool:
    return event_id.startswith(f"{platform_id}/")


def _may_hear(change: str, platform_id: str) -> bool:
    """A change begins with the name of its field; those of these three end with what was added or removed."""
    field, _, what = change.partition(": ")
    match field:
        case "event_ids":
            return _is_of(what.rpartition(" ")[2], platform_id)
        case "platform_id" | "platform_ids":
            return False
    return True
