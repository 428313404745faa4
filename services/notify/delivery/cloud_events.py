"""What webhooks are sent: CloudEvents 1.0 in structured JSON, by the ``cloudevents`` library.

| type                          | data                                                                     |
|-------------------------------|--------------------------------------------------------------------------|
| quzhong.alert.<kind>          | one alert                                                                |
| quzhong.digest                | how many alerts of each kind and severity, and the gravest of them       |
| quzhong.subscription.disabled | a subscription of the same party that was disabled, and why              |

``id`` is the message's: the same at every attempt and in every redelivery, and equal to ``webhook-id``.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from services.notify.core.alerts import Alert
from services.notify.core.deliveries import Body, DisabledBody
from services.notify.core.digests import DigestBody

SOURCE = "quzhong/notify"
"""CloudEvents ``source``: with ``id`` it names an event uniquely."""

CONTENT_TYPE = JSONFormat.CONTENT_TYPE

_FORMAT = JSONFormat()


def event_bytes(body: Body, message_id: str, create_time_ms: int, *, aggregates_only: bool) -> bytes:
    """The request's body. ``aggregates_only``: no single finding is named, as in that party's calls."""
    match body:
        case Alert():
            kind, data = f"quzhong.alert.{body.kind.name.lower()}", _alert(body, aggregates_only)
        case DigestBody():
            kind, data = "quzhong.digest", _digest(body, aggregates_only)
        case DisabledBody():
            kind = "quzhong.subscription.disabled"
            data = {
                "subscription_id": body.subscription_id,
                "address": body.address,
                "reason": body.reason,
            }
    attributes = {
        "specversion": "1.0",
        "type": kind,
        "source": SOURCE,
        "id": message_id,
        "time": datetime.fromtimestamp(create_time_ms / 1000, tz=UTC),
        "datacontenttype": "application/json",
    }
    return _FORMAT.write(CloudEvent(attributes, data))


def _alert(alert: Alert, aggregates_only: bool) -> dict[str, Any]:
    return {
        "alert_id": alert.alert_id,
        "kind": alert.kind.name,
        "severity": alert.severity.name,
        "platform_id": alert.place.platform_id,
        "area_code": alert.place.area_code,
        "rule_id": alert.place.rule_id,
        "case_id": alert.case_id,
        "finding_id": "" if aggregates_only else alert.finding_id,
        "title": {"zh": alert.title.zh, "en": alert.title.en},
        "event_time": _rfc3339(alert.event_time_ms),
        "create_time": _rfc3339(alert.create_time_ms),
    }


def _digest(digest: DigestBody, aggregates_only: bool) -> dict[str, Any]:
    return {
        "digest_id": digest.digest_id,
        "create_time": _rfc3339(digest.create_time_ms),
        "alerts": digest.alerts,
        "counts": [
            {"kind": kind.name, "severity": severity.name, "alerts": count}
            for (kind, severity), count in digest.counts.items()
        ],
        "listed": [_alert(alert, aggregates_only) for alert in digest.listed],
        "not_listed": digest.alerts - len(digest.listed),
    }


def _rfc3339(epoch_ms: int) -> str:
    moment = datetime.fromtimestamp(epoch_ms / 1000, tz=UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
