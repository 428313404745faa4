"""Where nothing is declared: baselines are those of a declared threshold, a free τ is told in tens."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.algo_audit.core.audit import audit
from services.algo_audit.core.metrics import DELIVERY_TIME, ON_TIME_RATE
from services.algo_audit.core.observations import Observations
from services.algo_audit.core.privacy import shown_share
from services.algo_audit.core.thresholds import DeclaredThreshold
from services.algo_audit.core.undeclared import services_of, undeclared_in, untouched
from services.algo_audit.core.verdict import Verdict
from services.algo_audit.core.what_if import what_if_undeclared
from tests.unit.algo_audit.charge_tables import observations_table


def rates(workers: int = 40) -> Observations:
    return observations_table(
        ON_TIME_RATE,
        workers,
        orders=30,
        platform=np.repeat([1, 2], workers // 2),
        value=np.linspace(0.5, 0.99, workers),
    )


def test_baselines_are_those_that_a_declared_threshold_would_have() -> None:
    table = rates()
    (declared,) = audit(table, [DeclaredThreshold(1, ON_TIME_RATE.id, 0.8)]).cohorts
    (row,) = undeclared_in(audit(table, []), 1, services_of(table, 1))
    assert row.baseline == declared.baseline
    assert (row.cohort, row.reference, row.feasibility) == (
        declared.cohort,
        declared.reference,
        declared.feasibility,
    )
    assert row.standing is None
    assert row.verdict is Verdict.INSUFFICIENT_EVIDENCE


def test_what_may_not_be_shown_is_left_out() -> None:
    table = rates(workers=18)
    audited = audit(table, [])
    assert undeclared_in(audited, 1, services_of(table, 1)) == []
    (row,) = untouched(audited, DeclaredThreshold(1, ON_TIME_RATE.id, 0.8))
    assert what_if_undeclared(audited, row, 0.8) is None


def test_cohorts_with_a_threshold_are_not_listed_again() -> None:
    table = rates()
    declared = DeclaredThreshold(1, ON_TIME_RATE.id, 0.8)
    audited = audit(table, [declared])
    assert undeclared_in(audited, 1, [1]) == []
    assert [row.platform for row in undeclared_in(audited, 2, [1])] == [2], "the other declared nothing"


def test_a_platform_without_rows_is_shown_every_service_there_is() -> None:
    table = rates()
    assert services_of(table, 1) == services_of(table, 77) == [1]


@settings(max_examples=60, deadline=None)
@given(st.floats(0.4, 1.0), st.integers(20, 60))
def test_a_free_threshold_is_told_in_tens(tau: float, workers: int) -> None:
    workers -= workers % 2
    table = rates(workers)
    audited = audit(table, [])
    (row,) = untouched(audited, DeclaredThreshold(1, ON_TIME_RATE.id, tau))
    found = what_if_undeclared(audited, row, tau)
    if found is None:
        return
    does, marks = found
    reference = table.value[table.platform == 2]
    share = float((reference >= tau).mean())
    assert does.attainment == pytest.approx(shown_share(share, len(reference)))
    assert does.workers_affected % 10 == 0 or does.workers_affected == does.workers
    assert marks.middle.low <= marks.p50 <= marks.middle.high
    assert does.penalty_fen is None


@pytest.mark.parametrize("tau", [0.0, -1.0, float("inf"), float("nan")])
def test_a_threshold_that_is_none_is_an_error(tau: float) -> None:
    audited = audit(rates(), [])
    (row,) = untouched(audited, DeclaredThreshold(1, ON_TIME_RATE.id, 0.8))
    with pytest.raises(ValueError, match="threshold"):
        what_if_undeclared(audited, row, tau)


def test_of_delivery_times_each_distance_that_is_offered_for_is_a_cohort() -> None:
    table = observations_table(
        DELIVERY_TIME, 60, platform=np.repeat([1, 2], 30), value=np.arange(600.0, 660.0)
    )
    audited = audit(table, [])
    offered = DeclaredThreshold(1, DELIVERY_TIME.id, 900.0, min_m=500.0, max_m=2_500.0)
    assert [row.cohort.id for row in untouched(audited, offered)] == ["0-1000", "1000-2000", "2000-3000"]
