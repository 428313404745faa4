"""From an audit to an agreement: a pack of real orders, offers judged on it, and the registry declares it."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import grpc
import pyarrow.parquet as pq
import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from quzhong.api.algo_audit.v1 import algo_audit_pb2, appeals_pb2
from quzhong.api.algo_audit.v1 import consultation_pb2 as pb
from quzhong.api.events.v1 import events_pb2
from quzhong.api.registry.v1 import registry_pb2
from tests.integration.algo_audit.conftest import CLOCK, declare, deliveries
from tests.support.suite import CITY, Suite, eventually, refusal

DAY_S = 86_400
SHANGHAI_S = 8 * 3_600
BAND = "1000-2000"


def tomorrow() -> Timestamp:
    """The next midnight in Asia/Shanghai that is a day away at least."""
    days = (CLOCK.now_ms // 1_000 + SHANGHAI_S) // DAY_S + 2
    return Timestamp(seconds=days * DAY_S - SHANGHAI_S)


def minutes(value: float) -> pb.ProposedThreshold:
    return pb.ProposedThreshold(
        metric_id="delivery_time",
        area_code=CITY,
        service=events_pb2.SERVICE_KIND_FOOD_DELIVERY,
        distance_start_m=0,
        distance_end_m=2_000,
        value=value * 60,
    )


def opened(suite: Suite) -> pb.Consultation:
    declare(suite, "swift", 9)
    request = pb.OpenConsultationRequest(
        request_id=suite.request_id(),
        platform_id="swift",
        topic=pb.TOPIC_TIME_AND_ROUTING,
        metric_id="delivery_time",
        area_code=CITY,
        text="请说明限时依据",
    )
    consultation: pb.Consultation = (
        suite.as_("city-union").consultations.OpenConsultation(request).consultation
    )
    return consultation


def offer(suite: Suite, party: str, consultation: pb.Consultation, value: float) -> pb.Consultation:
    request = pb.MakeOfferRequest(
        request_id=suite.request_id(),
        consultation_id=consultation.consultation_id,
        thresholds=[minutes(value)],
        effective_time=tomorrow(),
        text=f"{value:g} 分钟",
    )
    made: pb.Consultation = suite.as_(party).consultations.MakeOffer(request).consultation
    return made


def test_an_agreement_becomes_the_declared_threshold(suite: Suite) -> None:
    consultation = opened(suite)
    offer(suite, "city-union", consultation, 14)
    countered = offer(suite, "swift", consultation, 12)
    (effect,) = [each for each in countered.offers[-1].effects if each.cohort == BAND]
    assert effect.what_if.attainment > effect.declared.attainment
    assert effect.what_if.orders_affected < effect.declared.orders_affected
    accept = pb.AcceptOfferRequest(
        request_id=suite.request_id(), consultation_id=consultation.consultation_id, offer_number=2
    )
    agreed = suite.as_("city-union").consultations.AcceptOffer(accept).consultation
    assert agreed.state == pb.CONSULTATION_STATE_AGREED

    def declared() -> list[registry_pb2.Threshold]:
        answer = suite.as_("city-union").registry.ListThresholds(registry_pb2.ListThresholdsRequest())
        return [each for each in answer.thresholds if each.consultation_id == consultation.consultation_id]

    eventually(lambda: len(declared()) == 1)
    (threshold,) = declared()
    assert (threshold.platform_id, threshold.value) == ("swift", 720)


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"platform_id": "even"}, grpc.StatusCode.FAILED_PRECONDITION, "platform_id"),
        ({"detail": 99}, grpc.StatusCode.INVALID_ARGUMENT, "detail"),
    ],
    ids=["a platform without data", "no such detail"],
)
def test_what_no_pack_can_be_made_of_is_refused(
    suite: Suite, wrong: dict[str, Any], code: grpc.StatusCode, field: str
) -> None:
    declare(suite, "swift", 9)
    asked: dict[str, Any] = {
        "request_id": suite.request_id(),
        "platform_id": "swift",
        "topic": pb.TOPIC_TIME_AND_ROUTING,
        "metric_id": "delivery_time",
        "area_code": CITY,
    }
    request = pb.OpenConsultationRequest(**(asked | wrong))
    refused = refusal(lambda: suite.as_("city-union").consultations.OpenConsultation(request))
    assert (refused.code, refused.field) == (code, field)
    assert refused.zh != refused.message


def test_an_offer_below_the_floor_is_refused_and_names_it(suite: Suite) -> None:
    consultation = opened(suite)
    refused = refusal(lambda: offer(suite, "swift", consultation, 5))
    assert refused.code == grpc.StatusCode.INVALID_ARGUMENT


def test_the_frozen_pack_does_not_change_when_orders_come(suite: Suite) -> None:
    consultation = opened(suite)
    ask = pb.GetConsultationRequest(consultation_id=consultation.consultation_id)
    before = suite.as_("swift").consultations.GetConsultation(ask).pack
    first = offer(suite, "city-union", consultation, 12).offers[-1].effects
    suite.submit("steady", deliveries("steady", start="15:00", shortest=30))
    after = suite.as_("swift").consultations.GetConsultation(ask).pack
    assert after.audit == before.audit
    again = offer(suite, "city-union", consultation, 12).offers[-1].effects
    assert [each.what_if for each in again] == [each.what_if for each in first]
    assert {row.platform_id for row in before.audit.cohorts} == {"swift"}, "nobody else's rows"


def test_the_pack_is_a_document_in_two_languages_and_three_formats(suite: Suite) -> None:
    consultation = opened(suite)
    stub = suite.as_("city-union").consultations
    for language in (pb.LANGUAGE_ZH, pb.LANGUAGE_EN):
        request = pb.RenderPackRequest(consultation_id=consultation.consultation_id, language=language)
        request.format = pb.PACK_FORMAT_PDF
        pdf = stub.RenderPack(request)
        assert pdf.content.startswith(b"%PDF")
        assert pdf.file_name.endswith(".pdf")
        request.format = pb.PACK_FORMAT_CSV_ZIP
        names = zipfile.ZipFile(io.BytesIO(stub.RenderPack(request).content)).namelist()
        assert any(name.endswith(".csv") for name in names)
        request.format = pb.PACK_FORMAT_PARQUET
        table = pq.read_table(io.BytesIO(stub.RenderPack(request).content))
        assert table.num_rows > 0


def test_an_appeal_is_filed_replied_to_and_hidden_from_other_platforms(suite: Suite) -> None:
    worker = deliveries("swift")[0].worker_id
    request = appeals_pb2.FileAppealRequest(
        request_id=suite.request_id(),
        platform_id="swift",
        worker_id=worker,
        order_id="o-1",
        penalty_fen=500,
        grounds="暴雨导致超时",
    )
    appeal = suite.as_("city-union").appeals.FileAppeal(request).appeal
    assert appeal.due_time.seconds - appeal.create_time.seconds == 15 * DAY_S
    reply = appeals_pb2.ReplyToAppealRequest(
        request_id=suite.request_id(),
        appeal_id=appeal.appeal_id,
        outcome=appeals_pb2.APPEAL_STATE_UPHELD,
        reply="已退还",
    )
    assert suite.as_("swift").appeals.ReplyToAppeal(reply).appeal.state == appeals_pb2.APPEAL_STATE_UPHELD
    get = appeals_pb2.GetAppealRequest(appeal_id=appeal.appeal_id)
    assert refusal(lambda: suite.as_("steady").appeals.GetAppeal(get)).code == grpc.StatusCode.NOT_FOUND


def test_audits_of_packs_can_be_read_again(suite: Suite) -> None:
    consultation = opened(suite)
    request = algo_audit_pb2.GetAuditRequest(audit_id=consultation.audit_id)
    audit = suite.as_("city-union").algo_audit.GetAudit(request).audit
    assert audit.data_version == consultation.data_version
