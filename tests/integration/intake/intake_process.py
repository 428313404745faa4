"""Registry and intake in a process of their own, which can be killed, and whose disk can be stopped.

``python -m tests.integration.intake.intake_process FOLDER TOKENS`` prints its address and then obeys lines on
stdin: ``stop-disk`` lets no file be written any more (the kernel's own limit, RLIMIT_FSIZE), ``start-disk``
lifts it.
"""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO, Any, Self

from kit.clock import system_clock
from tests.integration.intake.intake_suite import Client, serving


class Process:
    """The process, seen from the test."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[str] | None = None
        self.tokens: dict[str, str] | None = None

    def start(self) -> Client:
        """Start it, or start it again on what it left behind."""
        command = [sys.executable, "-m", "tests.integration.intake.intake_process", str(self._folder)]
        self._process = subprocess.Popen(
            [*command, json.dumps(self.tokens)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        started = json.loads(_pipe(self._process.stdout).readline())
        self.tokens = started["tokens"]
        return Client(started["address"], "", started["tokens"])

    def tell(self, line: str) -> None:
        """Say a line and wait until it is obeyed."""
        assert self._process is not None
        _pipe(self._process.stdin).write(line + "\n")
        _pipe(self._process.stdin).flush()
        assert _pipe(self._process.stdout).readline() == "done\n"

    def kill(self) -> None:
        """As a power cut would."""
        assert self._process is not None
        self._process.kill()
        self._close()

    def _close(self) -> None:
        assert self._process is not None
        for pipe in (self._process.stdin, self._process.stdout):
            _pipe(pipe).close()
        self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None and self._process.returncode is None:
            self.kill()


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


def main(folder: Path, tokens: dict[str, str] | None) -> None:
    """Serve until stdin ends."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write beyond the limit then fails with EFBIG
    limits: dict[str, Any] = {"stop-disk": 0, "start-disk": resource.RLIM_INFINITY}
    with serving(folder, system_clock, tokens) as suite:
        print(json.dumps({"address": suite.client.address, "tokens": suite.client.tokens}), flush=True)
        for line in sys.stdin:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limits[line.strip()], resource.RLIM_INFINITY))
            print("done", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.loads(sys.argv[2]))
