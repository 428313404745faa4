"""Runs the ``quzhong`` command as its user would: in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]


def quzhong(*arguments: str, timeout_s: float = 240, **environment: str) -> dict[str, Any]:
    """The JSON document of a successful run."""
    ran = subprocess.run(
        [sys.executable, "-m", "cli.main", *arguments, "--json"],
        cwd=REPOSITORY,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-4000:]
    document: dict[str, Any] = json.loads(ran.stdout)
    return document
