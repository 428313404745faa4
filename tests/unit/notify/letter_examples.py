"""One letter of each kind, written about one case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from services.notify.adapters.policy_file import load_policy
from services.notify.core.cases import Case, new_case
from services.notify.core.escalation import Standing, decide
from services.notify.core.findings import Place, Severity
from services.notify.core.letters import (
    Letterhead,
    Notice,
    NoticeKind,
    Parties,
    write_closure,
    write_commendation,
    write_escalation,
    write_order,
    write_recheck,
    write_summons,
    write_summons_cancelled,
    write_warning,
)
from services.notify.core.recheck import Observed, Outcome, Recheck
from services.notify.core.talks import Commitment, Talk, TalkState
from services.notify.core.text import NO_TEXT, Text
from services.notify.core.transitions import CaseState

POLICY = load_policy()
RULE_ID = "cn-food-delivery-2025.continuous-work"
_rule = POLICY.rule_for(RULE_ID)
assert _rule is not None
RULE = _rule
FOUND = date(2026, 3, 16)
DAY = date(2026, 3, 17)
DEADLINE = date(2026, 4, 14)
AT_MS = 1_773_720_000_000

PARTIES = Parties(
    Text("唐山迅达外卖网络科技有限公司", "Swift Delivery (Tangshan) Ltd"),
    Text("唐山市路北区", "Lubei District, Tangshan"),
)
LABOUR = Text(
    "唐山市人力资源和社会保障局", "Tangshan Municipal Bureau of Human Resources and Social Security"
)
TRANSPORT = Text("唐山市交通运输局", "Tangshan Municipal Transport Bureau")
UNION = Text("唐山市总工会", "Tangshan Federation of Trade Unions")
OFFICIAL = Text("王建国（劳动保障监察支队支队长）", "Wang Jianguo (head of the labour inspection)")
GROUND = Text(
    "《外卖平台服务管理基本要求》：连续接单超过 4 小时的，发出疲劳提示，20 分钟内不再推送订单。",
    "Basic requirements for food-delivery platforms: after more than 4 h of continuous order-taking a "
    "fatigue notice, and no order pushed for 20 min.",
)

_SHANGHAI = ZoneInfo("Asia/Shanghai")


def at_ms(*when: int) -> int:
    """Year, month, day, hour, minute in Shanghai, as epoch milliseconds."""
    year, month, day, hour, minute = when
    return int(datetime(year, month, day, hour, minute, tzinfo=_SHANGHAI).timestamp() * 1000)


def case(rule_id: str = RULE_ID, **changes: object) -> Case:
    rule = POLICY.rule_for(rule_id)
    assert rule is not None
    made = replace(
        new_case(Place("swift", rule_id, "130203"), rule.title), state=CaseState.WARNED, openings=1
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def head(*departments: Text, signatory: Text = OFFICIAL, earlier: int = 0, **changes: object) -> Letterhead:
    made = Letterhead(
        policy=POLICY,
        rule=RULE,
        parties=PARTIES,
        departments=departments or (LABOUR,),
        signed_by="official:wang",
        signatory=signatory,
        earlier=earlier,
        day=DAY,
        at_ms=AT_MS,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


COMMITMENTS = (
    Commitment("上线连续接单满 4 小时停止推送订单的功能", date(2026, 4, 10)),
    Commitment("每周报送连续接单超时人数"),
)

TALK = Talk(
    talk_id="talk-0123456789abcdef01234567",
    case_id=case().case_id,
    state=TalkState.SCHEDULED,
    start_ms=at_ms(2026, 3, 30, 9, 30),
    end_ms=at_ms(2026, 3, 30, 11, 0),
    place="唐山市路北区西山道 9 号，市人社局三楼 301 会议室",
    department_ids=("hrss", "transport", "trade-union"),
    attendees="区域负责人和调度规则负责人",
    approved_by="official:wang",
)

RECHECK = Recheck(
    recheck_id="recheck-1",
    case_id=case().case_id,
    before=Observed(date(2026, 3, 10), FOUND, 14, 1200),
    after=Observed(date(2026, 4, 15), date(2026, 4, 21), 3, 1180),
    ratio=0.22,
    ratio_low=0.06,
    ratio_high=0.74,
    confidence=0.95,
    outcome=Outcome.IMPROVED,
    reason=Text("每千人由 11.7 名降至 2.5 名。", "From 11.7 to 2.5 per thousand."),
    create_time_ms=AT_MS,
)


def warning(earlier: int = 0, deadline: date | None = DEADLINE) -> Notice:
    standing = [Standing(FOUND, f"worker-{number}", Severity.BREACH) for number in range(14)]
    return write_warning(
        case(),
        decide(standing, {FOUND: 1200}, RULE.trigger),
        POLICY,
        RULE,
        parties=PARTIES,
        citations=(GROUND,),
        earlier=earlier,
        day=DAY,
        at_ms=AT_MS,
        deadline=deadline,
        departments=(LABOUR,),
    )


def summons(*departments: Text, talk: Talk = TALK, earlier: int = 0) -> Notice:
    return write_summons(
        case(),
        talk,
        head(*departments, earlier=earlier),
        reason=Text("警示函答复期限届满，你单位未作答复。", "The day for an answer has passed without one."),
    )


def letters(earlier: int = 0) -> dict[NoticeKind, Notice]:
    """One of each kind."""
    alone, joint = head(earlier=earlier), head(LABOUR, TRANSPORT, UNION, earlier=earlier)
    policy = head(signatory=NO_TEXT, earlier=earlier)
    every = [
        warning(earlier),
        summons(LABOUR, TRANSPORT, UNION, earlier=earlier),
        write_summons_cancelled(case(), TALK, alone, reason=Text("会场调整。", "The room is needed.")),
        write_order(
            case(),
            alone,
            measures="达到 4 小时上限后停止推送订单不少于 20 分钟；\n修订午高峰调度规则，并报工会。",
            commitments=COMMITMENTS,
            deadline=DEADLINE,
        ),
        write_recheck(case(), RECHECK, policy, follows=Text("本案予以结案。", "The case is closed.")),
        write_closure(case(), policy, reason=Text("比例明显下降。", "The rate fell clearly.")),
        write_escalation(case(), joint, reason=Text("两次约谈均未到场。", "Nobody came to two talks.")),
        write_commendation(
            "swift",
            "130203",
            Text("2026年第一季度", "the first quarter of 2026"),
            joint,
            reason=Text("连续三个月未发生超限。", "Three months without a breach."),
        ),
    ]
    return {notice.kind: notice for notice in every}
