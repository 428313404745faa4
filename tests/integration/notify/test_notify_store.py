"""What is kept and read back, over SQLite and PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kit.storage.store import Store
from services.notify.adapters.book import SqlBook
from services.notify.adapters.reading import SqlReading
from services.notify.adapters.webhook_queue import SqlWebhookQueue
from services.notify.core.alerts import Alert, AlertKind, Audience
from services.notify.core.cases import CaseState, CaseStep, Tally, new_case
from services.notify.core.findings import Finding, Place, Severity
from services.notify.core.letters import Notice, NoticeKind
from services.notify.core.text import Text
from services.notify.core.webhooks import Verdict, Webhook
from services.notify.ports import Report

PLACE = Place("swift", "r1", "130203")
TEXT = Text("中文", "English")
HOOK = Webhook(
    webhook_id="webhook-1",
    party_id="tangshan",
    url="http://127.0.0.1:1/",
    secret="whsec_c2VjcmV0",
    audience=Audience(area_prefixes=("1302",), least_severity=2, aggregates_only=True),
    request_id="r-1",
    create_time_ms=5,
)


def alert(number: int, severity: Severity = Severity.BREACH) -> Alert:
    return Alert(
        f"alert-{number}", AlertKind.FINDING, severity, PLACE, TEXT, 1, 100 + number, "case-1", f"f{number}"
    )


def add_alerts(store: Store, *alerts: Alert) -> None:
    with store.transaction() as connection:
        SqlBook(connection).add_alerts(alerts)


def test_a_case_with_its_steps_and_notice_is_read_back_as_it_was(store: Store) -> None:
    case = replace(
        new_case(PLACE, TEXT),
        state=CaseState.WARNED,
        openings=2,
        tally=Tally(3, 2, Severity.BREACH, 77),
        rate_per_thousand=1000 / 3,
        create_time_ms=10,
        update_time_ms=20,
    )
    steps = [
        CaseStep(case.case_id, 10, CaseState.NEW, CaseState.OPEN, "policy:p@1", TEXT),
        CaseStep(case.case_id, 20, CaseState.OPEN, CaseState.WARNED, "policy:p@1", TEXT),
    ]
    notice = Notice(
        "notice-1", NoticeKind.WARNING, case.case_id, PLACE, TEXT, TEXT, (TEXT, Text("二", "2")), "p", "1", 20
    )
    finding = Finding("f1", 2, True, Severity.BREACH, PLACE, "w1", 77, TEXT, TEXT)
    with store.transaction() as connection:
        book = SqlBook(connection)
        book.save_case(replace(case, state=CaseState.OPEN))
        book.save_case(case)
        for step in steps:
            book.add_step(step)
        book.add_notice(notice)
        book.save_findings([Report(finding, b"old")])
        book.save_findings([Report(finding, b"new")])
        assert book.findings({"f1", "f2"}) == {"f1": finding}
        assert book.case(PLACE) == case
        assert book.citations(PLACE, Severity.PROMPT) == [TEXT]
        assert book.standing(PLACE, Severity.PROMPT, date.min) == [(date(1970, 1, 1), "w1", Severity.BREACH)]
    file = SqlReading(store).case_file(case.case_id, 10, lambda _: Severity.BREACH)
    assert file is not None
    assert (file.case, file.findings, file.notices, file.steps) == (case, [b"new"], [notice], steps)
    assert SqlReading(store).case_file("case-x", 10, lambda _: Severity.BREACH) is None


def test_alerts_are_numbered_in_order_and_a_reader_learns_how_far_there_is_nothing_for_it(
    store: Store,
) -> None:
    add_alerts(store, *(alert(n, Severity.PROMPT if n % 2 else Severity.BREACH) for n in range(6)))
    reading = SqlReading(store)
    whole, end = reading.alerts_after(Audience(), 0, 10)
    assert [(each.sequence, each.alert.alert_id) for each in whole] == [
        (n + 1, f"alert-{n}") for n in range(6)
    ]
    assert end == 6
    grave, seen = reading.alerts_after(Audience(least_severity=3), 0, 2)
    assert ([each.sequence for each in grave], seen) == ([1, 3], 3)
    assert reading.alerts_after(Audience(least_severity=3), 5, 2) == ([], 6)
    latest = reading.latest_alerts(Audience(least_severity=3), 5, 10)
    assert ([each.sequence for each in latest.alerts], latest.newest) == ([3, 1], 6)


def test_a_webhook_gets_deliveries_of_what_it_hears_from_its_registration_on(store: Store) -> None:
    queue = SqlWebhookQueue(store)
    add_alerts(store, alert(1))
    assert queue.register(HOOK) == queue.register(replace(HOOK, webhook_id="other", secret="other")) == HOOK
    add_alerts(store, alert(2), alert(3, Severity.PROMPT), alert(4))
    assert [due.alert for due in queue.due(1_000, 10, [])] == [alert(2), alert(4)]
    assert queue.due(1_000, 10, [])[0].webhook == HOOK
    assert queue.due(1_000, 10, [HOOK.webhook_id]) == []
    assert queue.due(101, 10, []) == []


def test_each_verdict_leaves_its_mark(store: Store) -> None:
    queue = SqlWebhookQueue(store)
    queue.register(HOOK)
    add_alerts(store, *(alert(n) for n in range(5)))

    def attempt(verdict: Verdict, status: int) -> None:
        due = queue.due(1_000, 1, [])[0]
        queue.record(
            due, verdict, status=status, error="e" if status > 299 else "", now_ms=1_000, next_ms=9_000
        )

    attempt(Verdict.DELIVERED, 200)
    attempt(Verdict.LATER, 500)
    attempt(Verdict.GIVEN_UP, 404)
    attempt(Verdict.GONE, 410)
    assert queue.due(10_000, 10, []) == []  # what waited for the webhook waits no more
    kept = SqlReading(store).deliveries("tangshan", HOOK.webhook_id, None, 10)
    assert [(each.attempts, each.delivered, each.last_status) for each in reversed(kept)] == [
        (1, True, 200),
        (1, False, 500),
        (1, False, 404),
        (1, False, 410),
        (0, False, 0),
    ]
    add_alerts(store, alert(9))
    assert queue.due(10_000, 10, []) == []
    assert SqlReading(store).deliveries("somebody", "", None, 10) == []
    assert len(SqlReading(store).deliveries(None, "", kept[1].delivery_id, 10)) == 3
