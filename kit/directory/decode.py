"""From a record of topic ``registry`` to a plain entry: the directory's only file that knows the contract."""

from __future__ import annotations

from google.protobuf.message import DecodeError
from google.protobuf.timestamp_pb2 import Timestamp

from kit.directory.entries import (
    AdmissionEntry,
    AreaEntry,
    CredentialEntry,
    Entry,
    ErasureEntry,
    PartyEntry,
    RuleDocumentEntry,
    SigningKeyEntry,
    ThresholdEntry,
)
from kit.errors import MalformedRecordError
from kit.security.caller import Role
from quzhong.api.registry.v1 import admission_pb2, declared_rules_pb2, erasures_pb2
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
            case "rule_document":
                return _rule_document(message.rule_document)
            case "admission":
                return _admission(message.admission)
            case "erasure":
                return _erasure(message.erasure)
            case "signing_key":
                return _signing_key(message.signing_key)
    except (DecodeError, ValueError) as error:
        raise MalformedRecordError(
            f"registry record: {error}", zh=f"登记主题中的记录无法解析：{error}"
        ) from error
    raise MalformedRecordError(
        "registry record: holds no kind of entry this version knows; upgrade this process",
        zh="登记主题中的记录不含本版本认识的条目；请升级本进程",
    )


def _party(party: pb.Party) -> PartyEntry:
    return PartyEntry(
        party_id=party.party_id,
        role=Role(party.role),
        name_zh=party.name.zh,
        name_en=party.name.en,
        area_codes=tuple(party.area_codes),
        create_ms=_ms(party.create_time),
        platform_ids=tuple(party.platform_ids),
        department_id=party.department_id,
        version=max(1, party.version),
        unit_id=party.profile.unit_id,
    )


def _credential(credential: pb.Credential) -> CredentialEntry:
    return CredentialEntry(
        credential_id=credential.credential_id,
        party_id=credential.party_id,
        secret_sha256=credential.secret_sha256,
        create_ms=_ms(credential.create_time),
        revoke_ms=_ms(credential.revoke_time) if credential.HasField("revoke_time") else None,
        public_jwk=credential.public_jwk,
    )


def _signing_key(key: pb.SigningKey) -> SigningKeyEntry:
    return SigningKeyEntry(
        key_id=key.key_id,
        public_jwk=key.public_jwk,
        create_ms=_ms(key.create_time),
        expire_ms=_ms(key.expire_time),
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


def _rule_document(document: declared_rules_pb2.RuleDocument) -> RuleDocumentEntry:
    return RuleDocumentEntry(
        document_id=document.document_id,
        version=document.version,
        platform_id=document.platform_id,
        kind=document.kind,
        area_code=document.area_code,
        service=document.service,
        title_zh=document.title.zh,
        title_en=document.title.en,
        effective_ms=_ms(document.effective_time),
        create_ms=_ms(document.create_time),
        consultation_id=document.consultation_id,
    )


def _admission(admission: admission_pb2.Admission) -> AdmissionEntry:
    return AdmissionEntry(
        platform_id=admission.platform_id,
        version=admission.version,
        admitted=admission.state == admission_pb2.ADMISSION_STATE_ADMITTED,
    )


def _erasure(erasure: erasures_pb2.Erasure) -> ErasureEntry:
    return ErasureEntry(
        erasure_id=erasure.erasure_id,
        worker_sha256=tuple(erasure.worker_sha256),
        erase_ms=_ms(erasure.erase_time),
        gone_ms=_ms(erasure.gone_time),
    )


def _ms(moment: Timestamp) -> int:
    return moment.ToMilliseconds()
