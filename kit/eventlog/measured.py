"""What a consumer loop measures of itself: records, commits, retries, and how far it is behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

from kit.clock import Clock
from kit.errors import (
    FencedError,
    LogUnavailableError,
    MalformedRecordError,
    QuzhongError,
    StorageUnavailableError,
)
from kit.eventlog.port import NewRecord, Record, TopicPartition
from kit.eventlog.topics import DEAD_LETTER_SUFFIX
from kit.telemetry import metrics
from kit.telemetry.metrics import Values

Offsets = Callable[[], Mapping[TopicPartition, int]]


@runtime_checkable
class Timed(Protocol):
    """What a decoded record may be that tells when its events happened."""

    @property
    def latest_ms(self) -> int:
        """The latest of them, epoch milliseconds."""
        ...


class LoopMeter:
    """Of one loop. Costs one look at a flag a batch while nothing is measured."""

    def __init__(
        self,
        group: str,
        topics: Collection[str],
        owned: Callable[[], Collection[TopicPartition]],
        ends: Offsets,
        reached: Offsets,
        first: Callable[[str], Mapping[int, int]],
    ) -> None:
        """``ends`` and ``reached``: where the log and the store's effects end, by partition. ``first``: where
        a topic's partitions begin: nobody waits for what retention has dropped."""
        self.values: Values = {metrics.GROUP: group}
        """What everything measured of the loop is told by."""
        self._topics = topics
        self._owned = owned
        self._ends = ends
        self._reached = reached
        self._first = first
        self._clock: Clock | None = None
        self._latest_ms: dict[TopicPartition, int] = {}

    def start(self, clock: Clock) -> None:
        """Let the gauges look."""
        self._clock = clock
        for topic in self._topics:
            told = {metrics.TOPIC: topic, metrics.REASON: MalformedRecordError.reason}
            metrics.count(metrics.DEAD_LETTERS, 0, {**self.values, **told})
        for each in (LogUnavailableError, StorageUnavailableError, FencedError):
            metrics.count(metrics.RETRIES, 0, {**self.values, metrics.REASON: each.reason})
        metrics.look_at(metrics.LAG, self, self._lags)
        metrics.look_at(metrics.TIME_LAG, self, self._time_lags)

    def stop(self) -> None:
        """They look no more."""
        metrics.look_away(self)

    def committed(
        self, records: Sequence[Record], good: Iterable[tuple[Record, Any]], letters: Sequence[NewRecord]
    ) -> None:
        """A batch has happened."""
        if not metrics.on():
            return
        for topic, number in Counter(record.topic for record in records).items():
            metrics.count(metrics.CONSUMED, number, {**self.values, metrics.TOPIC: topic})
        for letter in letters:
            told = {
                metrics.TOPIC: letter.topic.removesuffix(DEAD_LETTER_SUFFIX),
                metrics.REASON: letter.headers["reason"].decode(),
            }
            metrics.count(metrics.DEAD_LETTERS, 1, {**self.values, **told})
        for record, decoded in good:
            moment_ms = decoded.latest_ms if isinstance(decoded, Timed) else record.append_time_ms
            self._latest_ms[record.source] = max(moment_ms, self._latest_ms.get(record.source, 0))

    def retried(self, error: QuzhongError) -> None:
        """A batch failed and will be begun again."""
        metrics.count(metrics.RETRIES, 1, {**self.values, metrics.REASON: error.reason})

    def _lags(self) -> Iterator[tuple[float, Values]]:
        ends, reached = self._ends(), self._reached()
        for source in sorted(self._owned()):
            if source in ends:
                at = reached.get(source, 0)
                if at < ends[source]:
                    at = max(at, self._first(source.topic)[source.partition])
                yield max(0, ends[source] - at), self._of(source)

    def _time_lags(self) -> Iterator[tuple[float, Values]]:
        now_ms = self._clock() if self._clock is not None else 0
        for behind, values in self._lags():
            source = TopicPartition(str(values[metrics.TOPIC]), int(values[metrics.PARTITION]))
            latest_ms = self._latest_ms.get(source)
            # Nothing handled since the start: how old the records that wait are is not known yet.
            if latest_ms is not None or not behind:
                yield (max(0, now_ms - (latest_ms or now_ms)) / 1000 if behind else 0.0), values

    def _of(self, source: TopicPartition) -> Values:
        return {**self.values, metrics.TOPIC: source.topic, metrics.PARTITION: source.partition}
