"""How platforms came to be admitted to live intake: each change with all that is on record of it."""

from __future__ import annotations

from dataclasses import dataclass

from services.portal.core.admission import AdmissionBasis, AdmissionState


@dataclass(frozen=True, slots=True)
class AdmissionRecord:
    """How a platform stands, or stood, since a moment."""

    platform_id: str
    state: AdmissionState
    basis: AdmissionBasis
    create_ms: int | None
    actor_id: str
    reason: str
    version: int
    kit_version: str
    contract_version: str
    report_sha256: str
    report_key_id: str


@dataclass(frozen=True, slots=True)
class AdmissionCourse:
    """How it stands, and how it came to this, the first one first."""

    admission: AdmissionRecord
    report: bytes
    """That admitted the platform, as it was handed in; empty without one."""
    history: tuple[AdmissionRecord, ...]
