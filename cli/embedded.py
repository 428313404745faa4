"""Every service in this process: one log, one directory, one gRPC server on one port, and the portal's pages.

The code path is that of production; only the adapters differ, and they are chosen by settings.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from cli.choices import Measure
from kit.clock import Clock, system_clock
from kit.directory import Directory
from kit.errors import QuzhongError
from kit.eventlog.open import open_event_log
from kit.eventlog.topics import TOPICS
from kit.grpc.host import Host, Unit
from kit.grpc.tls import ServerTls
from kit.security.rate_limits import call_rate
from kit.storage.folder_lock import sole_user
from kit.telemetry import logs
from kit.telemetry.running import running
from services.algo_audit.app import build as build_algo_audit
from services.algo_audit.settings import AlgoAuditSettings
from services.intake.app import build as build_intake
from services.intake.settings import IntakeSettings
from services.notify.app import build as build_notify
from services.notify.settings import NotifySettings
from services.portal.app import PortalServer
from services.portal.settings import PortalSettings
from services.registry.app import build as build_registry
from services.registry.settings import RegistrySettings
from services.workhours.app import build as build_workhours
from services.workhours.settings import LEAST_HISTORY_DAYS, WorkhoursSettings

_POLL_S = 0.02

_SERVICE = "quzhong"
"""What traces and log lines of all services in one process are told by."""


class EmbeddedSuite:
    """The whole suite in one process; a context manager, or ``start`` and ``stop``."""

    def __init__(
        self,
        data_dir: Path,
        *,
        kafka: str | None = None,
        partitions: int | None = None,
        address: str = "127.0.0.1:0",
        portal: bool = True,
        portal_port: int = 0,
        clock: Clock = system_clock,
        measure: Measure | None = None,
        history_days: int | None = None,
    ) -> None:
        """What is None comes from the environment (``QUZHONG_…``), or is the services' default.

        Args:
            data_dir: Folder of the log, the stores and the archive; made if it is missing.
            kafka: ``host:port`` of a broker that holds the log; empty: a file under ``data_dir``.
            partitions: Partitions of the event topics, fixed when they are first made.
            address: Where gRPC is served; port 0 takes any free one.
            portal: Whether to serve the pages too.
            portal_port: 0 takes any free one.
            clock: The present.
            measure: What continuous work is measured by.
            history_days: How far back working time is judged, however late an event comes.
        """
        given = {"data_dir": data_dir, "kafka": kafka, "partitions": partitions, "address": address}
        self._common: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
        self._rules: dict[str, Any] = {} if measure is None else {"workhours_measure": measure.value}
        if history_days is not None:
            days = max(history_days, LEAST_HISTORY_DAYS)
            self._rules |= {"workhours_history_days": days, "workhours_late_hours": 24 * days}
        self._with_portal = portal
        self._portal_port = portal_port
        self._clock = clock
        self._running = ExitStack()
        self.address = ""
        """``host:port`` of every gRPC service, once started."""
        self.token_url = ""
        """Where access tokens are asked for, once started with ``QUZHONG_OAUTH_PORT``."""
        self.portal_url = ""
        """``http://host:port``, once started with a portal."""
        self.metrics_address = ""
        """``host:port`` of the metrics, once started with ``QUZHONG_METRICS_PORT``."""
        self.admin_token = ""
        """The administrator's credential, once started."""

    def start(self) -> None:
        """Start everything; on failure nothing stays running.

        Raises:
            OSError: if an address cannot be bound.
            QuzhongError: if the log or a store cannot be opened, or another process uses the folder.
        """
        with ExitStack() as starting:
            registry_settings = RegistrySettings(**self._common)
            registry_settings.data_dir.mkdir(parents=True, exist_ok=True)
            starting.enter_context(sole_user(registry_settings.data_dir))
            if registry_settings.log_format is logs.LogFormat.JSON:
                logs.as_json(_SERVICE)
            telemetry = starting.enter_context(running(_SERVICE, registry_settings))
            self.metrics_address = telemetry.metrics_address
            log = open_event_log(
                registry_settings.log_url,
                registry_settings.kafka_security,
                registry_settings.kafka_replication,
                registry_settings.kafka_session_s,
            )
            starting.callback(log.close)
            log.ensure_topics(TOPICS, registry_settings.partitions)
            directory = Directory(log, self._clock)
            directory.start()
            starting.callback(directory.stop)
            registry = build_registry(registry_settings, log, directory, self._clock)
            # Upstream first: drained() asks in this order, so that what one passes on is seen by the next.
            units: list[Unit] = [
                registry,
                build_intake(IntakeSettings(**self._common), log, directory, self._clock),
                build_workhours(
                    WorkhoursSettings(**self._common, **self._rules), log, directory, self._clock
                ),
                build_algo_audit(AlgoAuditSettings(**self._common), log, directory, self._clock),
                build_notify(NotifySettings(**self._common), log, directory, self._clock),
            ]
            try:
                self._host = Host(
                    units,
                    directory,
                    registry_settings.address,
                    tls=ServerTls.of(registry_settings),
                    rate_limit=call_rate(registry_settings.rate_limit),
                )
            except (OSError, QuzhongError):
                for unit in reversed(units):
                    unit.stop()
                raise
            starting.callback(self._host.stop)
            self._host.start()
            self.address = self._host.address
            self.token_url = registry.token_url
            self.admin_token = (
                registry_settings.admin_token.get_secret_value()
                or registry_settings.admin_token_file.read_text().strip()
            )
            if self._with_portal:
                place: dict[str, Any] = {"suite_address": self.address, "portal_port": self._portal_port}
                if self.token_url:
                    place["token_url"] = self.token_url
                portal = PortalServer(PortalSettings(**self._common, **place))
                starting.callback(portal.stop)
                portal.start()
                self.portal_url = portal.url
            self._running = starting.pop_all()

    def stop(self) -> None:
        """Stop in order: pages, calls, services, directory, log. A second call does nothing."""
        self._running.close()

    def drain(self, timeout_s: float = 120.0, *names: str) -> None:
        """Wait until everything accepted so far has had all its effects; in the services named, or in all.

        Raises:
            TimeoutError: naming the services that are not done.
        """
        units = [unit for unit in self._host.units if not names or unit.name in names]
        deadline = time.monotonic() + timeout_s
        while not all(unit.drained() for unit in units):
            if time.monotonic() > deadline:
                late = ", ".join(unit.name for unit in units if not unit.drained())
                raise TimeoutError(f"not done after {timeout_s:.0f} s: {late}")
            time.sleep(_POLL_S)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
