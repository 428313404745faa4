"""What states, steps and whoever takes them are called, in both languages: in refusals and in the docs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from services.notify.core.text import Text
from services.notify.core.transitions import Actor, CaseState, Trigger

STATES: Mapping[CaseState, Text] = MappingProxyType(
    {
        CaseState.NEW: Text("未立案", "new"),
        CaseState.OPEN: Text("已立案", "open"),
        CaseState.WARNED: Text("已警示，待答复", "warned"),
        CaseState.WITHDRAWN: Text("已撤销", "withdrawn"),
        CaseState.ANSWERED: Text("已答复，观察中", "answered"),
        CaseState.SUMMONS_PROPOSED: Text("约谈待审批", "summons proposed"),
        CaseState.SUMMONS_APPROVED: Text("约谈已批准", "summons approved"),
        CaseState.SUMMONS_SCHEDULED: Text("已通知约谈", "summons scheduled"),
        CaseState.TALK_HELD: Text("已约谈", "talk held"),
        CaseState.FAILED_TO_APPEAR: Text("约谈未到场", "failed to appear"),
        CaseState.RECTIFYING: Text("限期整改中", "rectifying"),
        CaseState.RECHECKING: Text("复查中", "rechecking"),
        CaseState.CLOSED: Text("已结案", "closed"),
        CaseState.ESCALATED: Text("联合处置", "escalated"),
    }
)

STEPS: Mapping[Trigger, Text] = MappingProxyType(
    {
        Trigger.FINDING_STANDS: Text("认定成立", Trigger.FINDING_STANDS.value),
        Trigger.ALL_WITHDRAWN: Text("认定全部撤销", Trigger.ALL_WITHDRAWN.value),
        Trigger.WARNING_SENT: Text("发出警示函", Trigger.WARNING_SENT.value),
        Trigger.ANSWERED: Text("企业答复", Trigger.ANSWERED.value),
        Trigger.SUMMONS_PROPOSED: Text("提请约谈", Trigger.SUMMONS_PROPOSED.value),
        Trigger.SUMMONS_APPROVED: Text("批准约谈", Trigger.SUMMONS_APPROVED.value),
        Trigger.SUMMONS_DECLINED: Text("不予批准", Trigger.SUMMONS_DECLINED.value),
        Trigger.SUMMONS_SENT: Text("发出约谈通知书", Trigger.SUMMONS_SENT.value),
        Trigger.TALK_MOVED: Text("约谈改期", Trigger.TALK_MOVED.value),
        Trigger.SUMMONS_CANCELLED: Text("取消约谈", Trigger.SUMMONS_CANCELLED.value),
        Trigger.TALK_HELD: Text("记录约谈", Trigger.TALK_HELD.value),
        Trigger.FAILED_TO_APPEAR: Text("未到场", Trigger.FAILED_TO_APPEAR.value),
        Trigger.ORDER_ISSUED: Text("责令限期整改", Trigger.ORDER_ISSUED.value),
        Trigger.TIME_EXTENDED: Text("延长期限", Trigger.TIME_EXTENDED.value),
        Trigger.DEADLINE_PASSED: Text("期限届满", Trigger.DEADLINE_PASSED.value),
        Trigger.IMPROVED: Text("复查好转", Trigger.IMPROVED.value),
        Trigger.NOT_IMPROVED: Text("复查未见好转", Trigger.NOT_IMPROVED.value),
        Trigger.ESCALATED: Text("转联合处置", Trigger.ESCALATED.value),
        Trigger.CLOSED: Text("主管部门结案", Trigger.CLOSED.value),
    }
)

ACTORS: Mapping[Actor, Text] = MappingProxyType(
    {
        Actor.POLICY: Text("处置规则", "the policy"),
        Actor.PLATFORM: Text("当事企业", "the platform"),
        Actor.DEPARTMENT: Text("主管部门", "a department"),
        Actor.APPROVER: Text("有审批权的负责人", "an official who may approve"),
    }
)
