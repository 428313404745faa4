"""Evaluations a processor second of the package ``voprf`` (Rust, curve25519-dalek): elements and counts as
JSON on stdin, the median rate as JSON on stdout."""

from __future__ import annotations

import json
import statistics
import sys
import time

from voprf import ristretto  # type: ignore[import-not-found]


def main() -> None:
    """Measure and print."""
    asked = json.load(sys.stdin)
    elements = [bytes.fromhex(element) for element in asked["elements"]]
    evaluator = ristretto.Evaluator.from_seed(bytes(32), b"bench")
    rates = []
    for _ in range(asked["rounds"]):
        began = time.process_time()
        for _ in range(asked["batches"]):
            batch = [ristretto.BlindedInput.deserialize(element) for element in elements]
            evaluator.evaluate_batch(batch).serialize()
        rates.append(asked["batches"] * len(elements) / (time.process_time() - began))
    print(json.dumps({"rate": statistics.median(rates)}))


if __name__ == "__main__":
    main()
