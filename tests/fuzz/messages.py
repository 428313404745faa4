"""Messages of any type of the contract, made from its descriptor: a Hypothesis strategy.

Half of what they say is of the world the services run in, so that calls get past the first check.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from hypothesis import strategies as st

Known = Mapping[str, Sequence[str]]
"""The last word of a field's name → texts that mean something in it."""

_DEEPEST: Final = 4
"""Levels of messages in messages; the contract has no more that matter."""

_MOST: Final = 3
"""Elements of a repeated field."""

_EDGES: Final[Mapping[int, tuple[int, int]]] = {
    FieldDescriptor.CPPTYPE_INT32: (-(2**31), 2**31 - 1),
    FieldDescriptor.CPPTYPE_UINT32: (0, 2**32 - 1),
    FieldDescriptor.CPPTYPE_INT64: (-(2**63), 2**63 - 1),
    FieldDescriptor.CPPTYPE_UINT64: (0, 2**64 - 1),
}
_TEXTS = st.text(max_size=12) | st.sampled_from(
    ["", " ", "\x00", "\n", "'; --", "%s%n", "../..", "a" * 5_000, "2026Q1", "2026-03-16", "9999-12-31", "-1"]
)


@st.composite
def messages(draw: st.DrawFn, kind: Descriptor, known: Known, around_s: int, depth: int = 0) -> Message:
    """A message of this kind. ``around_s``: epoch seconds; most times are some days from it."""
    message: Any = GetMessageClass(kind)()
    if kind.full_name in ("google.protobuf.Timestamp", "google.protobuf.Duration"):
        origin = around_s if kind.name == "Timestamp" else 0
        message.seconds = draw(
            st.integers(origin - 400_000, origin + 400_000)
            | st.integers(*_EDGES[FieldDescriptor.CPPTYPE_INT64])
        )
        message.nanos = draw(st.just(0) | st.integers(*_EDGES[FieldDescriptor.CPPTYPE_INT32]))
        return message  # type: ignore[no-any-return]
    for field in kind.fields:
        # Of a request most fields are stated, else hardly one would be whole.
        if draw(st.integers(0, 9)) >= (9 if depth == 0 else 7):
            continue
        if field.message_type is not None:
            if depth < _DEEPEST and not field.message_type.GetOptions().map_entry:
                inner = messages(field.message_type, known, around_s, depth + 1)
                if field.is_repeated:
                    getattr(message, field.name).extend(draw(st.lists(inner, max_size=_MOST)))
                else:
                    getattr(message, field.name).CopyFrom(draw(inner))
        elif field.is_repeated:
            getattr(message, field.name).extend(draw(st.lists(_scalar(field, known), max_size=_MOST)))
        else:
            setattr(message, field.name, draw(_scalar(field, known)))
    return message  # type: ignore[no-any-return]


def _scalar(field: FieldDescriptor, known: Known) -> st.SearchStrategy[Any]:
    if field.enum_type is not None:
        numbers = [value.number for value in field.enum_type.values]
        return st.sampled_from(numbers) | st.integers(-1, 2**31 - 1)
    if field.cpp_type in _EDGES:
        least, most = _EDGES[field.cpp_type]
        return st.integers(0, 20) | st.integers(0, 5_000) | st.integers(least, most)
    return _OTHERS[field.cpp_type](field, known)


def _text(field: FieldDescriptor, known: Known) -> st.SearchStrategy[Any]:
    if field.type == FieldDescriptor.TYPE_BYTES:
        return st.binary(max_size=70)
    words = known.get(field.name) or known.get(field.name.rpartition("_")[2]) or ()
    return st.sampled_from(list(words)) | _TEXTS if words else _TEXTS


_OTHERS: Final[Mapping[int, Callable[[FieldDescriptor, Known], st.SearchStrategy[Any]]]] = {
    FieldDescriptor.CPPTYPE_STRING: _text,
    FieldDescriptor.CPPTYPE_BOOL: lambda field, known: st.booleans(),
    FieldDescriptor.CPPTYPE_DOUBLE: lambda field, known: st.sampled_from([0.0, 1.0, 600.0]) | st.floats(),
    FieldDescriptor.CPPTYPE_FLOAT: lambda field, known: st.floats(width=32),
}
