"""Run an audit: the orders of a scope, the thresholds in force, the verdicts, kept and published.

1. A request that was answered before gets the same answer.
2. Take all events, and the thresholds in force at the end of the period (now, if it has none).
3. Judge, each kind of service by its own orders.
4. Compare the charges with those stated before: what is new, what changed, what no longer holds.
5. Keep and publish, in one transaction.
"""

from __future__ import annotations

import hashlib
import math
import threading
from collections.abc import Iterable, Sequence
from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from kit.clock import Clock, show
from kit.directory.entries import ThresholdEntry
from kit.errors import FailedPreconditionError, InvalidArgumentError
from kit.security.caller import covers, significant
from services.algo_audit.core.audit import METHOD_VERSION, CohortAudit, audit_delivery_time
from services.algo_audit.core.findings import Subject, findings_of, revise
from services.algo_audit.core.metrics import METRICS
from services.algo_audit.core.orders import NEVER, DispatchColumns, Orders, orders_of
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.thresholds import DeclaredThreshold
from services.algo_audit.ports import Audit, Audits, Dispatched, Dispatches, Request, Scope, Thresholds

E_BIKE_SERVICES = frozenset({1, 3})
"""Values of ``ServiceKind`` whose limits are audited: meals and parcels. The lawful speed and the floor are
those of e-bikes; cars are held to other law, so ride-hailing waits until it has a floor of its own."""
E_BIKE_OR_NOT_STATED = (0, 1)
"""Values of ``Vehicle`` whose orders are a yardstick."""

DAY_MS = 86_400_000
SHANGHAI_OFFSET_MS = 8 * 3_600_000
"""UTC+8 the whole year: China keeps no summer time."""

_ID_COLUMNS = (
    "order",
    "accepted_event",
    "completed_event",
    "accepted_ms",
    "completed_ms",
    "area",
    "outcome",
    "distance_m",
)
"""All of an order that verdicts depend on; worker and platform follow from the events' identity, whichever
their version."""


class Auditor:
    """The use case of ``RunAudit``."""

    def __init__(
        self,
        dispatches: Dispatches,
        thresholds: Thresholds,
        audits: Audits,
        params: AuditParams,
        clock: Clock,
    ) -> None:
        self._dispatches = dispatches
        self._thresholds = thresholds
        self._audits = audits
        self._params = params
        self._clock = clock
        self._one_at_a_time = threading.Lock()

    def run(self, scope: Scope, request: Request, *, publish: bool) -> str:
        """Audit and keep; the audit's id. The same data give the same id, and nothing is said twice.

        ``publish``: whether what is found becomes findings. Only an authority's runs charge anybody: others
        could try periods until one does.

        Raises:
            InvalidArgumentError: if the metric or the period makes no sense, or the request id was used for
                another scope.
            FailedPreconditionError: if there is nothing to audit: no orders, or no threshold in force.
            OverloadedError: (retryable) if the service is behind the log.
        """
        _check(scope)
        with self._one_at_a_time:
            if known := self._answered(scope, request):  # 1
                return known
            audit = self._audit(scope, self._dispatches.all())  # 2, 3
            subject = Subject(METRICS[scope.metric_id], scope.area_code, scope.period, audit.period_end_ms)
            found = findings_of(audit.cohorts, subject, audit.platform_ids)
            with self._audits.transaction() as connection:
                held = self._audits.findings(connection, scope)
                revisions = revise(held, found, audit.cohorts, subject) if publish else []  # 4
                self._audits.keep(connection, audit, revisions, request)  # 5
            return audit.audit_id

    def _answered(self, scope: Scope, request: Request) -> str | None:
        if not request.request_id:
            return None
        with self._audits.transaction() as connection:
            earlier = self._audits.earlier(connection, request)
        if earlier is not None and earlier.scope != repr(scope):
            raise InvalidArgumentError(
                f"request_id: {request.request_id[:64]!r} was used for another audit; choose a new one",
                zh=f"request_id：{request.request_id[:64]!r} 已用于另一次审计；请更换",
                field="request_id",
                reason="REQUEST_ID_REUSED",
            )
        return None if earlier is None else earlier.audit_id

    def _audit(self, scope: Scope, dispatched: Dispatched) -> Audit:
        orders = _within(orders_of(dispatched.columns), scope)
        if not len(orders):
            raise FailedPreconditionError(
                f"no orders in area {scope.area_code} in this period; has intake taken any?",
                zh=f"区域 {scope.area_code} 在该时段内没有订单；请确认平台已报送数据",
                reason="NO_ORDERS",
            )
        first_ms, last_ms = _span(orders)
        declared = self._declared(scope, self._clock() if scope.end_ms is None else scope.end_ms - 1)
        platforms = [
            *dispatched.platform_ids,
            *sorted({each.platform_id for each in declared} - set(dispatched.platform_ids)),
        ]
        return Audit(
            audit_id=self._audit_id(scope, orders, declared),
            scope=scope,
            period_start_ms=first_ms if scope.start_ms is None else scope.start_ms,
            period_end_ms=last_ms + 1 if scope.end_ms is None else scope.end_ms,
            create_time_ms=self._clock(),
            params=self._params,
            cohorts=self._judged(scope, dispatched, declared, platforms),
            platform_ids=platforms,
        )

    def _declared(self, scope: Scope, at_ms: int) -> list[ThresholdEntry]:
        declared = [
            threshold
            for threshold in self._thresholds.thresholds(scope.metric_id, at_ms)
            if covers(threshold.area_code, scope.area_code) and threshold.service in E_BIKE_SERVICES
        ]
        if not declared:
            raise FailedPreconditionError(
                f"no threshold for {scope.metric_id} of an e-bike service is in force in all of area "
                f"{scope.area_code}; platforms declare them with RegistryService.DeclareThreshold, and one "
                "for a county is audited by auditing that county",
                zh=f"区域 {scope.area_code} 全域没有生效的电动自行车配送 {scope.metric_id} 考核标准；"
                "请平台先申报；仅适用于县（市、区）的标准请按该县（市、区）审计",
                reason="NO_THRESHOLDS",
            )
        return declared

    def _judged(
        self,
        scope: Scope,
        dispatched: Dispatched,
        declared: Sequence[ThresholdEntry],
        platforms: Sequence[str],
    ) -> list[CohortAudit]:
        """Parcels are no yardstick for meals; an order whose service nobody stated counts for each."""
        cohorts: list[CohortAudit] = []
        by_e_bike = np.isin(dispatched.vehicle, E_BIKE_OR_NOT_STATED)
        for service in sorted({threshold.service for threshold in declared}):
            alike = np.isin(dispatched.service, (0, service)) & by_e_bike
            orders = _within(orders_of(_chosen(dispatched.columns, alike)), scope)
            thresholds = [_in_core(each, platforms) for each in declared if each.service == service]
            cohorts += audit_delivery_time(orders, thresholds, self._params)
        return cohorts

    def _audit_id(self, scope: Scope, orders: Orders, declared: Iterable[ThresholdEntry]) -> str:
        """SHA-256 over all that the verdicts are a function of, 32 hexadecimal digits."""
        digest = hashlib.sha256()
        columns = [getattr(orders, name) for name in _ID_COLUMNS]
        rows = np.lexsort(columns[:3])
        for column in columns:
            digest.update(column[rows].tobytes())
        versions = sorted((threshold.threshold_id, threshold.version) for threshold in declared)
        digest.update(repr((METHOD_VERSION, scope, self._params, versions)).encode())
        return digest.hexdigest()[:32]


def _check(scope: Scope) -> None:
    if scope.metric_id not in METRICS:
        raise InvalidArgumentError(
            f"metric_id: {scope.metric_id[:40]!r} is not one of {', '.join(METRICS)}",
            zh=f"metric_id：{scope.metric_id[:40]!r} 不是可审计的指标；可用：{'、'.join(METRICS)}",
            field="metric_id",
        )
    if not (scope.area_code.isascii() and scope.area_code.isdigit() and len(scope.area_code) == 6):
        raise InvalidArgumentError(
            f"area_code: {scope.area_code[:16]!r} is no code of GB/T 2260 (six digits, e.g. 130200)",
            zh=f"area_code：{scope.area_code[:16]!r} 不是 GB/T 2260 代码（六位数字，如 130200）",
            field="area_code",
        )
    for field, moment in (("period_start_time", scope.start_ms), ("period_end_time", scope.end_ms)):
        if moment is not None and (moment + SHANGHAI_OFFSET_MS) % DAY_MS:
            raise InvalidArgumentError(
                f"{field}: {show(moment)} is not the start of a day; periods are whole days in Asia/Shanghai",
                zh=f"{field}：{show(moment)} 不是一日之始；审计时段应为整日（北京时间）",
                field=field,
            )
    if scope.start_ms is not None and scope.end_ms is not None and scope.start_ms >= scope.end_ms:
        raise InvalidArgumentError(
            "period_end_time: not after period_start_time",
            zh="period_end_time：应晚于 period_start_time",
            field="period_end_time",
        )


def _within(orders: Orders, scope: Scope) -> Orders:
    digits = significant(scope.area_code)
    step = 10 ** (6 - len(digits))
    chosen: NDArray[np.bool_] = orders.area // step == int(digits)
    if scope.start_ms is not None:
        chosen &= orders.accepted_ms >= scope.start_ms
    if scope.end_ms is not None:
        chosen &= orders.accepted_ms < scope.end_ms
    return Orders(**{field.name: getattr(orders, field.name)[chosen] for field in fields(Orders)})


def _chosen(columns: DispatchColumns, rows: NDArray[np.bool_]) -> DispatchColumns:
    if rows.all():
        return columns
    return DispatchColumns(
        **{field.name: getattr(columns, field.name)[rows] for field in fields(DispatchColumns)}
    )


def _span(orders: Orders) -> tuple[int, int]:
    """First and last acceptance, epoch milliseconds; completions where no acceptance was seen."""
    times = np.minimum(orders.accepted_ms, orders.completed_ms)
    times = times[times != NEVER]
    return int(times.min()), int(times.max())


def _in_core(threshold: ThresholdEntry, platforms: Sequence[str]) -> DeclaredThreshold:
    return DeclaredThreshold(
        platform=platforms.index(threshold.platform_id),
        metric=threshold.metric_id,
        value_s=threshold.value,
        min_m=threshold.distance_start_m,
        max_m=math.inf if threshold.distance_end_m is None else threshold.distance_end_m,
        version=threshold.version,
        effective_from_ms=threshold.effective_ms,
        id=threshold.threshold_id,
    )
