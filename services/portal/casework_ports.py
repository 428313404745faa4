"""What passes in a case, as the pages need it. ``adapters/casework.py`` is the one implementation."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from services.portal.core.casework import AgendaItem, Document, FindingAppeal, GivenReply, Reply, Step
from services.portal.core.language import Language


class Casework(Protocol):
    """Acts of people in cases, letters as files. Raises as ``services.portal.ports.Suite`` does; a step that
    the case's state does not allow is a FailedPreconditionError (ILLEGAL_STEP)."""

    async def take(self, token: str, case_id: str, step: Step, request_id: str) -> None:
        """Take a step. The same request id again changes nothing."""
        ...

    async def reply(self, token: str, reply: GivenReply, request_id: str) -> Reply:
        """Answers what was kept of it."""
        ...

    async def appeal(
        self, token: str, case_id: str, finding_id: str, grounds: str, request_id: str
    ) -> FindingAppeal:
        """Dispute a finding."""
        ...

    async def decide(self, token: str, appeal_id: str, *, uphold: bool, reason: str, request_id: str) -> None:
        """Set a disputed finding aside, or let it stand."""
        ...

    async def letter(self, token: str, notice_id: str, language: Language) -> Document:
        """A notice as PDF."""
        ...

    async def invitation(self, token: str, notice_id: str) -> Document:
        """The iCalendar of a summons or of its cancellation."""
        ...

    async def attachment(self, token: str, attachment_id: str) -> Document: ...

    async def agenda(self, token: str, first: date, last: date) -> list[AgendaItem]:
        """Talks and deadlines of the days, both included, in order."""
        ...
