"""The audit as a whole: cohorts, references, verdicts, counts."""

import math
import time
from dataclasses import fields, replace

import numpy as np
import pytest
from numpy.typing import NDArray

from services.algo_audit.core.audit import CohortAudit, audit_delivery_time
from services.algo_audit.core.bands import DISTANCE_BANDS
from services.algo_audit.core.baseline import MiddleBand
from services.algo_audit.core.orders import NEVER, Orders, Outcome
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.reference import ReferenceKind
from services.algo_audit.core.thresholds import DeclaredThreshold
from services.algo_audit.core.verdict import Doubt, Verdict

TAU = "delivery_time"


def orders_at(
    platform: int,
    duration_s: NDArray[np.float64],
    *,
    workers: int = 100,
    distance_m: float = 500.0,
    area: int = 130202,
    outcome: Outcome = Outcome.FINISHED,
) -> Orders:
    """Orders of one platform, dealt in turn to its workers."""
    n = len(duration_s)
    finished = outcome == Outcome.FINISHED
    return Orders(
        platform=np.full(n, platform),
        order=np.arange(n).astype(np.uint64),
        worker=platform * 1_000_000 + np.arange(n) % workers,
        area=np.full(n, area),
        outcome=np.full(n, outcome, np.int8),
        accepted_ms=np.zeros(n, np.int64),
        completed_ms=(duration_s * 1_000).astype(np.int64) if finished else np.full(n, NEVER),
        duration_s=duration_s if finished else np.full(n, np.nan),
        distance_m=np.full(n, distance_m),
        promised_s=np.full(n, np.nan),
        accepted_event=np.zeros(n, np.uint64),
        completed_event=np.zeros(n, np.uint64),
    )


def together(*parts: Orders) -> Orders:
    return Orders(**{f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Orders)})


def spread(n: int, low_s: float, high_s: float) -> NDArray[np.float64]:
    """n durations, evenly spread, in an order that deals every worker some of each."""
    return np.random.default_rng(n).permutation(np.linspace(low_s, high_s, n))


def only(audits: list[CohortAudit]) -> CohortAudit:
    assert len(audits) == 1
    return audits[0]


def limit(platform: int, value_s: float, min_m: float = 0.0, max_m: float = 1_000.0) -> DeclaredThreshold:
    return DeclaredThreshold(platform, TAU, value_s, min_m, max_m)


FAST = orders_at(1, spread(1_000, 300, 900))
SLOW = orders_at(2, spread(1_000, 900, 1_500))


def test_a_platform_is_held_against_the_others_not_itself() -> None:
    cohort = only(audit_delivery_time(together(FAST, SLOW), [limit(1, 600)]))
    assert cohort.reference is ReferenceKind.OTHERS
    assert cohort.baseline is not None
    assert cohort.baseline.p50_s == pytest.approx(1_200, abs=1)
    assert cohort.standing is not None
    assert cohort.standing.attainment == 0.0
    assert cohort.standing.strictness == 1.0
    assert cohort.verdict is Verdict.STRICTEST


def test_a_lone_platform_is_held_against_all() -> None:
    cohort = only(audit_delivery_time(FAST, [limit(1, 600)]))
    assert cohort.reference is ReferenceKind.ALL
    assert cohort.verdict is Verdict.WITHIN_MIDDLE


def test_another_platform_too_small_to_publish_is_no_yardstick() -> None:
    few = orders_at(2, spread(500, 900, 1_500), workers=9)
    cohort = only(audit_delivery_time(together(FAST, few), [limit(1, 600)]))
    assert cohort.reference is ReferenceKind.ALL
    assert cohort.baseline is not None
    assert cohort.baseline.orders == len(FAST)


def test_platforms_too_small_alone_are_pooled() -> None:
    parts = [orders_at(p, spread(100, 300, 900), workers=8) for p in (1, 2)]
    cohort = only(audit_delivery_time(together(*parts), [limit(1, 600)]))
    assert cohort.reference is ReferenceKind.ALL
    assert cohort.baseline is not None
    assert (cohort.baseline.orders, cohort.baseline.workers) == (200, 16)


def test_a_platform_without_orders_is_held_against_the_others() -> None:
    cohort = only(audit_delivery_time(FAST, [limit(9, 600)]))
    assert cohort.reference is ReferenceKind.OTHERS


def test_too_small_a_cell_gives_no_figure_at_all_but_still_the_floor() -> None:
    cohort = only(audit_delivery_time(orders_at(1, spread(29, 300, 900)), [limit(1, 100)]))
    assert cohort.suppressed
    assert (cohort.baseline, cohort.standing, cohort.reference) == (None, None, None)
    assert cohort.verdict is Verdict.INSUFFICIENT_EVIDENCE
    assert cohort.judgement.doubt is Doubt.CELL_TOO_SMALL
    assert cohort.below_floor


def test_no_orders_at_all_is_insufficient_evidence_everywhere() -> None:
    audits = audit_delivery_time(FAST_NONE, [limit(1, 600, max_m=math.inf)], AuditParams(by_area=True))
    assert [a.verdict for a in audits] == [Verdict.INSUFFICIENT_EVIDENCE] * 5


FAST_NONE = orders_at(1, np.empty(0))


@pytest.mark.parametrize(
    ("percent", "verdict"),
    [
        (20, Verdict.STRICTEST),
        (39, Verdict.STRICTEST),
        (41, Verdict.WITHIN_MIDDLE),
        (50, Verdict.WITHIN_MIDDLE),
        (59, Verdict.WITHIN_MIDDLE),
        (61, Verdict.LAXER),
    ],
)
def test_the_verdict_follows_the_share_that_meets_the_limit(percent: int, verdict: Verdict) -> None:
    reference = orders_at(2, spread(10_001, 300, 1_300))
    tau = 300 + 10.0 * percent
    assert only(audit_delivery_time(reference, [limit(1, tau)])).verdict is verdict


def test_the_middle_is_the_declared_band() -> None:
    reference = orders_at(2, spread(10_001, 300, 1_300))
    params = AuditParams(middle=MiddleBand(0.70, 0.90))
    cohort = only(audit_delivery_time(reference, [limit(1, 900)], params))
    assert cohort.verdict is Verdict.STRICTER
    assert cohort.baseline is not None
    middle = cohort.baseline.middle_s
    assert (middle.low, middle.high) == pytest.approx((1_000, 1_200), abs=0.2)


def test_a_limit_is_judged_in_each_band_it_covers_and_undecided_where_it_covers_a_part() -> None:
    reference = together(*(orders_at(2, spread(200, 600, 1_500), distance_m=d) for d in (500, 1_500, 2_500)))
    audits = audit_delivery_time(reference, [limit(1, 1_050, max_m=2_500)])
    assert [(a.band.label_en, a.judgement.doubt) for a in audits] == [
        ("0–1 km", None),
        ("1–2 km", None),
        ("2–3 km", Doubt.BAND_PARTLY_COVERED),
    ]
    assert audits[2].suppressed


def test_below_the_floor_is_found_whatever_the_percentiles_say() -> None:
    # 2.5 km at 15 km/h take 10 min, with wait and hand-over 13. The orders seen were lawful, but over 2.1 km.
    reference = orders_at(2, spread(1_000, 510, 700), distance_m=2_100)
    cohort = only(audit_delivery_time(reference, [limit(1, 720, 2_000, 3_000)]))
    assert cohort.verdict is Verdict.LAXER
    assert cohort.below_floor


def test_orders_done_faster_than_lawful_do_not_make_a_limit_look_attainable() -> None:
    # 2.5 km in under 10 min is more than 15 km/h.
    speeding = orders_at(2, spread(1_000, 300, 599), distance_m=2_500)
    lawful = orders_at(2, spread(1_000, 900, 1_500), distance_m=2_500)
    cohort = only(audit_delivery_time(together(speeding, lawful), [limit(1, 600, 2_000, 3_000)]))
    assert cohort.verdict is Verdict.STRICTEST
    assert cohort.baseline is not None
    assert cohort.baseline.orders == 1_000
    assert cohort.baseline.excluded["ABOVE_LAWFUL_SPEED"] == 1_000


def test_censored_and_impossible_orders_are_reported_beside_the_figures() -> None:
    orders = together(
        orders_at(2, spread(900, 300, 900)),
        orders_at(2, spread(61, 300, 900), outcome=Outcome.CANCELLED),
        orders_at(2, spread(32, 300, 900), outcome=Outcome.UNFINISHED),
        orders_at(2, spread(5, 300, 900), outcome=Outcome.END_BEFORE_START),
        orders_at(2, spread(11, 300, 900), distance_m=math.nan),
        orders_at(3, spread(50, 300, 900), outcome=Outcome.CANCELLED),  # not in the pool
    )
    baseline = only(audit_delivery_time(orders, [limit(1, 600)])).baseline
    assert baseline is not None
    assert baseline.orders == 900
    assert baseline.censored == 100  # 93, rounded up to tens
    assert baseline.censored_share == 0.09
    assert baseline.excluded == {
        "NO_ACCEPTANCE": 0,
        "END_BEFORE_START": 10,
        "ZERO_DURATION": 0,
        "ABOVE_LAWFUL_SPEED": 0,
        "DISTANCE_UNKNOWN": 20,
    }


def test_areas_are_judged_beside_the_city_and_without_a_chart() -> None:
    orders = together(*(orders_at(2, spread(300, 300, 900), area=a) for a in (0, 130202, 130203)))
    audits = audit_delivery_time(orders, [limit(1, 600)], AuditParams(by_area=True))
    assert [a.area for a in audits] == [None, 130202, 130203]  # code 0 is no area
    baselines = [a.baseline for a in audits]
    assert [b.orders for b in baselines if b] == [900, 300, 300]
    assert [b.histogram is None for b in baselines if b] == [False, True, True]


def test_one_small_area_takes_the_next_smallest_with_it() -> None:
    sizes = {130202: 20, 130203: 300, 130204: 400}
    orders = together(*(orders_at(2, spread(n, 300, 900), area=a) for a, n in sizes.items()))
    audits = audit_delivery_time(orders, [limit(1, 600)], AuditParams(by_area=True))
    assert {a.area: a.suppressed for a in audits} == {None: False, 130202: True, 130203: True, 130204: False}


def test_the_chart_holds_every_order_once() -> None:
    baseline = only(audit_delivery_time(together(FAST, SLOW), [limit(1, 600)])).baseline
    assert baseline is not None
    assert baseline.histogram is not None
    assert sum(baseline.histogram.counts) == baseline.orders
    assert len(baseline.histogram.edges_s) == len(baseline.histogram.counts) + 1
    assert list(baseline.histogram.edges_s) == sorted(baseline.histogram.edges_s)


def test_thresholds_of_other_metrics_are_left_alone() -> None:
    assert audit_delivery_time(FAST, [replace(limit(1, 600), metric="on_time_rate")]) == []


def test_the_order_of_orders_and_thresholds_changes_nothing() -> None:
    rng = np.random.default_rng(2022)
    parts = [
        orders_at(p, spread(200 + 50 * p, 400 + 100 * p, 2_000), area=a, distance_m=d)
        for p in (1, 2, 3)
        for a in (130202, 130203)
        for d in (500, 2_500)
    ]
    orders = together(*parts)
    thresholds = [limit(p, 600 + 100 * p, max_m=math.inf) for p in (1, 2, 3)]
    first = audit_delivery_time(orders, thresholds, AuditParams(by_area=True))
    index = rng.permutation(len(orders))
    shuffled = Orders(**{f.name: getattr(orders, f.name)[index] for f in fields(Orders)})
    assert audit_delivery_time(shuffled, thresholds[::-1], AuditParams(by_area=True)) == first


def test_a_million_orders_in_twenty_cohorts_take_seconds_at_most() -> None:
    rng = np.random.default_rng(1_000_000)
    n = 1_000_000
    orders = replace(
        orders_at(1, 400 + rng.gamma(2, 400, n)),
        platform=rng.integers(1, 5, n),
        worker=rng.integers(0, 50_000, n),
        distance_m=rng.gamma(2, 1_200, n),
    )
    thresholds = [limit(p, 1_200, max_m=math.inf) for p in (1, 2, 3, 4)]
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        audits = audit_delivery_time(orders, thresholds)
        seconds.append(time.perf_counter() - start)
    assert len(audits) == 4 * len(DISTANCE_BANDS) == 20
    assert min(seconds) < 3.0, "a third of a second on a quiet machine"
