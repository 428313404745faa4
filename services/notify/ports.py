"""What notify needs from outside."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Protocol

from services.notify.core.alerts import Alert, Audience
from services.notify.core.cases import Case, CaseStep, Tally
from services.notify.core.escalation import Standing
from services.notify.core.findings import Finding, Place, Severity
from services.notify.core.letters import Notice, NoticeKind
from services.notify.core.recheck import Recheck
from services.notify.core.replies import FindingAppeal, Reply
from services.notify.core.talks import Talk
from services.notify.core.text import Text
from services.notify.core.transitions import CaseState


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
    revision: int = 0
    """Of two counts of a partition's day the one with the greater revision holds, also if it is smaller: a
    worker who got another pseudonym is counted under that one alone."""

    @property
    def standing(self) -> tuple[int, int]:
        """The greater one holds."""
        return self.revision, self.workers


class Names(Protocol):
    """What letters call a platform and an area."""

    def platform(self, platform_id: str) -> Text:
        """Its registered name; its id if nobody registered it."""
        ...

    def area(self, area_code: str) -> Text:
        """Its name; its code if nobody registered it."""
        ...


class Departments(Protocol):
    """Who answers for a case (责任单位); the directory knows."""

    def responsible(self, place: Place, *, joint: bool) -> tuple[str, ...]:
        """Ids, the one that leads first; all that act together where ``joint``. Empty if there is none."""
        ...

    def name(self, party_id: str) -> Text:
        """A department's or an official's registered name; its id if nobody registered it."""
        ...


class Book(Protocol):
    """What notify keeps, within the one transaction that also moves the consumer's position."""

    def findings(self, finding_ids: Collection[str]) -> dict[str, Finding]:
        """The revisions that hold."""
        ...

    def save_findings(self, reports: Iterable[Report]) -> None:
        """Let these revisions hold."""
        ...

    def take_activity(self, counts: Iterable[ActivityCount]) -> list[ActivityCount]:
        """Keep the count of each partition and day with the greatest (revision, workers); answer those that
        changed the number of workers, up or down."""
        ...

    def active(self, platform_id: str, area_code: str, since: date) -> dict[date, int]:
        """Active workers by day from ``since`` on, partitions added up. A city's code includes its counties:
        who works in two counties on a day counts in both."""
        ...

    def case(self, place: Place) -> Case | None: ...

    def live_places(self, platform_id: str) -> list[Place]:
        """Places of the platform's cases that are neither withdrawn nor closed."""
        ...

    def case_of_id(self, case_id: str) -> Case | None: ...

    def overdue(self, today: date, limit: int) -> list[Case]:
        """Cases whose deadline is over and whose next step is the policy's, the longest waiting first."""
        ...

    def set_aside(self, finding_ids: Collection[str]) -> set[str]:
        """Those of them that an appeal had set aside: they stand in no case."""
        ...

    def cases_to_judge(self, now_ms: int, limit: int) -> list[Case]:
        """Cases whose rate is due to be judged, those that waited longest first."""
        ...

    def postpone_judging(self, platform_id: str, until_ms: int) -> None:
        """Let what is to be judged of the platform be judged no earlier."""
        ...

    def tally(self, place: Place, least: Severity, since: date) -> Tally:
        """What stands at the place, from a severity and a day on."""
        ...

    def standing(self, place: Place, least: Severity, since: date) -> list[Standing]:
        """What stands at the place, from a severity and a day on."""
        ...

    def workers(self, place: Place, least: Severity, first: date, last: date) -> int:
        """Distinct workers of whom something stands at the place, from a severity on, in these days."""
        ...

    def citations(self, place: Place, least: Severity, since: date) -> list[Text]:
        """What the findings that stand rest on, each once."""
        ...

    def standards(self, place: Place, least: Severity, since: date) -> list[Text]:
        """Titles of the findings that stand and are about a standard of assessment, not about a worker."""
        ...

    def notices(self, case_id: str, kind: NoticeKind) -> int:
        """How many letters of a kind went out in the case."""
        ...

    def warned_ms(self, case_id: str) -> list[int]:
        """When the case was warned, epoch milliseconds, but in rounds that were withdrawn."""
        ...

    def scheduled_talk(self, case_id: str) -> Talk | None:
        """The talk that the platform is summoned to; at most one at a time."""
        ...

    def save_talk(self, talk: Talk) -> None: ...

    def add_recheck(self, recheck: Recheck) -> None: ...

    def save_case(self, case: Case) -> None: ...

    def add_step(self, step: CaseStep, case: Case) -> None:
        """Number the step; ``case`` is the case as it left it."""
        ...

    def add_notice(self, notice: Notice) -> None: ...

    def add_alerts(self, alerts: Sequence[Alert]) -> None:
        """Number the alerts in this order, and note a delivery of each to whoever subscribes to it."""
        ...


class Erasing(Protocol):
    """Takes workers whose data are to go out of what is kept; nothing is told or judged because of it."""

    def begin_again(self) -> None:
        """Have the next ``erase`` look whatever was erased before: the store may be another."""
        ...

    def erase(self, connection: Any) -> bool:
        """Let what is kept say of nobody; whether there was anything. Looks only if there is news. In a turn
        of writing."""
        ...


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with what belongs to it."""

    case: Case
    findings: Sequence[bytes]
    """``quzhong.api.events.v1.Finding`` messages: the gravest first, then the latest; withdrawn ones
    and those set aside last."""
    notices: Sequence[Notice]
    steps: Sequence[CaseStep]
    replies: Sequence[Reply]
    talks: Sequence[Talk]
    rechecks: Sequence[Recheck]
    appeals: Sequence[FindingAppeal]
    set_aside: frozenset[str]
    """Ids of those of ``findings`` that an appeal set aside."""


class NumberedStep(NamedTuple):
    """A step of some case and its place in the order of all steps, from 1."""

    sequence: int
    step: CaseStep
    case: Case
    """As the step left it."""


class NumberedAlert(NamedTuple):
    """An alert and its place in the order of all alerts, from 1."""

    sequence: int
    alert: Alert


class Latest(NamedTuple):
    """A page of alerts, newest first, as of one moment."""

    alerts: Sequence[NumberedAlert]
    newest: int
    """Sequence of the newest alert there was, whoever hears it; 0 if there was none."""


class Reading(Protocol):
    """What callers look at."""

    def cases(
        self,
        audience: Audience,
        before: tuple[int, str] | None,
        limit: int,
        *,
        states: Collection[CaseState] = (),
        department_id: str = "",
    ) -> list[Case]:
        """Newest first; ``before`` has create time and id of the last case of the page before. Only those in
        one of the states and of the department, if there are any."""
        ...

    def steps_after(self, audience: Audience, after: int, limit: int) -> tuple[list[NumberedStep], int]:
        """The next steps in order, and the sequence up to which there is nothing more for the audience."""
        ...

    def newest_step(self) -> int:
        """Sequence of the newest step there is; 0 if there is none."""
        ...

    def case_file(self, case_id: str, findings: int, opens_at: Callable[[str], Severity]) -> CaseFile | None:
        """At most ``findings`` findings, those grave enough for a case as ``opens_at`` tells by rule id."""
        ...

    def policy_due(self, judge_ms: int, today: date) -> bool:
        """Whether the policy has a case to judge by ``judge_ms``, or one whose deadline was over by today."""
        ...

    def latest_alerts(self, audience: Audience, before: int | None, limit: int) -> Latest:
        """The newest alerts below a sequence."""
        ...

    def alerts_after(self, audience: Audience, after: int, limit: int) -> tuple[list[NumberedAlert], int]:
        """The next alerts in order, and the sequence up to which there is nothing more for the audience."""
        ...

    def departments_of(self, case_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Who is responsible for the cases now, by case; one without a department is missing."""
        ...
