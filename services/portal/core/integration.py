"""How a platform's events arrive, and what intake would say of some. Moments in epoch ms, spans in ms."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from services.portal.core.language import NO_TEXT, LocalText


class RowVerdict(IntEnum):
    """Values equal those of quzhong.api.intake.v1.RowVerdict."""

    UNSPECIFIED = 0
    ACCEPTED = 1
    DUPLICATE = 2
    REJECTED = 3


@dataclass(frozen=True, slots=True)
class RejectionCount:
    reason: str
    field: str
    rows: int
    message: LocalText
    """What the latest of these rows was told."""
    last_ms: int


@dataclass(frozen=True, slots=True)
class LastBatch:
    request_id: str
    answer_ms: int
    accepted: int
    duplicate: int
    rejected: int
    lag_ms: int | None
    """How long after its newest event it came."""


@dataclass(frozen=True, slots=True)
class IntegrationStatus:
    start_ms: int
    """Counted from here on."""
    batches: int
    accepted: int
    duplicate: int
    rejected: int
    rejections: tuple[RejectionCount, ...]
    last: LastBatch | None
    lag_median_ms: int | None
    lag_p95_ms: int | None
    truncated: bool

    @property
    def rejected_share(self) -> float | None:
        """Of all rows; None of none."""
        rows = self.accepted + self.duplicate + self.rejected
        return self.rejected / rows if rows else None


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """What intake would answer one row."""

    kind: str
    """``dispatches`` or ``work_sessions``: as in the batch."""
    number: int
    """Its place among its kind, from 1."""
    event_id: str
    verdict: RowVerdict
    field: str = ""
    reason: str = ""
    message: LocalText = NO_TEXT


@dataclass(frozen=True, slots=True)
class OwnCredential:
    """One of a party's credentials, without its secret."""

    credential_id: str
    kind: str
    create_ms: int
    revoke_ms: int | None
    this_one: bool = False
    """The reader shows it."""
