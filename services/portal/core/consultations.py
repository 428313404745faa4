"""A consultation between a union and a platform: its course, in the parties' words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class ConsultationState(IntEnum):
    """Values equal those of quzhong.api.algo_audit.v1.ConsultationState."""

    UNSPECIFIED = 0
    OPEN = 1
    AGREED = 2
    FAILED = 3


class Side(IntEnum):
    """Values equal those of quzhong.api.algo_audit.v1.Side."""

    UNSPECIFIED = 0
    UNION = 1
    PLATFORM = 2


@dataclass(frozen=True, slots=True)
class ConsultationStep:
    """One step, in order."""

    create_ms: int | None
    side: Side
    party_id: str
    action: str
    """``OPENED``, ``OFFERED``, ``AGREED`` or ``FAILED``; a newer service may have more."""
    text: str


@dataclass(frozen=True, slots=True)
class Consultation:
    """What was consulted on, and how it went. Moments in epoch milliseconds."""

    consultation_id: str
    platform_id: str
    union_id: str
    area_code: str
    metric_id: str
    state: ConsultationState
    create_ms: int | None
    end_ms: int | None
    """None while it goes on."""
    steps: tuple[ConsultationStep, ...]
