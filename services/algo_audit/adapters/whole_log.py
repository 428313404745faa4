"""All events of the log, for audits: they wait for the consumer, as a part would not do.

An audit of the orders of some partitions, or of those read so far after a start, would find other percentiles
and withdraw what the last one found.
"""

from __future__ import annotations

import time

from kit.errors import OverloadedError
from kit.eventlog.loop import ConsumerLoop
from services.algo_audit.held import Consumed, Held
from services.algo_audit.ports import Observed, Since

AWAIT_S = 10.0
"""How long an audit waits for the consumer: shorter than the usual patience of a caller."""

_LOOK_S = 0.02


class WholeLog:
    """``Events`` over the loop that fills the state."""

    def __init__(self, loop: ConsumerLoop[Consumed], state: Held, await_s: float = AWAIT_S) -> None:
        self._loop = loop
        self._state = state
        self._await_s = await_s

    def all(self, since: Since | None = None) -> Observed:
        """See the port."""
        deadline = time.monotonic() + self._await_s
        end = self._loop.end()
        self._loop.hurry()
        while True:
            if self._loop.has_reached(end):
                observed = self._state.observed(end.keys(), since=since)
                if observed is not None:
                    return observed
            if self._loop.failed is not None or time.monotonic() > deadline:
                raise OverloadedError(
                    "algo_audit is behind the log, or does not own all of its partitions; audit again later "
                    "(it runs as one process)",
                    zh="algo_audit 落后于事件日志，或未拥有全部分区；请稍后再审计（该服务只运行一个进程）",
                    reason="ORDERS_INCOMPLETE",
                )
            time.sleep(_LOOK_S)
