"""Entities as the contract says them: for answers (``api.py``) and for the log (``adapters/store.py``)."""

from __future__ import annotations

from quzhong.api.events.v1 import events_pb2
from quzhong.api.events.v1.findings_pb2 import LocalText
from quzhong.api.registry.v1 import registry_pb2 as pb
from services.registry.core.areas import Area
from services.registry.core.parties import Credential, Party
from services.registry.core.thresholds import Threshold


def party_message(party: Party) -> pb.Party:
    """A party."""
    message = pb.Party(
        party_id=party.party_id,
        role=pb.Role.ValueType(party.role),
        name=LocalText(zh=party.name_zh, en=party.name_en),
        area_codes=party.area_codes,
    )
    message.create_time.FromMilliseconds(party.create_ms)
    return message


def credential_message(credential: Credential) -> pb.Credential:
    """A credential, without its secret."""
    message = pb.Credential(
        credential_id=credential.credential_id,
        party_id=credential.party_id,
        secret_sha256=credential.secret_sha256,
    )
    message.create_time.FromMilliseconds(credential.create_ms)
    if credential.revoke_ms is not None:
        message.revoke_time.FromMilliseconds(credential.revoke_ms)
    return message


def area_message(area: Area) -> pb.Area:
    """An area."""
    return pb.Area(
        area_code=area.area_code,
        parent_code=area.parent_code,
        name=LocalText(zh=area.name_zh, en=area.name_en),
    )


def threshold_message(threshold: Threshold) -> pb.Threshold:
    """A version of a threshold."""
    said = threshold.declaration
    message = pb.Threshold(
        threshold_id=threshold.threshold_id,
        version=threshold.version,
        platform_id=said.platform_id,
        metric_id=said.metric_id,
        area_code=said.area_code,
        service=events_pb2.ServiceKind.ValueType(said.service),
        distance_start_m=said.distance_start_m,
        distance_end_m=said.distance_end_m or 0,
        value=said.value,
    )
    message.effective_time.FromMilliseconds(said.effective_ms)
    message.create_time.FromMilliseconds(threshold.create_ms)
    return message
