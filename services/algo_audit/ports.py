"""What algo_audit needs from outside. ``connection`` is the transaction of whoever calls."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from kit.directory.entries import ThresholdEntry
from services.algo_audit.core.audit import CohortAudit
from services.algo_audit.core.findings import Finding
from services.algo_audit.core.orders import DispatchColumns
from services.algo_audit.core.params import AuditParams


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

    @property
    def period(self) -> str:
        """The period as it was asked for: ``1772294400000/1774972800000``; empty if none was."""
        ends = ["" if end is None else str(end) for end in (self.start_ms, self.end_ms)]
        return "/".join(ends) if any(ends) else ""


@dataclass(frozen=True, slots=True, eq=False)
class Audit:
    """An audit that was run."""

    audit_id: str
    scope: Scope
    period_start_ms: int
    """Of the orders that were there."""
    period_end_ms: int
    create_time_ms: int
    params: AuditParams
    cohorts: Sequence[CohortAudit]
    """``CohortAudit.threshold.platform`` indexes ``platform_ids``."""
    platform_ids: Sequence[str]


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


class Dispatched(NamedTuple):
    """Dispatch events of all partitions."""

    columns: DispatchColumns
    service: NDArray[np.int64]
    """Beside each event the kind of service, 0 not stated."""
    vehicle: NDArray[np.int64]
    """Beside each event the vehicle, 0 not stated."""
    platform_ids: Sequence[str]
    """What the ``platform`` column indexes."""


class Dispatches(Protocol):
    """The events the service keeps."""

    def all(self) -> Dispatched:
        """Everything that was in the log at the time of the call.

        Raises:
            OverloadedError: (retryable) if it cannot be had soon; an audit of a part would withdraw findings.
        """
        ...


class Thresholds(Protocol):
    """Declared thresholds; the directory has them."""

    def thresholds(self, metric_id: str, at_ms: int) -> list[ThresholdEntry]: ...


class Audits(Protocol):
    """Keeps audits and their findings, and publishes the latter with the transaction."""

    def transaction(self) -> AbstractContextManager[Any]: ...

    def earlier(self, connection: Any, request: Request) -> EarlierRun | None:
        """What this request was answered with."""
        ...

    def findings(self, connection: Any, scope: Scope) -> list[Finding]:
        """The findings of audits of this scope as they were stated last, withdrawn ones included."""
        ...

    def keep(self, connection: Any, audit: Audit, revisions: Sequence[Finding], request: Request) -> None:
        """Keep the audit, make it the latest of its scope, state the revisions, remember the request."""
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


class Archive(Protocol):
    """Audits as readers see them."""

    def find(self, audit_id: str) -> KeptAudit | None:
        """An audit by its id."""
        ...

    def latest(self, metric_id: str, area_code: str) -> KeptAudit | None:
        """The audit of a metric in an area that was run last."""
        ...

    def page(self, areas: Sequence[str] | None, before: int | None, limit: int) -> list[KeptAudit]:
        """Audits within, or containing, any of the areas (None: all), the last run first.

        ``before``: the run of the audit they follow.
        """
        ...
