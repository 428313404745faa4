"""Rows a second through each language's client, beside a bare loop over the stub of the same language:
``python -m bench.sdks [LANGUAGE …]``.

Client and loop run on one core, in turn, against a server on another that answers without looking. The loop
fills the generated messages and keeps as many calls in flight. The client takes rows that name the worker,
makes messages of them, and batches, bounds, counts and resends besides; where that making is what costs
(Python), it is measured with the loop's messages too. Languages that are not set up here say so.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import grpc

from bench.verdict import against
from quzhong.api.intake.v1 import intake_pb2

ROOT = Path(__file__).parents[1]
SDKS = ROOT / "sdk"
TASK = {"rows": 100_000, "batch_size": 500, "max_in_flight": 4, "rounds": 3}
TARGET_SHARE = 0.60
"""PERFORMANCE: a client gets at least so much of what a bare loop of its language gets."""


@dataclass(frozen=True, slots=True)
class Program:
    """How a language's figures are had."""

    command: tuple[str, ...]
    folder: Path
    build: tuple[tuple[str, ...], ...] = ()
    """What has to run before."""

    def lacking(self) -> str:
        """What is not there; empty if it can run."""
        tools = [command[0] for command in (*self.build, self.command) if "/" not in command[0]]
        return next((tool for tool in tools if not shutil.which(tool)), "")


JAVA = SDKS / "java"
"""Its throughput program stands among its tests."""
JAVA_CLASSPATH = os.pathsep.join(
    [
        "client/target/test-classes",
        "client/target/classes",
        # What Maven wrote down when it built: the jars it resolved.
        "$(cat client/target/classpath.txt)",
    ]
)

PROGRAMS = {
    "python": Program((sys.executable, "-m", "bench.sdk_python"), ROOT),
    "go": Program(
        ("./../../build/go-throughput",),
        SDKS / "go",
        (("go", "build", "-o", "../../build/go-throughput", "./internal/throughput"),),
    ),
    "java": Program(
        ("sh", "-c", f'exec java -cp "{JAVA_CLASSPATH}" example.quzhong.Throughput'),
        JAVA,
        (("mvn", "-q", "-B", "-ntp", "-DskipTests", "package"),),
    ),
    "typescript": Program(
        ("node", "build/programs/throughput.js"),
        SDKS / "typescript",
        (
            ("npm", "ci", "--ignore-scripts", "--no-fund", "--no-audit"),
            ("npm", "run", "build"),
            ("npm", "run", "check"),
        ),
    ),
}


@contextmanager
def answering() -> Iterator[str]:
    """A server in a process of its own on the first core; its address."""
    command = [sys.executable, "-m", "bench.sdks", "--serve"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as server:
        assert server.stdout
        try:
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


def serve() -> None:
    """Answer every batch with the same bytes, until stdin ends."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    rows = TASK["batch_size"]
    answer = intake_pb2.BatchAnswer(verdicts=[intake_pb2.ROW_VERDICT_ACCEPTED] * rows, accepted=rows)
    said = intake_pb2.SubmitDispatchesResponse(answer=answer).SerializeToString()
    server = grpc.server(ThreadPoolExecutor(4))
    method: grpc.RpcMethodHandler[bytes, bytes] = grpc.unary_unary_rpc_method_handler(
        lambda request, context: said  # bytes in, bytes out
    )
    service = intake_pb2.DESCRIPTOR.services_by_name["IntakeService"].full_name
    handler = grpc.method_handlers_generic_handler(service, {"SubmitDispatches": method})
    server.add_generic_rpc_handlers((handler,))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(f"127.0.0.1:{port}", flush=True)
    sys.stdin.read()


def measured(program: Program, address: str) -> dict[str, float]:
    """The figures of a language, on the last core."""
    for command in program.build:
        subprocess.run(command, cwd=program.folder, check=True, stdout=subprocess.DEVNULL)
    core = str(max(os.sched_getaffinity(0)))
    done = subprocess.run(
        ["taskset", "-c", core, *program.command],
        cwd=program.folder,
        input=json.dumps(TASK | {"address": address}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("languages", nargs="*", help=", ".join(PROGRAMS))
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.serve:
        serve()
        return
    told = f"{TASK['rows']:,} rows in batches of {TASK['batch_size']}, {TASK['max_in_flight']} in flight"
    print(f"sdks: {told}, one core, median of {TASK['rounds']}")
    with answering() as address:
        for language in arguments.languages or PROGRAMS:
            program = PROGRAMS[language]
            if lacking := program.lacking():
                print(f"  {language}: not measured: no {lacking} here (`make test-sdks` sets it up)")
                continue
            figures = measured(program, address)
            kinds = {"bare": "stub", "client": "client, rows", "messages": "client, messages"}
            rates = {kind: figures.get(f"{kind}_rows_per_s") for kind in kinds}
            for kind, rate in rates.items():
                if rate is not None:
                    print(f"  {language:10} {kinds[kind]:16} {rate:>11,.0f} rows/s")
            print(against(f"{language}, rows / stub", figures["ratio"], TARGET_SHARE))
            if (rate := rates["messages"]) is not None:
                share = rate / figures["bare_rows_per_s"]
                print(against(f"{language}, messages / stub", share, TARGET_SHARE))


if __name__ == "__main__":
    main()
