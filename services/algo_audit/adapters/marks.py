"""Marks of states of the data, as bytes: JSON, compressed, as those over their hours may be thousands."""

from __future__ import annotations

import json
import zlib

from services.algo_audit.ports import Mark, OverHoursSpan


def mark_to_bytes(mark: Mark) -> bytes:
    """What ``mark_from_bytes`` reads."""
    last = [[topic, partition, key] for (topic, partition), key in sorted(mark.last.items())]
    said = {"since_ms": mark.since_ms, "last": last, "over_hours": list(mark.over_hours)}
    return zlib.compress(json.dumps(said).encode())


def mark_from_bytes(value: bytes) -> Mark:
    """What ``mark_to_bytes`` was given."""
    said = json.loads(zlib.decompress(value))
    last = {(topic, partition): key for topic, partition, key in said["last"]}
    return Mark(said["since_ms"], last, [OverHoursSpan(*span) for span in said["over_hours"]])
