"""What one transaction brings about in cases, and the order in which it is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from services.notify.core.alerts import Alert
from services.notify.core.cases import Case, CaseStep
from services.notify.core.findings import local_day
from services.notify.core.letters import Notice
from services.notify.ports import Book


@dataclass(slots=True)
class CaseTurn:
    """A batch, a tick or an act of somebody: one transaction, one moment."""

    now_ms: int
    steps: list[tuple[CaseStep, Case]] = field(default_factory=list)
    """Each with the case as it left it."""
    notices: list[Notice] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)

    @property
    def today(self) -> date:
        """In Asia/Shanghai."""
        return local_day(self.now_ms)

    def close(self, book: Book) -> list[Notice]:
        """Write down steps, letters and alerts; answer the letters, which have yet to leave."""
        for step, case in self.steps:
            book.add_step(step, case)
        for notice in self.notices:
            book.add_notice(notice)
        book.add_alerts(self.alerts)
        return self.notices
