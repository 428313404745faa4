"""What only programs look up, by the part: no page of the portal shows it, or none shows it so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from services.portal.core.absences import Absence
from services.portal.core.admission import Admission, AdmissionCourse, AdmissionState
from services.portal.core.baselines import BaselineQuery, Baselines
from services.portal.core.events import ArchivedEvent, Dispatch, WorkSession
from services.portal.core.integration import CheckedRow
from services.portal.core.listings import FindingQuery, Listed, Part
from services.portal.core.operations import Operation
from services.portal.core.own_record import Advice
from services.portal.core.registered import Credential, PartyVersion, Registered, Responsibility
from services.portal.core.subscriptions import Delivery, Subscription


class RuleCount(NamedTuple):
    """What stands of one rule."""

    rule_id: str
    spells: int
    workers: int


class AdvicePart(NamedTuple):
    """Advice after a resume token, and where to go on."""

    items: tuple[Advice, ...]
    resume_token: str
    more: bool
    """There is more now."""


class Lookups(Protocol):
    """``adapters/lookups.py`` is the one implementation. Raises as ``services.portal.ports.Suite`` does.

    Empty fields of a filter do not restrict.
    """

    async def finding_counts(self, token: str, query: FindingQuery) -> list[RuleCount]:
        """How many findings stand, and how many workers they concern."""
        ...

    async def advice(self, token: str, platform_id: str, resume_token: str, size: int) -> AdvicePart: ...

    async def worker_events(
        self, token: str, worker_id: str, start_ms: int | None, end_ms: int | None, part: Part
    ) -> Listed[ArchivedEvent]:
        """By time; every version of an event."""
        ...

    async def check(
        self,
        token: str,
        platform_id: str,
        work_sessions: Sequence[WorkSession],
        dispatches: Sequence[Dispatch],
    ) -> list[CheckedRow]:
        """What intake would answer; nothing is taken in."""
        ...

    async def baselines(self, token: str, query: BaselineQuery, part: Part) -> Baselines: ...

    async def operations(self, token: str, part: Part) -> Listed[Operation]:
        """The reader's own; an administrator's, all."""
        ...

    async def operation(self, token: str, operation_id: str) -> Operation: ...

    async def subscriptions(self, token: str, part: Part) -> Listed[Subscription]: ...

    async def deliveries(self, token: str, subscription_id: str, part: Part) -> Listed[Delivery]: ...

    async def absences(self, token: str, part: Part) -> Listed[Absence]: ...

    async def party(self, token: str, party_id: str) -> Registered: ...

    async def party_versions(self, token: str, party_id: str, part: Part) -> Listed[PartyVersion]:
        """The first one first."""
        ...

    async def responsibilities(
        self, token: str, article: str, area_code: str, part: Part
    ) -> Listed[Responsibility]: ...

    async def credentials(
        self, token: str, party_id: str, part: Part, *, revoked: bool
    ) -> Listed[Credential]:
        """``revoked``: those that count no more, too."""
        ...

    async def admissions(self, token: str, state: AdmissionState, part: Part) -> Listed[Admission]: ...

    async def admission(self, token: str, platform_id: str) -> AdmissionCourse: ...
