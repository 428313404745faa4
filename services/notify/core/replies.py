"""What a platform says to a notice, and what it disputes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum


class ReplyKind(IntEnum):
    """The values equal ``quzhong.api.notify.v1.ReplyKind``."""

    ACKNOWLEDGEMENT = 1
    ANSWER = 2
    PROGRESS = 3
    EXTENSION_ASKED = 4


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a reply; its content is kept beside it."""

    attachment_id: str
    name: str
    media_type: str
    """As its content shows, whatever its name says."""
    size: int
    """Bytes."""
    sha256: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply to one notice."""

    reply_id: str
    case_id: str
    notice_id: str
    kind: ReplyKind
    text: str
    actor: str
    create_time_ms: int
    attachments: tuple[Attachment, ...] = ()
    asked_until: date | None = None
    """Of EXTENSION_ASKED: the day asked for."""
    late: bool = False
    """After the notice's deadline: it is kept, and does not undo what followed."""


class AppealState(IntEnum):
    """The values equal ``quzhong.api.notify.v1.FindingAppealState``."""

    FILED = 1
    UPHELD = 2
    """The finding was set aside: it stands in no case any more."""
    REJECTED = 3


ERASED = "应劳动者本人要求已删除 / Erased on the worker's request"
"""Stands for the grounds of an appeal once the data of the worker whom the finding is about are gone."""


@dataclass(frozen=True, slots=True)
class FindingAppeal:
    """A platform's dispute (申诉) of one finding of a case."""

    appeal_id: str
    case_id: str
    finding_id: str
    revision: int
    """The revision that was disputed."""
    state: AppealState
    grounds: str
    actor: str
    create_time_ms: int
    decision: str = ""
    decided_by: str = ""
    decide_time_ms: int = 0
