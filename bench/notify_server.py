"""Notify in a process of its own, for ``bench.notify``: ``python -m bench.notify_server FOLDER LOG PARTIES``.

Log, store and directory are those of a deployment over SQLite. Prints its address and a token for each party
as JSON, then answers each line on stdin with what the kernel says of the process; ``drained`` not before
everything has had its effects.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from kit.clock import system_clock
from kit.directory import Directory
from kit.eventlog.open import open_event_log
from kit.eventlog.port import EventLog, NewRecord
from kit.eventlog.topics import REGISTRY, TOPICS
from kit.grpc.host import Host
from kit.security import tokens
from quzhong.api.events.v1 import findings_pb2
from quzhong.api.registry.v1 import registry_pb2
from services.notify.app import build
from services.notify.settings import NotifySettings

PARTITIONS = 4
CITY = "130200"


def register(log: EventLog, parties: int) -> list[str]:
    """So many departments of the city; their tokens."""
    given, entries = [], []
    for number in range(parties):
        token, name = tokens.issue(), f"department-{number}"
        given.append(token.token)
        party = registry_pb2.Party(
            party_id=name,
            role=registry_pb2.ROLE_REGULATOR,
            name=findings_pb2.LocalText(zh=name, en=name),
            area_codes=[CITY],
        )
        credential = registry_pb2.Credential(
            credential_id=token.credential_id, party_id=name, secret_sha256=token.secret_sha256
        )
        entries += [
            registry_pb2.DirectoryEntry(party=party),
            registry_pb2.DirectoryEntry(credential=credential),
        ]
    log.append([NewRecord(REGISTRY.name, entry.SerializeToString(), key=b"entity") for entry in entries])
    return given


def kernel() -> dict[str, float]:
    """Resident bytes, threads, and processor seconds of this process."""
    status = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    told = dict(line.split(":", 1) for line in status)
    return {
        "rss_bytes": int(told["VmRSS"].split()[0]) * 1024.0,
        "threads": float(told["Threads"]),
        "cpu_s": time.process_time(),
    }


def main(folder: Path, log_url: str, parties: int) -> None:
    """Serve until stdin ends."""
    log = open_event_log(log_url)
    log.ensure_topics(TOPICS, PARTITIONS)
    given = register(log, parties)
    directory = Directory(log, system_clock)
    directory.start()
    unit = build(NotifySettings(data_dir=folder), log, directory, system_clock)
    host = Host([unit], directory, "127.0.0.1:0")
    host.start()
    try:
        print(json.dumps({"address": host.address, "tokens": given}), flush=True)
        for line in sys.stdin:
            while line.strip() == "drained" and not unit.drained():
                time.sleep(0.05)
            print(json.dumps(kernel()), flush=True)
    finally:
        host.stop(grace_s=0.5)
        directory.stop()
        log.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
