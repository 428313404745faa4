"""What the registry does, as entries of its ledger: one for each record that it publishes."""

from __future__ import annotations

from hashlib import sha256

from kit.errors import UnauthenticatedError
from kit.ledger import Act
from kit.ledger.canonical import Json
from kit.security.caller import current_caller
from quzhong.api.registry.v1 import registry_pb2 as pb

REGISTRY = "registry"
"""The actor of what no caller asked for: the registry's opening, and the agreements it reads."""


def of_published(key: str, entry: pb.DirectoryEntry) -> Act:
    """The entry of a record of topic ``registry``; its hash proves what was published."""
    action, details = _said(entry)
    published = sha256(entry.SerializeToString()).hexdigest()
    return Act(action, key, actor(), details={**details, "published_sha256": published})


def of_links(party_id: str, old_version: int, count: int) -> Act:
    """The entry of links of pseudonyms that were taken in: how many, never which."""
    details: dict[str, Json] = {"old_key_version": old_version, "links": count}
    return Act("pseudonyms.linked", f"pseudonym-key/{old_version}", party_id, details=details)


def _said(entry: pb.DirectoryEntry) -> tuple[str, dict[str, Json]]:
    match entry.WhichOneof("entry"):
        case "party":
            party = entry.party
            action = "party.amended" if party.version > 1 else "party.registered"
            role = pb.Role.Name(party.role).removeprefix("ROLE_").lower()
            return action, {"role": role, "version": party.version, "area_codes": list(party.area_codes)}
        case "credential":
            revoked = entry.credential.HasField("revoke_time")
            action = "credential.revoked" if revoked else "credential.issued"
            return action, {"party_id": entry.credential.party_id}
        case "threshold":
            threshold = entry.threshold
            return "threshold.declared", {
                "platform_id": threshold.platform_id,
                "metric_id": threshold.metric_id,
                "value": repr(threshold.value),
                "consultation_id": threshold.consultation_id,
            }
        case kind:
            return f"{kind or 'entry'}.published", {}


def actor() -> str:
    """Who called; the registry itself if nobody did."""
    try:
        return current_caller().party_id
    except UnauthenticatedError:
        return REGISTRY
