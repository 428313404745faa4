"""What pages need of admission to live intake; ``adapters/admissions.py`` implements it.

Every method raises as ``ports.Suite`` does.
"""

from __future__ import annotations

from typing import Protocol

from services.portal.core.admission import Admission


class Admissions(Protocol):
    """Who may send live events."""

    async def of(self, token: str, platform_id: str) -> Admission:
        """Raises NotFoundError (PARTY_UNKNOWN) for a platform that the reader does not see."""
        ...

    async def admit(self, token: str, platform_id: str, reason: str, request_id: str) -> None:
        """By decision, without a report. For an official of the platform's areas and the administrator."""
        ...
