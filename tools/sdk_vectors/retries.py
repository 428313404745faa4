"""When a call is sent again, under a scripted clock and scripted chance."""

from __future__ import annotations

from typing import Any

import grpc

from quzhong.errors import (
    ApiError,
    DeadlineExceededError,
    ErrorDetails,
    InvalidArgumentError,
    ResourceExhaustedError,
    UnauthenticatedError,
    UnavailableError,
)
from quzhong.retry import Attempts, Pacing, RetryPolicy

ABOUT = (
    "a policy, the share of each bound that chance draws, and failures at seconds after the first "
    "attempt → the wait before the next attempt, or null where the failure is told instead; after a "
    "null nothing follows"
)

_KINDS: dict[str, type[ApiError]] = {
    "UNAVAILABLE": UnavailableError,
    "RESOURCE_EXHAUSTED": ResourceExhaustedError,
    "INVALID_ARGUMENT": InvalidArgumentError,
    "DEADLINE_EXCEEDED": DeadlineExceededError,
    "UNAUTHENTICATED": UnauthenticatedError,
}


def _failure(at: float, code: str = "UNAVAILABLE", after: float = 0.0, reason: str = "") -> dict[str, Any]:
    return {"at": at, "code": code, "retry_after_s": after, "reason": reason}


def _case(name: str, share: float, failures: list[dict[str, Any]], **policy: float) -> dict[str, Any]:
    whole = {"initial_s": 0.1, "multiplier": 2.0, "max_s": 10.0, "give_up_after_s": 300.0} | policy
    return {"name": name, "given": {"policy": whole, "share": share, "failures": failures}}


CASES: list[dict[str, Any]] = [
    _case("bounds double up to the greatest", 1.0, [_failure(0)] * 6, initial_s=0.5, max_s=3.0),
    _case("jitter draws a share of the bound", 0.25, [_failure(0)] * 4, initial_s=1.0),
    _case("no luck needs no wait", 0.0, [_failure(0)] * 3),
    _case("a bound of constant length", 1.0, [_failure(0)] * 4, multiplier=1.0, initial_s=2.0),
    _case("far more failures than doublings fit", 1.0, [_failure(0)] * 40, give_up_after_s=1e9),
    _case("never earlier than asked", 0.0, [_failure(0, after=7.5), _failure(7.5)]),
    _case(
        "what is asked stands in front of the jitter", 1.0, [_failure(0, after=2.0), _failure(2.1, after=2.0)]
    ),
    _case("too much, with a time", 0.5, [_failure(0, "RESOURCE_EXHAUSTED", 2.0, "RATE_LIMITED")] * 2),
    _case("too much, with a time beyond the policy", 1.0, [_failure(0, "RESOURCE_EXHAUSTED", 3_600.0)]),
    _case("too much, without a time", 1.0, [_failure(0, "RESOURCE_EXHAUSTED")]),
    _case("a wrong field", 1.0, [_failure(0, "INVALID_ARGUMENT")]),
    _case("a wrong field with a time", 1.0, [_failure(0, "INVALID_ARGUMENT", 1.0)]),
    _case("no answer in time", 1.0, [_failure(0, "DEADLINE_EXCEEDED")]),
    _case("no credential", 1.0, [_failure(0, "UNAUTHENTICATED")]),
    _case("first away, then a wrong field", 1.0, [_failure(0), _failure(1, "INVALID_ARGUMENT")]),
    _case("the token endpoint is away", 1.0, [_failure(0, reason="TOKEN_ENDPOINT_UNAVAILABLE"), _failure(1)]),
    _case("the token endpoint is away for too long", 1.0, [_failure(0, reason="TOKEN_ENDPOINT_AWAY")]),
    _case("exactly at the end", 1.0, [_failure(0), _failure(8.0)], initial_s=1.0, give_up_after_s=10.0),
    _case("just past the end", 1.0, [_failure(0), _failure(8.001)], initial_s=1.0, give_up_after_s=10.0),
    _case("no second attempt at all", 1.0, [_failure(0)], give_up_after_s=0.0),
    _case("no second attempt at all, with luck", 0.0, [_failure(0), _failure(0.001)], give_up_after_s=0.0),
]


def outcome(given: dict[str, Any]) -> dict[str, Any]:
    """The waits."""
    now_s, share = 0.0, given["share"]
    pacing = Pacing(monotonic=lambda: now_s, uniform=lambda bound: share * bound)
    attempts = Attempts(RetryPolicy(**given["policy"]), pacing)
    waits: list[float | None] = []
    for failure in given["failures"]:
        now_s = failure["at"]
        code = failure["code"]
        details = ErrorDetails(reason=failure["reason"], retry_after_s=failure["retry_after_s"])
        try:
            waits.append(round(attempts.wait_after(_KINDS[code](grpc.StatusCode[code], "no", details)), 9))
        except ApiError:
            waits.append(None)
            break
    return {"waits_s": waits}
