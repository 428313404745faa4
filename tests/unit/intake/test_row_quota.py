"""The limit of rows as intake applies it: none, for whom nobody waits any more, and one that is none."""

from __future__ import annotations

import time

import pytest
from pydantic import ValidationError

from kit.errors import OverloadedError
from services.intake.quota import RowQuota
from services.intake.settings import IntakeSettings


def test_without_a_limit_any_number_is_taken() -> None:
    RowQuota("").take("a", 1_000_000_000)


def test_whoever_has_patience_is_kept_until_there_is_room() -> None:
    quota = RowQuota("10/second")
    began_s = time.monotonic()
    quota.take("a", 10)
    quota.take("a", 10, patience_s=5)
    assert time.monotonic() - began_s >= 1


def test_a_wait_that_is_too_long_is_not_begun() -> None:
    quota = RowQuota("10/hour")
    quota.take("a", 10)
    began_s = time.monotonic()
    with pytest.raises(OverloadedError) as refused:
        quota.take("a", 1, patience_s=3_000)
    assert refused.value.retry_after_s == pytest.approx(3_600, abs=5)
    assert time.monotonic() - began_s < 5


def test_who_has_gone_does_not_wait_on() -> None:
    quota = RowQuota("10/minute")
    quota.take("a", 10)
    looks = iter([True, False])
    with pytest.raises(OverloadedError):
        quota.take("a", 10, patience_s=120, still_there=lambda: next(looks))
    assert next(looks, None) is None


@pytest.mark.parametrize("notation", ["lots", "0/second"])
def test_what_is_no_limit_stops_the_start_with_its_name(notation: str) -> None:
    with pytest.raises(ValidationError, match="QUZHONG_INTAKE_ROWS_LIMIT"):
        IntakeSettings(intake_rows_limit=notation)
