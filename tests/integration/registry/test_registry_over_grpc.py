"""The registry as its callers meet it: a real socket, the interceptor, SQLite."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import grpc
import pytest
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from kit.errors import InvalidArgumentError
from kit.security import secret_files, tokens
from quzhong.api.events.v1.events_pb2 import SERVICE_KIND_FOOD_DELIVERY
from quzhong.api.events.v1.findings_pb2 import LocalText
from quzhong.api.registry.v1 import registry_pb2 as pb
from services.registry.settings import RegistrySettings

if TYPE_CHECKING:
    from tests.integration.registry.conftest import Running, Suite


def platform(platform_id: str, request_id: str = "", areas: tuple[str, ...] = ("130200",)) -> Message:
    return pb.RegisterPlatformRequest(
        request_id=request_id or f"register-{platform_id}",
        platform_id=platform_id,
        name=LocalText(zh="平台", en="Platform"),
        area_codes=areas,
    )


def supervisor(party_id: str, role: pb.Role.ValueType, *areas: str) -> Message:
    return pb.RegisterSupervisorRequest(
        request_id=f"register-{party_id}",
        party_id=party_id,
        role=role,
        name=LocalText(zh="人社局"),
        area_codes=areas,
    )


def threshold(
    platform_id: str, value: float, request_id: str, *, day: int = 1, area: str = "130200"
) -> pb.DeclareThresholdRequest:
    return pb.DeclareThresholdRequest(
        request_id=request_id,
        platform_id=platform_id,
        metric_id="delivery_time",
        area_code=area,
        service=SERVICE_KIND_FOOD_DELIVERY,
        distance_start_m=0,
        distance_end_m=3_000,
        value=value,
        effective_time=Timestamp(seconds=1_773_000_000 + day * 86_400),
    )


def test_a_registered_platform_may_call_at_once(suite: Suite) -> None:
    for number in range(5):
        answer = suite.call(suite.admin, "RegisterPlatform", platform(f"platform-{number}"))
        parties = suite.call(answer.token, "ListParties", pb.ListPartiesRequest()).parties
        assert [party.party_id for party in parties] == [f"platform-{number}"]
        assert answer.token.split("_")[1] == answer.credential_id
    assert suite.host.drained()


def test_what_was_registered_stands_in_the_directory_with_the_answer(suite: Suite) -> None:
    suite.call(suite.admin, "RegisterPlatform", platform("platform-a", areas=("130203", "130202")))
    (entry,) = [party for party in suite.directory.parties() if party.party_id == "platform-a"]
    assert (entry.name_zh, entry.name_en, entry.area_codes) == ("平台", "Platform", ("130202", "130203"))
    assert suite.directory.area_name("130203") == ("路北区", "Lubei District")


def test_a_wrong_role_is_refused_with_details(suite: Suite) -> None:
    token = suite.call(suite.admin, "RegisterPlatform", platform("platform-a")).token
    refusal = suite.refusal(token, "RegisterPlatform", platform("platform-b"))
    assert (refusal.code, refusal.reason) == (grpc.StatusCode.PERMISSION_DENIED, "ROLE_NOT_ALLOWED")
    assert "administrator" in refusal.message
    assert "无权" in refusal.zh


@pytest.mark.parametrize(
    ("token", "reason"),
    [
        ("", "CREDENTIAL_MISSING"),
        ("hello", "CREDENTIAL_MALFORMED"),
        (tokens.issue().token, "CREDENTIAL_UNKNOWN"),
    ],
    ids=["missing", "malformed", "unknown"],
)
def test_without_a_credential_nothing_is_told(suite: Suite, token: str, reason: str) -> None:
    refusal = suite.refusal(token, "ListParties", pb.ListPartiesRequest())
    assert (refusal.code, refusal.reason) == (grpc.StatusCode.UNAUTHENTICATED, reason)


def test_a_revoked_credential_is_refused_at_once_and_another_of_the_party_is_not(suite: Suite) -> None:
    first = suite.call(suite.admin, "RegisterPlatform", platform("platform-a"))
    issue = pb.IssueCredentialRequest(request_id="i1", party_id="platform-a")
    second = suite.call(suite.admin, "IssueCredential", issue)
    revoke = pb.RevokeCredentialRequest(request_id="r1", credential_id=first.credential_id)
    revoked = suite.call(suite.admin, "RevokeCredential", revoke)
    refusal = suite.refusal(first.token, "ListAreas", pb.ListAreasRequest())
    assert (refusal.code, refusal.reason) == (grpc.StatusCode.UNAUTHENTICATED, "CREDENTIAL_REVOKED")
    suite.call(second.token, "ListAreas", pb.ListAreasRequest())
    again = pb.RevokeCredentialRequest(request_id="r2", credential_id=first.credential_id)
    assert suite.call(suite.admin, "RevokeCredential", revoke) == revoked
    assert suite.call(suite.admin, "RevokeCredential", again) == revoked


def test_a_platform_may_not_act_for_another(suite: Suite) -> None:
    token = suite.call(suite.admin, "RegisterPlatform", platform("platform-a")).token
    suite.call(suite.admin, "RegisterPlatform", platform("platform-b"))
    for rpc, request in (
        ("DeclareThreshold", threshold("platform-b", 1_800, "d1")),
        ("ListThresholds", pb.ListThresholdsRequest(platform_id="platform-b")),
    ):
        refusal = suite.refusal(token, rpc, request)
        assert (refusal.code, refusal.reason) == (grpc.StatusCode.PERMISSION_DENIED, "FOREIGN_PLATFORM")
        assert refusal.field == "platform_id"


def test_thresholds_get_versions_and_each_sees_those_of_its_areas(suite: Suite) -> None:
    first = suite.call(suite.admin, "RegisterPlatform", platform("platform-a")).token
    second = suite.call(suite.admin, "RegisterPlatform", platform("platform-b")).token
    lubei = suite.call(
        suite.admin, "RegisterSupervisor", supervisor("lubei", pb.ROLE_REGULATOR, "130203")
    ).token

    def declare(token: str, request: pb.DeclareThresholdRequest) -> pb.Threshold:
        declared: pb.Threshold = suite.call(token, "DeclareThreshold", request).threshold
        return declared

    assert declare(first, threshold("platform-a", 2_400, "d1")).version == 1
    assert declare(first, threshold("platform-a", 2_100, "d2", day=8)).version == 2
    assert declare(first, threshold("platform-a", 2_100, "d3", day=9)).version == 2
    assert declare(second, threshold("platform-b", 1_800, "d1", area="130205")).version == 1

    def listed(token: str) -> list[tuple[str, int]]:
        answer = suite.call(token, "ListThresholds", pb.ListThresholdsRequest())
        return [(one.platform_id, one.version) for one in answer.thresholds]

    assert listed(first) == [("platform-a", 1), ("platform-a", 2)]
    assert listed(second) == [("platform-b", 1)]
    assert listed(lubei) == [("platform-a", 1), ("platform-a", 2)]
    assert listed(suite.admin) == [("platform-a", 1), ("platform-a", 2), ("platform-b", 1)]

    at_ms = (1_773_000_000 + 8 * 86_400) * 1_000
    held = suite.directory.thresholds("delivery_time", at_ms)
    assert [(one.platform_id, one.value) for one in held] == [
        ("platform-a", 2_100.0),
        ("platform-b", 1_800.0),
    ]


def test_a_later_declaration_may_not_rewrite_the_past(suite: Suite) -> None:
    token = suite.call(suite.admin, "RegisterPlatform", platform("platform-a")).token
    first = suite.call(token, "DeclareThreshold", threshold("platform-a", 2_400, "d1", day=3)).threshold
    refusal = suite.refusal(token, "DeclareThreshold", threshold("platform-a", 2_100, "d2", day=5))
    assert (refusal.code, refusal.reason, refusal.field) == (
        grpc.StatusCode.INVALID_ARGUMENT,
        "EFFECTIVE_TIME_PAST",
        "effective_time",
    )
    for text in (refusal.message, refusal.zh):
        assert "2026-03-14T04:00:00+08:00" in text, "what was sent"
        assert "2026-03-16T11:00:00+08:00" in text, "what may be sent"
    same = suite.call(token, "DeclareThreshold", threshold("platform-a", 2_400, "d3", day=5)).threshold
    assert same == first, "it changes nothing, so it is no change of the past"
    # The refused request was not kept: its request_id may be used for the mended one.
    mended = suite.call(token, "DeclareThreshold", threshold("platform-a", 2_100, "d2", day=8)).threshold
    assert mended.version == 2


@pytest.mark.parametrize(
    ("rpc", "request_", "field", "shown"),
    [
        ("RegisterPlatform", platform("Platform A", "r"), "platform_id", "'Platform A'"),
        ("RegisterPlatform", platform("platform-a", "r", areas=("999999",)), "area_codes[0]", "'999999'"),
        ("RegisterPlatform", platform("platform-a", "a b"), "request_id", "'a b'"),
        ("RegisterSupervisor", supervisor("hrss", pb.ROLE_PLATFORM, "130200"), "role", "1"),
        ("DeclareThreshold", threshold("platform-a", -5, "d"), "value", "-5"),
        ("ListAreas", pb.ListAreasRequest(parent_code="999999"), "parent_code", "'999999'"),
        ("ListParties", pb.ListPartiesRequest(page_token="?"), "page_token", "'?'"),
    ],
)
def test_a_wrong_field_is_named_with_its_value_in_two_languages(
    suite: Suite, rpc: str, request_: Message, field: str, shown: str
) -> None:
    refusal = suite.refusal(suite.admin, rpc, request_)
    assert (refusal.code, refusal.field) == (grpc.StatusCode.INVALID_ARGUMENT, field)
    for text in (refusal.message, refusal.zh):
        assert text.startswith(field)
        assert shown in text
    assert refusal.message != refusal.zh


def test_unknown_parties_platforms_and_credentials_are_not_found(suite: Suite) -> None:
    for rpc, request, reason in (
        ("IssueCredential", pb.IssueCredentialRequest(request_id="1", party_id="nobody"), "PARTY_UNKNOWN"),
        (
            "RevokeCredential",
            pb.RevokeCredentialRequest(request_id="2", credential_id="x"),
            "CREDENTIAL_UNKNOWN",
        ),
        ("DeclareThreshold", threshold("nobody", 1_800, "3"), "PLATFORM_UNKNOWN"),
    ):
        refusal = suite.refusal(suite.admin, rpc, request)
        assert (refusal.code, refusal.reason) == (grpc.StatusCode.NOT_FOUND, reason)


def test_a_repeat_gets_the_earlier_answer_without_the_token(suite: Suite) -> None:
    first = suite.call(suite.admin, "RegisterPlatform", platform("platform-a"))
    again = suite.call(suite.admin, "RegisterPlatform", platform("platform-a"))
    assert first.token
    assert again == pb.RegisterPlatformResponse(party=first.party, credential_id=first.credential_id)
    # The way out for whoever lost the first answer.
    issue = pb.IssueCredentialRequest(request_id="new", party_id="platform-a")
    token = suite.call(suite.admin, "IssueCredential", issue).token
    suite.call(token, "ListAreas", pb.ListAreasRequest())


def test_a_request_id_used_for_another_request_is_refused(suite: Suite) -> None:
    suite.call(suite.admin, "RegisterPlatform", platform("platform-a", "r1"))
    refusal = suite.refusal(suite.admin, "RegisterPlatform", platform("platform-b", "r1"))
    assert (refusal.code, refusal.reason) == (grpc.StatusCode.ALREADY_EXISTS, "REQUEST_ID_REUSED")
    refusal = suite.refusal(
        suite.admin, "IssueCredential", pb.IssueCredentialRequest(request_id="r1", party_id="x")
    )
    assert refusal.reason == "REQUEST_ID_REUSED"


def test_an_id_that_is_taken_is_refused(suite: Suite) -> None:
    suite.call(suite.admin, "RegisterPlatform", platform("platform-a", "r1"))
    refusal = suite.refusal(suite.admin, "RegisterPlatform", platform("platform-a", "r2"))
    assert (refusal.code, refusal.reason) == (grpc.StatusCode.ALREADY_EXISTS, "PARTY_EXISTS")
    assert "IssueCredential" in refusal.message


def test_the_same_request_many_times_at_once_is_done_once(suite: Suite) -> None:
    with ThreadPoolExecutor(8) as pool:
        request = platform("platform-a")
        answers = list(pool.map(lambda _: suite.call(suite.admin, "RegisterPlatform", request), range(8)))
    assert len({answer.credential_id for answer in answers}) == 1
    assert sum(bool(answer.token) for answer in answers) == 1


def test_declarations_at_once_get_versions_without_gaps(suite: Suite) -> None:
    token = suite.call(suite.admin, "RegisterPlatform", platform("platform-a")).token
    requests = [threshold("platform-a", 1_800 + day, f"d{day}", day=day) for day in range(8, 20)]
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda request: suite.call(token, "DeclareThreshold", request), requests))
    assert sorted(answer.threshold.version for answer in answers) == list(range(1, 13))


def test_a_restart_keeps_everything(settings: RegistrySettings, running: Running) -> None:
    with running(settings) as suite:
        admin = suite.admin
        token = suite.call(admin, "RegisterPlatform", platform("platform-a")).token
        declared = suite.call(token, "DeclareThreshold", threshold("platform-a", 1_800, "d1"))
        parties = suite.call(admin, "ListParties", pb.ListPartiesRequest())
        areas = suite.call(admin, "ListAreas", pb.ListAreasRequest())
        end = suite.log.end_offsets("registry")
    with running(settings) as suite:
        assert suite.admin == admin
        assert suite.log.end_offsets("registry") == end
        assert suite.call(token, "DeclareThreshold", threshold("platform-a", 1_800, "d1")) == declared
        assert suite.call(admin, "RegisterPlatform", platform("platform-a")).token == ""
        assert suite.call(admin, "ListParties", pb.ListPartiesRequest()) == parties
        assert suite.call(admin, "ListAreas", pb.ListAreasRequest()) == areas


def test_areas_are_listed_under_their_parent_page_by_page(suite: Suite) -> None:
    codes: list[str] = []
    request = pb.ListAreasRequest(parent_code="130200", page_size=5)
    while True:
        answer = suite.call(suite.admin, "ListAreas", request)
        codes.extend(area.area_code for area in answer.areas)
        if not answer.next_page_token:
            break
        request.page_token = answer.next_page_token
    assert len(codes) == 18
    assert codes == sorted(codes)


def test_token_files_are_the_owners_alone_and_the_services_token_works(suite: Suite) -> None:
    for file in (suite.settings.admin_token_file, suite.settings.service_token_file):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    token = suite.settings.service_token_file.read_text().strip()
    suite.call(token, "ListThresholds", pb.ListThresholdsRequest())
    assert suite.refusal(token, "RegisterPlatform", platform("platform-a")).reason == "ROLE_NOT_ALLOWED"


def test_a_token_file_that_was_deleted_is_written_anew_and_the_old_token_still_works(
    settings: RegistrySettings, running: Running
) -> None:
    with running(settings) as suite:
        old = suite.admin
    settings.admin_token_file.unlink()
    with running(settings) as suite:
        assert suite.admin != old
        for token in (old, suite.admin):
            suite.call(token, "ListParties", pb.ListPartiesRequest())


def test_a_token_written_by_a_start_that_crashed_before_its_commit_is_admitted(
    settings: RegistrySettings, running: Running
) -> None:
    token = tokens.issue().token
    secret_files.write(settings.admin_token_file, f"{token}\n".encode())
    with running(settings) as suite:
        suite.call(token, "ListParties", pb.ListPartiesRequest())


def test_the_administrators_token_may_come_from_the_environment(
    settings: RegistrySettings, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = tokens.issue().token
    with running(settings):
        pass
    monkeypatch.setenv("QUZHONG_ADMIN_TOKEN", token)
    with running(RegistrySettings(data_dir=settings.data_dir, address=settings.address)) as suite:
        suite.call(token, "RegisterPlatform", platform("platform-a"))


@pytest.mark.parametrize("token", ["letmein", "qz_abc_short"])
def test_an_administrators_token_that_cannot_be_used_stops_the_start_and_is_not_shown(
    settings: RegistrySettings, running: Running, token: str
) -> None:
    broken = settings.model_copy(update={"admin_token": type(settings.admin_token)(token)})
    with pytest.raises(InvalidArgumentError, match="QUZHONG_ADMIN_TOKEN") as refused, running(broken):
        pass
    assert token not in refused.value.message
