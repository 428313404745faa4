"""Platforms, partner firms, departments and officials as callers meet them: registered, amended, listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import grpc
import pytest
from google.protobuf.field_mask_pb2 import FieldMask

from quzhong.api.events.v1.findings_pb2 import LocalText
from quzhong.api.registry.v1 import registry_pb2 as pb

if TYPE_CHECKING:
    from tests.integration.registry.conftest import Suite

CODE = "91110000600037341L"
OTHER_CODE = "91130200MA07UC3W22"
LUBEI, LUNAN, TANGSHAN = "130203", "130202", "130200"


def profile(**change: object) -> pb.PartyProfile:
    said: dict[str, object] = {
        "unified_social_credit_code": CODE,
        "licences": [
            pb.Licence(kind=pb.LICENCE_KIND_BUSINESS, number="1302000001", expiry_date="2027-03-31")
        ],
        "responsible_person": pb.ResponsiblePerson(name="王某", title="区域负责人"),
        "agreement_clauses": [pb.AGREEMENT_CLAUSE_PAY],
    }
    return pb.PartyProfile(**(said | change))  # type: ignore[arg-type]


def firm(party_id: str = "firm-a", **change: Any) -> pb.RegisterPartnerFirmRequest:
    said: dict[str, object] = {
        "request_id": f"register-{party_id}",
        "party_id": party_id,
        "name": LocalText(zh="合作企业", en="Firm"),
        "area_codes": [LUBEI],
        "platform_ids": ["platform-a"],
        "profile": profile(),
    }
    return pb.RegisterPartnerFirmRequest(**(said | change))  # type: ignore[arg-type]


def supervisor(
    party_id: str, role: pb.Role.ValueType, *areas: str, **more: object
) -> pb.RegisterSupervisorRequest:
    return pb.RegisterSupervisorRequest(
        request_id=f"register-{party_id}",
        party_id=party_id,
        role=role,
        name=LocalText(zh=party_id),
        area_codes=areas,
        **more,  # type: ignore[arg-type]
    )


@pytest.fixture
def platform(suite: Suite) -> str:
    """The token of platform-a."""
    return platform_token(suite, "platform-a")


def platform_token(suite: Suite, platform_id: str) -> str:
    request = pb.RegisterPlatformRequest(
        request_id=f"register-{platform_id}",
        platform_id=platform_id,
        name=LocalText(zh="平台"),
        area_codes=[TANGSHAN],
        profile=profile(unified_social_credit_code=CODE if platform_id == "platform-a" else OTHER_CODE),
    )
    token: str = suite.call(suite.admin, "RegisterPlatform", request).token
    return token


def get(suite: Suite, token: str, party_id: str) -> pb.Party:
    answer: pb.GetPartyResponse = suite.call(token, "GetParty", pb.GetPartyRequest(party_id=party_id))
    return answer.party


def amend(version: int, request_id: str, note: str = "", **paths: Any) -> pb.AmendPartyRequest:
    """An amendment of firm-a; ``profile__licences`` stands for profile.licences."""
    party = pb.Party()
    for path, value in paths.items():
        *outer, name = path.split("__")
        message = party.profile if outer else party
        field: object = getattr(message, name)
        if isinstance(value, list):
            field.extend(value)  # type: ignore[attr-defined]
        elif isinstance(value, str):
            setattr(message, name, value)
        else:
            field.CopyFrom(value)  # type: ignore[attr-defined]
    return pb.AmendPartyRequest(
        request_id=request_id,
        party_id="firm-a",
        expected_version=version,
        party=party,
        update_mask=FieldMask(paths=[path.replace("__", ".") for path in paths]),
        note=note,
    )


def test_a_partner_firm_stands_in_the_directory_with_its_platforms(suite: Suite, platform: str) -> None:
    answer = suite.call(suite.admin, "RegisterPartnerFirm", firm())
    assert answer.party.version == 1
    assert answer.party.profile == profile()
    (entry,) = [one for one in suite.directory.parties() if one.party_id == "firm-a"]
    assert (entry.platform_ids, entry.area_codes) == (("platform-a",), (LUBEI,))
    assert get(suite, answer.token, "firm-a") == answer.party


@pytest.mark.parametrize(
    ("change", "code", "reason", "field"),
    [
        ({"platform_ids": []}, "INVALID_ARGUMENT", "PLATFORMS_MISSING", "platform_ids"),
        ({"platform_ids": ["platform-z"]}, "NOT_FOUND", "PLATFORM_UNKNOWN", "platform_ids[0]"),
        ({"platform_ids": ["administrator"]}, "NOT_FOUND", "PLATFORM_UNKNOWN", "platform_ids[0]"),
        (
            {"profile": profile(unified_social_credit_code=CODE[:-1] + "M")},
            "INVALID_ARGUMENT",
            "CREDIT_CODE_CHECK",
            "profile.unified_social_credit_code",
        ),
        ({"profile": profile(licences=[])}, "INVALID_ARGUMENT", "LICENCE_MISSING", "profile.licences"),
        ({"party_id": "platform-a", "request_id": "r"}, "ALREADY_EXISTS", "PARTY_EXISTS", "party_id"),
    ],
)
def test_a_partner_firm_that_makes_no_sense_is_refused(
    suite: Suite, platform: str, change: dict[str, Any], code: str, reason: str, field: str
) -> None:
    refusal = suite.refusal(suite.admin, "RegisterPartnerFirm", firm(**change))
    assert (refusal.code.name, refusal.reason, refusal.field) == (code, reason, field)


def test_amendments_keep_every_version_with_who_and_why(suite: Suite, platform: str) -> None:
    own = suite.call(suite.admin, "RegisterPartnerFirm", firm()).token
    renewed = pb.Licence(kind=pb.LICENCE_KIND_BUSINESS, number="1302000001", expiry_date="2031-03-31")
    request = amend(1, "a1", "换证", profile__licences=[renewed])
    second = suite.call(own, "AmendParty", request).party
    third = suite.call(suite.admin, "AmendParty", amend(2, "a2", area_codes=[LUNAN])).party
    assert (second.version, third.version, third.area_codes[:]) == (2, 3, [LUNAN])
    assert third.profile.licences[:] == [renewed]
    # The earlier request again gets the earlier answer, although a later version stands by now.
    assert suite.call(own, "AmendParty", request).party == second
    listed = suite.call(own, "ListPartyVersions", pb.ListPartyVersionsRequest(party_id="firm-a")).versions
    assert [(one.party.version, one.actor_id, one.note, one.changed_fields[:]) for one in listed] == [
        (1, "administrator", "", []),
        (2, "firm-a", "换证", ["profile.licences"]),
        (3, "administrator", "", ["area_codes"]),
    ]
    first = suite.call(own, "ListPartyVersions", pb.ListPartyVersionsRequest(party_id="firm-a", page_size=1))
    assert [one.party.version for one in first.versions] == [1]
    assert first.next_page_token
    (entry,) = [one for one in suite.directory.parties() if one.party_id == "firm-a"]
    assert entry.area_codes == (LUNAN,)


def test_one_firm_is_not_registered_twice(suite: Suite, platform: str) -> None:
    # The code of platform-a: who is both is a party of each role.
    suite.call(suite.admin, "RegisterPartnerFirm", firm())
    same = suite.refusal(suite.admin, "RegisterPartnerFirm", firm("firm-b"))
    assert (same.code, same.reason) == (grpc.StatusCode.ALREADY_EXISTS, "CREDIT_CODE_TAKEN")
    assert "'firm-a'" in same.message
    assert "'firm-a'" in same.zh
    other = firm("firm-b", profile=profile(unified_social_credit_code=OTHER_CODE))
    suite.call(suite.admin, "RegisterPartnerFirm", other)
    take = amend(1, "a1", profile__unified_social_credit_code=OTHER_CODE)
    refusal = suite.refusal(suite.admin, "AmendParty", take)
    assert refusal.reason == "CREDIT_CODE_TAKEN"
    assert "'firm-b'" in refusal.message
    assert get(suite, suite.admin, "firm-a").version == 1


def test_of_two_amendments_of_one_version_the_second_is_aborted(suite: Suite, platform: str) -> None:
    suite.call(suite.admin, "RegisterPartnerFirm", firm())
    suite.call(suite.admin, "AmendParty", amend(1, "a1", name=LocalText(zh="新名")))
    refusal = suite.refusal(suite.admin, "AmendParty", amend(1, "a2", name=LocalText(zh="旧名")))
    assert (refusal.code, refusal.reason) == (grpc.StatusCode.ABORTED, "VERSION_CONFLICT")
    assert get(suite, suite.admin, "firm-a").name.zh == "新名"


def test_an_amendment_that_changes_nothing_makes_no_version(suite: Suite, platform: str) -> None:
    suite.call(suite.admin, "RegisterPartnerFirm", firm())
    answer = suite.call(suite.admin, "AmendParty", amend(1, "a1", area_codes=[LUBEI]))
    assert answer.party.version == 1


@pytest.mark.parametrize(
    ("own", "change", "reason"),
    [
        (True, {"area_codes": [LUNAN]}, "FIELD_NOT_YOURS"),
        (True, {"platform_ids": ["platform-a"]}, "FIELD_NOT_YOURS"),
        (False, {}, "UPDATE_MASK_EMPTY"),
        (False, {"party_id": "x"}, "FIELD_NOT_AMENDABLE"),
        (False, {"platform_ids": ["platform-z"]}, "PLATFORM_UNKNOWN"),
        (False, {"profile__unified_social_credit_code": ""}, "CREDIT_CODE_MISSING"),
    ],
)
def test_an_amendment_that_may_not_be_is_refused_and_changes_nothing(
    suite: Suite, platform: str, own: bool, change: dict[str, Any], reason: str
) -> None:
    token = suite.call(suite.admin, "RegisterPartnerFirm", firm()).token
    refusal = suite.refusal(token if own else suite.admin, "AmendParty", amend(1, "a1", **change))
    assert refusal.reason == reason
    assert get(suite, suite.admin, "firm-a").version == 1


def test_whom_one_does_not_see_is_answered_like_nobody(suite: Suite, platform: str) -> None:
    suite.call(suite.admin, "RegisterPartnerFirm", firm())
    other = platform_token(suite, "platform-b")
    for party_id in ("firm-a", "nobody-at-all"):
        refusal = suite.refusal(other, "GetParty", pb.GetPartyRequest(party_id=party_id))
        assert (refusal.code, refusal.reason) == (grpc.StatusCode.NOT_FOUND, "PARTY_UNKNOWN")
        assert refusal.message.replace(party_id, "…").startswith("party_id: nobody is registered as '…'")
        request = pb.AmendPartyRequest(
            request_id=f"a-{party_id}", party_id=party_id, update_mask=FieldMask(paths=["name"])
        )
        assert suite.refusal(other, "AmendParty", request).reason == "PARTY_UNKNOWN"
    assert get(suite, platform, "firm-a").party_id == "firm-a"  # its platform does


def test_a_platform_is_not_told_for_whom_else_its_partner_firm_works(suite: Suite, platform: str) -> None:
    rival = platform_token(suite, "platform-b")
    both = ["platform-a", "platform-b"]
    token = suite.call(suite.admin, "RegisterPartnerFirm", firm(platform_ids=both)).token
    remit = supervisor("remit", pb.ROLE_UNION, LUBEI, platform_ids=["platform-b"])
    union = suite.call(suite.admin, "RegisterSupervisor", remit).token

    def told(whose: str) -> list[list[str]]:
        versions = pb.ListPartyVersionsRequest(party_id="firm-a")
        listed = pb.ListPartiesRequest(role=pb.ROLE_PARTNER_FIRM)
        return [
            list(party.platform_ids)
            for party in (
                get(suite, whose, "firm-a"),
                *(one.party for one in suite.call(whose, "ListPartyVersions", versions).versions),
                *suite.call(whose, "ListParties", listed).parties,
            )
        ]

    assert told(platform) == [["platform-a"]] * 3
    assert told(rival) == told(union) == [["platform-b"]] * 3
    assert told(token) == told(suite.admin) == [both] * 3
    # Nor can it be found out by asking for the other one's firms.
    asked = pb.ListPartiesRequest(platform_id="platform-b")
    assert suite.call(platform, "ListParties", asked).parties == []
    # Nor by how the firm has changed.
    change = amend(1, "amend-1", "stops working for platform-b", platform_ids=["platform-a"])
    suite.call(suite.admin, "AmendParty", change)
    assert suite.refusal(rival, "GetParty", pb.GetPartyRequest(party_id="firm-a")).reason == "PARTY_UNKNOWN"


def test_an_official_never_sees_more_than_the_department(suite: Suite) -> None:
    suite.call(suite.admin, "RegisterSupervisor", supervisor("bureau", pb.ROLE_REGULATOR, LUBEI, LUNAN))
    suite.call(suite.admin, "RegisterSupervisor", supervisor("o-1", pb.ROLE_OFFICIAL, department_id="bureau"))

    def cut(party_id: str, request_id: str) -> pb.AmendPartyRequest:
        return pb.AmendPartyRequest(
            request_id=request_id,
            party_id=party_id,
            expected_version=1,
            party=pb.Party(area_codes=[LUBEI]),
            update_mask=FieldMask(paths=["area_codes"]),
        )

    refusal = suite.refusal(suite.admin, "AmendParty", cut("bureau", "a-1"))
    assert (refusal.reason, refusal.field) == ("AREA_OF_OFFICIALS", "area_codes")
    assert "o-1" in refusal.message
    suite.call(suite.admin, "AmendParty", cut("o-1", "a-2"))
    assert suite.call(suite.admin, "AmendParty", cut("bureau", "a-3")).party.area_codes == [LUBEI]


def test_who_answers_for_a_firm_is_told_to_itself_and_those_who_supervise_it(
    suite: Suite, platform: str
) -> None:
    tokens = {
        "firm-a": suite.call(suite.admin, "RegisterPartnerFirm", firm()).token,
        "platform-a": platform,
        "administrator": suite.admin,
    }
    for party_id, role in (
        ("bureau", pb.ROLE_REGULATOR),
        ("union", pb.ROLE_UNION),
        ("association", pb.ROLE_ASSOCIATION),
        ("auditor", pb.ROLE_AUDITOR),
    ):
        request = supervisor(party_id, role, LUBEI)
        tokens[party_id] = suite.call(suite.admin, "RegisterSupervisor", request).token
    request = supervisor("official", pb.ROLE_OFFICIAL, department_id="bureau")
    tokens["official"] = suite.call(suite.admin, "RegisterSupervisor", request).token
    told = {
        party_id
        for party_id, token in tokens.items()
        if get(suite, token, "firm-a").profile.HasField("responsible_person")
    }
    assert told == {"firm-a", "administrator", "bureau", "official"}
    listed = suite.call(tokens["union"], "ListParties", pb.ListPartiesRequest()).parties
    assert not any(one.profile.HasField("responsible_person") for one in listed)


def test_an_official_goes_by_the_areas_of_the_department(suite: Suite) -> None:
    suite.call(suite.admin, "RegisterSupervisor", supervisor("bureau", pb.ROLE_REGULATOR, LUBEI))
    request = supervisor("official", pb.ROLE_OFFICIAL, department_id="bureau")
    party = suite.call(suite.admin, "RegisterSupervisor", request).party
    assert (party.area_codes[:], party.department_id) == ([LUBEI], "bureau")
    (entry,) = [one for one in suite.directory.parties() if one.party_id == "official"]
    assert entry.department_id == "bureau"
    for request, reason in (
        (supervisor("o-2", pb.ROLE_OFFICIAL, LUNAN, department_id="bureau"), "AREA_NOT_OF_DEPARTMENT"),
        (supervisor("o-3", pb.ROLE_OFFICIAL, LUBEI, department_id="nobody"), "DEPARTMENT_UNKNOWN"),
        (supervisor("o-4", pb.ROLE_OFFICIAL, LUBEI), "DEPARTMENT_MISSING"),
    ):
        assert suite.refusal(suite.admin, "RegisterSupervisor", request).reason == reason


def test_parties_are_listed_by_area_platform_and_licence(suite: Suite, platform: str) -> None:
    platform_token(suite, "platform-b")
    suite.call(suite.admin, "RegisterPartnerFirm", firm())
    later = pb.Licence(kind=pb.LICENCE_KIND_BUSINESS, number="1", expiry_date="2028-01-01")
    other = firm(
        "firm-b",
        area_codes=[LUNAN],
        platform_ids=["platform-b"],
        profile=profile(licences=[later], unified_social_credit_code=OTHER_CODE),
    )
    suite.call(suite.admin, "RegisterPartnerFirm", other)

    def ids(**wanted: object) -> list[str]:
        request = pb.ListPartiesRequest(**wanted)  # type: ignore[arg-type]
        return [one.party_id for one in suite.call(suite.admin, "ListParties", request).parties]

    assert ids(role=pb.ROLE_PARTNER_FIRM) == ["firm-a", "firm-b"]
    assert ids(area_code=LUBEI, role=pb.ROLE_PARTNER_FIRM) == ["firm-a"]
    assert ids(platform_id="platform-b") == ["firm-b", "platform-b"]
    assert ids(role=pb.ROLE_PARTNER_FIRM, licence_expires_by="2027-12-31") == ["firm-a"]
    wrong = pb.ListPartiesRequest(licence_expires_by="soon")
    assert suite.refusal(suite.admin, "ListParties", wrong).field == "licence_expires_by"


def test_who_is_responsible_for_an_article_is_told_with_who_is_registered_as_such(suite: Suite) -> None:
    for party_id, unit_id, area in (("hr-city", "human-resources", TANGSHAN), ("court-a", "court", LUBEI)):
        request = supervisor(party_id, pb.ROLE_REGULATOR, area, profile=pb.PartyProfile(unit_id=unit_id))
        suite.call(suite.admin, "RegisterSupervisor", request)

    def rows(**wanted: object) -> dict[str, list[str]]:
        request = pb.ListResponsibilitiesRequest(**wanted)  # type: ignore[arg-type]
        answer = suite.call(suite.admin, "ListResponsibilities", request)
        return {one.unit_id: list(one.party_ids) for one in answer.responsibilities}

    assert rows(article="二.1") == {"human-resources": ["hr-city"], "industry": [], "court": ["court-a"]}
    assert rows(article="二.2", area_code=LUBEI) == {
        "human-resources": ["hr-city"],
        "industry": [],
        "market-supervision": [],
    }
    assert rows(article="二.13", area_code=LUNAN)["court"] == []
    wrong = pb.ListResponsibilitiesRequest(article="三.1")
    assert suite.refusal(suite.admin, "ListResponsibilities", wrong).reason == "ARTICLE_UNKNOWN"
