"""Audits that are being computed, for those who follow their computation."""

from __future__ import annotations

from dataclasses import dataclass

from services.portal.core.language import LocalText


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an operation ended without an audit."""

    status: str
    """A gRPC code: ``CANCELLED``."""
    reason: str
    """UPPER_SNAKE; empty where the code says it all."""
    text: LocalText


@dataclass(frozen=True, slots=True)
class Operation:
    """One audit on its way."""

    operation_id: str
    done: bool
    stage: str
    stage_name: LocalText
    percent: int
    metric_id: str
    area_code: str
    create_ms: int | None
    end_ms: int | None
    """None while it waits or runs."""
    expire_ms: int | None
    """Until when it can be asked for."""
    audit_id: str
    """What it found; empty before its end, and of one that failed."""
    failure: Failure | None
