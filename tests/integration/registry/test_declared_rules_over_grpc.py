"""Documents of rules as platforms, unions and others meet them; on both databases; in the directory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from kit.eventlog.port import NewRecord
from kit.eventlog.topics import AGREEMENTS
from kit.storage.store import Store
from quzhong.api.algo_audit.v1.consultation_pb2 import Agreement
from quzhong.api.events.v1.events_pb2 import SERVICE_KIND_FOOD_DELIVERY
from quzhong.api.events.v1.findings_pb2 import LocalText
from quzhong.api.registry.v1 import declared_rules_pb2 as rules
from quzhong.api.registry.v1 import registry_pb2 as pb
from services.registry.adapters.rule_store import SqlRuleStore
from services.registry.adapters.tables import METADATA
from services.registry.core.parties import Party, Role
from services.registry.core.party_history import PartyVersion
from services.registry.core.rule_documents import RuleDocument, RuleField, Rules
from tests.support.suite import eventually

if TYPE_CHECKING:
    from tests.integration.registry.conftest import Suite

DAY_MS = 86_400_000
DOCUMENT = "platform-a.commission.130200.food_delivery"


@pytest.fixture
def platform(suite: Suite) -> str:
    """The token of platform-a."""
    tokens = []
    for platform_id in ("platform-a", "platform-b"):
        request = pb.RegisterPlatformRequest(
            request_id=platform_id, platform_id=platform_id, name=LocalText(zh="平台"), area_codes=["130200"]
        )
        tokens.append(suite.call(suite.admin, "RegisterPlatform", request).token)
    token: str = tokens[0]
    return token


def declare(suite: Suite, request_id: str, rate: float, days: int, **more: Any) -> rules.DeclareRulesRequest:
    effective = Timestamp()
    effective.FromMilliseconds(suite.clock.now_ms + days * DAY_MS)
    said: dict[str, Any] = {
        "platform_id": "platform-a",
        "kind": rules.RULE_KIND_COMMISSION,
        "area_code": "130200",
        "service": SERVICE_KIND_FOOD_DELIVERY,
        "title": LocalText(zh="抽成规则"),
        "fields": [
            rules.RuleField(
                field_id="commission.rate", title=LocalText(zh="抽成比例"), number=rate, unit="share"
            )
        ],
        "effective_time": effective,
    }
    return rules.DeclareRulesRequest(request_id=request_id, **(said | more))


def agree(suite: Suite, consultation_id: str, platform_id: str = "platform-a") -> None:
    """What algo_audit says once both sides have agreed."""
    agreement = Agreement(consultation_id=consultation_id, platform_id=platform_id)
    agreement.thresholds.add(
        metric_id="delivery_time",
        area_code="130200",
        service=SERVICE_KIND_FOOD_DELIVERY,
        distance_end_m=3_000,
        value=2_400.0,
    )
    agreement.create_time.FromMilliseconds(suite.clock.now_ms)
    agreement.effective_time.FromMilliseconds(suite.clock.now_ms + DAY_MS)
    suite.log.append([NewRecord(AGREEMENTS.name, agreement.SerializeToString(), key=platform_id.encode())])


def declare_once_it_arrived(
    suite: Suite, token: str, request: rules.DeclareRulesRequest
) -> rules.RuleDocument:
    def arrived() -> bool:
        try:
            suite.call(token, "DeclareRules", request)
        except grpc.RpcError:
            return False
        return True

    eventually(arrived)
    document: rules.RuleDocument = suite.call(token, "DeclareRules", request).document
    return document


def test_a_document_names_no_consultation_but_one_that_its_platform_agreed_in(
    suite: Suite, platform: str
) -> None:
    invented = declare(suite, "d1", 0.18, 8, consultation_id="c-8")
    agree(suite, "c-of-b", "platform-b")
    declare_once_it_arrived(
        suite,
        suite.admin,
        declare(suite, "db", 0.18, 8, platform_id="platform-b", consultation_id="c-of-b"),
    )
    for request in (invented, declare(suite, "d2", 0.18, 8, consultation_id="c-of-b")):
        refusal = suite.refusal(platform, "DeclareRules", request)
        assert (refusal.code, refusal.reason) == (grpc.StatusCode.NOT_FOUND, "CONSULTATION_UNKNOWN")
        assert "leave it empty" in refusal.message
        assert "请留空" in refusal.zh
    agree(suite, "c-8")
    agree(suite, "c-8")  # delivered twice
    assert declare_once_it_arrived(suite, platform, invented).consultation_id == "c-8"


def test_versions_are_declared_listed_and_compared(suite: Suite, platform: str) -> None:
    first = suite.call(platform, "DeclareRules", declare(suite, "d1", 0.18, -30)).document
    assert (first.document_id, first.version) == (DOCUMENT, 1)
    cap = rules.RuleField(field_id="commission.cap", title=LocalText(zh="上限"), number=500, unit="fen")
    rate = declare(suite, "x", 0.15, 0).fields[0]
    later = declare(suite, "d2", 0.15, 8, fields=[rate, cap], consultation_id="c-7", wording="新条文")
    agree(suite, "c-7")
    second = declare_once_it_arrived(suite, platform, later)
    assert suite.call(platform, "DeclareRules", later).document == second
    diff = suite.call(platform, "DiffRuleDocuments", rules.DiffRuleDocumentsRequest(document_id=DOCUMENT))
    assert (diff.before, diff.after) == (first, second)
    assert [(one.kind, one.field_id, one.before.number, one.after.number) for one in diff.changes] == [
        (rules.RULE_CHANGE_KIND_ADDED, "commission.cap", 0, 500),
        (rules.RULE_CHANGE_KIND_CHANGED, "commission.rate", 0.18, 0.15),
    ]
    assert diff.changed_properties[:] == ["wording", "effective_time", "consultation_id"]
    assert "+新条文" in diff.wording_diff
    listed = suite.call(platform, "ListRuleDocuments", rules.ListRuleDocumentsRequest()).documents
    assert [one.version for one in listed] == [1, 2]
    for days, version in ((0, 1), (9, 2)):
        at = Timestamp()
        at.FromMilliseconds(suite.clock.now_ms + days * DAY_MS)
        request = rules.ListRuleDocumentsRequest(in_force_time=at)
        (holding,) = suite.call(platform, "ListRuleDocuments", request).documents
        assert holding.version == version
    (one, two) = suite.directory.rule_documents()
    assert (one.version, two.version, two.consultation_id) == (1, 2, "c-7")


def test_a_change_without_notice_is_refused_and_the_past_stands(suite: Suite, platform: str) -> None:
    suite.call(platform, "DeclareRules", declare(suite, "d1", 0.18, -30))
    refusal = suite.refusal(platform, "DeclareRules", declare(suite, "d2", 0.25, 3))
    assert (refusal.reason, refusal.field) == ("NOTICE_TOO_SHORT", "effective_time")
    assert "7 天" in refusal.zh


def test_rules_are_seen_by_whom_they_concern(suite: Suite, platform: str) -> None:
    suite.call(platform, "DeclareRules", declare(suite, "d1", 0.18, -30))
    suite.call(suite.admin, "DeclareRules", declare(suite, "d2", 0.2, -30, platform_id="platform-b"))

    def token(party_id: str, role: pb.Role.ValueType, area: str, *platforms: str) -> str:
        request = pb.RegisterSupervisorRequest(
            request_id=party_id,
            party_id=party_id,
            role=role,
            name=LocalText(zh=party_id),
            area_codes=[area],
            platform_ids=platforms,
        )
        answer: str = suite.call(suite.admin, "RegisterSupervisor", request).token
        return answer

    def seen(token: str) -> list[str]:
        listed = suite.call(token, "ListRuleDocuments", rules.ListRuleDocumentsRequest()).documents
        return [one.platform_id for one in listed]

    assert seen(platform) == ["platform-a"]
    assert seen(token("union", pb.ROLE_UNION, "130203")) == ["platform-a", "platform-b"]
    narrow = token("union-b", pb.ROLE_UNION, "130203", "platform-b")
    assert seen(narrow) == ["platform-b"]
    assert seen(token("elsewhere", pb.ROLE_REGULATOR, "130000")) == ["platform-a", "platform-b"]
    for document_id in (DOCUMENT, "nobody.has.it.here"):
        asked = rules.DiffRuleDocumentsRequest(document_id=document_id)
        refusal = suite.refusal(narrow, "DiffRuleDocuments", asked)
        assert (refusal.code, refusal.reason) == (grpc.StatusCode.NOT_FOUND, "DOCUMENT_UNKNOWN")
    only = rules.DiffRuleDocumentsRequest(document_id=DOCUMENT)
    assert suite.refusal(platform, "DiffRuleDocuments", only).reason == "RULE_VERSION_UNKNOWN"
    foreign = declare(suite, "d3", 0.2, 30, platform_id="platform-b")
    assert suite.refusal(platform, "DeclareRules", foreign).reason == "FOREIGN_PLATFORM"


@pytest.fixture
def database(database_url: str) -> Iterator[Store]:
    database = Store.open(database_url, METADATA)
    yield database
    database.close()


def test_documents_come_out_as_they_went_in_on_either_database(database: Store) -> None:
    store = SqlRuleStore(database, lambda: 1)
    fields = (
        RuleField("a", "甲", "A", 1.5, "fen"),
        RuleField("b", "乙", "B", "文"),
        RuleField("c", "丙", "C", True),
    )
    said = Rules("platform-a", 3, "130200", 1, "抽成", "Commission", fields, "条文", 2**42)
    documents = [RuleDocument(said, number, number) for number in (1, 2)]
    with store.write() as transaction:
        platform = Party("platform-a", Role.PLATFORM, "甲", "A", ("130200",), 1)
        transaction.put_party(PartyVersion(platform, "administrator", 1))
        for document in documents:
            transaction.put_rule_document(document)
    with store.read() as view:
        assert sorted(view.rule_versions(said.document_id), key=lambda one: one.version) == documents
        assert len(view.rule_documents("")) == len(view.rule_documents("platform-a")) == 2
        assert view.rule_documents("platform-b") == view.rule_versions("none") == []
