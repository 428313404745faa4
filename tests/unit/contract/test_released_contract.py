"""What was released is not broken, and a change that breaks it is noticed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
RELEASED = ROOT / "proto" / "released" / "v1.binpb"
EVENTS = Path("proto/quzhong/api/events/v1/events.proto")


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    """A copy to change."""
    for part in ("proto", "third_party"):
        shutil.copytree(ROOT / part, tmp_path / part)
    shutil.copy(ROOT / "buf.yaml", tmp_path)
    return tmp_path


def broken(folder: Path) -> str:
    """What ``buf breaking`` says of a contract, as ``make lint`` asks it; empty: nothing is broken."""
    command = [str(Path(sys.executable).parent / "buf"), "breaking", "proto", "--against", str(RELEASED)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)
    assert done.returncode in (0, 100), done.stderr
    return done.stdout


def changed(folder: Path, before: str, after: str) -> None:
    file = folder / EVENTS
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), "utf-8")


def test_the_contract_keeps_what_was_released() -> None:
    assert broken(ROOT) == ""


def test_a_field_more_breaks_nothing(contract: Path) -> None:
    changed(
        contract, "optional uint32 distance_m = 9;", "optional uint32 distance_m = 9;\n  string more = 999;"
    )
    assert broken(contract) == ""


@pytest.mark.parametrize(
    "after",
    ["optional uint32 distance_m = 99;", "optional string distance_m = 9;", "optional uint32 metres = 9;"],
    ids=["another number", "another type", "another name"],
)
def test_a_released_field_that_changes_is_noticed(contract: Path, after: str) -> None:
    changed(contract, "optional uint32 distance_m = 9;", after)
    assert "distance_m" in broken(contract)
