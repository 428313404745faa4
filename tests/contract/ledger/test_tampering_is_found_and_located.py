"""Any byte of a ledger changed, in the store or in the file, is found, and found where it is."""

from __future__ import annotations

import io
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.ledger import Act, Entry, Ledger, jsonl
from kit.ledger.entry import hash_of
from kit.ledger.notes import public_key, sign
from kit.ledger.stored import StoreSource
from kit.ledger.verify import Report, verify
from kit.storage.store import Store
from kit.storage.tables import LEDGER_CHECKPOINT, LEDGER_ENTRY
from tests.contract.ledger.conftest import KEY, Ticking

ENTRY_FIELDS = [column.name for column in LEDGER_ENTRY.c if column.name != "ledger_id"]
CHECKPOINT_FIELDS = ["number", "size", "note"]

texts = st.text(max_size=30)
acts = st.builds(
    Act,
    action=st.sampled_from(["case.opened", "case.warned", "worker_data.read"]),
    subject=texts,
    actor=texts,
    reason=texts,
    details=st.dictionaries(
        st.sampled_from(["rpc", "n", "list", "deep"]),
        st.recursive(
            st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
            lambda inner: st.lists(inner, max_size=3),
            max_leaves=4,
        ),
        max_size=4,
    ),
)


def fill(store: Store, told: list[Act]) -> None:
    """A ledger of these acts; a checkpoint at the opening, one in the middle, one at the end."""
    ledger = Ledger.open(store, "registry", [KEY], Ticking())
    middle = (len(told) + 1) // 2
    for part in (told[:middle], told[middle:]):
        ledger.record_alone(*part)
        ledger.close()


def checked(store: Store) -> Report:
    return verify(StoreSource(store, "registry"))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of 12 entries in SQLite."""
    path = tmp_path_factory.mktemp("filled") / "store.db"
    store = Store.open(f"sqlite:///{path}")
    fill(
        store,
        [Act("case.opened", f"case/{n}", "policy", "连续接单 ‰", {"n": n, "zh": "唐山"}) for n in range(11)],
    )
    assert checked(store).holds
    store.close()
    return path


@pytest.fixture
def copy(filled: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of it to tamper with."""
    shutil.copy(filled, tmp_path / "copy.db")
    store = Store.open(f"sqlite:///{tmp_path / 'copy.db'}")
    yield store
    store.close()


def tampered_row(store: Store, table: sa.Table, key: str, row: int, name: str, data: st.DataObject) -> bool:
    """Change one byte of a field as it lies in SQLite; False if the byte makes no valid row number."""
    with store.transaction() as connection:
        raw = connection.scalar(sa.select(sa.cast(table.c[name], sa.LargeBinary)).where(table.c[key] == row))
        assert isinstance(raw, bytes)
        if not raw:
            return False
        at = data.draw(st.integers(0, len(raw) - 1), label="place")
        byte = data.draw(st.integers(0, 255).filter(lambda each: each != raw[at]), label="byte")
        changed = raw[:at] + bytes((byte,)) + raw[at + 1 :]
        is_text = isinstance(table.c[name].type, sa.String)
        is_blob = isinstance(table.c[name].type, sa.LargeBinary)
        target = "CAST(:value AS TEXT)" if not is_blob else ":value"
        if not is_text and not is_blob:  # a whole number: what a person would write there
            if not changed.isdigit() or int(changed) == int(raw):
                return False
            if name == key and connection.scalar(
                sa.select(sa.func.count()).select_from(table).where(table.c[key] == int(changed))
            ):
                return False  # the primary key refuses it
        connection.execute(
            sa.text(f"UPDATE {table.name} SET {name} = {target} WHERE {key} = :row"),
            {"value": changed, "row": row},
        )
    return True


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_byte_of_any_entry_in_the_store(data: st.DataObject) -> None:
    told = data.draw(st.lists(acts, min_size=1, max_size=6), label="acts")
    row = data.draw(st.integers(1, len(told) + 1), label="entry")
    name = data.draw(st.sampled_from(ENTRY_FIELDS), label="field")
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(f"sqlite:///{folder}/store.db")
        try:
            fill(store, told)
            assert checked(store).holds
            if not tampered_row(store, LEDGER_ENTRY, "sequence", row, name, data):
                return
            report = checked(store)
            assert not report.holds
            located = {problem.entry for problem in report.problems if problem.checkpoint is None}
            assert row in located
            if name != "sequence":
                assert located == {row}
                fields = {problem.field for problem in report.problems if problem.entry == row}
                assert fields <= {name, "", "ledger"} if name != "hash" else True
        finally:
            store.close()


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_byte_of_any_checkpoint_in_the_store(filled: Path, data: st.DataObject) -> None:
    row = data.draw(st.integers(1, 3), label="checkpoint")
    name = data.draw(st.sampled_from(CHECKPOINT_FIELDS), label="field")
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(filled, f"{folder}/store.db")
        store = Store.open(f"sqlite:///{folder}/store.db")
        try:
            if not tampered_row(store, LEDGER_CHECKPOINT, "number", row, name, data):
                return
            report = checked(store)
            assert row in {problem.checkpoint for problem in report.problems}
            assert not {problem.entry for problem in report.problems} - {None}
        finally:
            store.close()


def exported(store: Store, path: Path) -> list[bytes]:
    with path.open("wb") as file:
        jsonl.write(StoreSource(store, "registry"), file)
    return path.read_bytes().splitlines(keepends=True)


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_any_byte_of_the_file(filled: Path, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.jsonl"
        store = Store.open(f"sqlite:///{filled}")
        lines = exported(store, path)
        store.close()
        layout = [what_of(line) for line in lines]
        assert verify(jsonl.JsonlSource(path)).holds
        which = data.draw(st.integers(0, len(lines) - 1), label="line")
        at = data.draw(st.integers(0, len(lines[which]) - 1), label="place")
        byte = data.draw(st.integers(0, 255).filter(lambda each: each != lines[which][at]), label="byte")
        lines[which] = lines[which][:at] + bytes((byte,)) + lines[which][at + 1 :]
        path.write_bytes(b"".join(lines))
        report = verify(jsonl.JsonlSource(path))
        assert not report.holds
        assert which in places(report, layout)


def what_of(line: bytes) -> str:
    """What a line holds: ``entry 7``, ``checkpoint 2``, ``ledger``, ``end``."""
    ((what, members),) = json.loads(line).items()
    return f"{what} {members.get('sequence', members.get('number', ''))}".strip()


def places(report: Report, layout: list[str]) -> set[int]:
    """Lines (from 0) that the problems name: as such, by entry, by checkpoint, or as first or last line."""
    named = {problem.line - 1 for problem in report.problems if problem.line}
    for problem in report.problems:
        told = {f"entry {problem.entry}", f"checkpoint {problem.checkpoint}", problem.field}
        named |= {place for place, what in enumerate(layout) if what in told}
    return named


def assert_found(
    report: Report, kind: str, entry: int | None, last: int | None = None, **more: object
) -> None:
    """Exactly one problem, of this kind, there."""
    (problem,) = report.problems
    assert (problem.kind, problem.entry, problem.last_entry or problem.entry) == (kind, entry, last or entry)
    assert {name: getattr(problem, name) for name in more} == more


def rewritten(entry: Entry, **changes: Any) -> Entry:
    """The entry changed, with a hash that fits."""
    changed = entry._replace(**changes)
    return changed._replace(hash=hash_of(changed))


def put(store: Store, entry: Entry) -> None:
    """Write over an entry."""
    with store.transaction() as connection:
        connection.execute(
            sa.update(LEDGER_ENTRY)
            .where(LEDGER_ENTRY.c.sequence == entry.sequence)
            .values(**{name: value for name, value in entry._asdict().items() if name != "sequence"})
        )


def remove(store: Store, *numbers: int) -> None:
    with store.transaction() as connection:
        connection.execute(sa.delete(LEDGER_ENTRY).where(LEDGER_ENTRY.c.sequence.in_(numbers)))


def entries_of(store: Store) -> dict[int, Entry]:
    read = StoreSource(store, "registry").entries()
    return {entry.sequence: entry for entry in read if isinstance(entry, Entry)}


def test_the_changed_byte_of_a_field_is_named(copy: Store) -> None:
    entry = entries_of(copy)[7]
    put(copy, entry._replace(reason=entry.reason.replace("连续", "间断")))
    assert_found(checked(copy), "altered", 7, field="")  # three bytes of UTF-8: not one
    put(copy, entry._replace(actor="polIcy"))
    report = checked(copy)
    assert_found(report, "altered", 7, field="actor")
    assert report.problems[0].en == "entry 7: byte 3 of actor was changed from 0x69 to 0x49"
    put(copy, entry._replace(time_ms=entry.time_ms + 1_000))
    report = checked(copy)
    assert {problem.entry for problem in report.problems} == {7}


def test_a_removed_entry(copy: Store) -> None:
    remove(copy, 5)
    assert_found(checked(copy), "missing", 5)


def test_removed_entries_in_the_middle(copy: Store) -> None:
    remove(copy, 5, 6, 7)  # 7 carried a checkpoint
    assert_found(checked(copy), "missing", 5, 7)


def test_an_unreadable_entry_where_a_checkpoint_ends(copy: Store) -> None:
    with copy.transaction() as connection:
        connection.execute(sa.text("UPDATE ledger_entry SET hash = 'no hash' WHERE sequence = 7"))
    assert_found(checked(copy), "unreadable", 7, field="hash")


def test_a_truncated_tail(copy: Store) -> None:
    remove(copy, 11, 12)
    assert_found(checked(copy), "truncated", 11, 12, checkpoint=3)


def test_a_tail_cut_off_together_with_its_checkpoint_fits_no_kept_checkpoint(copy: Store) -> None:
    kept = checked(copy).last_note
    remove(copy, 11, 12)
    with copy.transaction() as connection:
        connection.execute(sa.delete(LEDGER_CHECKPOINT).where(LEDGER_CHECKPOINT.c.number == 3))
    assert checked(copy).holds  # nothing in it tells: that is why one keeps a checkpoint
    assert_found(verify(StoreSource(copy, "registry"), kept=[kept]), "truncated", 11, 12)


def test_two_entries_that_changed_places(copy: Store) -> None:
    entries = entries_of(copy)
    put(copy, entries[5]._replace(sequence=6))
    put(copy, entries[6]._replace(sequence=5))
    assert {problem.entry for problem in checked(copy).problems} <= {5, 6, 7}
    assert {5, 6} <= {problem.entry for problem in checked(copy).problems}


def test_an_inserted_entry_pushes_the_rest_away(copy: Store) -> None:
    entries = entries_of(copy)
    with copy.transaction() as connection:
        for number in range(12, 5, -1):
            connection.execute(
                sa.update(LEDGER_ENTRY).where(LEDGER_ENTRY.c.sequence == number).values(sequence=number + 1)
            )
        row = rewritten(entries[6], reason="never said", previous_hash=entries[5].hash)
        connection.execute(sa.insert(LEDGER_ENTRY), {"ledger_id": "registry", **row._asdict()})
    report = checked(copy)
    assert report.problems[0].entry == 7  # the first whose number is not what was hashed
    assert report.problems[0].field == "sequence"


def test_a_chain_made_anew_from_an_entry_on_does_not_fit_what_was_signed(copy: Store) -> None:
    entries = entries_of(copy)
    previous = rewritten(entries[9], reason="another reason")
    put(copy, previous)
    for number in range(10, 13):
        previous = rewritten(entries[number], previous_hash=previous.hash)
        put(copy, previous)
    # in itself it fits; between checkpoint 2 (7 entries) and 3 (12) it was rewritten
    assert_found(checked(copy), "rewritten", 8, 12, checkpoint=3)


def test_a_checkpoint_signed_by_nobody_known(copy: Store) -> None:
    forger = Ed25519PrivateKey.generate()
    head = entries_of(copy)[12].hash
    note = sign("registry", size=12, head=head, number=3, time_ms=1, keys=[forger])
    with copy.transaction() as connection:
        connection.execute(
            sa.update(LEDGER_CHECKPOINT).where(LEDGER_CHECKPOINT.c.number == 3).values(note=note)
        )
    assert_found(checked(copy), "unknown key", None, checkpoint=3)


def test_a_whole_ledger_made_anew_by_another_key_is_believed_only_by_who_trusts_nobody(copy: Store) -> None:
    with copy.transaction() as connection:
        connection.execute(sa.delete(LEDGER_ENTRY))
        connection.execute(sa.delete(LEDGER_CHECKPOINT))
    Ledger.open(copy, "registry", [Ed25519PrivateKey.generate()], Ticking()).close()
    assert checked(copy).holds
    report = verify(StoreSource(copy, "registry"), trusted=[public_key(KEY, "registry")])
    assert {problem.kind for problem in report.problems} == {"unknown key"}


def test_a_checkpoint_of_another_ledger(copy: Store) -> None:
    head = entries_of(copy)[12].hash
    note = sign("notify", size=12, head=head, number=3, time_ms=1, keys=[KEY])
    with copy.transaction() as connection:
        connection.execute(
            sa.update(LEDGER_CHECKPOINT).where(LEDGER_CHECKPOINT.c.number == 3).values(note=note)
        )
    assert_found(checked(copy), "other ledger", None, checkpoint=3)


def test_a_missing_checkpoint(copy: Store) -> None:
    with copy.transaction() as connection:
        connection.execute(sa.delete(LEDGER_CHECKPOINT).where(LEDGER_CHECKPOINT.c.number == 2))
    assert_found(checked(copy), "checkpoints", None, checkpoint=2)


def test_no_checkpoint_at_all(copy: Store) -> None:
    with copy.transaction() as connection:
        connection.execute(sa.delete(LEDGER_CHECKPOINT))
    assert_found(checked(copy), "checkpoints", 1, 12)


@pytest.mark.parametrize(
    ("change", "located"),
    [
        (lambda lines: lines[:5] + lines[6:], 5),
        (lambda lines: [*lines[:5], lines[6], lines[5], *lines[7:]], 5),
        (lambda lines: [*lines[:5], lines[4], *lines[5:]], 4),
        (lambda lines: [*lines[:5], b"{}\n", *lines[5:]], 5),
        (lambda lines: lines[:-3], -1),
        (lambda lines: lines[:-1], -1),
        (lambda lines: [*lines, lines[-2]], 17),
        (lambda lines: [*lines[:-1], lines[-1][:-1]], -1),
        (lambda lines: lines[1:], 0),
    ],
    ids=[
        "removed",
        "swapped",
        "twice",
        "put in",
        "cut off",
        "no end",
        "behind the end",
        "half a line",
        "no header",
    ],
)
def test_lines_of_the_file(
    copy: Store, tmp_path: Path, change: Callable[[list[bytes]], list[bytes]], located: int
) -> None:
    path = tmp_path / "ledger.jsonl"
    lines = exported(copy, path)
    layout = [what_of(line) for line in lines]
    path.write_bytes(b"".join(change(lines)))
    report = verify(jsonl.JsonlSource(path))
    assert (located if located >= 0 else len(layout) + located) in places(report, layout), report.problems


def test_the_file_says_what_the_store_says(copy: Store, tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    exported(copy, path)
    from_file, from_store = verify(jsonl.JsonlSource(path)), checked(copy)
    assert from_file == from_store
    assert (from_file.entries, from_file.checkpoints, from_file.covered) == (12, 3, 12)
    assert list(jsonl.JsonlSource(path).entries()) == list(entries_of(copy).values())
    again = io.BytesIO()
    jsonl.write(jsonl.JsonlSource(path), again)
    assert again.getvalue() == path.read_bytes()
