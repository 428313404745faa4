"""What was planted in a city's weeks is found, and nothing else is."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest

from services.algo_audit.charging import Charging
from services.algo_audit.core.audit import Audited, audit
from services.algo_audit.core.measures import MeasureContext, measure
from services.algo_audit.core.metrics import (
    DELIVERY_TIME,
    HOURLY_EARNINGS,
    METRICS,
    PENALTIES_PER_ORDER,
    PIECE_RATE,
)
from services.algo_audit.core.observations import Group
from services.algo_audit.core.orders import DispatchColumns, orders_of
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.report import Charges
from services.algo_audit.core.thresholds import DeclaredThreshold
from services.algo_audit.core.verdict import Verdict
from services.algo_audit.minimum_wage_file import load_minimum_wages
from simulator import NOT_STATED, Faults, Weeks, WeeksParameters, simulate_weeks
from simulator.faults import (
    FIRM,
    FIRM_PLATFORM,
    LIMIT_PLATFORM,
    PENALTY_PLATFORM,
    RATCHET_PLATFORM,
    UNDERPAID_AREA,
    UNDERPAID_PLATFORM,
)

PARAMS = AuditParams()
SEEDS = range(10)
AUDITED = (DELIVERY_TIME.id, HOURLY_EARNINGS.id, PIECE_RATE.id, PENALTIES_PER_ORDER.id, "commission_share")


class City:
    """A city's weeks, ready to be audited."""

    def __init__(self, weeks: Weeks) -> None:
        self.weeks = weeks
        self.orders = orders_of(_columns(weeks), weeks.observed_until_ms)
        self.declared = [
            DeclaredThreshold(
                platform=each.platform,
                metric=each.metric_id,
                value=each.value,
                min_m=each.band[0] if each.band else 0.0,
                max_m=each.band[1] if each.band else math.inf,
                id=f"{each.platform}.{each.metric_id}.{each.band}",
                service=each.service,
            )
            for each in weeks.declared
        ]

    def audit(self, metric_id: str) -> tuple[Audited, Charges]:
        """As the service does it."""
        observations = measure(METRICS[metric_id], self.orders, MeasureContext())
        thresholds = [each for each in self.declared if each.metric == metric_id]
        charging = Charging(PARAMS, load_minimum_wages())
        charges = charging.of(
            self.orders,
            observations,
            self.declared,
            self.weeks.observed_until_ms,
            self.weeks.partner_firms[1:],  # the first is nobody
        )
        return audit(observations, thresholds, PARAMS), charges


def _columns(weeks: Weeks) -> DispatchColumns:
    told = weeks.dispatches

    def stated(column: object) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        values = np.asarray(column, np.float64)
        return np.where(values == NOT_STATED, np.nan, values)

    return DispatchColumns(
        order=told.order.astype(np.uint64),
        worker=told.worker.astype(np.int64),
        platform=told.platform.astype(np.int64),
        area=told.area_code.astype(np.int64),
        kind=told.kind.astype(np.int8),
        time=told.time_ms,
        distance_m=stated(told.distance_m),
        promised_s=stated(told.promised_s),
        event=np.arange(len(told.order), dtype=np.uint64),
        service=told.service.astype(np.int64),
        vehicle=told.vehicle.astype(np.int64),
        weather=told.weather.astype(np.int64),
        holiday=told.holiday.astype(np.int8),
        pay_fen=stated(told.pay_fen),
        commission_fen=stated(told.commission_fen),
        penalty_fen=stated(told.penalty_fen),
        employment_form=told.employment_form.astype(np.int64),
        tenure_band=told.tenure_band.astype(np.int64),
        partner_firm=told.partner_firm.astype(np.int64) - 1,
    )


@cache
def city(seed: int = 7, fault: str = "") -> City:
    faults = Faults(**{fault: True}) if fault else Faults()
    weeks = simulate_weeks(WeeksParameters(seed=seed, faults=faults))
    made = City(weeks)
    made.weeks = weeks
    return made


def charged(charges: Charges) -> list[object]:
    """Rows that are findings."""
    return [
        *(each for each in charges.ratchets if each.tightening),
        *(each for each in charges.applied if each.undeclared),
        *(each for each in charges.parity if each.disparate),
        *(each for each in charges.pay if each.underpaid),
    ]


def test_a_limit_that_needs_more_than_15_km_h_is_strictest_and_below_the_floor() -> None:
    audited, _ = city(fault="limit_below_speed").audit(DELIVERY_TIME.id)
    rows = [row for row in audited.cohorts if row.platform == LIMIT_PLATFORM]
    assert {row.verdict for row in rows} == {Verdict.STRICTEST}
    assert sum(row.below_floor for row in rows) >= 3
    assert not any(row.below_floor for row in audited.cohorts if row.platform != LIMIT_PLATFORM)


def test_the_platform_whose_limits_tighten_is_found_in_every_band() -> None:
    _, charges = city(fault="ratchet").audit(DELIVERY_TIME.id)
    tightening = {(each.platform, each.cohort) for each in charges.ratchets if each.tightening}
    assert {platform for platform, _ in tightening} == {RATCHET_PLATFORM}
    assert len(tightening) == len(PARAMS.bands)


def test_penalties_that_nobody_declared_are_found() -> None:
    _, charges = city(fault="undeclared_penalty").audit(PENALTIES_PER_ORDER.id)
    (found,) = {each.platform for each in charges.applied if each.undeclared}
    assert found == PENALTY_PLATFORM
    assert all(each.declared is None for each in charges.applied if each.undeclared)


def test_the_underpaid_cohort_is_found() -> None:
    _, charges = city(fault="underpaid_cohort").audit(HOURLY_EARNINGS.id)
    underpaid = {(each.platform, each.cohort) for each in charges.pay if each.underpaid}
    assert {platform for platform, _ in underpaid} == {UNDERPAID_PLATFORM}
    assert any(str(UNDERPAID_AREA) in cohort for _, cohort in underpaid)


def test_the_partner_firm_that_pays_less_is_found() -> None:
    made = city(fault="partner_firm_disparity")
    _, charges = made.audit(PIECE_RATE.id)
    found = {(each.platform, each.grouping, each.group_id) for each in charges.parity if each.disparate}
    assert found == {(FIRM_PLATFORM, Group.PARTNER_FIRM, made.weeks.partner_firms[FIRM])}


@pytest.mark.timeout(300)
def test_of_ten_cities_without_a_fault_hardly_any_verdict_is_adverse() -> None:
    """At most one in twenty verdicts, and one in twenty charges that could have been brought."""
    verdicts = adverse = rows = charges = 0
    for seed in SEEDS:
        made = City(simulate_weeks(WeeksParameters(seed=seed)))
        for metric_id in AUDITED:
            audited, brought = made.audit(metric_id)
            judged = [row for row in audited.cohorts if not row.suppressed]
            verdicts += len(judged)
            adverse += sum(
                row.verdict in (Verdict.STRICTER, Verdict.STRICTEST) or row.below_floor for row in judged
            )
            rows += len(brought.ratchets) + len(brought.applied) + len(brought.parity) + len(brought.pay)
            charges += len(charged(brought))
    assert verdicts > 100
    assert adverse / verdicts <= 0.05
    assert rows > 500
    assert charges / rows <= 0.05
