"""The TypeScript client on its own: its tests, its stubs, its page."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sdks.conftest import ROOT, TYPESCRIPT


def said(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout[-4_000:] + done.stderr
    return done.stdout


@pytest.mark.timeout(900)
def test_its_own_tests_pass(typescript_programs: Path) -> None:
    out = said(["npm", "test"], TYPESCRIPT)
    # Each release of Node.js marks the lines of its summary in its own way.
    assert re.search(r"^\S fail 0$", out, re.MULTILINE)
    assert re.search(r"^\S skipped 0$", out, re.MULTILINE)


@pytest.mark.timeout(300)
def test_its_stubs_are_fresh(typescript: Path) -> None:
    said([sys.executable, "-m", "tools.generate_typescript", "--check"], ROOT)


def test_its_pages_have_the_quick_start_that_is_run() -> None:
    program = (TYPESCRIPT / "examples/quickstart.ts").read_text("utf-8")
    code = program[program.index("import ") :].strip()
    for page in ("README.md", "README.zh-CN.md"):
        assert f"```ts\n{code}\n```" in (TYPESCRIPT / page).read_text("utf-8"), page


def test_its_lock_file_names_no_registry() -> None:
    lock = json.loads((TYPESCRIPT / "package-lock.json").read_text("utf-8"))
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
    assert "registry=" not in (TYPESCRIPT / ".npmrc").read_text("utf-8").replace(
        "omit-lockfile-registry-", ""
    )
