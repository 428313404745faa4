"""Lists by the page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.core.field_error import FieldError
from services.registry.core.pages import DEFAULT_SIZE, LARGEST_SIZE, page_of


@given(st.sets(st.text(min_size=1, max_size=3)), st.integers(1, 5))
def test_pages_give_every_item_once_in_order(items: set[str], size: int) -> None:
    given_so_far: list[str] = []
    token = ""
    while True:
        page, token = page_of(list(items), lambda item: item, size, token)
        assert len(page) <= size
        given_so_far.extend(page)
        if not token:
            break
    assert given_so_far == sorted(items)


def test_an_item_that_goes_meanwhile_shifts_nothing() -> None:
    first, token = page_of(["a", "b", "c", "d"], str, 2, "")
    second, _ = page_of(["a", "c", "d"], str, 2, token)
    assert [*first, *second] == ["a", "b", "c", "d"]


@pytest.mark.parametrize(("asked", "got"), [(0, DEFAULT_SIZE), (7, 7), (5_000, LARGEST_SIZE)])
def test_the_size_has_a_default_and_a_ceiling(asked: int, got: int) -> None:
    page, token = page_of([f"{number:05}" for number in range(1_500)], str, asked, "")
    assert len(page) == got
    assert token


@pytest.mark.parametrize(
    ("size", "token", "field"),
    [(-1, "", "page_size"), (1, "!", "page_token"), (1, "_w==", "page_token"), (1, "é", "page_token")],
)
def test_a_page_that_makes_no_sense_is_refused(size: int, token: str, field: str) -> None:
    with pytest.raises(FieldError) as refused:
        page_of(["a"], str, size, token)
    assert refused.value.field == field
