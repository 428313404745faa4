"""An appeal is filed once and answered once; it is late by the clock; few workers are not counted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.algo_audit.core.appeal import (
    Appeal,
    AppealCounts,
    Penalty,
    State,
    answered,
    filed,
    publishable,
)
from services.algo_audit.core.refused import Because, RefusedError

PENALTY = Penalty("swift", "worker-0123456789ab", "order-1", 500)


def appeal(**changes: Any) -> Appeal:
    return filed("a-1", replace(PENALTY, **changes), "迟到因商家出餐慢", "city-union", 1_000, 100)


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"worker_id": "张三"}, "worker_id", "WORKER_ID_FORM"),
        ({"worker_id": "short"}, "worker_id", "WORKER_ID_FORM"),
        ({"order_id": "with blank"}, "order_id", "ORDER_ID_FORM"),
        ({"penalty_fen": 0}, "penalty_fen", "PENALTY_OUT_OF_RANGE"),
        ({"penalty_fen": 10_000_001}, "penalty_fen", "PENALTY_OUT_OF_RANGE"),
    ],
)
def test_a_senseless_field_is_refused_by_its_name(changes: dict[str, Any], field: str, reason: str) -> None:
    with pytest.raises(RefusedError) as refused:
        appeal(**changes)
    assert (refused.value.field, refused.value.reason) == (field, reason)
    assert refused.value.because is Because.FIELD
    assert "张三" not in refused.value.zh


def test_grounds_are_required() -> None:
    with pytest.raises(RefusedError) as refused:
        filed("a-1", PENALTY, " ", "swift", 0, 1)
    assert refused.value.field == "grounds"


def test_a_penalty_may_be_for_no_order() -> None:
    assert appeal(order_id="").state is State.FILED


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["swift", "steady", "city-union"]),
            st.integers(0, 4),
            st.sampled_from(["", "so"]),
            st.integers(0, 60),
        ),
        max_size=8,
    )
)
def test_only_the_platform_answers_only_once_and_what_it_said_stands(
    tries: list[tuple[str, int, str, int]],
) -> None:
    standing, now_ms = appeal(), 1_000
    answer: tuple[int, str, int] | None = None
    for party, outcome, reply, later_ms in tries:
        now_ms += later_ms
        legal = answer is None and party == "swift" and outcome in (2, 3) and bool(reply)
        try:
            standing = answered(standing, party, outcome, reply, now_ms)
        except RefusedError:
            assert not legal
        else:
            assert legal
            answer = (outcome, reply, now_ms)
    assert (standing.state, standing.reply, standing.reply_ms) == (answer or (State.FILED, "", None))
    assert standing.overdue(now_ms) == ((answer[2] if answer else now_ms) > 1_100)


def test_a_late_answer_stays_late_and_one_in_time_stays_in_time() -> None:
    assert not appeal().overdue(1_100)
    assert appeal().overdue(1_101)
    assert answered(appeal(), "swift", 3, "no", 1_101).overdue(0)
    assert not answered(appeal(), "swift", 3, "no", 1_100).overdue(9_999)


@pytest.mark.parametrize(("workers", "hidden"), [(0, False), (1, True), (9, True), (10, False)])
def test_appeals_of_one_to_nine_workers_are_not_counted(workers: int, hidden: bool) -> None:
    counts = AppealCounts(filed=30, upheld=3, rejected=2, overdue=1)
    assert publishable(counts, workers) == (AppealCounts(suppressed=True) if hidden else counts)
