"""The rows of one call, as they were said, before anything is known to be right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

NOT_STATED = -1
"""What an optional quantity holds where the platform said nothing."""

Int64s: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """``n`` rows; every sequence and array has length ``n``."""

    event_ids: Sequence[str]
    worker_ids: Sequence[str]
    order_ids: Sequence[str] | None
    """None for work sessions, which have none."""
    area_codes: Sequence[str]
    event_time_ms: Int64s
    """Epoch milliseconds; 0 where none was given."""
    choices: Mapping[str, Int64s]
    """Enumerations by field name; 0 where unspecified."""
    numbers: Mapping[str, Int64s]
    """Optional quantities by field name, in the unit of the column; ``NOT_STATED`` where absent."""
    version: Int64s
    """0 for what is said first of an event."""
    deleted: Int64s
    """1 where the event is said never to have happened, else 0."""
    partner_firm_ids: Sequence[str] | None = None
    """Empty where a row states none; None: no row does."""

    def __len__(self) -> int:
        return len(self.event_ids)

    @staticmethod
    def joined(parts: Sequence[Rows]) -> Rows:
        """The rows of all parts, in order. At least one part; all of one kind."""
        if len(parts) == 1:
            return parts[0]
        first, firms = parts[0], None
        if any(part.partner_firm_ids for part in parts):
            firms = _chained([part.partner_firm_ids or [""] * len(part) for part in parts])
        return Rows(
            event_ids=_chained([part.event_ids for part in parts]),
            worker_ids=_chained([part.worker_ids for part in parts]),
            order_ids=None
            if first.order_ids is None
            else _chained([part.order_ids for part in parts if part.order_ids is not None]),
            area_codes=_chained([part.area_codes for part in parts]),
            event_time_ms=np.concatenate([part.event_time_ms for part in parts]),
            choices={name: np.concatenate([part.choices[name] for part in parts]) for name in first.choices},
            numbers={name: np.concatenate([part.numbers[name] for part in parts]) for name in first.numbers},
            version=np.concatenate([part.version for part in parts]),
            deleted=np.concatenate([part.deleted for part in parts]),
            partner_firm_ids=firms,
        )


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row is rejected."""

    row: int
    """The row's place in its batch, from 0."""
    field: str
    """As named in the row's message."""
    reason: str
    """UPPER_SNAKE, stable."""
    message: str
    """Names the field, the value (unless it may be personal data) and the way out."""
    zh: str
    """The same in Chinese."""


def _chained(parts: Sequence[Sequence[str]]) -> list[str]:
    return list(chain.from_iterable(parts))
