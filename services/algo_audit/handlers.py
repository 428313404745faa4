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
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from kit.clock import Clock
from kit.directory.entries import ThresholdEntry
from kit.errors import FailedPreconditionError
from kit.requests import check_request_id, request_id_reused
from kit.security.caller import covers, significant
from services.algo_audit.charging import Charging
from services.algo_audit.closing import require_kept
from services.algo_audit.core.audit import METHOD_VERSION, audit
from services.algo_audit.core.cohort_keys import ASSESSED_BY
from services.algo_audit.core.day_cells import midnight_ms
from services.algo_audit.core.evidence import Subject
from services.algo_audit.core.findings import revise
from services.algo_audit.core.measures import MeasureContext, measure
from services.algo_audit.core.metrics import METRICS
from services.algo_audit.core.observations import Observations
from services.algo_audit.core.orders import Orders, orders_of
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.report import Charges
from services.algo_audit.core.thresholds import DeclaredThreshold, no_end
from services.algo_audit.operation_ports import Stage
from services.algo_audit.ports import AsMade, Audit, Audits, Events, Observed, Registered, Request, Scope
from services.algo_audit.remaking import RecentAudits, data_have_changed, require_days, scope_not_kept
from services.algo_audit.scope_checks import check_scope


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
        self._recent = RecentAudits()

    def recent(self, audit_id: str) -> Audit:
        """A kept audit with all that it was made of, for questions that go on from it; made again if it is
        not in memory any more.

        Raises:
            FailedPreconditionError: DATA_HAVE_CHANGED, ORDERS_NO_LONGER_KEPT: it cannot be made again.
            OverloadedError: (retryable) if the service is behind the log.
        """
        held = self._recent.get(audit_id)
        if held is None:
            with self._one_at_a_time:  # whoever waited for the same one finds it made
                held = self._recent.get(audit_id) or self._again(audit_id)
        return held

    def _again(self, audit_id: str) -> Audit:
        with self._audits.transaction() as connection:
            made = self._audits.made(connection, audit_id)
        if made is None:
            raise scope_not_kept(audit_id)
        observed = self._events.all()
        require_days(audit_id, made, observed.first_day)
        try:
            result = self._audit(made.scope, observed, made)
        except FailedPreconditionError as error:  # no orders, or no thresholds: there were some
            raise data_have_changed(audit_id) from error
        if result.audit_id != audit_id:
            raise data_have_changed(audit_id)
        self._recent.put(result)
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
            InvalidArgumentError: if the metric, the period or the request id makes no sense.
            AlreadyExistsError: REQUEST_ID_REUSED, if the id was used for another scope.
            FailedPreconditionError: if there is nothing to audit: no orders, orders that are not kept any
                more, or no threshold in force.
            OverloadedError: (retryable) if the service is behind the log.
        """
        check_scope(scope.metric_id, scope.area_code, scope.start_ms, scope.end_ms)
        if request.request_id:
            check_request_id(request.request_id)
        with self._one_at_a_time:
            if known := self._answered(scope, request):  # 1
                return known
            return self._run(scope, request, publish, progress).audit_id

    def freeze(self, scope: Scope) -> Audit:
        """Audit and keep, charging nobody; the audit with all that it was made of. Raises as ``run``."""
        check_scope(scope.metric_id, scope.area_code, scope.start_ms, scope.end_ms)
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
        self._recent.put(result)
        return result

    def _answered(self, scope: Scope, request: Request) -> str | None:
        if not request.request_id:
            return None
        with self._audits.transaction() as connection:
            earlier = self._audits.earlier(connection, request)
        if earlier is not None and earlier.scope != repr(scope):
            raise request_id_reused(request.request_id)
        return None if earlier is None else earlier.audit_id

    def _audit(self, scope: Scope, observed: Observed, made: AsMade | None = None) -> Audit:
        """``made``: when it is made again; orders begun since its own were are left out."""
        require_kept(scope, observed.first_day)
        end_ms = made.end_ms if made and scope.end_ms is None else scope.end_ms
        orders = _within(orders_of(observed.dispatches), scope, observed.first_day, end_ms)
        inside = _in_area(orders, scope.area_code)
        if not inside.any():
            raise FailedPreconditionError(
                f"no orders in area {scope.area_code} in this period; has intake taken any?",
                zh=f"区域 {scope.area_code} 在该时段内没有订单；请确认平台已报送数据",
                reason="NO_ORDERS",
            )
        begun = orders.begun_ms
        first_ms, last_ms = int(begun.min()), int(begun.max())
        now_ms = made.at_ms if made else self._clock()
        at_ms = now_ms if scope.end_ms is None else scope.end_ms - 1
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
        if observed.first_day is not None:  # sessions reach back a little further
            observations = observations.take(observations.day >= observed.first_day)
        area_names = {code: self._registered.area_name(str(code)) for code in _areas(orders)}
        audited = audit(
            observations,
            [_in_core(each, platforms) for each in declared],
            self._params,
            scope.detail,
            area=scope.county,
            area_names=area_names,
        )
        data_version = _data_version(observations)
        known = [_in_core(each, platforms) for each in history if each.service in ASSESSED_BY]
        charges = self._charging.of(
            orders.take(inside),
            observations,
            known,
            at_ms,
            observed.partner_firm_ids,
            county=scope.county,
            area_names=area_names,
        )
        return Audit(
            audit_id=self._audit_id(scope, data_version, declared, charges),
            data_version=data_version,
            scope=scope,
            period_start_ms=first_ms if scope.start_ms is None else scope.start_ms,
            period_end_ms=last_ms + 1 if scope.end_ms is None else scope.end_ms,
            create_time_ms=now_ms,
            params=self._params,
            audited=audited,
            charges=charges,
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

    def _audit_id(
        self, scope: Scope, data_version: str, declared: Iterable[ThresholdEntry], charges: Charges
    ) -> str:
        """SHA-256 over all that the verdicts are a function of, and over the charges, 32 hexadecimal digits:
        these rest on more (limits shown, earlier declarations, minimum wages) than the observations."""
        versions = sorted((threshold.threshold_id, threshold.version) for threshold in declared)
        said = repr((METHOD_VERSION, scope, self._params, versions, data_version, charges))
        return hashlib.sha256(said.encode()).hexdigest()[:32]


def _data_version(observations: Observations) -> str:
    """SHA-256 over the observations, 16 hexadecimal digits. The order of their rows, too, is a function of
    the set of events."""
    digest = hashlib.sha256()
    for column in observations.columns().values():
        digest.update(np.ascontiguousarray(column).tobytes())
    return digest.hexdigest()[:16]


def _within(orders: Orders, scope: Scope, first_day: int | None, end_ms: int | None) -> Orders:
    """The orders from the scope's start on, before the end, that are kept, in the whole city that its area
    belongs to."""
    chosen = _in_area(orders, scope.area_code[:4] + "00")
    begun = orders.begun_ms
    if first_day is not None:
        chosen &= begun >= midnight_ms(first_day)
    if scope.start_ms is not None:
        chosen &= begun >= scope.start_ms
    if end_ms is not None:
        chosen &= begun < end_ms
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
