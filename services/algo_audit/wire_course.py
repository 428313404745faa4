"""The course of a consultation as sections of its pack: what was done, what was offered, what was agreed.

The frozen figures stay as they are; these sections follow them, before the note on method.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from google.protobuf.timestamp_pb2 import Timestamp

from quzhong.api.algo_audit.v1 import consultation_pb2 as pb
from quzhong.api.events.v1.findings_pb2 import LocalText
from services.algo_audit.core.metrics import METRICS
from services.algo_audit.core.pack_charges import day
from services.algo_audit.core.pack_units import shown
from services.algo_audit.core.proposal import SERVICES

METHOD_SECTION = "method"
"""Comes last in a pack; the course is put before it."""

_SERVICES_ZH = {1: "外卖配送", 2: "网约车", 3: "快递"}
_SIDES = {pb.SIDE_UNION: ("工会方", "union"), pb.SIDE_PLATFORM: ("平台方", "platform")}
_ACTIONS = {
    "OPENED": ("发起协商", "opened the consultation"),
    "OFFERED": ("提出方案", "made an offer"),
    "AGREED": ("接受方案，达成一致", "accepted the offer: agreed"),
    "FAILED": ("终止协商，未达成一致", "ended the consultation without agreement"),
}
_SHANGHAI = timedelta(hours=8)


def with_course(pack: pb.Pack, consultation: pb.Consultation) -> pb.Pack:
    """A copy of the pack with the course of the consultation so far."""
    whole = pb.Pack()
    whole.CopyFrom(pack)
    course = [_course(consultation)]
    if consultation.offers:
        course.append(_section("offers", "双方方案", "The offers", consultation, consultation.offers))
    if consultation.accepted_offer:
        agreed = consultation.offers[consultation.accepted_offer - 1]
        course.append(_section("agreement", "达成的标准", "The agreement", consultation, [agreed]))
    del whole.sections[:]
    last = [section for section in pack.sections if section.section_id == METHOD_SECTION]
    whole.sections.extend(section for section in pack.sections if section.section_id != METHOD_SECTION)
    whole.sections.extend(course)
    whole.sections.extend(last)
    return whole


def _course(consultation: pb.Consultation) -> pb.PackSection:
    return pb.PackSection(
        section_id="course",
        title=LocalText(zh="协商经过", en="The course of the consultation"),
        text=[_words(step) for step in consultation.history],
        query=_query(consultation),
    )


def _words(step: pb.ConsultationStep) -> LocalText:
    side_zh, side = _SIDES[step.side]
    action_zh, action = _ACTIONS[step.action]
    time = (step.create_time.ToDatetime() + _SHANGHAI).strftime("%Y-%m-%d %H:%M")
    said_zh, said = (f"：“{step.text}”", f": “{step.text}”") if step.text else ("。", ".")
    return LocalText(
        zh=f"{time}（北京时间），{side_zh}（{step.party_id}）{action_zh}{said_zh}",
        en=f"{time} (UTC+8): the {side} ({step.party_id}) {action}{said}",
    )


def _section(
    section_id: str, zh: str, en: str, consultation: pb.Consultation, offers: Iterable[pb.Offer]
) -> pb.PackSection:
    unit = shown(METRICS[consultation.metric_id].unit)
    columns = [
        _column("offer", "方案", "offer", "number"),
        _column("side", "提出方", "by"),
        _column("service", "业务", "service"),
        _column("area", "地区", "area"),
        _column("distance", "距离（米）", "distance (m)"),
        _column("value", "标准", "threshold", unit.unit),
        _column("effective", "生效日期", "from"),
    ]
    rows = [
        pb.PackRow(
            cells=[
                pb.PackCell(number=offer.number),
                _text(*_SIDES[offer.side]),
                _text(_SERVICES_ZH[threshold.service], SERVICES[threshold.service]),
                _text(threshold.area_code),
                _text(_distance(threshold)),
                pb.PackCell(number=unit.number(threshold.value)),
                _text(_day(offer.effective_time)),
            ]
        )
        for offer in offers
        for threshold in offer.thresholds
    ]
    return pb.PackSection(
        section_id=section_id,
        title=LocalText(zh=zh, en=en),
        table=pb.PackTable(columns=columns, rows=rows),
        query=_query(consultation),
    )


def _query(consultation: pb.Consultation) -> str:
    return f'ConsultationService/GetConsultation {{"consultation_id": "{consultation.consultation_id}"}}'


def _column(name: str, zh: str, en: str, unit: str = "") -> pb.PackColumn:
    return pb.PackColumn(name=name, title=LocalText(zh=zh, en=en), unit=unit)


def _text(zh: str, en: str = "") -> pb.PackCell:
    return pb.PackCell(text=LocalText(zh=zh, en=en or zh))


def _distance(threshold: pb.ProposedThreshold) -> str:
    if threshold.distance_end_m:
        return f"{threshold.distance_start_m}–{threshold.distance_end_m}"
    return f"≥ {threshold.distance_start_m}"


def _day(moment: Timestamp) -> str:
    return day(moment.ToMilliseconds())
