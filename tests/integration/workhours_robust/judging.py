"""Workhours in a process of its own, to be stopped, killed, or joined by another of its group.

``python -m tests.integration.workhours_robust.judging LOG_URL SETTINGS SNAPSHOT_ROWS``, the settings as JSON,
says on standard output ``started`` and, once nothing is left to do, ``drained``; it stops when its standard
input ends, and says so. Any number of them may share a log and a data folder.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kit.clock import system_clock
from kit.eventlog.port import EventLog
from services.workhours import handlers
from services.workhours.app import WorkhoursUnit
from services.workhours.settings import WorkhoursSettings
from tests.integration.workhours_robust.histories import REPOSITORY

SESSION_TIMEOUT_S = 1.0
"""So soon a member that was killed is missed."""
MAX_POLL_INTERVAL_S = 30.0


def open_log(url: str) -> EventLog:
    """As ``kit.eventlog.open`` does it, but a member that is gone is missed sooner."""
    if url.startswith("kafka://"):
        from kit.eventlog.kafka import KafkaEventLog  # here, as most tests need no Kafka client

        return KafkaEventLog(
            url.removeprefix("kafka://"),
            session_timeout_s=SESSION_TIMEOUT_S,
            max_poll_interval_s=MAX_POLL_INTERVAL_S,
        )
    from kit.eventlog.sqlite import SqliteEventLog

    return SqliteEventLog(
        Path(url.removeprefix("sqlite:///")),
        session_timeout_s=SESSION_TIMEOUT_S,
        max_poll_interval_s=MAX_POLL_INTERVAL_S,
    )


@contextmanager
def judging(log_url: str, settings: WorkhoursSettings, snapshot_rows: int) -> Iterator[Member]:
    """A process; killed at the end of the block unless it has ended."""
    given = settings.model_dump_json(exclude_unset=True)
    command = [sys.executable, "-m", __name__, log_url, given, str(snapshot_rows)]
    environment = os.environ | {"PYTHONPATH": f"{REPOSITORY}:{REPOSITORY / 'sdk/python/src'}"}
    with subprocess.Popen(
        command, cwd=REPOSITORY, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Member(process)
        finally:
            process.kill()


class Member:
    """The process as its parent sees it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def says(self, word: str) -> None:
        """Wait for it to say so."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline().strip()
        assert line == word, f"{line!r} instead of {word!r}; exit status {self._process.poll()}"

    def kill(self) -> None:
        """SIGKILL."""
        self._process.kill()
        assert self._process.wait(10) == -9

    def stop(self) -> None:
        """Finish the batch in hand and leave the group."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        assert self._process.wait(30) == 0

    @property
    def alive(self) -> bool:
        return self._process.poll() is None


def say(word: str) -> None:
    """One line, at once."""
    print(word, flush=True)


def main(log_url: str, given: str, snapshot_rows: str) -> None:
    """Judge until standard input ends."""
    patched: Any = handlers
    patched.SNAPSHOT_ROWS = int(snapshot_rows)
    log = open_log(log_url)
    unit = WorkhoursUnit(WorkhoursSettings.model_validate_json(given), log, system_clock)
    unit.start()
    say("started")
    ended = threading.Event()

    def wait_for_the_end() -> None:
        sys.stdin.read()
        ended.set()

    threading.Thread(target=wait_for_the_end, daemon=True).start()
    drained = False
    while not ended.wait(0.02):
        if not unit.healthy():
            os._exit(70)  # the log above says why
        if not drained and unit.drained():
            drained = True
            say("drained")
    unit.stop()
    log.close()
    say("stopped")


if __name__ == "__main__":
    main(*sys.argv[1:])
