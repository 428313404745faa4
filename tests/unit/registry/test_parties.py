"""What may be said of a party, and who sees whom."""

from __future__ import annotations

import pytest

from kit.security import caller
from kit.security.caller import Caller
from services.registry.core import parties
from services.registry.core.areas import Areas
from services.registry.core.field_error import FieldError
from services.registry.core.parties import (
    Party,
    Role,
    check_party_id,
    check_supervisor_role,
    checked_area_codes,
    checked_names,
)
from services.registry.core.sight import sees_party, sees_threshold
from services.registry.core.thresholds import Declaration, Threshold

AREAS = Areas([("130200", "唐山市", "Tangshan"), ("130203", "路北区", "Lubei")])


def test_roles_equal_those_of_callers() -> None:
    assert {role.name: int(role) for role in parties.Role} == {role.name: int(role) for role in caller.Role}


@pytest.mark.parametrize("party_id", ["abc", "platform-a", "1-2", "a" * 40])
def test_a_party_id_of_the_form_passes(party_id: str) -> None:
    check_party_id("platform_id", party_id)


@pytest.mark.parametrize("party_id", ["", "ab", "a" * 41, "Platform", "a_b", "-ab", "ab-", "平台甲", "abc\n"])
def test_a_party_id_of_another_form_is_refused(party_id: str) -> None:
    with pytest.raises(FieldError, match=r"^platform_id: ") as refused:
        check_party_id("platform_id", party_id)
    assert refused.value.reason == "PARTY_ID_FORM"


def test_without_an_english_name_the_chinese_stands_for_it() -> None:
    assert checked_names(" 平台甲 ", "") == ("平台甲", "平台甲")


@pytest.mark.parametrize(
    ("zh", "en", "field"), [(" ", "A", "name.zh"), ("甲" * 101, "", "name.zh"), ("甲", "A\x00", "name.en")]
)
def test_a_name_that_cannot_be_shown_is_refused(zh: str, en: str, field: str) -> None:
    with pytest.raises(FieldError) as refused:
        checked_names(zh, en)
    assert refused.value.field == field


def test_area_codes_are_sorted_and_single() -> None:
    assert checked_area_codes(["130203", "130200", "130203"], AREAS) == ("130200", "130203")


def test_an_unknown_area_code_is_named_by_its_place() -> None:
    with pytest.raises(FieldError) as refused:
        checked_area_codes(["130200", "139999"], AREAS)
    assert refused.value.field == "area_codes[1]"


@pytest.mark.parametrize("role", [0, Role.PLATFORM, Role.PARTNER_FIRM, Role.ADMINISTRATOR, Role.SERVICE, 99])
def test_a_role_that_supervises_nobody_is_refused(role: int) -> None:
    with pytest.raises(FieldError):
        check_supervisor_role(role)


def seen(role: caller.Role, party_id: str, *area_codes: str) -> tuple[list[str], list[str]]:
    """Ids of the parties, and areas of the thresholds, that such a caller sees."""
    everybody = [
        Party("admin", Role.ADMINISTRATOR, "管", "A", (), 0),
        Party("city-platform", Role.PLATFORM, "甲", "A", ("130200",), 0),
        Party("lubei-platform", Role.PLATFORM, "乙", "B", ("130203",), 0),
        Party("elsewhere", Role.PLATFORM, "丙", "C", ("130300",), 0),
    ]
    thresholds = [
        Threshold(Declaration("city-platform", "delivery_time", area, 1, 0, None, 1.0, 1), 1, 0)
        for area in ("130200", "130203", "130300")
    ]
    viewer = Caller(party_id, role, area_codes)
    return (
        [party.party_id for party in everybody if sees_party(viewer, party)],
        [one.declaration.area_code for one in thresholds if sees_threshold(viewer, one)],
    )


def test_a_platform_sees_itself_and_its_own_thresholds() -> None:
    own = seen(caller.Role.PLATFORM, "city-platform", "130200")
    assert own == (["city-platform"], ["130200", "130203", "130300"])
    assert seen(caller.Role.PLATFORM, "lubei-platform", "130203") == (["lubei-platform"], [])


@pytest.mark.parametrize("role", [caller.Role.PLATFORM, caller.Role.PARTNER_FIRM])
@pytest.mark.parametrize("public", [Role.REGULATOR, Role.OFFICIAL, Role.UNION, Role.ASSOCIATION])
def test_a_platform_knows_who_supervises_it_and_nobody_elsewhere(role: caller.Role, public: Role) -> None:
    viewer = Caller("lubei-platform", role, ("130203",))
    assert sees_party(viewer, Party("county", public, "县", "C", ("130203",), 0))
    assert sees_party(viewer, Party("city", public, "市", "C", ("130200",), 0))
    assert not sees_party(viewer, Party("other", public, "外", "O", ("130300",), 0))


@pytest.mark.parametrize("role", [caller.Role.REGULATOR, caller.Role.UNION])
def test_a_supervisor_sees_what_shares_ground_with_its_areas(role: caller.Role) -> None:
    assert seen(role, "city", "130200") == (["city-platform", "lubei-platform"], ["130200", "130203"])
    # What holds in the city holds in its districts.
    assert seen(role, "lubei", "130203") == (["city-platform", "lubei-platform"], ["130200", "130203"])
    assert seen(role, "kaiping", "130205") == (["city-platform"], ["130200"])


@pytest.mark.parametrize("role", [caller.Role.ADMINISTRATOR, caller.Role.SERVICE])
def test_administrators_and_services_see_everything(role: caller.Role) -> None:
    assert [len(part) for part in seen(role, "x")] == [4, 3]
