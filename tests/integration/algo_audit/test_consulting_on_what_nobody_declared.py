"""A union puts up for consultation what no platform ever declared, until it is the declared threshold."""

from __future__ import annotations

from typing import Any

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from quzhong.api.algo_audit.v1 import algo_audit_pb2
from quzhong.api.algo_audit.v1 import consultation_pb2 as pb
from quzhong.api.events.v1 import events_pb2
from quzhong.api.registry.v1 import registry_pb2
from tests.integration.algo_audit.conftest import CLOCK, FOOD, declare, deliveries
from tests.support.suite import CITY, Suite, eventually, refusal

UNION = "city-union"
ALL_WORKERS = ""
"""The cohort of a metric of workers, at the coarsest detail."""


def promised(platform: str, minutes: int) -> list[events_pb2.Dispatch]:
    """The orders of the fixture again, with a limit shown on each and pay for it."""
    rows = deliveries(platform)
    for number, event in enumerate(rows):
        event.version = 1
        event.promised_duration.seconds = minutes * 60
        event.pay_fen = 300 + number // 20 * 20
    return rows


@pytest.fixture
def paid(suite: Suite) -> Suite:
    for platform, minutes in (("swift", 12), ("steady", 14)):
        suite.submit(platform, promised(platform, minutes))
    return suite


def opened(suite: Suite, metric_id: str, topic: int = pb.TOPIC_ASSESSMENT_AND_PENALTIES) -> pb.Consultation:
    request = pb.OpenConsultationRequest(
        request_id=suite.request_id(),
        platform_id="swift",
        topic=pb.Topic.ValueType(topic),
        metric_id=metric_id,
        area_code=CITY,
        text="尚无公示标准，请协商",
    )
    consultation: pb.Consultation = suite.as_(UNION).consultations.OpenConsultation(request).consultation
    return consultation


def offer(
    suite: Suite, party: str, consultation: pb.Consultation, value: float, end_m: int = 0
) -> pb.Consultation:
    days = (CLOCK.now_ms // 1_000 + 8 * 3_600) // 86_400 + 2
    request = pb.MakeOfferRequest(
        request_id=suite.request_id(),
        consultation_id=consultation.consultation_id,
        thresholds=[
            pb.ProposedThreshold(
                metric_id=consultation.metric_id,
                area_code=CITY,
                service=FOOD,
                value=value,
                distance_end_m=end_m,
            )
        ],
        effective_time=Timestamp(seconds=days * 86_400 - 8 * 3_600),
    )
    made: pb.Consultation = suite.as_(party).consultations.MakeOffer(request).consultation
    return made


def pack_of(suite: Suite, consultation: pb.Consultation, party: str = UNION) -> pb.Pack:
    request = pb.GetConsultationRequest(consultation_id=consultation.consultation_id)
    pack: pb.Pack = suite.as_(party).consultations.GetConsultation(request).pack
    return pack


def table_of(pack: pb.Pack, section_id: str) -> list[dict[str, Any]]:
    (section,) = [each for each in pack.sections if each.section_id == section_id]
    names = [column.name for column in section.table.columns]
    cells = (
        [
            {"number": cell.number, "text": cell.text.zh, None: None}[cell.WhichOneof("value")]
            for cell in row.cells
        ]
        for row in section.table.rows
    )
    return [dict(zip(names, row, strict=True)) for row in cells]


def test_the_pack_shows_the_middle_and_an_agreement_declares_the_first_threshold(paid: Suite) -> None:
    refused = refusal(
        lambda: paid.as_("tangshan").algo_audit.RunAudit(
            algo_audit_pb2.RunAuditRequest(area_code=CITY, metric_id="on_time_rate")
        )
    )
    assert refused.reason == "NO_THRESHOLDS"
    consultation = opened(paid, "on_time_rate")
    pack = pack_of(paid, consultation)
    (row,) = table_of(pack, "undeclared")
    assert (row["platform"], row["service"], row["workers"]) == ("swift", "外卖配送", 12)
    assert row["p50"] == pytest.approx(70), "7 of 10 orders within 14 minutes: the others', steady's"
    assert row["middle_low"] <= row["at_middle"] <= row["middle_high"]
    assert [each.section_id for each in pack.sections if each.section_id == "standing"] == []

    offered = offer(paid, UNION, consultation, 0.7)
    (effect,) = offered.offers[-1].effects
    document = pb.RenderPackRequest(
        consultation_id=consultation.consultation_id, format=pb.PACK_FORMAT_PDF, language=pb.LANGUAGE_ZH
    )
    assert paid.as_(UNION).consultations.RenderPack(document).content.startswith(b"%PDF")
    assert effect.what_if.attainment == 1
    assert not effect.HasField("declared")
    assert effect.HasField("middle")
    assert effect.what_if.workers == 12, "swift's own"
    accept = pb.AcceptOfferRequest(
        request_id=paid.request_id(), consultation_id=consultation.consultation_id, offer_number=1
    )
    agreed = paid.as_("swift").consultations.AcceptOffer(accept).consultation
    assert agreed.state == pb.CONSULTATION_STATE_AGREED

    def declared() -> list[registry_pb2.Threshold]:
        answer = paid.as_(UNION).registry.ListThresholds(registry_pb2.ListThresholdsRequest())
        return [each for each in answer.thresholds if each.metric_id == "on_time_rate"]

    eventually(lambda: len(declared()) == 1)
    (threshold,) = declared()
    assert (threshold.platform_id, threshold.value) == ("swift", 0.7)
    assert threshold.effective_time == agreed.offers[0].effective_time


@pytest.mark.parametrize("metric_id", ["completion_rate", "daily_orders", "implied_speed", "piece_rate"])
def test_a_union_opens_on_whatever_is_measured(paid: Suite, metric_id: str) -> None:
    rows = table_of(pack_of(paid, opened(paid, metric_id)), "undeclared")
    assert rows
    assert all(row["middle_low"] <= row["middle_high"] and row["workers"] >= 10 for row in rows)
    assert all((row["floor"] is not None) == (metric_id == "implied_speed") for row in rows)


def test_an_offer_of_least_earnings_shows_how_many_earn_less(paid: Suite) -> None:
    consultation = opened(paid, "hourly_earnings", pb.TOPIC_INCOME_AND_COMMISSION)
    (row,) = table_of(pack_of(paid, consultation), "undeclared")
    middle = row["p50"] * 100
    shares = [
        effect.what_if.attainment
        for value in (middle / 2, middle, middle * 2)
        for effect in offer(paid, UNION, consultation, value).offers[-1].effects
    ]
    assert shares[0] < 0.5 <= shares[1] < shares[2] == 1
    pack = pack_of(paid, consultation)
    (section,) = [each for each in pack.sections if each.section_id == "offer-effects"]
    said = [text.zh for text in section.text if "尚无公示标准" in text.zh]
    assert len(said) == 3
    assert "所得不高于该标准的劳动者占比为" in said[0]
    assert {offered["area"] for offered in table_of(pack, "offers")} == {"唐山市"}, "no bare code"


def test_an_offer_for_distances_without_a_threshold_has_its_effect_too(suite: Suite) -> None:
    """Declared up to 2 km only: what is offered beyond is told of, and held against the floor."""
    for platform in ("swift", "steady"):
        suite.submit(platform, deliveries(platform, distance_m=2_500, shortest=14, start="09:10"))
    declare(suite, "swift", 9)
    consultation = opened(suite, "delivery_time", pb.TOPIC_TIME_AND_ROUTING)
    assert [row["cohort"] for row in table_of(pack_of(suite, consultation), "undeclared")] == ["2–3 公里"]
    offered = offer(suite, UNION, consultation, 20 * 60, end_m=3_000)
    effects = {each.cohort: each for each in offered.offers[-1].effects}
    assert effects["1000-2000"].HasField("declared")
    assert effects["2000-3000"].what_if.orders == 120
    assert not effects["2000-3000"].HasField("declared")
    refused = refusal(lambda: offer(suite, "swift", consultation, 12 * 60, end_m=3_000))
    assert (refused.code, refused.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "BELOW_FLOOR")
    assert "2000-3000" in refused.message, "where 13 minutes are the least that is lawful"


def test_any_threshold_can_be_asked_about_where_nothing_is_declared(paid: Suite) -> None:
    consultation = opened(paid, "on_time_rate")
    (row,) = table_of(pack_of(paid, consultation), "undeclared")
    for party in (UNION, "swift", "tangshan"):
        audits = paid.as_(party).algo_audit
        cohort = algo_audit_pb2.CohortRef(
            audit_id=consultation.audit_id, platform_id="swift", cohort="all", service=FOOD
        )
        frontier = audits.GetFrontier(algo_audit_pb2.GetFrontierRequest(cohort=cohort, points=5))
        assert [point.threshold for point in frontier.points] == sorted(
            point.threshold for point in frontier.points
        )
        assert frontier.declared == 0
        assert frontier.p50 * 100 == pytest.approx(row["p50"])
        for threshold in (0.3, 0.7, 1.0):
            answer = audits.GetWhatIf(algo_audit_pb2.GetWhatIfRequest(cohort=cohort, threshold=threshold))
            assert answer.what_if.attainment == (1 if threshold <= 0.7 else 0)
            assert not answer.HasField("declared")
            assert not answer.what_if.HasField("penalty_fen")
        cohort.cohort = "nowhere"
        refused = refusal(
            lambda audits=audits, cohort=cohort: audits.GetWhatIf(  # type: ignore[misc]
                algo_audit_pb2.GetWhatIfRequest(cohort=cohort, threshold=0.5)
            )
        )
        assert (refused.reason, refused.field) == ("COHORT_NOT_FOUND", "cohort")


def test_a_metric_of_which_nobody_said_anything_opens_nothing(suite: Suite) -> None:
    """Orders without pay: there is no piece rate in them, and so nothing to put on the table."""
    refused = refusal(lambda: opened(suite, "piece_rate", pb.TOPIC_INCOME_AND_COMMISSION))
    assert (refused.code, refused.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "METRIC_WITHOUT_DATA")
    for message in (refused.message, refused.zh):
        assert all(word in message for word in ("piece_rate", CITY, "2026-03-16"))
    listed = suite.as_(UNION).consultations.ListConsultations(pb.ListConsultationsRequest())
    assert not listed.consultations
