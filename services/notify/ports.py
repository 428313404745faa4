"""What notify needs from outside."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from services.notify.core.alerts import Alert, Audience
from services.notify.core.cases import Case, CaseStep, Tally
from services.notify.core.escalation import Standing
from services.notify.core.findings import Finding, Place, Severity
from services.notify.core.letters import Notice
from services.notify.core.text import Text
from services.notify.core.webhooks import Verdict, Webhook


@dataclass(frozen=True, slots=True)
class Report:
    """A revision of a finding as it was read."""

    finding: Finding
    message: bytes
    """The ``quzhong.api.events.v1.Finding`` it came as, with its evidence, for whoever opens the case."""


@dataclass(frozen=True, slots=True)
class ActivityCount:
    """Workers active on a platform in an area on a day, as one partition saw them."""

    platform_id: str
    area_code: str
    day: date
    """In Asia/Shanghai."""
    partition: int
    workers: int


class Names(Protocol):
    """What letters call a platform and an area."""

    def platform(self, platform_id: str) -> Text:
        """Its registered name; its id if nobody registered it."""
        ...

    def area(self, area_code: str) -> Text:
        """Its name; its code if nobody registered it."""
        ...


class Book(Protocol):
    """What notify keeps, within the one transaction that also moves the consumer's position."""

    def findings(self, finding_ids: Collection[str]) -> dict[str, Finding]:
        """The revisions that hold."""
        ...

    def save_findings(self, reports: Iterable[Report]) -> None:
        """Let these revisions hold."""
        ...

    def raise_activity(self, counts: Iterable[ActivityCount]) -> list[ActivityCount]:
        """Keep the greatest count of each partition and day; answer those that were greater than before."""
        ...

    def active(self, platform_id: str, area_code: str, since: date) -> dict[date, int]:
        """Active workers by day from ``since`` on, partitions added up. A city's code includes its counties:
        who works in two counties on a day counts in both."""
        ...

    def case(self, place: Place) -> Case | None: ...

    def live_places(self, platform_id: str) -> list[Place]:
        """Places of the platform's cases that are not withdrawn."""
        ...

    def cases_to_judge(self, now_ms: int, limit: int) -> list[Case]:
        """Cases whose rate is due to be judged, those that waited longest first."""
        ...

    def postpone_judging(self, platform_id: str, until_ms: int) -> None:
        """Let what is to be judged of the platform be judged no earlier."""
        ...

    def tally(self, place: Place, least: Severity) -> Tally:
        """What stands at the place, from a severity on."""
        ...

    def standing(self, place: Place, least: Severity, since: date) -> list[Standing]:
        """What stands at the place, from a severity and a day on."""
        ...

    def citations(self, place: Place, least: Severity) -> list[Text]:
        """What the findings that stand rest on, each once."""
        ...

    def standards(self, place: Place, least: Severity) -> list[Text]:
        """Titles of the findings that stand and are about a standard of assessment, not about a worker."""
        ...

    def notices(self, case_id: str) -> int:
        """How many letters went out in the case."""
        ...

    def save_case(self, case: Case) -> None: ...

    def add_step(self, step: CaseStep) -> None: ...

    def add_notice(self, notice: Notice) -> None: ...

    def add_alerts(self, alerts: Sequence[Alert]) -> None:
        """Number the alerts in this order, and note a delivery of each to every webhook that hears it."""
        ...


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with what belongs to it."""

    case: Case
    findings: Sequence[bytes]
    """``quzhong.api.events.v1.Finding`` messages: the gravest first, then the latest; withdrawn ones last."""
    notices: Sequence[Notice]
    steps: Sequence[CaseStep]


class NumberedAlert(NamedTuple):
    """An alert and its place in the order of all alerts, from 1."""

    sequence: int
    alert: Alert


class Latest(NamedTuple):
    """A page of alerts, newest first, as of one moment."""

    alerts: Sequence[NumberedAlert]
    newest: int
    """Sequence of the newest alert there was, whoever hears it; 0 if there was none."""


class Delivery(NamedTuple):
    """How far the delivery of one alert to one webhook has come."""

    delivery_id: int
    webhook_id: str
    alert_id: str
    attempts: int
    delivered: bool
    last_status: int
    """HTTP; 0 if no answer came."""
    last_error: str
    update_time_ms: int


class Reading(Protocol):
    """What callers look at."""

    def cases(self, audience: Audience, before: tuple[int, str] | None, limit: int) -> list[Case]:
        """Newest first; ``before`` has create time and id of the last case of the page before."""
        ...

    def case_file(self, case_id: str, findings: int, opens_at: Callable[[str], Severity]) -> CaseFile | None:
        """At most ``findings`` findings, those grave enough for a case as ``opens_at`` tells by rule id."""
        ...

    def judging_due(self, at_ms: int) -> bool:
        """Whether the rate of a case is to be judged at a moment or before."""
        ...

    def latest_alerts(self, audience: Audience, before: int | None, limit: int) -> Latest:
        """The newest alerts below a sequence."""
        ...

    def alerts_after(self, audience: Audience, after: int, limit: int) -> tuple[list[NumberedAlert], int]:
        """The next alerts in order, and the sequence up to which there is nothing more for the audience."""
        ...

    def deliveries(
        self, party_id: str | None, webhook_id: str, before: int | None, limit: int
    ) -> list[Delivery]:
        """Newest first; of one party's webhooks, or of everybody's (None); of one webhook if named."""
        ...


class Webhooks(Protocol):
    """Registered addresses."""

    def register(self, webhook: Webhook) -> Webhook:
        """Keep it; if the party used the request id before, answer what was kept then."""
        ...


class DueDelivery(NamedTuple):
    """A delivery to attempt now."""

    delivery_id: int
    webhook: Webhook
    alert: Alert
    attempts: int
    """So far."""


class Deliveries(Protocol):
    """The queue of deliveries: rows that outlive the process."""

    def due(self, now_ms: int, limit: int, paused: Collection[str]) -> list[DueDelivery]:
        """The oldest ones whose time has come, but for those to ``paused`` webhooks."""
        ...

    def record(
        self, due: DueDelivery, verdict: Verdict, *, status: int, error: str, now_ms: int, next_ms: int
    ) -> None:
        """Note an attempt and what follows from it. ``next_ms`` matters for ``Verdict.LATER`` only."""
        ...
