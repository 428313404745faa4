"""Reports that are in: what comes again changes nothing, what is returned may come again, and who did what is
in the ledger."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kit.ledger import Entry
from kit.ledger.stored import tail
from kit.storage.store import Store
from quzhong.api.registry.v1 import reports_pb2 as reports
from services.registry.core.reporting import start_ms
from tests.integration.registry.report_suite import QUARTER, Tokens, admitted, handed_in, save, submit

if TYPE_CHECKING:
    from tests.integration.registry.conftest import Suite


@pytest.fixture
def tokens(suite: Suite) -> Tokens:
    return admitted(suite)


def entries_on(suite: Suite, report_id: str) -> list[Entry]:
    """The ledger's entries about the report."""
    store = Store.open_to_read(suite.settings.store_url("registry"))
    try:
        entries, _ = tail(store, "registry", 1_000)
    finally:
        store.close()
    return [one for one in entries if isinstance(one, Entry) and one.subject.startswith(f"{report_id}/v")]


def test_what_is_sent_twice_is_no_amendment(suite: Suite, tokens: Tokens) -> None:
    suite.clock.now_ms = start_ms(date(2026, 4, 2))
    given = handed_in(suite, tokens.platform)
    taken = reports.AcknowledgeReportRequest(request_id="a1", report_id=given.report_id, version=1)
    noted = suite.call(tokens.city, "AcknowledgeReport", taken).report
    assert suite.call(tokens.platform, "SaveReport", save("s2")).report == noted
    assert suite.call(tokens.platform, "SubmitReport", submit("h2", noted)).report == noted
    listed = suite.call(tokens.city, "ListReports", reports.ListReportsRequest(quarter=QUARTER)).reports
    assert list(listed) == [noted]
    assert [(one.action, one.actor) for one in entries_on(suite, given.report_id)] == [
        ("report.submitted", "platform-a"),
        ("report.acknowledged", "hr-city"),
    ]


def test_what_was_returned_may_be_sent_as_it_was_and_the_ledger_has_why(suite: Suite, tokens: Tokens) -> None:
    suite.clock.now_ms = start_ms(date(2026, 4, 2))
    given = handed_in(suite, tokens.platform)
    request = reports.ReturnReportRequest(
        request_id="r", report_id=given.report_id, version=1, reason="人数与花名册不符"
    )
    suite.call(tokens.official, "ReturnReport", request)
    assert suite.refusal(tokens.platform, "SubmitReport", submit("h2", given)).reason == "NO_DRAFT"
    draft = suite.call(tokens.platform, "SaveReport", save("s2")).report
    assert (draft.version, draft.state) == (2, reports.REPORT_STATE_DRAFT)
    why = entries_on(suite, given.report_id)[-1]
    assert (why.action, why.actor, why.reason) == ("report.returned", "official", "人数与花名册不符")
