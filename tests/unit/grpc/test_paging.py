"""Page and resume tokens: passed back as they came, or refused with the field."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import InvalidArgumentError
from kit.grpc.paging import MAX_PAGE_SIZE, PAGE_SIZE, page_key, page_size, page_token, resume_after


@given(st.integers(), st.text())
def test_a_token_gives_its_key_back(number: int, text: str) -> None:
    token = page_token(number, text)
    assert page_key(token, int, str) == (number, text)
    with pytest.raises(InvalidArgumentError, match="page_token"):
        page_key(token, str)


@given(st.text(min_size=1))
def test_anything_else_is_refused_or_a_key(token: str) -> None:
    with suppress(InvalidArgumentError):
        (part,) = page_key(token, str) or ()
        assert isinstance(part, str)


def test_the_first_page_has_no_token() -> None:
    assert page_key("", str) is None


@pytest.mark.parametrize(("asked", "size"), [(0, PAGE_SIZE), (1, 1), (5_000, MAX_PAGE_SIZE)])
def test_page_sizes_have_a_default_and_a_most(asked: int, size: int) -> None:
    assert page_size(asked) == size


def test_a_negative_page_size_is_refused() -> None:
    with pytest.raises(InvalidArgumentError, match="negative"):
        page_size(-1)


@pytest.mark.parametrize("token", ["x", "12", "-1", "٣", "9" * 30])
def test_a_resume_token_that_was_not_given_out_is_refused(token: str) -> None:
    with pytest.raises(InvalidArgumentError, match="resume_token"):
        resume_after(token, newest=11)


@pytest.mark.parametrize(("token", "after"), [("", 0), ("0", 0), ("11", 11)])
def test_a_stream_goes_on_after_its_token(token: str, after: int) -> None:
    assert resume_after(token, newest=11) == after
