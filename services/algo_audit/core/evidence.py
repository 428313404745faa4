"""What a charge rests on, whatever its rule."""

import hashlib
from dataclasses import dataclass

from services.algo_audit.core.metrics import Metric


@dataclass(frozen=True, slots=True)
class Subject:
    """What was audited."""

    metric: Metric
    area_code: str
    period: str
    """What period was asked for; empty for "all orders so far", whose findings follow each other."""
    end_ms: int
    """Where the period ends, epoch milliseconds; of "all so far", just after the last order."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its name."""

    name: str
    """Stable, lower_snake."""
    title_zh: str
    title_en: str
    unit: str
    """As of metrics; ``p`` and ``ratio`` have none of their own."""
    value: float
    low: float = 0.0
    """Its interval; both ends 0 where there is none."""
    high: float = 0.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """A cohort's figures, in the metric's unit; shares are 0–1. Zero where they may not be published, or the
    rule has no use for them."""

    metric_id: str
    cohort: str
    declared: float
    unit: str
    floor: float = 0.0
    below_floor: bool = False
    orders: int = 0
    workers: int = 0
    attainment: float = 0.0
    attainment_low: float = 0.0
    attainment_high: float = 0.0
    p50: float = 0.0
    p50_low: float = 0.0
    p50_high: float = 0.0
    middle_low: float = 0.0
    middle_high: float = 0.0
    figures: tuple[Figure, ...] = ()
    """What else the rule rests on."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One row of an audit's results, as the ground of a charge that is brought or is not."""

    rule_id: str
    finding_id: str
    platform_id: str
    charged: bool
    otherwise: str
    """Why it is not charged, for one that was: the field that says so, and its value."""
    evidence: Evidence
    title: tuple[str, str]
    """Chinese and English."""


def finding_name(*parts: str) -> str:
    """32 hexadecimal digits (128 bits of SHA-256) over what names a finding, each part with its length."""
    digest = hashlib.sha256()
    for part in parts:
        encoded = part.encode()
        digest.update(len(encoded).to_bytes(4, "big") + encoded)
    return digest.hexdigest()[:32]


def told(value: object) -> str:
    """A value as changes tell it."""
    return f"{value:.6g}" if isinstance(value, float) else str(value)
