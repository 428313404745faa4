"""What a caller may look at, and the part of it they asked for: the same for every service's ``api.py``.

==============  =====================  ==========================  =====================================
caller          platforms              areas                       aggregates of an area (audits)
==============  =====================  ==========================  =====================================
platform        itself                 any                         its areas, and what contains them
partner firm    those it works for     its own; a city's code      its areas, what lies within them, and
                                       includes its counties       what contains them
union           those of its remit,    the same                    the same
                else all
regulator,      all                    the same                    the same
official,
association
administrator,  all                    any                         any
service,
auditor
worker          nothing here; of their own record only, see ``record_sight``
==============  =====================  ==========================  =====================================
"""

from __future__ import annotations

from dataclasses import dataclass

from kit.errors import InvalidArgumentError, PermissionDeniedError
from kit.security.caller import Caller, Role, covers


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
        InvalidArgumentError: PLATFORM_MISSING, see ``platform_asked``.
    """
    if caller.role is Role.WORKER:  # so that who forgets them shows them nothing
        raise PermissionDeniedError(
            "a worker reads their own record only", zh="劳动者只能查看本人记录", reason="RECORD_ONLY"
        )
    asked = (area_code,) if area_code else None
    platform_id = platform_asked(caller, platform_id)
    if caller.everywhere or caller.role is Role.PLATFORM:
        return Sight(platform_id, asked)
    if asked is None:
        return Sight(platform_id, caller.area_codes)
    own = asked if caller.sees_area(area_code) else _within(area_code, caller)
    if not own:
        raise foreign_area(caller, area_code)
    return Sight(platform_id, own)


def record_sight(caller: Caller, *, platform_id: str = "", area_code: str = "") -> Sight:
    """Where a worker's own record is looked at. Of several platforms in ``caller.platforms`` none is picked
    here: whoever reads has to leave the others out.

    A platform sees what it did in any area, so whom it vouches for does. A union's worker sees its areas.

    Raises:
        PermissionDeniedError: FOREIGN_PLATFORM or FOREIGN_AREA.
    """
    if platform_id:
        caller.require_platform(platform_id)
    if caller.platforms == (caller.party_id,):
        return Sight(platform_id, (area_code,) if area_code else None)
    if not area_code:
        return Sight(platform_id, caller.area_codes)
    own = (area_code,) if caller.sees_area(area_code) else _within(area_code, caller)
    if not own:
        raise foreign_area(caller, area_code)
    return Sight(platform_id, own)


def platform_asked(caller: Caller, platform_id: str) -> str:
    """The one platform a caller asked for (empty: all it may see); empty only if none is foreign to it.

    Raises:
        PermissionDeniedError: FOREIGN_PLATFORM.
        InvalidArgumentError: PLATFORM_MISSING, from whoever may see several, but not all.
    """
    if platform_id:
        caller.require_platform(platform_id)
        return platform_id
    if caller.platforms is None:
        return ""
    if len(caller.platforms) == 1:
        return caller.platforms[0]
    own = ", ".join(caller.platforms)
    raise InvalidArgumentError(
        f"platform_id: missing; name one of yours ({own or 'you have none'})",
        zh=f"platform_id：缺失；请填写您所属的平台之一（{own or '无'}）",
        field="platform_id",
        reason="PLATFORM_MISSING",
    )


def may_see_aggregates(caller: Caller, area_code: str) -> bool:
    """Aggregates name nobody: whoever works or supervises anywhere within the area may see them."""
    return caller.sees_area(area_code) or bool(_within(area_code, caller))


def own_areas(caller: Caller) -> tuple[str, ...] | None:
    """Where the caller works or supervises; None: everywhere."""
    return None if caller.everywhere else caller.area_codes


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
