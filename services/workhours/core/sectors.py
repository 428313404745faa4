"""Which orders a rule pack judges: those of its own sector."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

NOT_STATED: Final = 0
"""An order whose service nobody stated counts for every sector: unknown is not rest."""

_SERVICES: Final[Mapping[str, int]] = {"food_delivery": 1, "ride_hailing": 2, "parcel": 3}
"""Sector → value of ``ServiceKind`` in the contract; sectors without platforms' orders are not here."""


def services_of(sector: str) -> frozenset[int]:
    """The services whose orders a sector's packs judge; all of them for the sector "any"."""
    if sector == "any":
        return frozenset({NOT_STATED, *_SERVICES.values()})
    return frozenset({NOT_STATED, _SERVICES[sector]} if sector in _SERVICES else {NOT_STATED})
