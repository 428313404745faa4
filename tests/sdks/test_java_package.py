"""The Java client on its own: its tests, its stubs, its page."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sdks.conftest import JAVA, ROOT
from tools.generate_java import fetch

HOSTS = re.compile(r"<(repository|pluginRepository|distributionManagement|mirror)>")


@pytest.mark.timeout(1_800)
def test_its_own_tests_pass(java_build: str) -> None:
    ran = re.findall(r"Tests run: (\d+), Failures: 0, Errors: 0, Skipped: 0$", java_build, re.MULTILINE)
    assert ran
    assert max(map(int, ran)) > 150  # the client's; examples have a few of their own


@pytest.mark.timeout(600)
def test_its_stubs_are_fresh(java_build: str) -> None:
    command = [sys.executable, "-m", "tools.generate_java", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout[-4_000:] + done.stderr


@pytest.mark.timeout(600)
def test_it_is_formatted(java_build: str, tmp_path: Path) -> None:
    formatter = tmp_path / "formatter.jar"
    fetch("com.google.googlejavaformat:google-java-format:1.28.0:jar:all-deps", formatter)
    files = [path for path in JAVA.rglob("*.java") if not {"api", "target"} & set(path.parts)]
    assert len(files) > 50
    exports = [
        f"--add-exports=jdk.compiler/com.sun.tools.javac.{part}=ALL-UNNAMED"
        for part in ("api", "code", "file", "parser", "tree", "util")
    ]
    command: list[str | Path] = ["java", *exports, "-jar", formatter, "--dry-run", *files]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""


def test_its_pages_have_the_quick_start_that_is_run() -> None:
    program = (JAVA / "examples/quickstart/src/main/java/QuickStart.java").read_text("utf-8")
    code = program[program.index("import ") :].strip()
    for page in ("README.md", "README.zh-CN.md"):
        assert f"```java\n{code}\n```" in (JAVA / page).read_text("utf-8"), page


def test_its_build_files_name_no_registry() -> None:
    files = [JAVA / "pom.xml", JAVA / "client/pom.xml", *(JAVA / "examples").glob("*/pom.xml")]
    assert len(files) == 5
    for path in files:
        text = path.read_text("utf-8")
        assert not HOSTS.search(text), path
        assert set(re.findall(r"https?://[^\"\s<]+", text)) <= {"http://maven.apache.org/POM/4.0.0"}, path
