"""The event log on Apache Kafka, for production (kafka-python, pure Python).

With one record per partition and commit group, the client is fast enough (22 k records of 12 kB a second).
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import kafka
from kafka import errors as kafka_errors
from kafka.admin import OffsetSpec
from tenacity import Retrying, retry_if_exception, stop_after_delay, wait_fixed

from kit.errors import BatchTooLargeError, LogUnavailableError, NotFoundError, PermissionDeniedError
from kit.eventlog.declared import Declared, check_partitions, declared_topics
from kit.eventlog.kafka_consumer import KafkaGroupMember, KafkaReader, RangeReader
from kit.eventlog.kafka_topics import FRAME_BYTES, topic_making
from kit.eventlog.partitioner import place
from kit.eventlog.port import MAX_RECORD_BYTES, NewRecord, RebalanceListener, Record, TopicPartition
from kit.eventlog.ranges import require_kept, require_range
from kit.eventlog.topics import Topic
from kit.kafka_security import PLAIN, KafkaSecurity


class KafkaEventLog:
    """Implements ``kit.eventlog.port.EventLog``."""

    def __init__(
        self,
        address: str,
        *,
        session_timeout_s: float = 10.0,
        max_poll_interval_s: float = 300.0,
        request_timeout_s: float = 10.0,
        append_timeout_s: float = 20.0,
        security: KafkaSecurity = PLAIN,
        replication: int = 1,
    ) -> None:
        """Connect to ``host:port`` (or several, separated by commas); topics are made with ``replication``
        replicas.

        ``append_timeout_s`` bounds an append with all its resends; it must be longer than
        ``request_timeout_s``.

        Raises:
            LogUnavailableError: (retryable) if no broker answers.
            InvalidArgumentError: if ``security`` is incomplete.
        """
        self.address = address
        self._replication = replication
        self._connect = {
            "bootstrap_servers": address.split(","),
            "bootstrap_timeout_ms": int(request_timeout_s * 1000),
            "reconnect_backoff_max_ms": 1_000,  # a broker that is back should not wait 30 s for us
            **security.arguments(),
        }
        self._request_ms = int(request_timeout_s * 1000)
        self._group = {
            "session_timeout_ms": int(session_timeout_s * 1000),
            "heartbeat_interval_ms": int(session_timeout_s * 1000 / 3),
            "max_poll_interval_ms": int(max_poll_interval_s * 1000),
        }
        self._append_timeout_s = append_timeout_s
        self._lock = threading.Lock()
        self._partition_counts: dict[str, int] = {}
        self._range_readers: list[RangeReader] = []
        """Those that nobody uses now: making one takes a hundred times as long as reading a record."""
        self._request_timeout_s = request_timeout_s
        self._security = security
        self._require_broker()
        with faults(address), self._asking_who_we_are(), ExitStack() as opened:
            self._admin = kafka.KafkaAdminClient(request_timeout_ms=self._request_ms, **self._connect)
            opened.callback(self._admin.close)
            self._producer: kafka.KafkaProducer | None = self._new_producer()
            opened.pop_all()

    @contextmanager
    def _asking_who_we_are(self) -> Iterator[None]:
        """A broker that knows us not, or by another password, closes the connection: time runs out."""
        try:
            yield
        except kafka_errors.KafkaTimeoutError as error:
            if not self._security.user:
                raise
            raise kafka_errors.KafkaTimeoutError(
                f"it listens, and lets nobody in as {self._security.user}: are QUZHONG_KAFKA_USER and "
                "QUZHONG_KAFKA_PASSWORD right?"
            ) from error

    def _new_producer(self) -> kafka.KafkaProducer:
        return kafka.KafkaProducer(
            acks="all",
            enable_idempotence=True,
            linger_ms=0,  # intake has gathered a commit group already
            batch_size=512 * 1024,
            max_request_size=MAX_RECORD_BYTES + FRAME_BYTES,
            allow_auto_create_topics=False,
            request_timeout_ms=self._request_ms,
            delivery_timeout_ms=int(self._append_timeout_s * 1000),
            max_block_ms=self._request_ms,
            metrics_enabled=False,
            **self._connect,
        )

    @contextmanager
    def _producing(self) -> Iterator[kafka.KafkaProducer]:
        """The producer; one that has failed is not used again.

        kafka-python's idempotent producer gives its id back when a record it had sent runs out of time, and
        never asks for another: from an outage longer than ``append_timeout_s`` on it would send nothing more.
        """
        with self._lock:
            if self._producer is None:
                self._require_broker()
                self._producer = self._new_producer()
            producer = self._producer
        try:
            yield producer
        except (kafka_errors.MessageSizeTooLargeError, kafka_errors.UnknownTopicOrPartitionError):
            raise  # nothing was sent
        except kafka_errors.KafkaError:
            with self._lock:
                mine = self._producer is producer  # another thread may have met the same outage
                if mine:
                    self._producer = None
            if mine:
                producer.close(timeout=0)
            raise

    def _require_broker(self) -> None:
        """Find out at once if a broker is there: a kafka-python client that cannot connect never ends."""
        with faults(self.address):
            for index, place in enumerate(brokers := self.address.split(",")):
                host, _, port = place.rpartition(":")
                try:
                    with socket.create_connection((host, int(port)), self._request_timeout_s) as connection:
                        self._security.check_peer(connection, host)
                    return
                except OSError:
                    if index + 1 == len(brokers):
                        raise

    def ensure_topics(self, topics: Iterable[Topic], partitions: int) -> None:
        """See the port."""
        declared = list(declared_topics(topics, partitions))
        existing = self._describe([topic.name for topic in declared])
        for topic in declared:
            if topic.name not in existing:
                self._create(topic)
        existing = self._describe([topic.name for topic in declared])
        for topic in declared:
            check_partitions(topic.name, topic.partitions, existing[topic.name])

    def _create(self, topic: Declared) -> None:
        new = topic_making(topic, self._replication)
        try:
            self._ask(lambda: self._admin.create_topics(new, wait_for_metadata=True))
        except kafka_errors.TopicAlreadyExistsError:
            self._ask(lambda: self._admin.wait_for_topics([topic.name]))  # another process was first

    def _describe(self, topics: Sequence[str]) -> dict[str, int]:
        """Partition counts of those topics that exist."""
        described = self._ask(lambda: self._admin.describe_topics(list(topics)))
        for topic in described:
            if topic["error_code"] == kafka_errors.TopicAuthorizationFailedError.errno:
                raise PermissionDeniedError(
                    f"Kafka {self.address} keeps topic {topic['name']} from this user; see "
                    "`quzhong topics apply` for who may do what",
                    zh=f"Kafka {self.address} 不允许该用户使用主题 {topic['name']}；"
                    "权限见 quzhong topics apply",
                    reason="TOPIC_DENIED",
                    metadata={"topic": topic["name"]},
                )
        return {topic["name"]: len(topic["partitions"]) for topic in described if not topic["error_code"]}

    def partition_count(self, topic: str) -> int:
        """See the port. It never changes, so it is asked for once."""
        with self._lock:
            if topic not in self._partition_counts:
                counts = self._describe([topic])
                if topic not in counts:
                    raise NotFoundError(
                        f"topic {topic} does not exist on Kafka {self.address}; call ensure_topics first"
                    )
                self._partition_counts[topic] = counts[topic]
            return self._partition_counts[topic]

    def append(self, records: Sequence[NewRecord]) -> list[int]:
        """See the port."""
        places = [place(record, self.partition_count(record.topic)) for record in records]
        with faults(self.address), self._producing() as producer:
            sent = [
                producer.send(
                    record.topic,
                    value=record.value,
                    key=record.key,
                    headers=list(record.headers.items()),
                    partition=partition,
                )
                for record, partition in zip(records, places, strict=True)
            ]
            return [future.get(self._append_timeout_s).offset for future in sent]

    def consumer(self, group: str, topics: Sequence[str], listener: RebalanceListener) -> KafkaGroupMember:
        """See the port."""
        for topic in topics:
            self.partition_count(topic)
        self._require_broker()
        with faults(self.address):
            return KafkaGroupMember(self.address, group, topics, listener, **self._connect, **self._group)

    def reader(self, topic: str) -> KafkaReader:
        """See the port."""
        count = self.partition_count(topic)
        self._require_broker()
        with faults(self.address):
            return KafkaReader(self.address, topic, count, **self._connect)

    def read(self, source: TopicPartition, start: int, end: int) -> Iterator[Record]:
        """See the port. Over a connection that nobody else uses as long as the iterator lives."""
        topic = source.topic
        stop = require_range(source, start, end, self.start_offsets(topic), self.end_offsets(topic))
        return self._read(source, start, stop)

    def _read(self, source: TopicPartition, start: int, stop: int) -> Iterator[Record]:
        if start >= stop:
            return
        try:
            with faults(self.address), self._range_reader() as reader:
                yield from reader.read(source, start, stop)
        except kafka_errors.OffsetOutOfRangeError as error:
            (asked,) = error.args[0].values()  # retention came between the look and the read
            require_kept(source, asked, self.start_offsets(source.topic)[source.partition])
            raise

    @contextmanager
    def _range_reader(self) -> Iterator[RangeReader]:
        """One that has failed, or was left half way, is not used again."""
        with self._lock:
            reader = self._range_readers.pop() if self._range_readers else None
        if reader is None:
            self._require_broker()
            reader = RangeReader(self.address, self._request_timeout_s, **self._connect)
        try:
            yield reader
        except BaseException:
            reader.close()
            raise
        with self._lock:
            self._range_readers.append(reader)

    def start_offsets(self, topic: str) -> dict[int, int]:
        """See the port."""
        return self._offsets(topic, OffsetSpec.EARLIEST)

    def end_offsets(self, topic: str) -> dict[int, int]:
        """See the port."""
        return self._offsets(topic, OffsetSpec.LATEST)

    def _offsets(self, topic: str, which: OffsetSpec) -> dict[int, int]:
        sources = [kafka.TopicPartition(topic, number) for number in range(self.partition_count(topic))]
        specs = dict.fromkeys(sources, which)
        found = self._ask(lambda: self._admin.list_partition_offsets(specs))
        return {source.partition: found[source].offset for source in sources}

    def _ask(self, question: Callable[[], Any]) -> Any:
        """Ask the admin client, which does not itself wait for a broker that is just coming back."""
        patiently = Retrying(
            retry=retry_if_exception(lambda error: getattr(error, "retriable", False)),
            stop=stop_after_delay(self._request_timeout_s),
            wait=wait_fixed(0.1),
            reraise=True,
        )
        with faults(self.address):
            return patiently(question)

    def close(self) -> None:
        """See the port."""
        if self._producer is not None:
            self._producer.close(timeout=self._append_timeout_s)
        self._admin.close()
        while self._range_readers:
            self._range_readers.pop().close()


@contextmanager
def faults(address: str) -> Iterator[None]:
    """Turn Kafka's errors into ours, naming the broker."""
    try:
        yield
    except kafka_errors.UnknownTopicOrPartitionError as error:
        raise NotFoundError(f"Kafka {address}: {error}") from error
    except kafka_errors.MessageSizeTooLargeError as error:
        raise BatchTooLargeError(f"Kafka {address}: {error}", reason="RECORD_TOO_LARGE") from error
    except (kafka_errors.KafkaConfigurationError, kafka_errors.IllegalStateError):
        raise  # our own mistakes
    except (kafka_errors.TopicAlreadyExistsError, kafka_errors.OffsetOutOfRangeError):
        raise  # no trouble: see KafkaEventLog._create and _read
    except (kafka_errors.KafkaError, OSError) as error:
        raise LogUnavailableError(
            f"Kafka {address}: {error}", zh=f"Kafka {address} 不可用：{error}", metadata={"broker": address}
        ) from error
