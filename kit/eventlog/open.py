"""From an address to an adapter. Called by ``app.py`` files only."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from kit.clock import Clock, system_clock
from kit.errors import InvalidArgumentError
from kit.eventlog.port import EventLog
from kit.kafka_security import PLAIN, KafkaSecurity


def open_event_log(
    url: str,
    kafka_security: KafkaSecurity = PLAIN,
    kafka_replication: int = 1,
    kafka_session_s: float = 6.0,
    clock: Clock = system_clock,
) -> EventLog:
    """Open ``memory://``, ``sqlite:///relative/path``, ``sqlite:////absolute/path`` or ``kafka://host:port,…``.

    ``clock``: by which a log of this machine notes when it took a record; a broker has its own.

    Raises:
        InvalidArgumentError: if the address is none of these, or ``kafka_security`` is incomplete.
        LogUnavailableError: (retryable) if the log cannot be reached.
    """
    parts = urlsplit(url)
    match parts.scheme:
        case "memory":
            from kit.eventlog.memory import MemoryEventLog

            return MemoryEventLog(clock=clock)
        case "sqlite" if not parts.netloc and len(parts.path) > 1:
            from kit.eventlog.sqlite import SqliteEventLog

            return SqliteEventLog(Path(unquote(parts.path[1:])), clock=clock)
        case "kafka" if parts.netloc:
            from kit.eventlog.kafka import KafkaEventLog

            return KafkaEventLog(
                parts.netloc,
                session_timeout_s=kafka_session_s,
                security=kafka_security,
                replication=kafka_replication,
            )
    raise InvalidArgumentError(
        f"an event log is memory://, sqlite:///path or kafka://host:port, not {url!r}",
        zh=f"事件日志地址应为 memory://、sqlite:///path 或 kafka://host:port，而不是 {url!r}",
        field="url",
    )
