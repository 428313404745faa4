"""Three Apache Kafka nodes that hold each partition three times, as a city has them: one may be lost."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kafka.admin import KafkaAdminClient

from tests.support.kafka.broker import Broker, fresh_cluster_id
from tests.support.ports import free_port

SIZE = 3
CATCH_UP_S = 60.0

_REPLICATED = """
node.id={node}
controller.quorum.voters={voters}
offsets.topic.replication.factor=3
transaction.state.log.replication.factor=3
transaction.state.log.min.isr=2
replica.lag.time.max.ms=2000
"""


class Cluster:
    """The nodes."""

    def __init__(self, folder: Path) -> None:
        ports = [free_port() for _ in range(SIZE)]
        voters = ",".join(f"{node}@127.0.0.1:{port}" for node, port in enumerate(ports, 1))
        cluster_id = fresh_cluster_id()
        self._nodes = [
            Broker(
                folder / f"node-{node}",
                more=_REPLICATED.format(node=node, voters=voters),
                controller_port=port,
                cluster_id=cluster_id,
            )
            for node, port in enumerate(ports, 1)
        ]
        self._away: Broker | None = None

    @property
    def address(self) -> str:
        """All nodes', separated by commas."""
        return ",".join(node.address for node in self._nodes)

    def start(self) -> None:
        """Start all, which need each other, and wait until they answer."""
        with ThreadPoolExecutor(SIZE) as threads:
            list(threads.map(Broker.start, self._nodes))

    def make_whole(self) -> None:
        """Put an empty node in the place of the one that was lost, if any, and wait until it has all that the
        others have."""
        if self._away is None:
            return
        self._away.lose_data()
        self._away.start()
        self._away = None
        deadline = time.monotonic() + CATCH_UP_S
        while any(len(each["isr_nodes"]) < SIZE for each in self._partitions()):
            if time.monotonic() > deadline:
                raise TimeoutError(f"the node has not caught up after {CATCH_UP_S:.0f} s")
            time.sleep(0.1)

    def lose(self) -> None:
        """End the node that leads most partitions at once, and for good."""
        assert self._away is None, "one of three may be lost"
        self._away = self._leader()
        self._away.kill()

    @contextmanager
    def followers_paused(self, topic: str) -> Iterator[None]:
        """Only the node that leads a topic's partitions goes on."""
        leader = self._leader(topic)
        followers = [node for node in self._nodes if node is not leader]
        for node in followers:
            os.kill(node.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for node in followers:
                os.kill(node.pid, signal.SIGCONT)

    def copies(self) -> set[int]:
        """How many replicas partitions have."""
        return {len(each["replica_nodes"]) for each in self._partitions()}

    def kill(self) -> None:
        """End them all at once."""
        for node in self._nodes:
            node.kill()

    def _leader(self, *topics: str) -> Broker:
        leaders = [int(each["leader_id"]) for each in self._partitions(*topics)]
        return self._nodes[max(set(leaders), key=leaders.count) - 1]

    def _partitions(self, *topics: str) -> Collection[dict[str, Any]]:
        """Of all topics unless some are named."""
        admin = KafkaAdminClient(bootstrap_servers=self.address.split(","))
        try:
            return [each for topic in admin.describe_topics(topics or None) for each in topic["partitions"]]
        finally:
            admin.close()
