"""Why a row cannot be written, in words that name its field: protobuf says what is wrong, not of what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from google.protobuf.duration_pb2 import Duration

_NOT_SENT = "identity"
_WANTED: Mapping[str, str] = {
    "str": "a text",
    "bool": "True or False",
    "bool | None": "True, False or None",
    "int": "a whole number from 0 on",
    "int | None": "a whole number from 0 to 4294967295, or None if it is not known",
    "datetime": "a datetime with its zone",
    "timedelta | None": "a timedelta, or None if it is not known",
}
"""By the annotation of the row's field; what is not here is an enumeration."""


def unwritable(row: NamedTuple, message: Callable[..., Any], error: Exception) -> ValueError:
    """The error that tells which field of the row it is, and what would do.

    Only a row that failed comes here: each field is written once more, alone. The identity is no part of what
    is written, and so never told.
    """
    for name, value in row._asdict().items():
        try:
            _write(message, name, value)
        except (ValueError, TypeError, AttributeError):
            annotation: str = row.__annotations__[name].__forward_arg__
            wanted = _WANTED.get(annotation, f"one of {annotation}")
            return ValueError(f"{name}: {value!r} cannot be sent; give {wanted}")
    return error if isinstance(error, ValueError) else ValueError(str(error))


def no_zone(moment: datetime) -> ValueError:
    """A naive time would be read in the zone of whatever machine this is."""
    return ValueError(
        f"event_time: {moment.isoformat()} has no time zone; use e.g. ZoneInfo('Asia/Shanghai')"
    )


def _write(message: Callable[..., Any], name: str, value: object) -> None:
    if name == _NOT_SENT:
        return
    if name == "event_time":
        if not isinstance(value, datetime):
            raise TypeError(name)
    elif name in ("promised", "estimated"):
        if value is not None:
            if not isinstance(value, timedelta):
                raise TypeError(name)
            Duration().FromTimedelta(value)
    else:
        message(**{name: value})
