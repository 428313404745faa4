"""How a platform's integration stands, from what its batches were answered."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.intake.core.rows import Fault


@dataclass(frozen=True, slots=True)
class AnsweredBatch:
    """What became of one batch. Moments in epoch milliseconds."""

    request_id: str
    answer_ms: int
    accepted: int
    duplicate: int
    rejected: int
    newest_event_ms: int | None
    """Of its accepted rows; None if there are none, or it was answered before this was kept."""
    faults: Sequence[Fault] = ()
    """One a rejected row."""

    @property
    def lag_ms(self) -> int | None:
        """How long after its newest event it came; not less than nothing, as clocks differ."""
        return None if self.newest_event_ms is None else max(0, self.answer_ms - self.newest_event_ms)


@dataclass(slots=True)
class RejectionCount:
    """How often rows were rejected for one reason."""

    reason: str
    field: str
    rows: int
    latest: Fault
    last_ms: int


@dataclass(frozen=True, slots=True)
class Integration:
    """The sum over batches."""

    batches: int
    accepted: int
    duplicate: int
    rejected: int
    rejections: Sequence[RejectionCount]
    """The most frequent first."""
    lag_median_ms: int | None
    lag_p95_ms: int | None


def summed(batches: Iterable[AnsweredBatch]) -> Integration:
    """Add batches up; ``batches``: the newest first."""
    number = accepted = duplicate = rejected = 0
    lags: list[int] = []
    reasons: dict[tuple[str, str], RejectionCount] = {}
    for batch in batches:
        number += 1
        accepted, duplicate, rejected = (
            accepted + batch.accepted,
            duplicate + batch.duplicate,
            rejected + batch.rejected,
        )
        if batch.lag_ms is not None:
            lags.append(batch.lag_ms)
        for fault in reversed(batch.faults):
            key = fault.reason, fault.field
            known = reasons.setdefault(key, RejectionCount(*key, 0, fault, batch.answer_ms))
            known.rows += 1
    lags.sort()
    return Integration(
        number,
        accepted,
        duplicate,
        rejected,
        sorted(reasons.values(), key=lambda each: (-each.rows, each.reason, each.field)),
        _quantile(lags, 0.5),
        _quantile(lags, 0.95),
    )


def _quantile(ascending: Sequence[int], share: float) -> int | None:
    """The least value that this share of them does not exceed; None of none."""
    return ascending[max(0, math.ceil(share * len(ascending)) - 1)] if ascending else None
