"""The committed Python of the contract is what ``proto/`` generates."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_generating_again_changes_nothing() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tools.generate_api", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
