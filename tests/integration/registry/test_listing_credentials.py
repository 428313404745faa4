"""Which credentials there are, as those are told who decide which are needed no more."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import grpc
import pytest
from joserfc.jwk import OKPKey

from quzhong.api.events.v1.findings_pb2 import LocalText
from quzhong.api.registry.v1 import registry_pb2 as pb

if TYPE_CHECKING:
    from tests.integration.registry.conftest import Suite

TANGSHAN = "130200"


@pytest.fixture
def tokens(suite: Suite) -> dict[str, str]:
    """By party: its first token."""
    platform = pb.RegisterPlatformRequest(
        request_id="p", platform_id="platform-a", name=LocalText(zh="平台"), area_codes=[TANGSHAN]
    )
    found = {"platform-a": suite.call(suite.admin, "RegisterPlatform", platform).token}
    for party_id, role in (("auditor-a", pb.ROLE_AUDITOR), ("bureau", pb.ROLE_REGULATOR)):
        supervisor = pb.RegisterSupervisorRequest(
            request_id=party_id,
            party_id=party_id,
            role=role,
            name=LocalText(zh=party_id),
            area_codes=[TANGSHAN],
        )
        found[party_id] = suite.call(suite.admin, "RegisterSupervisor", supervisor).token
    return found


def listed(suite: Suite, token: str, **wanted: Any) -> list[pb.ListCredentialsResponse.Listed]:
    return list(suite.call(token, "ListCredentials", pb.ListCredentialsRequest(**wanted)).credentials)


def test_what_was_revoked_is_told_on_request_only(suite: Suite, tokens: dict[str, str]) -> None:
    key = OKPKey.generate_key("Ed25519").as_dict(private=False)
    suite.clock.now_ms += 1
    client = pb.RegisterClientKeyRequest(
        request_id="k", party_id="platform-a", public_jwk=json.dumps({n: key[n] for n in ("kty", "crv", "x")})
    )
    client_id = suite.call(suite.admin, "RegisterClientKey", client).credential_id
    token_id = tokens["platform-a"].split("_")[1]
    found = listed(suite, suite.admin, party_id="platform-a")
    assert [(one.credential_id, one.kind) for one in found] == [
        (token_id, pb.CREDENTIAL_KIND_TOKEN),
        (client_id, pb.CREDENTIAL_KIND_CLIENT_KEY),
    ]
    assert json.loads(found[1].public_jwk)["x"] == key["x"]
    assert found[0].create_time.ToMilliseconds() == suite.clock.now_ms - 1
    suite.call(
        suite.admin, "RevokeCredential", pb.RevokeCredentialRequest(request_id="r", credential_id=token_id)
    )
    assert [one.credential_id for one in listed(suite, suite.admin, party_id="platform-a")] == [client_id]
    both = listed(suite, suite.admin, party_id="platform-a", include_revoked=True)
    assert [one.HasField("revoke_time") for one in both] == [True, False]


def test_a_list_goes_by_party_and_in_pages(suite: Suite, tokens: dict[str, str]) -> None:
    whole = listed(suite, tokens["auditor-a"])
    assert {one.party_id for one in whole} >= {"administrator", "auditor-a", "bureau", "platform-a"}
    assert [one.party_id for one in whole] == sorted(one.party_id for one in whole)
    paged, page_token = [], ""
    while True:
        request = pb.ListCredentialsRequest(page_size=2, page_token=page_token)
        answer = suite.call(tokens["auditor-a"], "ListCredentials", request)
        paged += answer.credentials
        page_token = answer.next_page_token
        if not page_token:
            break
    assert paged == whole


def test_no_secret_is_told_nor_its_hash_and_to_nobody_else(suite: Suite, tokens: dict[str, str]) -> None:
    told = suite.call(suite.admin, "ListCredentials", pb.ListCredentialsRequest()).SerializeToString()
    for token in tokens.values():
        assert token.split("_")[2].encode() not in told
    refusal = suite.refusal(tokens["bureau"], "ListCredentials", pb.ListCredentialsRequest())
    assert (refusal.code, refusal.reason) == (grpc.StatusCode.PERMISSION_DENIED, "ROLE_NOT_ALLOWED")


def test_a_platform_sees_its_own_and_others_are_to_it_as_nobody(suite: Suite, tokens: dict[str, str]) -> None:
    own = listed(suite, tokens["platform-a"])
    assert own == listed(suite, suite.admin, party_id="platform-a")
    assert own == listed(suite, tokens["platform-a"], party_id="platform-a")
    for party_id in ("bureau", "nobody"):
        request = pb.ListCredentialsRequest(party_id=party_id)
        refusal = suite.refusal(tokens["platform-a"], "ListCredentials", request)
        assert refusal.reason == "PARTY_UNKNOWN"


def test_a_platform_ends_its_own_but_not_the_one_it_calls_with(suite: Suite, tokens: dict[str, str]) -> None:
    def revoke(credential_id: str) -> pb.RevokeCredentialRequest:
        return pb.RevokeCredentialRequest(request_id=f"end-{credential_id}", credential_id=credential_id)

    issue = pb.IssueCredentialRequest(request_id="second", party_id="platform-a")
    second = suite.call(suite.admin, "IssueCredential", issue).token
    first_id, second_id, foreign_id = (
        token.split("_")[1] for token in (tokens["platform-a"], second, tokens["bureau"])
    )
    for credential_id, reason in (
        (second_id, "CREDENTIAL_SHOWN"),
        (foreign_id, "CREDENTIAL_UNKNOWN"),
        ("none", "CREDENTIAL_UNKNOWN"),
    ):
        request = revoke(credential_id)
        assert suite.refusal(second, "RevokeCredential", request).reason == reason
    suite.call(second, "RevokeCredential", revoke(first_id))
    assert [each.credential_id for each in listed(suite, second)] == [second_id]
    refusal = suite.refusal(tokens["platform-a"], "WhoAmI", pb.WhoAmIRequest())
    assert refusal.reason == "CREDENTIAL_REVOKED"


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        (pb.ListCredentialsRequest(party_id="nobody"), "PARTY_UNKNOWN"),
        (pb.ListCredentialsRequest(party_id="\0"), "PARTY_UNKNOWN"),
        (pb.ListCredentialsRequest(page_size=-1), "PAGE_SIZE_NEGATIVE"),
        (pb.ListCredentialsRequest(page_token="?"), "PAGE_TOKEN_UNKNOWN"),
    ],
)
def test_what_makes_no_sense_is_said(suite: Suite, request_: pb.ListCredentialsRequest, reason: str) -> None:
    assert suite.refusal(suite.admin, "ListCredentials", request_).reason == reason
