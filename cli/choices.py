"""What some options take. Apart from their users, so that ``--help`` loads nothing heavy."""

from __future__ import annotations

from enum import StrEnum


class Arrival(StrEnum):
    """In which order the events of a file arrive."""

    IN_ORDER = "in-order"
    """By time."""
    SHUFFLED = "shuffled"
    """At random, the same way each time."""
    REVERSED = "reversed"
    """The latest first."""
    HALF_REVERSED = "half-reversed"
    """The first half by time, then the second half, the latest first."""


class Measure(StrEnum):
    """What of a spell is held against the limit; values as in rule packs."""

    WORKED = "worked"
    """The time in which at least one order was in hand."""
    ELAPSED = "elapsed"
    """From the start of the first order to the end of the last, short gaps included."""


class People(StrEnum):
    """Whether people do in a simulation what is asked of them; values as in ``notify.simulation``."""

    NEVER = "never"
    ALWAYS = "always"
    """On the first working day there is."""
