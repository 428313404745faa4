"""What becomes of one scripted day that a client sends to a copy of one installation."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from cli.embedded import EmbeddedSuite
from tests.sdks.scripted_day import Access, Rows, accepted_events, admitted, findings, task_of, workers

Sent = dict[str, int]
Send = Callable[[dict[str, Any]], Sent]
Command = Sequence[str | Path]


class Outcome(NamedTuple):
    """What became of a day."""

    totals: Sent
    events: list[bytes]
    findings: list[bytes]


@dataclass(frozen=True)
class Day:
    """One installation before the day, the rows of the day, and what becomes of them when Python sends
    them."""

    folder: Path
    access: Access
    rows: Rows
    by_python: Outcome

    def sent_by(self, command: Command, folder: Path) -> Outcome:
        """What becomes of it when a program sends it to a copy in ``folder``."""
        # A copy, so that both have one key of pseudonyms: findings are about the same workers.
        copy = shutil.copytree(self.folder, folder)
        return outcome(copy, self.access, self.rows, with_program(command))


def same(ours: Outcome, theirs: Outcome) -> None:
    """Assert that a day went as it should, and the same for both."""
    assert ours.totals == theirs.totals
    assert theirs.totals["rejected"] == 2
    assert theirs.totals["duplicate"] == 10
    assert ours.events == theirs.events
    assert len(theirs.events) == theirs.totals["accepted"]
    assert ours.findings == theirs.findings
    assert theirs.findings


def with_program(command: Command) -> Send:
    """A program that reads a task on stdin and tells the totals on stdout."""

    def send(task: dict[str, Any]) -> Sent:
        done = subprocess.run(command, input=json.dumps(task), capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        totals: Sent = json.loads(done.stdout)
        return totals

    return send


def outcome(folder: Path, access: Access, rows: Rows, send: Send) -> Outcome:
    """Send the day to the installation in ``folder``, and see what became of it."""
    with EmbeddedSuite(folder, kafka="", portal=False) as suite:
        # One batch of each kind, one after the other: a finding tells what was known when it was made, and
        # that depends on what came together.
        totals: Counter[str] = Counter()
        for kind in ("work_sessions", "dispatches"):
            part: Rows = {"work_sessions": [], "dispatches": []} | {kind: rows[kind]}
            task = task_of(suite.address, suite.token_url, access, part, batch_size=5_000, linger_ms=60_000)
            totals.update(send(task))
            suite.drain()
        worker_ids = workers(suite.address, access, suite.token_url)
        return Outcome(
            dict(totals),
            accepted_events(suite.address, access, worker_ids),
            findings(suite.address, access),
        )


@contextmanager
def open_suite(folder: Path) -> Iterator[tuple[EmbeddedSuite, dict[str, str]]]:
    """A suite in ``folder`` and the environment of a program that hands in to it, as the quick starts read
    it."""
    with EmbeddedSuite(folder / "suite", kafka="", portal=False) as suite:
        access = admitted(suite, folder)
        told = {
            "QUZHONG_ADDRESS": suite.address,
            "QUZHONG_CLIENT_ID": access.client_id,
            "QUZHONG_KEY_FILE": str(access.key_file),
            "QUZHONG_TOKEN_URL": suite.token_url,
            "QUZHONG_PLAIN": "1",
        }
        yield suite, dict(os.environ) | told
