"""Continuous work on quixstreams, from Kafka: ``python -m bench.peers.quix_continuous DAY.npz HOST:PORT``.

One record an event, keyed by the worker; state in RocksDB with a changelog topic; flags to a topic. Keys and
values are as small as can be, and packed rather than JSON, which is quixstreams' default and slower.
"""

from __future__ import annotations

import struct
import sys
import tempfile
from pathlib import Path
from typing import Any

from confluent_kafka import Producer  # type: ignore[import-not-found]
from quixstreams import Application, State  # type: ignore[import-not-found]
from quixstreams.models import TopicConfig  # type: ignore[import-not-found]

from bench.peers.continuous_work import fresh, step
from bench.peers.day_file import Day, Stopwatch, answer, read

PARTITIONS = 8
EVENT = struct.Struct("<Bq")
"""Kind, time in epoch ms."""


def main(path: Path, kafka: str) -> None:
    day = read(path)
    with tempfile.TemporaryDirectory(prefix="quix-") as folder:
        handled = 0

        def stop_after_the_last(topic: str, partition: int, offset: int) -> None:
            nonlocal handled
            handled += 1
            if handled == len(day.kinds):
                app.stop()

        app = Application(
            broker_address=kafka,
            consumer_group=Path(folder).name,
            auto_offset_reset="earliest",
            state_dir=folder,
            loglevel="WARNING",
            on_message_processed=stop_after_the_last,
        )
        config = TopicConfig(num_partitions=PARTITIONS, replication_factor=1)
        events = app.topic(
            f"events-{Path(folder).name}",
            key_deserializer="str",
            value_deserializer="bytes",
            config=config,
        )
        flags = app.topic(f"flags-{Path(folder).name}", key_serializer="str", config=config)
        _produce(kafka, events.name, day)
        found: set[tuple[str, int]] = set()
        watch: Stopwatch | None = None

        def count(value: bytes, key: str, timestamp: int, headers: Any, state: State) -> list[int]:
            nonlocal watch
            watch = watch or Stopwatch()
            counted = state.get("c") or fresh()
            start = step(counted, *EVENT.unpack(value))
            state.set("c", counted)
            if start:
                found.add((key, start))
                return [start]
            return []

        frame = app.dataframe(events)
        frame = frame.apply(count, stateful=True, metadata=True, expand=True)
        frame.to_topic(flags)
        app.run()
        took = watch.read() if watch else {}
    answer(took, found, f"{PARTITIONS} partitions, changelog on, from the first event handled")


def _produce(kafka: str, topic: str, day: Day) -> None:
    producer = Producer(
        {"bootstrap.servers": kafka, "linger.ms": 50, "queue.buffering.max.messages": 1_000_000}
    )
    for number, (worker_id, kind, at_ms) in enumerate(
        zip(day.worker_ids, day.kinds, day.times_ms, strict=True)
    ):
        while True:
            try:
                producer.produce(topic, key=worker_id, value=EVENT.pack(kind, at_ms))
                break
            except BufferError:
                producer.poll(0.1)
        if not number % 10_000:
            producer.poll(0)
    producer.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
