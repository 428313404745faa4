"""Other languages' clients against the suite: run by ``make test-sdks``, which sets up what they need."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GO = ROOT / "sdk" / "go"


@pytest.fixture(scope="session")
def go() -> Path:
    """Where the Go client is; the test is skipped outside of ``make test-sdks``."""
    if not os.environ.get("QUZHONG_TEST_SDKS"):
        pytest.skip("clients of other languages are tested by make test-sdks")
    assert shutil.which("go"), "missing: Go 1.25 or newer (Debian, Ubuntu: apt-get install golang)"
    return GO


@pytest.fixture(scope="session")
def go_programs(go: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the Go client's programs, built: ``scriptedday`` and ``quickstart``."""
    folder = tmp_path_factory.mktemp("go")
    packages = ["./internal/scriptedday", "./examples/quickstart"]
    subprocess.run(["go", "build", "-o", f"{folder}/", *packages], cwd=go, check=True, timeout=600)
    return folder
