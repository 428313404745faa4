"""The registry of ``bench.pseudonyms``: ``python -m bench.pseudonym_server FOLDER``.

Prints its address and a platform's token, then answers each line on stdin with the processor seconds it has
used; it ends with stdin.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import grpc

from kit.clock import system_clock
from kit.directory import Directory
from kit.eventlog.open import open_event_log
from kit.eventlog.topics import TOPICS
from kit.grpc.host import Host
from quzhong import bearer
from quzhong.api.events.v1.findings_pb2 import LocalText
from quzhong.api.registry.v1 import registry_pb2, registry_pb2_grpc
from services.registry.app import build
from services.registry.settings import RegistrySettings

PLENTY = 1_000_000_000
"""The budget is counted as always, and does not end."""


def main(folder: Path) -> None:
    """Serve until stdin ends."""
    settings = RegistrySettings(
        data_dir=folder,
        address="127.0.0.1:0",
        pseudonym_daily_evaluations=PLENTY,
        pseudonym_requests_per_second=PLENTY,
    )
    log = open_event_log(settings.log_url)
    log.ensure_topics(TOPICS, settings.partitions)
    directory = Directory(log, system_clock)
    directory.start()
    host = Host([build(settings, log, directory, system_clock)], directory, settings.address)
    host.start()
    token = _platform_token(host.address, settings.admin_token_file.read_text().strip())
    print(json.dumps({"address": host.address, "token": token}), flush=True)
    for _ in sys.stdin:
        print(json.dumps({"cpu_s": time.process_time()}), flush=True)
    host.stop(grace_s=0.1)
    directory.stop()
    log.close()


def _platform_token(address: str, admin: str) -> str:
    request = registry_pb2.RegisterPlatformRequest(
        request_id="bench",
        platform_id="bench",
        name=LocalText(zh="测速平台", en="Bench"),
        area_codes=["130200"],
    )
    with grpc.insecure_channel(address) as channel:
        registry = registry_pb2_grpc.RegistryServiceStub(channel)
        return registry.RegisterPlatform(request, metadata=bearer(admin)).token


if __name__ == "__main__":
    main(Path(sys.argv[1]))
