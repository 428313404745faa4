"""The import rules of ``.importlinter`` hold, and reach every service."""

from __future__ import annotations

import configparser
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_everybody_imports_only_what_they_may() -> None:
    search = os.pathsep.join([str(ROOT), str(ROOT / "sdk/python/src")])
    run = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": search, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_service_has_a_contract_of_its_own() -> None:
    rules = configparser.ConfigParser()
    rules.read(ROOT / ".importlinter", encoding="utf-8")
    layered = {
        rules[section]["containers"].removeprefix("services.").partition(".")[0]
        for section in rules.sections()
        if rules[section].get("containers", "").startswith("services.")
    }
    assert layered == {path.parent.name for path in (ROOT / "services").glob("*/app.py")}
