"""Run an audit: the orders of a scope, the thresholds in force, the verdicts, kept and published.

1. A request that was answered before gets the same answer.
2. Take all events (of a period that was told: those known when it was told first), and the thresholds in
   force at the end of the period (now, if it has none).
3. Measure the whole city: which cells may be published follows from all of it, also where a county is asked
   for.
4. Judge, and look at what else the metric's orders charge a platform with.
5. Compare the charges with those stated before: what is new, what changed, what no longer holds.
6. Keep and publish, in one transaction.

For whoever sees aggregates only, and for consultations, the period is one of the calendar's, and told of one
state of the data (``public_calendar``): checked before anything is computed, and told last.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from kit.clock import Clock
from kit.errors import FailedPreconditionError
from kit.requests import check_request_id, request_id_reused
from services.algo_audit.charging import Charging
from services.algo_audit.core.evidence import Subject
from services.algo_audit.core.findings import revise
from services.algo_audit.core.metrics import METRICS
from services.algo_audit.core.params import AuditParams
from services.algo_audit.making import Maker
from services.algo_audit.operation_ports import Stage
from services.algo_audit.ports import Audit, Audits, Events, Figures, Registered, Request, Scope
from services.algo_audit.public_calendar import PublicCalendar
from services.algo_audit.remaking import RecentAudits, data_have_changed, require_days, scope_not_kept
from services.algo_audit.scope_checks import check_scope
from services.algo_audit.scoped_events import latest_ms, since


class Auditor:
    """The use case of ``RunAudit``."""

    def __init__(
        self,
        events: Events,
        registered: Registered,
        audits: Audits,
        params: AuditParams,
        charging: Charging,
        calendar: PublicCalendar,
        clock: Clock,
        one_at_a_time: threading.Lock | None = None,
    ) -> None:
        """``one_at_a_time``: held while an audit is made, from its reading of a state to its being kept."""
        self._events = events
        self._audits = audits
        self._calendar = calendar
        self._maker = Maker(registered, params, charging, clock)
        self._one_at_a_time = one_at_a_time or threading.Lock()
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
        observed = self._events.all(since(made.scope, made.mark))
        require_days(audit_id, made, observed.first_day)
        try:
            result = self._maker.make(made.scope, observed, made)
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

        ``publish``: whether what is found becomes findings, and the period is free to choose: an authority's
        run. Others charge nobody, and are told whole periods of the calendar. ``progress`` is told each stage
        as it begins.

        Raises:
            InvalidArgumentError: if the metric, the period or the request id makes no sense.
            AlreadyExistsError: REQUEST_ID_REUSED, if the id was used for another scope.
            FailedPreconditionError: if there is nothing to audit: no orders, orders that are not kept any
                more, or no threshold in force; without ``publish`` also PERIOD_NOT_OVER, PERIOD_TOLD_BEFORE.
            OverloadedError: (retryable) if the service is behind the log.
        """
        self.check(scope, publish=publish)
        if request.request_id:
            check_request_id(request.request_id)
        with self._one_at_a_time:
            if known := self._answered(scope, request):  # 1
                return known
            return self._run(scope, request, publish, progress).audit_id

    def check(self, scope: Scope, *, publish: bool) -> None:
        """What ``run`` refuses before it looks at any order. Raises as ``run``."""
        check_scope(scope.metric_id, scope.area_code, scope.start_ms, scope.end_ms)
        if not publish:
            self._calendar.check(scope)

    def freeze(self, scope: Scope) -> Audit:
        """Audit and keep, charging nobody; the audit with all that it was made of. Raises as ``run`` without
        ``publish``, whoever asks: both sides read what is made of it. But a metric that nobody declared
        anything for is measured all the same: a consultation on it is how something comes to be declared."""
        self.check(scope, publish=False)
        with self._one_at_a_time:
            return self._run(scope, Request("", ""), publish=False, progress=lambda _: None, undeclared=True)

    def _run(
        self,
        scope: Scope,
        request: Request,
        publish: bool,
        progress: Callable[[Stage], None],
        undeclared: bool = False,
    ) -> Audit:
        progress(Stage.READING_ORDERS)
        asked, state = scope, None
        if not publish:
            scope = self._calendar.resolve(scope, lambda: latest_ms(self._events.all()))
            state = self._calendar.state(scope)
        observed = self._events.all(since(scope, state))  # 2
        progress(Stage.JUDGING)
        result = self._maker.make(scope, observed, undeclared=undeclared)  # 3, 4
        progress(Stage.KEEPING)
        subject = Subject(METRICS[scope.metric_id], scope.area_code, scope.period, result.period_end_ms)
        with self._audits.transaction() as connection:
            held = self._audits.findings(connection, scope)
            cohorts, charges = result.audited.cohorts, result.charges
            revisions = revise(held, cohorts, charges, subject, result.platform_ids) if publish else []  # 5
            self._audits.keep(connection, result, revisions, request, asked)  # 6
        self._recent.put(result)
        if not publish:
            period = result.period_start_ms, result.period_end_ms
            self._calendar.require(
                Figures(scope.metric_id, scope.area_code, period, result.data_version, result.audit_id)
            )
        return result

    def _answered(self, scope: Scope, request: Request) -> str | None:
        if not request.request_id:
            return None
        with self._audits.transaction() as connection:
            earlier = self._audits.earlier(connection, request)
        if earlier is not None and earlier.scope != repr(scope):
            raise request_id_reused(request.request_id)
        return None if earlier is None else earlier.audit_id
