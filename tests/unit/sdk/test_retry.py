"""Backoff: how long, and for which errors."""

from __future__ import annotations

import grpc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quzhong.errors import (
    ApiError,
    DeadlineExceededError,
    ErrorDetails,
    InvalidArgumentError,
    ResourceExhaustedError,
    UnavailableError,
)
from quzhong.retry import Attempts, Pacing, RetryPolicy


class Clock:
    """A scripted clock and scripted chance."""

    def __init__(self, share: float = 1.0) -> None:
        self.now = 1_000.0
        self.share = share

    def pacing(self) -> Pacing:
        return Pacing(monotonic=lambda: self.now, uniform=lambda bound: self.share * bound)


def unavailable(retry_after_s: float = 0.0) -> UnavailableError:
    return UnavailableError(grpc.StatusCode.UNAVAILABLE, "down", ErrorDetails(retry_after_s=retry_after_s))


def test_bounds_double_up_to_the_greatest_wait() -> None:
    attempts = Attempts(RetryPolicy(initial_s=0.5, max_s=3.0), Clock().pacing())
    assert [attempts.wait_after(unavailable()) for _ in range(5)] == [0.5, 1.0, 2.0, 3.0, 3.0]


def test_jitter_draws_from_zero_to_the_bound() -> None:
    attempts = Attempts(RetryPolicy(initial_s=1.0), Clock(share=0.25).pacing())
    assert [attempts.wait_after(unavailable()) for _ in range(3)] == [0.25, 0.5, 1.0]


def test_nobody_comes_back_earlier_than_the_server_asked() -> None:
    attempts = Attempts(RetryPolicy(initial_s=0.1), Clock(share=0.0).pacing())
    assert attempts.wait_after(unavailable(retry_after_s=7.5)) == 7.5


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (InvalidArgumentError, grpc.StatusCode.INVALID_ARGUMENT),
        (ResourceExhaustedError, grpc.StatusCode.RESOURCE_EXHAUSTED),
        (DeadlineExceededError, grpc.StatusCode.DEADLINE_EXCEEDED),
    ],
)
def test_what_cannot_succeed_later_is_not_sent_again(kind: type[ApiError], code: grpc.StatusCode) -> None:
    error = kind(code, "no", ErrorDetails(retry_after_s=0.0))
    with pytest.raises(kind) as caught:
        Attempts(RetryPolicy(), Clock().pacing()).wait_after(error)
    assert caught.value is error


def exhausted(retry_after_s: float) -> ResourceExhaustedError:
    details = ErrorDetails(reason="RATE_LIMITED", retry_after_s=retry_after_s)
    return ResourceExhaustedError(grpc.StatusCode.RESOURCE_EXHAUSTED, "too much", details)


def test_resource_exhausted_is_sent_again_once_its_time_has_come() -> None:
    attempts = Attempts(RetryPolicy(initial_s=0.5), Clock(share=1.0).pacing())
    assert attempts.wait_after(exhausted(2.0)) == 2.5
    assert attempts.wait_after(exhausted(2.0)) == 3.0


def test_resource_exhausted_for_longer_than_anybody_waits_is_told_at_once() -> None:
    error = exhausted(3_600.0)
    with pytest.raises(ResourceExhaustedError) as caught:
        Attempts(RetryPolicy(), Clock().pacing()).wait_after(error)
    assert caught.value is error


def test_gives_up_with_the_error_itself_when_the_next_attempt_would_be_too_late() -> None:
    clock = Clock()
    attempts = Attempts(RetryPolicy(initial_s=1.0, give_up_after_s=10.0), clock.pacing())
    assert attempts.wait_after(unavailable()) == 1.0
    clock.now += 9.0
    error = unavailable()
    with pytest.raises(UnavailableError) as caught:
        attempts.wait_after(error)
    assert caught.value is error


@given(
    initial_s=st.floats(0.01, 1),
    multiplier=st.floats(1, 4),
    share=st.floats(0, 1),
    asked=st.floats(0, 5),
    failures=st.integers(1, 40),
)
def test_every_wait_lies_between_what_was_asked_and_the_bound_above_it(
    initial_s: float, multiplier: float, share: float, asked: float, failures: int
) -> None:
    policy = RetryPolicy(initial_s=initial_s, multiplier=multiplier, max_s=2.0, give_up_after_s=1e9)
    attempts = Attempts(policy, Clock(share).pacing())
    for failure in range(failures):
        bound = min(2.0, initial_s * multiplier**failure)
        assert asked <= attempts.wait_after(unavailable(asked)) <= asked + bound


@pytest.mark.parametrize(
    "wrong", [{"initial_s": 0.0}, {"multiplier": 0.5}, {"max_s": 0.01}, {"give_up_after_s": -1.0}]
)
def test_a_policy_that_makes_no_sense_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="retry"):
        RetryPolicy(**wrong)
