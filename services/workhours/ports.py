"""What workhours needs from outside. ``connection`` is the transaction of whoever calls."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from kit.eventlog.port import TopicPartition
from kit.security.sight import Sight
from services.workhours.core.advisory import Advisory
from services.workhours.core.finding import Finding
from services.workhours.core.verdict import Severity
from services.workhours.core.work_sessions import SessionEvent
from services.workhours.core.worker_timeline import DispatchEvent


@dataclass(frozen=True, slots=True)
class Keeping:
    """For how long what is kept."""

    late_ms: int = 24 * 3_600_000
    """An event no later than this is taken in at once; a later one by reading the log again."""
    history_days: int = 14
    """The horizon: what happened earlier is not judged any more."""

    @property
    def history_ms(self) -> int:
        return self.history_days * 86_400_000


@dataclass(frozen=True, slots=True)
class Revision:
    """A finding as it was stated at one time."""

    finding: Finding
    signature: int
    """Of its facts, 64 bits; see ``core.facts``."""
    create_time_ms: int
    """When this revision was made."""
    partition: int = 0
    """The worker's."""


@dataclass(frozen=True, slots=True)
class Known:
    """What has to be in memory of a finding to see whether a verdict is news."""

    finding_id: str
    rule_id: str
    worker_id: str
    platform_id: str
    spell_start_ms: int
    stated_until_ms: int
    signature: int
    stands: bool


class Findings(Protocol):
    """Findings and all their revisions, as the consumer keeps them."""

    def known(self, connection: Any, partition: int, since_ms: int) -> list[Known]:
        """Of the findings of a partition whose stretch begins at this moment or later."""
        ...

    def current(self, connection: Any, finding_ids: Collection[str]) -> dict[str, Finding]:
        """The current revisions of these findings, as far as they exist."""
        ...

    def save(self, connection: Any, revisions: Sequence[Revision]) -> list[bytes]:
        """Add revisions, each of another finding; each as it is told: a quzhong.api.events.v1.Finding."""
        ...


class ErasableFindings(Protocol):
    """Findings of workers whose data go, and which erasures were carried out."""

    def carried_out(self, connection: Any, partition: int) -> set[str]:
        """The ids of erasures after which nothing is left in a partition."""
        ...

    def note(self, connection: Any, partition: int, erasure_ids: Collection[str]) -> None:
        """That these are carried out."""
        ...

    def unnote(self, connection: Any, partition: int, erasure_ids: Collection[str]) -> None:
        """That these have to be carried out again."""
        ...

    def workers(self, connection: Any, partition: int) -> list[str]:
        """Of whom a partition has findings."""
        ...

    def erase(self, connection: Any, partition: int, before_ms: Mapping[str, int]) -> None:
        """Delete the findings of each of these workers whose stretch begins before a moment, all revisions,
        and what platforms were advised of them."""
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
    revision: int = 0
    """Up to which offset of the partition's dispatches it counts: of two counts the one with the greater
    holds, be it smaller. 0: as kept in a snapshot."""


@dataclass(frozen=True, slots=True)
class OldEvent:
    """An event from beyond the horizon: kept for audit, judged no more."""

    platform_id: str
    event_id: str
    order_id: str
    worker_id: str
    area_code: str
    kind: int
    event_time_ms: int
    horizon_ms: int
    """What happened before this is not judged any more."""
    source: TopicPartition
    offset: int
    row: int
    """Its place in the record."""


class Outgoing(Protocol):
    """Records that leave with the transaction."""

    def too_old(self, connection: Any, events: Sequence[OldEvent]) -> None:
        """Put events aside, with the reason."""
        ...

    def findings(self, connection: Any, revisions: Sequence[Revision], told: Sequence[bytes]) -> None:
        """``told``: beside each what ``Findings.save`` answered."""
        ...

    def activity(self, connection: Any, counts: Sequence[Activity]) -> None: ...


class Whose(NamedTuple):
    """Of whom: None, of everybody."""

    worker_ids: tuple[str, ...] | None
    """Of a worker under any of these pseudonyms."""
    platform_ids: tuple[str, ...] | None
    """Of any of these platforms."""


EVERYBODY = Whose(None, None)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which findings; what is empty does not filter."""

    sight: Sight
    rule_id: str = ""
    least_severity: int = 0
    include_withdrawn: bool = False
    whose: Whose = EVERYBODY


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

    def of_worker(
        self, wanted: Filter, worker_ids: Sequence[str], start_ms: int, end_ms: int
    ) -> list[Stated]:
        """Current revisions of a worker, under any of these pseudonyms, whose stretch overlaps a time, by
        its start."""
        ...

    def summary(self, wanted: Filter, least: Severity) -> list[Count]:
        """What stands and is at least this severe, by rule."""
        ...


@dataclass(frozen=True, slots=True)
class Caused:
    """An advisory with when its cause was known."""

    advisory: Advisory
    accept_time_ms: int | None
    """When intake accepted the event that caused it; None where only time passed."""
    create_time_ms: int


class Advisories(Protocol):
    """Advisories as the consumer adds them, in the transaction of the revisions they come from."""

    def add(self, connection: Any, advisories: Sequence[Caused]) -> None: ...


@dataclass(frozen=True, slots=True)
class Advised:
    """An advisory as it was published."""

    sequence: int
    """Its place in the order in which all advisories were made."""
    value: bytes
    """quzhong.api.workhours.v1.Advisory"""


class AdvisoryReading(Protocol):
    """Advisories as platforms and authorities see them. Each answer is of one moment."""

    def after(self, sight: Sight, whose: Whose, after: int, limit: int) -> list[Advised]:
        """The latest advisory of each finding and platform, by sequence number, those after a number.

        What a later one has replaced is left out, and so is what is CLEARED if ``after`` is 0: it tells
        nothing to a reader who has seen nothing yet.
        """
        ...

    def newest(self) -> int:
        """The latest sequence number; 0 if there is none."""
        ...


@dataclass(frozen=True, slots=True)
class WorkerEvents:
    """What the log says of one worker."""

    dispatches: tuple[DispatchEvent, ...]
    """By time; of each event the version that holds."""
    known_until_ms: int
    """Up to when the worker's time is known: the watermark, or their own latest dispatch, the later."""
    whole: bool
    """False: retention has dropped the beginning of the log, so earlier events may be missing."""
    sessions: tuple[SessionEvent, ...] = ()
    """By platform and time; as the dispatches otherwise."""


class WorkerHistory(Protocol):
    """The log, read back for one worker."""

    def events(self, worker_id: str, from_ms: int, to_ms: int) -> WorkerEvents:
        """The worker's dispatches and sessions with ``from_ms <= time < to_ms``.

        Raises:
            LogUnavailableError: (retryable) if the log cannot give records.
        """
        ...
