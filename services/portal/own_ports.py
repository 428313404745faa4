"""What the pages of platforms' engineers and of workers need; ``adapters/own.py`` implements it.

Every method raises as ``ports.Suite`` does.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import NamedTuple, Protocol

from services.portal.core.explanations import Timeline
from services.portal.core.findings import Finding
from services.portal.core.integration import CheckedRow, IntegrationStatus, OwnCredential
from services.portal.core.own_record import Advice, IssuedCode
from services.portal.ports import Session


class OwnRecord(NamedTuple):
    """A worker's own."""

    timeline: Timeline
    findings: tuple[Finding, ...]


class AdvicePage(NamedTuple):
    """What holds now, and where to follow on from."""

    advice: tuple[Advice, ...]
    resume_token: str


class WatchedAdvice(NamedTuple):
    """An item of a stream."""

    advice: Advice
    resume_token: str
    """Where to go on after it."""


class FreshCode(NamedTuple):
    """A one-time code, to be handed over."""

    code: str
    """Empty if the same form was sent before: it is shown once."""
    expire_ms: int


class Own(Protocol):
    """Records of workers, advice for them, and how a platform's events arrive."""

    async def redeem(self, code: str) -> Session:
        """What a worker's one-time code is good for."""
        ...

    async def issue_code(self, token: str, worker_id: str, reason: str, request_id: str) -> FreshCode: ...

    async def codes(self, token: str) -> list[IssuedCode]:
        """Codes that were issued for the reader's record, the newest first."""
        ...

    async def record(self, token: str, start_ms: int, end_ms: int) -> OwnRecord:
        """The reader's own, 31 days at most."""
        ...

    async def advice(self, token: str) -> AdvicePage:
        """For every worker in the reader's sight: the first 1,000."""
        ...

    def watch_advice(self, token: str, resume_token: str) -> AsyncGenerator[WatchedAdvice, None]:
        """Advice after the resume token, as it comes."""
        ...

    async def findings(self, token: str, most: int) -> tuple[list[Finding], bool]:
        """Working-time findings in the reader's sight that stand, the latest first, and whether there are
        more than were looked at."""
        ...

    async def integration(self, token: str, platform_id: str, window_ms: int = 0) -> IntegrationStatus:
        """Of so long back, 7 days at most; 0: of the last 24 hours."""
        ...

    async def check(self, token: str, batch: str) -> list[CheckedRow]:
        """What intake would answer a batch: the contract's JSON, with ``dispatches`` or ``work_sessions``.

        Raises InvalidArgumentError (BATCH_JSON) for what is no such document.
        """
        ...

    async def credentials(self, token: str, party_id: str) -> list[OwnCredential]:
        """A party's, revoked ones too; if it is empty, of everybody in the reader's sight."""
        ...

    async def revoke_credential(self, token: str, credential_id: str, request_id: str) -> None: ...
