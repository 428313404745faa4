"""The parameters of a rule, read one by one: each is ``{value, origin}`` in the pack's YAML.

Every reader raises ValueError (``document.refusal``) naming the field, the value found and the way out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from services.workhours.core.document import Node, Parsed, refusal
from services.workhours.core.text import Text, text_of

_UNIT_MS: Final = {"day": 86_400_000, "h": 3_600_000, "min": 60_000, "s": 1_000}
_DURATION: Final = re.compile(r"\d+ (?:day|h|min|s)(?: \d+ (?:h|min|s))*")
_DURATION_HELP: Final = 'write whole numbers with units, e.g. "4 h", "20 min" or "4 h 30 min"'

Option = TypeVar("Option")


class ParamReader:
    """Reads ``params`` of one rule. Call ``finish`` at the end: it refuses names nobody asked for."""

    def __init__(self, node: Node, states: Collection[str], zone: ZoneInfo) -> None:
        """``states``: those the pack declares; ``zone``: in which the pack counts its days."""
        self._node = node
        self._states = states
        self.zone = zone
        self.origins: dict[str, Text] = {}
        """By parameter name: where its value comes from."""
        self.lengths: dict[str, int] = {}
        """By parameter name, the durations read, ms: what {name} stands for in the rule's texts."""

    def has(self, name: str) -> bool:
        return self._node.has(name)

    def duration(self, name: str, *, least_ms: int = 1, default_ms: int | None = None) -> int:
        """A length in ms, not below ``least_ms``; ``default_ms`` where it is not given."""
        if default_ms is not None and not self.has(name):
            return default_ms
        length = self._value(name, duration_ms, f"{_DURATION_HELP}; a length cannot be negative")
        if length < least_ms:
            raise self.refuse(name, f"{length} ms", "give a duration above zero")
        self.lengths[name] = length
        return length

    def durations(self, name: str) -> tuple[int, ...]:
        """Several lengths in their order, ms, e.g. "15 min, 30 min"."""
        return self._value(
            name,
            lambda text: tuple(duration_ms(part.strip()) for part in text.split(",")),
            f"{_DURATION_HELP}, separated by commas",
        )

    def states(self, name: str) -> frozenset[str]:
        """Some of the pack's states, e.g. "driving, on_duty"; empty where the parameter is not given."""
        if not self.has(name):
            return frozenset()
        return self._value(name, self._known_states, f"use states of the pack: {', '.join(self._states)}")

    def choice(self, name: str, options: Collection[str], *, default: str | None = None) -> str:
        """One of ``options``; ``default`` where it is not given."""
        if default is not None and not self.has(name):
            return default
        return self._value(name, lambda text: _one_of(text, options), f"use one of: {', '.join(options)}")

    def count(self, name: str, *, least: int = 1, default: int | None = None) -> int:
        """A whole number; in YAML a text: "2"."""
        if default is not None and not self.has(name):
            return default
        number = self._value(name, int, 'write a whole number as a text: "2"')
        if number < least:
            raise self.refuse(name, number, f"give a number of at least {least}")
        return number

    def time_of_day(self, name: str) -> int:
        """A time of day as ms since midnight, e.g. "05:00"."""
        return self._value(name, _time_of_day, 'write a time as "HH:MM"')

    def rule_id(self, name: str) -> str:
        """The id of another rule of the pack."""
        return self._value(name, str, "name a rule of this pack")

    def refuse(self, name: str, value: object, way_out: str) -> ValueError:
        """The error for a value that does not fit the others."""
        return refusal(self._node.path_of(f"{name}.value"), value, way_out)

    def finish(self) -> None:
        self._node.finish()

    def _value(self, name: str, convert: Callable[[str], Parsed], way_out: str) -> Parsed:
        parameter = self._node.node(name)
        self.origins[name] = text_of(parameter, "origin")
        converted = parameter.convert("value", convert, way_out)
        parameter.finish()
        return converted

    def _known_states(self, text: str) -> frozenset[str]:
        names = frozenset(part.strip() for part in text.split(","))
        if unknown := sorted(names - set(self._states)):
            raise ValueError(unknown)
        return names


def duration_ms(text: str) -> int:
    """ "4 h 30 min" → 16_200_000. Raises ValueError for anything else."""
    if not _DURATION.fullmatch(text):
        raise ValueError(text)
    words = text.split()
    return sum(int(n) * _UNIT_MS[unit] for n, unit in zip(words[::2], words[1::2], strict=True))


def spelt(length_ms: int, names: tuple[str, str, str, str]) -> str:
    """14_400_000 → "4 h"; the units' names in the order day, hour, minute, second."""
    parts = []
    for (unit, unit_ms), name in zip(_UNIT_MS.items(), names, strict=True):
        if unit == "day" and (length_ms % unit_ms or length_ms < 2 * unit_ms):
            continue  # 24 h and 34 h read better than 1 day and 1 day 10 h
        count, length_ms = divmod(length_ms, unit_ms)
        if count:
            parts.append(f"{count} {name}")
    return " ".join(parts) or f"0 {names[2]}"


def _one_of(text: str, options: Collection[str]) -> str:
    if text not in options:
        raise ValueError(text)
    return text


def _time_of_day(text: str) -> int:
    hours, minutes = text.split(":")
    if not (0 <= int(hours) <= 24 and 0 <= int(minutes) < 60):
        raise ValueError(text)
    return (int(hours) * 60 + int(minutes)) * 60_000
