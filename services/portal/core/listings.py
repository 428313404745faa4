"""Parts of long lists, and what only programs list: parties, areas, findings by filter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from services.portal.core.findings import Finding, Severity
from services.portal.core.language import LocalText
from services.portal.core.readers import Role

_Item = TypeVar("_Item")


class Part(NamedTuple):
    """Which part of a list is wanted."""

    size: int
    """0: as the service sees fit."""
    token: str
    """Of the part before; empty: the first part."""


@dataclass(frozen=True, slots=True)
class Listed(Generic[_Item]):
    """A part of a list."""

    items: tuple[_Item, ...]
    next_page_token: str
    """Empty with the last part."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who is registered."""

    party_id: str
    role: Role
    name: LocalText
    area_codes: tuple[str, ...]
    """GB/T 2260; a city's code includes its counties."""
    platform_ids: tuple[str, ...]
    """A partner firm: the platforms it works for. A union: those of its remit; empty: all."""
    department_id: str
    """An official: the department it belongs to."""
    version: int
    create_ms: int | None


@dataclass(frozen=True, slots=True)
class Area:
    area_code: str
    parent_code: str
    """Empty: the topmost."""
    name: LocalText


@dataclass(frozen=True, slots=True)
class FindingQuery:
    """Which findings on working time are wanted; what is empty does not restrict."""

    platform_id: str = ""
    area_code: str = ""
    rule_id: str = ""
    least_severity: Severity = Severity.UNSPECIFIED
    include_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Revised:
    """A finding as it stands, and as it stood."""

    finding: Finding
    earlier: tuple[Finding, ...]
    """Earlier revisions, the oldest first."""
