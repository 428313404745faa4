"""What one look of ``quzhong doctor`` found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """How a thing stands."""

    WELL = "well"
    WARNING = "warning"
    """It works, and somebody has to see to it."""
    FAULT = "fault"
    """It does not work, or will not be safe."""


@dataclass(frozen=True, slots=True)
class Text:
    """The same in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    what: str
    """What it is, in the same words each time: ``store notify``, ``QUZHONG_TLS_CERT``."""
    standing: Standing
    found: Text
    way_out: Text | None = None
    """What the operator does; None where all is well."""


def well(what: str, zh: str, en: str) -> Check:
    """All is well."""
    return Check(what, Standing.WELL, Text(zh, en))


def warning(what: str, found: Text, way_out: Text) -> Check:
    """To be seen to."""
    return Check(what, Standing.WARNING, found, way_out)


def fault(what: str, found: Text, way_out: Text) -> Check:
    """To be mended."""
    return Check(what, Standing.FAULT, found, way_out)
