"""Officials who are away, and who approves for them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Absence:
    """While an official is away, a deputy approves. Days are ISO 8601, both included."""

    official_id: str
    deputy_id: str
    first_date: str
    last_date: str
