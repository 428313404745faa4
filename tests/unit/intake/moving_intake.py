"""Intake's committer and its re-keying over a log in memory, step by step, to be restarted at any moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from kit.columns import EventBatch, EventSet, Names, concat
from kit.columns.records import SCHEMAS, decode_record
from kit.erasure import Erased
from kit.eventlog.memory import MemoryEventLog
from kit.eventlog.partitioner import partition_of
from kit.eventlog.port import NewRecord, TopicPartition
from kit.eventlog.topics import DISPATCHES, TOPICS
from services.intake.core.accepted import AcceptedEvents, Statements
from services.intake.core.checks import check
from services.intake.core.integration import AnsweredBatch
from services.intake.core.rows import Fault, Rows
from services.intake.group_commit import GroupCommitter
from services.intake.hashing import hashes
from services.intake.lot import DISPATCH_EVENTS, EventKind, Submission, Verdict
from services.intake.ports import ErasedLinks, KeptAnswer, Succession, ToMove, ToPart
from services.intake.rekeying import Rekeying
from services.intake.succession import SharedSuccessions
from tests.support.erasures import SaidErasures
from tests.unit.intake.row_makers import LIMITS, NOW_MS, rows


class Said(NamedTuple):
    """One version of an event, sent under some pseudonym."""

    worker_id: str
    event: int
    version: int


class Holding(NamedTuple):
    """What holds, as any consumer reads it off its partitions."""

    worker_id: str
    event_id: str
    version: int
    event_time_ms: int
    order_key: int


def row_of(said: Sequence[Said]) -> Rows:
    """As a platform sends them: all that is said is a function of event and version, but for the worker."""
    return rows(
        len(said),
        worker_id={place: each.worker_id for place, each in enumerate(said)},
        event_id={place: f"event-{each.event}" for place, each in enumerate(said)},
        order_id={place: f"order-{each.event // 2}" for place, each in enumerate(said)},
        version={place: each.version for place, each in enumerate(said)},
        deleted={place: int(is_deletion(each)) for place, each in enumerate(said)},
        event_time={place: time_of(each) for place, each in enumerate(said)},
    )


def is_deletion(said: Said) -> bool:
    return said.version == 2 and said.event % 2 == 0


def time_of(said: Said) -> int:
    return NOW_MS - 3_600_000 + said.event * 60_000 + said.version * 1_000


class MemoryAnswers:
    """``ports.Answers``: answers none again."""

    def __init__(self) -> None:
        self._accepted: list[tuple[int, Statements]] = []

    def earlier(self, requests: Iterable[tuple[str, str]]) -> dict[tuple[str, str], KeptAnswer]:
        return {}

    def of_platform(self, platform_id: str, since_ms: int, most: int) -> list[AnsweredBatch]:
        return []

    def keep(self, answers: Sequence[KeptAnswer], accepted: Statements, now_ms: int) -> None:
        self._accepted.append((now_ms, accepted))

    def accepted(self) -> Iterator[tuple[int, Statements]]:
        return iter(self._accepted)

    def expire(self, before_ms: int) -> None:
        """Nothing does."""


class MemorySuccessors:
    """``ports.Successors``."""

    def __init__(self) -> None:
        self._links: list[Succession] = []
        self._salted: set[int] = set()
        self._to_move: dict[str, int] = {}
        self._to_part: list[ToPart] = []
        self._apart: set[int] = set()
        self._ids = 0

    def links(self) -> Iterator[Succession]:
        return iter(list(self._links))

    def salted(self) -> Iterator[int]:
        return iter(list(self._salted))

    def put(self, connection: Any, links: Sequence[Succession]) -> None:
        self._links += links
        self.note(worker for link in links for worker in (link.old, link.new))

    def note(self, worker_ids: Iterable[str]) -> None:
        """Have them moved; once more, if they were."""
        for worker_id in worker_ids:
            self._ids += 1
            self._to_move[worker_id] = self._ids

    def part(self, connection: Any, undone: Sequence[ToPart]) -> None:
        olds = {each.olds[0] for each in undone}
        self._links = [link for link in self._links if link.old not in olds]
        self._to_part += [each for each in undone if each not in self._to_part]
        self._apart |= {int(digest) for each in undone for digest in hashes([*each.olds, *each.news])}

    def to_part(self) -> list[ToPart]:
        return list(self._to_part)

    def parted(self, each: ToPart) -> None:
        self._to_part = [other for other in self._to_part if other != each]

    def apart(self) -> Iterator[int]:
        return iter(list(self._apart))

    def highest_to_move(self, connection: Any = None) -> int:
        return max(self._to_move.values(), default=0)

    def to_move(self, up_to: int, most: int) -> list[ToMove]:
        due = sorted(worker for worker, number in self._to_move.items() if number <= up_to)
        return [ToMove(self._to_move[worker], worker) for worker in due[:1]]

    def count_to_move(self) -> int:
        return len(self._to_move)

    def moved(self, workers: Sequence[ToMove]) -> None:
        for each in workers:
            if self._to_move.get(each.worker_id) == each.id:
                del self._to_move[each.worker_id]

    def overdue(self, now_ms: int) -> list[str]:
        return [link.old for link in self._links if link.forget_ms is not None and link.forget_ms <= now_ms]

    def forget(self, links: Mapping[str, int]) -> None:
        self._links = [link for link in self._links if link.old not in links]
        self._salted.update(links.values())

    def erase(self, connection: Any, is_erased: Callable[[str], bool]) -> ErasedLinks:
        gone = {link.old: link.new for link in self._links if is_erased(link.old) or is_erased(link.new)}
        noted = [worker for worker in self._to_move if is_erased(worker)]
        self._links = [link for link in self._links if link.old not in gone]
        self._to_move = {worker: number for worker, number in self._to_move.items() if worker not in noted}
        self._salted.update(hashes(list(gone.values())).tolist())
        left = any(is_erased(worker) for each in self._to_part for worker in (*each.olds, *each.news))
        return ErasedLinks(list(gone), len(gone) + len(noted), left)


class MovingIntake:
    """Takes dispatches of one platform in, and links of pseudonyms."""

    def __init__(self, partitions: int) -> None:
        self.log = MemoryEventLog(clock=lambda: NOW_MS)
        self.log.ensure_topics(TOPICS, partitions)
        self.store = MemorySuccessors()
        self.erasures = SaidErasures()
        self._answers = MemoryAnswers()
        self._requests = 0
        self.now_ms = NOW_MS
        self._begin()

    def _begin(self) -> None:
        self._successions = SharedSuccessions()
        self._successions.take(self.store.links(), self.store.salted(), apart=self.store.apart())
        self._committer = GroupCommitter(
            self.log,
            self._answers,
            AcceptedEvents(),
            _check,
            self._successions,
            lambda: self.now_ms,
            linger_ms=0,
        )
        self._committer.start()
        self._rekeying = Rekeying(
            self.log,
            self.store,
            self,
            self._successions,
            lambda: self.now_ms,
            look_back_days=14,
            await_archived=lambda: None,
            on_record=self._committer.on_record,
            erased=Erased(self.erasures),
        )
        self._rekeying.part(self.store.to_part())
        self._rekeying.move(self.store.highest_to_move(), 0)

    def restart(self) -> None:
        """All that is in memory is lost."""
        self.stop()
        self._begin()

    def stop(self) -> None:
        self._committer.stop()

    def submit(self, said: Sequence[Said]) -> list[Verdict]:
        """Hand in a batch."""
        return self.submit_rows(row_of(said))

    def submit_rows(self, sent: Rows) -> list[Verdict]:
        """The same of any rows."""
        self._requests += 1
        request_id = f"r-{self._requests}"
        answer = self._committer.submit(
            Submission("swift", request_id, self._requests, DISPATCH_EVENTS, sent, _dead_letter)
        ).result()
        return [Verdict(verdict) for verdict in answer.verdicts.tolist()]

    def link(self, old: str, new: str, forget_ms: int | None = None) -> int:
        """Take a link in; answers how many contradicted."""
        return self.hear(Succession(old, new, forget_ms))

    def undo(self, old: str, new: str) -> None:
        """Take in that a link was wrong."""
        self.hear(Succession(old, new, None, undone=True))

    def hear(self, *said: Succession) -> int:
        """Take in what one batch of the topic says; answers how many links contradicted."""
        news = self._successions.news(said)
        self.store.part(None, news.undone)
        self.store.put(None, news.fresh)
        self._successions.take(news.fresh, undone=news.undone)
        self._rekeying.part(news.undone)
        self._rekeying.move(self.store.highest_to_move(), len(news.fresh))
        return news.contradicting

    def move(self) -> bool:
        """Let one pseudonym's events be moved; False if there is none left."""
        return self._rekeying.step()

    def rows_of(self, topic: str, worker_ids: Sequence[str], start_ms: int) -> EventBatch | None:
        """The archive: what the log holds."""
        found = []
        for worker_id in worker_ids:
            partition = partition_of(worker_id.encode(), self.log.partition_count(topic))
            for batch in self._batches(topic, partition):
                wanted = (batch.names("worker") == worker_id) & (batch["event_time_ms"] >= start_ms)
                if wanted.any():
                    found.append(batch.take(np.flatnonzero(wanted)))
        return concat(found) if found else None

    def holding(self) -> list[Holding]:
        """What holds of the dispatches, over all partitions."""
        held = []
        for partition in range(self.log.partition_count(DISPATCHES.name)):
            names = {name: Names() for name in SCHEMAS[DISPATCHES.name].dictionaries}
            events = EventSet(names, ("worker", "event_time_ms", "order_key"), ("event_ids",))
            for batch in self._batches(DISPATCHES.name, partition):
                events.add(batch)
            for row in np.flatnonzero(events.in_force()).tolist():
                held.append(
                    Holding(
                        names["worker"][int(events["worker"][row])],
                        events.text("event_ids", row),
                        int(events["version"][row]),
                        int(events["event_time_ms"][row]),
                        int(events["order_key"][row]),
                    )
                )
        return sorted(held)

    def _batches(self, topic: str, partition: int) -> Iterator[EventBatch]:
        end = self.log.end_offsets(topic)[partition]
        for record in self.log.read(TopicPartition(topic, partition), 0, end):
            yield decode_record(record)


def _check(kind: EventKind, table: Rows) -> list[Fault]:
    return check(table, LIMITS)


def _dead_letter(fault: Fault) -> NewRecord:
    return NewRecord(DISPATCHES.dead_letter_name, fault.reason.encode())
