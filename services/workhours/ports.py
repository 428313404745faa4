"""What workhours needs from outside. ``connection`` is the transaction of whoever calls."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from kit.security.sight import Sight
from services.workhours.core.continuous_work import Severity
from services.workhours.core.finding import Finding


@dataclass(frozen=True, slots=True)
class Revision:
    """A finding as it was stated at one time."""

    finding: Finding
    signature: int
    """Of its facts, 64 bits; see ``core.facts``."""
    create_time_ms: int
    """When this revision was made."""


@dataclass(frozen=True, slots=True)
class Known:
    """What has to be in memory of a finding to see whether a verdict is news."""

    finding_id: str
    rule_id: str
    worker_id: str
    spell_start_ms: int
    stated_until_ms: int
    signature: int
    stands: bool


class Findings(Protocol):
    """Findings and all their revisions, as the consumer keeps them."""

    def known(self, connection: Any, partition: int) -> list[Known]:
        """Of all findings of a partition."""
        ...

    def current(self, connection: Any, finding_ids: Collection[str]) -> dict[str, Finding]:
        """The current revisions of these findings, as far as they exist."""
        ...

    def save(self, connection: Any, partition: int, revisions: Sequence[Revision]) -> None:
        """Add revisions, each of another finding."""
        ...


class Watermarks(Protocol):
    """How far time has passed for each partition, so that it does not go back at a hand-over."""

    def load(self, connection: Any, partition: int) -> int:
        """Epoch milliseconds; 0 at first."""
        ...

    def save(self, connection: Any, partition: int, watermark_ms: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Activity:
    """How many workers one partition saw on a platform, in an area, on a day."""

    platform_id: str
    area_code: str
    local_date: str
    partition: int
    workers: int


class Outgoing(Protocol):
    """Records that leave with the transaction."""

    def findings(self, connection: Any, revisions: Sequence[Revision]) -> None: ...

    def activity(self, connection: Any, counts: Sequence[Activity]) -> None: ...


@dataclass(frozen=True, slots=True)
class Filter:
    """Which findings; what is empty does not filter."""

    sight: Sight
    rule_id: str = ""
    least_severity: int = 0
    include_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Stated:
    """A revision as it was published, for those who read."""

    sequence: int
    """Its place in the order in which all revisions were made."""
    finding_id: str
    value: bytes
    """quzhong.api.events.v1.Finding"""


@dataclass(frozen=True, slots=True)
class Change(Stated):
    """A revision that somebody watches for."""

    in_sight: bool
    """False: the finding has left what they may see; it was in it until this revision."""
    before: bytes
    """Then the revision before, which they saw; empty otherwise."""


@dataclass(frozen=True, slots=True)
class Count:
    """How much stands, by rule."""

    rule_id: str
    spells: int
    workers: int
    """Different ones."""


class Reading(Protocol):
    """Findings as readers see them. Each answer is of one moment."""

    def page(self, wanted: Filter, after_id: str, limit: int) -> list[Stated]:
        """Current revisions by finding_id, those after an id."""
        ...

    def revisions(self, finding_id: str) -> list[bytes]:
        """All revisions of a finding, oldest first."""
        ...

    def standing(self, wanted: Filter, after: int, limit: int) -> list[Stated]:
        """Current revisions by sequence number, those after a number."""
        ...

    def changes(self, wanted: Filter, after: int, limit: int) -> list[Change]:
        """Revisions by sequence number, those after a number, of findings that are wanted or just were."""
        ...

    def newest(self) -> int:
        """The latest sequence number; 0 if there is none."""
        ...

    def summary(self, wanted: Filter, least: Severity) -> list[Count]:
        """What stands and is at least this severe, by rule."""
        ...
