"""The whole suite in a process of its own: ``python -m bench.suite_process FOLDER [--portal]``.

Prints its addresses and the administrator's token as JSON, then answers each line on stdin with a line once
everything accepted so far has had all its effects; it ends with stdin.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from cli.embedded import EmbeddedSuite

DRAIN_S = 1_800.0


def main(folder: Path, *, portal: bool) -> None:
    """Serve until stdin ends."""
    os.environ.setdefault("QUZHONG_INTAKE_ROWS_LIMIT", "")  # what is measured is what intake can take
    with EmbeddedSuite(folder, kafka="", portal=portal) as suite:
        started = {"address": suite.address, "token": suite.admin_token, "portal": suite.portal_url}
        print(json.dumps(started), flush=True)
        for _ in sys.stdin:
            suite.drain(DRAIN_S)
            print(flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), portal="--portal" in sys.argv)
