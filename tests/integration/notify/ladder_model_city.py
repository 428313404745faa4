"""Notify over a store that may lose its process at any statement: what the ladder's model is held against.

A crash is an exception out of the transaction, before or after one of its statements or before its commit:
what was not committed is gone, as it is when a process dies. A crash after the commit loses the answer alone.
Either way the store is closed and opened again; nothing lives elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, NamedTuple, TypeVar

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.engine import Connection

from kit.eventlog.memory import MemoryEventLog
from kit.eventlog.outbox import OutboxRelay
from kit.eventlog.port import EVENT_ID, NewRecord, Record, TopicPartition
from kit.eventlog.topics import FINDINGS, NOTICES
from kit.holidays import chinese_working_days
from kit.ledger import Entry, Ledger
from kit.ledger.stored import StoreSource
from kit.ledger.verify import verify
from kit.security.caller import Caller, Role, set_current_caller
from kit.storage.dialects import take_turn
from kit.storage.store import Store
from kit.storage.tables import LEDGER_CHECKPOINT, LEDGER_ENTRY, OUTBOX
from quzhong.api.notify.v1 import notify_pb2
from services.notify.adapters import tables
from services.notify.adapters.casework_book import SqlCaseworkBook
from services.notify.adapters.policy_file import load_policy
from services.notify.adapters.reading import SqlReading
from services.notify.casework.ports import Official
from services.notify.casework_app import CaseworkPart
from services.notify.consumer import CaseKeeper, Heard, Sending, decode
from services.notify.core.findings import Place, first_ms, local_day
from services.notify.core.letters import NoticeKind
from services.notify.core.policy import AtOnce, EscalationRule, Policy, Rate
from services.notify.core.text import Text
from services.notify.core.transitions import CaseState
from services.notify.handlers import CaseWork
from services.notify.ladder.climbing import Climbing
from tests.integration.notify import ladder_model as model
from tests.integration.notify import notify_suite

AREA = "130203"
CALLERS = {
    "swift": Caller("swift", Role.PLATFORM),
    "steady": Caller("steady", Role.PLATFORM),
    "bureau": Caller("bureau", Role.REGULATOR, ("130200",)),
    "li": Caller("li", Role.OFFICIAL, ("130200",), department_id="bureau"),
    "wang": Caller("wang", Role.OFFICIAL, ("130200",), department_id="transport"),
    "zhao": Caller("zhao", Role.OFFICIAL, ("130200",), department_id="emergency"),
}

T = TypeVar("T")


class Crash(BaseException):
    """The process dies here."""


class Registered:
    """``Officials`` and ``Names``: the bureau answers, together with another department if it is joint."""

    def responsible(self, place: Place, *, joint: bool) -> tuple[str, ...]:
        return ("bureau", "transport") if joint else ("bureau",)

    def name(self, party_id: str) -> Text:
        return Text(party_id, party_id)

    platform = area = name

    def official(self, official_id: str) -> Official | None:
        caller = CALLERS.get(official_id)
        if caller is None or caller.role is not Role.OFFICIAL:
            return None
        return Official(official_id, caller.department_id, caller.area_codes)

    def is_department(self, party_id: str) -> bool:
        return party_id in ("bureau", "transport", "emergency")


def policy() -> Policy:
    """The shipped one with the numbers of the model."""
    shipped = load_policy()
    ladder = replace(
        shipped.ladder,
        answer_working_days=model.ANSWER_WORKING_DAYS,
        observe_days=model.OBSERVE_DAYS,
        summons_notice_working_days=model.NOTICE_WORKING_DAYS,
        rectify_working_days=model.RECTIFY_WORKING_DAYS,
        extension_working_days=model.EXTENSION_WORKING_DAYS,
        summonses_before_escalation=model.SUMMONSES,
        repeat_within_days=model.REPEAT_WITHIN_DAYS,
        repeats_to_summons=model.REPEATS,
        summons_workers_per_thousand=float(model.SEVERE_PER_THOUSAND),
        recheck_confidence=model.CONFIDENCE,
    )

    def row(rule: EscalationRule) -> EscalationRule:
        trigger: Rate | AtOnce = rule.trigger
        if isinstance(trigger, Rate):
            trigger = replace(
                trigger,
                window_days=model.WINDOW_DAYS,
                workers_per_thousand=float(model.PER_THOUSAND),
                least_workers=model.LEAST_WORKERS,
            )
        return replace(rule, trigger=trigger, ladder=ladder)

    return replace(shipped, ladder=ladder, rules=tuple(map(row, shipped.rules)))


POLICY = policy()
assert (POLICY.judging.late_events_ms, POLICY.judging.quiet_ms) == (model.LATE_MS, model.QUIET_MS)
DAYS = chinese_working_days()

TABLES = [*tables.METADATA.sorted_tables, OUTBOX, LEDGER_ENTRY, LEDGER_CHECKPOINT]

NOON_MS = 12 * 3_600_000


class Stored(NamedTuple):
    """A case as it stands in the store, as far as the model has it."""

    case_id: str
    state: str
    openings: int
    deadline: Any
    extendable_to: Any
    joint: bool
    findings: int
    steps: list[tuple[str, str, str]]
    """From, by what, to."""
    letters: list[model.Letter]
    answerable: list[str]
    """Ids of warnings and orders, in the order they went out."""


_CASES = sa.select(tables.CASES)
_STEPS = sa.select(tables.CASE_STEPS).order_by(tables.CASE_STEPS.c.step_id)
_LETTERS = sa.select(tables.NOTICES).order_by(tables.NOTICES.c.position)
_ASKS = (NoticeKind.WARNING, NoticeKind.RECTIFICATION)


def _step(row: Any) -> tuple[str, str, str]:
    return CaseState(row.from_state).name, row.trigger, CaseState(row.to_state).name


def _letter(row: Any) -> model.Letter:
    return model.Letter(NoticeKind(row.kind).name, row.deadline if row.kind in _ASKS else None)


class City:
    """The service's use cases, wired as ``app.py`` wires them, without its threads."""

    def __init__(self, url: str, now_ms: int) -> None:
        self.url, self.now_ms = url, now_ms
        self.log = MemoryEventLog()
        self.log.ensure_topics([NOTICES], 2)
        self.crashes = 0
        self.committed = False
        self._key = Ed25519PrivateKey.generate()
        self._points: int | None = None
        self._after_commit = False
        self._open()

    def _open(self) -> None:
        self.store = Store.open(self.url, tables.METADATA)
        for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
            sa.event.listen(self.store._engine, name, self._pass)
        self.store.after_commit(self._die_after_commit)
        self.ledger = Ledger.open(self.store, "notify", [self._key], self.clock)
        self.reading = SqlReading(self.store)
        registered, sending = Registered(), Sending(self.clock)
        climbing = Climbing(POLICY, registered, registered, DAYS)

        def open_book(connection: Connection) -> SqlCaseworkBook:
            take_turn(connection, tables.WRITERS)
            return SqlCaseworkBook(connection, self.ledger, send=sending.send)

        self._keeper = CaseKeeper(
            CaseWork(climbing, self.clock), open_book, sending.send, after_commit=lambda: None
        )
        casework = CaseworkPart(
            self.store, climbing, registered, self.clock, open_book=open_book, after_commit=lambda: None
        )
        self._servicer: Any = casework._servicer

    def clock(self) -> int:
        return self.now_ms

    # Crashes

    def _pass(self, connection: Connection, *_: Any) -> None:
        if self._points is None:
            return
        self._points -= 1
        if self._points < 0:
            self._points = None
            # A database does it for a process that is gone; SQLAlchemy does not at every point.
            connection.connection.rollback()
            raise Crash

    def _die_after_commit(self) -> None:
        self.committed = True
        if self._after_commit:
            self._after_commit = False
            raise Crash

    def once(self, work: Callable[[], T], crash: int | None) -> T:
        """Do it, with a crash at a point of its first transaction (−1: right after it), if it has so many.

        A crash is followed by a new process and the same work again; what was not committed has left nothing.
        """
        before = self.rows()
        self.committed = False
        self._points = None if crash is None or crash < 0 else crash
        self._after_commit = crash == -1
        try:
            return work()
        except Crash:
            self.crashes += 1
            self.restart()
            assert self.committed or self.rows() == before, "a crash left something behind"
            return work()
        finally:
            self._points, self._after_commit = None, False

    def restart(self) -> None:
        """A process is gone, another one begins."""
        self.store.close()
        self._points, self._after_commit = None, False
        committed = self.committed
        self._open()
        self.committed = committed

    def close(self) -> None:
        self.ledger.close()
        self.store.close()

    # What happens

    def hear(self, told: Sequence[model.Told], counts: Sequence[model.Counted], crash: int | None) -> None:
        """A batch from the topics; after a crash it is read again, as it is after any doubt."""
        batch = [(_record(message), decode(_record(message))) for message in map(_finding, told)]
        batch += [(_record(message), decode(_record(message))) for message in map(_activity, counts)]
        self.once(lambda: self._handle(batch), crash)

    def _handle(self, batch: Sequence[tuple[Record, Heard]]) -> None:
        with self.store.transaction() as connection:
            self._keeper.handle(connection, batch)

    def tick(self, crash: int | None) -> None:
        self.once(self._tick, crash)

    def _tick(self) -> None:
        with self.store.transaction() as connection:
            self._keeper.tick(connection)

    def call(self, party: str, request: Any) -> Any:
        """Of ``CaseworkService``."""
        set_current_caller(CALLERS[party])
        try:
            method = type(request).__name__.removesuffix("Request")
            return getattr(self._servicer, method)(request, None)
        finally:
            set_current_caller(None)

    def relay(self, *, crash: bool) -> None:
        """Empty the outbox into the log; a crash between the two appends it all again."""
        log: Any = _DiesAfterAppending(self.log) if crash else self.log
        for each in (log, self.log):
            relay = OutboxRelay(self.store, each)
            relay.start()
            relay.stop()
            assert isinstance(relay.failed, Crash) == (crash and each is log and each.appended)
            if not relay.failed:
                break
            self.crashes += 1
            self.restart()

    # What is there

    def rows(self) -> list[list[tuple[Any, ...]]]:
        """Everything that is stored, byte by byte."""
        with self.store.read() as connection:
            read = [connection.exec_driver_sql(f"SELECT * FROM {table.name}").all() for table in TABLES]
        return [sorted(map(tuple, rows), key=repr) for rows in read]

    def cases(self) -> dict[model.Where, Stored]:
        with self.store.read() as connection:
            steps, letters = connection.execute(_STEPS).all(), connection.execute(_LETTERS).all()
            return {
                model.Where(case.platform_id, case.rule_id, case.area_code): Stored(
                    case.case_id,
                    CaseState(case.state).name,
                    case.openings,
                    case.deadline,
                    case.extendable_to,
                    len(case.department_ids) > 1,
                    case.findings,
                    [_step(each) for each in steps if each.case_id == case.case_id],
                    [_letter(each) for each in letters if each.case_id == case.case_id],
                    [
                        each.notice_id
                        for each in letters
                        if each.case_id == case.case_id and each.kind in _ASKS
                    ],
                )
                for case in connection.execute(_CASES)
            }

    def case_id(self, where: model.Where) -> str:
        return self.cases()[where].case_id

    def notice_ids(self) -> list[str]:
        with self.store.read() as connection:
            return sorted(connection.scalars(sa.select(tables.NOTICES.c.notice_id)))

    def sent(self) -> list[str]:
        """Letters in the topic, as a reader has them that drops what it has had (by ``event_id``)."""
        read = {
            record.headers[EVENT_ID]: notify_pb2.Notice.FromString(record.value).notice_id
            for partition, end in self.log.end_offsets(NOTICES.name).items()
            for record in self.log.read(TopicPartition(NOTICES.name, partition), 0, end)
        }
        return sorted(read.values())

    def entered(self) -> list[Entry]:
        """The ledger's entries, which hold."""
        source = StoreSource(self.store, "notify")
        report = verify(source)
        assert report.holds, report
        return [entry for entry in source.entries() if isinstance(entry, Entry)]

    def at_rest(self) -> bool:
        """Whether time alone brings nothing before a day is over."""
        return not self.reading.policy_due(self.now_ms + POLICY.judging.quiet_ms, local_day(self.now_ms))


class _DiesAfterAppending:
    def __init__(self, log: MemoryEventLog) -> None:
        self._log, self.appended = log, False

    def append(self, records: Sequence[NewRecord]) -> list[int]:
        self._log.append(records)
        self.appended = True
        raise Crash


def _finding(told: model.Told) -> Any:
    message = notify_suite.finding(
        told.finding_id,
        worker=told.worker_id,
        platform=told.where.platform_id,
        area=told.where.area_code,
        revision=told.revision,
        stands=told.stands,
        severity=3 if told.grave else 2,
        at_ms=first_ms(told.day) + NOON_MS,
    )
    message.rule_id = told.where.rule_id
    if told.where.rule_id == model.AT_ONCE:
        message.worker_id = ""
    return message


def _activity(count: model.Counted) -> Any:
    return notify_suite.activity(
        count.workers,
        platform=count.platform_id,
        area=count.area_code,
        partition=count.partition,
        day=count.day.isoformat(),
    )


def _record(message: Any) -> Any:
    """As far as the decoder looks."""
    topic = FINDINGS.name if hasattr(message, "finding_id") else "activity"
    return SimpleNamespace(topic=topic, value=message.SerializeToString())
