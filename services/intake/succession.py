"""Which pseudonym a worker's events are written under, once the registry's key has been changed.

A *link* says that one pseudonym of a worker follows another; links of several changes make a chain. From the
moment a link is known, whatever is said under a pseudonym is written under the last one of its chain, its
*successor*, and ``rekeying`` says again there what was written before.

Events of a worker who has such a history have event keys of their own (``worker_salts``): the same event
stands on the log under two pseudonyms then, deleted under one and holding under the other, and where both
fall into one partition the two must not be taken for versions of each other.

A link that was wrong is *undone*: its pseudonyms are two workers' again, and their events get event keys
anew, as those of before are deleted somewhere.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.intake.core.event_index import Keys
from services.intake.hashing import hashes
from services.intake.ports import Succession, ToPart


class Successions:
    """The links in force. Not safe for threads: see ``SharedSuccessions``."""

    def __init__(self) -> None:
        self._next: dict[str, str] = {}
        self._previous: dict[str, str] = {}
        self._salted: set[int] = set()
        """XXH64 of pseudonyms whose link is forgotten: their events keep the keys they have."""
        self._apart: set[int] = set()
        """XXH64 of pseudonyms of which a link was undone."""

    def __bool__(self) -> bool:
        """Whether any worker's events are written otherwise than as they are said."""
        return bool(self._next or self._salted or self._apart)

    def __len__(self) -> int:
        return len(self._next)

    def add(self, old: str, new: str) -> bool:
        """Take a link in; False if it is none: one pseudonym has one successor, and none comes back."""
        if old in self._next or new in self._previous or self.successor(new) == old:
            return self._next.get(old) == new
        self._next[old] = new
        self._previous[new] = old
        return True

    def holds(self, old: str) -> bool:
        """Whether the pseudonym has a successor."""
        return old in self._next

    def drop(self, old: str) -> str:
        """Undo ``add``; answers whom the old one would have been written under. Raises KeyError."""
        new = self._next.pop(old)
        del self._previous[new]
        return new

    def link_holds(self, old: str, new: str) -> bool:
        """Whether the one follows the other, at once."""
        return self._next.get(old) == new

    def sides(self, old: str, new: str) -> ToPart:
        """The pseudonyms on either side of a link."""
        chain = self._chain(old)
        place = chain.index(new) + 1
        return ToPart(olds=chain[place:], news=chain[:place])

    def undo(self, each: ToPart) -> None:
        """Take the two sides for two workers."""
        if self.link_holds(each.olds[0], each.news[-1]):
            self.drop(each.olds[0])
        self.keep_apart(hashes([*each.olds, *each.news]).tolist())

    def keep_apart(self, apart: Iterable[int]) -> None:
        """Write the events of these workers (XXH64) under keys that are new since their link was undone."""
        self._apart.update(apart)

    def are_apart(self, worker_ids: Sequence[str]) -> NDArray[np.bool_]:
        """Of which of these a link was undone."""
        return np.array([each in self._apart for each in hashes(worker_ids).tolist()], dtype=np.bool_)

    def salt(self, salted: Iterable[int]) -> None:
        """Go on writing the events of these workers (XXH64) under keys of their own."""
        self._salted.update(salted)

    def forget(self, old: str) -> int | None:
        """Let a link go; answers whom to ``salt`` for it, also after a restart. None: there is no such link.

        What is said under the old pseudonym counts as another worker's afterwards.
        """
        if old not in self._next:
            return None
        (salted,) = hashes([self.drop(old)]).tolist()
        self._salted.add(salted)
        return int(salted)

    def successor(self, worker_id: str) -> str:
        """The last pseudonym of the worker's chain: the same one if none follows."""
        while (following := self._next.get(worker_id)) is not None:
            worker_id = following
        return worker_id

    def successors(self, worker_ids: Sequence[str]) -> list[str]:
        """The same of many."""
        following = self._next
        return [self.successor(worker) if worker in following else worker for worker in worker_ids]

    def worker_salts(self, successors: Sequence[str]) -> Keys:
        """What the event keys of each of these workers are combined with (exclusive or); 0 for most.

        A function of the pseudonym alone, so that all versions of an event get the same key.
        """
        salts = hashes(successors)
        known = zip(successors, salts.tolist(), strict=True)
        unsalted = [worker not in self._previous and salt not in self._salted for worker, salt in known]
        if self._apart:
            anew = self.are_apart(successors)
            salts[anew] = hashes([f"{salt} anew" for salt in salts[anew].tolist()])
            unsalted = [each and not other for each, other in zip(unsalted, anew.tolist(), strict=True)]
        salts[np.array(unsalted, dtype=bool)] = 0
        return salts

    def of(self, worker_ids: Iterable[str]) -> Successions:
        """The links that concern these workers, apart: what comes in later does not change them."""
        part = Successions()
        part._salted = self._salted  # only ever grows, and only by whom links made salted before
        part._apart = set(self._apart)
        for worker in worker_ids:
            chain = self._chain(worker)
            for new, old in pairwise(chain):
                part.add(old, new)
        return part

    def chains(self, worker_ids: Sequence[str]) -> list[tuple[str, ...]]:
        """All pseudonyms of each worker, the successor first; a single one where there is no link."""
        return [self._chain(worker) for worker in worker_ids]

    def _chain(self, worker_id: str) -> tuple[str, ...]:
        if worker_id not in self._next and worker_id not in self._previous:
            return (worker_id,)
        chain = [self.successor(worker_id)]
        while (before := self._previous.get(chain[-1])) is not None:
            chain.append(before)
        return tuple(chain)


class News(NamedTuple):
    """What is new of what was said of links."""

    fresh: list[Succession]
    """Links that could be taken and are not known."""
    undone: list[ToPart]
    """Links in force that were wrong."""
    contradicting: int
    """How many links contradict a known one, or each other."""


class SharedSuccessions:
    """The links for those who write events, and for those who take links in.

    Who writes holds them from looking until the log has the events. So once ``take`` has returned, whatever
    was written by the old links stands in the log, and ``rekeying`` finds it there.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._successions = Successions()

    @contextmanager
    def held(self) -> Iterator[Successions]:
        """The links, which do not change within the block."""
        with self._lock:
            yield self._successions

    def news(self, said: Sequence[Succession]) -> News:
        """What is new of what was said, in this order; nothing of it is in force yet."""
        with self._lock:
            trial = self._successions.of(worker for each in said for worker in (each.old, each.new))
        fresh: dict[str, Succession] = {}
        undone, contradicting = [], 0
        for each in said:
            if each.undone:
                if not trial.link_holds(each.old, each.new):
                    continue
                sides = trial.sides(each.old, each.new)
                trial.drop(each.old)
                if fresh.pop(each.old, None) is None:  # else nothing was written by it
                    undone.append(sides)
                continue
            known = trial.holds(each.old)
            if not trial.add(each.old, each.new):
                contradicting += 1
            elif not known:
                fresh[each.old] = each
        return News(list(fresh.values()), undone, contradicting)

    def take(
        self,
        links: Iterable[Succession],
        salted: Iterable[int] = (),
        undone: Iterable[ToPart] = (),
        apart: Iterable[int] = (),
    ) -> None:
        """Write by these links too from now on, and no more by those undone."""
        with self._lock:
            self._successions.salt(salted)
            self._successions.keep_apart(apart)
            for each in undone:
                self._successions.undo(each)
            for link in links:
                self._successions.add(link.old, link.new)

    def forget(self, olds: Iterable[str]) -> dict[str, int]:
        """Let links go: old pseudonym → whom to ``salt`` for it."""
        with self._lock:
            forgotten = {old: self._successions.forget(old) for old in olds}
        return {old: salted for old, salted in forgotten.items() if salted is not None}
