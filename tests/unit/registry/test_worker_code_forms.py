"""How one-time codes of workers are read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.registry.core.worker_codes import ALPHABET, CODE_LENGTH, read, shown

CODES = st.text(ALPHABET, min_size=CODE_LENGTH, max_size=CODE_LENGTH)


@given(CODES, st.data())
def test_a_code_is_read_as_it_was_issued_however_it_is_typed(code: str, data: st.DataObject) -> None:
    mistaken = {"0": "0Oo", "1": "1IiLl"}
    letters = [data.draw(st.sampled_from(mistaken.get(each, each + each.lower()))) for each in code]
    blanks = [data.draw(st.sampled_from(["", " ", "-"])) for _ in code]
    assert read("".join(b + c for b, c in zip(blanks, letters, strict=True))) == code
    assert read(shown(code)) == code


@given(CODES, CODES)
def test_different_codes_are_read_differently(one: str, other: str) -> None:
    assert (read(one) == read(other)) == (one == other)


@given(CODES, st.text(ALPHABET, min_size=1))
def test_more_than_a_code_is_no_code(code: str, more: str) -> None:
    assert read(code + more) != code


@given(st.text())
def test_whatever_is_typed_is_read(typed: str) -> None:
    assert len(read(typed)) <= CODE_LENGTH + 1
