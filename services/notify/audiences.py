"""Who may hear what: a caller's role, areas and platforms as an ``Audience``.

Asked anew for each call, and for each alert that a subscription might hear.
"""

from __future__ import annotations

from kit.security.caller import Caller, Role, significant
from services.notify.core.alerts import Audience
from services.notify.core.findings import Place


def audience_of(
    caller: Caller,
    *,
    platform_id: str = "",
    area_code: str = "",
    rule_id: str = "",
    least_severity: int = 0,
    department_id: str = "",
    cases_only: bool = False,
) -> Audience:
    """A platform hears what is about itself, anywhere; everybody else what lies in their areas.

    Duties name a party, its late reports and its licences. A partner firm hears of its own, wherever they are
    due, and of nobody else's; a platform of its own and its firms'; unions and associations of none, as they
    may read no report either; whoever supervises of those in its areas.

    Raises:
        PermissionDeniedError: if a platform is named that is foreign to the caller.
    """
    if platform_id:
        caller.require_platform(platform_id)
    elif caller.role is Role.PLATFORM:
        platform_id = caller.party_id
    return Audience(
        platform_id=platform_id,
        platform_ids=None if platform_id else caller.platforms,
        area_prefixes=_area_prefixes(caller),
        area_prefix=significant(area_code),
        rule_id=rule_id,
        least_severity=least_severity,
        aggregates_only=not caller.sees_workers,
        department_id=department_id,
        cases_only=cases_only,
        duties_of=_duties_of(caller),
    )


def sees_place(caller: Caller, place: Place) -> bool:
    """Whether what happened there may be shown to the caller."""
    return audience_of(caller).covers(place)


def _duties_of(caller: Caller) -> str | None:
    match caller.role:
        case Role.PARTNER_FIRM:
            return caller.party_id
        case Role.UNION | Role.ASSOCIATION:
            return ""
    return None


def _area_prefixes(caller: Caller) -> tuple[str, ...]:
    if caller.everywhere or caller.role is Role.PLATFORM:
        return ("",)
    return tuple(sorted(significant(code) for code in caller.area_codes))
