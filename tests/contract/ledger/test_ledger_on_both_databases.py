"""What a ledger promises, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import multiprocessing
import threading

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kit.errors import InvalidArgumentError, StorageUnavailableError
from kit.ledger import Act, Entry, Ledger
from kit.ledger.notes import public_key
from kit.ledger.stored import StoreSource
from kit.ledger.verify import verify
from kit.storage.store import Store
from kit.storage.tables import LEDGER_CHECKPOINT, LEDGER_ENTRY, OUTBOX
from tests.contract.ledger.conftest import KEY, Ticking
from tests.contract.ledger.other_writer import enter_many


def entries(store: Store, ledger_id: str = "registry") -> list[Entry]:
    read = list(StoreSource(store, ledger_id).entries())
    assert all(isinstance(each, Entry) for each in read)
    return [each for each in read if isinstance(each, Entry)]


def an_act(number: int) -> Act:
    return Act("party.registered", f"party/{number}", "admin", "案件 42", {"number": number})


def test_entries_come_back_as_they_were_entered(store: Store, ledger: Ledger) -> None:
    act = Act("case.warned", "case/7", "policy", "连续接单超过 4 小时 ‰", {"to": ["a", None, True], "n": -3})
    ledger.record_alone(act, an_act(1))
    opened, first, second = entries(store)
    assert (opened.sequence, opened.action, opened.subject) == (1, "ledger.opened", "registry")
    assert first[2:7] == (
        "policy",
        "case.warned",
        "case/7",
        "连续接单超过 4 小时 ‰",
        '{"n":-3,"to":["a",null,true]}',
    )
    assert (second.sequence, second.previous_hash) == (3, first.hash)
    report = verify(StoreSource(store, "registry"))
    assert report.holds, report.problems
    assert (report.entries, report.head) == (3, second.hash)


def test_what_is_rolled_back_leaves_no_entry_and_no_checkpoint(store: Store, ledger: Ledger) -> None:
    def fail() -> None:
        with store.transaction() as connection:
            ledger.record(connection, *(an_act(number) for number in range(100)))
            connection.execute(sa.insert(OUTBOX).values(topic="t", value=b"", headers=b"", create_time_ms=1))
            raise RuntimeError("the process fell here")

    with pytest.raises(RuntimeError):
        fail()
    with store.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(OUTBOX)) == 0
    assert len(entries(store)) == 1
    ledger.record_alone(an_act(1))
    report = verify(StoreSource(store, "registry"))
    assert report.holds
    assert (report.entries, report.checkpoints) == (2, 1)


def test_every_64_entries_and_the_first_after_a_minute_are_signed(store: Store) -> None:
    clock = Ticking()
    ledger = Ledger.open(store, "registry", [KEY], clock)
    for number in range(129):
        clock.now_ms -= 1_000  # it stands
        ledger.record_alone(an_act(number))
    clock.now_ms += 60_000
    ledger.record_alone(an_act(129))
    with store.read() as connection:
        sizes = list(connection.scalars(sa.select(LEDGER_CHECKPOINT.c.size).order_by("number")))
    assert sizes == [1, 65, 129, 131]


def test_closing_signs_what_is_left_once(store: Store, ledger: Ledger) -> None:
    ledger.record_alone(an_act(1), an_act(2))
    assert verify(StoreSource(store, "registry")).covered == 1
    ledger.close()
    ledger.close()
    report = verify(StoreSource(store, "registry"))
    assert report.holds
    assert (report.covered, report.checkpoints) == (3, 2)


def test_opening_again_goes_on_where_it_ended(store: Store, ledger: Ledger) -> None:
    ledger.record_alone(an_act(1))
    again = Ledger.open(store, "registry", [KEY], Ticking())
    again.record_alone(an_act(2))
    assert [entry.sequence for entry in entries(store)] == [1, 2, 3]
    assert verify(StoreSource(store, "registry")).holds


def test_two_ledgers_of_a_store_do_not_mix(store: Store, ledger: Ledger) -> None:
    other = Ledger.open(store, "notify", [KEY], Ticking())
    ledger.record_alone(an_act(1))
    other.record_alone(an_act(2), an_act(3))
    assert [len(entries(store, name)) for name in ("registry", "notify")] == [2, 3]
    assert all(verify(StoreSource(store, name)).holds for name in ("registry", "notify"))


def test_what_cannot_be_entered_is_refused_and_what_is_unprintable_is_cleaned(
    store: Store, ledger: Ledger
) -> None:
    for act in (
        Act("Bad Action", "s", "a"),
        Act("a.b", "s", "a", details={"rate": 0.5}),  # type: ignore[dict-item]
        Act("a.b", "s", "a", details={"n": 2**53}),
        Act("a.b", "s", "a", details={"Key": 1}),
        Act("a.b", "s", "a", details={"half": "\ud800"}),
        Act("a.b", "s", "a", details={"long": "x" * 70_000}),
    ):
        with pytest.raises(InvalidArgumentError):
            ledger.record_alone(act)
    ledger.record_alone(Act("a.b", "worker\0\n1" + "x" * 999, "a", "why\ud800\r\nnot", {"nul": "\0"}))
    entry = entries(store)[-1]
    assert (entry.subject[:8], len(entry.subject)) == ("worker  ", 200)
    assert entry.reason == "why   not"
    assert verify(StoreSource(store, "registry")).holds


def test_threads_do_not_fork_the_chain(store: Store, ledger: Ledger) -> None:
    second = Ledger.open(store, "registry", [KEY], Ticking())

    def enter(by: Ledger, name: str) -> None:
        for number in range(40):
            by.record_alone(Act("a.b", f"{name}/{number}", name))

    threads = [
        threading.Thread(target=enter, args=(by, name))
        for by, name in ((ledger, "one"), (second, "two"), (ledger, "three"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    _require_all_of(store, ["one", "two", "three"], 40)


def test_processes_do_not_fork_the_chain(store: Store, database_url: str, ledger: Ledger) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=enter_many, args=(database_url, name, 40)) for name in ("one", "two")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0]
    _require_all_of(store, ["one", "two"], 40)


def test_a_writer_killed_between_entry_and_commit_leaves_a_ledger_that_holds(
    store: Store, database_url: str, ledger: Ledger
) -> None:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    writer = context.Process(target=enter_many, args=(database_url, "one", 1, there))
    writer.start()
    assert here.recv() == "entered, not committed"
    writer.kill()
    writer.join()
    ledger.record_alone(an_act(1))  # nothing of it is in the way
    assert [entry.subject for entry in entries(store)] == ["registry", "party/1"]
    assert verify(StoreSource(store, "registry")).holds


def _require_all_of(store: Store, names: list[str], count: int) -> None:
    told = entries(store)
    for name in names:
        own = [entry.subject for entry in told if entry.actor == name]
        assert own == [f"{name}/{number}" for number in range(count)]
    report = verify(StoreSource(store, "registry"))
    assert report.holds, report.problems
    assert report.entries == 1 + len(names) * count


def test_a_new_key_is_told_and_vouched_for_by_the_former(store: Store, ledger: Ledger) -> None:
    ledger.record_alone(an_act(1))
    new = Ed25519PrivateKey.generate()
    rotated = Ledger.open(store, "registry", [KEY, new], Ticking())
    rotated.record_alone(an_act(2))
    rotated.close()
    for trusted in ([], [public_key(KEY, "registry")], [public_key(new, "registry")]):
        report = verify(StoreSource(store, "registry"), trusted=trusted)
        assert report.holds, report.problems
        assert [(key.entry, key.trusted) for key in report.keys] == [(1, True), (3, True)]
    assert entries(store)[2].action == "ledger.key_rotated"


def test_a_key_that_the_former_did_not_vouch_for_is_found(store: Store, ledger: Ledger) -> None:
    ledger.record_alone(an_act(1))
    forger = Ed25519PrivateKey.generate()
    Ledger.open(store, "registry", [forger], Ticking()).close()
    report = verify(StoreSource(store, "registry"))
    (problem,) = report.problems
    assert (problem.kind, problem.entry, problem.checkpoint) == ("unknown key", 3, 2)
    # whoever knows that it is genuine says so
    assert verify(
        StoreSource(store, "registry"),
        trusted=[public_key(KEY, "registry"), public_key(forger, "registry")],
    ).holds


def test_a_checkpoint_that_somebody_spoilt_does_not_stop_the_service(store: Store, ledger: Ledger) -> None:
    with store.transaction() as connection:
        connection.execute(sa.update(LEDGER_CHECKPOINT).values(note="spoilt"))
    again = Ledger.open(store, "registry", [KEY], Ticking())
    again.record_alone(an_act(1))
    again.close()
    assert [entry.action for entry in entries(store)] == ["ledger.opened", "party.registered"]
    report = verify(StoreSource(store, "registry"))
    assert [problem.checkpoint for problem in report.problems] == [1]


def test_the_store_itself_refuses_a_second_entry_of_a_number(store: Store, ledger: Ledger) -> None:
    row = {"ledger_id": "registry", **entries(store)[0]._asdict()}
    with pytest.raises(sa.exc.IntegrityError), store.transaction() as connection:
        connection.execute(sa.insert(LEDGER_ENTRY), row)


def test_a_reader_sees_one_moment_of_a_ledger_that_goes_on_and_can_write_nothing(
    store: Store, database_url: str, ledger: Ledger
) -> None:
    reader = Store.open_to_read(database_url)
    try:
        source = StoreSource(reader, "registry")
        for number in range(3):
            ledger.record_alone(*(an_act(number) for _ in range(70)))  # each with a checkpoint
        report = verify(source)
        assert report.holds, report.problems
        assert (report.entries, report.checkpoints) == (1, 1)
        assert verify(StoreSource(reader, "registry")).entries == 211
        with pytest.raises((sa.exc.DBAPIError, StorageUnavailableError)), reader.read() as connection:
            connection.execute(sa.delete(LEDGER_ENTRY))
    finally:
        reader.close()
    assert len(entries(store)) == 211
