"""Whose data go with a worker's: all that links lead to, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.adapters.erasure_store import OF_WORKERS
from services.registry.adapters.schema import SCHEMA
from services.registry.core.erasures import (
    LONGEST_REASON,
    MOST_PSEUDONYMS,
    all_linked,
    check_names_nobody,
    checked_reason,
)
from services.registry.core.field_error import FieldError
from services.registry.core.pseudonym_links import Link

NAMES = st.integers(0, 50).map(lambda number: f"pseudonym-of-number-{number:02}")
LINKS = st.lists(st.builds(Link, NAMES, NAMES), max_size=60)


def asked(links: Iterable[Link], pseudonyms: Sequence[str]) -> list[Link]:
    """As a store answers."""
    return [link for link in links if link.old in pseudonyms or link.new in pseudonyms]


def closure(links: Sequence[Link], worker_id: str) -> set[str]:
    """By trying every link again until nothing changes."""
    found = {worker_id}
    for _ in links:
        for link in links:
            if found & set(link):
                found |= set(link)
    return found


@given(LINKS, NAMES)
def test_all_that_links_lead_to_is_found(links: list[Link], worker_id: str) -> None:
    expected = closure(links, worker_id)
    found = all_linked(worker_id, lambda pseudonyms: asked(links, pseudonyms))
    assert set(found) <= expected
    assert len(found) == len(set(found))
    if len(expected) <= MOST_PSEUDONYMS:
        assert found == sorted(expected)
    else:
        assert len(found) > MOST_PSEUDONYMS


def test_a_long_chain_is_not_walked_to_its_end() -> None:
    chain = [Link(f"{number:020}", f"{number + 1:020}") for number in range(10_000)]
    times = 0

    def links_of(pseudonyms: Sequence[str]) -> list[Link]:
        nonlocal times
        times += 1
        return asked(chain, pseudonyms)

    assert len(all_linked(f"{5_000:020}", links_of)) > MOST_PSEUDONYMS
    assert times <= MOST_PSEUDONYMS


def test_every_column_that_holds_pseudonyms_is_known() -> None:
    named = {
        column
        for table in SCHEMA.metadata.tables.values()
        for column in table.columns
        if "pseudonym" in column.name or column.name == "worker_id"
    }
    assert named == set(OF_WORKERS)


@pytest.mark.parametrize("reason", ["", " \n ", "x" * (LONGEST_REASON + 1)])
def test_a_reason_is_given(reason: str) -> None:
    with pytest.raises(FieldError) as error:
        checked_reason(reason)
    assert error.value.reason == "REASON_LENGTH"
    assert checked_reason(f" {'x' * LONGEST_REASON} ") == "x" * LONGEST_REASON


def test_a_reason_that_holds_a_pseudonym_is_refused_without_repeating_it() -> None:
    check_names_nobody("本人书面申请", ["a-pseudonym-of-many-1"])
    with pytest.raises(FieldError) as error:
        check_names_nobody("as a-pseudonym-of-many-1 asked", ["another-pseudonym", "a-pseudonym-of-many-1"])
    assert error.value.reason == "REASON_NAMES_WORKER"
    assert "pseudonym-of-many" not in error.value.message + error.value.zh
