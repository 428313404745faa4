"""What algo_audit needs from outside. ``connection`` is the transaction of whoever calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from kit.directory.entries import PartyEntry, ThresholdEntry
from services.algo_audit.core.audit import Audited
from services.algo_audit.core.cohort_tree import Detail
from services.algo_audit.core.findings import Finding
from services.algo_audit.core.measures import OverHours
from services.algo_audit.core.observations import Observations
from services.algo_audit.core.orders import DispatchColumns
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.report import Charges
from services.algo_audit.core.thresholds import DeclaredThreshold
from services.algo_audit.core.worker_days import SessionColumns


@dataclass(frozen=True, slots=True)
class Scope:
    """What is audited."""

    metric_id: str
    area_code: str
    """Of GB/T 2260; a city's code includes its counties."""
    start_ms: int | None
    """Orders accepted from here on, epoch milliseconds; None: from the first."""
    end_ms: int | None
    """Orders accepted before; None: up to the last."""
    detail: Detail = Detail.DISTANCE
    """How finely cohorts are cut."""

    @property
    def county(self) -> int:
        """The area where it is a county's; 0: a whole city."""
        area = int(self.area_code)
        return area if area % 100 else 0

    @property
    def period(self) -> str:
        """The period as it was asked for: ``1772294400000/1774972800000``; empty if none was."""
        ends = ["" if end is None else str(end) for end in (self.start_ms, self.end_ms)]
        return "/".join(ends) if any(ends) else ""


@dataclass(frozen=True, slots=True, eq=False)
class Audit:
    """An audit that was run."""

    audit_id: str
    data_version: str
    """A digest of the observations: what the figures are a function of, besides thresholds and parameters."""
    scope: Scope
    period_start_ms: int
    """Of the orders that were there."""
    period_end_ms: int
    create_time_ms: int
    params: AuditParams
    audited: Audited
    """``CohortAudit.threshold.platform`` indexes ``platform_ids``."""
    charges: Charges
    platform_ids: Sequence[str]
    observations: Observations
    """What was judged. Stays inside the service."""
    declared: Sequence[DeclaredThreshold]
    """All versions of all thresholds ever, of services that can be audited."""
    mark: Mark | None = None
    """The state of the data; None: of a period without a start, which is never told."""


class Request(NamedTuple):
    """By what a call is recognised when it comes again."""

    party_id: str
    request_id: str
    """Empty: the caller does not want it recognised."""


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """What a request was answered with."""

    scope: str
    """What it asked for, as ``repr(Scope)``."""
    audit_id: str


class AsMade(NamedTuple):
    """What an audit that was kept was asked for, and when it was made: enough to make it again."""

    scope: Scope
    at_ms: int
    """When it was made first: where its period has no end, the thresholds in force then were judged."""
    start_ms: int
    """Of the orders that were there."""
    end_ms: int
    mark: Mark | None
    """The state of the data; None: that was not kept."""


class Figures(NamedTuple):
    """What somebody is about to be told, as far as it matters whether they may be."""

    metric_id: str
    """Empty: baselines, of whichever metric."""
    area_code: str
    period: tuple[int, int]
    """First moment, and the one after the last, epoch milliseconds."""
    data_version: str
    """Empty: baselines have none."""
    audit_id: str = ""
    """The audit they are of; empty: baselines."""


class OverHoursSpan(NamedTuple):
    """What a working-time finding says of a worker: they worked past a limit."""

    finding_id: str
    worker_id: str
    start_ms: int
    """When the limit was reached, epoch milliseconds."""
    end_ms: int
    """When the work ended, as far as is known."""
    stands: bool


class OverHoursSpans(Protocol):
    """Keeps the spans of findings."""

    def all(self, connection: Any) -> list[OverHoursSpan]:
        """Those that stand."""
        ...

    def save(self, connection: Any, spans: Sequence[OverHoursSpan]) -> None:
        """Each finding's latest, withdrawn ones as such."""
        ...

    def forget_before(self, connection: Any, moment_ms: int) -> None:
        """Drop those that ended before a moment, and marks of states that began before: these name workers,
        too, and what they mark is gone."""
        ...


class Mark(NamedTuple):
    """A state of what is known, to be found again however much comes after it.

    Events are kept in the order they came in, so a state is all that came up to some event of each partition.
    That event is one that is not dropped before the last event from ``since_ms`` on is.
    """

    since_ms: int
    """Events before this moment are left out, epoch milliseconds."""
    last: Mapping[tuple[str, int], int]
    """Topic and partition → ``kit.columns.versions.statement_keys`` of the last event that counts; none of a
    partition that is not named."""
    over_hours: Sequence[OverHoursSpan]
    """Those that stood then and did not end before ``since_ms``, by finding."""


class Since(NamedTuple):
    """Which events are asked for: those from a moment on."""

    moment_ms: int
    """Epoch milliseconds."""
    as_of: Mark | None = None
    """Of this state; None: all that is known."""


@dataclass(frozen=True, slots=True, eq=False)
class Observed:
    """What is known of all partitions, in force. Platforms, workers and firms are numbered by their names."""

    dispatches: DispatchColumns
    sessions: SessionColumns
    over_hours: OverHours
    platform_ids: Sequence[str]
    partner_firm_ids: Sequence[str]
    worker_ids: Sequence[str]
    first_day: int | None = None
    """The first day (since 1970-01-01 in Asia/Shanghai) whose orders are kept; None: all of them are."""
    mark: Mark | None = None
    """What state this is, where events since a moment were asked for."""


class Events(Protocol):
    """The events the service keeps."""

    def all(self, since: Since | None = None) -> Observed:
        """Everything that was in the log at the time of the call, or of it what is asked for.

        Raises:
            OverloadedError: (retryable) if it cannot be had soon; an audit of a part would withdraw findings.
        """
        ...


class Registered(Protocol):
    """What the registry knows; the directory has it."""

    def thresholds(self, metric_id: str, at_ms: int) -> list[ThresholdEntry]:
        """Those of a metric in force at a moment."""
        ...

    def threshold_history(self) -> list[ThresholdEntry]:
        """Every version of every threshold."""
        ...

    def area_name(self, area_code: str) -> tuple[str, str]:
        """Chinese and English; the code itself where it has none."""
        ...

    def platform(self, platform_id: str) -> PartyEntry | None:
        """None: nobody registered it."""
        ...


class Audits(Protocol):
    """Keeps audits and their findings, and publishes the latter with the transaction."""

    def transaction(self) -> AbstractContextManager[Any]: ...

    def earlier(self, connection: Any, request: Request) -> EarlierRun | None:
        """What this request was answered with."""
        ...

    def made(self, connection: Any, audit_id: str) -> AsMade | None:
        """How an audit was made; None: nobody kept it, or an earlier version did, without its scope."""
        ...

    def findings(self, connection: Any, scope: Scope) -> list[Finding]:
        """The findings of audits of this scope as they were stated last, withdrawn ones included."""
        ...

    def keep(
        self, connection: Any, audit: Audit, revisions: Sequence[Finding], request: Request, asked: Scope
    ) -> None:
        """Keep the audit, make it the latest of its scope, state the revisions, remember the request and what
        it asked for: the audit's scope, or one that left the period to the service."""
        ...


@dataclass(frozen=True, slots=True)
class KeptAudit:
    """An audit as it is answered."""

    audit_id: str
    area_code: str
    run: int
    """The number of its last run: the same data give the same audit again."""
    value: bytes
    """quzhong.api.algo_audit.v1.Audit"""

    @property
    def sequence(self) -> int:
        """Its place in the stream of audits."""
        return self.run


class Archive(Protocol):
    """Audits as readers see them."""

    def find(self, audit_id: str) -> KeptAudit | None:
        """An audit by its id."""
        ...

    def latest(self, metric_id: str, area_code: str, before: int | None = None) -> KeptAudit | None:
        """The audit of a metric in an area that was run last; ``before``: of those run before that run."""
        ...

    def page(self, areas: Sequence[str] | None, before: int | None, limit: int) -> list[KeptAudit]:
        """Audits within, or containing, any of the areas (None: all), the last run first.

        ``before``: the run of the audit they follow.
        """
        ...

    def runs_after(self, areas: Sequence[str] | None, after: int, limit: int) -> list[KeptAudit]:
        """The same audits, those with a later run than ``after``, in the order of their runs."""
        ...

    def newest(self) -> int:
        """The number of the last run; 0 if there was none."""
        ...
