"""Admissions as the contract says them: for answers, for the log, and for the store."""

from __future__ import annotations

from quzhong.api.registry.v1 import admission_pb2 as pb
from services.registry.core.admission import Admission, Basis, State


def admission_message(admission: Admission) -> pb.Admission:
    """How a platform stands; the report itself is no part of it."""
    message = pb.Admission(
        platform_id=admission.platform_id,
        state=pb.AdmissionState.ValueType(admission.state),
        basis=pb.AdmissionBasis.ValueType(admission.basis),
        actor_id=admission.actor_id,
        reason=admission.reason,
        version=admission.version,
        kit_version=admission.kit_version,
        contract_version=admission.contract_version,
        report_sha256=admission.report_sha256,
        report_key_id=admission.report_key_id,
    )
    message.create_time.FromMilliseconds(admission.create_ms)
    return message


def admission_of(content: bytes, report: bytes) -> Admission:
    """What the store holds of a version."""
    message = pb.Admission.FromString(content)
    return Admission(
        message.platform_id,
        State(message.state),
        Basis(message.basis),
        message.create_time.ToMilliseconds(),
        message.actor_id,
        message.version,
        message.reason,
        message.kit_version,
        message.contract_version,
        message.report_sha256,
        message.report_key_id,
        report,
    )
