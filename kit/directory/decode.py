"""From a record of topic ``registry`` to a plain entry: the directory's only file that knows the contract."""

from __future__ import annotations

from google.protobuf.message import DecodeError
from google.protobuf.timestamp_pb2 import Timestamp

from kit.directory.entries import AreaEntry, CredentialEntry, Entry, PartyEntry, ThresholdEntry
from kit.errors import MalformedRecordError
from kit.security.caller import Role
from quzhong.api.registry.v1 import registry_pb2 as pb


def entry_of(value: bytes) -> Entry:
    """The entry a record's value holds.

    Raises:
        MalformedRecordError: if it is no DirectoryEntry, or one of a kind or role this version does not know.
    """
    message = pb.DirectoryEntry()
    try:
        message.ParseFromString(value)
        match message.WhichOneof("entry"):
            case "party":
                return _party(message.party)
            case "credential":
                return _credential(message.credential)
            case "area":
                return _area(message.area)
            case "threshold":
                return _threshold(message.threshold)
    except (DecodeError, ValueError) as error:
        raise MalformedRecordError(
            f"registry record: {error}", zh=f"登记主题中的记录无法解析:{error}"
        ) from error
    raise MalformedRecordError(
        "registry record: holds no kind of entry this version knows; upgrade this process",
        zh="登记主题中的记录不含本版本认识的条目;请升级本进程",
    )


def _party(party: pb.Party) -> PartyEntry:
    return PartyEntry(
        party_id=party.party_id,
        role=Role(party.role),
        name_zh=party.name.zh,
        name_en=party.name.en,
        area_codes=tuple(party.area_codes),
        create_ms=_ms(party.create_time),
    )


def _credential(credential: pb.Credential) -> CredentialEntry:
    return CredentialEntry(
        credential_id=credential.credential_id,
        party_id=credential.party_id,
        secret_sha256=credential.secret_sha256,
        create_ms=_ms(credential.create_time),
        revoke_ms=_ms(credential.revoke_time) if credential.HasField("revoke_time") else None,
    )


def _area(area: pb.Area) -> AreaEntry:
    return AreaEntry(area.area_code, area.parent_code, area.name.zh, area.name.en)


def _threshold(threshold: pb.Threshold) -> ThresholdEntry:
    return ThresholdEntry(
        threshold_id=threshold.threshold_id,
        version=threshold.version,
        platform_id=threshold.platform_id,
        metric_id=threshold.metric_id,
        area_code=threshold.area_code,
        service=threshold.service,
        distance_start_m=threshold.distance_start_m,
        distance_end_m=threshold.distance_end_m or None,
        value=threshold.value,
        effective_ms=_ms(threshold.effective_time),
        create_ms=_ms(threshold.create_time),
        consultation_id=threshold.consultation_id,
    )


def _ms(moment: Timestamp) -> int:
    return moment.ToMilliseconds()
