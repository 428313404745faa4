"""One gRPC server for one unit (production) or for all of them (embedded): the code path is the same."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from kit.grpc.access_log import AccessLogInterceptor
from kit.grpc.call_telemetry import call_telemetry
from kit.grpc.interceptors import Authenticator, GuardInterceptor, RateLimit
from kit.grpc.stream_places import MOST_STREAMS
from kit.grpc.tls import ServerTls
from kit.listening import AddressTakenError
from kit.telemetry import metrics

MAX_MESSAGE_BYTES = 12 * 1024 * 1024
"""A reply to a notice with five files of 2 MiB each is the largest request there is. 5,000 rows of about
200 bytes are 1 MB, which leaves room for an answer that names every row's fault."""

CALL_THREADS = 96
"""What calls of a moment always find, however many watch."""

THREADS = MOST_STREAMS + CALL_THREADS
"""Every watcher of a stream holds a thread while it watches. A thread is made when there is nobody to take a
call, so that few watchers cost few."""

KEEPALIVE_MS, KEEPALIVE_TIMEOUT_MS = 60_000, 20_000
"""A connection that is silent for so long is asked, and given up if it does not answer: else the streams of a
watcher whose network went would keep their places for hours (Linux: 2 h)."""


HEALTH_S = 1.0
"""How often units are asked for their health."""


class Unit(Protocol):
    """A service, wired by its ``app.py`` and ready to run in any process."""

    @property
    def name(self) -> str: ...

    @property
    def grpc_services(self) -> tuple[str, ...]:
        """Full names of the gRPC services it answers."""
        ...

    def add_to(self, server: grpc.Server) -> None:
        """Register the servicers."""
        ...

    def start(self) -> None:
        """Start consumers and relays."""
        ...

    def stop(self) -> None:
        """Stop taking, finish what is in hand, close."""
        ...

    def drained(self) -> bool:
        """Whether everything there was to read has been handled and everything to send has been sent."""
        ...

    def healthy(self) -> bool:
        """False once a thread of it has ended by a mistake: only a new process takes up its work again."""
        ...


class Host:
    """A running server with its units."""

    def __init__(
        self,
        units: Sequence[Unit],
        authenticator: Authenticator,
        address: str,
        *,
        tls: ServerTls | None = None,
        rate_limit: RateLimit | None = None,
    ) -> None:
        """``tls``: None speaks plain text. ``rate_limit``: None takes any number of calls.

        Raises:
            OSError: naming the address if it cannot be bound.
            InvalidArgumentError: for a certificate or key that cannot be used.
        """
        self.units = tuple(units)
        self._server = grpc.server(
            ThreadPoolExecutor(THREADS, thread_name_prefix="grpc"),
            interceptors=[
                *call_telemetry(),
                GuardInterceptor(authenticator, rate_limit),
                AccessLogInterceptor(self.units),
            ],
            options=[
                ("grpc.max_receive_message_length", MAX_MESSAGE_BYTES),
                ("grpc.max_send_message_length", MAX_MESSAGE_BYTES),
                ("grpc.so_reuseport", 0),
                ("grpc.keepalive_time_ms", KEEPALIVE_MS),
                ("grpc.keepalive_timeout_ms", KEEPALIVE_TIMEOUT_MS),
            ],
        )
        self._health = health.HealthServicer()
        health_pb2_grpc.add_HealthServicer_to_server(self._health, self._server)
        names = [name for unit in self.units for name in unit.grpc_services]
        for unit in self.units:
            unit.add_to(self._server)
        reflection.enable_server_reflection(
            [*names, health.SERVICE_NAME, reflection.SERVICE_NAME], self._server
        )
        self._stopping = threading.Event()
        self._watch = threading.Thread(target=self._watch_health, name="health", daemon=True)
        credentials = None if tls is None else tls.credentials()
        try:
            port = (
                self._server.add_insecure_port(address)
                if credentials is None
                else self._server.add_secure_port(address, credentials)
            )
        except RuntimeError as error:
            raise AddressTakenError(address) from error
        self.address = f"{address.rpartition(':')[0]}:{port}"

    def start(self) -> None:
        """Start the units, then answer calls."""
        for unit in self.units:
            unit.start()
        self._server.start()
        self._tell_health()
        self._watch.start()
        metrics.look_at(
            metrics.HEALTHY,
            self,
            lambda: [(float(unit.healthy()), {metrics.UNIT: unit.name}) for unit in self.units],
        )

    def stop(self, grace_s: float = 3.0) -> None:
        """Refuse new calls, let running ones end, then stop the units in the reverse order."""
        metrics.look_away(self)
        self._stopping.set()
        if self._watch.is_alive():
            self._watch.join()
        self._health.enter_graceful_shutdown()
        self._server.stop(grace_s).wait()
        for unit in reversed(self.units):
            unit.stop()

    def drained(self) -> bool:
        """Whether every unit is drained."""
        return all(unit.drained() for unit in self.units)

    def healthy(self) -> bool:
        """Whether every unit is."""
        return all(unit.healthy() for unit in self.units)

    def _watch_health(self) -> None:
        while not self._stopping.wait(HEALTH_S):
            self._tell_health()

    def _tell_health(self) -> None:
        """To whoever asks ``grpc.health.v1.Health``: of each service, and ("") of all together."""
        states = health_pb2.HealthCheckResponse
        healthy = {"": self.healthy()}
        healthy |= {name: unit.healthy() for unit in self.units for name in unit.grpc_services}
        for name, well in healthy.items():
            self._health.set(name, states.SERVING if well else states.NOT_SERVING)
