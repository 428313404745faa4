"""The file can be verified by what the how-to says alone: a second implementation, without a line of ours."""

from __future__ import annotations

import base64
import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.ledger import Act, Ledger, jsonl
from kit.ledger.stored import StoreSource
from kit.ledger.verify import verify
from kit.storage.store import Store

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
Lines = list[bytes]


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Lines:
    """An exported ledger of 130 entries: checkpoints at 1, 66 and 130."""
    folder = tmp_path_factory.mktemp("exported")
    store = Store.open(f"sqlite:///{folder}/store.db")
    ledger = Ledger.open(store, "registry", [KEY], lambda: 1_773_635_464_000)
    ledger.record_alone(*(Act("a.b", f"主体/{n}", "管理员", 'why "so"\\', {"n": n}) for n in range(65)))
    ledger.record_alone(*(Act("a.b", f"s/{n}", "a", details={"list": [n, None, "‰"]}) for n in range(64)))
    ledger.close()
    path = folder / "ledger.jsonl"
    with path.open("wb") as file:
        jsonl.write(StoreSource(store, "registry"), file)
    store.close()
    return path.read_bytes().splitlines(keepends=True)


def check(lines: Lines, public_key: bytes) -> bool:
    """Fifteen lines of an auditor's own, after ``docs/how-to/verify-the-ledger.md``."""
    documents: list[dict[str, Any]] = [json.loads(line) for line in lines]
    entries = [each["entry"] for each in documents if "entry" in each]
    notes = [each["checkpoint"]["note"] for each in documents if "checkpoint" in each]
    previous, hashes = bytes(32), [bytes(32)]
    for number, entry in enumerate(entries, 1):
        details = json.dumps(entry["details"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        told = b"quzhong ledger entry v1\n" + number.to_bytes(8, "big") + entry["time_ms"].to_bytes(8, "big")
        for text in (entry["actor"], entry["action"], entry["subject"], entry["reason"], details):
            told += len(text.encode()).to_bytes(4, "big") + text.encode()
        if entry["sequence"] != number or entry["previous_hash"] != previous.hex():
            return False
        previous = hashlib.sha256(told + previous).digest()
        hashes.append(previous)
        if entry["hash"] != previous.hex():
            return False
    for number, note in enumerate(notes, 1):
        body, below = note.split("\n\n")
        signature = base64.b64decode(below.split()[-1])[4:]
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, body.encode() + b"\n")
        _, size, head, which, _ = body.split("\n")
        if (
            int(size) >= len(hashes)
            or base64.b64decode(head) != hashes[int(size)]
            or which != f"number {number}"
        ):
            return False
    end = {"entries": len(entries), "checkpoints": len(notes)}
    return (
        "ledger" in documents[0]
        and documents[-1] == {"end": end}
        and bool(notes)
        and int(size) == len(entries)
    )


def ours(lines: Lines) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.jsonl"
        path.write_bytes(b"".join(lines))
        return verify(jsonl.JsonlSource(path)).holds


def test_both_find_that_it_holds(lines: Lines) -> None:
    assert check(lines, KEY.public_key().public_bytes_raw())
    assert ours(lines)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_both_find_the_same_of_lines_taken_away_moved_or_told_twice(
    lines: Lines, data: st.DataObject
) -> None:
    changed = list(lines)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(1, len(changed) - 2))
        what = data.draw(st.sampled_from(["take away", "move", "tell twice"]))
        line = changed[at] if what == "tell twice" else changed.pop(at)
        if what != "take away":
            changed.insert(data.draw(st.integers(1, len(changed) - 1)), line)
    assert ours(changed) == check(changed, KEY.public_key().public_bytes_raw())
