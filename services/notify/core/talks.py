"""A talk (约谈) that a platform is summoned to: who calls, when and where, what was said and promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum


class TalkState(IntEnum):
    """The values equal ``quzhong.api.notify.v1.TalkState``."""

    SCHEDULED = 1
    CANCELLED = 2
    HELD = 3
    FAILED_TO_APPEAR = 4


@dataclass(frozen=True, slots=True)
class Commitment:
    """What the platform promised."""

    text: str
    due: date | None = None
    """In Asia/Shanghai."""


@dataclass(frozen=True, slots=True)
class Talk:
    """One talk; moved, it stays the same one."""

    talk_id: str
    """The UID of its invitation (RFC 5545, 3.8.4.7): the same however often it is moved or cancelled."""
    case_id: str
    state: TalkState
    start_ms: int
    """Epoch milliseconds."""
    end_ms: int
    place: str
    department_ids: tuple[str, ...]
    """Who summons; several in a joint summons (联合约谈), the one that leads first."""
    attendees: str
    """Whom the platform is to send."""
    approved_by: str
    """The named official who approved it."""
    sequence: int = 0
    """Raised each time the invitation changes (RFC 5545, 3.8.7.4)."""
    minutes: str = ""
    commitments: tuple[Commitment, ...] = ()
