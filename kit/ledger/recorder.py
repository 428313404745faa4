"""What adapters need of a ledger: to enter acts within the transaction in hand."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy.engine import Connection

from kit.ledger.entry import Act


class Recorder(Protocol):
    """``Ledger`` is one."""

    def record(self, connection: Connection, *acts: Act) -> None:
        """Enter acts within the caller's write transaction."""
        ...


class _NotRecorded:
    def record(self, connection: Connection, *acts: Act) -> None:
        """Nothing."""


NOT_RECORDED: Recorder = _NotRecorded()
"""For tests and tools that use an adapter without its service: nothing is entered anywhere."""
