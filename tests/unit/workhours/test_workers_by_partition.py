"""What stands for a worker's partition, where only some partitions have anything that stands."""

from __future__ import annotations

from services.workhours.core.docket import LONG_AGO
from services.workhours.engine.workers import Workers


def test_workers_of_partitions_that_nothing_stands_for_are_answered_too() -> None:
    workers = Workers()
    low, high = workers.enrol(0, ["worker-of-0"]), workers.enrol(5, ["worker-of-5"])
    moments = workers.by_partition({0: 1_000})
    assert moments[low].tolist() == [1_000]
    assert moments[high].tolist() == [LONG_AGO]


def test_forgotten_workers_have_no_moment() -> None:
    workers = Workers()
    code = workers.enrol(5, ["worker-of-5"])
    workers.advance(5, 1_000)
    assert workers.watermarks()[code].tolist() == [1_000]
    workers.forget([5])
    assert workers.watermarks()[code].tolist() == [LONG_AGO]
    assert workers.by_partition({5: 2_000})[code].tolist() == [LONG_AGO]
