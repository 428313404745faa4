"""Evaluations of pseudonyms a second on one core, beside libsodium's raw scalar multiplication:
``python -m bench.pseudonyms``.

Processor seconds, so that what else runs on the machine counts for nobody. All take turns within a round, on
one core, over the same 500 elements:

raw             libsodium's ristretto255 multiplication in a loop: what an evaluation costs at least
no proof        the evaluation alone
bare proof      libsodium's calls that a proven evaluation cannot do without, and nothing else: an element two
                multiplications (by the key; by its weight in the proof) and an addition. It is the ceiling of
                any proven evaluation with this library, which has no sum of many multiplications
with proof      as the contract promises: one proof a batch (RFC 9497)
through gRPC    the registry as it is deployed, in a process of its own: token, budget in SQLite, answer
client          blinding, verifying and unblinding, in the SDK: no part of the registry's bill
Rust            the package ``voprf`` (curve25519-dalek), if ``QUZHONG_BENCH_PEERS_PYTHON`` has it
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import IO, Any, cast

import grpc
import rbcl

from bench.verdict import against
from bench.workhours_peers import INTERPRETER
from quzhong import bearer, voprf
from quzhong.api.registry.v1 import pseudonyms_pb2 as pb
from quzhong.api.registry.v1 import pseudonyms_pb2_grpc
from quzhong.voprf import group

ROUNDS = 5
ELEMENTS = 500
BATCHES = 8
"""A round and a way: 4,000 evaluations, half a second of a core."""
TARGET_SHARE = 0.60
"""The registry's issue: at least 60 % of raw scalar multiplications."""


def main() -> None:
    """Measure and print."""
    processors = sorted(os.sched_getaffinity(0))
    key = voprf.derive_key(bytes(32), b"bench")
    blindings = [voprf.blind(b"worker %d" % number) for number in range(ELEMENTS)]
    elements = [blinding.element for blinding in blindings]
    answer, public = voprf.evaluate(key, elements), voprf.public_key(key)
    ways: dict[str, Callable[[], object]] = {
        "raw": lambda: [rbcl.crypto_scalarmult_ristretto255(key, element) for element in elements],
        "no proof": lambda: [group.multiplied(key, element) for element in elements],
        "bare proof": lambda: _bare_proof(key, elements),
        "with proof": lambda: voprf.evaluate(key, elements),
        "client": lambda: (
            [voprf.blind(blinding.value) for blinding in blindings],
            voprf.finalize(blindings, answer.elements, answer.proof, public),
        ),
    }
    rates: dict[str, list[float]] = {way: [] for way in (*ways, "through gRPC")}
    print(f"pseudonyms: {BATCHES} batches of {ELEMENTS} on one core, median of {ROUNDS}")
    with tempfile.TemporaryDirectory(prefix="quzhong-bench-") as folder:
        server = subprocess.Popen(
            [sys.executable, "-m", "bench.pseudonym_server", folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        with server, cast(IO[str], server.stdin) as said, cast(IO[str], server.stdout) as heard:

            def server_cpu_s() -> float:
                said.write("\n")
                said.flush()
                return float(json.loads(heard.readline())["cpu_s"])

            started = json.loads(heard.readline())
            os.sched_setaffinity(0, processors[-1:])
            with grpc.insecure_channel(started["address"]) as channel:
                for _ in range(ROUNDS):
                    for way, act in ways.items():
                        rates[way].append(_rate(act))
                    before = server_cpu_s()
                    _send(channel, started["token"], elements)
                    rates["through gRPC"].append(BATCHES * ELEMENTS / (server_cpu_s() - before))
    medians = {way: statistics.median(found) for way, found in rates.items()}
    for way, rate in medians.items():
        print(f"  {way:13} {rate:>9,.0f} a second and core, {rate / medians['raw']:.0%} of raw")
    _print_peer(processors[-1], elements, medians["raw"])
    ceiling = medians["bare proof"]
    print(
        f"  of the bare proof, {ceiling / medians['raw']:.0%} of raw, the most this library can give: with "
        f"proof {medians['with proof'] / ceiling:.0%}, through gRPC {medians['through gRPC'] / ceiling:.0%}"
    )
    print(against("no proof / raw", medians["no proof"] / medians["raw"], TARGET_SHARE))
    print(against("with proof / raw", medians["with proof"] / medians["raw"], TARGET_SHARE))
    print(against("through gRPC / raw", medians["through gRPC"] / medians["raw"], TARGET_SHARE))


def _bare_proof(key: bytes, elements: list[bytes]) -> bytes:
    """What ``voprf.evaluate`` asks of libsodium. Multiplying takes constant time, so any factor will do."""
    total = rbcl.crypto_scalarmult_ristretto255_base(key)
    for element in elements:
        rbcl.crypto_scalarmult_ristretto255(key, element)
        weighted = rbcl.crypto_scalarmult_ristretto255(key, element)
        total = rbcl.crypto_core_ristretto255_add(total, weighted)
    return cast(bytes, total)


def _rate(act: Callable[[], object]) -> float:
    began = time.process_time()
    for _ in range(BATCHES):
        act()
    return BATCHES * ELEMENTS / (time.process_time() - began)


def _send(channel: grpc.Channel, token: str, elements: list[bytes]) -> None:
    stub = pseudonyms_pb2_grpc.PseudonymServiceStub(channel)
    for _ in range(BATCHES):
        request = pb.EvaluatePseudonymsRequest(blinded_elements=elements)
        answer = stub.EvaluatePseudonyms(request, metadata=bearer(token))
        if len(answer.evaluated_elements) != len(elements):
            raise SystemExit("not all were evaluated: this measured something else")


def _print_peer(core: int, elements: list[bytes], raw: float) -> None:
    """The Rust package's figure, or one line that says why there is none."""
    python = os.environ.get(INTERPRETER) or sys.executable
    asked: Any = {"elements": [element.hex() for element in elements], "batches": BATCHES, "rounds": ROUNDS}
    done = subprocess.run(
        [python, "-m", "bench.peers.rust_voprf"],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        preexec_fn=lambda: os.sched_setaffinity(0, {core}),
    )
    if done.returncode:
        why = (done.stderr.strip().splitlines() or ["no word"])[-1]
        print(f"  Rust          does not run ({why}); {INTERPRETER} names who can")
        return
    rate = float(json.loads(done.stdout)["rate"])
    print(f"  {'Rust':13} {rate:>9,.0f} a second and core, {rate / raw:.0%} of raw, with proof")


if __name__ == "__main__":
    main()
