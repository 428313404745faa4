"""Row messages as columns: no Python object a row, a few calls of protobuf's own parser a batch.

Two guarantees of the encoding make it possible (protobuf.dev/programming-guides/encoding, "Last One Wins"):
encoded messages laid end to end parse as one message, their merge; and to merge a repeated field is to
append. So the rows' bytes are joined and parsed as ONE message of a twin type in which every field is
repeated: each field then holds its column.

A column that is shorter than the rows are many says that some rows do not state the field, but not which.
For such fields a marker is put between the rows: a message that states them with a value beyond the
contract's, so that what stands before a marker belongs to one row. Of texts only those are marked that a
row may leave out: whoever leaves out another one sends bad rows, and must not slow down the good ones.

What a sender gains who breaks the encoding (a row cut off in the middle, a field twice in one row and missing
in another) is that its own rows are read wrongly.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.descriptor_pb2 import DescriptorProto, FieldDescriptorProto
from google.protobuf.message import Message

from services.intake.core.rows import NOT_STATED, Int64s

MARKER = 2**40
"""Beyond every number of a row: 32-bit integers and enumerations, nanoseconds, and a Timestamp's seconds,
which end below 2³⁸ (year 9999)."""

TEXT_MARKER = "\0"
"""In no text of a good row."""


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """What ``n`` rows state."""

    texts: dict[str, list[str]]
    """Text field → ``n`` values; empty where a row does not state it."""
    numbers: dict[str, Int64s]
    """Number, enumeration or truth value, by dotted name (``event_time.seconds``) → ``n`` values. Where a row
    does not state it: ``NOT_STATED`` if the contract can tell (``optional``), else 0."""


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A number of the row, or of a message within it."""

    path: tuple[str, ...]
    default: int
    """What stands for "not stated"."""

    def of(self, message: Any) -> Any:
        """What a message has there; nothing is made of an inner message that is absent."""
        return reduce(getattr, self.path, message)

    def column(self, merged: Any, rows: int, marked: bool) -> Int64s:
        """What all rows state; of another length than ``rows`` if that cannot be told."""
        values = np.array(self.of(merged), dtype=np.int64)
        if not marked:
            return values if len(values) else np.full(rows, self.default, dtype=np.int64)
        # What stands before a marker is the row's, unless it is the marker of the row before: the last one
        # for the first row, as index -1.
        before = values[np.flatnonzero(values == MARKER) - 1]
        return np.where(before == MARKER, self.default, before)

    def stated_in(self, row: Any) -> int:
        """What one row states."""
        if self.default == NOT_STATED and not row.HasField(self.path[0]):
            return NOT_STATED
        return int(self.of(row))


class RowReader:
    """Reads rows of one message type. It may have texts and numbers, and messages made of numbers."""

    def __init__(self, row: type[Message], optional_texts: Collection[str] = ()) -> None:
        """``optional_texts``: those that a row may leave out."""
        self._row = row
        self._optional_texts = optional_texts
        self._merged = _made(_merged_twin(row.DESCRIPTOR))
        self._texts = [field.name for field in row.DESCRIPTOR.fields if field.type == field.TYPE_STRING]
        self._leaves = {".".join(leaf.path): leaf for leaf in _leaves(row.DESCRIPTOR)}
        self._gaps: frozenset[str] = frozenset()
        """Fields that some row of some batch did not state: expected again, and marked from the start."""

    def read(self, rows: Sequence[bytes]) -> Columns:
        """The columns of encoded rows. Threads may share a reader.

        Raises:
            google.protobuf.message.DecodeError: if they are not such messages.
        """
        marked = self._gaps
        merged = self._parsed(rows, marked)
        lengths = {name: len(leaf.of(merged)) for name, leaf in self._leaves.items() if name not in marked}
        lengths |= {name: len(getattr(merged, name)) for name in self._optional_texts if name not in marked}
        if gaps := {name for name, length in lengths.items() if length not in (0, len(rows))}:
            self._gaps = marked = marked | gaps
            merged = self._parsed(rows, marked)
        texts = {name: getattr(merged, name)[:] for name in self._texts}
        for name in self._optional_texts:
            texts[name] = _text_column(texts[name], len(rows), name in marked)
        numbers = {
            name: leaf.column(merged, len(rows), name in marked) for name, leaf in self._leaves.items()
        }
        if any(len(column) != len(rows) for column in (*texts.values(), *numbers.values())):
            return self._one_by_one(rows)  # a row lacks a text, or states the marker's own value
        return Columns(texts, numbers)

    def _parsed(self, rows: Sequence[bytes], marked: frozenset[str]) -> Any:
        marker = self._merged()
        for name in marked:
            if name in self._optional_texts:
                getattr(marker, name).append(TEXT_MARKER)
            else:
                self._leaves[name].of(marker).append(MARKER)
        return self._merged.FromString(marker.SerializeToString().join([*rows, b""]))

    def _one_by_one(self, rows: Sequence[bytes]) -> Columns:
        """The same, plainly: for batches in which a row lacks a text."""
        messages: list[Any] = [self._row.FromString(row) for row in rows]
        texts = {name: [getattr(message, name) for message in messages] for name in self._texts}
        numbers = {
            name: np.array([leaf.stated_in(message) for message in messages], dtype=np.int64)
            for name, leaf in self._leaves.items()
        }
        return Columns(texts, numbers)


def _text_column(values: list[str], rows: int, marked: bool) -> list[str]:
    """What all rows state; of another length than ``rows`` if that cannot be told."""
    if marked:
        return "".join(values).split(TEXT_MARKER)[:-1]
    return values or [""] * rows


def opened_type(message: type[Message]) -> type[Any]:
    """A twin of a message type that leaves the messages within as bytes, to be read otherwise or not."""
    twin = DescriptorProto()
    message.DESCRIPTOR.CopyToProto(twin)
    for field in twin.field:
        if field.type == FieldDescriptorProto.TYPE_MESSAGE:
            field.type = FieldDescriptorProto.TYPE_BYTES
            field.ClearField("type_name")
    return _made(twin)


def _merged_twin(source: Any) -> DescriptorProto:
    """The type that rows merge into: what they state of a field is appended to it."""
    twin = DescriptorProto(name=source.name)
    for field in source.fields:
        merged = twin.field.add(name=field.name, number=field.number)
        if field.message_type is not None:
            inner = twin.nested_type.add()
            inner.CopyFrom(_merged_twin(field.message_type))
            inner.name = f"{field.message_type.name}{field.number}"
            merged.type, merged.type_name = FieldDescriptorProto.TYPE_MESSAGE, inner.name
            merged.label = FieldDescriptorProto.LABEL_OPTIONAL
        else:
            text = field.type == field.TYPE_STRING
            # Numbers, enumerations and truth values are all varints, so the widest type reads them.
            merged.type = FieldDescriptorProto.TYPE_STRING if text else FieldDescriptorProto.TYPE_INT64
            merged.label = FieldDescriptorProto.LABEL_REPEATED
    return twin


def _leaves(source: Any, above: tuple[str, ...] = ()) -> Iterator[_Leaf]:
    for field in source.fields:
        path = (*above, field.name)
        if field.message_type is not None:
            yield from _leaves(field.message_type, path)
        elif field.type != field.TYPE_STRING:
            yield _Leaf(path, NOT_STATED if field.has_presence else 0)


def _made(twin: DescriptorProto) -> type[Any]:
    file = descriptor_pb2.FileDescriptorProto(name=twin.name, package="twin", syntax="proto3")
    file.message_type.append(twin)
    pool = descriptor_pool.DescriptorPool()
    pool.AddSerializedFile(file.SerializeToString())
    return message_factory.GetMessageClass(pool.FindMessageTypeByName(f"twin.{twin.name}"))
