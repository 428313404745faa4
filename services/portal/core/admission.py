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
    """How a platform stands since a moment."""

    platform_id: str
    state: AdmissionState
    basis: AdmissionBasis
    create_ms: int
    """Epoch milliseconds."""
    actor_id: str
    """Who registered it, handed the report in, or decided; empty of what nobody did."""
    reason: str
    """Of a decision."""
    kit_version: str
    """Of a report."""

    @property
    def in_sandbox(self) -> bool:
        """Whether its live events are refused."""
        return self.state is AdmissionState.SANDBOX
