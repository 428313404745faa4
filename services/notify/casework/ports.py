"""What the acts of people in cases need from outside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import NamedTuple, Protocol

from services.notify.core.absences import Absence
from services.notify.core.agenda import AgendaItem
from services.notify.core.alerts import Audience
from services.notify.core.cases import Case, CaseStep
from services.notify.core.findings import Finding
from services.notify.core.letters import Notice, NoticeKind
from services.notify.core.replies import Attachment, FindingAppeal, Reply
from services.notify.core.talks import Talk
from services.notify.core.transitions import Trigger
from services.notify.ports import Book, Departments


class EarlierAnswer(NamedTuple):
    """What a request was answered when it came first."""

    content_sha256: bytes
    response: bytes


class Official(NamedTuple):
    """A named official."""

    official_id: str
    department_id: str
    area_codes: tuple[str, ...]


class Officials(Departments, Protocol):
    """Departments and who acts for them; the directory knows."""

    def official(self, official_id: str) -> Official | None:
        """None if nobody of the name is one."""
        ...

    def is_department(self, party_id: str) -> bool:
        """Whether a department of the name is registered."""
        ...


class CaseworkBook(Book, Protocol):
    """What notify keeps, within one transaction. What is added is entered in the ledger as well."""

    def earlier_answer(self, party_id: str, request_id: str, since_ms: int) -> EarlierAnswer | None:
        """What the party's request was answered at ``since_ms`` or later."""
        ...

    def keep_answer(
        self, party_id: str, request_id: str, content_sha256: bytes, response: bytes, now_ms: int
    ) -> None: ...

    def send(self, notices: Sequence[Notice]) -> None:
        """Let letters leave with the transaction."""
        ...

    def notice(self, notice_id: str) -> Notice | None: ...

    def latest_notice(self, case_id: str, kind: NoticeKind) -> Notice | None: ...

    def latest_step(self, case_id: str, trigger: Trigger) -> CaseStep | None: ...

    def talk(self, talk_id: str) -> Talk | None: ...

    def talks(self, case_id: str) -> list[Talk]:
        """In the order of their time."""
        ...

    def add_reply(self, reply: Reply, contents: Sequence[bytes]) -> None:
        """``contents`` are those of its attachments, in their order."""
        ...

    def replies(self, notice_id: str) -> int:
        """How many the notice got."""
        ...

    def appeal(self, appeal_id: str) -> FindingAppeal | None: ...

    def appeals_of(self, finding_id: str) -> list[FindingAppeal]:
        """In the order they were filed."""
        ...

    def save_appeal(self, appeal: FindingAppeal) -> None: ...

    def put_aside(self, finding: Finding, appeal_id: str) -> None:
        """Let the finding stand in no case, whatever revision of it comes."""
        ...

    def save_absence(self, absence: Absence, actor: str) -> None:
        """It takes the place of one of the same official that begins on the same day."""
        ...

    def absences_of_deputy(self, deputy_id: str, day: date) -> list[Absence]:
        """Those in which somebody stands in on a day."""
        ...

    def enter(self, action: str, subject: str, actor: str, reason: str) -> None:
        """Enter in the ledger what changes no row: a refusal."""
        ...


class KeptFile(NamedTuple):
    """An attachment with its content."""

    case_id: str
    attachment: Attachment
    content: bytes


class CaseworkReading(Protocol):
    """What callers look at."""

    def notice(self, notice_id: str) -> Notice | None: ...

    def talk(self, talk_id: str) -> Talk | None: ...

    def case(self, case_id: str) -> Case | None: ...

    def attachment(self, attachment_id: str) -> KeptFile | None: ...

    def agenda(self, audience: Audience, first: date, last: date) -> list[AgendaItem]:
        """In order."""
        ...

    def absences(self, after: tuple[date, str] | None, limit: int) -> list[Absence]:
        """The latest first day first; ``after`` has first day and official of the last one before."""
        ...

    def absences_of_deputy(self, deputy_id: str, day: date) -> list[Absence]:
        """Those in which somebody stands in on a day."""
        ...


Transactions = Callable[[], AbstractContextManager[CaseworkBook]]
"""A write transaction in its turn among all writers; committed at the end of the block."""
