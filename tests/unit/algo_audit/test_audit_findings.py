"""What an audit charges, and how the charges of the next audit follow."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from services.algo_audit.core.audit import CohortAudit, audit
from services.algo_audit.core.charge_rules import DISPARITY_RULE, RATCHET_RULE, UNDECLARED_RULE, WAGE_RULE
from services.algo_audit.core.evidence import Subject
from services.algo_audit.core.findings import Finding, FindingState, revise
from services.algo_audit.core.intervals import Interval
from services.algo_audit.core.metrics import DELIVERY_TIME, IMPLIED_SPEED, METRICS, ON_TIME_RATE, Metric
from services.algo_audit.core.observations import Group
from services.algo_audit.core.report import AppliedRule, Charges, Parity, PayStanding, Ratchet
from services.algo_audit.core.threshold_rules import FLOOR_RULE, STRICTEST_RULE
from services.algo_audit.core.thresholds import DeclaredThreshold
from tests.unit.algo_audit.charge_tables import observations_table

SUBJECT = Subject(DELIVERY_TIME, "130200", "", 9)
PLATFORMS = ("none", "swift", "steady")
NOTHING = Charges()


def cohorts(*thresholds: DeclaredThreshold) -> list[CohortAudit]:
    table = observations_table(
        DELIVERY_TIME,
        800,
        value=np.tile(np.linspace(300, 1_500, 400), 2),
        worker=np.arange(800) % 40,
        platform=np.repeat([1, 2], 400),
    )
    return audit(table, thresholds).cohorts


def declared(value: float, *, id: str = "t1", max_m: float = 1_000) -> DeclaredThreshold:
    return DeclaredThreshold(platform=1, metric="delivery_time", value=value, max_m=max_m, id=id)


def charged(judged: list[CohortAudit], subject: Subject = SUBJECT) -> list[Finding]:
    return revise([], judged, NOTHING, subject, PLATFORMS)


def after(held: list[Finding], judged: list[CohortAudit], charges: Charges = NOTHING) -> list[Finding]:
    return revise(held, judged, charges, SUBJECT, PLATFORMS)


# --- thresholds ---


def test_the_strictest_limit_and_the_one_below_the_floor_are_charged() -> None:
    judged = cohorts(declared(290))
    found = charged(judged)
    assert [(f.rule_id, f.platform_id, f.revision) for f in found] == [
        (STRICTEST_RULE, "swift", 1),
        (FLOOR_RULE, "swift", 1),
    ]
    evidence = found[0].evidence
    (cohort,) = judged
    assert cohort.baseline is not None
    assert (evidence.orders, evidence.p50) == (cohort.baseline.orders, cohort.baseline.p50)
    assert evidence.below_floor
    assert charged(cohorts(declared(900))) == []


def test_the_name_of_a_finding_is_that_of_every_version_of_the_product() -> None:
    digest = hashlib.sha256()
    for part in (STRICTEST_RULE, "t1", "130200", "0-1000", ""):
        digest.update(len(part.encode()).to_bytes(4, "big") + part.encode())
    (found,) = charged(cohorts(declared(420)))
    assert found.finding_id == digest.hexdigest()[:32]


def test_titles_say_minutes_and_shares() -> None:
    strictest, floor = charged(cohorts(declared(240)))
    assert "限时 4.0 分钟" in strictest.title_zh
    assert "4.0 min for 0–1 km" in strictest.title_en
    assert "0.5 公里按合法车速至少需要 5.0 分钟" in floor.title_zh
    assert "0.5 km lawfully take 5.0 min" in floor.title_en


@pytest.mark.parametrize(
    ("metric", "value", "zh", "en"),
    [
        (IMPLIED_SPEED, 30.0, "30.0 公里/小时", "30.0 km/h"),
        (ON_TIME_RATE, 0.99, "99.0%", "99.0 %"),
    ],
)
def test_titles_say_the_units_of_other_metrics(metric: Metric, value: float, zh: str, en: str) -> None:
    top = 20.0 if metric is IMPLIED_SPEED else 0.95
    table = observations_table(
        metric, 400, value=np.linspace(top / 2, top, 400), worker=np.arange(400) % 40, platform=2, orders=5
    )
    threshold = DeclaredThreshold(platform=1, metric=metric.id, value=value)
    found = charged(audit(table, [threshold]).cohorts, replace(SUBJECT, metric=metric))
    assert found, "nobody reaches it"
    assert all(zh in each.title_zh and en in each.title_en for each in found)
    assert all(metric.name_zh in each.title_zh for each in found)


def test_an_audit_that_finds_the_same_says_nothing() -> None:
    judged = cohorts(declared(420))
    assert after(charged(judged), judged) == []


def test_a_changed_limit_amends_with_what_changed() -> None:
    held = charged(cohorts(declared(420)))
    (amended,) = after(held, cohorts(declared(480)))
    assert (amended.finding_id, amended.revision) == (held[0].finding_id, 2)
    assert amended.changes[0] == "declared: 420 → 480"
    assert any(change.startswith("attainment: ") for change in amended.changes)


def test_a_laxer_limit_withdraws_and_says_how_it_stands_now() -> None:
    (withdrawn,) = after(charged(cohorts(declared(420))), cohorts(declared(900)))
    assert withdrawn.state is FindingState.WITHDRAWN
    assert withdrawn.changes == ("state: STANDS → WITHDRAWN", "verdict: WITHIN_MIDDLE, declared 900")


def test_a_limit_raised_above_the_floor_names_it() -> None:
    below = [f for f in charged(cohorts(declared(240))) if f.rule_id == FLOOR_RULE]
    (withdrawn,) = [f for f in after(below, cohorts(declared(320))) if f.rule_id == FLOOR_RULE]
    assert withdrawn.changes[1] == "declared: 320, the floor is 300"


def test_a_limit_no_longer_in_force_withdraws() -> None:
    (withdrawn,) = after(charged(cohorts(declared(420))), cohorts(declared(900, id="t2")))
    assert withdrawn.changes[1] == "declared: the threshold is no longer in force"


def test_what_was_withdrawn_stands_again_under_its_name() -> None:
    held = charged(cohorts(declared(420)))
    (withdrawn,) = after(held, cohorts(declared(900)))
    assert after([withdrawn], cohorts(declared(900))) == [], "it is not withdrawn twice"
    (again,) = after([withdrawn], cohorts(declared(420)))
    assert (again.finding_id, again.revision, again.state) == (held[0].finding_id, 3, FindingState.STANDS)
    assert again.changes == ("state: WITHDRAWN → STANDS",)


def test_two_limits_for_one_range_are_two_findings() -> None:
    found = charged(cohorts(declared(420), declared(400, id="t2")))
    assert len({finding.finding_id for finding in found}) == 2


@pytest.mark.parametrize("other", [replace(SUBJECT, area_code="130203"), replace(SUBJECT, period="1/2")])
def test_other_areas_and_periods_make_findings_of_their_own(other: Subject) -> None:
    judged = cohorts(declared(420))
    assert charged(judged)[0].finding_id != charged(judged, other)[0].finding_id


# --- everything else that is charged ---


def ratchet(tightening: bool = True, slope: float = -120.0) -> Charges:
    row = Ratchet(
        platform=1,
        cohort="food-delivery/1000-2000",
        cohort_zh="外卖配送 1–2 公里",
        cohort_en="food delivery, 1–2 km",
        times_ms=[0, 1],
        limits=[1_800.0, 1_680.0],
        slope=slope,
        slope_interval=Interval(slope - 10, slope + 10),
        p_value=0.001,
        adjusted_p=0.002,
        tightening=tightening,
    )
    return Charges(ratchets=[row])


def applied(undeclared: bool = True, share: float = 0.2, limit: float | None = None) -> Charges:
    row = AppliedRule(
        platform=1,
        metric_id="penalties_per_order",
        cohort="food-delivery",
        cohort_zh="外卖配送",
        cohort_en="food delivery",
        declared=limit,
        applied=500.0,
        orders=900,
        workers=90,
        stricter_share=share,
        stricter_share_interval=Interval(share - 0.05, share + 0.05),
        undeclared=undeclared,
    )
    return Charges(applied=[row])


def pay(underpaid: bool = True, share: float = 0.4) -> Charges:
    row = PayStanding(
        platform=1,
        cohort="130203",
        cohort_zh="路北区",
        cohort_en="Lubei",
        workers=80,
        p10=1_500.0,
        p50=2_300.0,
        p90=4_000.0,
        p50_interval=Interval(2_200.0, 2_400.0),
        minimum_wage=2_200.0,
        minimum_wage_source=("通知", "notice"),
        share_below=share,
        share_below_interval=Interval(share - 0.1, share + 0.1),
        underpaid=underpaid,
        adjusted_p=0.01,
    )
    return Charges(pay=[row])


def disparity(disparate: bool = True, ratio: float = 0.6) -> Charges:
    row = Parity(
        platform=1,
        metric_id="hourly_earnings",
        grouping=Group.PARTNER_FIRM,
        group=1,
        group_id="firm-b",
        group_zh="乙公司",
        group_en="firm B",
        reference_group_id="firm-a",
        workers=60,
        orders=4_000,
        value=ratio * 3_000,
        reference_value=3_000.0,
        ratio=ratio,
        ratio_interval=Interval(ratio - 0.1, ratio + 0.1),
        disparate=disparate,
        adjusted_p=0.01,
    )
    return Charges(parity=[row])


RULES: list[tuple[str, Callable[..., Charges], str, str]] = [
    (RATCHET_RULE, ratchet, "30.0 分钟 变为 28.0 分钟，每 30 天缩短 2.0 分钟", "from 30.0 min to 28.0 min"),
    (
        UNDECLARED_RULE,
        applied,
        "从未申报，却适用于 20.0% 的订单，中位数 5.00 元/单",
        "never declared for food",
    ),
    (WAGE_RULE, pay, "路北区 40.0% 的劳动者每小时劳动报酬低于 22.00 元/小时", "less than 22.00 CNY/h"),
    (DISPARITY_RULE, disparity, "“乙公司”的每小时劳动报酬", "firm B is only 60.0 %"),
]


@pytest.mark.parametrize(("rule_id", "made", "zh", "en"), RULES)
def test_each_rule_is_charged_in_words_with_its_figures(
    rule_id: str, made: Callable[..., Charges], zh: str, en: str
) -> None:
    (found,) = revise([], [], made(), SUBJECT, PLATFORMS)
    assert (found.rule_id, found.platform_id, found.area_code) == (rule_id, "swift", "130200")
    assert zh in found.title_zh
    assert en in found.title_en
    assert found.evidence.metric_id in METRICS
    assert found.evidence.figures
    assert all(figure.title_zh and figure.title_en and figure.unit for figure in found.evidence.figures)
    assert revise([], [], made(False), SUBJECT, PLATFORMS) == []


@pytest.mark.parametrize(("rule_id", "made", "zh", "en"), RULES)
def test_each_rule_amends_withdraws_and_stands_again(
    rule_id: str, made: Callable[..., Charges], zh: str, en: str
) -> None:
    held = revise([], [], made(), SUBJECT, PLATFORMS)
    assert after(held, [], made()) == []
    other = -200.0 if made is ratchet else 0.3
    (amended,) = after(held, [], made(True, other))
    assert (amended.finding_id, amended.revision) == (held[0].finding_id, 2)
    assert all(change.startswith("figures.") for change in amended.changes)
    assert any("→" in change and "(" in change for change in amended.changes)
    (withdrawn,) = after([amended], [], made(False))
    assert (withdrawn.state, withdrawn.revision) == (FindingState.WITHDRAWN, 3)
    assert withdrawn.changes[1].startswith("figures.")
    (gone,) = after([amended], [])
    assert gone.changes[1] == "figures: there are too few data to say it now"
    (again,) = after([withdrawn], [], made())
    assert again.changes[0] == "state: WITHDRAWN → STANDS"


def test_an_interval_of_pay_with_an_end_that_is_not_told_is_not_in_the_finding() -> None:
    (row,) = pay().pay
    for ends in (Interval(-math.inf, 2_400.0), Interval(2_200.0, math.inf)):
        (found,) = revise([], [], Charges(pay=[replace(row, p50_interval=ends)]), SUBJECT, PLATFORMS)
        evidence = found.evidence
        assert (evidence.p50, evidence.p50_low, evidence.p50_high) == (2_300.0, 0.0, 0.0)


def test_an_applied_rule_stricter_than_declared_says_both() -> None:
    (found,) = revise([], [], applied(limit=300.0), SUBJECT, PLATFORMS)
    assert "申报 3.00 元/单" in found.title_zh
    assert found.evidence.declared == 300.0


def test_all_rules_name_their_findings_differently() -> None:
    both = [made() for _, made, _, _ in RULES]
    found = [finding for charges in both for finding in revise([], [], charges, SUBJECT, PLATFORMS)]
    elsewhere = replace(SUBJECT, area_code="130203")
    found += [finding for charges in both for finding in revise([], [], charges, elsewhere, PLATFORMS)]
    others = ("none", "other", "steady")
    found += [finding for charges in both for finding in revise([], [], charges, SUBJECT, others)]
    assert len({finding.finding_id for finding in found}) == 12


def test_a_median_that_the_data_cannot_bound_does_not_leave_the_service() -> None:
    # A quick and a slow worker did nearly all: 10 workers and 208 orders tell as much as two orders do.
    worker = np.concatenate([np.zeros(100), np.ones(100), 2 + np.arange(8)])
    value = np.concatenate([np.full(100, 400.0), np.full(100, 900.0), np.full(8, 500.0)])
    table = observations_table(DELIVERY_TIME, 208, value=value, worker=worker, platform=2)
    (cohort,) = audit(table, [declared(240)]).cohorts
    assert cohort.suppressed
    (floor,) = charged([cohort])
    assert (floor.rule_id, floor.evidence.orders, floor.evidence.p50_high) == (FLOOR_RULE, 0, 0.0)
    assert all(math.isfinite(f.evidence.p50_high) for f in charged(cohorts(declared(240))))
