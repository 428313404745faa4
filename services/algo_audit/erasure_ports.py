"""What the service keeps that names workers, besides events. ``connection``: the caller's transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Protocol

from kit.directory.entries import ErasureEntry
from services.algo_audit.ports import Mark


class NamedWorkers(Protocol):
    """Spans over hours, marks of states, appeals."""

    def marks(self, connection: Any) -> dict[str, Mark]:
        """Every mark that is kept, by its audit."""
        ...

    def amend(self, connection: Any, marks: Mapping[str, Mark]) -> None:
        """Let these stand for those of the same audits."""
        ...

    def forget_spans(self, connection: Any, finding_ids: Collection[str]) -> None:
        """Drop the spans that these findings said."""
        ...

    def appellants(self, connection: Any) -> list[str]:
        """The workers whom appeals are of, each once."""
        ...

    def erase_appeals(self, connection: Any, worker_id: str, erasure: ErasureEntry) -> bool:
        """Let the appeals of a worker that were filed up to the erasure be nobody's: that there was one, its
        dates and its outcome stay. Whether there were any."""
        ...
