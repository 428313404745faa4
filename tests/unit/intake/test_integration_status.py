"""What a platform's batches were answered, added up: against the plain sum."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from services.intake.core.integration import AnsweredBatch, summed
from services.intake.core.rows import Fault

FAULTS = st.builds(
    lambda reason, field: Fault(0, field, reason, f"{field}: {reason}", f"{field}：{reason}"),
    st.sampled_from(["MISSING", "AREA_UNKNOWN"]),
    st.sampled_from(["event_id", "area_code"]),
)


@st.composite
def batches(draw: st.DrawFn) -> list[AnsweredBatch]:
    """The newest first."""
    times = sorted(draw(st.lists(st.integers(0, 1_000), max_size=8, unique=True)), reverse=True)
    found = []
    for time in times:
        faults = draw(st.lists(FAULTS, max_size=4))
        accepted, duplicate = draw(st.integers(0, 9)), draw(st.integers(0, 9))
        newest = draw(st.integers(0, 1_200)) if accepted else None
        found.append(AnsweredBatch(f"r{time}", time, accepted, duplicate, len(faults), newest, faults))
    return found


@given(batches())
def test_rows_reasons_and_lags_add_up(given_: list[AnsweredBatch]) -> None:
    told = summed(given_)
    assert told.batches == len(given_)
    assert told.accepted == sum(each.accepted for each in given_)
    assert told.duplicate == sum(each.duplicate for each in given_)
    assert (
        told.rejected == sum(each.rows for each in told.rejections) == sum(each.rejected for each in given_)
    )
    counted = Counter((fault.reason, fault.field) for each in given_ for fault in each.faults)
    assert {(each.reason, each.field): each.rows for each in told.rejections} == counted
    assert [each.rows for each in told.rejections] == sorted(counted.values(), reverse=True)
    for each in told.rejections:
        with_it = [
            batch.answer_ms
            for batch in given_
            if any((fault.reason, fault.field) == (each.reason, each.field) for fault in batch.faults)
        ]
        assert each.last_ms == max(with_it)
    lags = sorted(max(0, b.answer_ms - b.newest_event_ms) for b in given_ if b.newest_event_ms is not None)
    for quantile, share in ((told.lag_median_ms, 0.5), (told.lag_p95_ms, 0.95)):
        if not lags:
            assert quantile is None
        else:
            assert quantile in lags
            assert sum(lag <= quantile for lag in lags) >= share * len(lags)
            assert sum(lag < quantile for lag in lags) < share * len(lags)
