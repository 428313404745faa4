"""Which areas and platforms a reader's report is of."""

from __future__ import annotations

import pytest

from kit.errors import InvalidArgumentError, PermissionDeniedError
from kit.security.caller import Caller, Role
from services.notify.audiences import audience_of
from services.notify.period_reports.scopes import scope_of

CITY, LUBEI, LUNAN, QIANAN = "130200", "130203", "130202", "130283"


def scope(role: Role, *areas: str, asked: str = "", platforms: tuple[str, ...] = ()) -> tuple[str, ...]:
    caller = Caller("party", role, areas, platforms)
    return scope_of(audience_of(caller, area_code=asked), asked).area_prefixes


def test_supervisor_reads_its_areas_or_the_part_of_them_it_asks_for() -> None:
    assert scope(Role.REGULATOR, CITY) == ("1302",)
    assert scope(Role.REGULATOR, CITY, asked=LUBEI) == (LUBEI,)
    assert scope(Role.REGULATOR, LUBEI, LUNAN) == (LUNAN, LUBEI)
    assert scope(Role.REGULATOR, LUBEI, asked=CITY) == (LUBEI,)
    assert scope(Role.ADMINISTRATOR) == ("",)
    assert scope(Role.ADMINISTRATOR, asked=QIANAN) == (QIANAN,)


def test_county_within_a_city_of_the_same_reader_is_counted_once() -> None:
    assert scope(Role.OFFICIAL, CITY, LUBEI) == ("1302",)


def test_area_of_somebody_else_is_refused() -> None:
    with pytest.raises(PermissionDeniedError) as refused:
        scope(Role.REGULATOR, LUBEI, asked=LUNAN)
    assert refused.value.reason == "FOREIGN_AREA"
    assert LUBEI in refused.value.zh


def test_who_sees_aggregates_names_one_of_several_areas() -> None:
    """What is withheld is decided for single areas; a sum of any of them would be one more figure."""
    assert scope(Role.UNION, CITY) == ("1302",)
    with pytest.raises(InvalidArgumentError) as refused:
        scope(Role.UNION, LUBEI, LUNAN)
    assert refused.value.reason == "AREA_MISSING"
    assert scope(Role.UNION, LUBEI, LUNAN, asked=LUNAN) == (LUNAN,)
    with pytest.raises(InvalidArgumentError):
        scope(Role.ASSOCIATION, LUBEI, LUNAN, asked=CITY)


def test_rows_are_the_platforms_own_or_those_of_a_unions_remit() -> None:
    own = scope_of(audience_of(Caller("swift", Role.PLATFORM, (CITY,))), "")
    assert (own.area_prefixes, own.platform_ids) == (("",), frozenset({"swift"}))
    remit = scope_of(audience_of(Caller("union", Role.UNION, (CITY,), ("swift", "calm"))), "")
    assert remit.platform_ids == frozenset({"swift", "calm"})
    assert scope_of(audience_of(Caller("union", Role.UNION, (CITY,))), "").platform_ids is None


@pytest.mark.parametrize("code", ["1302", "13020x", "１３０２００", "1302000"])
def test_what_is_no_code_of_an_area_is_refused(code: str) -> None:
    with pytest.raises(InvalidArgumentError) as refused:
        scope(Role.REGULATOR, CITY, asked=code)
    assert refused.value.reason == "AREA_FORM"
