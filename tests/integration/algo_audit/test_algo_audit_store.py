"""Audits, findings and requests in the store, over both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

import numpy as np
import pytest

from kit.requests import KEEP_MS
from kit.security.caller import Caller, Role
from kit.security.sight import may_see_aggregates, own_areas
from kit.storage.store import Store
from services.algo_audit.adapters.audits import SqlArchive, SqlAudits
from services.algo_audit.adapters.over_hours import SqlOverHoursSpans
from services.algo_audit.adapters.tables import METADATA
from services.algo_audit.core.audit import audit as judged
from services.algo_audit.core.evidence import Evidence
from services.algo_audit.core.findings import Finding, FindingState
from services.algo_audit.core.measures import MeasureContext, measure
from services.algo_audit.core.metrics import DELIVERY_TIME
from services.algo_audit.core.orders import DispatchColumns, orders_of
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.report import Charges
from services.algo_audit.core.threshold_rules import STRICTEST_RULE
from services.algo_audit.ports import Audit, EarlierRun, Mark, OverHoursSpan, Request, Scope

SCOPE = Scope("delivery_time", "130200", None, None)
NOBODY = Request("nobody", "")
DTYPES: dict[str, type[np.generic]] = {
    "order": np.uint64,
    "event": np.uint64,
    "kind": np.int8,
    "holiday": np.int8,
    **dict.fromkeys(("distance_m", "promised_s", "pay_fen", "commission_fen", "penalty_fen"), np.float64),
}
FINDING = Finding(
    finding_id="f1",
    rule_id=STRICTEST_RULE,
    platform_id="swift",
    area_code="130200",
    event_time_ms=5,
    title_zh="最严算法",
    title_en="strictest algorithm",
    evidence=Evidence("delivery_time", "1000-2000", 540.0, "s", 360.0, False, orders=120, p50=720.0),
)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An empty one."""
    store = Store.open(database_url, METADATA)
    yield store
    store.close()


def keep(
    store: Store,
    audit_id: str,
    *findings: Finding,
    scope: Scope = SCOPE,
    request: Request = NOBODY,
    now_ms: int = 7,
    mark: Mark | None = None,
) -> None:
    nothing = measure(DELIVERY_TIME, orders_of(no_events()), MeasureContext())
    audit = Audit(
        audit_id=audit_id,
        data_version="none",
        scope=scope,
        period_start_ms=1,
        period_end_ms=2,
        create_time_ms=now_ms,
        params=AuditParams(),
        audited=judged(nothing, []),
        charges=Charges(),
        platform_ids=[],
        observations=nothing,
        declared=[],
        mark=mark,
    )
    with store.transaction() as connection:
        SqlAudits(store).keep(connection, audit, findings, request, scope)


def no_events() -> DispatchColumns:
    return DispatchColumns(
        **{field.name: np.empty(0, DTYPES.get(field.name, np.int64)) for field in fields(DispatchColumns)}
    )


def held(store: Store, scope: Scope = SCOPE) -> list[Finding]:
    with store.read() as connection:
        return SqlAudits(store).findings(connection, scope)


def test_an_audits_first_state_stays_marked_until_its_events_are_dropped(store: Store) -> None:
    span = OverHoursSpan("finding-1", "worker-1", 50, 90, stands=True)
    first = Mark(40, {("dispatches", 3): 2**64 - 1}, [span])
    keep(store, "one", mark=first)
    keep(store, "one", mark=Mark(40, {("dispatches", 3): 5}, []))
    keep(store, "open", mark=None)

    def marked(audit_id: str) -> Mark | None:
        with store.read() as connection:
            made = SqlAudits(store).made(connection, audit_id)
        assert made is not None
        return made.mark

    assert (marked("one"), marked("open")) == (first, None)
    for moment_ms, left in ((40, first), (41, None)):
        with store.transaction() as connection:
            SqlOverHoursSpans().forget_before(connection, moment_ms)
        assert marked("one") == left


def test_the_last_revision_of_a_finding_is_held_for_its_scope(store: Store) -> None:
    other = replace(SCOPE, end_ms=9)
    keep(store, "a1", FINDING)
    keep(store, "a2", replace(FINDING, finding_id="f2"), scope=other)
    amended = replace(FINDING, revision=2, changes=("declared: 1 → 2",), state=FindingState.WITHDRAWN)
    keep(store, "a3", amended)
    assert held(store) == [amended]
    assert [finding.finding_id for finding in held(store, other)] == ["f2"]


def test_an_audit_that_is_run_again_is_the_latest_again(store: Store) -> None:
    for audit_id in ("a1", "a2", "a1"):
        keep(store, audit_id)
    archive = SqlArchive(store)
    latest = archive.latest("delivery_time", "130200")
    assert latest is not None
    assert latest.audit_id == "a1"
    assert [kept.audit_id for kept in archive.page(None, None, 9)] == ["a1", "a2"]
    assert [kept.audit_id for kept in archive.page(None, latest.run, 9)] == ["a2"]
    assert archive.find("a9") is None


def test_a_request_is_recognised_for_seven_days(store: Store) -> None:
    asked = Request("tangshan", "r1")
    keep(store, "a1", request=asked)
    with store.read() as connection:
        assert SqlAudits(store).earlier(connection, asked) == EarlierRun(repr(SCOPE), "a1")
        assert SqlAudits(store).earlier(connection, Request("union", "r1")) is None
    keep(store, "a2", request=Request("tangshan", "r2"), now_ms=8 + KEEP_MS)
    with store.read() as connection:
        assert SqlAudits(store).earlier(connection, asked) is None


@pytest.mark.parametrize("areas", [("130203",), ("130200",), ("130000",), ("130281", "130203"), ()])
def test_the_store_lists_what_a_caller_may_see(store: Store, areas: tuple[str, ...]) -> None:
    caller = Caller("somebody", Role.UNION, areas)
    codes = ["130000", "130200", "130203", "130202", "130281", "120000"]
    for code in codes:
        keep(store, code, scope=replace(SCOPE, area_code=code))
    listed = {kept.area_code for kept in SqlArchive(store).page(own_areas(caller), None, 9)}
    assert listed == {code for code in codes if may_see_aggregates(caller, code)}
