"""A loaded document read key by key: every refusal names the field's path, its value and the way out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar

Parsed = TypeVar("Parsed")


def refusal(field: str, value: object, way_out: str) -> ValueError:
    """The error for a field that cannot be taken as it is."""
    return ValueError(f"rule pack: {field} is {value!r}; {way_out}")


class Node:
    """A mapping of the document. Knows its path for messages, and which keys nobody has asked for.

    Every reader raises ValueError (see `refusal`) when the key is missing or its value has another shape.
    """

    def __init__(self, value: object, path: str) -> None:
        if not isinstance(value, Mapping):
            raise refusal(path or "the document", value, "write a mapping (key: value) here")
        self._mapping = value
        self._path = path
        self._read: set[object] = set()

    def path_of(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def has(self, key: str) -> bool:
        return key in self._mapping

    def _get(self, key: str) -> object:
        self._read.add(key)
        if key not in self._mapping:
            raise refusal(self.path_of(key), None, "it is required: add it (rules/schema.json has the shape)")
        return self._mapping[key]

    def text(self, key: str) -> str:
        value = self._get(key)
        if not isinstance(value, str) or not value.strip():
            raise refusal(self.path_of(key), value, "write a text that is not empty (quote it in YAML)")
        return value.strip()

    def convert(self, key: str, convert: Callable[[str], Parsed], way_out: str) -> Parsed:
        text = self.text(key)
        try:
            return convert(text)
        except ValueError as wrong:
            raise refusal(self.path_of(key), text, way_out) from wrong

    def day(self, key: str) -> date:
        return self.convert(key, date.fromisoformat, 'write a day as "YYYY-MM-DD"')

    def node(self, key: str) -> Node:
        return Node(self._get(key), self.path_of(key))

    def nodes(self, key: str) -> list[Node]:
        value = self._get(key)
        if isinstance(value, str) or not isinstance(value, Sequence) or not value:
            raise refusal(self.path_of(key), value, "write a list with at least one entry")
        return [Node(entry, f"{self.path_of(key)}[{at}]") for at, entry in enumerate(value)]

    def finish(self) -> None:
        """Refuse keys that were never read: they are misspelt, or belong to another family."""
        for key in self._mapping:
            if key not in self._read:
                known = ", ".join(sorted(str(read) for read in self._read))
                raise refusal(self.path_of(str(key)), self._mapping[key], f"unknown here; known are: {known}")
