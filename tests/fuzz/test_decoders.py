"""Decoders refuse what they cannot take with the errors they declare, in time and in bounded memory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.decoders import UNAVAILABLE
from tests.fuzz.target import FOUND
from tests.fuzz.targets import TARGETS

EACH_S = 1
"""Seconds of fuzzing a decoder in ``make test``; ``make fuzz`` takes as many as it is told."""

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_a_decoder_takes_the_inputs_that_fuzzing_begins_with(name: str) -> None:
    seeds = list(TARGETS[name].seeds())
    assert seeds
    assert all(TARGETS[name].one(seed) for seed in seeds)


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(FOUND.glob("*/*")) if path.parent.name in TARGETS],
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)
def test_what_once_broke_a_decoder_breaks_it_no_more(path: Path) -> None:
    TARGETS[path.parent.name].one(path.read_bytes())  # raises if it does


def test_no_input_found_belongs_to_a_decoder_that_is_gone() -> None:
    assert {path.name for path in FOUND.iterdir()} <= {*TARGETS, "rpcs", "portal", "tokens"}


@pytest.mark.skipif(bool(UNAVAILABLE), reason=UNAVAILABLE or "-")
def test_fuzzing_finds_nothing(tmp_path: Path) -> None:
    # In a process of its own, as the fuzzer instruments what it imports; from the same seed every time.
    path = os.pathsep.join([str(ROOT), str(ROOT / "sdk" / "python" / "src")])
    ran = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.decoders", "fuzz", str(EACH_S)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": path, "QUZHONG_FUZZ_SEED": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.count(": nothing") == len(TARGETS), ran.stdout
