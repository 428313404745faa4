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
from kit.eventlog.topics import TOPICS
from kit.grpc.host import HEALTH_S, Host, Unit
from kit.grpc.tls import ServerTls
from kit.security.rate_limits import call_rate
from kit.settings import CommonSettings


def run_alone(settings: CommonSettings, build: Callable[[EventLog, Directory], Unit]) -> None:
    """Open the log and the directory, serve one unit until SIGINT or SIGTERM, then stop in order.

    Ends with status 1 if the unit is not healthy any more, so that whoever runs the process starts it again.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    log = open_event_log(settings.log_url)
    log.ensure_topics(TOPICS, settings.partitions)
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
    if not well:
        sys.exit(1)
