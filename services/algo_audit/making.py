"""An audit made: a scope and a state of the data, measured, judged, and charged with.

Which cells may be published follows from the whole city, also where a county is asked for. The same data,
thresholds, parameters and method make the same audit, by the same id.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import numpy as np

from kit.clock import Clock
from kit.directory.entries import ThresholdEntry
from kit.security.caller import covers
from services.algo_audit.charging import Charging
from services.algo_audit.closing import require_kept
from services.algo_audit.core.audit import METHOD_VERSION, audit
from services.algo_audit.core.cohort_keys import ASSESSED_BY
from services.algo_audit.core.measures import MeasureContext, measure
from services.algo_audit.core.metrics import METRICS, Key
from services.algo_audit.core.observations import Exclusion, Observations
from services.algo_audit.core.orders import orders_of
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.report import Charges
from services.algo_audit.core.thresholds import DeclaredThreshold, no_end
from services.algo_audit.ports import AsMade, Audit, Observed, Registered, Scope
from services.algo_audit.scope_refusals import no_orders, no_thresholds, without_values
from services.algo_audit.scoped_events import areas_of, days_within, in_area, orders_within, sessions_within


class Maker:
    """Makes audits. Threads may share it."""

    def __init__(self, registered: Registered, params: AuditParams, charging: Charging, clock: Clock) -> None:
        self._registered = registered
        self._params = params
        self._charging = charging
        self._clock = clock

    def make(
        self, scope: Scope, observed: Observed, made: AsMade | None = None, *, undeclared: bool = False
    ) -> Audit:
        """The audit of a scope, on a state of the data.

        ``made``: when it is made again; orders begun since its own were are left out. ``undeclared``: whether
        there need be no threshold.

        Raises:
            FailedPreconditionError: if there is nothing to audit: ORDERS_NO_LONGER_KEPT, NO_ORDERS,
                NO_THRESHOLDS; with ``undeclared`` METRIC_WITHOUT_DATA.
        """
        require_kept(scope, observed.first_day)
        end_ms = made.end_ms if made and scope.end_ms is None else scope.end_ms
        orders = orders_within(orders_of(observed.dispatches), scope, observed.first_day, end_ms)
        inside = in_area(orders.area, scope.area_code)
        if not inside.any():
            raise no_orders(scope.area_code, scope.start_ms, scope.end_ms)
        begun = orders.begun_ms
        first_ms, last_ms = int(begun.min()), int(begun.max())
        now_ms = made.at_ms if made else self._clock()
        at_ms = now_ms if scope.end_ms is None else scope.end_ms - 1
        declared = self._declared(scope, at_ms, needed=not undeclared and made is None)
        history = self._registered.threshold_history()
        platforms = [
            *observed.platform_ids,
            *sorted({each.platform_id for each in history} - set(observed.platform_ids)),
        ]
        context = MeasureContext(
            bands=self._params.bands,
            floor=self._params.floor,
            over_hours=observed.over_hours,
            sessions=sessions_within(observed.sessions, scope),
        )
        observations = measure(METRICS[scope.metric_id], orders, context)
        observations = days_within(observations, scope, observed.first_day)
        if undeclared and not declared:
            _require_values(observations, scope)
        area_names = {code: self._registered.area_name(str(code)) for code in areas_of(orders)}
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
            mark=observed.mark,
        )

    def _declared(self, scope: Scope, at_ms: int, *, needed: bool) -> list[ThresholdEntry]:
        declared = [
            threshold
            for threshold in self._registered.thresholds(scope.metric_id, at_ms)
            if covers(threshold.area_code, scope.area_code) and threshold.service in ASSESSED_BY
        ]
        if needed and not declared and not self._charging.speaks_of(scope.metric_id):
            raise no_thresholds(scope.metric_id, scope.area_code)
        return declared

    def _audit_id(
        self, scope: Scope, data_version: str, declared: Iterable[ThresholdEntry], charges: Charges
    ) -> str:
        """SHA-256 over all that the verdicts are a function of, and over the charges, 32 hexadecimal digits:
        these rest on more (limits shown, earlier declarations, minimum wages) than the observations."""
        versions = sorted((threshold.threshold_id, threshold.version) for threshold in declared)
        said = repr((METHOD_VERSION, scope, self._params, versions, data_version, charges))
        return hashlib.sha256(said.encode()).hexdigest()[:32]


def _require_values(observations: Observations, scope: Scope) -> None:
    """Raises FailedPreconditionError (METRIC_WITHOUT_DATA) if nothing of the area and period was stated."""
    stated = observations.excluded == Exclusion.NONE
    if scope.county:
        stated &= observations.keys[Key.AREA] == scope.county
    if not stated.any():
        raise without_values(scope.metric_id, scope.area_code, scope.start_ms, scope.end_ms)


def _data_version(observations: Observations) -> str:
    """SHA-256 over the observations, 16 hexadecimal digits. The order of their rows, too, is a function of
    the set of events."""
    digest = hashlib.sha256()
    for column in observations.columns().values():
        digest.update(np.ascontiguousarray(column).tobytes())
    return digest.hexdigest()[:16]


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
