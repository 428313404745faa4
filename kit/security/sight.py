"""What a caller may look at, and the part of it they asked for: the same for every service's ``api.py``.

==============  =====================  ==========================  =====================================
caller          platforms              areas                       aggregates of an area (audits)
==============  =====================  ==========================  =====================================
platform        itself                 any                         its areas, and what contains them
regulator       all                    its own; a city's code      its areas, what lies within them, and
and union                              includes its counties       what contains them
administrator   all                    any                         any
and service
==============  =====================  ==========================  =====================================
"""

from __future__ import annotations

from dataclasses import dataclass

from kit.errors import PermissionDeniedError
from kit.security.caller import Caller, Role, covers

_EVERYWHERE = (Role.ADMINISTRATOR, Role.SERVICE)


@dataclass(frozen=True, slots=True)
class Sight:
    """Places that are looked at."""

    platform_id: str = ""
    """Of this platform only; empty: of every one."""
    area_codes: tuple[str, ...] | None = None
    """Within any of these; None: everywhere."""

    def sees(self, platform_id: str, area_code: str) -> bool:
        """Whether the place is among them."""
        return self.platform_id in ("", platform_id) and (
            self.area_codes is None or any(covers(own, area_code) for own in self.area_codes)
        )


def sight_of(caller: Caller, *, platform_id: str = "", area_code: str = "") -> Sight:
    """What the caller asked to see (empty: all), within what they may see.

    Raises:
        PermissionDeniedError: FOREIGN_PLATFORM or FOREIGN_AREA, if nothing of it is theirs.
    """
    asked = (area_code,) if area_code else None
    if caller.role is Role.PLATFORM:
        caller.require_platform(platform_id or caller.party_id)
        return Sight(caller.party_id, asked)
    if caller.role in _EVERYWHERE:
        return Sight(platform_id, asked)
    if asked is None:
        return Sight(platform_id, caller.area_codes)
    own = asked if caller.sees_area(area_code) else _within(area_code, caller)
    if not own:
        raise foreign_area(caller, area_code)
    return Sight(platform_id, own)


def may_see_aggregates(caller: Caller, area_code: str) -> bool:
    """Aggregates name nobody: whoever works or supervises anywhere within the area may see them."""
    return caller.sees_area(area_code) or bool(_within(area_code, caller))


def own_areas(caller: Caller) -> tuple[str, ...] | None:
    """Where the caller works or supervises; None: everywhere."""
    return None if caller.role in _EVERYWHERE else caller.area_codes


def containing(area_code: str) -> tuple[str, ...]:
    """The codes of GB/T 2260 that contain an area, itself first: 130203 → 130203, 130200, 130000."""
    return tuple(dict.fromkeys((area_code, area_code[:4] + "00", area_code[:2] + "0000")))


def foreign_area(caller: Caller, area_code: str) -> PermissionDeniedError:
    """The refusal of an area that is none of the caller's."""
    own = caller.area_codes
    return PermissionDeniedError(
        f"area_code: {area_code[:16]!r} is none of yours ({', '.join(own) or 'you have none'})",
        zh=f"area_code：{area_code[:16]!r} 不在您的管辖范围（{'、'.join(own) or '无'}）之内",
        field="area_code",
        reason="FOREIGN_AREA",
    )


def _within(area_code: str, caller: Caller) -> tuple[str, ...]:
    """Those of the caller's areas that lie within the area."""
    return tuple(own for own in caller.area_codes if covers(area_code, own))
