"""Packages of a folder with a ``package-lock.json``."""

from __future__ import annotations

import subprocess
from pathlib import Path


def install(folder: Path) -> None:
    """Install them as they are locked, unless they are there already."""
    installed, wanted = folder / "node_modules/.package-lock.json", folder / "package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < wanted.stat().st_mtime:
        subprocess.run(["npm", "ci", "--ignore-scripts"], cwd=folder, check=True)
