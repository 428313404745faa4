"""``docs/cli.md`` is what ``make docs`` writes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_tells_the_commands_as_they_are(tmp_path: Path) -> None:
    fresh = tmp_path / "cli.md"
    title = ["--name", "quzhong", "--title", "The quzhong command", "--output", str(fresh)]
    subprocess.run(
        [sys.executable, "-m", "typer", "cli.main", "utils", "docs", *title],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=60,
    )
    assert (ROOT / "docs" / "cli.md").read_text("utf-8") == fresh.read_text("utf-8"), "run `make docs`"
