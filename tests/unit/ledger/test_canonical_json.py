"""Details have one text: that of RFC 8785."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import InvalidArgumentError
from kit.ledger.canonical import Json, canonical

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.from_regex(r"[a-z][a-z0-9_]{0,5}", fullmatch=True), inner)
    ),
    max_leaves=20,
)


def by_the_rfc(value: Json) -> str:
    """RFC 8785, section 3.2, written out for the values we allow."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return '"' + "".join(_character(each) for each in value) + '"'
        case dict():
            pairs = sorted(value.items(), key=lambda pair: pair[0].encode("utf-16-be"))
            return "{" + ",".join(f"{by_the_rfc(key)}:{by_the_rfc(each)}" for key, each in pairs) + "}"
        case list():
            return "[" + ",".join(by_the_rfc(each) for each in value) + "]"
    raise AssertionError(value)


def _character(each: str) -> str:
    short = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
    if each in short:
        return short[each]
    return f"\\u{ord(each):04x}" if ord(each) < 0x20 else each


@given(values)
def test_the_text_is_that_of_the_rfc(value: Json) -> None:
    assert canonical(value) == by_the_rfc(value)
    assert json.loads(canonical(value)) == value


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ({"a": {"b": [0, 0.5]}}, "details.a.b[1]"),
        ({"a": 2**53}, "details.a"),
        ({"A": 1}, "details"),
        ({"a": "\udc00"}, "details.a"),
        ({"a": b"bytes"}, "details.a"),
    ],
)
def test_what_has_no_one_text_is_refused_by_its_place(value: Json, field: str) -> None:
    with pytest.raises(InvalidArgumentError) as refused:
        canonical(value)
    assert (refused.value.field, refused.value.reason) == (field, "LEDGER_DETAILS")
    assert refused.value.zh != refused.value.message


def test_too_many_levels_are_refused_and_not_followed() -> None:
    deep: Json = 1
    for _ in range(5_000):
        deep = [deep]
    with pytest.raises(InvalidArgumentError):
        canonical(deep)
