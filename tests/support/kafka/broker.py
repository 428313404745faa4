"""One real Apache Kafka node for tests: KRaft, the machine's Java, a temporary folder, free ports.

``QUZHONG_TEST_KAFKA=host:port`` uses a running broker instead. The jars are resolved by Maven from
``pom.xml`` into ``target/`` once and kept between runs.
"""

from __future__ import annotations

import base64
import fcntl
import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from tests.support.ports import free_port

FOLDER = Path(__file__).parent
JARS = FOLDER / "target" / "jars"
START_TIMEOUT_S = 60.0

# A quick start and little memory matter here, throughput does not.
JAVA_OPTIONS = (
    "-Xms64m", "-Xmx320m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto",
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-Djava.awt.headless=true",
)  # fmt: skip

PROPERTIES = """
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller_port}
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller_port}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
controller.listener.names=CONTROLLER
log.dirs={data}
auto.create.topics.enable=false
num.partitions=1
offsets.topic.num.partitions=1
offsets.topic.replication.factor=1
transaction.state.log.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.num.partitions=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
# Tests wait for groups: form them at once, and let members be missed after a second.
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=500
num.network.threads=2
num.io.threads=2
background.threads=2
log.cleaner.dedupe.buffer.size=4194304
controlled.shutdown.enable=false
# A killed node may come back under its number as soon as its lease is over.
broker.session.timeout.ms=1500
broker.heartbeat.interval.ms=400
"""


class MissingToolError(RuntimeError):
    """Java or Maven is not on this machine; the message says which."""


class Broker:
    """A node of its own. ``kill`` is SIGKILL; ``start`` after it goes on with the same data and port."""

    def __init__(
        self,
        folder: Path,
        *,
        more: str = "",
        format_options: Sequence[str] = (),
        controller_port: int | None = None,
        cluster_id: str | None = None,
    ) -> None:
        """``more``: properties that come after ours and win; ``format_options``: of the storage tool;
        ``controller_port``, ``cluster_id``: as other nodes know them, else its own."""
        self._folder = folder
        self._format_options = (f"--cluster-id={cluster_id or fresh_cluster_id()}", *format_options)
        self._port = free_port()
        self._properties = folder / "server.properties"
        self._process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)
        self._properties.write_text(
            (PROPERTIES + more).format(
                port=self._port, controller_port=controller_port or free_port(), data=self._data
            )
        )
        self._format()

    @property
    def address(self) -> str:
        """``host:port``."""
        return f"127.0.0.1:{self._port}"

    @property
    def pid(self) -> int:
        """Of the node that runs."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start and wait until the node answers."""
        command = _java(*JAVA_OPTIONS, "kafka.Kafka", str(self._properties))
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self._folder)
        deadline = time.monotonic() + START_TIMEOUT_S
        while not _answers(self._port):
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"Apache Kafka did not start:\n{self._log.read_text()[-4000:]}")
            time.sleep(0.1)

    def lose_data(self) -> None:
        """Of a node that does not run: as a fresh machine under its name."""
        shutil.rmtree(self._data)
        self._format()

    def _format(self) -> None:
        options = ("-c", str(self._properties), *self._format_options)
        self._run_java("kafka.tools.StorageTool", "format", *options)

    def kill(self) -> None:
        """End the node at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    @property
    def _log(self) -> Path:
        return self._folder / "broker.log"

    def _run_java(self, *arguments: str) -> None:
        done = subprocess.run(_java(*JAVA_OPTIONS, *arguments), capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}")


def fresh_cluster_id() -> str:
    """One that no other cluster has."""
    return base64.urlsafe_b64encode(secrets.token_bytes(16)).decode().rstrip("=")


def _java(*arguments: str) -> list[str]:
    java = shutil.which("java")
    if java is None:
        raise MissingToolError("Java 17 or newer (Debian: openjdk-17-jre-headless) is missing")
    return [java, "-cp", str(_jars() / "*"), *arguments]


def _jars() -> Path:
    """The folder with Kafka's jars, resolved once for each state of the pom, which is their stamp."""
    JARS.parent.mkdir(exist_ok=True)
    with (JARS.parent / "lock").open("w") as lock:
        # Tests may run in several processes: the first resolves, the others wait.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _resolved():
            _resolve()
    return JARS


def _resolved() -> bool:
    stamp, pom = JARS / "pom.xml", FOLDER / "pom.xml"
    return stamp.exists() and stamp.read_bytes() == pom.read_bytes()


def _resolve() -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise MissingToolError("Maven (Debian: maven) is missing, and Kafka's jars are not here yet")
    shutil.rmtree(JARS, ignore_errors=True)
    fresh = JARS.with_name(f"jars-{os.getpid()}")
    command = [maven, "-q", "-B", "dependency:copy-dependencies", f"-DoutputDirectory={fresh}"]
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"Maven could not resolve Apache Kafka:\n{done.stdout}\n{done.stderr}")
    shutil.copy(FOLDER / "pom.xml", fresh / "pom.xml")
    fresh.replace(JARS)


def _answers(port: int) -> bool:
    """Whether the node answers ApiVersions (api key 18, version 0, correlation id 1, no client id)."""
    request = bytes([0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 0xFF, 0xFF])
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(request)
            return len(connection.recv(4)) == 4
    except OSError:
        return False
