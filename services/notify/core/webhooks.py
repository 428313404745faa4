"""Webhooks: which addresses are allowed, what is sent, and when a failed delivery is tried again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from services.notify.core.alerts import Alert, Audience

MAX_URL_LENGTH = 2048
"""What every HTTP server can be expected to take."""

SOURCE = "quzhong/notify"
"""CloudEvents ``source``: with ``id`` it names an event uniquely."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that alerts are sent to."""

    webhook_id: str
    party_id: str
    """Who registered it."""
    url: str
    secret: str
    """``whsec_`` and base64; kept as it is, because signing needs it."""
    audience: Audience
    request_id: str
    create_time_ms: int
    disabled: bool = False
    """The receiver answered 410 Gone."""


class Verdict(Enum):
    """What an attempt ended in."""

    DELIVERED = "any 2xx"
    GONE = "410: the receiver wants no more; the webhook is disabled"
    LATER = "anything else, while the schedule has a next time"
    GIVEN_UP = "anything else, after the last time"


def judge(status: int, attempts: int, retry_after_s: Sequence[float]) -> Verdict:
    """What the HTTP ``status`` (0: no answer) of the ``attempts``-th attempt means to Standard Webhooks."""
    if 200 <= status < 300:
        return Verdict.DELIVERED
    if status == 410:
        return Verdict.GONE
    return Verdict.LATER if attempts <= len(retry_after_s) else Verdict.GIVEN_UP


def check_url(url: str) -> None:
    """Allow https, and http to this machine.

    Raises:
        ValueError: saying what is wrong.
    """
    if len(url) > MAX_URL_LENGTH:
        raise ValueError(f"longer than {MAX_URL_LENGTH} characters")
    parts = urlsplit(url)  # ValueError itself for a broken IPv6 host
    if not parts.hostname:
        raise ValueError("names no host")
    if parts.username is not None or parts.password is not None:
        raise ValueError("carries a user name or password; the signature authenticates the sender")
    _ = parts.port  # ValueError if it is no number from 0 to 65535
    if parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname)):
        return
    raise ValueError("must be https, or http to this machine (localhost, 127.0.0.0/8, ::1)")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def envelope(alert: Alert) -> dict[str, Any]:
    """The JSON that is sent: a CloudEvents 1.0 envelope around the alert. Times in RFC 3339, UTC."""
    return {
        "specversion": "1.0",
        "type": f"quzhong.alert.{alert.kind.name.lower()}",
        "source": SOURCE,
        "id": alert.alert_id,
        "time": _rfc3339(alert.create_time_ms),
        "datacontenttype": "application/json",
        "data": {
            "alert_id": alert.alert_id,
            "kind": alert.kind.name,
            "severity": alert.severity.name,
            "platform_id": alert.place.platform_id,
            "area_code": alert.place.area_code,
            "rule_id": alert.place.rule_id,
            "case_id": alert.case_id,
            "finding_id": alert.finding_id,
            "title": {"zh": alert.title.zh, "en": alert.title.en},
            "event_time": _rfc3339(alert.event_time_ms),
            "create_time": _rfc3339(alert.create_time_ms),
        },
    }


def _rfc3339(epoch_ms: int) -> str:
    moment = datetime.fromtimestamp(epoch_ms / 1000, tz=UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
