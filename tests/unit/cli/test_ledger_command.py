"""``quzhong ledger``: whether ledgers hold, and what an auditor takes along."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from kit.ledger import Act, Ledger, ledger_keys
from kit.ledger.notes import public_key
from kit.ledger.worker_marks import WorkerMarks
from kit.settings import CommonSettings
from kit.storage.store import Store

NOON_MS = 1_773_633_600_000
"""2026-03-16 12:00 in Shanghai."""


def run(*arguments: str | Path, lang: str = "en") -> Result:
    return CliRunner().invoke(
        app,
        ["ledger", *map(str, arguments)],
        env={"COLUMNS": "200", "QUZHONG_LANG": lang, "QUZHONG_DATA_DIR": ""},
    )


def answer(*arguments: str | Path, status: int = 0) -> dict[str, Any]:
    result = run(*arguments, "--json")
    assert result.exit_code == status, result.output
    document: dict[str, Any] = json.loads(result.stdout)
    return document


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with the ledgers of two services, and a store that has none."""
    settings = CommonSettings(data_dir=tmp_path / "var")
    for name in ("registry", "notify"):
        store = Store.open(settings.store_url(name))
        ledger = Ledger.open(store, name, ledger_keys(settings), lambda: NOON_MS)
        for number in range(4):
            ledger.record_alone(
                Act("party.registered", f"party/{number}", "admin", "首次登记", {"n": number})
            )
        ledger.close()
        store.close()
    sqlite3.connect(settings.data_dir / "log.db").close()
    return settings.data_dir


def tamper(folder: Path) -> None:
    connection = sqlite3.connect(folder / "registry.db")
    with connection:
        connection.execute("UPDATE ledger_entry SET actor = 'admiN' WHERE sequence = 3")
    connection.close()


@pytest.mark.parametrize("command", ["verify", "export", "show", "rotate-key"])
def test_every_subcommand_has_help_with_examples_in_both_languages(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"quzhong ledger {command}" in result.stdout
    assert "--json" in result.stdout
    assert any("\u4e00" <= letter <= "\u9fff" for letter in result.stdout)


def test_ledgers_that_hold_are_status_0_and_the_folders_key_is_trusted(folder: Path) -> None:
    document = answer("verify", "--data-dir", folder)
    assert document["holds"] is True
    assert [(each["ledger"], each["entries"], each["covered_entries"]) for each in document["ledgers"]] == [
        ("notify", 5, 5),
        ("registry", 5, 5),
    ]
    assert all(each["keys_given"] for each in document["ledgers"])
    result = run("verify", "--data-dir", folder)
    assert "registry: holds" in result.stdout
    assert "2026-03-16 12:00:00 CST" in result.stdout
    assert "a second" in result.stderr
    assert "完好" in run("verify", "--data-dir", folder, lang="zh").stdout


def test_a_ledger_that_was_tampered_with_is_status_1_with_the_place(folder: Path) -> None:
    tamper(folder)
    document = answer("verify", "--data-dir", folder, status=1)
    notify, registry = document["ledgers"]
    assert (notify["holds"], registry["holds"], document["holds"]) == (True, False, False)
    (problem,) = registry["problems"]
    assert (problem["kind"], problem["entry"], problem["field"]) == ("altered", 3, "actor")
    result = run("verify", "--data-dir", folder, lang="zh")
    assert result.exit_code == 1
    assert "第 3 条：actor 的第 4 字节由 0x6e 改为 0x4e" in result.stdout


def test_an_auditor_verifies_the_file_alone_with_the_key_they_were_told(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "registry.jsonl"
    assert answer("export", "registry", "--data-dir", folder, "--to", file) == {
        "ledger": "registry",
        "file": str(file),
        "entries": 5,
        "checkpoints": 2,
    }
    keys = ledger_keys(CommonSettings(data_dir=folder))
    vkey = public_key(keys[0], "registry").vkey
    assert answer("verify", file, "--public-key", vkey)["ledgers"][0]["keys_given"]
    without = run("verify", file)
    assert without.exit_code == 0
    assert "--public-key" in without.stdout  # nobody was named: the page says so
    text = file.read_text("utf-8")
    file.write_text(text.replace("首次登记", "再次登记", 1), "utf-8")
    assert answer("verify", file, status=1)["ledgers"][0]["problems"][0]["entry"] == 2


def test_another_key_than_the_one_trusted_is_found(folder: Path, tmp_path: Path) -> None:
    other = public_key(ledger_keys(CommonSettings(data_dir=tmp_path / "other"))[0], "registry").vkey
    document = answer("verify", "--data-dir", folder, "--ledger", "registry", "--public-key", other, status=1)
    assert {problem["kind"] for problem in document["ledgers"][0]["problems"]} == {"unknown key"}


def test_a_kept_checkpoint_finds_a_ledger_that_was_set_back(folder: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text(
        answer("show", "--data-dir", folder, "--ledger", "registry")["ledgers"][0]["last_checkpoint"]
    )
    connection = sqlite3.connect(folder / "registry.db")
    with connection:
        connection.execute("DELETE FROM ledger_entry WHERE sequence > 3")
        connection.execute("DELETE FROM ledger_checkpoint WHERE size > 3")
    connection.close()
    assert answer("verify", "--data-dir", folder)["holds"]
    document = answer("verify", "--data-dir", folder, "--checkpoint", kept, status=1)
    _, registry = document["ledgers"]
    assert [(each["kind"], each["entry"], each["last_entry"]) for each in registry["problems"]] == [
        ("truncated", 4, 5)
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff\xfe\x00", "CHECKPOINT_UNREADABLE"),
        (b"", "CHECKPOINT_OF_NO_LEDGER"),
        (b"quzhong/workhours\n5\n", "CHECKPOINT_OF_NO_LEDGER"),
    ],
)
def test_a_kept_checkpoint_that_can_prove_nothing_is_refused_not_passed_over(
    folder: Path, tmp_path: Path, content: bytes, reason: str
) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_bytes(content)
    document = answer("verify", "--data-dir", folder, "--checkpoint", kept, status=1)
    assert document["error"]["reason"] == reason
    assert "kept.txt" in document["error"]["message"]


def test_with_a_lost_key_the_new_one_is_believed_once_the_reader_names_it(
    folder: Path, tmp_path: Path
) -> None:
    settings = CommonSettings(data_dir=folder)
    (old,) = (public_key(key, "registry").vkey for key in ledger_keys(settings))
    settings.ledger_key_file.unlink()
    store = Store.open(settings.store_url("registry"))
    ledger = Ledger.open(store, "registry", ledger_keys(settings), lambda: NOON_MS)
    ledger.record_alone(Act("party.registered", "party/9", "admin"))
    ledger.close()
    store.close()
    (new,) = (public_key(key, "registry").vkey for key in ledger_keys(settings))
    where = ("verify", "--data-dir", folder, "--ledger", "registry", "--public-key")
    (found,) = answer(*where, old, status=1)["ledgers"]
    assert [each["kind"] for each in found["problems"]] == ["unknown key"]
    assert new in found["problems"][0]["message"]
    (held,) = answer(*where, old, "--public-key", new)["ledgers"]
    assert held["covered_entries"] == held["entries"]
    assert [each["trusted"] for each in held["keys"]] == [True, True]


def test_show_prints_the_last_entries_with_their_time(folder: Path) -> None:
    result = run("show", "--data-dir", folder, "--ledger", "registry", "--tail", "2")
    assert "party/3" in result.stdout
    assert "party/1" not in result.stdout
    assert "2026-03-16 12:00:00 CST" in result.stdout
    (ledger,) = answer("show", "--data-dir", folder, "--ledger", "registry", "--tail", "1")["ledgers"]
    assert ledger["entries"][0]["details"] == {"n": 3}


def test_after_a_rotation_the_services_sign_with_the_new_key(folder: Path) -> None:
    assert answer("rotate-key", "--data-dir", folder)["keys"] == 2
    settings = CommonSettings(data_dir=folder)
    store = Store.open(settings.store_url("registry"))
    Ledger.open(store, "registry", ledger_keys(settings), lambda: NOON_MS)
    store.close()
    (ledger,) = answer("verify", "--data-dir", folder, "--ledger", "registry")["ledgers"]
    assert [(key["entry"], key["trusted"]) for key in ledger["keys"]] == [(1, True), (6, True)]


def test_a_worker_is_found_by_marks_of_old_keys_and_new(folder: Path) -> None:
    before = WorkerMarks(ledger_keys(CommonSettings(data_dir=folder))).mark("w1")
    answer("rotate-key", "--data-dir", folder)
    after = WorkerMarks(ledger_keys(CommonSettings(data_dir=folder))).mark("w1")
    assert answer("mark", "w1", "--data-dir", folder)["marks"] == [after, before]
    assert run("mark", "w1", "--data-dir", str(folder)).stdout.splitlines() == [after, before]


def test_verifying_changes_nothing(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.glob("*.db")}
    answer("verify", "--data-dir", folder)
    assert {path: path.read_bytes() for path in folder.glob("*.db")} == before


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["verify", "no-such-file.jsonl"], 2),
        (["export", "registry"], 2),
        (["show", "--tail", "0"], 2),
        (["verify", "--data-dir", "nowhere"], 1),
        (["verify", "--store", "no URL"], 1),
        (["verify", "--data-dir", "nowhere", "--ledger", "No Name"], 1),
        (["verify", "--data-dir", "nowhere", "--public-key", "no key"], 1),
        (["rotate-key", "--data-dir", "nowhere"], 1),
        (["mark", "w1", "--data-dir", "nowhere"], 1),
    ],
)
def test_what_cannot_be_done_is_said(arguments: list[str], status: int) -> None:
    result = run(*arguments)
    assert result.exit_code == status
    assert result.stderr
    assert "Traceback" not in result.stderr


def test_a_damaged_database_is_read_as_far_as_it_goes(folder: Path) -> None:
    settings = CommonSettings(data_dir=folder)
    store = Store.open(settings.store_url("registry"))
    ledger = Ledger.open(store, "registry", ledger_keys(settings), lambda: NOON_MS)
    for _ in range(20):
        ledger.record_alone(*(Act("party.registered", "party/x", "admin", "x" * 400) for _ in range(50)))
    ledger.close()
    store.close()
    path = folder / "registry.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    content = bytearray(path.read_bytes())
    at = len(content) // size // 2 * size
    content[at : at + size] = b"\xff" * size
    path.write_bytes(content)
    document = answer("verify", "--data-dir", folder, "--ledger", "registry", status=1)
    assert document["ledgers"][0]["problems"]
