"""Calls a credential may make."""

from __future__ import annotations

import pytest

from kit.errors import InvalidArgumentError, OverloadedError
from kit.security.rate_limits import call_rate


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


def test_empty_is_no_limit() -> None:
    assert call_rate("") is None


@pytest.mark.parametrize("notation", ["lots", "10", "-1/second", "1/fortnight", "/"])
def test_what_is_no_limit_names_the_setting(notation: str) -> None:
    with pytest.raises(InvalidArgumentError) as refused:
        call_rate(notation)
    assert refused.value.field == "QUZHONG_RATE_LIMIT"
