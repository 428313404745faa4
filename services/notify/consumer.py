"""What notify reads and writes: findings and activity in, notices out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from sqlalchemy.engine import Connection

from kit.clock import Clock
from kit.erasure import Erased
from kit.eventlog import outbox
from kit.eventlog.handler import Decode
from kit.eventlog.port import NewRecord, Record, TopicPartition
from kit.eventlog.topics import ACTIVITY, FINDINGS, NOTICES, REGISTRY, Topic
from kit.storage.scrubbing import Scrubbing
from services.notify.core.letters import Notice
from services.notify.erased_findings import erasure_of, stripped
from services.notify.handlers import CaseWork
from services.notify.messages import activity_of, notice_message, report_of
from services.notify.ports import ActivityCount, Book, Erasing, Report

READS: tuple[Topic, ...] = (FINDINGS, ACTIVITY, REGISTRY)
WRITES: tuple[Topic, ...] = (NOTICES,)

CONSUMED = (FINDINGS.name, ACTIVITY.name)
"""What the loop reads; the directory reads the registry's topic."""

Heard = Report | ActivityCount


def decode(record: Record) -> Heard:
    """What a record of either topic says.

    Raises:
        MalformedRecordError: if it cannot be read.
    """
    return report_of(record.value) if record.topic == FINDINGS.name else activity_of(record.value)


def decode_without(erased: Erased) -> Decode[Heard]:
    """``decode``; of a finding whose worker's data are gone what stays: the log still has it for a while."""

    def decode_stripped(record: Record) -> Heard:
        heard = decode(record)
        if isinstance(heard, Report) and (erasure := erasure_of(heard, erased)) is not None:
            return stripped(heard, erasure.erasure_id)
        return heard

    return decode_stripped


class CaseKeeper:
    """The handler of the loop. Its state is in the store alone, so that there is nothing to restore; but a
    store that was set back has whom it had erased, so these are erased again."""

    def __init__(
        self,
        work: CaseWork,
        open_book: Callable[[Connection], Book],
        send: Callable[[Connection, Sequence[Notice]], None],
        *,
        after_commit: Callable[[], None],
        erasing: Erasing | None = None,
        scrubbing: Scrubbing | None = None,
    ) -> None:
        """``erasing``: None if nobody's data ever go; ``scrubbing``: of the store they go from."""
        self._work = work
        self._open_book = open_book
        self._send = send
        self._after_commit = after_commit
        self._erasing = erasing
        self._scrubbing = scrubbing or Scrubbing()
        self._to_tell = False

    def restore(self, connection: Connection, partitions: Collection[TopicPartition]) -> None:
        """Look again whose data are to go."""
        if self._erasing is not None:
            self._erasing.begin_again()

    def forget(self, partitions: Collection[TopicPartition]) -> None:
        """Nothing to forget."""

    def handle(self, connection: Connection, batch: Sequence[tuple[Record, Heard]]) -> None:
        """Apply the batch; letters leave through the outbox."""
        reports = [heard for _, heard in batch if isinstance(heard, Report)]
        counts = [heard for _, heard in batch if isinstance(heard, ActivityCount)]
        self._send(connection, self._work.take(self._open_book(connection), reports, counts))
        self._to_tell = True

    def tick(self, connection: Connection) -> None:
        """Judge the rates that are due; the store has when, so that a restart forgets none. Then erase whose
        data are to go, in the same turn of writing."""
        notices = self._work.judge(self._open_book(connection))
        if self._erasing is not None and self._erasing.erase(connection):
            self._scrubbing.deleted()
        self._send(connection, notices)
        self._to_tell = self._to_tell or bool(notices)

    def committed(self) -> None:
        """Wake whoever watches, and the webhook sender; not at every tick, but if there is something."""
        if self._to_tell:
            self._to_tell = False
            self._after_commit()
        self._scrubbing.committed()


class Sending:
    """Lets letters leave through the outbox of whatever transaction they come from."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def send(self, connection: Connection, notices: Sequence[Notice]) -> None:
        """Write them to the outbox."""
        outbox.add(connection, [_record(notice) for notice in notices], self._clock())


def _record(notice: Notice) -> NewRecord:
    return NewRecord(
        topic=NOTICES.name,
        key=notice.place.platform_id.encode(),
        value=notice_message(notice).SerializeToString(),
    )
