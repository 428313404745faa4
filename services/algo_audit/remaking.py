"""Audits that further questions go on from: the last few in memory, any other made again.

An audit is a pure function of its data, so one that was let go is made again when somebody asks, and is the
same to the last digit, or it is refused: figures of other data under the old name would be nobody's audit.
"""

from __future__ import annotations

import threading
from collections import OrderedDict

from kit.clock import show
from kit.errors import FailedPreconditionError
from services.algo_audit.core.day_cells import midnight_ms, show_day
from services.algo_audit.ports import AsMade, Audit

RECENT_AUDITS = 4
"""In memory: an audit of a city's month is some hundred megabytes."""


class RecentAudits:
    """The audits that were asked for last. Threads may share it."""

    def __init__(self, most: int = RECENT_AUDITS) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._held: OrderedDict[str, Audit] = OrderedDict()

    def get(self, audit_id: str) -> Audit | None:
        """None: let go, or never there."""
        with self._lock:
            if audit_id in self._held:
                self._held.move_to_end(audit_id)
            return self._held.get(audit_id)

    def put(self, audit: Audit) -> None:
        """Hold it, and let go of the one that was asked for longest ago."""
        with self._lock:
            self._held[audit.audit_id] = audit
            self._held.move_to_end(audit.audit_id)
            while len(self._held) > self._most:
                self._held.popitem(last=False)


def require_days(audit_id: str, made: AsMade, first_day: int | None) -> None:
    """Raises FailedPreconditionError (ORDERS_NO_LONGER_KEPT) if orders that the audit was made of are gone.

    ``first_day``: the first whose orders are kept; None: all are.
    """
    if first_day is None or made.start_ms >= midnight_ms(first_day):
        return
    raise FailedPreconditionError(
        f"audit_id: the orders of {audit_id!r} begin on {show(made.start_ms)} and are not kept any more "
        f"(from {show_day(first_day)} on they are); GetAudit still shows its figures, an authority or a "
        "union can run an audit of later days, and ListBaselines answers for older ones",
        zh=f"audit_id：审计 {audit_id!r} 的订单始于 {show(made.start_ms)}，已超过保存期限（现存最早一日为 "
        f"{show_day(first_day)}）；原有数字仍可用 GetAudit 查看，可由主管部门或工会对之后的日期另行审计，"
        "更早的日期请用 ListBaselines 查询",
        field="audit_id",
        reason="ORDERS_NO_LONGER_KEPT",
        metadata={"first_day_kept": show_day(first_day)},
    )


def data_have_changed(audit_id: str) -> FailedPreconditionError:
    """The refusal of an audit that its scope does not give any more."""
    return FailedPreconditionError(
        f"audit_id: what {audit_id!r} was made of has changed since (orders, declared thresholds or the "
        "audit's parameters); GetAudit still shows its figures, and ListAudits names later audits of the "
        "area: ask of one of these, or an authority or a union runs it anew",
        zh=f"audit_id：审计 {audit_id!r} 所依据的数据此后已有变化（订单、公示标准或审计参数）；"
        "原有数字仍可用 GetAudit 查看；请用 ListAudits 选择该地区之后的审计，或由主管部门、工会重新运行",
        field="audit_id",
        reason="DATA_HAVE_CHANGED",
    )


def scope_not_kept(audit_id: str) -> FailedPreconditionError:
    """The refusal of an audit of an earlier version of this service, which kept no scopes."""
    return FailedPreconditionError(
        f"audit_id: {audit_id!r} was kept without its scope and cannot be made again; an authority or a "
        "union runs it anew (the same data give the same audit)",
        zh=f"audit_id：审计 {audit_id!r} 未保存其范围，无法重算；请由主管部门或工会重新运行"
        "（数据相同则结果相同）",
        field="audit_id",
        reason="AUDIT_NOT_IN_MEMORY",
    )
