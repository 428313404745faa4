"""What passes between departments and a platform in a case: replies, talks, rechecks, appeals, and acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from services.portal.core.language import LocalText


class Trigger(IntEnum):
    """What makes a case take a step. Values equal those of quzhong.api.notify.v1.CaseTrigger."""

    UNSPECIFIED = 0
    FINDING_STANDS = 1
    ALL_WITHDRAWN = 2
    WARNING_SENT = 3
    ANSWERED = 4
    SUMMONS_PROPOSED = 5
    SUMMONS_APPROVED = 6
    SUMMONS_DECLINED = 7
    SUMMONS_SENT = 8
    TALK_MOVED = 9
    SUMMONS_CANCELLED = 10
    TALK_HELD = 11
    FAILED_TO_APPEAR = 12
    ORDER_ISSUED = 13
    TIME_EXTENDED = 14
    DEADLINE_PASSED = 15
    IMPROVED = 16
    NOT_IMPROVED = 17
    ESCALATED = 18
    CLOSED = 19


class ReplyKind(IntEnum):
    """Values equal those of quzhong.api.notify.v1.ReplyKind."""

    UNSPECIFIED = 0
    ACKNOWLEDGEMENT = 1
    ANSWER = 2
    PROGRESS = 3
    EXTENSION_ASKED = 4


class TalkState(IntEnum):
    """Values equal those of quzhong.api.notify.v1.TalkState."""

    UNSPECIFIED = 0
    SCHEDULED = 1
    CANCELLED = 2
    HELD = 3
    FAILED_TO_APPEAR = 4


class Outcome(IntEnum):
    """Values equal those of quzhong.api.notify.v1.RecheckOutcome."""

    UNSPECIFIED = 0
    IMPROVED = 1
    NOT_SHOWN = 2
    WORSE = 3


class AppealState(IntEnum):
    """Values equal those of quzhong.api.notify.v1.FindingAppealState."""

    UNSPECIFIED = 0
    FILED = 1
    UPHELD = 2
    REJECTED = 3


class AgendaKind(IntEnum):
    """Values equal those of quzhong.api.notify.v1.AgendaKind."""

    UNSPECIFIED = 0
    ANSWER_DUE = 1
    TALK = 2
    RECTIFICATION_DUE = 3
    RECHECK_DUE = 4
    APPROVAL_AWAITED = 5
    COMMITMENT_DUE = 6


@dataclass(frozen=True, slots=True)
class Attachment:
    attachment_id: str
    name: str
    media_type: str
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a platform said to a notice."""

    notice_id: str
    kind: ReplyKind
    text: str
    attachments: tuple[Attachment, ...]
    asked_until: str
    """ISO 8601; of EXTENSION_ASKED."""
    actor: str
    late: bool
    create_ms: int | None


@dataclass(frozen=True, slots=True)
class Commitment:
    text: str
    due_date: str
    """ISO 8601; empty if none was promised."""


@dataclass(frozen=True, slots=True)
class Talk:
    talk_id: str
    state: TalkState
    start_ms: int | None
    end_ms: int | None
    place: str
    department_ids: tuple[str, ...]
    attendees: str
    approved_by: str
    minutes: str
    commitments: tuple[Commitment, ...]


@dataclass(frozen=True, slots=True)
class Observed:
    """Workers with a finding among those active, over whole days."""

    first_date: str
    last_date: str
    workers: int
    active: int
    rate_per_thousand: float | None


@dataclass(frozen=True, slots=True)
class Recheck:
    before: Observed
    after: Observed
    outcome: Outcome
    reason: LocalText
    suppressed: bool
    create_ms: int | None


@dataclass(frozen=True, slots=True)
class FindingAppeal:
    appeal_id: str
    finding_id: str
    state: AppealState
    grounds: str
    actor: str
    decision: str
    create_ms: int | None


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """What is to be done by when."""

    kind: AgendaKind
    case_id: str
    platform_id: str
    area_code: str
    title: LocalText
    day: date
    start_ms: int | None
    place: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file to hand to the reader."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class SendSummons:
    start_ms: int
    end_ms: int
    place: str
    attendees: str
    joint_department_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MoveTalk:
    start_ms: int
    end_ms: int
    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class RecordTalk:
    failed_to_appear: bool
    minutes: str
    commitments: tuple[Commitment, ...]


@dataclass(frozen=True, slots=True)
class OrderRectification:
    measures: str
    deadline: str
    """ISO 8601; empty: as the policy says."""


@dataclass(frozen=True, slots=True)
class DecideExtension:
    until: str
    """ISO 8601; empty: refused."""
    reason: str


@dataclass(frozen=True, slots=True)
class SayWhy:
    """A step that takes nothing but its reason."""

    trigger: Trigger
    """SUMMONS_PROPOSED, SUMMONS_APPROVED, SUMMONS_DECLINED, SUMMONS_CANCELLED, ESCALATED or CLOSED."""
    reason: str


Step = SendSummons | MoveTalk | RecordTalk | OrderRectification | DecideExtension | SayWhy
"""What a department or an official does in a case."""


@dataclass(frozen=True, slots=True)
class GivenReply:
    """What a platform sends."""

    notice_id: str
    kind: ReplyKind
    text: str
    asked_until: str
    files: tuple[tuple[str, bytes], ...]
    """Name and content of each."""
