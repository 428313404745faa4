"""The registry's store on SQLite and on a real PostgreSQL: what goes in comes out, and in the outbox too."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import sqlalchemy as sa

from kit.directory.decode import entry_of
from kit.directory.entries import PartyEntry
from kit.storage.store import Store
from kit.storage.tables import OUTBOX
from quzhong.api.registry.v1 import registry_pb2 as pb
from services.registry.adapters.store import SqlRegistryStore
from services.registry.adapters.tables import AGREEMENT, METADATA, PARTY_VERSION
from services.registry.core.areas import Area, Areas
from services.registry.core.parties import Credential, Party, Role
from services.registry.core.party_history import PartyVersion
from services.registry.core.profiles import Licence, LicenceKind, Profile, ResponsiblePerson
from services.registry.core.thresholds import Declaration, Threshold
from services.registry.handlers import Registry
from services.registry.ports import EarlierAnswer, Request

LATE_MS = 4_000_000_000_000
PARTY = Party("platform-a", Role.PLATFORM, "甲", "A", ("130200", "130203"), LATE_MS)
FIRST = PartyVersion(PARTY, "administrator", LATE_MS)
CREDENTIAL = Credential("abc", "platform-a", b"\x00" * 32, LATE_MS)
SAID = Declaration("platform-a", "delivery_time", "130200", 1, 0, None, 1_800.5, LATE_MS)


@pytest.fixture
def database(database_url: str) -> Iterator[Store]:
    database = Store.open(database_url, METADATA)
    yield database
    database.close()


@pytest.fixture
def store(database: Store) -> SqlRegistryStore:
    return SqlRegistryStore(database, lambda: LATE_MS)


def test_what_is_put_comes_out(store: SqlRegistryStore) -> None:
    thresholds = [Threshold(SAID, 1, LATE_MS), Threshold(replace(SAID, distance_end_m=3_000), 1, LATE_MS)]
    with store.write() as transaction:
        transaction.put_party(FIRST)
        transaction.put_credential(CREDENTIAL)
        transaction.put_area(Area("130200", "", "唐山", "Tangshan"))
        transaction.put_area(Area("130200", "130000", "唐山市", "Tangshan"))
        for threshold in thresholds:
            transaction.put_threshold(threshold)
    with store.write() as transaction:
        transaction.put_credential(replace(CREDENTIAL, revoke_ms=LATE_MS + 1))
    with store.read() as view:
        assert view.party("platform-a") == PARTY
        assert view.parties() == [PARTY]
        assert view.credential("abc") == replace(CREDENTIAL, revoke_ms=LATE_MS + 1)
        assert view.areas() == [Area("130200", "130000", "唐山市", "Tangshan")]
        assert view.versions(SAID.threshold_id) == thresholds[:1]
        assert len(view.thresholds("", "")) == len(view.thresholds("platform-a", "delivery_time")) == 2
        assert view.thresholds("platform-b", "") == view.thresholds("", "mood") == []
        assert view.party("nobody") is None
        assert view.credential("none") is None


def test_a_party_keeps_every_version_and_the_log_holds_the_last_without_who_answers_for_it(
    store: SqlRegistryStore, database: Store
) -> None:
    profile = Profile(
        "91110000600037341L",
        (Licence(LicenceKind.BUSINESS, "130200000012345", None),),
        ResponsiblePerson("王某", "区域负责人"),
    )
    second = replace(PARTY, version=2, name_zh="甲公司", platform_ids=("platform-b",), profile=profile)
    amendment = PartyVersion(second, "administrator", LATE_MS + 5, "改名", ("name", "profile.licences"))
    with store.write() as transaction:
        transaction.put_party(FIRST)
    with store.write() as transaction:
        transaction.put_party(amendment)
    with store.read() as view:
        assert view.party("platform-a") == second
        assert view.parties() == [second]
        versions = sorted(view.party_versions("platform-a"), key=lambda one: one.party.version)
        assert versions == [FIRST, amendment]
        assert view.party_versions("nobody") == []
    with database.read() as connection:
        last = connection.execute(sa.select(OUTBOX.c.value).order_by(OUTBOX.c.id.desc())).first()
    assert last is not None
    published = pb.DirectoryEntry.FromString(bytes(last.value)).party
    assert published.profile.unified_social_credit_code == "91110000600037341L"
    assert not published.profile.HasField("responsible_person")
    entry = entry_of(bytes(last.value))
    assert isinstance(entry, PartyEntry)
    assert (entry.name_zh, entry.platform_ids) == ("甲公司", ("platform-b",))


def test_a_party_registered_before_history_was_kept_gets_its_first_version_with_the_second(
    store: SqlRegistryStore, database: Store
) -> None:
    with store.write() as transaction:
        transaction.put_party(FIRST)
    with database.transaction() as connection:
        connection.execute(sa.delete(PARTY_VERSION))
    legacy = PartyVersion(PARTY, "", LATE_MS)
    with store.read() as view:
        assert view.party("platform-a") == PARTY
        assert view.party_versions("platform-a") == [legacy]
    second = PartyVersion(replace(PARTY, version=2, name_en="B"), "administrator", LATE_MS)
    with store.write() as transaction:
        transaction.put_party(second)
        assert transaction.party_versions("platform-a") == [legacy, second]


def test_an_agreement_from_before_their_table_is_known_by_what_it_declared(
    store: SqlRegistryStore, database: Store
) -> None:
    with store.write() as transaction:
        transaction.put_party(FIRST)
        transaction.put_threshold(Threshold(SAID, 1, LATE_MS))
        transaction.put_threshold(Threshold(replace(SAID, value=1_900.0), 2, LATE_MS, "c-2025"))
        transaction.put_agreement("c-2026", "platform-a")
        transaction.put_agreement("c-2025", "platform-a")
        transaction.put_agreement("c-2026", "platform-a")
    with store.read() as view:
        known = {each: view.agreed_platform(each) for each in ("c-2025", "c-2026", "c-none", "", "nul\0")}
    assert known == {
        "c-2025": "platform-a", "c-2026": "platform-a", "c-none": None, "": None, "nul\0": None,
    }  # fmt: skip
    with database.read() as connection:
        assert connection.scalars(sa.select(AGREEMENT.c.consultation_id)).all() == ["c-2026"]


def test_every_entity_put_is_a_record_for_the_log_under_its_own_key(
    store: SqlRegistryStore, database: Store
) -> None:
    with store.write() as transaction:
        transaction.put_area(Area("130200", "", "唐山市", "Tangshan"))
        transaction.put_party(FIRST)
        transaction.put_credential(CREDENTIAL)
        transaction.put_threshold(Threshold(SAID, 1, LATE_MS))
    with database.read() as connection:
        rows = connection.execute(sa.select(OUTBOX).order_by(OUTBOX.c.id)).all()
    assert [bytes(row.key).decode() for row in rows] == [
        "area/130200",
        "party/platform-a",
        "credential/abc",
        "threshold/platform-a.delivery_time.130200.food_delivery.0-/v1",
    ]
    assert [type(entry_of(bytes(row.value))).__name__ for row in rows] == [
        "AreaEntry",
        "PartyEntry",
        "CredentialEntry",
        "ThresholdEntry",
    ]


def test_what_is_rolled_back_leaves_neither_row_nor_record(store: SqlRegistryStore, database: Store) -> None:
    def put_twice() -> None:
        with store.write() as transaction:
            transaction.put_party(FIRST)
            transaction.put_party(FIRST)

    with pytest.raises(sa.exc.IntegrityError):
        put_twice()
    with store.read() as view:
        assert view.parties() == []
    with database.read() as connection:
        assert connection.execute(sa.select(OUTBOX.c.id)).first() is None


def test_an_answer_is_kept_by_caller_and_request_until_it_is_too_old(store: SqlRegistryStore) -> None:
    with store.write() as transaction:
        transaction.keep_answer(Request("a", "r1", b"1"), "x", now_ms=LATE_MS, keep_ms=100)
        transaction.keep_answer(Request("b", "r1", b"2"), "y", now_ms=LATE_MS + 60, keep_ms=100)
        assert transaction.earlier_answer("a", "r1") == EarlierAnswer(b"1", "x")
        transaction.keep_answer(Request("a", "r2", b"3"), "z", now_ms=LATE_MS + 101, keep_ms=100)
        assert transaction.earlier_answer("a", "r1") is None
        assert transaction.earlier_answer("b", "r1") == EarlierAnswer(b"2", "y")


class Published:
    """Nobody waits for the log here."""

    def wait(self) -> bool:
        return True


def test_declarations_at_once_get_versions_without_gaps_on_either(store: SqlRegistryStore) -> None:
    registry = Registry(store, Published(), Areas([("130200", "唐山市", "Tangshan")]), lambda: LATE_MS)
    with store.write() as transaction:
        transaction.put_party(FIRST)

    def declare(number: int) -> int:
        said = replace(SAID, value=1_800.0 + number, effective_ms=LATE_MS + number)
        return registry.declare_threshold(Request("platform-a", f"r{number}", b""), said).version

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(declare, range(24))) == list(range(1, 25))
