"""A small day under twenty faults, two at a time, or with replicas lost.

``make chaos``: two hundred faults, and a million events.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos.faults import BROKER, DATABASE
from tests.chaos.flow import day_of
from tests.chaos.outcome import Outcome
from tests.chaos.run import Report, disturbed, undisturbed, with_replicas_lost
from tests.support.kafka.broker import MissingToolError
from tests.support.missing import missing
from tests.support.postgres import MissingPostgresError

pytestmark = [
    pytest.mark.kafka,
    pytest.mark.timeout(600),
    # kafka-python leaves the sockets of refused connections to the garbage collector.
    pytest.mark.filterwarnings("ignore:unclosed <s:ResourceWarning"),
    # asyncio leaves it a connection that breaks while it is made.
    pytest.mark.filterwarnings("ignore:unclosed transport <_Selector:ResourceWarning"),
]

FAULTS, SEED, EVENTS = 20, 1, 12_000


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    """Those sockets, before another test is told of them."""
    yield
    gc.collect()


def test_twenty_faults_change_lose_and_double_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)  # captured tracebacks would keep those sockets
    day = day_of(EVENTS, SEED)
    expected, accepted = undisturbed(tmp_path / "undisturbed", day)
    try:
        report = disturbed(tmp_path, day, faults=FAULTS, seed=SEED, say=print, two_at_once=1.0)
    except (MissingToolError, MissingPostgresError) as error:
        missing(f"chaos needs a broker and a database of its own: {error}")
    _require_the_same(expected, accepted, report)


@pytest.mark.long_run
def test_brokers_and_a_database_lost_with_all_they_had_change_lose_and_double_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    day = day_of(EVENTS, SEED)
    expected, accepted = undisturbed(tmp_path / "undisturbed", day)
    try:
        report = with_replicas_lost(tmp_path, day, (BROKER, DATABASE, BROKER, BROKER), say=print)
    except (MissingToolError, MissingPostgresError) as error:
        missing(f"replicas need brokers and databases of their own: {error}")
    _require_the_same(expected, accepted, report)


def _require_the_same(expected: Outcome, accepted: int, report: Report) -> None:
    print("\n".join(report.lines()))
    assert expected.findings
    assert expected.cases
    assert expected.notices
    assert expected.difference(report.found) == ""
    assert report.accepted == accepted
    assert report.found.digests() == expected.digests()
