"""What arrived of an integration, as values: what the door saw, and what the services made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum


class Fate(Enum):
    """What became of a request at the door."""

    ANSWERED = "answered"
    REFUSED = "refused"
    """By the services."""
    CUT_AFTER = "cut after"
    """It was carried out; the answer was cut off."""
    CUT_BEFORE = "cut before"
    """It was cut off before anybody read it."""


@dataclass(frozen=True, slots=True)
class Event:
    """A row as it was sent, or as it is kept."""

    event_id: str
    worker_id: str
    order_id: str
    event_ms: int
    """Epoch milliseconds."""
    kind: str
    """E.g. ACCEPTED."""
    version: int = 0
    deleted: bool = False
    distance_m: int | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """One request with rows."""

    at_ms: int
    """When it came, epoch milliseconds."""
    request_id: str
    events: tuple[Event, ...]
    fate: Fate
    accepted: frozenset[int] = frozenset()
    """Places of rows that were accepted."""
    rejected: Mapping[int, str] = field(default_factory=dict)
    """Places of rows that were rejected, and the reason."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Advice was asked for, by stream or by list."""

    at_ms: int
    resume_token: str


@dataclass(frozen=True, slots=True)
class Advice:
    """Advice that went out through the door."""

    at_ms: int
    worker_id: str
    kind: str
    """E.g. NO_PUSH."""
    resume_token: str


@dataclass(frozen=True, slots=True)
class Outage:
    """When the sandbox was away, epoch milliseconds."""

    begin_ms: int
    end_ms: int | None
    """None: it is away still."""


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning against the platform, and what the platform did with it."""

    notice_id: str
    read: bool
    """Whether its case was read through the door."""
    replies: tuple[str, ...]
    """Kinds of replies, e.g. ACKNOWLEDGEMENT."""


@dataclass(frozen=True, slots=True)
class Observed:
    """Everything, as of one moment."""

    submissions: tuple[Submission, ...] = ()
    """In the order they came."""
    kept: tuple[Event, ...] = ()
    """Every version of every event of the script's workers, from the archive."""
    watches: tuple[Watch, ...] = ()
    advice: tuple[Advice, ...] = ()
    outage: Outage | None = None
    pushes: frozenset[str] = frozenset()
    """Workers with a standing finding of an order that was pushed within the no-push window."""
    warned: tuple[Warned, ...] = ()
    calls: int = 0
    """Through the door, whatever became of them."""

    @property
    def nobody_came(self) -> bool:
        """Whether no call ever reached the door."""
        return not (self.calls or self.submissions or self.watches)

    def kept_of(self, workers: Iterable[str]) -> list[Event]:
        """What is kept of these workers."""
        wanted = set(workers)
        return [event for event in self.kept if event.worker_id in wanted]

    def sent(self, event_ids: Iterable[str]) -> list[tuple[Submission, int]]:
        """Where these events were sent: the request, and their place in it."""
        wanted = set(event_ids)
        return [
            (submission, place)
            for submission in self.submissions
            for place, event in enumerate(submission.events)
            if event.event_id in wanted
        ]
