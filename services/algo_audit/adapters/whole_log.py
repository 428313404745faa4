"""All events of the log, for audits: they wait for the consumer, as a part would not do.

An audit of the orders of some partitions, or of those read so far after a start, would find other percentiles
and withdraw what the last one found.
"""

from __future__ import annotations

import time

from kit.columns import EventBatch
from kit.errors import OverloadedError
from kit.eventlog.loop import ConsumerLoop
from services.algo_audit.orders_state import OrdersState
from services.algo_audit.ports import Dispatched

AWAIT_S = 10.0
"""How long an audit waits for the consumer: shorter than the usual patience of a caller."""

_LOOK_S = 0.02


class WholeLog:
    """``Dispatches`` over the loop that fills the state."""

    def __init__(self, loop: ConsumerLoop[EventBatch], state: OrdersState, await_s: float = AWAIT_S) -> None:
        self._loop = loop
        self._state = state
        self._await_s = await_s

    def all(self) -> Dispatched:
        """See the port."""
        deadline = time.monotonic() + self._await_s
        end = self._loop.end()
        self._loop.hurry()
        while True:
            reached = self._loop.position()
            if all(reached.get(source, 0) >= offset for source, offset in end.items()):
                dispatched = self._state.dispatched([source.partition for source in end])
                if dispatched is not None:
                    return dispatched
            if self._loop.failed is not None or time.monotonic() > deadline:
                raise OverloadedError(
                    "algo_audit is behind the log, or does not own all of its partitions; audit again later "
                    "(it runs as one process)",
                    zh="algo_audit 落后于事件日志，或未拥有全部分区；请稍后再审计（该服务只运行一个进程）",
                    reason="ORDERS_INCOMPLETE",
                )
            time.sleep(_LOOK_S)
