"""Alerts and steps of cases as they come, told to any number of watchers.

    store ──one reading thread──▶ a feed for each audience ──▶ its watchers, each in a thread of its own

What is new is read once a process, however many watch: whoever watches as the same audience shares a feed
of its latest items, and only those wake who have something to hear. Feeds are bounded. A watcher that is too
slow for its feed, or resumes from before it, reads its own pages from the store until it has caught up: so it
keeps nobody waiting, takes no memory, and misses nothing.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, Generic, Protocol, TypeVar

from kit.errors import RetryableError
from services.notify.core.alerts import OF_FINDINGS, Audience
from services.notify.ports import NumberedAlert, NumberedStep, Reading

PAGE = 500
"""Alerts or steps read at once."""

KEPT = 2_000
"""Items that all feeds together hold, which they share: some seconds' worth of a burst."""

LOOK_S = 1.0
"""The reader looks at least this often, as another process may have written, and so does each watcher whether
its caller may still watch."""

EVERYBODY = Audience()

_log = logging.getLogger(__name__)


class Numbered(Protocol):
    """An item with its place in the order of commits."""

    @property
    def sequence(self) -> int: ...


Item = TypeVar("Item", bound=Numbered)

Read = Callable[[Audience, int], tuple[Sequence[Item], int]]
"""The next items of an audience, at most ``PAGE``, and up to where there is nothing more for it."""

Sort = Callable[[Sequence[Item]], Sequence[Hashable]]
"""Of each item, what decides who hears it."""


class Follower(Generic[Item]):
    """One watcher. Iterate it once."""

    def __init__(
        self, stream: Stream[Item], audience: Audience, after: int, active: Callable[[], bool]
    ) -> None:
        self._stream, self._audience = stream, audience
        self._after, self._active = after, active
        self._woken = threading.Event()

    def wake(self) -> None:
        """There is something to hear, or the watch may be over."""
        self._woken.set()

    def __iter__(self) -> Iterator[Item]:
        feed = self._stream.join(self._audience, self)
        try:
            while self._active() and not self._stream.closed:
                self._woken.clear()  # before looking, so that no call falls between look and wait
                page, seen = feed.since(self._after)
                if page is None:
                    page, seen = self._stream.read(self._audience, self._after)
                    self._woken.set()  # more may be there
                yield from page
                self._after = max(self._after, seen)
                self._woken.wait(LOOK_S)
        finally:
            self._stream.leave(feed, self)


class _Feed(Generic[Item]):
    """The latest items that an audience hears, and who listens."""

    def __init__(self, stream: Stream[Item], audience: Audience) -> None:
        self.audience = audience
        self.followers: set[Follower[Item]] = set()
        self._stream = stream
        self._lock = threading.Lock()
        self._items: deque[Item] = deque()
        self._whole_after = stream.seen

    def add(self, item: Item) -> None:
        with self._lock:
            self._items.append(item)

    def drop(self, sequence: int) -> None:
        """Forget its oldest item, which has that number."""
        with self._lock:
            if self._items and self._items[0].sequence == sequence:
                self._items.popleft()
                self._whole_after = sequence

    def since(self, after: int) -> tuple[Sequence[Item] | None, int]:
        """What came after a number, and up to where nothing else did; None if that is too far back."""
        seen = self._stream.seen  # before looking: what comes meanwhile is looked at again
        with self._lock:
            if after < self._whole_after:
                return None, after
            page: list[Item] = []
            for item in reversed(self._items):
                if item.sequence <= after:
                    break
                page.append(item)
        page.reverse()
        return page, max(seen, page[-1].sequence) if page else seen


class Stream(Generic[Item]):
    """All who watch one kind of item, and the thread that reads for them."""

    def __init__(
        self, name: str, read: Read[Item], sort: Sort[Item], hears: Callable[[Audience, Item, Any], bool]
    ) -> None:
        """``hears`` is told an audience, an item and what ``sort`` made of it, which alone decides."""
        self.read = read
        self.seen = 0
        """Up to here every item is in the feeds that hear it."""
        self.closed = False
        self.failed: BaseException | None = None
        self._name, self._sort, self._hears = name, sort, hears
        self._lock = threading.Lock()
        self._feeds: dict[Audience, _Feed[Item]] = {}
        self._routes: dict[Hashable, list[_Feed[Item]]] = {}
        self._kept: deque[tuple[Item, list[_Feed[Item]]]] = deque()
        self._rung = threading.Event()
        self._thread: threading.Thread | None = None

    def join(self, audience: Audience, follower: Follower[Item]) -> _Feed[Item]:
        """The audience's feed."""
        with self._lock:
            if not self._feeds:
                # Nobody listened, and nothing was read: begin with what comes.
                _, self.seen = self.read(EVERYBODY, _LAST)
            feed = self._feeds.get(audience)
            if feed is None:
                feed = self._feeds[audience] = _Feed(self, audience)
                self._routes.clear()
            feed.followers.add(follower)
            if self._thread is None and not self.closed:
                self._thread = threading.Thread(target=self._run, name=f"watch {self._name}", daemon=True)
                self._thread.start()
            return feed

    def leave(self, feed: _Feed[Item], follower: Follower[Item]) -> None:
        """The follower listens no more."""
        with self._lock:
            feed.followers.discard(follower)
            if not feed.followers and self._feeds.get(feed.audience) is feed:
                del self._feeds[feed.audience]
                self._routes.clear()

    def ring(self) -> None:
        """There may be something new."""
        self._rung.set()

    def close(self) -> None:
        """End every watch."""
        self.closed = True
        self._rung.set()
        with self._lock:
            followers = [each for feed in self._feeds.values() for each in feed.followers]
        for follower in followers:
            follower.wake()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        try:
            while not self.closed:
                self._rung.wait(LOOK_S)
                self._rung.clear()
                try:
                    while self._feeds and self._read_on() == PAGE and not self.closed:
                        pass
                except RetryableError as error:
                    _log.warning("watch of %s: %s; its watchers wait", self._name, error)
        except BaseException as error:  # noqa: BLE001 - told by ``failed``
            self.failed = error
            _log.exception("watch of %s ended", self._name)

    def _read_on(self) -> int:
        after = self.seen
        page, seen = self.read(EVERYBODY, after)
        kinds = self._sort(page)
        with self._lock:
            if self.seen != after:
                return PAGE  # everybody left meanwhile, and somebody came: what was read is not what is next
            to_wake: dict[Follower[Item], None] = {}
            for item, kind in zip(page, kinds, strict=True):
                feeds = self._heard_by(item, kind)
                self._keep(item, feeds)
                for feed in feeds:
                    to_wake.update(dict.fromkeys(feed.followers))
            self.seen = max(self.seen, seen)
        for follower in to_wake:
            follower.wake()
        return len(page)

    def _heard_by(self, item: Item, kind: Hashable) -> list[_Feed[Item]]:
        feeds = self._routes.get(kind)
        if feeds is None:
            feeds = [feed for feed in self._feeds.values() if self._hears(feed.audience, item, kind)]
            self._routes[kind] = feeds
        return feeds

    def _keep(self, item: Item, feeds: list[_Feed[Item]]) -> None:
        for feed in feeds:
            feed.add(item)
        self._kept.append((item, feeds))
        if len(self._kept) > KEPT:
            oldest, had_it = self._kept.popleft()
            for feed in had_it:
                feed.drop(oldest.sequence)


_LAST = 2**62
"""After every item there will ever be."""


class AlertWatch:
    """Lets any number of threads follow the alerts, and the steps of cases."""

    def __init__(self, reading: Reading) -> None:
        def kinds(page: Sequence[NumberedAlert]) -> list[Hashable]:
            case_ids = {each.alert.case_id for each in page if each.alert.case_id}
            answering = reading.departments_of(case_ids)
            return [
                (
                    each.alert.place,
                    each.alert.severity,
                    each.alert.kind in OF_FINDINGS,
                    each.alert.about_worker,
                    answering.get(each.alert.case_id, ()),
                )
                for each in page
            ]

        self._alerts = Stream(
            "alerts",
            lambda audience, after: reading.alerts_after(audience, after, PAGE),
            kinds,
            lambda audience, each, kind: audience.hears(each.alert, kind[-1]),
        )
        self._steps = Stream(
            "steps",
            lambda audience, after: reading.steps_after(audience, after, PAGE),
            lambda page: [each.case.place for each in page],
            lambda audience, each, place: audience.covers(place),
        )

    @property
    def failed(self) -> BaseException | None:
        """What ended a reader, if anything unexpected did."""
        return self._alerts.failed or self._steps.failed

    def ring(self) -> None:
        """There may be new alerts or steps."""
        self._alerts.ring()
        self._steps.ring()

    def close(self) -> None:
        """End every watch."""
        self._alerts.close()
        self._steps.close()

    def follow(self, audience: Audience, after: int, active: Callable[[], bool]) -> Follower[NumberedAlert]:
        """The audience's alerts with a higher sequence than ``after``, in order, while ``active()``.

        Have ``wake`` of it called when ``active()`` turns false.
        """
        return Follower(self._alerts, audience, after, active)

    def follow_steps(
        self, audience: Audience, after: int, active: Callable[[], bool]
    ) -> Follower[NumberedStep]:
        """Likewise the steps of the audience's cases; it is asked for no severity and no department."""
        return Follower(self._steps, audience, after, active)
