"""Attempts are counted by key, and forgotten when they were no guesses."""

from __future__ import annotations

import pytest

from kit.errors import OverloadedError
from kit.security.guesses import Guesses


def test_a_key_has_so_many_attempts_and_others_have_their_own() -> None:
    guesses = Guesses("3 per 15 minutes")
    for _ in range(3):
        guesses.take("li-wei")
    with pytest.raises(OverloadedError, match="3 per 15 minute") as refused:
        guesses.take("li-wei")
    assert refused.value.reason == "TOO_MANY_ATTEMPTS"
    assert refused.value.retry_after_s == 300
    guesses.take("wang-fang")


def test_what_was_no_guess_is_forgotten() -> None:
    guesses = Guesses("2 per 15 minutes")
    guesses.take("li-wei")
    guesses.take("li-wei")
    guesses.forget("li-wei")
    guesses.take("li-wei")
    guesses.take("li-wei")
    with pytest.raises(OverloadedError):
        guesses.take("li-wei")


def test_to_forget_what_was_never_counted_is_nothing() -> None:
    Guesses("1 per minute").forget("nobody")
