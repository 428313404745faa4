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
    platform_ids: tuple[str, ...] = ()
    """A partner firm: the platforms it works for. A union: the platforms of its remit; empty: all."""
    department_id: str = ""
    """An official's department."""
    version: int = 1
    """From 1, one more with each amendment."""
    unit_id: str = ""
    """An authority's or a union's: which unit of the notice it is (责任单位); empty if nobody said."""


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
    public_jwk: str = ""
    """Of a client key: its public half; it has no secret. Empty of a token."""


@dataclass(frozen=True, slots=True)
class SigningKeyEntry:
    """A key the registry signs access tokens with."""

    key_id: str
    """The ``kid`` of the tokens."""
    public_jwk: str
    create_ms: int
    """Epoch milliseconds."""
    expire_ms: int
    """Its tokens are refused from here on, epoch milliseconds."""


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


@dataclass(frozen=True, slots=True)
class RuleDocumentEntry:
    """One version of a document of rules that a platform declared."""

    document_id: str
    """The same for all versions: a function of platform, kind, area and service."""
    version: int
    """From 1."""
    platform_id: str
    kind: int
    """A value of ``quzhong.api.registry.v1.RuleKind``."""
    area_code: str
    service: int
    """A value of ``quzhong.api.events.v1.ServiceKind``."""
    title_zh: str
    title_en: str
    effective_ms: int
    """It holds from here on, epoch milliseconds."""
    create_ms: int
    consultation_id: str
    """The consultation that agreed on it; empty if the platform declared it by itself."""


@dataclass(frozen=True, slots=True)
class AdmissionEntry:
    """Whether a platform is admitted to live intake."""

    platform_id: str
    version: int
    """From 1, one more with each change."""
    admitted: bool


@dataclass(frozen=True, slots=True)
class ErasureEntry:
    """That a worker's data are to go."""

    erasure_id: str
    worker_sha256: tuple[bytes, ...]
    """``kit.erasure.worker_sha256`` of each of the worker's pseudonyms."""
    erase_ms: int
    """Events from before this moment go, epoch milliseconds."""
    gone_ms: int
    """From here on no log holds any of them, epoch milliseconds."""


Entry = (
    PartyEntry
    | CredentialEntry
    | SigningKeyEntry
    | AreaEntry
    | ThresholdEntry
    | RuleDocumentEntry
    | AdmissionEntry
    | ErasureEntry
)
"""Whatever a record of topic ``registry`` can say."""


def in_force(versions: Iterable[ThresholdEntry], at_ms: int) -> ThresholdEntry | None:
    """Which version of ONE threshold holds at ``at_ms``: the latest effective; of equal dates the highest.

    So a change announced for a later date survives a change declared meanwhile, and a declaration for the
    same date corrects the one before it. None before the first takes effect.
    """
    effective = [version for version in versions if version.effective_ms <= at_ms]
    return max(effective, key=lambda version: (version.effective_ms, version.version), default=None)
