"""Log lines: for people, or one JSON object a line with the trace they belong to.

No worker data in either: a word that could be a pseudonym or an event's id is replaced. Errors name the value
that is wrong, and the value may be somebody's.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import secrets
import sys
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from kit.telemetry import tracing

TEXT = "%(asctime)s %(levelname)s %(name)s %(message)s"

_WORD = re.compile(r"(?<![A-Za-z0-9_=-])[A-Za-z0-9_=-]{16,}(?![A-Za-z0-9_=-])")
"""What a pseudonym may be: 16 to 64 of these characters, and padding."""

_OURS = re.compile(
    r"[a-z]+(?:[-_](?:[a-z]+|20\d\d))*"  # groups, topics, modules, rule packs with their year
    r"|(?:[A-Z][a-z]{2,})+"  # classes and RPCs
    r"|[A-Z]+(?:_[A-Z]+)*"  # reasons and variables
)
"""What the program's own names look like. Of a million pseudonyms drawn by chance some two or three do."""

_SALT = secrets.token_bytes(16)

_CHINA = ZoneInfo("Asia/Shanghai")

_SEVERITY = {"CRITICAL": "FATAL", "WARNING": "WARN"}
"""As OpenTelemetry's log data model names them."""


class LogFormat(StrEnum):
    """What a line is."""

    TEXT = "text"
    JSON = "json"


def without_worker_data(text: str) -> str:
    """The text with each word that could name a worker as ``‹id:1a2b3c›``: the same within one process, so
    that lines can be matched, and of no use beyond it."""
    return _WORD.sub(_token, text)


class TextLines(logging.Formatter):
    """A line for people."""

    def __init__(self) -> None:
        super().__init__(TEXT)

    def format(self, record: logging.LogRecord) -> str:
        """See ``logging.Formatter``."""
        return without_worker_data(super().format(record))


class JsonLines(logging.Formatter):
    """A line for programs: time, severity, logger, service, message, error, trace_id, span_id."""

    def __init__(self, service: str) -> None:
        super().__init__()
        self._service = service

    def format(self, record: logging.LogRecord) -> str:
        """See ``logging.Formatter``."""
        line: dict[str, str] = {
            "time": datetime.fromtimestamp(record.created, _CHINA).isoformat(timespec="milliseconds"),
            "severity": _SEVERITY.get(record.levelname, record.levelname),
            "logger": record.name,
            "service": self._service,
            "message": without_worker_data(record.getMessage()),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = tracing.reason_of(record.exc_info[1])
            line["stack"] = without_worker_data(self.formatException(record.exc_info))
        if (context := tracing.current()) is not None:
            line["trace_id"] = f"{context.trace_id:032x}"
            line["span_id"] = f"{context.span_id:016x}"
        return json.dumps(line, ensure_ascii=False)


def set_up(service: str, log_format: LogFormat) -> None:
    """Of a process of its own: INFO and above on stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(service) if log_format is LogFormat.JSON else TextLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)


def as_json(service: str) -> None:
    """Within a command: its lines keep their level and place, and become JSON."""
    for handler in logging.getLogger().handlers:
        handler.setFormatter(JsonLines(service))


def _token(found: re.Match[str]) -> str:
    if _OURS.fullmatch(found[0]):
        return found[0]
    return f"‹id:{hashlib.blake2b(found[0].encode(), digest_size=3, key=_SALT).hexdigest()}›"
