"""Use cases: findings and activity into cases, warnings and alerts; and the registering of a webhook."""

from __future__ import annotations

import base64
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from kit.clock import Clock
from kit.errors import AlreadyExistsError, InvalidArgumentError
from kit.security.caller import covers
from services.notify.core import cases
from services.notify.core.alerts import Alert, Audience, alert_of_step, alerts_of_change
from services.notify.core.cases import Case, CaseState, CaseStep, Trigger
from services.notify.core.escalation import Decision, WindowCount, count_window, decide
from services.notify.core.findings import Finding, Place, Severity, local_day, replaces
from services.notify.core.identifiers import stable_id
from services.notify.core.letters import Notice, Parties, write_warning
from services.notify.core.policy import EscalationRule, Policy, Rate
from services.notify.core.text import Text
from services.notify.core.webhooks import Webhook, check_url
from services.notify.ports import ActivityCount, Book, Names, Report, Webhooks

SECRET_BYTES = 32
"""Standard Webhooks asks for 24 to 64 random bytes."""

JUDGED_AT_ONCE = 200
"""Cases a tick, so that its transaction stays short though a thousand days end at the same midnight."""

_REQUEST_ID = re.compile(r"[\x21-\x7e]{1,64}")

_ENTERED = {
    Trigger.FINDING_STANDS: Text("有认定成立的超限情形。", "A finding stands."),
    Trigger.ALL_WITHDRAWN: Text("全部认定均已更正或者撤销。", "Every finding was amended or withdrawn."),
}


@dataclass(slots=True)
class _Batch:
    """What one batch, or one tick, brings about."""

    now_ms: int
    touched: dict[Place, date] = field(default_factory=dict)
    """Cases to look at again, with the earliest day on which something changed."""
    changed: dict[str, date] = field(default_factory=dict)
    """Platforms of which something changed, with the earliest day."""
    steps: list[CaseStep] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)

    def change(self, platform_id: str, day: date) -> None:
        self.changed[platform_id] = min(day, self.changed.get(platform_id, day))

    def touch(self, place: Place, day: date) -> None:
        self.touched[place] = min(day, self.touched.get(place, day))


class CaseWork:
    """Keeps the cases. One batch is one transaction of the caller's:

    1. raise the activity counts;
    2. let the highest revision of each finding hold, and tell what changed;
    3. while past days of a platform change, let what is to be judged of it wait;
    4. settle each case that was touched: count it, let it take the steps due, warn if the policy warns at
       once, else note when the rate is to be judged;
    5. write down steps, letters and alerts, findings' alerts first, and queue the deliveries.

    Rates are judged by ``judge``, which is called as time passes (``core/judging.py`` has why).
    """

    def __init__(self, policy: Policy, names: Names, clock: Clock) -> None:
        self._policy = policy
        self._names = names
        self._clock = clock

    def take(self, book: Book, reports: Sequence[Report], counts: Sequence[ActivityCount]) -> list[Notice]:
        """Apply a batch; answer the letters that go out with it."""
        batch = _Batch(self._clock())
        self._take_activity(book, batch, counts)  # 1
        self._take_findings(book, batch, reports)  # 2
        self._postpone(book, batch)  # 3
        for place, day in sorted(batch.touched.items()):
            self._settle(book, batch, place, day)  # 4
        return self._close(book, batch)  # 5

    def judge(self, book: Book) -> list[Notice]:
        """Judge the rates that are due; answer the letters that go out with it."""
        batch = _Batch(self._clock())
        for case in book.cases_to_judge(batch.now_ms, JUDGED_AT_ONCE):
            self._judge(book, batch, case)
        return self._close(book, batch)

    @staticmethod
    def _take_activity(book: Book, batch: _Batch, counts: Sequence[ActivityCount]) -> None:
        places: dict[str, list[Place]] = {}
        for count in book.raise_activity(counts):
            batch.change(count.platform_id, count.day)
            if count.platform_id not in places:
                places[count.platform_id] = book.live_places(count.platform_id)
            for place in places[count.platform_id]:
                if covers(place.area_code, count.area_code):
                    batch.touch(place, count.day)

    def _take_findings(self, book: Book, batch: _Batch, reports: Sequence[Report]) -> None:
        known = book.findings({report.finding.finding_id for report in reports})
        new: dict[str, Report] = {}
        for report in reports:
            after = report.finding
            before = known.get(after.finding_id)
            if not replaces(after, before):
                continue
            known[after.finding_id] = after
            new[after.finding_id] = report
            self._tell(batch, before, after)
            for finding in (before, after):
                if finding is not None:
                    batch.change(finding.place.platform_id, finding.day)
                    batch.touch(finding.place, finding.day)
        book.save_findings(new.values())

    def _tell(self, batch: _Batch, before: Finding | None, after: Finding) -> None:
        def case_id_at(place: Place) -> str:
            # A case that the finding leaves is as much its case as one that it enters.
            ours = [finding for finding in (before, after) if finding is not None and finding.place == place]
            in_case = any(self._policy.belongs_to_case(finding) for finding in ours)
            return cases.case_id(place) if in_case else ""

        batch.alerts += alerts_of_change(before, after, case_id_at=case_id_at, at_ms=batch.now_ms)

    def _postpone(self, book: Book, batch: _Batch) -> None:
        """What comes of today does not keep yesterday waiting; what comes of the past does."""
        for platform_id, day in batch.changed.items():
            if self._policy.judging.is_over(day, batch.now_ms):
                book.postpone_judging(platform_id, self._policy.judging.moment_ms(day, batch.now_ms))

    def _settle(self, book: Book, batch: _Batch, place: Place, day: date) -> None:
        rule = self._policy.rule_for(place.rule_id)
        if rule is None:
            return
        stored = book.case(place)
        known = stored or cases.new_case(place, rule.title)
        case = replace(known, title=rule.title, tally=book.tally(place, rule.opens_at))
        if (trigger := cases.due(case)) is not None:
            gravest = case.tally.severity or known.tally.severity or rule.opens_at
            case = self._step(batch, case, trigger, _ENTERED[trigger], gravest)
        if case.state is CaseState.NEW:
            return  # nothing grave enough yet
        if isinstance(rule.trigger, Rate):
            window = self._latest_window(book, case, rule.trigger)
            case = replace(
                case,
                rate_per_thousand=window.rate_per_thousand if window else None,
                rate_workers=window.workers if window else 0,
            )
        elif case.state is CaseState.OPEN:
            standing = book.standing(place, rule.trigger.least_severity, date.min)
            case = self._warn_if_due(book, batch, case, rule, decide(standing, {}, rule.trigger))
        if case != stored:
            case = replace(case, update_time_ms=batch.now_ms)
        book.save_case(replace(case, judge_after_ms=self._judge_after_ms(case, rule, day, batch.now_ms)))

    def _judge_after_ms(self, case: Case, rule: EscalationRule, day: date, now_ms: int) -> int | None:
        """When the rate is to be judged now that something changed on ``day``: earlier windows first."""
        if case.state is not CaseState.OPEN or not isinstance(rule.trigger, Rate):
            return None
        moment_ms = self._policy.judging.moment_ms(day, now_ms)
        return moment_ms if case.judge_after_ms is None else min(moment_ms, case.judge_after_ms)

    @staticmethod
    def _latest_window(book: Book, case: Case, rate: Rate) -> WindowCount | None:
        """The window that ends with the case's latest finding; None if none stands."""
        if not case.tally.findings:
            return None
        last = local_day(case.tally.latest_event_ms)
        first = last - timedelta(days=rate.window_days - 1)
        standing = book.standing(case.place, rate.least_severity, first)
        active = book.active(case.place.platform_id, case.place.area_code, first)
        return count_window(standing, active, rate, last)

    def _judge(self, book: Book, batch: _Batch, case: Case) -> None:
        """Judge every window of the days that are over, and note when the next day will be.

        All that stands is read. That is once a day and case, and once for each run of late changes.
        """
        rule = self._policy.rule_for(case.place.rule_id)
        next_ms = None
        if rule is not None and isinstance(rule.trigger, Rate):
            until = self._policy.judging.last_day(batch.now_ms)
            standing = book.standing(case.place, rule.trigger.least_severity, date.min)
            first = min((finding.day for finding in standing), default=until)
            reach = timedelta(days=rule.trigger.window_days - 1)
            active = book.active(case.place.platform_id, case.place.area_code, first - reach)
            case = self._warn_if_due(book, batch, case, rule, decide(standing, active, rule.trigger, until))
            later = [finding.day for finding in standing if finding.day > until]
            if later and case.state is CaseState.OPEN:
                next_ms = self._policy.judging.moment_ms(min(later), batch.now_ms)
        book.save_case(replace(case, judge_after_ms=next_ms))

    def _warn_if_due(
        self, book: Book, batch: _Batch, case: Case, rule: EscalationRule, decision: Decision
    ) -> Case:
        if not decision.warn:
            return case
        notice = write_warning(
            case,
            decision,
            self._policy,
            rule,
            parties=Parties(
                self._names.platform(case.place.platform_id), self._names.area(case.place.area_code)
            ),
            citations=book.citations(case.place, rule.trigger.least_severity),
            standards=book.standards(case.place, rule.trigger.least_severity),
            earlier=book.notices(case.case_id),
            day=local_day(batch.now_ms),
            at_ms=batch.now_ms,
        )
        batch.notices.append(notice)
        reason = Text(decision.reason.zh + rule.reason.zh, f"{decision.reason.en} {rule.reason.en}")
        gravest = case.tally.severity or rule.opens_at
        return self._step(batch, case, Trigger.WARNING_SENT, reason, gravest, decision.workers)

    def _step(
        self, batch: _Batch, case: Case, trigger: Trigger, reason: Text, gravest: Severity, workers: int = 0
    ) -> Case:
        moved, taken = cases.step(
            case, trigger, actor=self._policy.actor, reason=reason, at_ms=batch.now_ms, workers=workers
        )
        batch.steps.append(taken)
        batch.alerts.append(alert_of_step(moved, gravest, at_ms=batch.now_ms))
        return moved

    @staticmethod
    def _close(book: Book, batch: _Batch) -> list[Notice]:
        for taken in batch.steps:
            book.add_step(taken)
        for notice in batch.notices:
            book.add_notice(notice)
        book.add_alerts(batch.alerts)
        return batch.notices


def register_webhook(
    webhooks: Webhooks, *, party_id: str, audience: Audience, url: str, request_id: str, now_ms: int
) -> Webhook:
    """Register an address for a party's alerts. The same request again gets the same answer, secret included.

    Raises:
        InvalidArgumentError: if the request id is malformed or the address is not allowed.
        AlreadyExistsError: if the request id was used for another address or filter.
    """
    if _REQUEST_ID.fullmatch(request_id) is None:
        raise InvalidArgumentError(
            f"request_id: {request_id[:80]!r} is not 1–64 printable ASCII characters without spaces",
            zh=f"request_id：{request_id[:80]!r} 应为 1–64 个可打印 ASCII 字符，不含空格",
            field="request_id",
        )
    try:
        check_url(url)
    except ValueError as error:
        raise InvalidArgumentError(
            f"url: {error}",
            zh="url：须为 https 地址，或者指向本机的 http 地址，且不得包含用户名和密码",
            field="url",
            reason="WEBHOOK_URL_NOT_ALLOWED",
        ) from error
    asked = Webhook(
        webhook_id=stable_id("webhook", party_id, request_id),
        party_id=party_id,
        url=url,
        secret="whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode(),
        audience=audience,
        request_id=request_id,
        create_time_ms=now_ms,
    )
    kept = webhooks.register(asked)
    if (kept.url, kept.audience) != (asked.url, asked.audience):
        raise AlreadyExistsError(
            f"request_id: {request_id!r} registered another address or filter; draw a new one",
            zh=f"request_id：{request_id!r} 此前登记的是另一地址或筛选条件；每个 webhook 请使用新的编号",
            field="request_id",
            reason="REQUEST_ID_REUSED",
        )
    return kept
