"""The conformance kit's driver in Java."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.sdks.conformance import passed_by
from tests.sdks.conftest import JAVA
from tests.sdks.same_day import Command


@pytest.fixture
def driver(java_build: str) -> Command:
    """The command that plays the script of a folder, its last argument."""
    (jar,) = (JAVA / "examples" / "conformance" / "target").glob("conformance-*.jar")
    return ["java", "-Xmx64m", "-jar", jar]


@pytest.mark.timeout(1_800)
def test_its_driver_passes_the_kit(driver: Command, tmp_path: Path) -> None:
    passed_by(driver, tmp_path)


@pytest.mark.timeout(1_800)
def test_its_driver_says_of_a_folder_that_the_kit_has_not_written_it(driver: Command, tmp_path: Path) -> None:
    done = subprocess.run([*driver, tmp_path], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert f"{tmp_path} has no connect.json: start quzhong conformance first" in done.stderr
