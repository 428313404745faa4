"""What evaluating and linking pseudonyms needs from outside."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from services.registry.core.pseudonym_keys import KeyVersion
from services.registry.core.pseudonym_links import Link
from services.registry.ports import EarlierAnswer, Request


@dataclass(frozen=True, slots=True)
class SecretKey:
    """A version with its key."""

    public: KeyVersion
    key: bytes = field(repr=False)
    """32 bytes, a scalar of ristretto255. Whoever has it can search who is behind a pseudonym."""


class EvaluationBudget(Protocol):
    """How much a party may still have evaluated."""

    def charge(self, party_id: str, evaluations: int) -> None:
        """Count a request.

        Raises:
            OverloadedError: (RESOURCE_EXHAUSTED) RATE_LIMITED or DAILY_BUDGET_SPENT, saying when to come
                back; a refused request does not use up the day's budget.
        """
        ...


class LinkTransaction(Protocol):
    """The links as they are, and what is added to them, at once or not at all."""

    def earlier_answer(self, party_id: str, request_id: str) -> EarlierAnswer | None: ...

    def keep_answer(self, request: Request, entity: str, now_ms: int, keep_ms: int) -> None: ...

    def new_of_old(self, old_version: int, pseudonyms: Sequence[str]) -> dict[str, str]: ...

    def old_of_new(self, old_version: int, pseudonyms: Sequence[str]) -> dict[str, str]: ...

    def put_links(
        self, party_id: str, old_version: int, links: Sequence[Link], now_ms: int, forget_ms: int | None
    ) -> None:
        """Keep links, and publish them. ``forget_ms``: when nobody needs them any more; None: not known."""
        ...


class PseudonymLinks(Protocol):
    """Where links are kept."""

    def forget_all_but(self, old_versions: Sequence[int]) -> int:
        """Delete the links of other old versions; answers how many there were."""
        ...

    def write(self) -> AbstractContextManager[LinkTransaction]:
        """Committed at the end of the block, rolled back if it raises; one at a time."""
        ...
