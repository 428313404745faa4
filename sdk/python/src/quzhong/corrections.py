"""Take back what was said of an event: the row that replaces it, to be added like any other.

::

    client.add_dispatch(row)
    row = correct(row, distance_m=2_450)
    client.add_dispatch(row)
    client.add_dispatch(delete(row))  # it never happened

Each call makes the version after the one it is given, so keep what was sent last. Versions may arrive in any
order: the highest one holds, whole. Two programs that correct one event at the same time make the same
version with other content; the later one is rejected, ``EVENT_ID_REUSED``.
"""

from __future__ import annotations

from typing import Any, TypeVar

from quzhong.api.events.v1 import events_pb2
from quzhong.rows import DispatchRow, WorkSessionRow

EventT = TypeVar("EventT", DispatchRow, WorkSessionRow, events_pb2.Dispatch, events_pb2.WorkSession)

_KEPT = ("event_id", "identity", "worker_id", "order_id")
"""What an event is found by; it stays the same in all versions."""


def correct(event: EventT, **changes: Any) -> EventT:
    """The next version of an event, with other values in the fields named; a new object of the same kind.

    ``event``: the version that was sent last. The rest stays as it says; None states nothing any more. After
    a deletion it says that the event happened after all.

    Raises:
        ValueError: for a field that every version keeps. Delete the event and send another, with a new
            event_id.
        TypeError: for a field the event does not have.
    """
    for name in _KEPT:
        if name in changes:
            raise ValueError(
                f"{name}: every version of an event keeps it; "
                "delete the event and send another with a new event_id"
            )
    for name in ("version", "deleted"):
        if name in changes:
            raise ValueError(f"{name}: is set by correct() and delete() themselves")
    return _next_version(event, deleted=False, **changes)


def delete(event: EventT) -> EventT:
    """The next version of an event, which says that it never happened; a new object of the same kind.

    ``event``: the version that was sent last.
    """
    return _next_version(event, deleted=True)


def _next_version(event: EventT, **changes: Any) -> EventT:
    changes["version"] = event.version + 1
    if isinstance(event, DispatchRow | WorkSessionRow):
        unknown = changes.keys() - set(event._fields)
        if unknown:
            raise TypeError(f"{type(event).__name__} has no field {', '.join(sorted(unknown))}")
        return event._replace(**changes)
    message = type(event)()
    message.CopyFrom(event)
    for name in changes:
        if name not in event.DESCRIPTOR.fields_by_name:
            raise TypeError(f"{type(event).__name__} has no field {name}")
        message.ClearField(name)  # type: ignore[arg-type]
    message.MergeFrom(type(event)(**changes))
    return message
