"""Calls a credential may make."""

from __future__ import annotations

import pytest

from kit.errors import InvalidArgumentError, OverloadedError
from kit.security.rate_limits import call_rate, in_chinese, parsed


def test_each_credential_has_its_own_count() -> None:
    rate = call_rate("3/minute")
    assert rate is not None
    for _ in range(3):
        rate.take("a")
    with pytest.raises(OverloadedError) as refused:
        rate.take("a")
    assert refused.value.reason == "RATE_LIMITED"
    assert refused.value.retry_after_s == 20.0
    rate.take("b")


@pytest.mark.parametrize(
    ("notation", "zh"),
    [
        ("1000/second", "1000/秒"),
        ("600 per 10 seconds", "600/10 秒"),
        ("1/minute", "1/分钟"),
        ("2/hour", "2/小时"),
        ("3/day", "3/天"),
        ("4/2 months", "4/2 个月"),
        ("5/year", "5/年"),
    ],
)
def test_a_limit_has_a_name_in_chinese(notation: str, zh: str) -> None:
    assert in_chinese(parsed("x", notation)) == zh


def test_empty_is_no_limit() -> None:
    assert call_rate("") is None


@pytest.mark.parametrize("notation", ["lots", "10", "-1/second", "0/second", "1/fortnight", "/"])
def test_what_is_no_limit_names_the_setting(notation: str) -> None:
    with pytest.raises(InvalidArgumentError) as refused:
        call_rate(notation)
    assert refused.value.field == "QUZHONG_RATE_LIMIT"
