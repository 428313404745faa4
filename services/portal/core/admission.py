"""Whether a platform may send live events, and what that rests on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class AdmissionState(IntEnum):
    """Values equal those of quzhong.api.registry.v1.AdmissionState."""

    UNSPECIFIED = 0
    SANDBOX = 1
    ADMITTED = 2


class AdmissionBasis(IntEnum):
    """Values equal those of quzhong.api.registry.v1.AdmissionBasis."""

    UNSPECIFIED = 0
    REGISTERED = 1
    CONFORMANCE_REPORT = 2
    OVERRIDE = 3
    GRANDFATHERED = 4
    NOT_REQUIRED = 5


@dataclass(frozen=True, slots=True)
class Admission:
    """How a platform stands, or stood, since a moment."""

    platform_id: str
    state: AdmissionState
    basis: AdmissionBasis
    create_ms: int | None
    """Epoch milliseconds."""
    actor_id: str
    """Who registered it, handed the report in, or decided; empty of what nobody did."""
    reason: str
    """Of a decision."""
    version: int
    kit_version: str
    """Of a report, as the following."""
    contract_version: str
    report_sha256: str
    report_key_id: str

    @property
    def in_sandbox(self) -> bool:
        """Whether its live events are refused."""
        return self.state is AdmissionState.SANDBOX


@dataclass(frozen=True, slots=True)
class AdmissionCourse:
    """How it stands, and how it came to this, the first one first."""

    admission: Admission
    report: bytes
    """That admitted the platform, as it was handed in; empty without one."""
    history: tuple[Admission, ...]
