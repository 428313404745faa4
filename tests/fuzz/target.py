"""What a fuzz target is, and where its inputs are kept."""

from __future__ import annotations

import atexit
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

FOUND = Path(__file__).parent / "found"
"""Inputs that once broke something, a folder a target: run by every ``make test``."""

KEPT = Path("build") / "fuzz"
"""What a run finds."""

Raw = Callable[[bytes, int], bytes]
"""libFuzzer's own mutation of bytes, to at most so many."""

Mutate = Callable[[bytes, np.random.Generator, Raw, int], bytes]
"""An input like the one given, at most so long."""


@dataclass(frozen=True, slots=True)
class Target:
    """One decoder."""

    name: str
    one: Callable[[bytes], bool]
    """Decode these bytes; whether they were taken. What the decoder declares to raise is caught in here: all
    that comes out is a mistake of the program."""
    seeds: Callable[[], Iterable[bytes]]
    """Inputs that the decoder takes, to begin with."""
    mutate: Mutate | None = None
    """None: libFuzzer's alone."""
    longest: int = 16_384
    """Bytes of an input."""


@cache
def _folder() -> Path:
    folder = tempfile.TemporaryDirectory(prefix="quzhong-fuzz-")
    atexit.register(folder.cleanup)
    return Path(folder.name)


def file_of(content: bytes, name: str) -> Path:
    """A file that holds this; the next one of the name replaces it."""
    path = _folder() / name
    path.write_bytes(content)
    return path
