"""The Python client's pages: the quick start in them is a program, which hands in its order."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.sdks.conftest import ROOT
from tests.sdks.same_day import open_suite

PROGRAM = ROOT / "sdk/python/examples/quickstart.py"


def test_its_pages_have_the_quick_start_that_is_run() -> None:
    program = PROGRAM.read_text("utf-8")
    code = program[program.index("import ") :].strip()
    for page in ("README.md", "README.zh-CN.md"):
        assert f"```python\n{code}\n```" in (ROOT / "sdk/python" / page).read_text("utf-8"), page


def test_the_quick_start_hands_in_its_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUZHONG_OAUTH_PORT", "0")
    with open_suite(tmp_path) as (_, environment):
        done = subprocess.run(
            [sys.executable, PROGRAM], env=environment, capture_output=True, text=True, timeout=60
        )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "Totals(accepted=2, duplicate=0, rejected=0)"
