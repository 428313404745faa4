"""How often misses may make the directory read: a flood of bad tokens must not become a flood of reads."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from kit.errors import LogUnavailableError, OverloadedError, QuzhongError

SPACING_S = 0.05
"""Catch-ups begin at least this far apart: 20 a second at most, and nobody waits noticeably for the next."""

MOST_WAITING = 32
"""A third of a server's threads for calls (``kit.grpc.host.CALL_THREADS``): beyond it misses are turned away,
so that known callers always find a thread."""


class CatchUpGate:
    """Shares catch-ups among those who need one, and spaces them.

    Whoever asks gets one that *begins* after the asking: one already under way may have taken the log's end
    before the credential in question was written.
    """

    def __init__(
        self, catch_up: Callable[[], None], *, spacing_s: float = SPACING_S, most_waiting: int = MOST_WAITING
    ) -> None:
        self._catch_up = catch_up
        self._spacing_s = spacing_s
        self._most_waiting = most_waiting
        self._condition = threading.Condition()
        self._waiting = 0
        self._begun = 0
        self._ended = 0
        self._failure: QuzhongError | None = None
        """Of the catch-up that ended last."""
        self._next_s = 0.0

    def pass_through(self) -> None:
        """Return once a catch-up that began after this call has succeeded.

        Raises:
            OverloadedError: (retryable) if too many wait already.
            QuzhongError: what the catch-up raised, to everybody who waited for it.
        """
        with self._condition:
            if self._waiting >= self._most_waiting:
                raise OverloadedError(
                    f"{self._waiting} unknown credentials or names are being looked up already; send again",
                    zh=f"正在核对 {self._waiting} 个未知凭证或名称；请稍后重发",
                    reason="TOO_MANY_UNKNOWN_CALLERS",
                )
            self._waiting += 1
            try:
                self._wait_for(self._begun + 1)
            finally:
                self._waiting -= 1

    def _wait_for(self, number: int) -> None:
        while self._ended < number:
            pause_s = self._next_s - time.monotonic()
            if self._begun > self._ended:
                self._condition.wait()
            elif pause_s > 0:
                self._condition.wait(pause_s)
            else:
                self._lead()
        if self._failure is not None:
            # A fresh error for each thread: they would write their tracebacks over each other's.
            failure = self._failure
            raise type(failure)(failure.message, zh=failure.zh, reason=failure.reason) from failure

    def _lead(self) -> None:
        self._begun += 1
        self._next_s = time.monotonic() + self._spacing_s
        self._condition.release()
        failure: QuzhongError | None = LogUnavailableError(
            "the directory cannot catch up", zh="登记目录无法追上日志"
        )
        try:
            self._catch_up()
            failure = None
        except QuzhongError as error:
            failure = error
        finally:
            self._condition.acquire()
            self._failure = failure
            self._ended = self._begun
            self._condition.notify_all()
