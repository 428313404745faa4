"""What can be audited can be declared, in the same units, up to the same values."""

from __future__ import annotations

import pytest

from quzhong.api.events.v1 import events_pb2
from services.algo_audit.core import metrics as audited
from services.algo_audit.core import proposal
from services.registry.core import thresholds as declared

UNITS = {
    "s": "seconds",
    "km/h": "km/h",
    "orders/day": "orders a day",
    "h/day": "hours a day",
    "fen": "fen",
    "fen/h": "fen an hour",
    "fen/order": "fen an order",
}
"""A metric's unit → as the registry says it."""


def test_the_metrics_are_the_same_in_the_same_order() -> None:
    assert list(declared.METRICS) == list(audited.METRICS)
    assert len(audited.METRICS) == 13


@pytest.mark.parametrize("metric_id", audited.METRICS)
def test_units_and_limits_are_the_same(metric_id: str) -> None:
    metric, said = audited.METRICS[metric_id], declared.METRICS[metric_id]
    assert said.metric_id == metric_id
    assert said.highest == proposal.highest(metric_id)
    if metric.unit == "share":
        assert said.unit_en.startswith("a share")
    else:
        assert said.unit_en == UNITS[metric.unit]


def test_what_passes_in_an_offer_passes_in_the_registry() -> None:
    assert proposal.LONGEST_DISTANCE_M == declared.LONGEST_DISTANCE_M
    assert proposal.LATEST_EFFECTIVE_MS == declared.LATEST_EFFECTIVE_MS
    assert set(proposal.SERVICE_NAMES) == set(declared.SERVICES)
    assert set(proposal.SERVICE_NAMES) == set(events_pb2.ServiceKind.values()) - {0}
