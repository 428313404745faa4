"""A worker's data are removed on request: what is held of them goes, and what was made of it stands.

| what                                | becomes of it                                                      |
|-------------------------------------|--------------------------------------------------------------------|
| events from before the erasure      | dropped, with every version of such an event                       |
| time over hours that began before   | dropped                                                            |
| a mark of a state of the data       | without these spans; ends with the last statement that stays       |
| an appeal filed up to then          | nobody's, without its order and what was said; it still counts     |
| audits, packs, cells of closed days | as they are: figures, and rows by numbers or hashes that name none |

Erasing again changes nothing, and is done whenever partitions are taken over: a store may have been set back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kit.columns import EventSet, Names
from kit.columns.versions import statement_keys
from kit.directory.entries import ErasureEntry
from kit.erasure import Erased
from kit.eventlog.port import TopicPartition
from kit.storage.stored_events import StoredEvents
from services.algo_audit.erasure_ports import NamedWorkers
from services.algo_audit.held_columns import last_of
from services.algo_audit.ports import Mark, OverHoursSpan


def is_gone(span: OverHoursSpan, erased: Erased) -> bool:
    """Whether what a finding says of a worker's time began before the worker's erasure."""
    erasure = erased.of(span.worker_id)
    return erasure is not None and span.start_ms < erasure.erase_ms


class _Dropped(NamedTuple):
    """A partition's rows as they were; one array of shape (n,) each."""

    keys: NDArray[np.uint64]
    versions: NDArray[np.integer[Any]]
    times: NDArray[np.int64]
    gone: NDArray[np.bool_]

    def last(self, statement: int, since_ms: int) -> int | None:
        """What a mark's last statement becomes: the last of those up to it that stay, as ``last_statement``
        chooses."""
        found = np.flatnonzero(statement_keys(self.keys, self.versions) == np.uint64(statement))
        if not len(found) or not self.gone[found[0]]:
            return statement
        rows = np.flatnonzero(~self.gone[: found[0]])
        return last_of(self.keys[rows], self.versions[rows], self.times[rows], since_ms)


_OF_MARKS = ("event_key", "version", "event_time_ms")


class Went(NamedTuple):
    """What an erasure let go of."""

    events: bool = False
    """Any of those that are held."""
    spans: Sequence[str] = ()
    """Findings whose spans are not held any more."""
    named: bool = False
    """Anything else that named a worker."""


class Erasing:
    """Erases what is held. Called by the loop's thread, within its transactions."""

    def __init__(self, erased: Erased, named: NamedWorkers) -> None:
        self._erased = erased
        self._named = named
        self._seen: Mapping[bytes, ErasureEntry] | None = None

    def news(self) -> bool:
        """Whether there are erasures that ``erase`` has not seen."""
        return self._erased.all() is not self._seen

    def erase(
        self,
        connection: Any,
        stored: Mapping[TopicPartition, StoredEvents],
        names: Names,
        spans: Mapping[str, OverHoursSpan],
    ) -> Went:
        """Have the store, and ``stored``, without whose data are to go.

        ``names``: of the workers in ``stored``. ``spans``: those that are held, by finding; the caller lets
        go of those that went.
        """
        self._seen = self._erased.all()
        if not self._seen:
            return Went()
        before_ms = self._erased.moments([names[code] for code in range(len(names))])
        dropped: dict[tuple[str, int], _Dropped] = {}
        for source, each in stored.items():
            gone = _gone(each.events, before_ms)
            if gone is not None:
                keys, versions, times = (each.events[name] for name in _OF_MARKS)
                dropped[source.topic, source.partition] = _Dropped(keys, versions, times, gone)
                each.drop(connection, gone)
        over = tuple(finding_id for finding_id, span in spans.items() if is_gone(span, self._erased))
        if over:
            self._named.forget_spans(connection, over)
        marks = self._amend_marks(connection, dropped)
        appeals = self._erase_appeals(connection)
        return Went(bool(dropped), over, marks or appeals)

    def _amend_marks(self, connection: Any, dropped: Mapping[tuple[str, int], _Dropped]) -> bool:
        amended = {}
        for audit_id, mark in self._named.marks(connection).items():
            last = {
                source: statement
                for source, known in mark.last.items()
                if (statement := _last(dropped.get(source), known, mark.since_ms)) is not None
            }
            spans = [span for span in mark.over_hours if not is_gone(span, self._erased)]
            if last != mark.last or len(spans) < len(mark.over_hours):
                amended[audit_id] = Mark(mark.since_ms, last, spans)
        self._named.amend(connection, amended)
        return bool(amended)

    def _erase_appeals(self, connection: Any) -> bool:
        erased = self._erased.among(self._named.appellants(connection))
        went = [self._named.erase_appeals(connection, *each) for each in erased.items()]
        return any(went)


def _gone(events: EventSet, before_ms: NDArray[np.int64]) -> NDArray[np.bool_] | None:
    """Which rows go, shape ``(len(events),)``; None if none does. All versions of an event go with any of it:
    else one that was replaced would hold again."""
    if not len(events):
        return None
    gone: NDArray[np.bool_] = events["event_time_ms"] < before_ms[events["worker"]]
    if not gone.any():
        return None
    if events["version"].any():
        gone = np.isin(events["event_key"], events["event_key"][gone])
    return gone


def _last(dropped: _Dropped | None, statement: int, since_ms: int) -> int | None:
    return statement if dropped is None else dropped.last(statement, since_ms)
