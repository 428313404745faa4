"""Who sees what of the registry's lists.

==============  =================================  ==========================================
viewer          parties                            thresholds
==============  =================================  ==========================================
platform        itself                             its own
regulator       itself, and whom it shares         those that hold somewhere in its areas:
and union       areas with                         a city's threshold holds in its districts
administrator   everybody                          all
and service
==============  =================================  ==========================================
"""

from __future__ import annotations

from typing import Protocol

from services.registry.core.areas import overlap
from services.registry.core.parties import Party, Role
from services.registry.core.thresholds import Threshold


class Viewer(Protocol):
    """Who looks."""

    @property
    def party_id(self) -> str: ...

    @property
    def role(self) -> int:
        """A value of ``Role``."""
        ...

    @property
    def area_codes(self) -> tuple[str, ...]: ...


def sees_party(viewer: Viewer, party: Party) -> bool:
    """Whether the party is in the viewer's list."""
    if viewer.role in (Role.ADMINISTRATOR, Role.SERVICE) or viewer.party_id == party.party_id:
        return True
    return viewer.role != Role.PLATFORM and any(_reaches(viewer, code) for code in party.area_codes)


def sees_threshold(viewer: Viewer, threshold: Threshold) -> bool:
    """Whether the threshold is in the viewer's list."""
    if viewer.role in (Role.ADMINISTRATOR, Role.SERVICE):
        return True
    if viewer.role == Role.PLATFORM:
        return viewer.party_id == threshold.declaration.platform_id
    return _reaches(viewer, threshold.declaration.area_code)


def _reaches(viewer: Viewer, area_code: str) -> bool:
    return any(overlap(own, area_code) for own in viewer.area_codes)
