"""Entities as the contract says them: for answers (``api.py``) and for the log (``adapters/store.py``).

And what the log says of agreements (``consumer.py``).
"""

from __future__ import annotations

from google.protobuf.message import DecodeError

from kit.errors import MalformedRecordError
from kit.security.caller import Caller
from quzhong.api.algo_audit.v1 import consultation_pb2
from quzhong.api.events.v1 import events_pb2
from quzhong.api.events.v1.findings_pb2 import LocalText
from quzhong.api.registry.v1 import registry_pb2 as pb
from services.registry.agreements import Agreement
from services.registry.core.areas import Area
from services.registry.core.parties import Credential
from services.registry.core.thresholds import Declaration, Threshold
from services.registry.identity.readers import Told


def credential_message(credential: Credential) -> pb.Credential:
    """A credential, without its secret."""
    message = pb.Credential(
        credential_id=credential.credential_id,
        party_id=credential.party_id,
        secret_sha256=credential.secret_sha256,
        public_jwk=credential.public_jwk,
    )
    message.create_time.FromMilliseconds(credential.create_ms)
    if credential.revoke_ms is not None:
        message.revoke_time.FromMilliseconds(credential.revoke_ms)
    return message


def listed_credential_message(credential: Credential) -> pb.ListCredentialsResponse.Listed:
    """A credential as administrators and auditors see it: no secret, nor its hash."""
    message = pb.ListCredentialsResponse.Listed(
        credential_id=credential.credential_id,
        party_id=credential.party_id,
        kind=pb.CredentialKind.ValueType(credential.kind),
        public_jwk=credential.public_jwk,
    )
    message.create_time.FromMilliseconds(credential.create_ms)
    if credential.revoke_ms is not None:
        message.revoke_time.FromMilliseconds(credential.revoke_ms)
    return message


def who_am_i_message(caller: Caller, told: Told) -> pb.WhoAmIResponse:
    """What a caller is told of itself. Role and areas are those its calls are judged by."""
    message = pb.WhoAmIResponse(
        role=pb.Role.ValueType(caller.role),
        party_id=caller.party_id,
        name=LocalText(zh=told.party.name_zh, en=told.party.name_en),
        area_codes=caller.area_codes,
        platform_ids=caller.platform_ids,
        department_id=caller.department_id,
        credential_id=caller.credential_id,
        may_approve=told.may_approve,
    )
    if told.account is not None:
        message.account_id = told.account.account_id
        message.person_name = told.account.person_name
    if caller.expire_ms is not None:
        message.expire_time.FromMilliseconds(caller.expire_ms)
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
        consultation_id=threshold.consultation_id,
    )
    message.effective_time.FromMilliseconds(said.effective_ms)
    message.create_time.FromMilliseconds(threshold.create_ms)
    return message


def agreement_of(value: bytes) -> Agreement:
    """What a record of topic ``agreements`` says.

    Raises:
        MalformedRecordError: if it is no Agreement, its times are none, or it names no consultation or no
            threshold.
    """
    try:
        message = consultation_pb2.Agreement.FromString(value)
        effective_ms, create_ms = (
            message.effective_time.ToMilliseconds(),
            message.create_time.ToMilliseconds(),
        )
    except (DecodeError, ValueError) as error:
        raise MalformedRecordError(
            f"agreements record: {error}", zh=f"协商结果主题中的记录无法解析：{error}"
        ) from error
    if not (message.consultation_id and message.thresholds):
        raise MalformedRecordError(
            "agreements record: names no consultation, or no threshold",
            zh="协商结果主题中的记录未写明协商编号或标准",
        )
    return Agreement(
        consultation_id=message.consultation_id,
        platform_id=message.platform_id,
        declarations=tuple(
            Declaration(
                platform_id=message.platform_id,
                metric_id=threshold.metric_id,
                area_code=threshold.area_code,
                service=threshold.service,
                distance_start_m=threshold.distance_start_m,
                distance_end_m=threshold.distance_end_m or None,
                value=threshold.value,
                effective_ms=effective_ms,
            )
            for threshold in message.thresholds
        ),
        create_ms=create_ms,
    )
