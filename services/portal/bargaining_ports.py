"""What a negotiator's pages need of the suite. ``adapters/bargaining.py`` is the one implementation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from services.portal.core.audits import Audit
from services.portal.core.casework import Document
from services.portal.core.consultations import (
    Consultation,
    ConsultationState,
    Duty,
    GivenOpening,
    PackKind,
    ProposedThreshold,
    Room,
)
from services.portal.core.language import Language, LocalText
from services.portal.core.penalty_appeals import GivenAppeal, PenaltyAppeal, PenaltyAppealState
from services.portal.core.thresholds import Metric, ThresholdVersion
from services.portal.core.what_if import CohortRef, Compared, Frontier


class Bargaining(Protocol):
    """Thresholds, what-ifs, consultations and appeals. Raises as ``services.portal.ports.Suite`` does."""

    async def metrics(self, token: str) -> Mapping[str, Metric]:
        """What can be audited, by id, in the order in which people are shown it."""
        ...

    async def newest_audits(self, token: str) -> list[Audit]:
        """Of each metric and area the last audit the reader may see, without cohorts."""
        ...

    async def audit(self, token: str, audit_id: str) -> Audit: ...

    async def thresholds(self, token: str, platform_id: str, metric_id: str) -> list[ThresholdVersion]:
        """Every version declared; empty fields do not restrict."""
        ...

    async def what_if(self, token: str, cohort: CohortRef, threshold: float) -> Compared: ...

    async def frontier(self, token: str, cohort: CohortRef, points: int) -> Frontier: ...

    async def unions(self, token: str) -> Mapping[str, LocalText]:
        """Those the reader may see, by id."""
        ...

    async def consultations(
        self, token: str, platform_id: str, state: ConsultationState
    ) -> list[Consultation]:
        """Without offers and course; empty fields do not restrict."""
        ...

    async def duties(self, token: str) -> list[Duty]:
        """To consult at least yearly, of each platform the reader may see."""
        ...

    async def room(self, token: str, consultation_id: str) -> Room: ...

    async def open(self, token: str, opening: GivenOpening, request_id: str) -> str:
        """Freezes the pack; answers the consultation's id."""
        ...

    async def offer(
        self,
        token: str,
        consultation_id: str,
        thresholds: tuple[ProposedThreshold, ...],
        effective_ms: int,
        text: str,
        request_id: str,
    ) -> None: ...

    async def accept(self, token: str, consultation_id: str, number: int, text: str, request_id: str) -> None:
        """The other side's last offer, by its number."""
        ...

    async def fail(self, token: str, consultation_id: str, text: str, request_id: str) -> None:
        """End it without agreement; the text says why."""
        ...

    async def pack(
        self, token: str, consultation_id: str, kind: PackKind, language: Language
    ) -> Document: ...

    async def appeals(
        self, token: str, platform_id: str, state: PenaltyAppealState, *, overdue: bool
    ) -> list[PenaltyAppeal]:
        """Empty fields do not restrict; ``overdue``: only what was not answered in time."""
        ...

    async def appeal(self, token: str, appeal_id: str) -> PenaltyAppeal: ...

    async def file_appeal(self, token: str, given: GivenAppeal, request_id: str) -> str:
        """Answers the appeal's id."""
        ...

    async def answer_appeal(
        self, token: str, appeal_id: str, outcome: PenaltyAppealState, reply: str, request_id: str
    ) -> None:
        """``outcome``: UPHELD or REJECTED."""
        ...
