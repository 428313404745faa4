"""``make chaos``: ``python -m tests.chaos.long_run FAULTS SEED EVENTS``. Exit status 1 if two runs differ."""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.chaos.flow import day_of
from tests.chaos.run import disturbed, undisturbed


def main(faults: int, seed: int, events: int) -> int:
    """Run the day both ways and compare."""
    logging.disable(logging.WARNING)  # of the clients here, which lose their connections too
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # everything that runs is ended on the way out
    began_s = time.monotonic()

    def say(line: str) -> None:
        print(f"{time.monotonic() - began_s:7.1f} s  {line}", flush=True)

    day = day_of(events, seed)
    say(f"{day.rows:,} events of {len(day.city.platforms)} platforms, {faults} faults, seed {seed}")
    say(f"on {os.cpu_count()} cores, {os.getloadavg()[0]:.1f} processes at work on average before it began")
    with TemporaryDirectory(prefix="quzhong-chaos-") as place:
        expected, accepted = undisturbed(Path(place) / "undisturbed", day)
        say(f"undisturbed: {expected.digests()}")
        report = disturbed(Path(place), day, faults=faults, seed=seed, say=say)
    say(f"disturbed:   {report.found.digests()}")
    say(f"{report.resent} calls of platforms made again; processes that ended by themselves: "
        f"{dict(report.ended_by_itself)}")  # fmt: skip
    for line in report.lines():
        say(line)
    wrong = expected.difference(report.found)
    if accepted != report.accepted:
        wrong = f"{wrong}; accepted {report.accepted} instead of {accepted} rows".strip("; ")
    counted = (
        f"{len(expected.findings):,} findings, {len(expected.cases)} cases, {len(expected.notices)} notices"
    )
    say(f"DIFFERENT: {wrong}" if wrong else f"the same: {counted}, {accepted:,} rows accepted")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*(int(each) for each in sys.argv[1:])))
