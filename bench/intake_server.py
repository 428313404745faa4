"""The servers of ``bench.intake``, each in a process of its own.

``python -m bench.intake_server KIND FOLDER`` prints its address and a token, then answers each line on stdin
with the processor seconds it has used; it ends with stdin.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import grpc

from bench.dispatch_rows import AREAS, PLATFORM
from kit.clock import system_clock
from kit.directory import Directory
from kit.eventlog.open import open_event_log
from kit.eventlog.topics import TOPICS
from kit.grpc.host import MAX_MESSAGE_BYTES, THREADS, Host, Unit
from kit.settings import CommonSettings
from kit.telemetry.running import running
from quzhong.api.events.v1 import findings_pb2
from quzhong.api.intake.v1 import intake_pb2
from quzhong.api.registry.v1 import registry_pb2, registry_pb2_grpc
from services.intake.app import build as build_intake
from services.intake.settings import IntakeSettings
from services.registry.app import build as build_registry
from services.registry.settings import RegistrySettings

ADDRESS = "127.0.0.1:0"


def answer_at_once(
    request: intake_pb2.SubmitDispatchesRequest, context: grpc.ServicerContext
) -> intake_pb2.SubmitDispatchesResponse:
    """An answer as large as intake's: every row accepted, unseen."""
    rows = len(request.dispatches)
    answer = intake_pb2.BatchAnswer(verdicts=[intake_pb2.ROW_VERDICT_ACCEPTED] * rows, accepted=rows)
    return intake_pb2.SubmitDispatchesResponse(answer=answer)


@contextmanager
def echo(folder: Path) -> Iterator[tuple[str, str]]:
    """A bare gRPC server with the host's options."""
    server = grpc.server(
        ThreadPoolExecutor(THREADS), options=[("grpc.max_receive_message_length", MAX_MESSAGE_BYTES)]
    )
    method = grpc.unary_unary_rpc_method_handler(
        answer_at_once,
        request_deserializer=intake_pb2.SubmitDispatchesRequest.FromString,
        response_serializer=intake_pb2.SubmitDispatchesResponse.SerializeToString,
    )
    service = intake_pb2.DESCRIPTOR.services_by_name["IntakeService"].full_name
    server.add_generic_rpc_handlers(
        (grpc.method_handlers_generic_handler(service, {"SubmitDispatches": method}),)
    )
    port = server.add_insecure_port(ADDRESS)
    server.start()
    yield f"127.0.0.1:{port}", ""
    server.stop(None).wait()


@contextmanager
def intake(folder: Path) -> Iterator[tuple[str, str]]:
    """Intake as it is deployed, with the registry beside it; log and stores in SQLite."""
    settings = RegistrySettings(data_dir=folder, address=ADDRESS)
    log = open_event_log(settings.log_url)
    log.ensure_topics(TOPICS, settings.partitions)
    directory = Directory(log, system_clock)
    directory.start()
    units: list[Unit] = [
        build_registry(settings, log, directory, system_clock),
        build_intake(IntakeSettings(data_dir=folder, intake_rows_limit=""), log, directory, system_clock),
    ]
    host = Host(units, directory, settings.address)
    host.start()
    yield host.address, _platform_token(host.address, settings.admin_token_file.read_text().strip())
    host.stop(grace_s=0.1)
    directory.stop()
    log.close()


def _platform_token(address: str, admin: str) -> str:
    request = registry_pb2.RegisterPlatformRequest(
        request_id="bench",
        platform_id=PLATFORM,
        name=findings_pb2.LocalText(zh="测速平台", en="Bench"),
        area_codes=AREAS,
    )
    with grpc.insecure_channel(address) as channel:
        registry = registry_pb2_grpc.RegistryServiceStub(channel)
        return registry.RegisterPlatform(request, metadata=(("authorization", f"Bearer {admin}"),)).token


def main(kind: str, folder: Path) -> None:
    """Serve until stdin ends, on one core: the targets are per core."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    telemetry = running("bench", CommonSettings())  # off, but for bench.telemetry
    with telemetry, {"echo": echo, "intake": intake}[kind](folder) as (address, token):
        print(json.dumps({"address": address, "token": token}), flush=True)
        for _ in sys.stdin:
            print(json.dumps({"cpu_s": time.process_time()}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
