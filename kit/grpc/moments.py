"""Moments that a request states."""

from __future__ import annotations

from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from kit.errors import InvalidArgumentError


def epoch_ms(moment: Timestamp, field: str) -> int:
    """A stated moment as epoch milliseconds.

    Raises:
        InvalidArgumentError: TIME_INVALID, naming ``field``: the wire carries any seconds and nanoseconds,
            not only those of a Timestamp (google/protobuf/timestamp.proto).
    """
    try:
        return moment.ToMilliseconds()
    except ValueError as error:
        raise InvalidArgumentError(
            f"{field}: {moment.seconds} s and {moment.nanos} ns are no moment; send seconds of the years"
            " 1 to 9999 and nanoseconds from 0 to 999999999",
            zh=f"{field}：{moment.seconds} 秒 {moment.nanos} 纳秒不是有效时刻；"
            "秒数应在公元 1 至 9999 年之间，纳秒应在 0 至 999999999 之间",
            field=field,
            reason="TIME_INVALID",
        ) from error


def stated_ms(request: Message, field: str) -> int | None:
    """The moment in a field of a request; None where it states none. Raises as ``epoch_ms``."""
    return epoch_ms(getattr(request, field), field) if request.HasField(field) else None
