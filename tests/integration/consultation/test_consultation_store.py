"""Consultations and appeals on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import sqlalchemy as sa

from kit.eventlog.topics import AGREEMENTS
from kit.requests import KEEP_MS
from kit.security.caller import Caller, Role
from kit.storage.store import Store
from kit.storage.tables import OUTBOX
from quzhong.api.algo_audit.v1 import algo_audit_pb2
from quzhong.api.algo_audit.v1 import consultation_pb2 as pb
from services.algo_audit.adapters.answers import SqlAnswers
from services.algo_audit.adapters.appeals import SqlAppealBook
from services.algo_audit.adapters.consultation_tables import CONSULTATION
from services.algo_audit.adapters.consultations import SqlConsultations
from services.algo_audit.adapters.tables import METADATA
from services.algo_audit.appeal_ports import AppealFilter
from services.algo_audit.consultation_ports import FrozenPack, OfferEffect
from services.algo_audit.consultation_reading import sees
from services.algo_audit.core import appeal as appeals
from services.algo_audit.core.agenda import Topic
from services.algo_audit.core.cohort_keys import DAY_MS
from services.algo_audit.core.consultation import (
    Consultation,
    Frozen,
    State,
    Subject,
    agreed,
    failed,
    offered,
    opened,
)
from services.algo_audit.core.proposal import Proposal
from services.algo_audit.mutations import EarlierAnswer, Mutation

NOW_MS = 4_000_032_000_000
"""Beyond 32 bits, and a midnight in Asia/Shanghai: offers begin with a day."""
SUBJECT = Subject("swift", "city-union", Topic.TIME_AND_ROUTING, "delivery_time", "130200")
PACK = FrozenPack("audit-1", "data-1", 5, 9, pb.Pack(title_zh="材料").SerializeToString(), b"\x00sorted\xff")
PROPOSALS = [
    Proposal("delivery_time", "130200", 1, 0, 3_000, 1_800.5),
    Proposal("delivery_time", "130200", 1, 3_000, None, 2_700.0),
]


@pytest.fixture
def database(database_url: str) -> Iterator[Store]:
    database = Store.open(database_url, METADATA)
    yield database
    database.close()


@pytest.fixture
def store(database: Store) -> SqlConsultations:
    return SqlConsultations(database)


def new(name: str, subject: Subject = SUBJECT) -> Consultation:
    return opened(name, subject, Frozen(5, 9, "audit-1", "data-1"), subject.union_id, "请协商", NOW_MS)


def add(store: SqlConsultations, *consultations: Consultation) -> None:
    for consultation in consultations:
        with store.transaction() as connection:
            store.add(connection, consultation, PACK)


def test_every_step_comes_out_as_it_went_in(store: SqlConsultations) -> None:
    consultation = new("c-1")
    add(store, consultation)
    effect = pb.OfferEffect(cohort="0-1000", what_if=algo_audit_pb2.WhatIf(threshold=1_800.5))
    standing = offered(consultation, "swift", PROPOSALS, NOW_MS + DAY_MS, "一", NOW_MS)
    for step in (standing, agreed(standing, "city-union", 1, "好", NOW_MS + 1)):
        with store.transaction() as connection:
            store.put(connection, step)
            if step.state is State.OPEN:
                effects = [OfferEffect(1, "0-1000", None, False, effect.SerializeToString())]
                store.add_effects(connection, "c-1", 1, effects)
        with store.reading() as connection:
            assert store.find(connection, "c-1") == step
            assert store.frozen(connection, "c-1") == PACK
            (kept,) = store.effects(connection, "c-1")[1]
            assert pb.OfferEffect.FromString(kept) == pb.OfferEffect(
                cohort="0-1000", what_if=effect.what_if, threshold_index=1
            )
    with store.reading() as connection:
        assert store.find(connection, "c-2") is None
        assert store.frozen(connection, "c-2") is None
        assert store.effects(connection, "c-2") == {}


def test_an_agreement_leaves_with_the_commit_or_not_at_all(store: SqlConsultations, database: Store) -> None:
    add(store, new("c-1"))
    standing = offered(new("c-1"), "swift", PROPOSALS, NOW_MS + DAY_MS, "", NOW_MS)
    done = agreed(standing, "city-union", 1, "", NOW_MS + 1)

    def crash() -> None:
        with store.transaction() as connection:
            store.put(connection, done)
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        crash()
    assert outgoing(database) == []
    with store.reading() as connection:
        assert store.find(connection, "c-1") == new("c-1")
    with store.transaction() as connection:
        store.put(connection, done)
    ((topic, key, value),) = outgoing(database)
    assert (topic, key) == (AGREEMENTS.name, b"swift")
    agreement = pb.Agreement.FromString(value)
    assert (agreement.consultation_id, agreement.union_id) == ("c-1", "city-union")
    assert [(one.value, one.distance_end_m) for one in agreement.thresholds] == [(1_800.5, 3_000), (2_700, 0)]
    assert agreement.effective_time.ToMilliseconds() == NOW_MS + DAY_MS
    assert agreement.create_time.ToMilliseconds() == NOW_MS + 1


def outgoing(database: Store) -> list[tuple[str, bytes, bytes]]:
    with database.read() as connection:
        rows = connection.execute(sa.select(OUTBOX).order_by(OUTBOX.c.id)).all()
    return [(row.topic, bytes(row.key), bytes(row.value)) for row in rows]


def test_the_database_itself_lets_one_be_open_for_each_subject(store: SqlConsultations) -> None:
    add(store, new("c-1"))
    with pytest.raises(sa.exc.IntegrityError):
        add(store, new("c-2"))
    with store.transaction() as connection:
        store.put(connection, failed(new("c-1"), "swift", "no", NOW_MS))
        assert store.open_on(connection, "swift", "delivery_time", "130200") is None
    add(store, new("c-2"))
    with store.reading() as connection:
        assert store.open_on(connection, "swift", "delivery_time", "130200") == new("c-2")


PARTIES = [
    Caller("swift", Role.PLATFORM, ("130200",)),
    Caller("steady", Role.PLATFORM, ("130200", "110000")),
    Caller("city-union", Role.UNION, ("130200",)),
    Caller("lubei-union", Role.UNION, ("130203",)),
    Caller("moved-union", Role.UNION, ("110000",)),
    Caller("hebei", Role.REGULATOR, ("130000",)),
    Caller("qianan", Role.REGULATOR, ("130283",)),
    Caller("admin", Role.ADMINISTRATOR),
    Caller("suite", Role.SERVICE),
]


@pytest.mark.parametrize("caller", PARTIES, ids=lambda caller: caller.party_id)
def test_the_list_holds_exactly_what_may_be_read_one_by_one(store: SqlConsultations, caller: Caller) -> None:
    all_of_them = [
        new(f"c-{platform}-{area}", replace(SUBJECT, platform_id=platform, union_id=union, area_code=area))
        for platform, union in (("swift", "city-union"), ("steady", "moved-union"))
        for area in ("130000", "130200", "130203", "130283", "110000")
    ]
    add(store, *all_of_them)
    with store.reading() as connection:
        page = store.page(connection, caller, "", None, None, 100)
        assert [kept.consultation for kept in page] == [
            one for one in reversed(all_of_them) if sees(caller, one)
        ]
        assert store.page(connection, caller, "", None, None, 3) == page[:3]
        if page:
            assert store.page(connection, caller, "", None, page[0].number, 100) == page[1:]
        of_swift = store.page(connection, caller, "swift", State.OPEN, None, 100)
        assert of_swift == [kept for kept in page if kept.consultation.subject.platform_id == "swift"]
        assert store.page(connection, caller, "", State.FAILED, None, 100) == []


def test_the_course_of_a_platform_has_its_last_end_and_what_is_open(store: SqlConsultations) -> None:
    add(store, *(new(f"c-{n}", replace(SUBJECT, area_code=f"13020{n}")) for n in range(2, 6)))
    with store.transaction() as connection:
        for number, end_ms in ((2, NOW_MS + 5), (3, NOW_MS + 3)):
            ended = store.find(connection, f"c-{number}")
            assert ended is not None
            store.put(connection, failed(ended, "swift", "no", end_ms))
    with store.reading() as connection:
        (course,) = store.courses(connection, ["swift", "steady"]).values()
        assert course.last_end_ms == NOW_MS + 5
        assert [one.consultation_id for one in course.open] == ["c-4", "c-5"]


def test_writers_at_once_number_consultations_without_gaps(store: SqlConsultations, database: Store) -> None:
    subjects = [replace(SUBJECT, platform_id=f"platform-{number:02}") for number in range(24)]

    def write(number: int) -> None:
        add(store, new(f"c-{number}", subjects[number]))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(24)))
    with database.read() as connection:
        numbers = connection.scalars(sa.select(CONSULTATION.c.number)).all()
    assert sorted(numbers) == list(range(1, 25))


def test_answers_are_kept_by_party_and_request_for_seven_days(database: Store) -> None:
    answers, late_ms = SqlAnswers(), NOW_MS + KEEP_MS
    first, other = Mutation("a", "r-1", b"\x00"), Mutation("b", "r-1", b"\x01")
    with database.transaction() as connection:
        answers.keep(connection, first, "c-1", NOW_MS)
        answers.keep(connection, other, "c-2", late_ms)
        assert answers.earlier(connection, first) == EarlierAnswer(b"\x00", "c-1")
        assert answers.earlier(connection, other) == EarlierAnswer(b"\x01", "c-2")
        answers.keep(connection, Mutation("a", "r-2", b""), "c-3", late_ms + 1)
        assert answers.earlier(connection, first) is None


def appeal(name: str, worker: int, create_ms: int = NOW_MS, platform_id: str = "swift") -> appeals.Appeal:
    penalty = appeals.Penalty(platform_id, f"pseudonym-{worker:08}", "", 500)
    return appeals.filed(name, penalty, "理由", "city-union", create_ms, 100)


def test_appeals_come_out_as_they_went_in_and_are_counted(database: Store) -> None:
    book = SqlAppealBook(database)
    filed = [appeal(f"a-{number}", number % 3, NOW_MS + number) for number in range(6)]
    filed.append(appeal("a-6", 9, NOW_MS, "steady"))
    filed[2] = appeals.answered(filed[2], "swift", 2, "撤销", NOW_MS + 50)
    filed[3] = appeals.answered(filed[3], "swift", 3, "维持", NOW_MS + 500)
    with book.transaction() as connection:
        for one in filed:
            book.add(connection, replace(one, state=appeals.State.FILED, reply="", reply_ms=None))
        for one in filed:
            book.put(connection, one)
    asked = AppealFilter(["swift"], "", None, overdue_only=False, before=None, limit=9)
    with book.reading() as connection:
        assert [book.find(connection, one.appeal_id) for one in filed] == filed
        assert book.find(connection, "a-9") is None
        for now_ms in (NOW_MS, NOW_MS + 101, NOW_MS + 9_999):
            late = [one for one in filed[:6] if one.overdue(now_ms)]
            overdue = book.page(connection, replace(asked, overdue_only=True), now_ms)
            assert [kept.appeal for kept in overdue] == late[::-1]
            counts, workers = book.counts(connection, "swift", None, None, now_ms)
            assert counts == appeals.AppealCounts(6, 1, 1, len(late))
            assert workers == 3
        assert book.counts(connection, "swift", NOW_MS + 1, NOW_MS + 3, NOW_MS)[0].filed == 2
        assert book.counts(connection, "nobody", None, None, NOW_MS) == (appeals.AppealCounts(), 0)
        everywhere = replace(asked, platform_ids=None)
        own, others = (replace(everywhere, filed_by=union) for union in ("city-union", "lubei-union"))
        assert len(book.page(connection, everywhere, NOW_MS)) == len(book.page(connection, own, NOW_MS)) == 7
        assert len(book.page(connection, replace(own, platform_ids=["steady"]), NOW_MS)) == 1
        assert book.page(connection, others, NOW_MS) == []
        same, other = filed[0].penalty, replace(filed[0].penalty, order_id="order-9")
        assert book.unanswered(connection, same) == "a-0"
        assert book.unanswered(connection, other) is None
        assert book.unanswered(connection, replace(same, platform_id="steady")) is None
        assert book.page(connection, replace(asked, platform_ids=[]), NOW_MS) == []
        upheld = book.page(connection, replace(asked, state=appeals.State.UPHELD), NOW_MS)
        assert [(kept.appeal.appeal_id, kept.number) for kept in upheld] == [("a-2", 3)]
