"""Appeals of workers against penalties, under their pseudonym (唐人社字〔2022〕1号 二.8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum


class PenaltyAppealState(IntEnum):
    """Values equal those of quzhong.api.algo_audit.v1.AppealState."""

    UNSPECIFIED = 0
    FILED = 1
    UPHELD = 2
    REJECTED = 3


@dataclass(frozen=True, slots=True)
class GivenAppeal:
    """What somebody files."""

    platform_id: str
    worker_id: str
    order_id: str
    penalty_fen: int
    grounds: str


@dataclass(frozen=True, slots=True)
class PenaltyAppeal:
    """One appeal as it stands. Moments in epoch milliseconds."""

    appeal_id: str
    platform_id: str
    worker_id: str
    """A pseudonym."""
    order_id: str
    penalty_fen: int
    grounds: str
    filed_by: str
    create_ms: int | None
    due_ms: int | None
    state: PenaltyAppealState
    reply: str
    reply_ms: int | None
    overdue: bool

    @property
    def waits(self) -> bool:
        """For the platform's answer."""
        return self.state is PenaltyAppealState.FILED


def by_urgency(appeals: Sequence[PenaltyAppeal]) -> list[PenaltyAppeal]:
    """What waits first, the soonest due at the top; then what was answered, the latest first."""
    return sorted(
        appeals,
        key=lambda each: (0, each.due_ms or 0) if each.waits else (1, -(each.reply_ms or 0)),
    )
