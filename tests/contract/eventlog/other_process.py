"""Users of a log in processes of their own, for tests that kill them or take their disk away.

Run as ``python -m tests.contract.eventlog.other_process append|consume …``. Each says on standard output what
it has done; the tests read that.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from pathlib import Path

from kit.errors import LogUnavailableError
from kit.eventlog.kafka import KafkaEventLog
from kit.eventlog.loop import ConsumerLoop, Step
from kit.eventlog.port import EventLog, NewRecord
from kit.eventlog.sqlite import SqliteEventLog
from kit.storage.store import Store
from tests.contract.eventlog.conftest import MAX_POLL_INTERVAL_S, SESSION_TIMEOUT_S
from tests.contract.eventlog.effects import EFFECTS, Service, decode

BATCH = 20
"""Records of one append."""


def say(*words: object) -> None:
    """One line, at once."""
    print(*words, flush=True)


def open_log(url: str) -> EventLog:
    """As ``LogUnderTest`` opens it."""
    if url.startswith("kafka://"):
        return KafkaEventLog(
            url.removeprefix("kafka://"),
            session_timeout_s=SESSION_TIMEOUT_S,
            max_poll_interval_s=MAX_POLL_INTERVAL_S,
        )
    return SqliteEventLog(
        Path(url.removeprefix("sqlite:///")),
        session_timeout_s=SESSION_TIMEOUT_S,
        max_poll_interval_s=MAX_POLL_INTERVAL_S,
    )


def append(url: str, topic: str, name: str, batches: str, limit_bytes: str) -> None:
    """Append batches, saying the number of each once it is acknowledged.

    With a limit, no file of this process may grow beyond it: writing then fails, as on a full disk.
    """
    log = open_log(url)
    if int(limit_bytes):
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit_bytes), int(limit_bytes)))
    for batch in range(int(batches)):
        values = [f"{name} {batch} {i}".encode() for i in range(BATCH)]
        try:
            log.append([NewRecord(topic, value, key=b"%d" % i) for i, value in enumerate(values)])
        except LogUnavailableError as error:
            say("unavailable", error)
            return
        say("acknowledged", batch)
    log.close()


def consume(url: str, store_url: str, topic: str, group: str, die_after: str) -> None:
    """Consume as "other"; be killed after the named step of the second batch, or stop at end of input."""
    counted = 0

    def die(step: Step) -> None:
        nonlocal counted
        if step.name == die_after:
            counted += 1
            if counted == 2:
                os.kill(os.getpid(), signal.SIGKILL)

    loop = ConsumerLoop(
        log=open_log(url), store=Store.open(store_url, EFFECTS), group=group, topics=[topic], decode=decode,
        handler=Service("other"), max_records=5, poll_timeout_s=0.2, after_step=die,
    )  # fmt: skip
    loop.start()
    say("started")
    sys.stdin.read()
    loop.stop()
    if loop.failed is not None:
        raise loop.failed
    say("stopped")


if __name__ == "__main__":
    {"append": append, "consume": consume}[sys.argv[1]](*sys.argv[2:])
