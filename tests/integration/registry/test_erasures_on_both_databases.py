"""A worker's data removed from the registry's store, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa

from kit.clock import show
from kit.directory.decode import entry_of
from kit.directory.entries import ErasureEntry
from kit.erasure import worker_sha256
from kit.errors import AlreadyExistsError, FailedPreconditionError, InvalidArgumentError, LogUnavailableError
from kit.storage.scrubbing import Scrubbing
from kit.storage.store import Store
from kit.storage.tables import OUTBOX
from services.registry.adapters.erasure_store import SqlErasureStore
from services.registry.adapters.pseudonym_links import SqlPseudonymLinks
from services.registry.adapters.schema import SCHEMA
from services.registry.adapters.store import SqlRegistryStore
from services.registry.adapters.worker_code_store import SqlWorkerCodeStore
from services.registry.core.erasures import MOST_PSEUDONYMS, Erasure
from services.registry.core.parties import Party, Role
from services.registry.core.party_history import PartyVersion
from services.registry.core.pseudonym_links import Link
from services.registry.core.worker_codes import WorkerCode
from services.registry.erasures.handlers import GONE_MS, Erasures
from services.registry.ports import Request
from services.registry.pseudonyms.ports import KnownLink, Undone
from tests.integration.registry.told_nobody import Kept, Published

NOW_MS = 4_000_000_000_000
FIRST, SECOND, THIRD = (f"pseudonym-of-key-{number}" for number in (1, 2, 3))
OTHER, OTHER_LATER = "pseudonym-of-somebody", "pseudonym-of-somebody-2"
REASON = "本人书面申请"


@dataclass
class Desk:
    database: Store
    erasures: Erasures
    ledger: Kept
    links: SqlPseudonymLinks
    codes: SqlWorkerCodeStore
    now_ms: int = NOW_MS

    def erase(self, worker_id: str, request_id: str = "r", content: bytes = b"") -> Erasure:
        return self.erasures.erase(Request("administrator", request_id, content), worker_id, REASON)

    def link(self, version: int, *pairs: tuple[str, str]) -> None:
        with self.links.write() as transaction:
            transaction.put_links("swift", version, [Link(*pair) for pair in pairs], NOW_MS, None)

    def undo(self, version: int, old: str, new: str) -> None:
        with self.links.write() as transaction:
            known = KnownLink(Link(old, new), "swift", NOW_MS)
            transaction.undo_link(version, Undone(known, "administrator", "wrong", NOW_MS))

    def code(self, worker_id: str, code_id: str) -> None:
        with self.codes.write() as transaction:
            transaction.put_worker_code(
                WorkerCode(code_id, code_id.encode(), "swift", worker_id, "asked", NOW_MS, NOW_MS + 1)
            )

    def rows(self) -> str:
        """All there is in the registry's tables, and in the ledger."""
        with self.database.read() as connection:
            found = {
                name: connection.execute(sa.select(table)).all()
                for name, table in SCHEMA.metadata.tables.items()
            }
        return f"{found}{self.ledger.acts}"

    def told(self) -> list[ErasureEntry]:
        """What goes to topic registry of erasures."""
        query = sa.select(OUTBOX.c.key, OUTBOX.c.value).where(OUTBOX.c.topic == "registry")
        with self.database.read() as connection:
            records = connection.execute(query.order_by(OUTBOX.c.id)).all()
        entries = [(bytes(record.key).decode(), entry_of(bytes(record.value))) for record in records]
        assert all(
            key == f"erasure/{entry.erasure_id}" for key, entry in entries if isinstance(entry, ErasureEntry)
        )
        return [entry for _, entry in entries if isinstance(entry, ErasureEntry)]


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    database, ledger = Store.open(database_url, SCHEMA), Kept()

    def clock() -> int:
        return made.now_ms

    registry = SqlRegistryStore(database, clock)
    made = Desk(
        database,
        Erasures(SqlErasureStore(database, clock, ledger), Published(), clock),
        ledger,
        SqlPseudonymLinks(database, registry),
        SqlWorkerCodeStore(database, clock, str.upper, ledger),
    )
    with registry.write() as transaction:
        party = Party("swift", Role.PLATFORM, "迅捷", "Swift", ("130200",), NOW_MS)
        transaction.put_party(PartyVersion(party, "administrator", NOW_MS))
    yield made
    database.close()


def keep_of_both(desk: Desk) -> None:
    """Codes and links of a worker of three keys, and of another."""
    desk.link(1, (FIRST, SECOND), (OTHER, OTHER_LATER))
    desk.link(2, (SECOND, THIRD))
    desk.link(3, (THIRD, OTHER))  # which was wrong
    desk.undo(3, THIRD, OTHER)
    for worker_id in (FIRST, THIRD, OTHER):
        desk.code(worker_id, f"code-of-{worker_id[-8:]}")


@pytest.mark.parametrize("worker_id", [FIRST, SECOND, THIRD])
def test_nothing_is_left_of_any_pseudonym_and_everything_of_others(desk: Desk, worker_id: str) -> None:
    keep_of_both(desk)
    erasure = desk.erase(worker_id)
    assert set(erasure.worker_sha256) == {worker_sha256(each) for each in (FIRST, SECOND, THIRD)}
    assert list(erasure.worker_sha256) == sorted(erasure.worker_sha256)
    left = desk.rows()
    assert not any(each in left for each in (FIRST, SECOND, THIRD))
    with desk.codes.read() as view:
        assert [each.worker_id for each in view.worker_codes([OTHER], 0)] == [OTHER]
        assert view.pseudonyms_of(OTHER) == [OTHER_LATER, OTHER]


def test_every_service_is_told_by_hashes(desk: Desk) -> None:
    keep_of_both(desk)
    erasure = desk.erase(FIRST)
    assert desk.told() == [
        ErasureEntry(erasure.erasure_id, erasure.worker_sha256, NOW_MS, NOW_MS + 93 * 86_400_000)
    ]
    assert erasure.gone_ms - erasure.erase_ms == GONE_MS


def test_the_ledger_tells_that_when_and_why_and_not_whose(desk: Desk) -> None:
    keep_of_both(desk)
    erasure = desk.erase(SECOND)
    (act,) = desk.ledger.named("worker_data.erased")
    assert (act.subject, act.reason) == (f"erasure/{erasure.erasure_id}", REASON)
    assert act.details == {
        "erase_time": show(erasure.erase_ms),
        "gone_time": show(erasure.gone_ms),
        "pseudonyms": 3,
    }


def test_a_repeat_gets_the_same_answer_and_erases_nothing_that_came_since(desk: Desk) -> None:
    first = desk.erase(FIRST)
    desk.now_ms += 1_000
    desk.code(FIRST, "code-that-came-since")
    assert desk.erase(FIRST) == first
    assert len(desk.told()) == len(desk.ledger.named("worker_data.erased")) == 1
    assert FIRST in desk.rows()
    with pytest.raises(AlreadyExistsError) as error:
        desk.erase(OTHER, content=b"other")
    assert error.value.reason == "REQUEST_ID_REUSED"


def test_who_asks_again_has_what_came_since_removed_under_all_pseudonyms_ever_known(desk: Desk) -> None:
    desk.link(1, (FIRST, SECOND))
    desk.erase(FIRST)
    desk.now_ms += 1_000
    desk.link(2, (SECOND, THIRD))
    again = desk.erase(THIRD, "again")
    # The first erasure took the link that led to FIRST with it.
    assert set(again.worker_sha256) == {worker_sha256(each) for each in (FIRST, SECOND, THIRD)}
    assert again.erase_ms == NOW_MS + 1_000
    assert desk.erase(OTHER, "other").worker_sha256 == (worker_sha256(OTHER),)


def test_a_worker_of_whom_nothing_is_kept_is_answered_alike(desk: Desk) -> None:
    assert desk.erase(OTHER).worker_sha256 == (worker_sha256(OTHER),)
    assert len(desk.told()) == 1


def test_a_chain_that_cannot_be_one_worker_s_is_refused_whole(desk: Desk) -> None:
    chain = [f"pseudonym-in-a-row-{number:02}" for number in range(MOST_PSEUDONYMS + 1)]
    desk.link(1, *pairwise(chain))
    before = desk.rows()
    with pytest.raises(FailedPreconditionError) as error:
        desk.erase(chain[7])
    assert (error.value.reason, error.value.field) == ("TOO_MANY_LINKED", "worker_id")
    assert (desk.rows(), desk.told()) == (before, [])


@pytest.mark.parametrize("named", [FIRST, SECOND])
def test_no_pseudonym_of_the_worker_gets_into_the_ledger_with_the_reason(desk: Desk, named: str) -> None:
    desk.link(1, (FIRST, SECOND))
    with pytest.raises(InvalidArgumentError) as error:
        desk.erasures.erase(Request("administrator", "r", b""), FIRST, f"{named} asked")
    assert error.value.reason == "REASON_NAMES_WORKER"
    assert (desk.told(), desk.ledger.named("worker_data.erased")) == ([], [])
    assert desk.erase(FIRST).worker_sha256  # the refused request is not kept


def test_what_is_no_pseudonym_is_refused(desk: Desk) -> None:
    for worker_id in ("", "short", "13812345678", "x" * 65, "张伟" * 10, "x" * 15 + "\0"):
        with pytest.raises(InvalidArgumentError) as error:
            desk.erase(worker_id)
        assert error.value.reason == "PSEUDONYM_FORM"


def test_a_store_that_was_set_back_is_cleaned_of_what_the_topic_tells_of(desk: Desk) -> None:
    keep_of_both(desk)
    hashes = tuple(sorted(worker_sha256(each) for each in (FIRST, SECOND, THIRD)))
    told = ErasureEntry("e-1", hashes, NOW_MS + 5_000, NOW_MS + 9_000)
    desk.erasures.erase_again([told] * 3)  # the directory has it once a pseudonym
    left = desk.rows()
    assert not any(each in left for each in (FIRST, SECOND, THIRD))
    assert OTHER in left
    assert desk.told() == [told]
    (act,) = desk.ledger.named("worker_data.erased")
    assert act.subject == "erasure/e-1"
    # The next start finds it known, and takes nothing that came since.
    desk.code(FIRST, "code-that-came-since")
    desk.erasures.erase_again([told])
    assert len(desk.told()) == 1
    assert FIRST in desk.rows()


def test_it_is_kept_though_the_other_services_cannot_be_told_yet(desk: Desk) -> None:
    class Away:
        def wait(self) -> bool:
            return False

    store = SqlErasureStore(desk.database, lambda: NOW_MS)
    keep_of_both(desk)
    with pytest.raises(LogUnavailableError):
        Erasures(store, Away(), lambda: NOW_MS).erase(Request("administrator", "r", b""), FIRST, REASON)
    assert FIRST not in desk.rows()
    assert desk.erase(FIRST).erasure_id == desk.told()[0].erasure_id


def test_files_that_could_not_be_scrubbed_are_later_or_after_a_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL has nothing to scrub, and SQLite is seldom busy: what scrubs answers here as it is told."""
    monkeypatch.setattr("kit.storage.scrubbing.AGAIN_S", 0.0)
    database = Store.open(f"sqlite:///{tmp_path / 'registry.db'}", SCHEMA)
    store = SqlErasureStore(database, lambda: NOW_MS)
    answers = [False, False, True]
    scrubbing = Scrubbing(lambda: answers.pop(0), database.scrub_owed)
    Erasures(store, Published(), lambda: NOW_MS, scrubbing).erase(
        Request("administrator", "r", b""), FIRST, REASON
    )
    scrubbing.committed()
    assert answers == [True]
    after_a_restart = Scrubbing(lambda: answers.pop(0), database.scrub_owed)
    after_a_restart.committed()
    assert not answers
    after_a_restart.committed()
    Scrubbing(lambda: answers.pop(0), database.scrub_owed).committed()  # nothing is owed any more
    database.close()


def test_a_store_that_was_set_back_is_scrubbed_of_what_was_deleted_anew(tmp_path: Path) -> None:
    database = Store.open(f"sqlite:///{tmp_path / 'registry.db'}", SCHEMA)
    scrubbed: list[int] = []

    def scrub() -> bool:
        scrubbed.append(NOW_MS)
        return True

    erasures = Erasures(
        SqlErasureStore(database, lambda: NOW_MS),
        Published(),
        lambda: NOW_MS,
        Scrubbing(scrub, database.scrub_owed),
    )
    erasures.erase_again([])
    assert not scrubbed
    erasures.erase_again([ErasureEntry("e-1", (worker_sha256(FIRST),), NOW_MS, NOW_MS + 9_000)])
    assert len(scrubbed) == 1
    database.close()
