"""How much of a menu is seen at once: one row of the header, the rest under "more"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple
from unicodedata import east_asian_width

from services.portal.core.readers import HOME, Entry

WHOLE = 43
"""A menu no wider than this is shown whole: what brand, reader and tools leave of 1,132 px, in em."""
ROW = 33
"""So much of a wider one is shown, and "more" beside it."""
PADDING = 1.4
"""Around and between entries, in em."""
NARROW = 0.55
"""A Latin letter, on average, in em; a Chinese character is 1."""


class Menu(NamedTuple):
    """A reader's menu on one page."""

    shown: tuple[Entry, ...]
    further: tuple[Entry, ...]
    """Under "more"."""
    here: Entry | None
    """Where the reader is; it is always among those shown."""


def menu_at(path: str, entries: Sequence[Entry], word: Callable[[str], str]) -> Menu:
    """The menu on the page ``path``; ``word`` gives the entry's text in the reader's language."""
    here = next((each for each in entries if f"{path}/".startswith(f"{each.address}/")), None)
    if path == HOME and entries:
        here = entries[0]
    widths = [_width(word(each.text)) for each in entries]
    if sum(widths) <= WHOLE:
        return Menu(tuple(entries), (), here)
    first = [each for number, each in enumerate(entries) if sum(widths[: number + 1]) <= ROW]
    if here and here not in first:
        room = ROW - _width(word(here.text))
        first = [each for number, each in enumerate(first) if sum(widths[: number + 1]) <= room] + [here]
    return Menu(tuple(first), tuple(each for each in entries if each not in first), here)


def _width(text: str) -> float:
    """In em, with what is around it."""
    return PADDING + sum(1 if east_asian_width(letter) in "WF" else NARROW for letter in text)
