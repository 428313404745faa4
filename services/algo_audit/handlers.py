"""Run an audit: the orders of a scope, the thresholds in force, the verdicts, kept and published.

1. A request that was answered before gets the same answer.
2. Take all events, and the thresholds in force at the end of the period (now, if it has none).
3. Measure the whole city: which cells may be published follows from all of it, also where a county is asked
   for.
4. Judge, and look at what else the metric's orders charge a platform with.
5. Compare the charges with those stated before: what is new, what changed, what no longer holds.
6. Keep and publish, in one transaction.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from kit.clock import Clock, show
from kit.directory.entries import ThresholdEntry
from kit.errors import FailedPreconditionError, InvalidArgumentError
from kit.security.caller import covers, significant
from services.algo_audit.charging import Charging
from services.algo_audit.core.audit import METHOD_VERSION, audit
from services.algo_audit.core.cohort_keys import ASSESSED_BY, DAY_MS, SHANGHAI_OFFSET_MS
from services.algo_audit.core.evidence import Subject
from services.algo_audit.core.findings import revise
from services.algo_audit.core.measures import MeasureContext, measure
from services.algo_audit.core.metrics import METRICS
from services.algo_audit.core.observations import Observations
from services.algo_audit.core.orders import Orders, orders_of
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.thresholds import DeclaredThreshold, no_end
from services.algo_audit.ports import Audit, Audits, Events, Observed, Registered, Request, Scope

RECENT_AUDITS = 4
"""Whose what-ifs can be asked for: an audit of a city's month is some hundred megabytes."""


class Stage(Enum):
    """What an audit is doing: its name, what people read, and how much of the work lies before it."""

    READING_ORDERS = ("读取订单", "reading orders", 0)
    JUDGING = ("比对与判定", "judging", 20)
    KEEPING = ("保存结果", "keeping the result", 90)


class Auditor:
    """The use case of ``RunAudit``."""

    def __init__(
        self,
        events: Events,
        registered: Registered,
        audits: Audits,
        params: AuditParams,
        charging: Charging,
        clock: Clock,
    ) -> None:
        self._events = events
        self._registered = registered
        self._audits = audits
        self._params = params
        self._charging = charging
        self._clock = clock
        self._one_at_a_time = threading.Lock()
        self._recent: OrderedDict[str, Audit] = OrderedDict()

    def recent(self, audit_id: str) -> Audit:
        """An audit with all that it was made of, for questions that go on from it.

        Raises:
            FailedPreconditionError: if it is not in memory any more.
        """
        result = self._recent.get(audit_id)
        if result is None:
            raise FailedPreconditionError(
                f"audit_id: the orders of {audit_id[:64]!r} are not in memory any more; run the audit "
                "again (the same data give the same audit)",
                zh=f"audit_id：{audit_id[:64]!r} 的订单数据已不在内存中；请重新运行该审计"
                "（数据相同则结果相同）",
                reason="AUDIT_NOT_IN_MEMORY",
            )
        return result

    def run(
        self,
        scope: Scope,
        request: Request,
        *,
        publish: bool,
        progress: Callable[[Stage], None] = lambda _: None,
    ) -> str:
        """Audit and keep; the audit's id. The same data give the same id, and nothing is said twice.

        ``publish``: whether what is found becomes findings. Only an authority's runs charge anybody: others
        could try periods until one does. ``progress`` is told each stage as it begins.

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
            return self._run(scope, request, publish, progress).audit_id

    def freeze(self, scope: Scope) -> Audit:
        """Audit and keep, charging nobody; the audit with all that it was made of. Raises as ``run``."""
        _check(scope)
        with self._one_at_a_time:
            return self._run(scope, Request("", ""), publish=False, progress=lambda _: None)

    def _run(self, scope: Scope, request: Request, publish: bool, progress: Callable[[Stage], None]) -> Audit:
        progress(Stage.READING_ORDERS)
        observed = self._events.all()  # 2
        progress(Stage.JUDGING)
        result = self._audit(scope, observed)  # 3, 4
        progress(Stage.KEEPING)
        subject = Subject(METRICS[scope.metric_id], scope.area_code, scope.period, result.period_end_ms)
        with self._audits.transaction() as connection:
            held = self._audits.findings(connection, scope)
            cohorts, charges = result.audited.cohorts, result.charges
            revisions = revise(held, cohorts, charges, subject, result.platform_ids) if publish else []  # 5
            self._audits.keep(connection, result, revisions, request)  # 6
        self._recent[result.audit_id] = result
        self._recent.move_to_end(result.audit_id)
        while len(self._recent) > RECENT_AUDITS:
            self._recent.popitem(last=False)
        return result

    def _answered(self, scope: Scope, request: Request) -> str | None:
        if not request.request_id:
            return None
        with self._audits.transaction() as connection:
            earlier = self._audits.earlier(connection, request)
        if earlier is not None and earlier.scope != repr(scope):
            raise reused(request)
        return None if earlier is None else earlier.audit_id

    def _audit(self, scope: Scope, observed: Observed) -> Audit:
        orders = _within(orders_of(observed.dispatches), scope)
        inside = _in_area(orders, scope.area_code)
        if not inside.any():
            raise FailedPreconditionError(
                f"no orders in area {scope.area_code} in this period; has intake taken any?",
                zh=f"区域 {scope.area_code} 在该时段内没有订单；请确认平台已报送数据",
                reason="NO_ORDERS",
            )
        begun = orders.begun_ms
        first_ms, last_ms = int(begun.min()), int(begun.max())
        at_ms = self._clock() if scope.end_ms is None else scope.end_ms - 1
        declared = self._declared(scope, at_ms)
        history = self._registered.threshold_history()
        platforms = [
            *observed.platform_ids,
            *sorted({each.platform_id for each in history} - set(observed.platform_ids)),
        ]
        context = MeasureContext(
            bands=self._params.bands,
            floor=self._params.floor,
            over_hours=observed.over_hours,
            sessions=observed.sessions,
        )
        observations = measure(METRICS[scope.metric_id], orders, context)  # 3
        audited = audit(
            observations,
            [_in_core(each, platforms) for each in declared],
            self._params,
            scope.detail,
            area=scope.county,
            area_names={code: self._registered.area_name(str(code)) for code in _areas(orders)},
        )
        data_version = _data_version(observations)
        known = [_in_core(each, platforms) for each in history if each.service in ASSESSED_BY]
        return Audit(
            audit_id=self._audit_id(scope, data_version, declared),
            data_version=data_version,
            scope=scope,
            period_start_ms=first_ms if scope.start_ms is None else scope.start_ms,
            period_end_ms=last_ms + 1 if scope.end_ms is None else scope.end_ms,
            create_time_ms=self._clock(),
            params=self._params,
            audited=audited,
            charges=self._charging.of(
                orders.take(inside),
                observations,
                known,
                at_ms,
                observed.partner_firm_ids,
            ),
            platform_ids=platforms,
            observations=observations,
            declared=known,
        )

    def _declared(self, scope: Scope, at_ms: int) -> list[ThresholdEntry]:
        declared = [
            threshold
            for threshold in self._registered.thresholds(scope.metric_id, at_ms)
            if covers(threshold.area_code, scope.area_code) and threshold.service in ASSESSED_BY
        ]
        if not declared and not self._charging.speaks_of(scope.metric_id):
            raise FailedPreconditionError(
                f"no threshold for {scope.metric_id} is in force in all of area {scope.area_code}; platforms "
                "declare them with RegistryService.DeclareThreshold, and one for a county is audited by "
                "auditing that county",
                zh=f"区域 {scope.area_code} 全域没有生效的 {scope.metric_id} 考核标准；"
                "请平台先申报；仅适用于县（市、区）的标准请按该县（市、区）审计",
                reason="NO_THRESHOLDS",
            )
        return declared

    def _audit_id(self, scope: Scope, data_version: str, declared: Iterable[ThresholdEntry]) -> str:
        """SHA-256 over all that the verdicts are a function of, 32 hexadecimal digits."""
        versions = sorted((threshold.threshold_id, threshold.version) for threshold in declared)
        said = repr((METHOD_VERSION, scope, self._params, versions, data_version))
        return hashlib.sha256(said.encode()).hexdigest()[:32]


def reused(request: Request) -> InvalidArgumentError:
    """The refusal of a request id that asked for something else before."""
    return InvalidArgumentError(
        f"request_id: {request.request_id[:64]!r} was used for another audit; choose a new one",
        zh=f"request_id：{request.request_id[:64]!r} 已用于另一次审计；请更换",
        field="request_id",
        reason="REQUEST_ID_REUSED",
    )


def _data_version(observations: Observations) -> str:
    """SHA-256 over the observations, 16 hexadecimal digits. The order of their rows, too, is a function of
    the set of events."""
    digest = hashlib.sha256()
    for column in observations.columns().values():
        digest.update(np.ascontiguousarray(column).tobytes())
    return digest.hexdigest()[:16]


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
    """The orders of the scope's period, in the whole city that its area belongs to."""
    chosen = _in_area(orders, scope.area_code[:4] + "00")
    begun = orders.begun_ms
    if scope.start_ms is not None:
        chosen &= begun >= scope.start_ms
    if scope.end_ms is not None:
        chosen &= begun < scope.end_ms
    return orders.take(chosen)


def _in_area(orders: Orders, area_code: str) -> NDArray[np.bool_]:
    digits = significant(area_code)
    within: NDArray[np.bool_] = orders.area // 10 ** (6 - len(digits)) == int(digits)
    return within


def _areas(orders: Orders) -> Sequence[int]:
    areas: list[int] = np.unique(orders.area).tolist()
    return areas


def _in_core(threshold: ThresholdEntry, platforms: Sequence[str]) -> DeclaredThreshold:
    return DeclaredThreshold(
        platform=platforms.index(threshold.platform_id),
        metric=threshold.metric_id,
        value=threshold.value,
        min_m=threshold.distance_start_m,
        max_m=no_end(threshold.distance_end_m),
        version=threshold.version,
        effective_from_ms=threshold.effective_ms,
        id=threshold.threshold_id,
        service=threshold.service,
        area=int(threshold.area_code),
    )
