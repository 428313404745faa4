"""What the fake suite says of thresholds, what-ifs, consultations, appeals: real steps, made-up figures."""

# ruff: noqa: N802 (RPCs have the names the contract gives them)

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from kit.errors import AlreadyExistsError, FailedPreconditionError, InvalidArgumentError, NotFoundError
from kit.security.caller import Role, current_caller
from quzhong.api.algo_audit.v1 import algo_audit_pb2 as audit_pb
from quzhong.api.algo_audit.v1 import appeals_pb2 as appeals_pb
from quzhong.api.algo_audit.v1 import appeals_pb2_grpc as appeals_grpc
from quzhong.api.algo_audit.v1 import consultation_pb2 as pb
from quzhong.api.algo_audit.v1 import consultation_pb2_grpc as grpc_
from quzhong.api.events.v1 import events_pb2
from quzhong.api.registry.v1 import registry_pb2
from tests.support.fake_suite import data
from tests.support.fake_suite.registry import CONSULTATION_ID

OPEN_ID = "con-9d04"
APPEAL_ID = "appeal-31"
ANSWERED_ID = "appeal-12"
WORKER = "nm3ySL0yqT8hS2eVfV5mUQ"
NOW_MS = data.at("2026-03-20 09:00")
SIGMA = 0.32
WEEK_MS = 7 * 24 * data.HOUR_MS

METRICS = (
    ("delivery_time", "配送时长（接单至送达）", "delivery time (accepted to completed)", "s"),
    ("daily_orders", "日完成单量", "orders completed a day", "orders/day"),
    ("commission_share", "抽成比例", "commission share", "share"),
)


def threshold_id(platform: str, metric: str, band: str) -> str:
    return f"{platform}.{metric}.{data.AREA}.food_delivery.{band}"


def full_audit(audit_id: str = "audit-1", create: str = "2026-03-16 20:00") -> audit_pb.Audit:
    """``data.audit`` with all that an audit tells beside its cohorts."""
    audit = data.audit(audit_id, data.at(create))
    audit.period_start_time.CopyFrom(data.moment(data.at("2026-02-01 00:00")))
    audit.period_end_time.CopyFrom(data.moment(data.at("2026-03-01 00:00")))
    for row in audit.cohorts:
        row.threshold_id = threshold_id(row.platform_id, audit.metric_id, row.cohort)
        row.keys.extend(
            [
                audit_pb.CohortKey(key="service", value="food-delivery", name=data.both("外卖配送", "food")),
                audit_pb.CohortKey(key="distance", value=row.cohort, name=row.cohort_name),
            ]
        )
    audit.ratchets.append(_ratchet())
    audit.applied.append(
        audit_pb.AppliedRule(
            platform_id="kuaida",
            metric_id="delivery_time",
            cohort="3000-5000",
            cohort_name=data.both("3–5 公里", "3–5 km"),
            declared=1_260,
            applied=1_200,
            orders=2_400,
            workers=210,
            stricter_share=0.34,
            undeclared=True,
        )
    )
    audit.parity.extend(_parity())
    audit.pay.extend(_pay())
    audit.data_issues.append(
        audit_pb.DataIssue(
            platform_id="wenbu",
            reason="GROUPS_MISSING",
            text=data.both("未提供从业时长", "time on the platform is missing"),
            orders=1_230,
        )
    )
    return audit


def orders_audit() -> audit_pb.Audit:
    """Of orders a day: high is strict, and there is no distance and no floor."""
    audit = audit_pb.Audit(
        audit_id="audit-orders",
        metric_id="daily_orders",
        metric_name=data.both("日完成单量", "orders completed a day"),
        unit="orders/day",
        area_code=data.AREA,
        create_time=data.moment(data.at("2026-03-15 20:00")),
        middle_band=audit_pb.Interval(low=0.4, high=0.6),
    )
    for platform, declared, verdict in (
        ("kuaida", 45, audit_pb.VERDICT_STRICTEST),
        ("wenbu", 30, audit_pb.VERDICT_WITHIN_MIDDLE),
    ):
        audit.cohorts.append(
            audit_pb.CohortAudit(
                platform_id=platform,
                area_code=data.AREA,
                cohort="",
                cohort_name=data.both("外卖配送", "food delivery"),
                declared=declared,
                threshold_version=1,
                threshold_id=threshold_id(platform, "daily_orders", "0-"),
                verdict=verdict,
                reference=audit_pb.REFERENCE_OTHERS,
                figures=audit_pb.CohortFigures(
                    orders=41_000,
                    workers=640,
                    p50=31,
                    p50_interval=audit_pb.Interval(low=30, high=math.inf),
                    attainment=0.12 if declared > 40 else 0.55,
                    attainment_interval=audit_pb.Interval(low=0.1, high=0.6),
                    middle=audit_pb.Interval(low=29, high=33),
                ),
            )
        )
    return audit


def _ratchet() -> audit_pb.Ratchet:
    start = data.at("2025-12-01 00:00")
    limits = [1_500, 1_500, 1_490, 1_440, 1_440, 1_380, 1_390, 1_340, 1_330, 1_290, 1_270, 1_260]
    return audit_pb.Ratchet(
        platform_id="kuaida",
        cohort="3000-5000",
        cohort_name=data.both("3–5 公里", "3–5 km"),
        times=[data.moment(start + number * WEEK_MS) for number in range(len(limits))],
        limits=limits,
        slope=-102,
        slope_interval=audit_pb.Interval(low=-117, high=-88),
        p_value=0.0001,
        adjusted_p_value=0.0004,
        tightening=True,
    )


def _parity() -> list[audit_pb.Parity]:
    rows = (
        ("employment_form", "self-employed", ("自主经营", "self-employed"), 0.31, 0.48, 0.65, 0.72, True),
        (
            "employment_form",
            "not-fully",
            ("不完全符合", "not fully a relation"),
            0.44,
            0.48,
            0.92,
            1.3,
            False,
        ),
        (
            "tenure_band",
            "under-3-months",
            ("不满 3 个月", "under 3 months"),
            0.36,
            0.47,
            0.77,
            math.inf,
            False,
        ),
    )
    return [
        audit_pb.Parity(
            platform_id="kuaida",
            metric_id="delivery_time",
            grouping=grouping,
            group=group,
            group_name=data.both(*name),
            reference_group="labour-relation",
            workers=240,
            orders=9_800,
            value=value,
            reference_value=best,
            ratio=ratio,
            ratio_interval=audit_pb.Interval(low=ratio - 0.07, high=high),
            disparate=disparate,
        )
        for grouping, group, name, value, best, ratio, high, disparate in rows
    ]


def _pay() -> list[audit_pb.PayStanding]:
    return [
        audit_pb.PayStanding(
            platform_id=platform,
            cohort="",
            cohort_name=data.both("外卖配送", "food delivery"),
            workers=workers,
            p10=p50 * 0.7,
            p50=p50,
            p90=p50 * 1.5,
            p50_interval=audit_pb.Interval(low=p50 * 0.97, high=p50 * 1.03),
            minimum_wage=2_200,
            minimum_wage_source="冀人社发〔2025〕1号",
            share_below=below,
            underpaid=below > 0.2,
        )
        for platform, workers, p50, below in (("kuaida", 420, 2_450, 0.31), ("wenbu", 180, 3_150, 0.04))
    ]


def metrics() -> audit_pb.ListMetricsResponse:
    return audit_pb.ListMetricsResponse(
        metrics=[
            audit_pb.Metric(metric_id=metric_id, name=data.both(zh, en), unit=unit)
            for metric_id, zh, en, unit in METRICS
        ]
    )


def thresholds(request: registry_pb2.ListThresholdsRequest) -> registry_pb2.ListThresholdsResponse:
    """Kuaida's 3–5 km in three versions, one of them agreed on; and a commission that no audit has judged."""
    versions = [
        ("delivery_time", "3000-5000", 1, 1_500.0, "2025-10-01", ""),
        ("delivery_time", "3000-5000", 2, 1_380.0, "2026-01-05", CONSULTATION_ID),
        ("delivery_time", "3000-5000", 3, 1_260.0, "2026-02-10", ""),
        ("commission_share", "0-", 1, 0.185, "2025-10-01", ""),
    ]
    found = []
    for metric, band, version, value, day, agreed in versions:
        start, _, end = band.partition("-")
        found.append(
            registry_pb2.Threshold(
                threshold_id=threshold_id("kuaida", metric, band),
                version=version,
                platform_id="kuaida",
                metric_id=metric,
                area_code=data.AREA,
                service=events_pb2.SERVICE_KIND_FOOD_DELIVERY,
                distance_start_m=int(start),
                distance_end_m=int(end or 0),
                value=value,
                effective_time=data.moment(data.at(f"{day} 00:00")),
                consultation_id=agreed,
            )
        )
    return registry_pb2.ListThresholdsResponse(
        thresholds=[
            each
            for each in found
            if request.platform_id in ("", each.platform_id) and request.metric_id in ("", each.metric_id)
        ]
    )


def what_if(row: audit_pb.CohortAudit, threshold: float) -> audit_pb.WhatIf:
    """Log-normal, as ``data.audit`` draws it."""
    attained = 0.5 * (1 + math.erf(math.log(max(threshold, 1) / row.figures.p50) / (SIGMA * math.sqrt(2))))
    if attained < 0.35:
        verdict = audit_pb.VERDICT_STRICTEST
    elif attained < 0.4:
        verdict = audit_pb.VERDICT_STRICTER
    else:
        verdict = audit_pb.VERDICT_WITHIN_MIDDLE if attained <= 0.6 else audit_pb.VERDICT_LAXER
    missed = round(row.figures.orders * (1 - attained), -1)
    return audit_pb.WhatIf(
        threshold=threshold,
        attainment=attained,
        attainment_interval=audit_pb.Interval(low=attained * 0.95, high=min(attained * 1.05, 1)),
        orders=row.figures.orders,
        orders_affected=int(missed),
        workers=row.figures.workers,
        workers_affected=int(round(row.figures.workers * min(1, 1.4 * (1 - attained)), -1)),
        below_floor=threshold < row.floor,
        verdict=verdict,
        penalty_fen=int(missed) * 60,
    )


def _row(audits: list[audit_pb.Audit], cohort: audit_pb.CohortRef) -> audit_pb.CohortAudit:
    for audit in audits:
        for row in audit.cohorts:
            if (audit.audit_id, row.platform_id, row.cohort) == (
                cohort.audit_id,
                cohort.platform_id,
                cohort.cohort,
            ):
                if row.suppressed:
                    raise FailedPreconditionError("too small", zh="样本太少", reason="COHORT_SUPPRESSED")
                return row
    raise NotFoundError("cohort: there is none such", zh="没有该分组", field="cohort")


def answer_what_if(
    audits: list[audit_pb.Audit], request: audit_pb.GetWhatIfRequest
) -> audit_pb.GetWhatIfResponse:
    row = _row(audits, request.cohort)
    return audit_pb.GetWhatIfResponse(
        what_if=what_if(row, request.threshold),
        declared=what_if(row, row.declared),
        middle=row.figures.middle,
        p50=row.figures.p50,
        floor=row.floor,
    )


def answer_frontier(
    audits: list[audit_pb.Audit], request: audit_pb.GetFrontierRequest
) -> audit_pb.GetFrontierResponse:
    row = _row(audits, request.cohort)
    low, high = row.figures.p50 * 0.45, row.figures.p50 * 2
    steps = [low + (high - low) * number / (request.points - 1) for number in range(request.points)]
    return audit_pb.GetFrontierResponse(
        points=[what_if(row, each) for each in steps],
        middle=row.figures.middle,
        p50=row.figures.p50,
        floor=row.floor,
        declared=row.declared,
    )


def _step(at: str, side: pb.Side.ValueType, party: str, action: str, text: str = "") -> pb.ConsultationStep:
    return pb.ConsultationStep(
        create_time=data.moment(data.at(at)), side=side, party_id=party, action=action, text=text
    )


def first_consultations() -> dict[str, pb.Consultation]:
    """One that agreed on a rule, and one under way with an offer of each side."""
    agreed = pb.Consultation(
        consultation_id=CONSULTATION_ID,
        platform_id="kuaida",
        union_id="tangshan-union",
        topic=pb.TOPIC_INCOME_AND_COMMISSION,
        metric_id="commission_share",
        area_code=data.AREA,
        state=pb.CONSULTATION_STATE_AGREED,
        create_time=data.moment(data.at("2026-02-01 09:00")),
        end_time=data.moment(data.at("2026-02-20 17:00")),
        history=[
            _step("2026-02-01 09:00", pb.SIDE_UNION, "tangshan-union", "OPENED", "请说明抽成依据"),
            _step("2026-02-10 09:00", pb.SIDE_UNION, "tangshan-union", "OFFERED"),
            _step("2026-02-20 17:00", pb.SIDE_PLATFORM, "kuaida", "AGREED"),
        ],
        offers=[
            pb.Offer(
                number=1,
                side=pb.SIDE_UNION,
                party_id="tangshan-union",
                thresholds=[
                    pb.ProposedThreshold(
                        metric_id="commission_share",
                        area_code=data.AREA,
                        service=events_pb2.SERVICE_KIND_FOOD_DELIVERY,
                        value=0.15,
                    )
                ],
                effective_time=data.moment(data.at("2026-03-10 00:00")),
                create_time=data.moment(data.at("2026-02-10 09:00")),
            )
        ],
        accepted_offer=1,
    )
    going_on = pb.Consultation(
        consultation_id=OPEN_ID,
        platform_id="kuaida",
        union_id="tangshan-union",
        topic=pb.TOPIC_TIME_AND_ROUTING,
        metric_id="delivery_time",
        area_code=data.AREA,
        period_start_time=data.moment(data.at("2026-02-01 00:00")),
        period_end_time=data.moment(data.at("2026-03-01 00:00")),
        state=pb.CONSULTATION_STATE_OPEN,
        opened_by=pb.SIDE_UNION,
        create_time=data.moment(data.at("2026-03-10 09:00")),
        audit_id="audit-1",
        history=[
            _step(
                "2026-03-10 09:00",
                pb.SIDE_UNION,
                "tangshan-union",
                "OPENED",
                "3–5 公里限时低于多数骑手依法可达到的时间，请说明依据并放宽。",
            )
        ],
    )
    for at, side, party, factor, text in (
        ("2026-03-12 10:00", pb.SIDE_UNION, "tangshan-union", 1.0, "取中位数为限，恶劣天气另行放宽。"),
        ("2026-03-14 15:30", pb.SIDE_PLATFORM, "kuaida", 0.86, "可分两步放宽，先到此水平。"),
    ):
        values = [
            _proposed(row.cohort, round(row.figures.p50 * factor / 30) * 30)
            for row in _pack_rows("kuaida", "delivery_time")
            if row.HasField("figures")
        ]
        _offer(going_on, side, party, values, data.at("2026-04-01 00:00"), text, data.at(at))
    return {each.consultation_id: each for each in (agreed, going_on)}


def _proposed(band: str, value: float) -> pb.ProposedThreshold:
    start, _, end = band.partition("-")
    return pb.ProposedThreshold(
        metric_id="delivery_time",
        area_code=data.AREA,
        service=events_pb2.SERVICE_KIND_FOOD_DELIVERY,
        distance_start_m=int(start),
        distance_end_m=int(end) if end.isdigit() else 0,
        value=value,
    )


def _pack_rows(platform_id: str, metric_id: str) -> list[audit_pb.CohortAudit]:
    audit = full_audit() if metric_id == "delivery_time" else orders_audit()
    return [row for row in audit.cohorts if row.platform_id == platform_id and metric_id == audit.metric_id]


def _offer(
    consultation: pb.Consultation,
    side: pb.Side.ValueType,
    party: str,
    values: list[pb.ProposedThreshold],
    effective_ms: int,
    text: str,
    now_ms: int,
) -> None:
    rows = {
        row.cohort.split("-")[0]: row for row in _pack_rows(consultation.platform_id, consultation.metric_id)
    }
    offer = consultation.offers.add(
        number=len(consultation.offers) + 1,
        side=side,
        party_id=party,
        thresholds=values,
        effective_time=data.moment(effective_ms),
        text=text,
        create_time=data.moment(now_ms),
    )
    for number, each in enumerate(values):
        row = rows.get(str(each.distance_start_m))
        if row is None or not row.HasField("figures"):
            continue
        offer.effects.add(
            cohort=row.cohort,
            cohort_name=row.cohort_name,
            what_if=what_if(row, each.value),
            declared=what_if(row, row.declared),
            threshold_index=number,
            middle=row.figures.middle,
            floor=row.floor,
        )
    consultation.history.add(
        create_time=data.moment(now_ms), side=side, party_id=party, action="OFFERED", text=text
    )


@dataclass
class Consultations(grpc_.ConsultationServiceServicer):
    """Steps are kept; the clock stands still."""

    kept: dict[str, pb.Consultation] = field(default_factory=first_consultations)

    def OpenConsultation(
        self, request: pb.OpenConsultationRequest, context: Any
    ) -> pb.OpenConsultationResponse:
        for each in self.kept.values():
            same = (each.platform_id, each.metric_id) == (request.platform_id, request.metric_id)
            if same and each.state == pb.CONSULTATION_STATE_OPEN:
                raise AlreadyExistsError(
                    f"metric_id: {each.consultation_id} is open on {each.metric_id}; go on with it",
                    zh=f"metric_id：就该指标的协商 {each.consultation_id} 尚在进行；请继续该协商",
                    field="metric_id",
                    reason="CONSULTATION_OPEN",
                    metadata={"consultation_id": each.consultation_id},
                )
        side = _side()
        consultation = pb.Consultation(
            consultation_id=f"con-new-{len(self.kept)}",
            platform_id=request.platform_id,
            union_id=request.union_id,
            topic=request.topic,
            metric_id=request.metric_id,
            area_code=request.area_code,
            state=pb.CONSULTATION_STATE_OPEN,
            opened_by=side,
            create_time=data.moment(NOW_MS),
            history=[
                pb.ConsultationStep(
                    create_time=data.moment(NOW_MS),
                    side=side,
                    party_id=current_caller().party_id,
                    action="OPENED",
                    text=request.text,
                )
            ],
        )
        for name in ("period_start_time", "period_end_time"):
            if request.HasField(name):
                getattr(consultation, name).CopyFrom(getattr(request, name))
        self.kept[consultation.consultation_id] = consultation
        return pb.OpenConsultationResponse(consultation=consultation)

    def GetConsultation(self, request: pb.GetConsultationRequest, context: Any) -> pb.GetConsultationResponse:
        consultation = self._found(request.consultation_id)
        audit = full_audit() if consultation.metric_id == "delivery_time" else orders_audit()
        if consultation.consultation_id == CONSULTATION_ID:
            audit = audit_pb.Audit(unit="share", metric_name=data.both("抽成比例", "commission share"))
        words = data.both(
            "5 个分组中，3 个的限时属于最严算法；3–5 公里仅 8% 的订单可以达到。",
            "In 3 of 5 cohorts the limit is a strictest algorithm; at 3–5 km 8 % of orders can meet it.",
        )
        return pb.GetConsultationResponse(
            consultation=consultation,
            pack=pb.Pack(audit=audit, sections=[pb.PackSection(section_id="summary", text=[words])]),
        )

    def ListConsultations(
        self, request: pb.ListConsultationsRequest, context: Any
    ) -> pb.ListConsultationsResponse:
        return pb.ListConsultationsResponse(
            consultations=[
                each
                for each in self.kept.values()
                if request.platform_id in ("", each.platform_id) and request.state in (0, each.state)
            ]
        )

    def MakeOffer(self, request: pb.MakeOfferRequest, context: Any) -> pb.MakeOfferResponse:
        consultation = self._standing(request.consultation_id)
        if not request.thresholds:
            raise InvalidArgumentError(
                "thresholds: 0 thresholds; an offer has 1–50",
                zh="thresholds：共 0 个标准；每个方案应含 1–50 个",
                field="thresholds",
                reason="THRESHOLDS_MISSING",
            )
        rows = {
            row.cohort.split("-")[0]: row
            for row in _pack_rows(consultation.platform_id, consultation.metric_id)
        }
        for number, each in enumerate(request.thresholds):
            row = rows.get(str(each.distance_start_m))
            if row is not None and each.value < row.floor:
                raise InvalidArgumentError(
                    f"thresholds[{number}].value: below the floor of feasibility, {row.floor:g} s",
                    zh=f"thresholds[{number}].value：低于可行下限 {row.floor:g} 秒，请勿提出更严的标准",
                    field=f"thresholds[{number}].value",
                    reason="BELOW_FLOOR",
                )
        effective_ms = request.effective_time.ToMilliseconds()
        party = current_caller().party_id
        _offer(consultation, _side(), party, list(request.thresholds), effective_ms, request.text, NOW_MS)
        return pb.MakeOfferResponse(consultation=consultation)

    def AcceptOffer(self, request: pb.AcceptOfferRequest, context: Any) -> pb.AcceptOfferResponse:
        consultation = self._standing(request.consultation_id)
        if request.offer_number != len(consultation.offers):
            raise FailedPreconditionError(
                "offer_number: not the latest offer",
                zh="offer_number：不是最新方案",
                reason="OFFER_NOT_LATEST",
            )
        consultation.accepted_offer = request.offer_number
        self._end(consultation, pb.CONSULTATION_STATE_AGREED, "AGREED", request.text)
        return pb.AcceptOfferResponse(consultation=consultation)

    def FailConsultation(
        self, request: pb.FailConsultationRequest, context: Any
    ) -> pb.FailConsultationResponse:
        consultation = self._standing(request.consultation_id)
        self._end(consultation, pb.CONSULTATION_STATE_FAILED, "FAILED", request.text)
        return pb.FailConsultationResponse(consultation=consultation)

    def RenderPack(self, request: pb.RenderPackRequest, context: Any) -> pb.RenderPackResponse:
        self._found(request.consultation_id)
        kind, name = {
            pb.PACK_FORMAT_PDF: ("application/pdf", "pack.pdf"),
            pb.PACK_FORMAT_CSV_ZIP: ("application/zip", "pack.zip"),
        }.get(request.format, ("application/vnd.apache.parquet", "pack.parquet"))
        language = pb.Language.Name(request.language)
        return pb.RenderPackResponse(content=language.encode(), content_type=kind, file_name=name)

    def ListDuties(self, request: pb.ListDutiesRequest, context: Any) -> pb.ListDutiesResponse:
        return pb.ListDutiesResponse(
            duties=[
                pb.Duty(
                    platform_id="kuaida",
                    last_end_time=data.moment(data.at("2026-02-20 17:00")),
                    due_time=data.moment(data.at("2099-02-20 17:00")),
                    open_consultation_id=OPEN_ID,
                ),
                pb.Duty(platform_id="wenbu", due_time=data.moment(data.at("2026-01-31 00:00")), overdue=True),
            ]
        )

    def _found(self, consultation_id: str) -> pb.Consultation:
        if consultation_id not in self.kept:
            raise NotFoundError("consultation_id: there is none such", zh="没有这次协商")
        return self.kept[consultation_id]

    def _standing(self, consultation_id: str) -> pb.Consultation:
        consultation = self._found(consultation_id)
        if consultation.state != pb.CONSULTATION_STATE_OPEN:
            raise FailedPreconditionError(
                "consultation_id: it has ended", zh="该协商已结束", reason="CONSULTATION_ENDED"
            )
        return consultation

    def _end(
        self, consultation: pb.Consultation, state: pb.ConsultationState.ValueType, action: str, text: str
    ) -> None:
        consultation.state = state
        consultation.end_time.CopyFrom(data.moment(NOW_MS))
        consultation.history.add(
            create_time=data.moment(NOW_MS),
            side=_side(),
            party_id=current_caller().party_id,
            action=action,
            text=text,
        )


def _side() -> pb.Side.ValueType:
    return pb.SIDE_UNION if current_caller().role is Role.UNION else pb.SIDE_PLATFORM


def first_appeals() -> dict[str, appeals_pb.Appeal]:
    """One that waits and is late, and one that was upheld."""
    late = appeals_pb.Appeal(
        appeal_id=APPEAL_ID,
        platform_id="kuaida",
        worker_id=WORKER,
        order_id="kd-20260301-0881",
        penalty_fen=1_500,
        grounds="暴雨封路，限时未放宽，仍被扣罚。",
        filed_by="tangshan-union",
        create_time=data.moment(data.at("2026-03-02 09:00")),
        due_time=data.moment(data.at("2026-03-17 09:00")),
        state=appeals_pb.APPEAL_STATE_FILED,
        overdue=True,
    )
    upheld = appeals_pb.Appeal()
    upheld.CopyFrom(late)
    upheld.appeal_id, upheld.order_id, upheld.overdue = ANSWERED_ID, "", False
    upheld.state, upheld.reply = appeals_pb.APPEAL_STATE_UPHELD, "核实属实，已退还。"
    upheld.reply_time.CopyFrom(data.moment(data.at("2026-03-05 11:00")))
    return {each.appeal_id: each for each in (upheld, late)}


@dataclass
class Appeals(appeals_grpc.AppealServiceServicer):
    kept: dict[str, appeals_pb.Appeal] = field(default_factory=first_appeals)

    def FileAppeal(
        self, request: appeals_pb.FileAppealRequest, context: Any
    ) -> appeals_pb.FileAppealResponse:
        for each in self.kept.values():
            if each.order_id == request.order_id and each.state == appeals_pb.APPEAL_STATE_FILED:
                raise AlreadyExistsError(
                    "order_id: the penalty is appealed against already",
                    zh="order_id：该罚款已有未答复的申诉",
                    field="order_id",
                    reason="APPEAL_EXISTS",
                    metadata={"appeal_id": each.appeal_id},
                )
        appeal = appeals_pb.Appeal(
            appeal_id=f"appeal-new-{len(self.kept)}",
            platform_id=request.platform_id,
            worker_id=request.worker_id,
            order_id=request.order_id,
            penalty_fen=request.penalty_fen,
            grounds=request.grounds,
            filed_by=current_caller().party_id,
            create_time=data.moment(NOW_MS),
            due_time=data.moment(NOW_MS + 15 * 24 * data.HOUR_MS),
            state=appeals_pb.APPEAL_STATE_FILED,
        )
        self.kept[appeal.appeal_id] = appeal
        return appeals_pb.FileAppealResponse(appeal=appeal)

    def ReplyToAppeal(
        self, request: appeals_pb.ReplyToAppealRequest, context: Any
    ) -> appeals_pb.ReplyToAppealResponse:
        appeal = self._found(request.appeal_id)
        if not request.outcome:
            raise InvalidArgumentError("outcome: missing", zh="outcome：缺失", field="outcome")
        appeal.state, appeal.reply = request.outcome, request.reply
        appeal.reply_time.CopyFrom(data.moment(NOW_MS))
        return appeals_pb.ReplyToAppealResponse(appeal=appeal)

    def GetAppeal(self, request: appeals_pb.GetAppealRequest, context: Any) -> appeals_pb.GetAppealResponse:
        return appeals_pb.GetAppealResponse(appeal=self._found(request.appeal_id))

    def ListAppeals(
        self, request: appeals_pb.ListAppealsRequest, context: Any
    ) -> appeals_pb.ListAppealsResponse:
        return appeals_pb.ListAppealsResponse(
            appeals=[
                each
                for each in self.kept.values()
                if request.platform_id in ("", each.platform_id)
                and request.state in (0, each.state)
                and (each.overdue or not request.overdue_only)
            ]
        )

    def _found(self, appeal_id: str) -> appeals_pb.Appeal:
        if appeal_id not in self.kept:
            raise NotFoundError("appeal_id: there is none such", zh="没有这件申诉")
        return self.kept[appeal_id]
