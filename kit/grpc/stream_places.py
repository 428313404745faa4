"""How many streams a server holds at once: each of them keeps a thread for as long as it lasts."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from kit.errors import OverloadedError

MOST_STREAMS = 1_200
"""Of all callers: the thousand watchers that ``bench.notify`` measures, and others. Each holds a thread that
sleeps."""

MOST_OF_A_PARTY = 32
"""A department with some dozens of officials at their pages; and no party alone keeps the others out, with
however many credentials."""


class StreamPlaces:
    """Counts the streams that are open. Safe for use by many threads."""

    def __init__(self, most: int = MOST_STREAMS, most_of_a_party: int = MOST_OF_A_PARTY) -> None:
        self._most = most
        self._most_of_a_party = most_of_a_party
        self._lock = threading.Lock()
        self._open: Counter[str] = Counter()

    @contextmanager
    def taken(self, party_id: str) -> Iterator[None]:
        """A place for a stream of the party, for the block.

        Raises:
            OverloadedError: (retryable) STREAMS_TAKEN.
        """
        with self._lock:
            if self._open[party_id] >= self._most_of_a_party or self._open.total() >= self._most:
                raise self._refusal(self._open[party_id])
            self._open[party_id] += 1
        try:
            yield
        finally:
            with self._lock:
                self._open[party_id] -= 1
                if not self._open[party_id]:
                    del self._open[party_id]

    def _refusal(self, own: int) -> OverloadedError:
        error = OverloadedError(
            f"{own} streams of yours are open, and no further one is taken now (at most "
            f"{self._most_of_a_party} a party, {self._most} in all); close some, or ask by the page instead",
            zh=f"您已打开 {own} 个数据流，暂不能再打开（每个主体最多 {self._most_of_a_party} 个，"
            f"全部最多 {self._most} 个）；请关闭部分数据流，或改用分页查询",
            reason="STREAMS_TAKEN",
            metadata={"limit": str(self._most_of_a_party)},
        )
        error.retry_after_s = 1.0
        return error
