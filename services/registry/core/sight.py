"""Who sees what of the registry's lists.

===============  ========================================  ==========================================
viewer           parties                                   thresholds
===============  ========================================  ==========================================
platform         itself, the partner firms that work for   its own
                 it, and who supervises or represents
                 workers in its areas
partner firm     itself, the platforms it works for, and   those of its platforms
                 likewise
union            itself, and whom it shares areas with,    those that hold somewhere in its areas,
                 platforms within its remit                of platforms within its remit
regulator,       itself, and whom it shares areas with     those that hold somewhere in its areas:
official,                                                  a city's threshold holds in its districts
association
administrator,   everybody                                 all
service, auditor
===============  ========================================  ==========================================

Who answers for a firm is told to the firm itself, regulators, officials and administrators only. For whom
else a partner firm works is not told to platforms, nor to unions beyond their remit: it is no business of
theirs.
"""

from __future__ import annotations

from typing import Protocol

from services.registry.core.areas import overlap
from services.registry.core.parties import Party, Role
from services.registry.core.thresholds import Threshold

EVERYWHERE = (Role.ADMINISTRATOR, Role.SERVICE, Role.AUDITOR)
"""Not limited to areas."""


PUBLIC = (Role.REGULATOR, Role.OFFICIAL, Role.UNION, Role.ASSOCIATION)
"""Whoever is warned, summoned or consulted by them is told their names."""


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

    @property
    def platform_ids(self) -> tuple[str, ...]:
        """A partner firm: the platforms it works for. A union: those of its remit; empty: all."""
        ...


def sees_party(viewer: Viewer, party: Party) -> bool:
    """Whether the party is in the viewer's list."""
    if viewer.role in EVERYWHERE or viewer.party_id == party.party_id:
        return True
    if viewer.role in (Role.PLATFORM, Role.PARTNER_FIRM) and party.role in PUBLIC:
        return any(_reaches(viewer, code) for code in party.area_codes)
    if viewer.role == Role.PLATFORM:
        return party.role is Role.PARTNER_FIRM and viewer.party_id in party.platform_ids
    if viewer.role == Role.PARTNER_FIRM:
        return party.role is Role.PLATFORM and party.party_id in viewer.platform_ids
    if not any(_reaches(viewer, code) for code in party.area_codes):
        return False
    if viewer.role == Role.WORKER:
        told = not viewer.platform_ids or party.party_id in viewer.platform_ids
        return party.role in PUBLIC or (party.role is Role.PLATFORM and told)
    return not (viewer.role == Role.UNION and viewer.platform_ids) or _in_remit(viewer, party)


def sees_person(viewer: Viewer, party: Party) -> bool:
    """Whether the viewer, who sees the party, is told who answers for it."""
    return viewer.party_id == party.party_id or viewer.role in (
        Role.REGULATOR,
        Role.OFFICIAL,
        Role.ADMINISTRATOR,
    )


def platforms_told(viewer: Viewer, party: Party) -> tuple[str, ...]:
    """Those of a party's platforms that the viewer, who sees the party, is told of."""
    if viewer.party_id == party.party_id:
        return party.platform_ids
    if viewer.role == Role.PLATFORM:
        return tuple(each for each in party.platform_ids if each == viewer.party_id)
    if viewer.role == Role.UNION and viewer.platform_ids:
        return tuple(each for each in party.platform_ids if each in viewer.platform_ids)
    return party.platform_ids


def sees_threshold(viewer: Viewer, threshold: Threshold) -> bool:
    """Whether the threshold is in the viewer's list."""
    return sees_declared(viewer, threshold.declaration.platform_id, threshold.declaration.area_code)


def sees_declared(viewer: Viewer, platform_id: str, area_code: str) -> bool:
    """Whether the viewer is told what a platform declared for an area: thresholds, documents of rules."""
    if viewer.role in EVERYWHERE:
        return True
    if viewer.role == Role.PLATFORM:
        return viewer.party_id == platform_id
    if viewer.role == Role.PARTNER_FIRM:
        return platform_id in viewer.platform_ids
    if viewer.role == Role.UNION and viewer.platform_ids and platform_id not in viewer.platform_ids:
        return False
    return _reaches(viewer, area_code)


def _in_remit(viewer: Viewer, party: Party) -> bool:
    match party.role:
        case Role.PLATFORM:
            return party.party_id in viewer.platform_ids
        case Role.PARTNER_FIRM:
            return not set(viewer.platform_ids).isdisjoint(party.platform_ids)
    return True


def _reaches(viewer: Viewer, area_code: str) -> bool:
    return any(overlap(own, area_code) for own in viewer.area_codes)
