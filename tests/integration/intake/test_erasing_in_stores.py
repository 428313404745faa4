"""What intake's databases keep of an erased worker, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pytest
import sqlalchemy as sa

from kit.erasure import Erased
from kit.eventlog.port import Record
from kit.eventlog.topics import PSEUDONYM_LINKS
from kit.storage.scrubbing import Scrubbing
from kit.storage.store import Store
from services.intake.adapters.answers import METADATA as ANSWERS
from services.intake.adapters.answers import SqlAnswers
from services.intake.adapters.archive import METADATA as LINKS
from services.intake.adapters.links import SqlSuccessors
from services.intake.consumer import LinkTaker
from services.intake.core.accepted import Statements
from services.intake.core.rows import Fault
from services.intake.hashing import hashes
from services.intake.lot import Verdict
from services.intake.ports import Answer, KeptAnswer, Succession, ToPart
from services.intake.succession import SharedSuccessions
from tests.support.erasures import SaidErasures

A, B, C, D = (f"pseudonym-{letter}-0123456" for letter in "abcd")
ERASE_MS = 1_773_630_000_000


@pytest.fixture
def database(database_url: str) -> Iterator[Store]:
    database = Store.open(database_url, LINKS)
    ANSWERS.create_all(database._engine)
    yield database
    database.close()


def texts(database: Store) -> str:
    """All that the tables of the service hold."""
    with database.read() as connection:
        return repr(
            [connection.execute(sa.select(t)).all() for m in (LINKS, ANSWERS) for t in m.sorted_tables]
        )


# Links


class NoRekeying:
    """What moves events: notes how often it was woken."""

    def __init__(self) -> None:
        self.woken = 0

    def part(self, undone: Sequence[ToPart]) -> None:
        self.woken += 1

    def move(self, up_to: int, links: int) -> None:
        self.woken += 1


class Taking:
    """The taker of links as its loop drives it."""

    def __init__(self, database: Store) -> None:
        self.database = database
        self.store = SqlSuccessors(database, lambda worker_id: 0)
        self.successions = SharedSuccessions()
        self.rekeying = NoRekeying()
        self.said = SaidErasures()
        self.scrubbed = 0
        self.taker = LinkTaker(
            self.store,
            self.successions,
            self.rekeying,  # type: ignore[arg-type]
            Erased(self.said),
            Scrubbing(self._scrub),
        )

    def _scrub(self) -> bool:
        self.scrubbed += 1
        return self.scrubbed > 1  # somebody reads, at first

    def hear(self, *links: Succession, at_ms: int = ERASE_MS - 1) -> None:
        batch = [(Record(PSEUDONYM_LINKS.name, 0, 0, b"", None, {}, at_ms), link) for link in links]
        with self.database.transaction() as connection:
            self.taker.handle(connection, batch)
        self.taker.committed()

    def tick(self) -> None:
        with self.database.transaction() as connection:
            self.taker.tick(connection)
        self.taker.committed()

    def successor(self, worker_id: str) -> str:
        with self.successions.held() as successions:
            return successions.successor(worker_id)


@pytest.fixture
def taking(database: Store) -> Taking:
    return Taking(database)


def test_links_of_an_erased_worker_go_and_others_stay(taking: Taking) -> None:
    taking.hear(Succession(A, B, None), Succession(C, D, 7))
    taking.said.say("e", ERASE_MS, A, B)
    taking.tick()
    assert list(taking.store.links()) == [Succession(C, D, 7)]
    assert {each.worker_id for each in taking.store.to_move(100, 50)} == {C, D}
    assert (taking.successor(A), taking.successor(C)) == (A, D)
    assert A not in texts(taking.database)
    assert B not in texts(taking.database)
    # Keys of what the worker's events are known by later: as before.
    assert list(taking.store.salted()) == hashes([B]).tolist()
    with taking.successions.held() as successions:
        assert successions.worker_salts([B]).tolist() == hashes([B]).tolist()


def test_a_link_of_which_one_pseudonym_is_erased_goes_too(taking: Taking) -> None:
    taking.hear(Succession(A, B, None), Succession(B, C, None))
    taking.said.say("e", ERASE_MS, C)
    taking.tick()
    assert list(taking.store.links()) == [Succession(A, B, None)]


def test_a_link_said_before_the_erasure_is_not_taken_and_a_later_one_is(taking: Taking) -> None:
    taking.said.say("e", ERASE_MS, A, B)
    taking.hear(Succession(A, B, None), Succession(C, D, 7))
    assert list(taking.store.links()) == [Succession(C, D, 7)]
    taking.tick()
    taking.hear(Succession(A, B, None), at_ms=ERASE_MS)
    taking.tick()
    assert list(taking.store.links()) == [Succession(C, D, 7), Succession(A, B, None)]


def test_the_store_is_scrubbed_until_it_is_done_and_not_for_nothing(
    taking: Taking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kit.storage.scrubbing.AGAIN_S", 0.0)
    taking.tick()
    taking.hear(Succession(C, D, None))
    taking.said.say("another's", ERASE_MS, A)
    taking.tick()
    assert taking.scrubbed == 0
    taking.said.say("e", ERASE_MS, C, D)
    for _ in range(4):
        taking.tick()
    assert taking.scrubbed == 2


def test_ticks_do_not_wake_who_moves_events(taking: Taking) -> None:
    taking.hear(Succession(A, B, None))
    woken = taking.rekeying.woken
    taking.said.say("e", ERASE_MS, A, B)
    for _ in range(3):
        taking.tick()
    assert taking.rekeying.woken == woken


def test_who_is_to_be_parted_stays_noted_until_that_is_done(taking: Taking) -> None:
    taking.hear(Succession(A, B, None))
    taking.hear(Succession(A, B, None, undone=True))
    taking.said.say("e", ERASE_MS, A)
    taking.tick()
    (undone,) = taking.store.to_part()
    assert undone == ToPart((A,), (B,))
    assert [each.worker_id for each in taking.store.to_move(100, 50)] == [B]
    taking.store.parted(undone)
    taking.tick()
    assert A not in texts(taking.database)


# Answers


def fault(row: int, field: str, reason: str) -> Fault:
    return Fault(row, field, reason, f"{field}: of {A}", f"{field}：属于 {A}")


def keep(answers: SqlAnswers, request_id: str, faults: Sequence[Fault], now_ms: int) -> None:
    verdicts = np.full(3 + len(faults), Verdict.ACCEPTED, dtype=np.uint8)
    verdicts[[each.row for each in faults]] = Verdict.REJECTED
    nothing = np.empty(0, dtype=np.uint64)
    answer = KeptAnswer("swift", request_id, 7, Answer(verdicts, list(faults)), 5)
    answers.keep([answer], Statements(nothing, nothing, nothing, nothing), now_ms)


def test_answers_keep_verdicts_fields_and_reasons_and_let_go_of_values_that_tell(
    database: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.intake.adapters.answers.WITHHELD_AT_ONCE", 2)
    answers = SqlAnswers(database)
    telling = [
        fault(0, "event_id", "EVENT_ID_REUSED"),
        fault(1, "worker_id", "CORRECTION_MOVES_EVENT"),
        fault(2, "order_id", "MALFORMED"),
        fault(3, "event_time", "EVENT_TIME_IN_FUTURE"),
    ]
    other = [Fault(4, "pay_fen", "OUT_OF_RANGE", "pay_fen: -5", "pay_fen：-5")]
    for number in range(5):
        keep(answers, f"r{number}", [*telling, *other], ERASE_MS - 1)
    keep(answers, "none", [], ERASE_MS - 1)
    keep(answers, "later", telling, ERASE_MS)
    before = answers.of_platform("swift", 0, 100)
    assert answers.withhold(ERASE_MS) == 5
    assert answers.withhold(ERASE_MS) == 0
    kept = answers.earlier([("swift", f"r{number}") for number in range(5)] + [("swift", "later")])
    for number in range(5):
        faults = kept["swift", f"r{number}"].answer.faults
        assert [(f.row, f.field, f.reason) for f in faults] == [
            (f.row, f.field, f.reason) for f in [*telling, *other]
        ]
        assert not any(A in f.message + f.zh for f in faults)
        assert faults[4] == other[0]
        assert all(f.reason in f.message and f.reason in f.zh for f in faults[:4])
    assert kept["swift", "later"].answer.faults == telling
    after = answers.of_platform("swift", 0, 100)
    for was, now in zip(before, after, strict=True):
        assert (was.accepted, was.duplicate, was.rejected) == (now.accepted, now.duplicate, now.rejected)
        assert (was.request_id, was.answer_ms, was.lag_ms) == (now.request_id, now.answer_ms, now.lag_ms)
