"""What the fake suite knows: a small city with every kind of thing the pages show, always the same."""

from __future__ import annotations

import math
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp

from quzhong.api.algo_audit.v1 import algo_audit_pb2 as audit_pb
from quzhong.api.events.v1 import findings_pb2 as findings_pb
from quzhong.api.notify.v1 import notify_pb2 as notify_pb
from quzhong.api.registry.v1 import registry_pb2 as registry_pb

SHANGHAI = ZoneInfo("Asia/Shanghai")
RULE = "cn-food-delivery-2025.continuous-work"
CASE_ID = "case-7d1f0c"
AUDIT_CASE_ID = "case-a41b22"
DUTY_CASE_ID = "case-d0e7"
DUTY_RULE = "registry.report-overdue"
DUTIES = (
    (DUTY_RULE, "kuaida.kuaida.130200.2025Q3", "2025-10-22"),
    ("registry.licence-expired", "L-0042", "2026-02-28"),
)
"""Rule, subject and last day."""
AREA = "130200"
AUDIT_METRIC = "delivery_time"
MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS

PLATFORMS = {
    "kuaida": ("快达外卖", "Kuaida Delivery"),
    "suifeng": ("随风到家", "Suifeng"),
    "wenbu": ("稳步同城", "Wenbu"),
}
AREAS = {
    "130200": ("唐山市", "Tangshan"),
    "130202": ("路南区", "Lunan"),
    "130203": ("路北区", "Lubei"),
    "130205": ("开平区", "Kaiping"),
}


def at(text: str) -> int:
    """``2026-03-16 12:31`` in Shanghai as epoch milliseconds."""
    return int(datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).timestamp() * 1000)


def moment(epoch_ms: int) -> Timestamp:
    return Timestamp(seconds=epoch_ms // 1000, nanos=epoch_ms % 1000 * 1_000_000)


def span(ms: int) -> Duration:
    return Duration(seconds=ms // 1000, nanos=ms % 1000 * 1_000_000)


def both(zh: str, en: str) -> findings_pb.LocalText:
    return findings_pb.LocalText(zh=zh, en=en)


def parties() -> list[registry_pb.Party]:
    return [
        registry_pb.Party(party_id=id, role=registry_pb.ROLE_PLATFORM, name=both(*name), area_codes=[AREA])
        for id, name in PLATFORMS.items()
    ] + [
        registry_pb.Party(
            party_id="tangshan-hrss",
            role=registry_pb.ROLE_REGULATOR,
            name=both("唐山市人社局", "Tangshan HRSS"),
            area_codes=[AREA],
        ),
        registry_pb.Party(
            party_id="tangshan-union",
            role=registry_pb.ROLE_UNION,
            name=both("唐山市总工会", "Tangshan union"),
            area_codes=[AREA],
        ),
    ]


def areas() -> list[registry_pb.Area]:
    return [
        registry_pb.Area(area_code=code, parent_code="" if code == AREA else AREA, name=both(*name))
        for code, name in AREAS.items()
    ]


def alert(
    number: int,
    *,
    severity: findings_pb.Severity.ValueType = findings_pb.SEVERITY_BREACH,
    kind: notify_pb.AlertKind.ValueType = notify_pb.ALERT_KIND_FINDING,
    platform: str = "kuaida",
    area: str = "130203",
    title: tuple[str, str] = ("连续接单超过 4 小时", "More than 4 h of continuous order-taking"),
    case_id: str = CASE_ID,
    rule_id: str = RULE,
) -> notify_pb.Alert:
    """The ``number``-th alert, a minute after the one before."""
    event = at("2026-03-16 11:40") + number * MINUTE_MS
    return notify_pb.Alert(
        alert_id=f"alert-{number:04}",
        kind=kind,
        severity=severity,
        platform_id=platform,
        area_code=area,
        rule_id=rule_id,
        case_id=case_id,
        finding_id=f"finding-{number:04}",
        title=both(*title),
        event_time=moment(event),
        create_time=moment(event + 1_300),
    )


def first_alerts() -> list[notify_pb.Alert]:
    """Oldest first."""
    prompt = ("连续接单即将到达 4 小时", "4 h of continuous order-taking nearly reached")
    reached = ("连续接单已达 4 小时", "4 h of continuous order-taking reached")
    warning = ("已发出警示函：连续工作时间超限", "Warning sent: continuous work beyond the limit")
    amended = ("更正：连续接单超过 4 小时", "Amended: more than 4 h of continuous order-taking")
    return [
        alert(1, severity=findings_pb.SEVERITY_PROMPT, title=prompt, case_id=""),
        alert(2, severity=findings_pb.SEVERITY_LIMIT_REACHED, title=reached, case_id="", area="130202"),
        alert(3),
        alert(4, platform="suifeng", area="130205"),
        alert(5, kind=notify_pb.ALERT_KIND_FINDING_AMENDED, title=amended),
        alert(6, kind=notify_pb.ALERT_KIND_WARNING_SENT, title=warning),
    ]


def working_time_finding(number: int, minutes: tuple[tuple[int, int], ...]) -> findings_pb.Finding:
    """A spell of the given orders: (start, end) in minutes from 07:30."""
    start = at("2026-03-16 07:30") + number * 7 * MINUTE_MS
    steps, total, limit_time = [], 0, None
    limit = 240 * MINUTE_MS
    for begin, end in minutes:
        before, total = total, total + (end - begin) * MINUTE_MS
        if before <= limit < total:
            limit_time = start + begin * MINUTE_MS + limit - before
        steps.append(
            findings_pb.CounterStep(
                start_time=moment(start + begin * MINUTE_MS),
                end_time=moment(start + end * MINUTE_MS),
                accumulated=span(total),
            )
        )
    end_ms = start + minutes[-1][1] * MINUTE_MS
    evidence = findings_pb.WorkingTimeEvidence(
        spell_start_time=moment(start),
        spell_end_time=moment(end_ms),
        measured=span(total),
        limit=span(limit),
        no_push_start_time=moment(end_ms),
        no_push_end_time=moment(end_ms + 20 * MINUTE_MS),
        event_ids=[
            f"kuaida/{kind}-{number}-{index}" for index in range(len(minutes)) for kind in ("acc", "done")
        ],
        counter=steps,
        platform_ids=["kuaida", "suifeng"] if number == 0 else ["kuaida"],
    )
    if limit_time is not None:
        evidence.limit_time.CopyFrom(moment(limit_time))
    return findings_pb.Finding(
        finding_id=f"finding-{number:04}",
        revision=2 if number == 0 else 1,
        state=findings_pb.FINDING_STATE_STANDS,
        severity=findings_pb.SEVERITY_BREACH if total > limit else findings_pb.SEVERITY_LIMIT_REACHED,
        rule_id=RULE,
        pack_id="cn-food-delivery-2025",
        pack_version="1.0.0",
        platform_id="kuaida",
        area_code="130203",
        worker_id=f"w{number}Zk3mQ8rT5vXy2aB",
        event_time=moment(limit_time or end_ms),
        create_time=moment(end_ms + 2_000),
        title=both("连续接单超过 4 小时", "More than 4 h of continuous order-taking"),
        citation=both(
            "《外卖平台服务管理基本要求》配送员权益保障：连续接单时长超过 4 小时的，"
            "平台应发出疲劳提示，原则上 20 分钟内停止推送订单。",
            "Basic requirements for the service management of food-delivery platforms: after more than 4 h of"
            " continuous order-taking the platform gives a fatigue notice and, in principle, pushes no order"
            " for 20 min.",
        ),
        changes=["measured: 4:02:00 → 4:31:00", "event_ids: late kuaida/acc-0-6"] if number == 0 else [],
        working_time=evidence,
    )


def open_breach() -> findings_pb.Finding:
    """A breach of a spell that still goes on, stated as of the moment its limit was passed."""
    finding = working_time_finding(3, ((0, 120), (130, 250)))
    finding.severity = findings_pb.SEVERITY_BREACH
    evidence = finding.working_time
    evidence.open = True
    evidence.limit_time.CopyFrom(evidence.spell_end_time)
    evidence.ClearField("no_push_start_time")
    evidence.ClearField("no_push_end_time")
    return finding


def audit_finding() -> findings_pb.Finding:
    return findings_pb.Finding(
        finding_id="finding-audit-1",
        revision=1,
        state=findings_pb.FINDING_STATE_STANDS,
        severity=findings_pb.SEVERITY_BREACH,
        rule_id="algo-audit.delivery-time",
        pack_id="algo-audit",
        pack_version="1.0.0",
        platform_id="kuaida",
        area_code=AREA,
        event_time=moment(at("2026-03-16 20:00")),
        create_time=moment(at("2026-03-16 20:00")),
        title=both(
            "配送时限属最严算法，且低于可行下限",
            "The delivery limit is the strictest algorithm, below the floor",
        ),
        citation=both("唐人社字〔2022〕1号第二部分第8条", "唐人社字〔2022〕1号, part 2, item 8"),
        audit=findings_pb.AuditEvidence(
            metric_id=AUDIT_METRIC,
            cohort="5000-",
            declared=1_260,
            unit="s",
            orders=4_120,
            workers=388,
            attainment=0.083,
            attainment_low=0.071,
            attainment_high=0.096,
            p50=1_980,
            p50_low=1_944,
            p50_high=2_022,
            middle_low=1_848,
            middle_high=2_118,
            floor=1_320,
            below_floor=True,
        ),
    )


def warning() -> notify_pb.Notice:
    body_zh = "\n".join(
        (
            "编号：QZ-2026-0316-001",
            "快达外卖：",
            "　　根据《关于维护新就业形态劳动者劳动保障权益的实施方案》（唐人社字〔2022〕1号），"
            "现就你单位在路北区平台用工中存在的“连续工作时间超限”问题予以警示。",
            "　　一、存在的问题",
            "　　2026年3月10日至16日，你单位在岗劳动者 1,284 人中，9 人连续接单超过 4 小时，每千人 7 人。",
            "　　二、有关要求",
            "　　请你单位立即核查原因，完善派单和工时管控规则，"
            "切实保障劳动者休息权利，并及时将改正情况报告主管部门。",
            "新就业形态劳动者权益保障主管部门",
            "2026年3月16日",
        )
    )
    body_en = "\n".join(
        (
            "No. QZ-2026-0316-001",
            "To Kuaida Delivery:",
            "You are hereby warned of “continuous work beyond the limit” in your platform work in Lubei.",
            "Of 1,284 active workers, 9 took orders for more than 4 h without a break: 7 in a thousand.",
            "The authority in charge of the rights of workers in new forms of employment",
            "2026-03-16",
        )
    )
    return notify_pb.Notice(
        notice_id="notice-1",
        kind=notify_pb.NOTICE_KIND_WARNING,
        case_id=CASE_ID,
        platform_id="kuaida",
        area_code="130203",
        title=both("连续工作时间超限", "continuous work beyond the limit"),
        body=both(body_zh, body_en),
        citations=[
            both("唐人社字〔2022〕1号第二部分第14条", "唐人社字〔2022〕1号, part 2, item 14"),
            both("唐人社字〔2022〕1号第二部分第4条", "唐人社字〔2022〕1号, part 2, item 4"),
        ],
        policy_id="tangshan-escalation",
        policy_version="1.0.0",
        create_time=moment(at("2026-03-16 12:10")),
    )


def cases() -> list[notify_pb.Case]:
    worked = notify_pb.Case(
        case_id=CASE_ID,
        platform_id="kuaida",
        rule_id=RULE,
        area_code="130203",
        state=notify_pb.CASE_STATE_WARNED,
        title=both("连续工作时间超限", "Continuous work beyond the limit"),
        findings=12,
        workers=9,
        rate_per_thousand=7.0,
        create_time=moment(at("2026-03-16 11:43")),
        update_time=moment(at("2026-03-16 12:10")),
        severity=findings_pb.SEVERITY_BREACH,
    )
    audited = notify_pb.Case(
        case_id=AUDIT_CASE_ID,
        platform_id="kuaida",
        rule_id="algo-audit.delivery-time",
        area_code=AREA,
        state=notify_pb.CASE_STATE_OPEN,
        title=both("考核标准偏离“算法取中”", "Assessment threshold away from the middle of the algorithm"),
        findings=1,
        create_time=moment(at("2026-03-16 20:00")),
        update_time=moment(at("2026-03-16 20:00")),
        severity=findings_pb.SEVERITY_BREACH,
    )
    return [worked, audited]


def case_files() -> dict[str, notify_pb.GetCaseResponse]:
    worked, audited = cases()
    opened = notify_pb.CaseStep(
        step_time=moment(at("2026-03-16 11:43")),
        from_state=notify_pb.CASE_STATE_UNSPECIFIED,
        to_state=notify_pb.CASE_STATE_OPEN,
        actor="tangshan-escalation 1.0.0",
        reason=both("出现首个超限认定。", "The first breach was found."),
    )
    warned = notify_pb.CaseStep(
        step_time=moment(at("2026-03-16 12:10")),
        from_state=notify_pb.CASE_STATE_OPEN,
        to_state=notify_pb.CASE_STATE_WARNED,
        actor="tangshan-escalation 1.0.0",
        reason=both(
            "七日内每千名在岗劳动者中有 7 人超限，超过 5 人。",
            "7 in a thousand within seven days, more than 5.",
        ),
    )
    long_day = ((0, 35), (41, 78), (84, 120), (126, 171), (180, 214), (220, 268), (274, 310))
    spells = [
        working_time_finding(0, long_day),
        working_time_finding(1, ((0, 90), (95, 180), (190, 262))),
        working_time_finding(2, ((0, 110), (118, 248))),
    ]
    return {
        CASE_ID: notify_pb.GetCaseResponse(
            case=worked, findings=[*spells, open_breach()], notices=[warning()], steps=[opened, warned]
        ),
        AUDIT_CASE_ID: notify_pb.GetCaseResponse(case=audited, findings=[audit_finding()], steps=[opened]),
        DUTY_CASE_ID: notify_pb.GetCaseResponse(
            case=notify_pb.Case(
                case_id=DUTY_CASE_ID,
                platform_id="kuaida",
                rule_id=DUTY_RULE,
                area_code=AREA,
                state=notify_pb.CASE_STATE_OPEN,
                title=both("用工报告逾期", "Employment report overdue"),
                findings=2,
                severity=findings_pb.SEVERITY_BREACH,
            ),
            findings=[duty_finding(*duty) for duty in DUTIES],
            steps=[opened],
        ),
    }


def duty_finding(rule_id: str, subject_id: str, due_date: str) -> findings_pb.Finding:
    """Kuaida's, since the day after its last day."""
    return findings_pb.Finding(
        finding_id=f"{rule_id}/{subject_id}",
        revision=1,
        state=findings_pb.FINDING_STATE_STANDS,
        severity=findings_pb.SEVERITY_BREACH,
        rule_id=rule_id,
        pack_id="registry",
        pack_version="1",
        platform_id="kuaida",
        area_code=AREA,
        event_time=moment(at(f"{due_date} 00:00") + 24 * HOUR_MS),
        create_time=moment(at(f"{due_date} 00:00") + 24 * HOUR_MS),
        title=both("快达外卖：逾期", "Kuaida Delivery: overdue"),
        citation=both("唐人社字〔2022〕1号 二.2", "唐人社字〔2022〕1号 二.2"),
        changes=["due_date: 2025-10-21 → 2025-10-22"] if rule_id == DUTY_RULE else [],
        duty=findings_pb.DutyEvidence(party_id="kuaida", subject_id=subject_id, due_date=due_date),
    )


def _figures(centre_s: float, orders: int, declared_s: float) -> audit_pb.CohortFigures:
    """A right-skewed distribution around ``centre_s``, as delivery times are: log-normal, sigma 0.32."""
    sigma = 0.32

    def below(value: float) -> float:
        return 0.5 * (1 + math.erf(math.log(max(value, 1) / centre_s) / (sigma * math.sqrt(2))))

    edges = [0, *range(int(centre_s * 0.4) // 60 * 60, int(centre_s * 2.2), 120)]
    bins = [
        audit_pb.HistogramBin(start=low, end=high, orders=round(orders * (below(high) - below(low))))
        for low, high in pairwise(edges)
    ]
    attained = below(declared_s)
    return audit_pb.CohortFigures(
        orders=sum(each.orders for each in bins),
        workers=orders // 11,
        p10=centre_s * math.exp(-1.2816 * sigma),
        p50=centre_s,
        p90=centre_s * math.exp(1.2816 * sigma),
        p50_interval=audit_pb.Interval(low=centre_s * 0.98, high=centre_s * 1.02),
        attainment=attained,
        attainment_interval=audit_pb.Interval(low=attained * 0.94, high=min(attained * 1.05, 1)),
        strictness=1 - attained,
        middle=audit_pb.Interval(
            low=centre_s * math.exp(-0.2533 * sigma), high=centre_s * math.exp(0.2533 * sigma)
        ),
        histogram=bins,
        censored_orders=orders // 40,
        excluded_orders=3,
    )


def audit(audit_id: str, create_ms: int) -> audit_pb.Audit:
    bands = (
        ("0-1000", "0–1 公里", "0–1 km", 900, 600, {"kuaida": 840, "suifeng": 900, "wenbu": 1_080}),
        ("1000-2000", "1–2 公里", "1–2 km", 1_260, 840, {"kuaida": 1_020, "suifeng": 1_260, "wenbu": 1_560}),
        (
            "2000-3000",
            "2–3 公里",
            "2–3 km",
            1_620,
            1_080,
            {"kuaida": 1_140, "suifeng": 1_620, "wenbu": 1_980},
        ),
        (
            "3000-5000",
            "3–5 公里",
            "3–5 km",
            1_980,
            1_320,
            {"kuaida": 1_260, "suifeng": 1_980, "wenbu": 2_400},
        ),
        (
            "5000-inf",
            "5 公里以上(含)",
            "5 km and over",
            2_640,
            1_560,
            {"kuaida": 2_100, "suifeng": 2_700, "wenbu": 3_000},
        ),
    )
    verdicts = {
        "kuaida": (
            audit_pb.VERDICT_STRICTER,
            *[audit_pb.VERDICT_STRICTEST] * 3,
            audit_pb.VERDICT_INSUFFICIENT_EVIDENCE,
        ),
        "suifeng": (*[audit_pb.VERDICT_WITHIN_MIDDLE] * 4, audit_pb.VERDICT_INSUFFICIENT_EVIDENCE),
        "wenbu": (*[audit_pb.VERDICT_LAXER] * 4, audit_pb.VERDICT_INSUFFICIENT_EVIDENCE),
    }
    rows = []
    for platform in PLATFORMS:
        for index, (cohort, zh, en, centre, floor, declared) in enumerate(bands):
            suppressed = index == 4
            row = audit_pb.CohortAudit(
                platform_id=platform,
                area_code=AREA,
                cohort=cohort,
                cohort_name=both(zh, en),
                declared=declared[platform],
                threshold_version=1,
                verdict=verdicts[platform][index],
                reference=audit_pb.REFERENCE_UNSPECIFIED if suppressed else audit_pb.REFERENCE_OTHERS,
                below_floor=declared[platform] < floor,
                floor=floor,
                suppressed=suppressed,
            )
            if not suppressed:
                row.figures.CopyFrom(_figures(centre, 6_000 - 1_200 * index, declared[platform]))
            rows.append(row)
    return audit_pb.Audit(
        audit_id=audit_id,
        metric_id=AUDIT_METRIC,
        metric_name=both("配送时长(接单至送达)", "delivery time (accepted to completed)"),
        unit="s",
        area_code=AREA,
        create_time=moment(create_ms),
        middle_band=audit_pb.Interval(low=0.4, high=0.6),
        cohorts=rows,
    )
