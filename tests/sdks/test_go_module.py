"""The Go client on its own: its tests, its format, its stubs, its page."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sdks.conftest import ROOT

HOSTS = re.compile(r"https?://|GOPROXY|GONOSUMDB|GOFLAGS")


def said(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.timeout(900)
def test_its_own_tests_pass(go: Path) -> None:
    said(["go", "vet", "./..."], go)
    out = said(["go", "test", "-count=1", "./..."], go)
    assert "ok" in out


def test_it_is_formatted(go: Path) -> None:
    root = Path(said(["go", "env", "GOROOT"], go).strip())
    assert said([str(root / "bin" / "gofmt"), "-l", "."], go) == ""


def test_its_modules_are_tidy(go: Path) -> None:
    for folder in (go, go / "tools"):
        assert said(["go", "mod", "tidy", "-diff"], folder) == ""


@pytest.mark.timeout(900)
def test_its_stubs_are_fresh(go: Path) -> None:
    said([sys.executable, "-m", "tools.generate_go", "--check"], ROOT)


def test_its_pages_have_the_quick_start_that_is_run() -> None:
    program = (ROOT / "sdk/go/examples/quickstart/main.go").read_text("utf-8")
    code = program[program.index("package main") :].strip()
    for page in ("README.md", "README.zh-CN.md"):
        assert f"```go\n{code}\n```" in (ROOT / "sdk/go" / page).read_text("utf-8"), page


def test_its_module_files_name_no_registry() -> None:
    for path in (ROOT / "sdk/go").rglob("go.*"):
        assert not HOSTS.search(path.read_text("utf-8")), path
