"""What appeals need from outside. ``connection`` is the transaction of whoever calls."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from services.algo_audit.core.appeal import Appeal, AppealCounts, Penalty, State


@dataclass(frozen=True, slots=True)
class KeptAppeal:
    """An appeal with its place in lists."""

    appeal: Appeal
    number: int
    """Counts appeals from 1."""


@dataclass(frozen=True, slots=True)
class AppealFilter:
    """Which appeals are asked for."""

    platform_ids: Sequence[str] | None
    """Of these; None: of every platform."""
    filed_by: str
    """And that this party filed; empty: whoever did."""
    state: State | None
    overdue_only: bool
    before: int | None
    """The number of the one they follow."""
    limit: int


class AppealBook(Protocol):
    """Keeps appeals."""

    def transaction(self) -> AbstractContextManager[Any]:
        """One at a time: what is read in it stays true to its end."""
        ...

    def reading(self) -> AbstractContextManager[Any]: ...

    def find(self, connection: Any, appeal_id: str) -> Appeal | None: ...

    def place(self, connection: Any, appeal_id: str) -> int | None:
        """Its number; None: there is no such appeal."""
        ...

    def unanswered(self, connection: Any, penalty: Penalty) -> str | None:
        """The id of an appeal against the same penalty (platform, worker, order, amount) that waits for its
        answer."""
        ...

    def add(self, connection: Any, appeal: Appeal) -> None: ...

    def put(self, connection: Any, appeal: Appeal) -> None:
        """One that is there already, after its answer."""
        ...

    def page(self, connection: Any, asked: AppealFilter, now_ms: int) -> list[KeptAppeal]:
        """The last filed first."""
        ...

    def counts(
        self, connection: Any, platform_id: str, start_ms: int | None, end_ms: int | None, now_ms: int
    ) -> tuple[AppealCounts, int]:
        """Of those filed from ``start_ms`` on and before ``end_ms`` (None: no bound), unsuppressed; and how
        many different workers they are of."""
        ...
