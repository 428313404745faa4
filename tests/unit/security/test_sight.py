"""Who sees which places."""

from __future__ import annotations

import pytest

from kit.errors import PermissionDeniedError
from kit.security.caller import Caller, Role
from kit.security.sight import Sight, containing, may_see_aggregates, sight_of

CITY, LUBEI, LUNAN, ELSEWHERE = "130200", "130203", "130202", "130300"
SWIFT = Caller("swift", Role.PLATFORM, (LUBEI,))
REGULATOR = Caller("tangshan", Role.REGULATOR, (CITY,))
DISTRICT = Caller("lubei", Role.REGULATOR, (LUBEI,))
NOWHERE = Caller("new", Role.UNION, ())
ADMIN = Caller("admin", Role.ADMINISTRATOR)


@pytest.mark.parametrize(
    ("caller", "sees", "sees_not"),
    [
        (SWIFT, [("swift", LUBEI), ("swift", ELSEWHERE)], [("steady", LUBEI)]),
        (REGULATOR, [("swift", LUBEI), ("steady", CITY)], [("swift", ELSEWHERE), ("swift", "130000")]),
        (DISTRICT, [("swift", LUBEI)], [("swift", LUNAN), ("swift", CITY)]),
        (NOWHERE, [], [("swift", LUBEI), ("swift", CITY)]),
        (ADMIN, [("swift", LUBEI), ("steady", ELSEWHERE)], []),
    ],
)
def test_without_a_wish_a_caller_sees_all_that_is_theirs(
    caller: Caller, sees: list[tuple[str, str]], sees_not: list[tuple[str, str]]
) -> None:
    sight = sight_of(caller)
    assert all(sight.sees(*place) for place in sees)
    assert not any(sight.sees(*place) for place in sees_not)


def test_a_wish_narrows() -> None:
    assert sight_of(REGULATOR, area_code=LUNAN) == Sight("", (LUNAN,))
    assert sight_of(REGULATOR, platform_id="swift") == Sight("swift", (CITY,))
    assert sight_of(SWIFT, area_code=LUNAN) == Sight("swift", (LUNAN,))
    assert sight_of(ADMIN, area_code=CITY) == Sight("", (CITY,))


def test_of_a_larger_area_a_caller_sees_their_part() -> None:
    assert sight_of(DISTRICT, area_code=CITY) == Sight("", (LUBEI,))


@pytest.mark.parametrize(
    ("caller", "platform_id", "area_code", "reason"),
    [
        (SWIFT, "steady", "", "FOREIGN_PLATFORM"),
        (DISTRICT, "", LUNAN, "FOREIGN_AREA"),
        (NOWHERE, "", CITY, "FOREIGN_AREA"),
    ],
)
def test_what_is_none_of_theirs_is_refused(
    caller: Caller, platform_id: str, area_code: str, reason: str
) -> None:
    with pytest.raises(PermissionDeniedError) as refused:
        sight_of(caller, platform_id=platform_id, area_code=area_code)
    assert refused.value.reason == reason


def test_aggregates_of_a_city_are_for_whoever_is_in_it() -> None:
    for caller in (SWIFT, REGULATOR, DISTRICT, ADMIN):
        assert may_see_aggregates(caller, CITY)
    assert not may_see_aggregates(DISTRICT, LUNAN)
    assert not may_see_aggregates(NOWHERE, CITY)


def test_what_contains_an_area() -> None:
    assert containing(LUBEI) == (LUBEI, CITY, "130000")
    assert containing(CITY) == (CITY, "130000")
    assert containing("130000") == ("130000",)
