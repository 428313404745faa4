"""Messages of the contract as JSON Schema (draft 7), field names as in the contract.

The mapping is that of protobuf's JSON (https://protobuf.dev/programming-guides/json): 64-bit integers are
strings, bytes base64, an enum the name of its value. A field with its default value may be left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor

_INT32: Final = {"type": "integer", "minimum": -(2**31), "maximum": 2**31 - 1}
_UINT32: Final = {"type": "integer", "minimum": 0, "maximum": 2**32 - 1}
_INT64: Final = {"type": "string", "pattern": "^-?[0-9]{1,19}$"}
_UINT64: Final = {"type": "string", "pattern": "^[0-9]{1,20}$"}
_NUMBER: Final = {"oneOf": [{"type": "number"}, {"enum": ["NaN", "Infinity", "-Infinity"]}]}

_SCALARS: Final[dict[int, dict[str, Any]]] = {
    FieldDescriptor.TYPE_DOUBLE: _NUMBER,
    FieldDescriptor.TYPE_FLOAT: _NUMBER,
    FieldDescriptor.TYPE_INT64: _INT64,
    FieldDescriptor.TYPE_SINT64: _INT64,
    FieldDescriptor.TYPE_SFIXED64: _INT64,
    FieldDescriptor.TYPE_UINT64: _UINT64,
    FieldDescriptor.TYPE_FIXED64: _UINT64,
    FieldDescriptor.TYPE_INT32: _INT32,
    FieldDescriptor.TYPE_SINT32: _INT32,
    FieldDescriptor.TYPE_SFIXED32: _INT32,
    FieldDescriptor.TYPE_UINT32: _UINT32,
    FieldDescriptor.TYPE_FIXED32: _UINT32,
    FieldDescriptor.TYPE_BOOL: {"type": "boolean"},
    FieldDescriptor.TYPE_STRING: {"type": "string"},
    FieldDescriptor.TYPE_BYTES: {"type": "string", "contentEncoding": "base64"},
}
_WELL_KNOWN: Final[dict[str, dict[str, Any]]] = {
    "google.protobuf.Timestamp": {"type": "string", "format": "date-time"},
    "google.protobuf.Duration": {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]{1,9})?s$"},
}


def schemas_of(message: Descriptor, at: str) -> dict[str, dict[str, Any]]:
    """The schema of a message and of every message in it, by full name.

    ``at``: where they will stand in the document, such as ``#/components/schemas/``.
    """
    found: dict[str, dict[str, Any]] = {}
    waiting = [message]
    while waiting:
        each = waiting.pop()
        if each.full_name in found or each.full_name in _WELL_KNOWN:
            continue
        found[each.full_name] = {
            "type": "object",
            "title": each.name,
            "properties": {field.name: _field(field, at) for field in each.fields},
            "additionalProperties": False,
        }
        waiting += _within(each)
    return dict(sorted(found.items()))


def _within(message: Descriptor) -> Iterator[Descriptor]:
    for field in message.fields:
        if field.message_type is None:
            continue
        if _is_map(field):
            yield from _within(field.message_type)
        else:
            yield field.message_type


def _field(field: FieldDescriptor, at: str) -> dict[str, Any]:
    if field.message_type is not None and _is_map(field):
        value = field.message_type.fields_by_name["value"]
        return {"type": "object", "additionalProperties": _one(value, at)}
    if field.is_repeated:
        return {"type": "array", "items": _one(field, at)}
    return _one(field, at)


def _is_map(field: FieldDescriptor) -> bool:
    return field.message_type is not None and field.message_type.GetOptions().map_entry


def _one(field: FieldDescriptor, at: str) -> dict[str, Any]:
    if field.message_type is not None:
        name = field.message_type.full_name
        return dict(_WELL_KNOWN.get(name, {"$ref": at + name}))
    if field.enum_type is not None:
        return _enum(field.enum_type)
    return dict(_SCALARS[field.type])


def _enum(kind: EnumDescriptor) -> dict[str, Any]:
    return {"type": "string", "title": kind.name, "enum": [value.name for value in kind.values]}
