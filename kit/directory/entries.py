"""What the directory knows, as plain values: one dataclass for each kind of entry of topic ``registry``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kit.security.caller import Role


@dataclass(frozen=True, slots=True)
class PartyEntry:
    """A platform, an authority, a union, an administrator, or a service of the suite."""

    party_id: str
    role: Role
    name_zh: str
    name_en: str
    area_codes: tuple[str, ...]
    """GB/T 2260 codes the party works in or supervises; a city's code includes its counties."""
    create_ms: int
    """Epoch milliseconds."""


@dataclass(frozen=True, slots=True)
class CredentialEntry:
    """A credential without its secret."""

    credential_id: str
    party_id: str
    secret_sha256: bytes
    create_ms: int
    """Epoch milliseconds."""
    revoke_ms: int | None
    """When it was ended, epoch milliseconds; None while it stands."""


@dataclass(frozen=True, slots=True)
class AreaEntry:
    """A place of GB/T 2260."""

    area_code: str
    parent_code: str
    """Empty for a province."""
    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True)
class ThresholdEntry:
    """One version of a threshold that a platform declared."""

    threshold_id: str
    """The same for all versions: a function of platform, metric, area, service and distance band."""
    version: int
    """From 1, one more with each declaration."""
    platform_id: str
    metric_id: str
    area_code: str
    service: int
    """A value of ``quzhong.api.events.v1.ServiceKind``."""
    distance_start_m: int
    """Metres, included."""
    distance_end_m: int | None
    """Metres, excluded; None has no bound."""
    value: float
    """In the metric's unit."""
    effective_ms: int
    """It holds from here on, epoch milliseconds."""
    create_ms: int
    """When it was declared, epoch milliseconds."""
    consultation_id: str = ""
    """The consultation that agreed on it; empty if the platform declared it by itself."""


Entry = PartyEntry | CredentialEntry | AreaEntry | ThresholdEntry
"""Whatever a record of topic ``registry`` can say."""


def in_force(versions: Iterable[ThresholdEntry], at_ms: int) -> ThresholdEntry | None:
    """Which version of ONE threshold holds at ``at_ms``: the latest effective; of equal dates the highest.

    So a change announced for a later date survives a change declared meanwhile, and a declaration for the
    same date corrects the one before it. None before the first takes effect.
    """
    effective = [version for version in versions if version.effective_ms <= at_ms]
    return max(effective, key=lambda version: (version.effective_ms, version.version), default=None)
