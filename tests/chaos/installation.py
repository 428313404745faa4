"""A broker, a database and every service as a process of its own, to be struck and started again.

Every service reaches the broker and the database over links of its own, and platforms reach intake over one.
Workhours has two processes, so that partitions move and an owner that was given up may come back.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

from kit.settings import CommonSettings
from tests.chaos.faults import BROKER, DATABASE, Fault, How, Targets
from tests.chaos.network import Network
from tests.support.kafka.broker import Broker
from tests.support.kafka.cluster import SIZE, Cluster
from tests.support.ports import free_port
from tests.support.postgres import Postgres, ReplicatedPostgres, children_of
from tests.support.service_processes import SERVICES, ServiceProcess, make_databases

PARTITIONS = 4
WORKHOURS_PROCESSES = 2
PLATFORMS = "platforms"
RESTART_S = 0.5
"""Whoever ended by itself is started again so much later, as an orchestrator's backoff would have it."""


class Installation:
    """Everything that runs."""

    def __init__(
        self,
        folder: Path,
        network: Network,
        policy: Path,
        broker: Broker | Cluster,
        database: Postgres | ReplicatedPostgres,
        kafka: Mapping[str, str],
    ) -> None:
        """``kafka``: by service, where it finds the broker."""
        self.network = network
        self.session_s = CommonSettings().kafka_session_s
        self.ended_by_itself: Counter[str] = Counter()
        """By process: how often it ended without having been killed."""
        self.broker = broker
        self.database = database
        self._folder = folder
        self._policy = policy
        self._kafka = kafka
        self._watch = threading.Thread(target=self._start_again, name="orchestrator", daemon=True)
        self._ending = threading.Event()
        self._killed: set[str] = set()
        self.processes: dict[str, ServiceProcess] = {}
        self.server_answered_s = 0.0
        """When a broker or database that was killed took connections again, monotonic s."""
        self.intake_address = ""
        """As platforms know it: over a link."""

    def start(self) -> None:
        """Start everything and wait until it serves."""
        self.broker.start()
        self.database.start()
        store = make_databases(self.database.url)
        for service in SERVICES:
            link = self.network.link(_to_database(service), self._database_port)
            settings = {
                "QUZHONG_DATA_DIR": str(self._folder / "data"),
                "QUZHONG_STORE": store.replace(f":{self._database_port}/", f":{link}/"),
                "QUZHONG_STORE_CONNECTIONS": "8",
                "QUZHONG_PARTITIONS": str(PARTITIONS),
                "QUZHONG_KAFKA": self._kafka[service],
                "QUZHONG_KAFKA_REPLICATION": str(SIZE if isinstance(self.broker, Cluster) else 1),
                "QUZHONG_INTAKE_ARCHIVE_LINGER_S": "0.5",
                "QUZHONG_NOTIFY_POLICY": str(self._policy),
            }
            for number in range(1, (WORKHOURS_PROCESSES if service == "workhours" else 1) + 1):
                process = ServiceProcess(service, self._folder, settings, number=number)
                self.processes[process.name] = process
                process.start()
                if service == "registry":
                    process.await_serving()  # it makes the keys that the others share
        for process in self.processes.values():
            process.await_serving()
        with psycopg.connect(self.database.url, autocommit=True) as connection:
            connection.execute("CHECKPOINT")  # a database that runs for long has its files on disk
        port = int(self.processes["intake"].address.rpartition(":")[2])
        self.intake_address = f"127.0.0.1:{self.network.link(f'intake-from-{PLATFORMS}', port)}"
        self._watch.start()

    @property
    def _database_port(self) -> int:
        return int(make_url(self.database.url).port or 0)

    @property
    def admin_token(self) -> str:
        """The administrator's."""
        return (self._folder / "data" / "admin.token").read_text().strip()

    def targets(self) -> Targets:
        """What there is to strike."""
        return Targets(tuple(self.processes), tuple(self.network.links))

    def prepare(self, fault: Fault) -> None:
        """Make good what it cannot strike otherwise: of three brokers one may be lost."""
        if fault.how is How.LOSE and isinstance(self.broker, Cluster):
            self.broker.make_whole()

    def strike(self, fault: Fault) -> float:
        """Do it, and undo it when it is over; the moment from which on recovery is counted, monotonic s."""
        time.sleep(fault.after_s)
        if fault.how is How.KILL:
            began_s = time.monotonic()
            self._kill(fault.target)
            return began_s
        if fault.how is How.LOSE:
            return self._lose(fault.target)
        if fault.how is How.PAUSE:
            with self._paused(fault.target):
                time.sleep(fault.lasts_s)
            return time.monotonic()
        (self.network.cut if fault.how is How.CUT else self.network.stall)(fault.target)
        time.sleep(fault.lasts_s)
        self.network.heal(fault.target)
        return time.monotonic()

    def _kill(self, target: str) -> None:
        if (server := self._server(target)) is not None:
            server.kill()
            server.start()
            self.server_answered_s = time.monotonic()
        else:
            self._killed.add(target)
            self.processes[target].kill()

    def _lose(self, target: str) -> float:
        server = self.broker if target == BROKER else self.database
        began_s = time.monotonic()
        assert isinstance(server, Cluster | ReplicatedPostgres)
        server.lose()
        if target == DATABASE:
            for service in SERVICES:
                self.network.lead(_to_database(service), self._database_port)
        return began_s

    def _server(self, target: str) -> Broker | Postgres | None:
        """The broker or the database, of which there is one; None: it is a service."""
        server = {BROKER: self.broker, DATABASE: self.database}.get(target)
        assert not isinstance(server, Cluster | ReplicatedPostgres), "of several: lose one"
        return server

    @contextmanager
    def _paused(self, target: str) -> Iterator[None]:
        if (server := self._server(target)) is not None:
            family = [server.pid, *children_of(server.pid)]
        else:
            family = [self.processes[target].pid]
        _signal(family, signal.SIGSTOP)
        try:
            yield
        finally:
            _signal(family, signal.SIGCONT)

    def _start_again(self) -> None:
        while not self._ending.wait(0.05):
            for name, process in self.processes.items():
                if process.status is None:
                    continue
                if name in self._killed:
                    self._killed.discard(name)
                else:
                    self.ended_by_itself[name] += 1
                    self._ending.wait(RESTART_S)
                process.start()

    def close(self) -> None:
        """End everything."""
        with ExitStack() as every:
            every.callback(self.database.remove)
            every.callback(self.broker.kill)
            for process in self.processes.values():
                every.callback(process.kill)
            self._ending.set()
            if self._watch.is_alive():
                self._watch.join()


@contextmanager
def installed(folder: Path, policy: Path) -> Iterator[Installation]:
    """A running one, of one broker and one database."""
    with Network() as network:
        ports = {service: free_port() for service in SERVICES}
        ways = {service: network.link(f"{service}-from-{BROKER}", port) for service, port in ports.items()}
        broker = Broker(folder / "kafka", more=_listeners(ports, ways))
        kafka = {service: f"127.0.0.1:{way}" for service, way in ways.items()}
        with _running(Installation(folder, network, policy, broker, Postgres(), kafka)) as installation:
            yield installation


@contextmanager
def installed_with_replicas(folder: Path, policy: Path) -> Iterator[Installation]:
    """A running one, of three brokers and a database with a standby, as a city has them in ``deploy/k8s``."""
    with Network() as network:
        cluster = Cluster(folder / "kafka")
        kafka = dict.fromkeys(SERVICES, cluster.address)
        database = ReplicatedPostgres()
        with _running(Installation(folder, network, policy, cluster, database, kafka)) as installation:
            yield installation


@contextmanager
def _running(installation: Installation) -> Iterator[Installation]:
    with contextlib.closing(installation):
        installation.start()
        yield installation


def _to_database(service: str) -> str:
    return f"{service}-from-{DATABASE}"


def _listeners(ports: Mapping[str, int], ways: Mapping[str, int]) -> str:
    """The broker's properties for a listener of each service, which names the link as its address."""
    names = {service: service.replace("_", "").upper() for service in ports}
    protocols = ",".join(f"{each}:PLAINTEXT" for each in ("PLAINTEXT", "CONTROLLER", *names.values()))
    own = ",".join(f"{names[service]}://127.0.0.1:{port}" for service, port in ports.items())
    told = ",".join(f"{names[service]}://127.0.0.1:{port}" for service, port in ways.items())
    return (
        f"\nlistener.security.protocol.map={protocols}\n"
        f"listeners=PLAINTEXT://127.0.0.1:{{port}},CONTROLLER://127.0.0.1:{{controller_port}},{own}\n"
        f"advertised.listeners=PLAINTEXT://127.0.0.1:{{port}},{told}\n"
        "inter.broker.listener.name=PLAINTEXT\n"
        "num.network.threads=1\n"
    )


def _signal(family: list[int], number: signal.Signals) -> None:
    for pid in family:
        with contextlib.suppress(ProcessLookupError):  # a connection's process ends when it is closed
            os.kill(pid, number)
