"""What the contract and a pack say of an audit: names of areas, and the penalties that were declared."""

from __future__ import annotations

import pytest

from services.algo_audit.cohort_what_ifs import declared_penalty
from services.algo_audit.core.audit import audit
from services.algo_audit.core.cohort_tree import Detail
from services.algo_audit.core.metrics import PENALTIES_PER_ORDER
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.report import Charges
from services.algo_audit.core.thresholds import DeclaredThreshold
from services.algo_audit.ports import Audit, Scope
from services.algo_audit.wire import audit_to_proto
from tests.unit.algo_audit import pack_example as example

FOOD = 1


def audited_by_area(*penalties: float) -> Audit:
    observations, params = example.observations(), AuditParams()
    return Audit(
        audit_id="audit-8c1f",
        data_version="d41a7be0930c",
        scope=Scope("delivery_time", "130200", None, None, Detail.AREA),
        period_start_ms=example.MARCH_MS,
        period_end_ms=example.MARCH_MS + 31 * example.DAY_MS,
        create_time_ms=example.MARCH_MS + 40 * example.DAY_MS,
        params=params,
        audited=audit(
            observations,
            example.thresholds(),
            params,
            Detail.AREA,
            area_names={130203: ("路北区", "Lubei")},
        ),
        charges=Charges(),
        platform_ids=["", "swift", "steady", "kuaida"],
        observations=observations,
        declared=[
            DeclaredThreshold(example.SWIFT, PENALTIES_PER_ORDER.id, value, id=f"penalty-{area}", area=area)
            for value, area in zip(penalties, (0, 130200), strict=False)
        ],
    )


def test_the_key_of_an_area_has_the_name_that_the_cohort_has() -> None:
    for row in audit_to_proto(audited_by_area()).cohorts:
        names = {key.key: key.name for key in row.keys}
        assert (names["area"].zh, names["area"].en) == ("路北区", "Lubei")
        assert row.cohort_name.zh == f"{names['distance'].zh}·路北区"


@pytest.mark.parametrize(("declared", "told"), [((), None), ((0.3,), 0.3), ((0.3, 45.5), 45.5)])
def test_a_declared_penalty_is_a_mean_and_is_not_rounded(
    declared: tuple[float, ...], told: float | None
) -> None:
    assert declared_penalty(audited_by_area(*declared), example.SWIFT, FOOD) == told
