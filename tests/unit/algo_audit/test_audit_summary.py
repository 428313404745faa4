"""P10/P50/P90 of any file of durations, and of a real one."""

import csv
import gzip
import os
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from services.algo_audit.core.summary import summarise

SHARED = Path(os.environ.get("QUZHONG_SHARED", Path(__file__).parents[4] / "shared"))
NAIROBI = SHARED / "data" / "nairobi_courier_orders.csv.gz"


def test_figures_are_in_minutes_and_bad_durations_are_counted() -> None:
    durations_s = np.concatenate([np.arange(1, 101) * 60.0, [0.0, -5.0, np.nan]])
    summary = summarise(durations_s, np.arange(103))
    assert (summary.n, summary.workers, summary.excluded) == (100, 100, 3)
    assert (summary.p10.minutes, summary.p50.minutes, summary.p90.minutes) == (10, 50, 90)
    assert summary.p50.interval.low < 50 < summary.p50.interval.high


def test_workers_may_be_named_by_anything() -> None:
    assert summarise(np.full(4, 60.0), np.array(["a", "b", "a", "c"])).workers == 3


def test_a_file_without_a_positive_duration_is_refused() -> None:
    with pytest.raises(ValueError, match="no positive duration"):
        summarise(np.array([0.0, np.nan]), np.array([1, 2]))


@pytest.mark.skipif(not NAIROBI.exists(), reason=f"real courier orders not found at {NAIROBI}")
def test_real_courier_orders_take_27_52_and_98_minutes_from_placed_to_delivered() -> None:
    with gzip.open(NAIROBI, "rt", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    seconds = [
        (datetime.fromisoformat(row["end"]) - datetime.fromisoformat(row["placed"])).total_seconds()
        for row in rows
    ]
    summary = summarise(np.array(seconds), np.array([row["driver_id"] for row in rows]))
    minutes = (summary.p10.minutes, summary.p50.minutes, summary.p90.minutes)
    assert minutes == pytest.approx((27, 52, 98), abs=1)
    assert summary.p50.interval.low < summary.p50.minutes < summary.p50.interval.high
    assert summary.p50.interval.high - summary.p50.interval.low < 4
