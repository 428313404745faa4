"""A worker's data are removed on request: findings stay as facts of nobody, and cases as they were."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import sqlalchemy as sa
from google.protobuf.timestamp_pb2 import Timestamp
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.erasure import Erased, worker_sha256
from kit.eventlog.memory import MemoryEventLog
from kit.eventlog.port import NewRecord, Record
from kit.eventlog.topics import FINDINGS as FINDINGS_TOPIC
from kit.eventlog.topics import REGISTRY
from kit.storage.scrubbing import Scrubbing
from kit.storage.store import Store
from kit.storage.tables import OUTBOX
from quzhong.api.events.v1 import findings_pb2 as events
from quzhong.api.notify.v1 import casework_pb2 as pb
from quzhong.api.notify.v1 import notify_pb2
from quzhong.api.registry.v1 import erasures_pb2, registry_pb2
from services.notify.adapters.book import SqlBook
from services.notify.adapters.casework_book import SqlCaseworkBook
from services.notify.adapters.erasing import SqlErasing
from services.notify.adapters.tables import ALERTS, CASE_STEPS, CASES, FINDINGS, METADATA, NOTICES
from services.notify.consumer import CaseKeeper, decode, decode_without
from services.notify.core.findings import Severity, first_ms, local_day
from services.notify.core.replies import ERASED, AppealState, FindingAppeal
from services.notify.erased_findings import CHANGE, STAYS
from services.notify.messages import report_of
from services.notify.ports import ActivityCount, Report
from tests.integration.notify.case_suite import (
    DAY_MS,
    FIRST_NOON_MS,
    H_MS,
    LONG_AFTER_MS,
    PLACE,
    RULE,
    Desk,
    count,
)
from tests.integration.notify.notify_suite import (
    NOON_MS,
    activity,
    eventually,
    finding,
    prepared,
    running_notify,
)
from tests.support.erasures import SaidErasures

WORKERS = [f"pseudonym-of-worker-{number}" for number in range(4)]


def said(
    number: int, worker: str, day: int = 0, *, revision: int = 1, stands: bool = True, hours: int = 4
) -> events.Finding:
    """A finding at noon, or thereabouts, of a spell of so many hours."""
    at_ms = FIRST_NOON_MS + day * DAY_MS + number * 60_000
    message = finding(f"f{number}", worker=worker, revision=revision, stands=stands, at_ms=at_ms)
    message.rule_id = RULE
    message.create_time.FromMilliseconds(at_ms + 1_500)
    message.working_time.spell_start_time.FromMilliseconds(at_ms - hours * H_MS)
    message.working_time.event_ids[:] = [f"swift/event-of-{worker}"]
    return message


def report(message: events.Finding) -> Report:
    return report_of(message.SerializeToString())


# Whatever was kept, and in whatever order


class Erasure(NamedTuple):
    worker: str
    erase_ms: int


some_findings = st.lists(
    st.builds(
        said,
        st.integers(0, 7),
        st.sampled_from(WORKERS),
        st.integers(0, 3),
        revision=st.integers(1, 3),
        stands=st.sampled_from([True, True, False]),
    ),
    max_size=14,
    # One worker and one day a finding: they are functions of it.
).map(lambda messages: [_of_one_worker(message) for message in messages])
some_erasures = st.lists(
    st.builds(
        Erasure,
        st.sampled_from(WORKERS),
        # Of one who works on, the later findings are another's: of all of them, or of none.
        st.sampled_from([FIRST_NOON_MS + 9 * DAY_MS, FIRST_NOON_MS + 9 * DAY_MS, FIRST_NOON_MS - DAY_MS]),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda erasure: erasure.worker,
)
COUNTS = [count(day, 100) for day in range(5)]


def _of_one_worker(message: events.Finding) -> events.Finding:
    number = int(message.finding_id[1:])
    right = said(number, WORKERS[number % 4], number % 3, revision=message.revision)
    right.state = message.state
    return right


def is_gone(message: events.Finding, erasures: Sequence[Erasure]) -> bool:
    begins_ms = message.working_time.spell_start_time.ToMilliseconds()
    return any(each.worker == message.worker_id and begins_ms < each.erase_ms for each in erasures)


class Work:
    """Notify's handler without its loop."""

    def __init__(self, store: Store, erased: Erased) -> None:
        self.desk = Desk(store)
        self._store = store
        self._decode = decode_without(erased)
        self._keeper = CaseKeeper(
            self.desk._work(),
            SqlBook,
            lambda _, notices: self.desk.sent.extend(notices),
            after_commit=lambda: None,
            erasing=SqlErasing(erased),
            scrubbing=Scrubbing(store.scrub),
        )

    def say(self, *told: events.Finding | ActivityCount) -> None:
        record = Record(FINDINGS_TOPIC.name, 0, 0, b"", b"", {}, 0)
        heard = [
            each
            if isinstance(each, ActivityCount)
            else self._decode(replace(record, value=each.SerializeToString()))
            for each in told
        ]
        with self._store.transaction() as connection:
            self._keeper.handle(connection, [(record, each) for each in heard])
        self._keeper.committed()

    def tick(self) -> None:
        self.desk.now_ms += H_MS
        with self._store.transaction() as connection:
            self._keeper.tick(connection)
        self._keeper.committed()

    def taken_over(self) -> None:
        with self._store.transaction() as connection:
            self._keeper.restore(connection, [])


def tallies(store: Store) -> list[Any]:
    """All that cases are judged by."""
    with store.read() as connection:
        book = SqlBook(connection)
        tally = book.tally(PLACE, Severity.PROMPT, date.min)
        days = [each.day for each in book.standing(PLACE, Severity.PROMPT, date.min)]
        windows = [
            book.workers(PLACE, Severity.PROMPT, first, last) for first in set(days) for last in set(days)
        ]
        latest = local_day(tally.latest_event_ms)
    return [replace(tally, latest_event_ms=0), latest, sorted(days), windows]


def content(store: Store, *tables: sa.Table) -> list[Any]:
    with store.read() as connection:
        return [
            [tuple(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key))]
            for table in tables
        ]


@settings(max_examples=30, deadline=None)
@given(some_findings, some_erasures, st.data())
def test_tallies_steps_and_letters_are_the_same_whatever_was_heard_first(
    messages: list[events.Finding], erasures: list[Erasure], data: st.DataObject
) -> None:
    before = data.draw(st.integers(0, len(messages)))
    with tempfile.TemporaryDirectory() as folder:
        stores = [Store.open(f"sqlite:///{folder}/{name}.db", METADATA) for name in "abc"]
        erased = SaidErasures()
        nobody, some, all_of_them = (
            Work(stores[0], Erased(SaidErasures())),
            Work(stores[1], Erased(erased)),
            Work(stores[2], Erased(erased)),
        )
        for work in (nobody, some):
            work.say(*COUNTS, *messages[:before])
            work.tick()
        for number, each in enumerate(erasures):
            erased.say(f"erasure-{number}", each.erase_ms, each.worker)
        for work in (nobody, some):
            work.tick()
            work.say(*messages[before:])
            work.tick()
        all_of_them.say(*COUNTS, *messages)
        all_of_them.tick()
        as_it_was = tallies(stores[0])
        assert tallies(stores[1]) == tallies(stores[2]) == as_it_was
        assert some.desk.sent == nobody.desk.sent
        assert content(stores[1], NOTICES) == content(stores[0], NOTICES)
        assert content(stores[1], FINDINGS) == content(stores[2], FINDINGS)
        last = {
            message.finding_id: message for message in sorted(messages, key=lambda each: each.revision)
        }  # of equal ones the first holds: they differ in their state alone
        for row in content(stores[1], FINDINGS)[0]:
            gone = is_gone(last[row[0]], erasures)
            kept = events.Finding.FromString(row[-1])
            assert kept.worker_id.startswith("erasure-" if gone else "pseudonym-")
            assert kept.HasField("working_time") is not gone
        gone_for_good = {each.worker for each in erasures if each.erase_ms > FIRST_NOON_MS}
        for file in Path(folder).glob("[bc].db*"):
            assert not any(worker.encode() in file.read_bytes() for worker in gone_for_good)
        for store in stores:
            store.close()


def test_who_works_on_counts_as_somebody_else() -> None:
    with tempfile.TemporaryDirectory() as folder:
        store, erased = Store.open(f"sqlite:///{folder}/a.db", METADATA), SaidErasures()
        work = Work(store, Erased(erased))
        work.say(*COUNTS, said(0, WORKERS[0], 0), said(1, WORKERS[0], 1))
        erased.say("erasure-1", FIRST_NOON_MS + DAY_MS + H_MS, WORKERS[0])
        work.tick()
        assert tallies(store)[0].workers == 1
        work.say(said(2, WORKERS[0], 2))
        assert tallies(store)[0].workers == 2
        store.close()


def test_a_fact_is_left_of_a_finding_and_nothing_else() -> None:
    message, erased = said(1, WORKERS[1], hours=30), SaidErasures()
    message.changes.append("event_ids: late swift/e9")
    erased.say("erasure-1", FIRST_NOON_MS, "another pseudonym of the worker", WORKERS[1])
    record = Record(FINDINGS_TOPIC.name, 0, 0, message.SerializeToString(), b"", {}, 0)
    heard = decode_without(Erased(erased))(record)
    assert isinstance(heard, Report)
    midnight = first_ms(local_day(message.event_time.ToMilliseconds()))
    day = Timestamp()
    day.FromMilliseconds(midnight)
    left = {name: getattr(message, name) for name in STAYS}
    assert events.Finding.FromString(heard.message) == events.Finding(
        **left, worker_id="erasure-1", changes=[CHANGE], event_time=day, create_time=day
    )
    as_it_came = decode(record)
    assert isinstance(as_it_came, Report)
    assert heard.finding == replace(as_it_came.finding, worker_id="erasure-1", event_time_ms=midnight)
    assert report_of(heard.message).finding == heard.finding, "past findings are read from there"


@pytest.mark.parametrize(
    ("erase_ms", "goes"),
    [
        (FIRST_NOON_MS - 4 * H_MS, False),  # the spell began then
        (FIRST_NOON_MS - 4 * H_MS + 1, True),
        (FIRST_NOON_MS + 1, True),
    ],
)
def test_a_spell_that_begins_before_the_erasure_goes_and_a_later_one_is_any_worker_s(
    erase_ms: int, goes: bool
) -> None:
    erased = SaidErasures()
    erased.say("erasure-1", erase_ms, WORKERS[0])
    record = Record(FINDINGS_TOPIC.name, 0, 0, said(0, WORKERS[0]).SerializeToString(), b"", {}, 0)
    heard = decode_without(Erased(erased))(record)
    assert isinstance(heard, Report)
    assert heard.finding.worker_id == ("erasure-1" if goes else WORKERS[0])


# Over both databases


def disputed(store: Store) -> Work:
    """Findings of two workers, both disputed, with what the requests were answered with."""
    work = Work(store, Erased(SaidErasures()))
    work.say(*COUNTS, said(1, WORKERS[1]), said(2, WORKERS[2]))
    with store.transaction() as connection:
        book = SqlCaseworkBook(connection)
        case = book.case(PLACE)
        assert case is not None
        for number, method in ((1, pb.AppealFindingResponse), (2, pb.DecideFindingAppealResponse)):
            grounds = f"骑手 {WORKERS[number]} 当时已下线"
            appeal = FindingAppeal(
                f"a{number}",
                case.case_id,
                f"f{number}",
                1,
                AppealState.FILED,
                grounds,
                "swift",
                LONG_AFTER_MS,
            )
            book.save_appeal(appeal)
            answer = method(appeal=pb.FindingAppeal(appeal_id=f"a{number}", grounds=grounds, actor="swift"))
            book.keep_answer("swift", f"r{number}", b"hash", answer.SerializeToString(), LONG_AFTER_MS)
        book.keep_answer("swift", "r3", b"hash", b"", LONG_AFTER_MS)
    return work


def test_alerts_and_appeals_are_of_nobody_and_cases_stand(store: Store) -> None:
    disputed(store).tick()
    cases = content(store, CASES, CASE_STEPS, NOTICES)
    erased = SaidErasures()
    erased.say("erasure-1", LONG_AFTER_MS, WORKERS[1])
    work = Work(store, Erased(erased))
    work.tick()
    for again in (False, True):
        if again:
            work.taken_over()
            work.tick()
        with store.read() as connection:
            book = SqlCaseworkBook(connection)
            known = book.findings({"f1", "f2"})
            assert {key: each.worker_id for key, each in known.items()} == {
                "f1": "erasure-1",
                "f2": WORKERS[2],
            }
            appeals = [book.appeal(f"a{number}") for number in (1, 2)]
            assert [each and each.grounds for each in appeals] == [ERASED, f"骑手 {WORKERS[2]} 当时已下线"]
            answers = [book.earlier_answer("swift", f"r{number}", 0) for number in (1, 2, 3)]
            told = connection.execute(
                sa.select(ALERTS.c.finding_id, ALERTS.c.event_time_ms).where(ALERTS.c.finding_id != "")
            )
            moments = {row.finding_id: row.event_time_ms for row in told}
            assert not connection.execute(sa.select(OUTBOX)).first()
        first = pb.AppealFindingResponse.FromString(answers[0].response if answers[0] else b"").appeal
        assert (first.appeal_id, first.grounds, first.actor) == ("a1", ERASED, "swift")
        assert WORKERS[2].encode() in (answers[1].response if answers[1] else b"")
        assert answers[2] is not None
        assert answers[2].response == b""
        noon = FIRST_NOON_MS + 2 * 60_000
        assert moments == {"f1": first_ms(local_day(FIRST_NOON_MS)), "f2": noon}
        assert content(store, CASES, CASE_STEPS, NOTICES) == cases


def test_what_comes_back_with_an_older_store_is_erased_again(store: Store) -> None:
    erased = SaidErasures()
    erased.say("erasure-1", LONG_AFTER_MS, WORKERS[1])
    work = Work(store, Erased(erased))
    work.tick()
    with store.transaction() as connection:
        SqlBook(connection).save_findings([report(said(1, WORKERS[1]))])
    work.tick()
    work.taken_over()
    work.tick()
    with store.read() as connection:
        assert connection.scalars(sa.select(FINDINGS.c.worker_id)).all() == ["erasure-1"]


# The service


def test_a_case_is_read_as_before_and_names_nobody_once_the_registry_says_so(tmp_path: Path) -> None:
    log = MemoryEventLog()
    given_tokens = prepared(log)
    with running_notify(log, tmp_path, given_tokens) as notify:
        notify.say(activity(100), *(finding(f"f{n}", worker=WORKERS[n]) for n in range(3)))
        (case,) = notify.as_("tangshan").call("ListCases", notify_pb2.ListCasesRequest()).cases
        erasure = erasures_pb2.Erasure(erasure_id="erasure-1", worker_sha256=[worker_sha256(WORKERS[1])])
        erasure.erase_time.FromMilliseconds(NOON_MS + 1)
        entry = registry_pb2.DirectoryEntry(erasure=erasure)
        log.append([NewRecord(REGISTRY.name, entry.SerializeToString(), key=b"erasure/1")])

        def workers() -> list[str]:
            file = notify.as_("tangshan").call("GetCase", notify_pb2.GetCaseRequest(case_id=case.case_id))
            assert file.case == case
            return sorted(each.worker_id for each in file.findings)

        eventually(lambda: workers() == sorted(["erasure-1", WORKERS[0], WORKERS[2]]))
        eventually(
            lambda: not any(WORKERS[1].encode() in file.read_bytes() for file in tmp_path.glob("*.db*"))
        )
        notify.say(finding("f1", worker=WORKERS[1], revision=2))
        assert workers() == sorted(["erasure-1", WORKERS[0], WORKERS[2]])
