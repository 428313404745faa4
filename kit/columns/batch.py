"""A batch of events as NumPy columns, and its way onto the log and back.

No per-event object exists between the socket and the finding: a batch is decoded once, stays columns, is
split and joined as columns, and a record of the log holds columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import Any, overload

import numpy as np
from google.protobuf.message import DecodeError
from numpy.typing import NDArray

from kit.columns.schema import Schema
from kit.errors import MalformedRecordError

SEPARATOR = "\n"
"""Joins a text field's rows; intake accepts no identifier that contains it."""


class Joined(Sequence[str]):
    """A text field's rows as the log holds them: in one string, cut only when a row is asked for."""

    def __init__(self, text: str, rows: int) -> None:
        self.text = text
        self._rows = rows
        self._parts: list[str] | None = None

    def __len__(self) -> int:
        return self._rows

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> list[str]: ...

    def __getitem__(self, index: int | slice) -> str | list[str]:
        if self._parts is None:
            self._parts = self.text.split(SEPARATOR) if self._rows else []
        return self._parts[index]


@dataclass(frozen=True, slots=True, eq=False)
class EventBatch:
    """``n`` events as columns of length ``n``."""

    schema: Schema
    dictionaries: Mapping[str, Sequence[str]]
    """Column name → the strings its values index; of the schema's ``optional_dictionaries`` the first is
    empty."""
    texts: Mapping[str, Sequence[str]]
    """Text field → one string a row."""
    columns: Mapping[str, NDArray[Any]]
    """Column name → values, of the schema's type."""

    def __len__(self) -> int:
        return len(self.columns["event_time_ms"])

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self.columns[name]

    @property
    def latest_ms(self) -> int:
        """When the latest of its events happened, epoch milliseconds; 0 without any."""
        return int(self.columns["event_time_ms"].max(initial=0))

    def names(self, column: str) -> NDArray[np.object_]:
        """A dictionary column as strings, shape ``(n,)``."""
        words: NDArray[np.object_] = np.array(self.dictionaries[column], dtype=object)
        named: NDArray[np.object_] = words[self.columns[column]]
        return named

    def take(self, rows: NDArray[np.intp]) -> EventBatch:
        """The given rows, in the given order, with dictionaries trimmed to what they use."""
        return self._gathered(rows)._trimmed()

    def split(self, groups: NDArray[np.integer]) -> Iterator[tuple[int, EventBatch]]:
        """The batch cut by a number a row: (number, its rows in their order), ascending, none empty."""
        order = np.argsort(groups, kind="stable")
        # All rows are gathered once; the parts are then slices, which cost next to nothing.
        gathered = self._gathered(order)
        present, starts = np.unique(groups[order], return_index=True)
        bounds = pairwise([*starts.tolist(), len(self)])
        for number, (start, end) in zip(present.tolist(), bounds, strict=True):
            columns = {name: values[start:end] for name, values in gathered.columns.items()}
            texts = {name: values[start:end] for name, values in gathered.texts.items()}
            yield number, EventBatch(self.schema, self.dictionaries, texts, columns)._trimmed()

    def _gathered(self, rows: NDArray[np.intp]) -> EventBatch:
        columns = {name: values[rows] for name, values in self.columns.items()}
        picked = rows.tolist()
        texts = {name: list(map(values.__getitem__, picked)) for name, values in self.texts.items()}
        return EventBatch(self.schema, self.dictionaries, texts, columns)

    def _trimmed(self) -> EventBatch:
        columns, dictionaries = dict(self.columns), dict[str, Sequence[str]]()
        for name, words in self.dictionaries.items():
            if len(words) == 1 and len(self):
                dictionaries[name] = words
                continue
            used, columns[name] = _trim(
                columns[name], len(words), keep_first=name in self.schema.optional_dictionaries
            )
            dictionaries[name] = [words[index] for index in used.tolist()]
        return EventBatch(self.schema, dictionaries, self.texts, columns)

    def joined(self, field: str) -> str:
        """A text field's rows in one string, as on the log."""
        texts = self.texts[field]
        return texts.text if isinstance(texts, Joined) else SEPARATOR.join(texts)

    def encode(self) -> bytes:
        """The batch as the value of a log record."""
        schema = self.schema
        fields: dict[str, Any] = {name: self.joined(name) for name in self.texts}
        for name, values in self.columns.items():
            if name not in schema.when_empty or (values != schema.when_empty[name]).any():
                fields[name] = values.tobytes()
        for name, words in self.dictionaries.items():
            if name in fields or name not in schema.optional_dictionaries:
                fields[schema.dictionaries[name]] = words
        return schema.message(**fields).SerializeToString()


def decode(schema: Schema, value: bytes) -> EventBatch:
    """The batch a log record holds.

    Raises:
        MalformedRecordError: if the bytes are no such message, or its columns do not fit each other.
    """
    try:
        message: Any = schema.message.FromString(value)
    except DecodeError as error:
        raise MalformedRecordError(f"value: not a {schema.message.__name__}: {error}") from error
    rows = len(message.event_time_ms) // 8
    columns = {name: _column(message, name, dtype, rows, schema) for name, dtype in schema.dtypes.items()}
    dictionaries = {name: _dictionary(message, name, columns[name], schema) for name in schema.dictionaries}
    texts = {}
    for name in schema.texts:
        text: str = getattr(message, name)
        if (values := text.count(SEPARATOR) + 1 if rows else 0) != rows:
            raise MalformedRecordError(f"{name}: {values} values for {rows} rows")
        texts[name] = Joined(text, rows)
    return EventBatch(schema, dictionaries, texts, columns)


def concat(batches: Sequence[EventBatch]) -> EventBatch:
    """One batch of all rows, in order. At least one batch; all of one schema."""
    if len(batches) == 1:
        return batches[0]
    schema = batches[0].schema
    columns: dict[str, NDArray[Any]] = {
        name: np.concatenate([batch.columns[name] for batch in batches])
        for name in schema.dtypes
        if name not in schema.dictionaries
    }
    dictionaries = {}
    for name in schema.dictionaries:
        words = dict.fromkeys(chain.from_iterable(batch.dictionaries[name] for batch in batches))
        code = {word: number for number, word in enumerate(words)}
        parts = []
        for batch in batches:
            codes = np.array(list(map(code.__getitem__, batch.dictionaries[name])), schema.dtypes[name])
            parts.append(codes[batch.columns[name]])
        columns[name] = np.concatenate(parts)
        dictionaries[name] = list(words)
    texts = {name: list(chain.from_iterable(batch.texts[name] for batch in batches)) for name in schema.texts}
    return EventBatch(schema, dictionaries, texts, columns)


def _trim(codes: NDArray[Any], size: int, *, keep_first: bool) -> tuple[NDArray[np.intp], NDArray[Any]]:
    """Which of ``size`` dictionary entries are used (or to be kept), and the codes renumbered to them."""
    present = np.zeros(size, dtype=bool)
    present[:1] = keep_first
    present[codes] = True
    renumbered = np.cumsum(present, dtype=np.int64) - 1
    return np.flatnonzero(present), renumbered[codes].astype(codes.dtype)


def _column(message: Any, name: str, dtype: np.dtype[np.generic], rows: int, schema: Schema) -> NDArray[Any]:
    raw: bytes = getattr(message, name)
    if not raw and name in schema.when_empty:
        return _constant(schema.when_empty[name], dtype, rows)
    if len(raw) != rows * dtype.itemsize:
        raise MalformedRecordError(f"{name}: {len(raw)} bytes for {rows} rows of {dtype.itemsize}")
    return np.frombuffer(raw, dtype=dtype)


def _dictionary(message: Any, name: str, codes: NDArray[Any], schema: Schema) -> list[str]:
    """The words a column indexes."""
    optional = name in schema.optional_dictionaries
    if optional and not getattr(message, name):
        return [""]
    words = list(getattr(message, schema.dictionaries[name]))
    if optional and words[:1] != [""]:
        raise MalformedRecordError(f"{name}: the first entry is not the empty string")
    if len(codes) and (last := int(codes.max())) >= len(words):
        raise MalformedRecordError(f"{name}: index {last} is beyond {len(words)} entries")
    return words


@lru_cache(maxsize=4096)
def _constant(value: int, dtype: np.dtype[np.generic], rows: int) -> NDArray[Any]:
    """A column that says the same everywhere. Shared, so it cannot be written to."""
    column = np.full(rows, value, dtype=dtype)
    column.flags.writeable = False
    return column
