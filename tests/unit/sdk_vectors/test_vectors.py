"""The Python client runs every shared vector, and the files are what the generator makes of it today."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tools.sdk_vectors.files import FILES, FOLDER, INDEX
from tools.sdk_vectors.oprf import RFC_FILE

ROOT = Path(__file__).parents[3]


def read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text("utf-8"))


def test_every_file_is_run_and_counted() -> None:
    there = {path.name for path in FOLDER.glob("*.json")}
    assert there == FILES.keys() | {INDEX}
    assert read(INDEX).keys() == FILES.keys()


@pytest.mark.parametrize("name", FILES)
def test_every_case_gives_what_the_file_says(name: str) -> None:
    cases, run, differing = read(name)["cases"], set(), {}
    for case in cases:
        run.add(case["name"])
        if (told := FILES[name].outcome(case["given"])) != case["expected"]:
            differing[case["name"]] = told
    assert differing == {}
    assert len(run) == len(cases) == read(INDEX)[name]


def test_the_files_are_fresh() -> None:
    command = [sys.executable, "-m", "tools.sdk_vectors", "--check"]
    environment = {"PYTHONPATH": str(ROOT / "sdk/python/src")}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def test_the_rfcs_cases_are_the_rfcs_own() -> None:
    """No implementation is its own witness: these were not computed."""
    published = json.loads(RFC_FILE.read_text("utf-8"))
    cases = {case["name"]: case for case in read("oprf.json")["cases"]}
    for vector in published["vectors"]:
        case = cases[f"RFC 9497, {vector['name']}"]
        assert case["given"]["proof"] == vector["proof"]
        assert (case["expected"]["blinded"], case["expected"]["outputs"]) == (
            vector["blinded"],
            vector["outputs"],
        )


def test_a_case_that_says_something_else_fails() -> None:
    """What the comparison above is worth: each file has cases with different outcomes."""
    for name in FILES:
        assert len({json.dumps(case["expected"], sort_keys=True) for case in read(name)["cases"]}) > 2
