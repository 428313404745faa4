"""What audits that nobody waits for need from outside. ``connection`` is the transaction of whoever calls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol

from kit.errors import QuzhongError
from services.algo_audit.ports import Request, Scope


class Stage(Enum):
    """What an audit is doing: its name, what people read, and how much of the work lies before it."""

    READING_ORDERS = ("读取订单", "reading orders", 0)
    JUDGING = ("比对与判定", "judging", 20)
    KEEPING = ("保存结果", "keeping the result", 90)


@dataclass(frozen=True, slots=True)
class Operation:
    """One audit on its way, or at its end."""

    name: str
    request: Request
    scope: Scope
    publish: bool
    """Whether what is found becomes findings."""
    create_time_ms: int
    stage: Stage = Stage.READING_ORDERS
    starts: int = 0
    """How often it was begun: more than once where the process ended meanwhile."""
    cancelled: bool = False
    """Its party wants it to end, or ended it."""
    end_time_ms: int | None = None
    """None while it waits or runs."""
    audit_id: str = ""
    error: bytes = b""
    """``google.rpc.Status``; empty if there was none."""
    number: int = 0
    """Counts operations from 1; the book gives it."""

    @property
    def done(self) -> bool:
        """Whether it has ended, one way or another."""
        return self.end_time_ms is not None


class Runs(Protocol):
    """Runs audits; the auditor does."""

    def run(self, scope: Scope, request: Request, *, publish: bool, progress: Callable[[Stage], None]) -> str:
        """Audit and keep; the audit's id. ``progress`` is told each stage as it begins, and may raise.

        Raises:
            QuzhongError: if there is nothing to audit, or it cannot be done now.
        """
        ...


class OperationBook(Protocol):
    """Keeps operations, across restarts."""

    def transaction(self) -> AbstractContextManager[Any]:
        """One at a time: what is read in it stays true to its end."""
        ...

    def reading(self) -> AbstractContextManager[Any]: ...

    def find(self, connection: Any, name: str) -> Operation | None: ...

    def asked_since(self, connection: Any, request: Request, since_ms: int) -> Operation | None:
        """The one that a request began; none for an empty ``request_id``."""
        ...

    def add(self, connection: Any, operation: Operation) -> None: ...

    def put(self, connection: Any, operation: Operation, error: QuzhongError | None = None) -> None:
        """One that is there already, after a step; ``error``: what it ended with. One that was removed stays
        so."""
        ...

    def remove(self, connection: Any, name: str) -> None: ...

    def forget(self, connection: Any, ended_before_ms: int) -> None:
        """Remove those that ended before."""
        ...

    def page(
        self, connection: Any, party_id: str | None, before: int | None, limit: int
    ) -> Sequence[Operation]:
        """A party's (None: all), the last begun first; ``before``: the number of the one they follow."""
        ...

    def unfinished(self, connection: Any) -> Sequence[Operation]:
        """Those that have not ended, the first asked for first."""
        ...
