"""Links of pseudonyms are one to one, whatever order they come in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.core.field_error import FieldError
from services.registry.core.pseudonym_links import MOST_LINKS, REFUSALS, Link, check_links, sort_links

OLD, NEW = "o" * 24, "n" * 24
links = st.lists(st.builds(Link, st.sampled_from("abcd"), st.sampled_from("wxyz")), max_size=8)


@given(known=links, asked=links, undone=links)
def test_links_are_sorted_as_one_by_one_by_hand(
    known: list[Link], asked: list[Link], undone: list[Link]
) -> None:
    held: list[Link] = []
    for link in known:  # what is known is one to one itself
        if all(link.old != other.old and link.new != other.new for other in held):
            held.append(link)
    found = sort_links(
        asked, {link.old: link.new for link in held}, {link.new: link.old for link in held}, undone
    )
    fresh, known_count, refused = [], 0, []
    for place, link in enumerate(asked):
        if link in held:
            known_count += 1
        elif any(link.old == other.old for other in held):
            refused.append((place, "OLD_LINKED_OTHERWISE"))
        elif any(link.new == other.new for other in held):
            refused.append((place, "NEW_LINKED_OTHERWISE"))
        elif link in undone:
            refused.append((place, "LINK_UNDONE"))
        else:
            held.append(link)
            fresh.append(link)
    assert (list(found.fresh), found.known_count, list(found.refused)) == (fresh, known_count, refused)
    assert {reason for _, reason in found.refused} <= set(REFUSALS)


def test_a_pseudonym_does_not_follow_itself() -> None:
    assert sort_links([Link(OLD, OLD)], {}, {}).refused == ((0, "SAME_PSEUDONYM"),)


@pytest.mark.parametrize("count", [0, MOST_LINKS + 1])
def test_a_number_of_links_out_of_bounds_is_refused(count: int) -> None:
    with pytest.raises(FieldError) as refused:
        check_links([Link(OLD, NEW)] * count)
    assert (refused.value.field, refused.value.reason) == ("links", "LINK_COUNT")


@pytest.mark.parametrize("text", ["", "n" * 15, "n" * 65, "张" * 20, "11010519491231002X!"])
def test_what_is_no_pseudonym_is_refused_without_being_told_again(text: str) -> None:
    with pytest.raises(FieldError) as refused:
        check_links([Link(OLD, NEW), Link(OLD, text)])
    assert (refused.value.field, refused.value.reason) == ("links[1].new_pseudonym", "PSEUDONYM_FORM")
    assert not text or text not in refused.value.message + refused.value.zh
