"""The words of the pages: ``locale/zh-CN*.yaml`` and ``locale/en*.yaml``, with the same keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from services.portal.core.language import Language

FOLDER = Path(__file__).parent / "locale"


def read_yaml(path: Path) -> Any:
    """What a file holds. By libyaml, which is ten times as fast: there are thousands of lines."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


class Texts:
    """One language's table, in as many files as read well.

    Keys are paths: ``feed.title``; values may hold ``{named}`` places.
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        self._texts: dict[str, str] = {}
        for path in sorted(FOLDER.glob(f"{language}*.yaml")):
            table = dict(_flat(read_yaml(path)))
            if twice := self._texts.keys() & table.keys():
                raise ValueError(f"{path.name}: {', '.join(sorted(twice))} stand in another file already")
            self._texts |= table

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(self._texts)

    def __call__(self, key: str, **values: object) -> str:
        """The text with its places filled. Raises KeyError for a key that the table lacks."""
        text = self._texts[key]
        return text.format(**values) if values else text

    def or_else(self, key: str, text: str) -> str:
        """The text of a key that may be missing; ``text`` if it is."""
        return self._texts.get(key, text)

    def under(self, prefix: str) -> dict[str, str]:
        """The texts whose keys start with ``prefix.``, without the prefix: what a script is given."""
        start = f"{prefix}."
        return {key.removeprefix(start): text for key, text in self._texts.items() if key.startswith(start)}


def _flat(table: Mapping[str, object], path: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{path}{name}.")
        else:
            yield f"{path}{name}", str(value)
