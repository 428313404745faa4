"""What was stated of each worker by one rule, so that only news is said."""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterator
from dataclasses import replace
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from services.workhours.core.finding import Finding, Late
from services.workhours.core.work_events import Int64s
from services.workhours.engine.stating import Fresh, News, Stating
from services.workhours.ports import Known

Place = TypeVar("Place", bound=Hashable)


class KnownFindings(Generic[Place]):
    """Findings of one rule by worker and by what tells them apart."""

    def __init__(self) -> None:
        self._of: dict[int, dict[Place, Known]] = {}
        self._has: NDArray[np.bool_] = np.zeros(0, dtype=np.bool_)

    def note(self, worker: int, place: Place, item: Known) -> None:
        """Keep a finding in mind."""
        if worker >= len(self._has):
            self._has = np.append(self._has, np.zeros(worker + 1 + len(self._has) // 2, dtype=np.bool_))
        self._has[worker] = True
        self._of.setdefault(worker, {})[place] = item

    def get(self, worker: int, place: Place) -> Known | None:
        """What is known of one."""
        return self._of.get(worker, {}).get(place)

    def with_any(self, workers: Int64s) -> list[int]:
        """Those of the workers who have findings, ascending; ``workers`` may repeat."""
        within = workers[workers < len(self._has)]
        held: list[int] = np.unique(within[self._has[within]]).tolist()
        return held

    def standing(self, worker: int) -> Iterator[tuple[Place, Known]]:
        """What stands of one worker, by start."""
        items = self._of.get(worker, {}).items()
        return (pair for pair in sorted(items, key=lambda pair: pair[1].spell_start_ms) if pair[1].stands)

    def is_news(self, worker: int, place: Place, signature: int) -> bool:
        """Whether this was not stated, was withdrawn, or was stated otherwise."""
        before = self.get(worker, place)
        return before is None or not before.stands or before.signature != signature

    def gone(self, worker: int, found: Container[tuple[int, Place]], since_ms: int) -> list[Place]:
        """What stands of a worker from a moment on and is not among (worker, place) found now, by start."""
        return [
            place
            for place, item in self.standing(worker)
            if item.spell_start_ms >= since_ms and (worker, place) not in found
        ]

    def withdraw(self, worker: int, place: Place, stating: Stating, fresh: Fresh) -> News:
        """It is found no more."""
        item = self._of[worker][place]
        self._of[worker][place] = replace(item, stands=False)
        late = fresh.late(worker, item.stated_until_ms)
        partition = int(stating.workers.partition[worker])
        return News(partition, item.finding_id, None, item.signature, True, late)

    def state(
        self, worker: int, place: Place, finding: Finding, signature: int, stating: Stating, fresh: Fresh
    ) -> News:
        """Keep in mind what is about to be said; the news, with what came late for what was said before."""
        before = self.get(worker, place)
        self.note(
            worker,
            place,
            Known(
                finding_id=finding.finding_id,
                rule_id=finding.rule_id,
                worker_id=finding.worker_id,
                platform_id=finding.platform_id,
                spell_start_ms=finding.spell_start_ms,
                stated_until_ms=finding.stated_until_ms,
                signature=signature,
                stands=True,
            ),
        )
        late = Late() if before is None else fresh.late(worker, before.stated_until_ms)
        partition = int(stating.workers.partition[worker])
        return News(partition, finding.finding_id, finding, signature, before is not None, late)

    def forget(self, workers: Int64s) -> None:
        """They are another process's now."""
        for worker in self.with_any(workers):
            del self._of[worker]
        self._has[workers[workers < len(self._has)]] = False

    def drop_before(self, moment_ms: int) -> None:
        """What begins earlier can change no more."""
        for places in self._of.values():
            for place in [place for place, item in places.items() if item.spell_start_ms < moment_ms]:
                del places[place]
