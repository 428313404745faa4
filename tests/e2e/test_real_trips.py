"""Real trips through the whole way: file → SDK → gRPC → log → verdicts → findings."""

from __future__ import annotations

import os
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.e2e.command import REPOSITORY, quzhong

SHARED = Path(os.environ.get("QUZHONG_SHARED", REPOSITORY.parent / "shared"))
CABS = SHARED / "data" / "sf_cabspotting_trips.csv.gz"
PACK = "cn-food-delivery-2025"

needs_data = pytest.mark.skipif(
    not CABS.exists(), reason=f"the real trips are not here ({CABS}); QUZHONG_SHARED names their folder"
)

CHINA = ZoneInfo("Asia/Shanghai")
"""The pack's zone: its days are counted there, wherever the cabs were."""
TRIPS = 94_548
DAYS_AND_WEEKS = {
    f"{PACK}.daily-order-time": {"spells": 763, "workers": 107},
    f"{PACK}.weekly-rest-day": {"spells": 284, "workers": 105},
}
WORKED = DAYS_AND_WEEKS | {f"{PACK}.continuous-work": {"spells": 253, "workers": 88}}
ELAPSED = DAYS_AND_WEEKS | {f"{PACK}.continuous-work": {"spells": 872, "workers": 107}}
"""Of continuous work counted independently of this project. All of it is counted once more, in plain Python,
in tests/conformance/test_cabspotting.py."""


@pytest.mark.long_run  # twice in reverse order finds the same
@needs_data
def test_order_time_of_real_cabs_in_order() -> None:
    ran = quzhong("replay", str(CABS), "--timezone", "America/Los_Angeles")
    assert ran["findings"] == WORKED
    assert (ran["sent"], ran["accepted"], ran["duplicate"], ran["rejected"]) == (2 * TRIPS, 2 * TRIPS, 0, 0)


@needs_data
def test_elapsed_time_of_real_cabs_shuffled() -> None:
    ran = quzhong("replay", str(CABS), "--measure", "elapsed", "--arrival", "shuffled")
    assert ran["findings"] == ELAPSED


@needs_data
def test_replaying_twice_in_reverse_order_adds_no_finding() -> None:
    ran = quzhong("replay", str(CABS), "--arrival", "reversed", "--repeat", "2")
    assert ran["findings"] == WORKED
    assert (ran["accepted"], ran["duplicate"]) == (2 * TRIPS, 2 * TRIPS)
