"""``make fuzz``: the decoders, then the RPCs, then streams, then HTTP, for as long as asked.

    python -m tests.fuzz.long_run SECONDS

Each decoder, all RPCs together, all pages and the token endpoint together, and the HTTP API take so many
seconds. What breaks something is kept under ``build/fuzz``, with the command that sends it again.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]


def main(seconds: str) -> int:
    """Run all parts, whatever the others find; answers the exit status."""
    sources = os.pathsep.join([str(ROOT), str(ROOT / "sdk" / "python" / "src")])
    environment = {**os.environ, "PYTHONPATH": sources, "QUZHONG_FUZZ_SECONDS": seconds}
    pytest = ("pytest", "--timeout", "0", "-q", "-rfE", "--tb", "short", "--show-capture", "no")
    parts = (
        ("decoders", ("tests.fuzz.decoders", "fuzz", seconds)),
        ("RPCs", (*pytest, "tests/fuzz/test_rpcs.py")),
        ("streams", (*pytest, "tests/fuzz/test_streams.py")),
        ("HTTP", (*pytest, "tests/fuzz/test_http.py")),
        ("HTTP API", (*pytest, "tests/fuzz/test_http_api.py")),
    )
    status = 0
    for name, command in parts:
        print(f"— {name}", flush=True)
        ran = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, env=environment, check=False)
        status = status or ran.returncode
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
