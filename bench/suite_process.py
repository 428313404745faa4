"""The whole suite in a process of its own: ``python -m bench.suite_process FOLDER``.

Prints its address and the administrator's token as JSON, then answers each line on stdin with a line once
everything accepted so far has had all its effects; it ends with stdin.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from cli.embedded import EmbeddedSuite


def main(folder: Path) -> None:
    """Serve until stdin ends."""
    with EmbeddedSuite(folder, kafka="", portal=False) as suite:
        print(json.dumps({"address": suite.address, "token": suite.admin_token}), flush=True)
        for _ in sys.stdin:
            suite.drain()
            print(flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
