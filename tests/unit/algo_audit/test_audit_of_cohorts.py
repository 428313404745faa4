"""The audit as a whole: which cohorts, whose reference, which verdict, which counts."""

import math
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from numpy.typing import NDArray

from services.algo_audit.core.audit import METHOD_VERSION, Audited, CohortAudit, audit
from services.algo_audit.core.bands import DISTANCE_BANDS
from services.algo_audit.core.baseline import MiddleBand, attainment, quantile, sample_of
from services.algo_audit.core.cohort_tree import Detail
from services.algo_audit.core.discovery import adjusted
from services.algo_audit.core.intervals import attainment_interval, quantile_interval
from services.algo_audit.core.metrics import (
    ACCEPTANCE_RATE,
    DELIVERY_TIME,
    IMPLIED_SPEED,
    Direction,
    Key,
    Metric,
)
from services.algo_audit.core.observations import Exclusion, Observations
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.reference import ReferenceKind
from services.algo_audit.core.thresholds import DeclaredThreshold, covers_area, in_force
from services.algo_audit.core.verdict import Doubt, Verdict

BANDS = {band.id: code for code, band in enumerate(DISTANCE_BANDS)}


def seen(
    platform: int,
    value: NDArray[np.float64],
    *,
    metric: Metric = DELIVERY_TIME,
    workers: int = 100,
    band: str | None = "0-1000",
    area: int = 130202,
    service: int = 1,
    vehicle: int = 1,
    hour: int = 2,
    weather: int = 0,
    censored: bool = False,
    excluded: Exclusion = Exclusion.NONE,
) -> Observations:
    """Rows of one platform, dealt in turn to its workers."""
    n = len(value)
    codes = {
        Key.SERVICE: service,
        Key.VEHICLE: vehicle,
        Key.DISTANCE: -1 if band is None else BANDS[band],
        Key.AREA: area,
        Key.HOUR: hour,
        Key.WEATHER: weather,
    }
    return Observations(
        metric=metric,
        value=value,
        censored=np.full(n, censored),
        worker=platform * 1_000 + np.arange(n) % workers,
        platform=np.full(n, platform),
        day=np.zeros(n, np.int64),
        orders=np.ones(n, np.int64),
        excluded=np.full(n, excluded, np.uint8),
        keys={key: np.full(n, codes[key]) for key in metric.keys},
        groups={},
    )


def together(*parts: Observations) -> Observations:
    def column(name: str) -> NDArray[np.generic]:
        return np.concatenate([getattr(part, name) for part in parts])

    columns = ("value", "censored", "worker", "platform", "day", "orders", "excluded")
    keys = {key: np.concatenate([part.keys[key] for part in parts]) for key in parts[0].metric.keys}
    return Observations(
        metric=parts[0].metric,
        keys=keys,
        groups={},
        **{name: column(name) for name in columns},  # type: ignore[arg-type]
    )


def spread(n: int, low: float, high: float) -> NDArray[np.float64]:
    """n values, evenly spread, in an order that deals every worker some of each."""
    return np.random.default_rng(n).permutation(np.linspace(low, high, n))


def only(audited: Audited) -> CohortAudit:
    assert len(audited.cohorts) == 1
    return audited.cohorts[0]


def limit(platform: int, value: float, min_m: float = 0.0, max_m: float = 1_000.0) -> DeclaredThreshold:
    return DeclaredThreshold(platform, "delivery_time", value, min_m, max_m)


FAST = seen(1, spread(1_000, 300, 900))
SLOW = seen(2, spread(1_000, 900, 1_500))
NOTHING = seen(1, np.empty(0))


def test_the_method_has_a_version_of_its_own() -> None:
    assert METHOD_VERSION == "4"


def test_a_platform_is_held_against_the_others_not_itself() -> None:
    row = only(audit(together(FAST, SLOW), [limit(1, 600)]))
    assert row.reference is ReferenceKind.OTHERS
    assert row.baseline is not None
    assert row.baseline.p50 == pytest.approx(1_200, abs=1)
    assert row.standing is not None
    assert row.standing.attainment == 0.0
    assert row.standing.strictness == 1.0
    assert row.verdict is Verdict.STRICTEST
    assert row.cohort.id == "0-1000"


def test_a_lone_platform_is_held_against_itself() -> None:
    row = only(audit(FAST, [limit(1, 600)]))
    assert row.reference is ReferenceKind.ALL
    assert row.verdict is Verdict.WITHIN_MIDDLE


def test_another_platform_too_small_to_publish_is_no_yardstick() -> None:
    few = seen(2, spread(500, 900, 1_500), workers=9)
    row = only(audit(together(FAST, few), [limit(1, 600)]))
    assert row.reference is ReferenceKind.ALL
    assert row.baseline is not None
    assert row.baseline.orders == len(FAST)


def test_platforms_too_small_alone_are_in_no_pool() -> None:
    parts = [seen(p, spread(100, 300, 900), workers=8) for p in (1, 2)]
    assert only(audit(together(*parts), [limit(1, 600)])).suppressed


def test_a_platform_without_orders_is_held_against_the_others() -> None:
    assert only(audit(FAST, [limit(9, 600)])).reference is ReferenceKind.OTHERS


def test_too_small_a_cell_gives_no_figure_at_all_but_still_the_floor() -> None:
    row = only(audit(seen(1, spread(29, 300, 900)), [limit(1, 100)]))
    assert row.suppressed
    assert (row.baseline, row.standing, row.reference) == (None, None, None)
    assert (row.verdict, row.judgement.doubt) == (Verdict.INSUFFICIENT_EVIDENCE, Doubt.CELL_TOO_SMALL)
    assert row.below_floor


@pytest.mark.parametrize("detail", Detail)
def test_no_orders_at_all_is_insufficient_evidence_everywhere(detail: Detail) -> None:
    rows = audit(NOTHING, [limit(1, 600, max_m=math.inf)], None, detail).cohorts
    assert [row.judgement.doubt for row in rows] == [Doubt.CELL_TOO_SMALL] * len(rows)
    assert [row.cohort.id for row in rows] == (
        ["all"] if detail is Detail.SERVICE else [band.id for band in DISTANCE_BANDS]
    )


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
    reference = seen(2, spread(10_001, 300, 1_300))
    assert only(audit(reference, [limit(1, 300 + 10.0 * percent)])).verdict is verdict


@pytest.mark.parametrize(
    ("percent", "verdict"), [(20, Verdict.STRICTEST), (50, Verdict.WITHIN_MIDDLE), (80, Verdict.LAXER)]
)
def test_a_rate_is_strict_when_high(percent: int, verdict: Verdict) -> None:
    reference = seen(2, spread(2_001, 0.5, 1.0), metric=ACCEPTANCE_RATE, workers=2_001)
    declared = DeclaredThreshold(1, "acceptance_rate", 1.0 - percent / 200)
    row = only(audit(reference, [declared]))
    assert row.verdict is verdict
    assert row.feasibility is None
    assert not row.below_floor
    assert row.cohort.id == "all"


def test_the_middle_is_the_declared_band() -> None:
    reference = seen(2, spread(10_001, 300, 1_300))
    row = only(audit(reference, [limit(1, 900)], AuditParams(middle=MiddleBand(0.70, 0.90))))
    assert row.verdict is Verdict.STRICTER
    assert row.baseline is not None
    assert (row.baseline.middle.low, row.baseline.middle.high) == pytest.approx((1_000, 1_200), abs=0.2)


def test_a_limit_is_judged_in_each_band_it_covers_and_undecided_where_it_covers_a_part() -> None:
    ids = ("0-1000", "1000-2000", "2000-3000")
    reference = together(*(seen(2, spread(200, 600, 1_500), band=band) for band in ids))
    rows = audit(reference, [limit(1, 1_050, max_m=2_500)]).cohorts
    assert [(row.cohort.id, row.judgement.doubt) for row in rows] == [
        ("0-1000", None),
        ("1000-2000", None),
        ("2000-3000", Doubt.BAND_PARTLY_COVERED),
    ]
    assert rows[2].suppressed


def test_orders_of_all_distances_are_no_yardstick_for_a_limit_of_some() -> None:
    some, all_ = (
        only(audit(SLOW, [limit(1, 1_050, max_m=max_m)], None, Detail.SERVICE))
        for max_m in (1_000.0, math.inf)
    )
    assert some.judgement.doubt is Doubt.BAND_PARTLY_COVERED
    assert all_.judgement.doubt is None


def test_a_limit_is_held_against_its_own_service_and_that_service_s_vehicle() -> None:
    orders = together(
        seen(2, spread(500, 300, 900)),
        seen(2, spread(500, 900, 1_500), vehicle=2),
        seen(2, spread(500, 1_500, 2_000), service=2, vehicle=3),
        seen(2, spread(500, 2_000, 2_500), service=3),
    )
    declared = [replace(limit(1, 600), service=service) for service in (1, 2, 3)]
    middles = [row.baseline.p50 for row in audit(orders, declared).cohorts if row.baseline]
    assert middles == pytest.approx([600, 1_750, 2_250], abs=2)


def test_below_the_floor_is_found_whatever_the_percentiles_say() -> None:
    # 2.5 km at 15 km/h take 10 min, with wait and hand-over 13.
    reference = seen(2, spread(1_000, 510, 700), band="2000-3000")
    row = only(audit(reference, [limit(1, 720, 2_000, 3_000)]))
    assert row.verdict is Verdict.LAXER
    assert row.below_floor


def test_a_speed_above_the_lawful_one_is_below_the_floor() -> None:
    reference = seen(2, spread(1_000, 5, 15), metric=IMPLIED_SPEED)
    fast, lawful = (
        only(audit(reference, [DeclaredThreshold(1, "implied_speed", speed, 0, 1_000)])) for speed in (16, 15)
    )
    assert (fast.below_floor, lawful.below_floor) == (True, False)
    assert fast.feasibility is not None
    assert fast.feasibility.floor == pytest.approx(15)


def test_what_is_left_out_is_told_in_tens_beside_the_figures() -> None:
    orders = together(
        seen(2, spread(900, 300, 900)),
        seen(2, spread(93, 300, 900), censored=True),
        seen(2, spread(11, 300, 900), excluded=Exclusion.ABOVE_LAWFUL_SPEED),
        seen(2, spread(12, 300, 900), band=None, excluded=Exclusion.DISTANCE_UNKNOWN),
        seen(3, spread(50, 300, 900), excluded=Exclusion.ABOVE_LAWFUL_SPEED),  # not in the pool
    )
    baseline = only(audit(orders, [limit(1, 600)])).baseline
    assert baseline is not None
    assert (baseline.orders, baseline.values, baseline.workers) == (993, 993, 100)
    assert baseline.censored == 100
    told = {reason: count for reason, count in baseline.excluded.items() if count}
    assert told == {Exclusion.ABOVE_LAWFUL_SPEED: 20, Exclusion.DISTANCE_UNKNOWN: 20}


def test_censored_orders_are_in_the_middle_as_longer_than_seen() -> None:
    finished, cut_off = spread(900, 300, 900), spread(300, 300, 900)
    row = only(audit(together(seen(2, finished), seen(2, cut_off, censored=True)), [limit(1, 600)]))
    assert row.baseline is not None
    assert row.standing is not None
    assert row.baseline.p50 > np.median(finished)
    sample = sample_of(
        np.concatenate([finished, cut_off]),
        np.concatenate([np.arange(900) % 100, np.arange(300) % 100]),
        np.repeat([False, True], (900, 300)),
    )
    assert row.baseline.p50 == quantile(sample, 0.5)
    assert row.baseline.p50_interval == quantile_interval(sample, 0.5, 0.95)
    assert row.standing.attainment == attainment(sample, 600, Direction.AT_MOST)
    assert row.standing.interval == attainment_interval(sample, 600, Direction.AT_MOST, 0.95)


def test_the_chart_holds_every_order_once() -> None:
    censored = seen(2, spread(200, 900, 1_500), censored=True)
    baseline = only(audit(together(FAST, SLOW, censored), [limit(1, 600)])).baseline
    assert baseline is not None
    assert baseline.histogram is not None
    assert sum(baseline.histogram.counts) == baseline.orders == 1_200
    assert len(baseline.histogram.edges) == len(baseline.histogram.counts) + 1
    assert list(baseline.histogram.edges) == sorted(baseline.histogram.edges)


def test_areas_are_judged_each_and_what_is_of_none_is_not() -> None:
    orders = together(*(seen(2, spread(300, 300, 900), area=a) for a in (0, 130202, 130203)))
    rows = audit(orders, [limit(1, 600)], None, Detail.AREA).cohorts
    assert [row.cohort.id for row in rows] == ["0-1000/130202", "0-1000/130203"]
    assert [row.baseline.orders for row in rows if row.baseline] == [300, 300]


def test_one_small_area_takes_the_next_smallest_with_it() -> None:
    sizes = {130202: 20, 130203: 300, 130204: 400}
    orders = together(*(seen(2, spread(n, 300, 900), area=a) for a, n in sizes.items()))
    rows = audit(orders, [limit(1, 600)], None, Detail.AREA).cohorts
    assert [row.suppressed for row in rows] == [True, True, False]


def test_a_county_s_limit_is_judged_in_that_county_only_and_a_city_s_in_all_of_its_own() -> None:
    orders = together(*(seen(2, spread(300, 300, 900), area=a) for a in (130202, 130203, 130104)))
    declared = [replace(limit(1, 600), area=area, id=str(area)) for area in (130203, 130200, 130000, 130299)]
    rows = audit(orders, declared, None, Detail.AREA).cohorts
    judged = {(row.threshold.area, row.cohort.code(Key.AREA)) for row in rows if not row.suppressed}
    province, tangshan = {130202, 130203, 130104}, {130202, 130203}
    assert judged == {(130203, 130203)} | {(130200, a) for a in tangshan} | {(130000, a) for a in province}
    assert [row.cohort.id for row in rows if row.suppressed] == ["0-1000/130299"]


def test_asking_for_a_county_gives_its_rows_of_the_whole_city_s_audit() -> None:
    orders = together(
        *(seen(2, spread(n, 300, 900), area=a) for a, n in ((130202, 20), (130203, 300), (130204, 400)))
    )
    whole = audit(orders, [limit(1, 600)], None, Detail.AREA).cohorts
    assert audit(orders, [limit(1, 600)], area=130203).cohorts == whole[1:2]
    assert audit(orders, [limit(1, 600)], area=130200).cohorts == whole


def test_an_empty_hour_cannot_be_told_from_a_small_one() -> None:
    orders = together(seen(2, spread(900, 300, 900)), seen(2, spread(3, 300, 900), hour=4))
    rows = audit(orders, [limit(1, 600)], None, Detail.HOUR).cohorts
    assert len(rows) == 6
    small, empty = rows[4], rows[5]
    assert replace(small, cohort=empty.cohort) == empty


def test_one_cohort_that_looks_strict_among_many_that_do_not_is_not_called_strictest() -> None:
    rng = np.random.default_rng(3)
    # Fifty workers with one order each in every hour and weather: p is some per cent in the one cohort below.
    parts = [
        seen(2, spread(50, 300, 900), workers=50, area=130200 + a, hour=h)
        for a in range(1, 11)
        for h in range(6)
    ]
    short = np.where(np.arange(50) < 18, rng.uniform(300, 600, 50), rng.uniform(601, 900, 50))
    parts[7] = seen(2, short, workers=50, area=130202, hour=1)
    rows = audit(together(*parts), [limit(1, 600.5)], None, Detail.HOUR).cohorts
    odd = next(row for row in rows if row.cohort.id == "0-1000/130202/06-11")
    assert odd.standing is not None
    assert odd.standing.p_value < 0.05 < odd.standing.adjusted_p
    assert odd.verdict is Verdict.STRICTER
    family = [row.standing.p_value for row in rows if row.standing]
    assert [row.standing.adjusted_p for row in rows if row.standing] == adjusted(family).tolist()


def test_a_threshold_of_another_metric_is_an_error_that_names_it() -> None:
    with pytest.raises(ValueError, match="metric: threshold 't7' is of 'on_time_rate'"):
        audit(FAST, [replace(limit(1, 600), metric="on_time_rate", id="t7")])


def test_a_metric_without_direction_is_an_error_that_names_it() -> None:
    aimless = SimpleNamespace(
        **{name: getattr(DELIVERY_TIME, name) for name in ("id", "unit", "keys")}, direction=None
    )
    with pytest.raises(ValueError, match="direction: metric 'delivery_time'"):
        audit(replace(FAST, metric=aimless), [limit(1, 600)])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"value": 0.0}, "value: .* not 0.0"),
        ({"value": -3.0}, "value: .* not -3.0"),
        ({"value": math.nan}, "value: .* not nan"),
        ({"value": math.inf}, "value: .* not inf"),
        ({"service": 4}, "service: 4"),
        ({"min_m": 5.0, "max_m": 5.0}, "min_m, max_m"),
    ],
)
def test_a_threshold_that_makes_no_sense_is_refused_by_field_and_value(
    wrong: dict[str, float], named: str
) -> None:
    with pytest.raises(ValueError, match=named):
        replace(limit(1, 600), **wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("outer", "inner", "covered"),
    [
        (0, 130203, True),
        (0, 0, True),
        (130000, 130203, True),
        (130200, 130203, True),
        (130203, 130203, True),
        (130202, 130203, False),
        (130100, 130203, False),
        (130203, 130200, False),
        (130200, 0, False),
    ],
)
def test_area_codes_cover_what_they_begin(outer: int, inner: int, covered: bool) -> None:
    assert covers_area(outer, inner) is covered


def test_limits_of_two_services_or_areas_are_in_force_side_by_side() -> None:
    declared = [limit(1, 600), replace(limit(1, 700), service=3), replace(limit(1, 800), area=130203)]
    assert {threshold.value for threshold in in_force(declared, at_ms=0)} == {600, 700, 800}


@pytest.mark.parametrize("detail", Detail)
def test_the_order_of_rows_and_thresholds_changes_nothing(detail: Detail) -> None:
    rng = np.random.default_rng(2022)
    parts = [
        seen(p, np.round(spread(150 + 50 * p, 400 + 100 * p, 2_000)), area=a, band=band, hour=h, censored=c)
        for p in (1, 2, 3)
        for a in (130202, 130203)
        for band in ("0-1000", "2000-3000")
        for h in (2, 4)
        for c in (False, True)
    ]
    orders = together(*parts)
    thresholds = [limit(p, 600 + 100 * p, max_m=math.inf) for p in (1, 2, 3)]
    first = audit(orders, thresholds, None, detail).cohorts
    shuffled = orders.take(rng.permutation(len(orders)))
    assert audit(shuffled, thresholds[::-1], None, detail).cohorts == first
    assert any(not row.suppressed for row in first)
