"""Findings as the contract says them, and what workhours' findings say of workers over their hours."""

from __future__ import annotations

from dataclasses import asdict, fields

from quzhong.api.events.v1 import findings_pb2
from services.algo_audit.core.audit import METHOD_VERSION
from services.algo_audit.core.charge_rules import DISPARITY_RULE, RATCHET_RULE, UNDECLARED_RULE, WAGE_RULE
from services.algo_audit.core.evidence import Evidence, Figure
from services.algo_audit.core.findings import Finding, FindingState
from services.algo_audit.core.threshold_rules import FLOOR_RULE, STRICTEST_RULE
from services.algo_audit.ports import OverHoursSpan
from services.algo_audit.wire import text, timestamp

PACK_ID = "algo-audit"
"""What findings name as their rule pack; its version is the method's."""

_CITATIONS = {
    STRICTEST_RULE: text(
        "唐人社字〔2022〕1号 二.8：不得将最严算法作为考核标准。",
        "唐人社字〔2022〕1号 art. 二.8: the strictest algorithm must not be the standard of assessment; "
        "take the middle (算法取中).",
    ),
    FLOOR_RULE: text(
        "唐人社字〔2022〕1号 二.5：不得制定损害劳动者安全健康的考核指标；"
        "《外卖平台服务管理基本要求》：以平均时速不超过 15 公里计算电动自行车配送时间；"
        "《道路交通安全法实施条例》第五十八条：电动自行车在非机动车道内行驶时，最高时速不得超过 15 公里。",
        "唐人社字〔2022〕1号 art. 二.5: no assessment that harms safety and health; Basic requirements "
        "for the service management of food-delivery platforms: e-bike delivery time at no more than "
        "15 km/h on average; Regulation on the Implementation of the Road Traffic Safety Law art. 58: "
        "e-bikes in the non-motor lane at no more than 15 km/h.",
    ),
    RATCHET_RULE: text(
        "唐人社字〔2022〕1号 二.8：不得将最严算法作为考核标准。通过“算法取中”等方式，合理确定考核和奖惩要素，"
        "避免劳动者超强度劳动或由此造成安全伤害。",
        "唐人社字〔2022〕1号 art. 二.8: the strictest algorithm must not be the standard of assessment; take "
        "the middle, so that nobody is driven to overwork or harmed by it.",
    ),
    UNDECLARED_RULE: text(
        "唐人社字〔2022〕1号 二.8：依法依规制定修订直接涉及劳动保障权益的制度规则和平台算法，"
        "就行业订单分配、计件单价、抽成比例、报酬构成及支付、工作时间、奖惩制度等开展协商。",
        "唐人社字〔2022〕1号 art. 二.8: rules and algorithms that touch workers' rights are made by law, and "
        "consulted on: order allocation, piece rates, commission, pay, hours, rewards and penalties.",
    ),
    WAGE_RULE: text(
        "唐人社字〔2022〕1号 二.3：按时足额支付不低于我市最低工资标准的劳动报酬，不得违法克扣或者无故拖欠。",
        "唐人社字〔2022〕1号 art. 二.3: pay in full and on time, no less than the city's minimum wage.",
    ),
    DISPARITY_RULE: text(
        "唐人社字〔2022〕1号 二.1：平台企业应将规范劳动用工、保障劳动权益相关内容列入合作协议必要条款，"
        "并对合作企业保障劳动者权益情况进行监督；二.8：合理确定考核和奖惩要素。",
        "唐人社字〔2022〕1号 art. 二.1: a platform supervises how its partner firms guard workers' rights; "
        "art. 二.8: assessment, rewards and penalties are set reasonably.",
    ),
}


def finding_to_proto(finding: Finding, create_time_ms: int) -> findings_pb2.Finding:
    """The message a finding is on the topic and in the store."""
    said = asdict(finding.evidence)
    said["figures"] = [
        findings_pb2.Figure(
            name=figure.name,
            title=text(figure.title_zh, figure.title_en),
            unit=figure.unit,
            value=figure.value,
            low=figure.low,
            high=figure.high,
        )
        for figure in finding.evidence.figures
    ]
    return findings_pb2.Finding(
        finding_id=finding.finding_id,
        revision=finding.revision,
        state=findings_pb2.FindingState.ValueType(finding.state),
        severity=findings_pb2.SEVERITY_BREACH,
        rule_id=finding.rule_id,
        pack_id=PACK_ID,
        pack_version=METHOD_VERSION,
        platform_id=finding.platform_id,
        area_code=finding.area_code,
        event_time=timestamp(finding.event_time_ms),
        create_time=timestamp(create_time_ms),
        title=text(finding.title_zh, finding.title_en),
        citation=_CITATIONS[finding.rule_id],
        changes=finding.changes,
        audit=findings_pb2.AuditEvidence(**said),
    )


def finding_from_proto(message: findings_pb2.Finding) -> Finding:
    """The finding that ``finding_to_proto`` was given."""
    said = {field.name: getattr(message.audit, field.name) for field in fields(Evidence)}
    said["figures"] = tuple(
        Figure(each.name, each.title.zh, each.title.en, each.unit, each.value, each.low, each.high)
        for each in message.audit.figures
    )
    return Finding(
        finding_id=message.finding_id,
        rule_id=message.rule_id,
        platform_id=message.platform_id,
        area_code=message.area_code,
        event_time_ms=message.event_time.ToMilliseconds(),
        title_zh=message.title.zh,
        title_en=message.title.en,
        evidence=Evidence(**said),
        state=FindingState(message.state),
        revision=message.revision,
        changes=tuple(message.changes),
    )


def over_hours(message: findings_pb2.Finding) -> OverHoursSpan | None:
    """The time a worker worked past a limit; None for findings that say nothing of the kind.

    A revision that reaches no limit any more, as after a correction, takes back what an earlier one said.
    """
    if not message.worker_id or not message.HasField("working_time"):
        return None
    evidence = message.working_time
    past = evidence.HasField("limit_time")
    return OverHoursSpan(
        finding_id=message.finding_id,
        worker_id=message.worker_id,
        start_ms=(evidence.limit_time if past else evidence.spell_end_time).ToMilliseconds(),
        end_ms=evidence.spell_end_time.ToMilliseconds(),
        stands=past and message.state == findings_pb2.FINDING_STATE_STANDS,
    )
