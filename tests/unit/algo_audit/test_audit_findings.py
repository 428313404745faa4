"""What an audit charges, and how the charges of the next audit follow."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from services.algo_audit.core.audit import CohortAudit, audit_delivery_time
from services.algo_audit.core.findings import (
    FLOOR_RULE,
    STRICTEST_RULE,
    Finding,
    FindingState,
    Subject,
    findings_of,
    revise,
)
from services.algo_audit.core.metrics import DELIVERY_TIME
from services.algo_audit.core.orders import Orders
from services.algo_audit.core.thresholds import DeclaredThreshold
from tests.unit.algo_audit.test_audit_delivery_time import orders_at, spread, together

SUBJECT = Subject(DELIVERY_TIME, "130200", "", 9)
PLATFORMS = ("none", "swift", "steady")
ORDERS = together(orders_at(1, spread(400, 300, 1_500)), orders_at(2, spread(400, 300, 1_500)))


def cohorts(*thresholds: DeclaredThreshold, orders: Orders = ORDERS) -> list[CohortAudit]:
    return audit_delivery_time(orders, thresholds)


def declared(value_s: float, *, id: str = "t1", max_m: float = 1_000) -> DeclaredThreshold:
    return DeclaredThreshold(platform=1, metric="delivery_time", value_s=value_s, max_m=max_m, id=id)


def charges(judged: list[CohortAudit], subject: Subject = SUBJECT) -> list[Finding]:
    return findings_of(judged, subject, PLATFORMS)


def after(held: list[Finding], judged: list[CohortAudit]) -> list[Finding]:
    return revise(held, charges(judged), judged, SUBJECT)


def test_the_strictest_limit_and_the_one_below_the_floor_are_charged() -> None:
    judged = cohorts(declared(240))
    found = charges(judged)
    assert [(f.rule_id, f.platform_id, f.revision) for f in found] == [
        (STRICTEST_RULE, "swift", 1),
        (FLOOR_RULE, "swift", 1),
    ]
    evidence = found[0].evidence
    (cohort,) = judged
    assert cohort.baseline is not None
    assert (evidence.orders, evidence.p50) == (cohort.baseline.orders, cohort.baseline.p50_s)
    assert evidence.below_floor
    assert charges(cohorts(declared(900))) == []


def test_an_audit_that_finds_the_same_says_nothing() -> None:
    judged = cohorts(declared(420))
    assert after(charges(judged), judged) == []


def test_a_changed_limit_amends_with_what_changed() -> None:
    held = charges(cohorts(declared(420)))
    (amended,) = after(held, cohorts(declared(480)))
    assert (amended.finding_id, amended.revision) == (held[0].finding_id, 2)
    assert amended.changes[0] == "declared: 420 → 480"
    assert any(change.startswith("attainment: ") for change in amended.changes)


def test_a_laxer_limit_withdraws_and_says_how_it_stands_now() -> None:
    (withdrawn,) = after(charges(cohorts(declared(420))), cohorts(declared(900)))
    assert withdrawn.state is FindingState.WITHDRAWN
    assert withdrawn.changes == ("state: STANDS → WITHDRAWN", "verdict: WITHIN_MIDDLE, declared 900")


def test_a_limit_raised_above_the_floor_names_it() -> None:
    below = [f for f in charges(cohorts(declared(240))) if f.rule_id == FLOOR_RULE]
    (withdrawn,) = revise(below, [], cohorts(declared(320)), SUBJECT)
    assert withdrawn.changes[1] == "declared: 320, the floor is 300"


def test_a_limit_no_longer_in_force_withdraws() -> None:
    (withdrawn,) = after(charges(cohorts(declared(420))), cohorts(declared(900, id="t2")))
    assert withdrawn.changes[1] == "declared: the threshold is no longer in force"


def test_what_was_withdrawn_stands_again_under_its_name() -> None:
    held = charges(cohorts(declared(420)))
    (withdrawn,) = after(held, cohorts(declared(900)))
    assert after([withdrawn], cohorts(declared(900))) == [], "it is not withdrawn twice"
    (again,) = after([withdrawn], cohorts(declared(420)))
    assert (again.finding_id, again.revision, again.state) == (held[0].finding_id, 3, FindingState.STANDS)
    assert again.changes == ("state: WITHDRAWN → STANDS",)


def test_two_limits_for_one_range_are_two_findings() -> None:
    found = charges(cohorts(declared(420), declared(400, id="t2")))
    assert len({finding.finding_id for finding in found}) == 2


@pytest.mark.parametrize("other", [replace(SUBJECT, area_code="130203"), replace(SUBJECT, period="1/2")])
def test_other_areas_and_periods_make_findings_of_their_own(other: Subject) -> None:
    judged = cohorts(declared(420))
    assert charges(judged)[0].finding_id != charges(judged, other)[0].finding_id


def test_a_median_that_the_data_cannot_bound_does_not_leave_the_service() -> None:
    # A quick and a slow worker did nearly all: 10 workers and 208 orders tell as much as two orders do.
    parts = [
        (np.full(100, 400.0), 1, 0),
        (np.full(100, 900.0), 1, 1),
        (np.full(8, 500.0), 8, 2),
    ]
    orders = together(
        *(
            replace(
                each := orders_at(2, durations, workers=workers),
                worker=each.worker + first,
                order=each.order + np.uint64(1_000 * first),
            )
            for durations, workers, first in parts
        )
    )
    (cohort,) = cohorts(declared(240), orders=orders)
    assert cohort.suppressed
    (floor,) = charges([cohort])
    assert (floor.rule_id, floor.evidence.orders, floor.evidence.p50_high) == (FLOOR_RULE, 0, 0.0)
    assert all(math.isfinite(f.evidence.p50_high) for f in charges(cohorts(declared(240))))
