"""A service as a process of its own: what every ``app.py``'s ``main`` does."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from collections.abc import Callable

from kit.clock import system_clock
from kit.directory import Directory
from kit.eventlog.open import open_event_log
from kit.eventlog.port import EventLog
from kit.eventlog.topics import of_service
from kit.grpc.host import HEALTH_S, Host, Unit
from kit.grpc.tls import ServerTls
from kit.security.rate_limits import call_rate
from kit.settings import CommonSettings
from kit.telemetry import logs
from kit.telemetry.running import running


def run_alone(settings: CommonSettings, build: Callable[[EventLog, Directory], Unit]) -> None:
    """Open the log and the directory, serve one unit until SIGINT or SIGTERM, then stop in order.

    Ends with status 1 if the unit is not healthy any more, so that whoever runs the process starts it again.
    """
    service = service_name(settings)
    logs.set_up(service, settings.log_format)
    with running(service, settings):
        well = _serve(settings, build)
    if not well:
        sys.exit(1)


def service_name(settings: CommonSettings) -> str:
    """``quzhong-intake`` for the settings of ``services/intake``: who traces and log lines are of."""
    return f"quzhong-{_folder(settings)}"


def _folder(settings: CommonSettings) -> str:
    """``intake`` for the settings of ``services/intake``: what the map of the flow calls it."""
    return type(settings).__module__.split(".")[-2]


def _serve(settings: CommonSettings, build: Callable[[EventLog, Directory], Unit]) -> bool:
    """Until a signal comes, or the unit is not healthy any more; answers whether it was."""
    log = open_event_log(
        settings.log_url, settings.kafka_security, settings.kafka_replication, settings.kafka_session_s
    )
    # Not all of the map: where the log has access rules, a service may not even ask about the others.
    log.ensure_topics(of_service(_folder(settings)), settings.partitions)
    directory = Directory(log, system_clock)
    directory.start()
    host = Host(
        [build(log, directory)],
        directory,
        settings.address,
        tls=ServerTls.of(settings),
        rate_limit=call_rate(settings.rate_limit),
    )
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    host.start()
    logging.getLogger(__name__).info("%s answers on %s", host.units[0].name, host.address)
    well = True
    while well and not stopping.wait(HEALTH_S):
        well = host.healthy()
    if not well:
        logging.getLogger(__name__).error("%s has failed (see above) and ends", host.units[0].name)
    host.stop()
    directory.stop()
    log.close()
    return well
