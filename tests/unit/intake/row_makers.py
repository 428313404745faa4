"""Rows as intake's core takes them, good unless told otherwise."""

from __future__ import annotations

from typing import Any

import numpy as np

from services.intake.core.checks import Limits
from services.intake.core.rows import NOT_STATED, Rows
from services.intake.lot import DISPATCH_EVENTS

NOW_MS = 1_773_630_000_000
"""2026-03-16 11:00 in Shanghai."""

LIMITS = Limits(
    now_ms=NOW_MS,
    max_skew_ms=300_000,
    knows_area=frozenset({"130202", "130203"}).__contains__,
    most_choices=DISPATCH_EVENTS.most_choices,
)
CHOICES = {"kind": 2, "service": 1, "vehicle": 1, "weather": 1, "employment_form": 0, "tenure_band": 0}
NUMBERS = {
    "distance_m": 2_500,
    "promised_duration": 1_800_000,
    "estimated_duration": 1_500_000,
    "pay_fen": 650,
    "commission_fen": 120,
    "penalty_fen": NOT_STATED,
    "statutory_holiday": 0,
}


def rows(count: int, **changed: dict[int, Any]) -> Rows:
    """``count`` dispatches; ``changed``: field → row → value."""

    def column(field: str, default: Any) -> list[Any]:
        values = changed.pop(field, {})
        return [values.get(row, default(row) if callable(default) else default) for row in range(count)]

    firms = column("partner_firm_id", "")
    made = Rows(
        event_ids=column("event_id", lambda row: f"event-{row}"),
        worker_ids=column("worker_id", "pseudonym-0123456789"),
        order_ids=column("order_id", lambda row: f"order-{row}"),
        area_codes=column("area_code", "130203"),
        event_time_ms=np.array(column("event_time", NOW_MS - 60_000), dtype=np.int64),
        choices={name: np.array(column(name, value), dtype=np.int64) for name, value in CHOICES.items()},
        numbers={name: np.array(column(name, value), dtype=np.int64) for name, value in NUMBERS.items()},
        version=np.array(column("version", 0), dtype=np.int64),
        deleted=np.array(column("deleted", 0), dtype=np.int64),
        partner_firm_ids=firms if any(firms) else None,
    )
    assert not changed, f"no such fields: {list(changed)}"
    return made
