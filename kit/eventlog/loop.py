"""The one way a service consumes.

The ordered commit, for each batch:

1. Poll. Partitions come and go here: coming, their epoch is claimed, their position loaded and the handler's
   state restored, in one store transaction; going, the handler forgets them.
2. Decode each record. What cannot be decoded becomes a dead letter.
3. Begin ONE store transaction:
4. positions advance, if our epochs still stand (else FencedError: another process owns a partition now, and
   the handler must not even see the batch; on PostgreSQL its claim waits from here to the commit);
5. the handler applies the batch, writing state and outgoing records;
6. dead letters are written to the outbox;
7. commit. From here on the batch has happened; before, it has not. The store wakes the outbox relay.
8. Tell the handler, so that it may show results.
9. Mirror the positions to the log, for whoever watches lag.

A crash between any two steps loses nothing and doubles nothing: before 7 the batch is read again from the
stored position, after 7 the position is past it, and the outbox relay goes on with the rows it finds.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from enum import Enum
from typing import Generic, TypeVar

from kit.clock import Clock, system_clock
from kit.errors import (
    FencedError,
    OffsetGoneError,
    PermanentError,
    RetryableError,
    StorageUnavailableError,
)
from kit.eventlog import outbox, traced
from kit.eventlog.backoff import Backoff
from kit.eventlog.dead_letter import dead_letter
from kit.eventlog.handler import CommitListener, Decode, Handler, T, Ticking
from kit.eventlog.measured import LoopMeter
from kit.eventlog.port import Consumer, EventLog, NewRecord, Record, TopicPartition
from kit.storage import positions
from kit.storage.store import Store
from kit.telemetry import metrics, tracing

TICK_S = 1.0
"""How often a ``Ticking`` handler is called: what is due by time alone is due to the second at most."""

STORE_PATIENCE_S = 10.0
"""So long a member keeps its partitions while the store is away. A database that is started again is back by
then, and all goes on where it stood; joining again would take the group several seconds, and each member's
state would be read twice. After it somebody else may have them: perhaps only our way to the store is gone."""

FIRST_KEPT_S = 1.0
"""What retention drops within a second is seen after it."""

logger = logging.getLogger(__name__)

R = TypeVar("R")


class Step(Enum):
    """The numbered steps, for those who watch them (``after_step``): timings, and crashes in tests."""

    POLLED = 1
    DECODED = 2
    BEGUN = 3
    ADVANCED = 4
    HANDLED = 5
    DEAD_LETTERED = 6
    COMMITTED = 7
    TOLD = 8
    MIRRORED = 9


class ConsumerLoop(Generic[T]):
    """A thread that reads topics as one member of a group and gives them to a handler."""

    def __init__(
        self,
        *,
        log: EventLog,
        store: Store,
        group: str,
        topics: Sequence[str],
        decode: Decode[T],
        handler: Handler[T],
        clock: Clock = system_clock,
        max_records: int = 500,
        poll_timeout_s: float = 1.0,
        linger_s: float = 0.0,
        after_step: Callable[[Step], None] | None = None,
    ) -> None:
        """``max_records``: the largest batch given to the handler in one transaction.

        ``linger_s``: how long to let records gather between batches, unless a full batch waits already or
        somebody calls ``hurry``: for handlers whose effects cost less by the batch than by the record.
        """
        self.group = group
        self.topics = tuple(topics)
        self.dead_letters = 0
        """How many records this loop has put into dead-letter topics."""
        self._log = log
        self._store = store
        self._decode = decode
        self._handler = handler
        self._clock = clock
        self._max_records = max_records
        self._poll_timeout_s = poll_timeout_s
        self._linger_s = linger_s
        self._hurry = threading.Event()
        self._after_step = after_step or (lambda _: None)
        self._epochs: dict[TopicPartition, int] = {}
        self._backoff = Backoff()
        self._stopping = threading.Event()
        self._ticked_s = 0.0
        self._failed: BaseException | None = None
        self._consumer: Consumer | None = None
        self._meter = LoopMeter(group, topics, self._epochs.keys, self.end, self.position, self._first)
        self._heard = traced.Remembered.none()
        self._firsts: dict[str, tuple[float, Mapping[int, int]]] = {}
        self._thread = threading.Thread(target=self._run, name=f"consumer {group}", daemon=True)

    # For the process that hosts the loop

    def start(self) -> None:
        """Join the group and begin."""
        self._meter.start(self._clock)
        self._thread.start()

    def stop(self) -> None:
        """Finish the batch in hand, leave the group, end the thread."""
        self._meter.stop()
        self._stopping.set()
        self._hurry.set()
        if (consumer := self._consumer) is not None:
            consumer.wake()
        if self._thread.is_alive():
            self._thread.join()

    def hurry(self) -> None:
        """Poll at once what has gathered, for somebody who waits for its effects."""
        self._hurry.set()

    @property
    def failed(self) -> BaseException | None:
        """The unexpected exception that ended the loop: a mistake in the program. None while all is well."""
        return self._failed

    def position(self) -> dict[TopicPartition, int]:
        """Where the group's effects end in the store, per partition that was ever owned."""
        with self._store.read() as connection:
            return {
                source: position.next_offset
                for source, position in positions.load(connection, self.group, self.topics).items()
            }

    def end(self) -> dict[TopicPartition, int]:
        """Where the log ends now, per partition: at these positions all of it has had its effects."""
        return {
            TopicPartition(topic, number): end
            for topic in self.topics
            for number, end in self._log.end_offsets(topic).items()
        }

    def caught_up(self) -> bool:
        """Whether the effects of everything in the log are in the store.

        Raises:
            RuntimeError: if the loop has ended by ``failed``: then it never will be.
        """
        if self._failed is not None:
            raise RuntimeError(f"consumer {self.group} has ended: {self._failed!r}") from self._failed
        return self.has_reached(self.end())

    def has_reached(self, ends: Mapping[TopicPartition, int]) -> bool:
        """Whether the effects of everything the log has before these offsets are in the store.

        What retention has dropped unread never will be, and is not waited for.
        """
        reached = self.position()
        behind = [source for source, end in ends.items() if reached.get(source, 0) < end]
        first = {topic: self._first(topic) for topic in {source.topic for source in behind}}
        return all(first[source.topic][source.partition] >= ends[source] for source in behind)

    def _first(self, topic: str) -> Mapping[int, int]:
        """Where a topic's partitions begin, as of a second ago at most: whoever waits asks fifty times a
        second, and a broker has to say it of each partition."""
        now_s = time.monotonic()
        asked_s, first = self._firsts.get(topic, (-math.inf, {}))
        if now_s - asked_s >= FIRST_KEPT_S:
            first = self._log.start_offsets(topic)
            self._firsts[topic] = now_s, first
        return first

    def drained(self) -> bool:
        """Whether all that came of it is in the log too. Ask the loops in the order of the flow."""
        if not self.caught_up():
            return False
        with self._store.read() as connection:
            return outbox.is_empty(connection)

    # RebalanceListener: called while poll or close waits (on_revoked perhaps by the log client's own thread)

    def on_assigned(self, partitions: Collection[TopicPartition]) -> Mapping[TopicPartition, int]:
        """Claim, load, restore: step 1."""
        claimed = self._while_the_store_is_away(lambda: self._claim(partitions))
        self._epochs.update({source: position.epoch for source, position in claimed.items()})
        return {source: position.next_offset for source, position in claimed.items()}

    def _claim(self, partitions: Collection[TopicPartition]) -> dict[TopicPartition, positions.Position]:
        try:
            with self._store.transaction() as connection:
                claimed = positions.claim(connection, self.group, partitions)
                self._handler.restore(connection, partitions)
        except BaseException:
            self._handler.forget(partitions)  # else what was restored of them would be taken for ours
            raise
        return claimed

    def _while_the_store_is_away(self, work: Callable[[], R]) -> R:
        """Do ``work``, again and again for ``STORE_PATIENCE_S``, as a member of the group all the while."""
        deadline = time.monotonic() + STORE_PATIENCE_S
        while True:
            try:
                return work()
            except StorageUnavailableError as error:
                if self._stopping.is_set() or time.monotonic() >= deadline:
                    raise
                logger.warning("consumer %s: %s; its partitions wait", self.group, error)
                self._meter.retried(error)
                self._backoff.wait(self._stopping)

    def on_revoked(self, partitions: Collection[TopicPartition]) -> None:
        """Forget: step 1. Nothing is in hand then, as a batch is committed whole before the next poll."""
        self._handler.forget(partitions)
        for source in partitions:
            self._epochs.pop(source, None)

    # The thread

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                try:
                    self._join_and_consume()
                # Gone: retention came by while a handler read back what it holds. It reads what is left then.
                except (RetryableError, OffsetGoneError) as error:
                    logger.warning("consumer %s: %s; joining its group again", self.group, error)
                    self._backoff.wait(self._stopping)
        except BaseException as error:
            self._failed = error
            logger.exception("consumer %s ended", self.group)

    def _join_and_consume(self) -> None:
        consumer = self._consumer = self._log.consumer(self.group, self.topics, self)
        try:
            while not self._stopping.is_set():
                records = consumer.poll(self._max_records, self._poll_timeout_s)  # 1
                if records:
                    self._after_step(Step.POLLED)
                    self._take(consumer, records)
                self._tick_if_due(consumer)
                if records and self._linger_s and self._waiting() < self._max_records:
                    self._hurry.wait(self._linger_s)
                self._hurry.clear()
        finally:
            self._consumer = None
            self._leave(consumer)

    def _waiting(self) -> int:
        """How many records the partitions we own hold beyond our positions."""
        ends, reached = self.end(), self.position()
        return sum(ends[source] - reached.get(source, 0) for source in self._epochs if source in ends)

    def _tick_if_due(self, consumer: Consumer) -> None:
        """What becomes true by time alone: steps 3, 4, 6, 7 and 8 without records."""
        now_s = time.monotonic()
        if not isinstance(self._handler, Ticking) or not self._epochs or now_s - self._ticked_s < TICK_S:
            return
        self._ticked_s = now_s
        try:
            with self._heard.ticking(self.group), self._store.transaction() as connection:
                positions.require_owner(connection, self.group, self.topics, self._epochs)
                self._handler.tick(connection)
        except StorageUnavailableError as error:
            self._go_back(consumer, error)
            return
        if isinstance(self._handler, CommitListener):
            self._handler.committed()

    def _leave(self, consumer: Consumer) -> None:
        try:
            consumer.close()
        except RetryableError as error:
            logger.warning("consumer %s leaves its group by time-out: %s", self.group, error)
        finally:
            if self._epochs:  # nobody has told us to give these up: the log was away
                self._handler.forget(list(self._epochs))
                self._epochs.clear()

    def _take(self, consumer: Consumer, records: Sequence[Record]) -> None:
        """Steps 2 to 9 for one batch, and what follows if they fail."""
        try:
            with traced.taken(self.group, records) as span:
                good, letters = self._decode_all(records)  # 2
                self._after_step(Step.DECODED)
                try:
                    self._commit(consumer, records, good, letters)
                except PermanentError:
                    self._recover(consumer)
                    self._one_by_one(consumer, records)
            self._heard.hear(records, span)
            self._backoff.reset()
        except FencedError:
            raise  # what is in memory is no longer ours: join again, which restores it
        except RetryableError as error:
            self._go_back(consumer, error)

    def _go_back(self, consumer: Consumer, error: RetryableError) -> None:
        """Nothing of the batch has happened: wait, then be where the store says."""
        logger.warning("consumer %s: %s; trying again from the stored position", self.group, error)
        self._meter.retried(error)
        self._backoff.wait(self._stopping)
        self._while_the_store_is_away(lambda: self._recover(consumer))

    def _decode_all(self, records: Sequence[Record]) -> tuple[list[tuple[Record, T]], list[NewRecord]]:
        good: list[tuple[Record, T]] = []
        letters: list[NewRecord] = []
        for record in records:
            try:
                good.append((record, self._decode(record)))
            except PermanentError as error:
                letters.append(self._dead_letter(record, error))
        return good, letters

    def _commit(
        self,
        consumer: Consumer,
        records: Sequence[Record],
        good: Sequence[tuple[Record, T]],
        letters: Sequence[NewRecord],
    ) -> None:
        reached = {record.source: record.offset + 1 for record in records}
        with metrics.timed(metrics.COMMIT, self._meter.values), self._store.transaction() as connection:  # 3
            self._after_step(Step.BEGUN)
            positions.advance(connection, self.group, reached, self._epochs)  # 4
            self._after_step(Step.ADVANCED)
            if good:
                with tracing.span(f"handle {self.group}"):
                    self._handler.handle(connection, good)  # 5
            self._after_step(Step.HANDLED)
            outbox.add(connection, letters, self._clock())  # 6
            self._after_step(Step.DEAD_LETTERED)
        self._after_step(Step.COMMITTED)  # 7
        self.dead_letters += len(letters)
        self._meter.committed(records, good, letters)
        if isinstance(self._handler, CommitListener):
            self._handler.committed()  # 8
        self._after_step(Step.TOLD)
        consumer.mirror(reached)  # 9
        self._after_step(Step.MIRRORED)

    def _one_by_one(self, consumer: Consumer, records: Sequence[Record]) -> None:
        """Find the records that cannot be handled, so that their neighbours are."""
        for record in records:
            good, letters = self._decode_all([record])
            try:
                self._commit(consumer, [record], good, letters)
            except PermanentError as error:
                self._recover(consumer)
                self._commit(consumer, [record], [], [self._dead_letter(record, error)])
        # Recovering has taken the consumer back to the middle of the batch.
        consumer.seek({record.source: record.offset + 1 for record in records})

    def _dead_letter(self, record: Record, error: PermanentError) -> NewRecord:
        logger.warning(
            "consumer %s: %s/%d@%d goes to the dead letters: %s: %s",
            self.group, record.topic, record.partition, record.offset, error.reason, error,
        )  # fmt: skip
        return dead_letter(record, error)

    def _recover(self, consumer: Consumer) -> None:
        """After a rollback: let the handler's state and the consumer's place be what the store says again.

        Raises:
            FencedError: if a partition has had another owner meanwhile.
            RetryableError: if the store still fails; joining again will do the same as this.
        """
        owned = consumer.assignment()
        self._handler.forget(owned)
        with self._store.transaction() as connection:
            stored = positions.load(connection, self.group, self.topics)
            if any(stored[source].epoch != self._epochs[source] for source in owned):
                raise FencedError(f"another process of group {self.group} owns a partition of this one now")
            self._handler.restore(connection, owned)
        consumer.seek({source: stored[source].next_offset for source in owned})
