"""``Watch*`` streams: any number of threads follow what a store numbers, woken by its commits."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

LOOK_S = 1.0
"""A watcher looks at least this often: another process may have written to the store."""


class Numbered(Protocol):
    """An item with its place in the order of commits."""

    @property
    def sequence(self) -> int: ...


Item = TypeVar("Item", bound=Numbered)


class Watching:
    """Where watchers of one stream wait."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._rings = 0
        self._closed = False

    def ring(self) -> None:
        """There may be something new, or a watcher may have to end."""
        with self._condition:
            self._rings += 1
            self._condition.notify_all()

    def close(self) -> None:
        """End every stream."""
        self._closed = True
        self.ring()

    def follow(
        self, read: Callable[[int], Sequence[Item]], after: int, active: Callable[[], bool]
    ) -> Iterator[Item]:
        """What ``read(after)`` gives, in order and without end, while ``active()``.

        ``read`` answers a page of items with a sequence number above its argument, in ascending order; an
        empty one if there are none now. Ring when ``active()`` turns false.
        """
        while active() and not self._closed:
            rings = self._rings  # taken before the look, so that no ring falls between look and wait
            page = read(after)
            yield from page
            if page:
                after = page[-1].sequence
                continue
            with self._condition:
                self._condition.wait_for(lambda seen=rings: self._rings != seen, LOOK_S)  # type: ignore[misc]
