"""What evaluating and linking pseudonyms needs from outside."""

from __future__ import annotations

from collections.abc import Sequence, Set
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

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


class KnownLink(NamedTuple):
    """A link as it is kept."""

    link: Link
    party_id: str
    """Who said so first."""
    create_ms: int


class Undone(NamedTuple):
    """A link that was wrong."""

    known: KnownLink
    actor: str
    """The administrator who undid it."""
    reason: str
    undo_ms: int


class LinkTransaction(Protocol):
    """The links as they are, and what is added to them, at once or not at all."""

    def earlier_answer(self, party_id: str, request_id: str) -> EarlierAnswer | None: ...

    def keep_answer(self, request: Request, entity: str, now_ms: int, keep_ms: int) -> None: ...

    def known(self, old_version: int, links: Sequence[Link]) -> list[KnownLink]:
        """What is kept of any of these pseudonyms."""
        ...

    def undone(self, old_version: int, links: Sequence[Link]) -> dict[Link, int]:
        """Those of these links that were undone, and when, epoch ms."""
        ...

    def put_links(
        self, party_id: str, old_version: int, links: Sequence[Link], now_ms: int, forget_ms: int | None
    ) -> None:
        """Keep links, and publish them. ``forget_ms``: when nobody needs them any more; None: not known."""
        ...

    def is_apart(self, old_version: int, link: Link) -> bool:
        """Whether nothing else was linked with either: no further link of a chain, none that was undone."""
        ...

    def enter_refused(
        self, party_id: str, old_version: int, reasons: Sequence[str], said_by: Set[str]
    ) -> None:
        """Enter in the ledger that links were refused; ``said_by``: whose they contradict."""
        ...

    def undo_link(self, old_version: int, undone: Undone) -> None:
        """Let a link go, remember that it was wrong, and publish that."""
        ...


class PseudonymLinks(Protocol):
    """Where links are kept."""

    def forget_all_but(self, old_versions: Sequence[int]) -> int:
        """Delete the links of other old versions; answers how many there were."""
        ...

    def write(self) -> AbstractContextManager[LinkTransaction]:
        """Committed at the end of the block, rolled back if it raises; one at a time."""
        ...
