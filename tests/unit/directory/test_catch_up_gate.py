"""The gate in front of catch-ups: shared, spaced, bounded, and fair about failure."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from kit.directory.catch_up import CatchUpGate
from kit.errors import LogUnavailableError, OverloadedError, QuzhongError


def in_threads(count: int, call: Callable[[], None]) -> list[QuzhongError]:
    """Run ``call`` in threads at once; answer what they raised."""
    raised: list[QuzhongError] = []

    def run() -> None:
        try:
            call()
        except QuzhongError as error:
            raised.append(error)

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_callers_at_once_share_catch_ups() -> None:
    begun: list[float] = []

    def catch_up() -> None:
        begun.append(time.monotonic())
        time.sleep(0.1)

    gate = CatchUpGate(catch_up, spacing_s=0)
    assert in_threads(30, gate.pass_through) == []
    assert len(begun) < 10  # two, unless the machine is slow to start threads


def test_nobody_is_answered_by_a_catch_up_that_had_begun_before_they_asked() -> None:
    inside, leave = threading.Event(), threading.Event()
    rounds = 0

    def catch_up() -> None:
        nonlocal rounds
        rounds += 1
        inside.set()
        leave.wait(5)

    gate = CatchUpGate(catch_up, spacing_s=0)
    first = threading.Thread(target=gate.pass_through)
    first.start()
    inside.wait(5)
    second = threading.Thread(target=gate.pass_through)
    second.start()
    leave.set()
    first.join()
    second.join()
    assert rounds == 2


def test_catch_ups_begin_no_closer_than_the_spacing() -> None:
    began_s = time.monotonic()
    gate = CatchUpGate(lambda: None, spacing_s=0.03)
    for _ in range(4):
        gate.pass_through()
    assert time.monotonic() - began_s >= 3 * 0.03


def test_too_many_waiting_are_turned_away_with_a_retryable_error() -> None:
    inside, leave = threading.Event(), threading.Event()

    def catch_up() -> None:
        inside.set()
        leave.wait(5)

    gate = CatchUpGate(catch_up, spacing_s=0, most_waiting=1)
    waiting = threading.Thread(target=gate.pass_through)
    waiting.start()
    inside.wait(5)
    with pytest.raises(OverloadedError) as refused:
        gate.pass_through()
    leave.set()
    waiting.join()
    assert refused.value.reason == "TOO_MANY_UNKNOWN_CALLERS"
    gate.pass_through()


def test_a_failure_reaches_everybody_who_waited_and_the_next_caller_tries_again() -> None:
    fails = True

    def catch_up() -> None:
        time.sleep(0.02)
        if fails:
            raise LogUnavailableError("away", zh="不可用")

    gate = CatchUpGate(catch_up, spacing_s=0)
    raised = in_threads(8, gate.pass_through)
    assert [(type(error), error.zh) for error in raised] == [(LogUnavailableError, "不可用")] * 8
    fails = False
    gate.pass_through()
