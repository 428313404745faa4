"""Which pseudonym of a new version follows which of an old one: one to one, or it is a contradiction.

The registry cannot see whether a link is true: it never knows who is behind either pseudonym. What it can see
is that two links of one worker say different things.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from services.registry.core.field_error import FieldError

MOST_LINKS = 500
"""Of one request, as elements of one evaluation."""

_FORM = re.compile(r"[A-Za-z0-9_-]{16,64}")
"""As intake takes them."""


class Link(NamedTuple):
    """One worker's pseudonyms under two versions of the key."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Sorted:
    """What becomes of a request's links."""

    fresh: tuple[Link, ...]
    """To be taken in."""
    known_count: int
    """Said before, or twice in the request."""
    contradicting: tuple[int, ...]
    """Places in the request."""


def check_links(links: Sequence[Link]) -> None:
    """Raise FieldError unless there are 1–500 links of pseudonyms that can be ones."""
    if not 1 <= len(links) <= MOST_LINKS:
        raise FieldError(
            "links",
            "LINK_COUNT",
            f"{len(links)}; send 1–{MOST_LINKS} a request",
            f"{len(links)} 条；每次请求应为 1–{MOST_LINKS} 条",
        )
    for place, link in enumerate(links):
        for field, text in (("old_pseudonym", link.old), ("new_pseudonym", link.new)):
            # The text is not shown: a platform that mixes its columns up would have sent who the worker is.
            if not _FORM.fullmatch(text):
                raise FieldError(
                    f"links[{place}].{field}",
                    "PSEUDONYM_FORM",
                    "is not 16–64 characters A–Z a–z 0–9 _ -; send the pseudonym",
                    "应为 16–64 个字符（A–Z a–z 0–9 _ -）；请填写化名",
                )


def sort_links(links: Sequence[Link], new_of_old: Mapping[str, str], old_of_new: Mapping[str, str]) -> Sorted:
    """Tell fresh links from known and contradicting ones.

    Args:
        links: a request's.
        new_of_old: what is known of the old pseudonyms among them.
        old_of_new: what is known of the new ones.
    """
    forth, back = dict(new_of_old), dict(old_of_new)
    fresh, contradicting, known_count = [], [], 0
    for place, link in enumerate(links):
        said = forth.get(link.old), back.get(link.new)
        if said == (link.new, link.old):
            known_count += 1
        elif said == (None, None) and link.old != link.new:
            forth[link.old], back[link.new] = link.new, link.old
            fresh.append(link)
        else:
            contradicting.append(place)
    return Sorted(tuple(fresh), known_count, tuple(contradicting))
