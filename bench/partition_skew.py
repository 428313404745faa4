"""How evenly workers spread over partitions, and what a lost process costs: for docs/capacity.md.

    python -m bench.partition_skew

Pseudonyms are random by construction, so the partitioner meets any city as it meets this one. A worker's
events a day are drawn log-normal around the simulated city's; the busiest partition against the mean is what
room has to be kept for. A rebalance reads the state of the lost process's partitions again: their bytes over
the speed of the store.
"""

from __future__ import annotations

import argparse

import numpy as np

from kit.eventlog.partitioner import partition_of

EVENTS_A_DAY = 200
"""Of a worker: 10 million events of 50 thousand workers (DOMAIN: a city of Tangshan's size)."""
SPREAD = 0.8
"""Standard deviation of the logarithm: a tenth of the workers have thrice the median's events. Assumption."""
STATE_BYTES = 29_000
"""Of a worker at rest with 14 days of history: bench.workhours_memory."""
STORE_BYTES_S = 50_000_000
"""Read and laid out again by a process. Assumption, on the slow side of a network disk."""

INSTALLATIONS = (
    ("city", 50_000, 64, (1, 2, 4)),
    ("province", 500_000, 256, (4, 8, 16)),
    ("nation, a tenth of its workers", 8_400_000, 1_024, (16, 32, 64)),
)
"""Name, workers, partitions, processes. A tenth on all of the nation's partitions bounds its skew."""


def partitions_of(workers: int, count: int, seed: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The partition of each of so many random pseudonyms; shape (workers,)."""
    rng = np.random.default_rng(seed)
    names = rng.integers(0, 256, (workers, 16), dtype=np.uint8)
    return np.fromiter((partition_of(name.tobytes(), count) for name in names), dtype=np.int64, count=workers)


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=7)
    seed = parser.parse_args().seed
    rng = np.random.default_rng(seed)
    headings = ("partitions", "workers", "events", "processes", "events", "back after")
    print("busiest against mean: workers and events of a partition, events of a process")
    print(f"{'':<32}" + "".join(f"{each:>12}" for each in headings))
    for name, workers, count, processes in INSTALLATIONS:
        where = partitions_of(workers, count, seed)
        events = rng.lognormal(np.log(EVENTS_A_DAY) - SPREAD**2 / 2, SPREAD, workers)
        people = np.bincount(where, minlength=count)
        load = np.bincount(where, weights=events, minlength=count)
        for number in processes:
            # Consecutive partitions to each, as a range assignment has it; neighbours are as good as any.
            shares = np.array([part.sum() for part in np.array_split(load, number)])
            state = np.array([part.sum() for part in np.array_split(people, number)]) * STATE_BYTES
            seconds = state.max() / STORE_BYTES_S
            print(
                f"{name:<32}{count:>12,}{people.max() / people.mean():>12.2f}"
                f"{load.max() / load.mean():>12.2f}{number:>12}{shares.max() / shares.mean():>12.2f}"
                f"{seconds:>10.0f} s"
            )


if __name__ == "__main__":
    main()
