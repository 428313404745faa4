"""Cases, their steps and the letters sent in them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from services.portal.core.casework import FindingAppeal, Recheck, Reply, Talk, Trigger
from services.portal.core.findings import Finding, Severity
from services.portal.core.language import NO_TEXT, LocalText


class CaseState(IntEnum):
    """Values equal those of quzhong.api.notify.v1.CaseState."""

    UNSPECIFIED = 0
    OPEN = 1
    WARNED = 2
    WITHDRAWN = 3
    ANSWERED = 4
    SUMMONS_PROPOSED = 5
    SUMMONS_APPROVED = 6
    SUMMONS_SCHEDULED = 7
    TALK_HELD = 8
    FAILED_TO_APPEAR = 9
    RECTIFYING = 10
    RECHECKING = 11
    CLOSED = 12
    ESCALATED = 13


class NoticeKind(IntEnum):
    """Values equal those of quzhong.api.notify.v1.NoticeKind."""

    UNSPECIFIED = 0
    WARNING = 1
    SUMMONS = 2
    SUMMONS_CANCELLED = 3
    RECTIFICATION = 4
    RECHECK = 5
    CLOSURE = 6
    COMMENDATION = 7
    ESCALATION = 8


@dataclass(frozen=True, slots=True)
class Case:
    """All findings of one rule against one platform in one area, while open."""

    case_id: str
    platform_id: str
    rule_id: str
    area_code: str
    state: CaseState
    severity: Severity
    title: LocalText
    findings: int
    """Findings that stand."""
    workers: int
    """Distinct workers in them."""
    rate_per_thousand: float | None
    """Workers with a finding per thousand active workers; None if nobody was seen active."""
    create_time_ms: int | None
    update_time_ms: int | None
    suppressed: bool
    """Figures of too few workers are not told to this reader: counts that are 0, or a rate that is None."""
    party_id: str = ""
    """Whose duty it is; empty where it is about none."""
    deadline: str = ""
    """The last day, ISO 8601, of what the state waits for; empty where nothing is waited for."""
    department_ids: tuple[str, ...] = ()
    """Responsible departments (责任单位), the one that leads first."""

    @property
    def goes_on(self) -> bool:
        """Whether anything is asked of anybody in it. One in a state that is not known here yet does."""
        return self.state not in (CaseState.WITHDRAWN, CaseState.CLOSED)

    @property
    def counts_suppressed(self) -> bool:
        """Whether the counts are among what is not told."""
        return self.suppressed and not self.workers


@dataclass(frozen=True, slots=True)
class CaseStep:
    """Who moved the case, when, why."""

    step_time_ms: int | None
    from_state: CaseState
    to_state: CaseState
    actor: str
    reason: LocalText
    """Empty where it counts too few workers for this reader."""
    clause: LocalText = NO_TEXT
    """The article that allows it; empty where none is needed."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A letter that was sent."""

    notice_id: str
    kind: NoticeKind
    title: LocalText
    body: LocalText
    """Paragraphs are separated by line feeds; empty where it counts too few workers for this reader."""
    citations: tuple[LocalText, ...]
    policy_id: str
    policy_version: str
    create_time_ms: int | None
    signed_by: str = ""
    """The policy, or the official who approved it."""
    deadline: str = ""
    """The day, ISO 8601, by which it asks for something."""

    @property
    def invites(self) -> bool:
        """Whether there is an invitation (iCalendar) with it."""
        return self.kind in (NoticeKind.SUMMONS, NoticeKind.SUMMONS_CANCELLED)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with everything a reader may see of it."""

    case: Case
    findings: tuple[Finding, ...]
    """The gravest first; not always all of them."""
    notices: tuple[Notice, ...]
    steps: tuple[CaseStep, ...]
    next_steps: tuple[Trigger, ...] = ()
    """What the reader may do next."""
    replies: tuple[Reply, ...] = ()
    talks: tuple[Talk, ...] = ()
    rechecks: tuple[Recheck, ...] = ()
    appeals: tuple[FindingAppeal, ...] = ()
    set_aside: frozenset[str] = frozenset()
    """Ids of findings that a department set aside: they count in no case any more."""

    def may(self, name: str) -> bool:
        """Whether the reader may take the step of this name now."""
        return Trigger[name] in self.next_steps


@dataclass(frozen=True, slots=True)
class CasePage:
    """Some cases, and where the next ones are."""

    cases: tuple[Case, ...]
    next_page_token: str


class Place(StrEnum):
    """Where a line of a letter stands on the page."""

    OPENING = "opening"
    """Number and addressee."""
    TEXT = "text"
    CLOSING = "closing"
    """Issuer and date."""


def lines_of_letter(body: str) -> list[tuple[Place, str]]:
    """The lines of a letter, each with its place.

    A Chinese letter indents its paragraphs by two full-width spaces; what stands before the first indented
    line is the opening, what follows the last one the closing. A letter without indents is all text.
    """
    lines = [line for line in body.split("\n") if line.strip()]
    indented = [index for index, line in enumerate(lines) if line.startswith("　　")]
    first, last = (indented[0], indented[-1]) if indented else (0, len(lines))
    return [
        (Place.OPENING if index < first else Place.CLOSING if index > last else Place.TEXT, line.strip("　 "))
        for index, line in enumerate(lines)
    ]
