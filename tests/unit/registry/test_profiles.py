"""What may be registered of a party beyond its name, and how it changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quzhong.api.registry.v1 import registry_pb2 as pb
from services.registry.core import profiles
from services.registry.core.field_error import FieldError
from services.registry.core.parties import Party, Role, check_completeness, checked_platform_ids
from services.registry.core.party_history import (
    PATHS,
    amended,
    changed_paths,
    check_note,
    check_paths,
    may_amend,
)
from services.registry.core.profiles import (
    AgreementClause,
    GivenLicence,
    GivenProfile,
    Licence,
    LicenceKind,
    Profile,
    ResponsiblePerson,
    checked_profile,
)
from services.registry.parties.credit_codes import checked_credit_code
from services.registry.parties.messages import given_profile, party_message

CODE = "91110000600037341L"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def check_character(body: str) -> str:
    """GB 32100-2015, by its own words: weights are powers of 3 modulo 31, the sum brought up to 31."""
    total = sum(ALPHABET.index(char) * (3**place % 31) for place, char in enumerate(body))
    return ALPHABET[(31 - total % 31) % 31]


BODIES = st.builds(
    lambda digits, rest: digits + rest,
    st.text("0123456789", min_size=8, max_size=8),
    st.text(ALPHABET, min_size=9, max_size=9),
)


@given(BODIES, st.sampled_from(ALPHABET))
def test_a_credit_code_passes_with_its_check_character_and_no_other(body: str, last: str) -> None:
    if last == check_character(body):
        assert checked_credit_code("code", body + last) == body + last
    else:
        with pytest.raises(FieldError) as refused:
            checked_credit_code("code", body + last)
        assert refused.value.reason == "CREDIT_CODE_CHECK"


@given(BODIES, st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_mistyped_character_is_always_found(body: str, place: int, other: str) -> None:
    code = body + check_character(body)
    mistyped = code[:place] + other + code[place + 1 :]
    if mistyped != code:
        with pytest.raises(FieldError):
            checked_credit_code("code", mistyped)


@pytest.mark.parametrize("code", ["123", "9111000060003734IL", "A1110000600037341L", "9" * 19, "九" * 18])
def test_what_has_not_the_form_of_a_credit_code_is_told_so(code: str) -> None:
    with pytest.raises(FieldError, match="GB 32100") as refused:
        checked_credit_code("profile.unified_social_credit_code", code)
    assert refused.value.reason == "CREDIT_CODE_FORM"


def test_a_credit_code_is_kept_in_capitals() -> None:
    assert checked_credit_code("code", CODE.lower()) == CODE


def checked(given: GivenProfile) -> Profile:
    return checked_profile(given, check_credit_code=checked_credit_code, unit_ids=["court", "industry"])


GIVEN = GivenProfile(
    CODE,
    [GivenLicence(1, " 1302000123 ", "2027-03-31"), GivenLicence(2, "冀-派-001", "")],
    "王某",
    "区域负责人",
    [9, 1, 9],
    "court",
)


def test_a_profile_is_registered_without_blanks_and_with_each_clause_once() -> None:
    assert checked(GIVEN) == Profile(
        CODE,
        (
            Licence(LicenceKind.BUSINESS, "1302000123", date(2027, 3, 31)),
            Licence(LicenceKind.LABOUR_DISPATCH, "冀-派-001", None),
        ),
        ResponsiblePerson("王某", "区域负责人"),
        (AgreementClause.EMPLOYMENT_FORM, AgreementClause.SOCIAL_INSURANCE),
        "court",
    )


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"credit_code": "x"}, "profile.unified_social_credit_code", "CREDIT_CODE_FORM"),
        ({"licences": [GivenLicence(0, "1", "")]}, "profile.licences[0].kind", "LICENCE_KIND_UNKNOWN"),
        ({"licences": [GivenLicence(1, " ", "")]}, "profile.licences[0].number", "LICENCE_NUMBER_FORM"),
        (
            {"licences": [GivenLicence(1, "1", ""), GivenLicence(1, "1", "2027-02-30")]},
            "profile.licences[1].expiry_date",
            "DATE_FORM",
        ),
        (
            {"licences": [GivenLicence(1, "1", "0207-02-03")]},
            "profile.licences[0].expiry_date",
            "DATE_OUT_OF_RANGE",
        ),
        ({"licences": [GivenLicence(1, "1", "")] * 21}, "profile.licences", "LICENCES_TOO_MANY"),
        ({"person_name": ""}, "profile.responsible_person.name", "PERSON_FORM"),
        ({"person_title": "\x07"}, "profile.responsible_person.title", "PERSON_FORM"),
        ({"agreement_clauses": [1, 10]}, "profile.agreement_clauses[1]", "CLAUSE_UNKNOWN"),
        ({"unit_id": "police"}, "profile.unit_id", "UNIT_UNKNOWN"),
    ],
)
def test_what_makes_no_sense_in_a_profile_is_named(
    change: dict[str, object], field: str, reason: str
) -> None:
    with pytest.raises(FieldError) as refused:
        checked(replace(GIVEN, **change))  # type: ignore[arg-type]
    assert (refused.value.field, refused.value.reason) == (field, reason)
    assert refused.value.zh.startswith(f"{field}：")


@pytest.mark.parametrize("kind", [LicenceKind, AgreementClause])
def test_the_core_repeats_the_contracts_enumerations(kind: type[LicenceKind | AgreementClause]) -> None:
    contract = pb.LicenceKind if kind is LicenceKind else pb.AgreementClause
    prefix = "LICENCE_KIND_" if kind is LicenceKind else "AGREEMENT_CLAUSE_"
    assert {prefix + one.name: int(one) for one in kind} == {
        name: number for name, number in contract.items() if number
    }
    assert set(profiles.LICENCE_NAMES) == set(LicenceKind)


FIRM = Party("firm-a", Role.PARTNER_FIRM, "甲", "A", ("130200",), 0, ("platform-a",), profile=checked(GIVEN))


def test_a_party_says_of_itself_what_was_registered() -> None:
    assert checked(given_profile(party_message(FIRM).profile)) == FIRM.profile


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"profile": replace(FIRM.profile, credit_code="")}, "CREDIT_CODE_MISSING"),
        ({"profile": replace(FIRM.profile, licences=())}, "LICENCE_MISSING"),
        ({"department_id": "bureau"}, "DEPARTMENT_NOT_EXPECTED"),
        ({"role": Role.OFFICIAL}, "DEPARTMENT_MISSING"),
    ],
)
def test_what_a_party_of_the_role_must_have_is_asked_for(change: dict[str, object], reason: str) -> None:
    check_completeness(FIRM)
    with pytest.raises(FieldError) as refused:
        check_completeness(replace(FIRM, **change))  # type: ignore[arg-type]
    assert refused.value.reason == reason


def test_platforms_are_for_firms_and_unions() -> None:
    assert checked_platform_ids(Role.PARTNER_FIRM, ["b-b", "a-a", "b-b"]) == ("a-a", "b-b")
    assert checked_platform_ids(Role.UNION, []) == ()
    with pytest.raises(FieldError, match="partner firms and unions"):
        checked_platform_ids(Role.REGULATOR, ["a-a"])
    with pytest.raises(FieldError, match="none given"):
        checked_platform_ids(Role.PARTNER_FIRM, [])
    with pytest.raises(FieldError, match="200"):
        checked_platform_ids(Role.UNION, ["a-a"] * 201)


PROFILES = st.builds(
    Profile,
    st.sampled_from(["", CODE]),
    st.sampled_from([(), FIRM.profile.licences]),
    st.sampled_from([None, ResponsiblePerson("李某", "")]),
    st.sampled_from([(), (AgreementClause.PAY,)]),
    st.sampled_from(["", "court"]),
)
PARTIES = st.builds(
    lambda name, areas, platforms, profile: replace(
        FIRM, name_zh=name, area_codes=areas, platform_ids=platforms, profile=profile
    ),
    st.sampled_from(["甲", "乙"]),
    st.sampled_from([("130200",), ("130203",)]),
    st.sampled_from([("platform-a",), ("platform-b",)]),
    PROFILES,
)


@given(PARTIES, PARTIES, st.sets(st.sampled_from(PATHS)))
def test_an_amendment_changes_what_it_names_and_says_so(before: Party, new: Party, paths: set[str]) -> None:
    after = amended(before, new, sorted(paths))
    changed = changed_paths(before, after)
    named = paths | ({path for path in PATHS if path.startswith("profile.")} if "profile" in paths else set())
    assert set(changed) == set(changed_paths(before, new)) & named
    assert after.version == before.version + bool(changed)
    if not changed:
        assert after is before


@pytest.mark.parametrize("paths", [[], ["name", "role"], ["party_id"], ["profile.licences[0]"]])
def test_what_cannot_be_amended_is_refused(paths: list[str]) -> None:
    with pytest.raises(FieldError, match=r"area_codes.*profile\.licences"):
        check_paths(paths)


def test_a_party_amends_its_own_papers_and_an_administrator_everything() -> None:
    assert may_amend(Role.ADMINISTRATOR, own=False, paths=PATHS)
    assert may_amend(Role.PARTNER_FIRM, own=True, paths=["profile.licences", "profile.responsible_person"])
    assert not may_amend(Role.PARTNER_FIRM, own=True, paths=["profile.licences", "platform_ids"])
    assert not may_amend(Role.PLATFORM, own=False, paths=["profile.licences"])


def test_a_note_is_short_and_printable() -> None:
    assert check_note(" 换证\n第二行 ") == "换证\n第二行"
    for note in ("长" * 501, "\x00"):
        with pytest.raises(FieldError, match="500"):
            check_note(note)
