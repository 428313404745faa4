"""Which pseudonym of a new version follows which of an old one: one to one, or it is a contradiction.

The registry cannot see whether a link is true: it never knows who is behind either pseudonym. What it can see
is that two links of one worker say different things. The first one said is believed, until an administrator
undoes it; the same link is not taken again then.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
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


OLD_LINKED_OTHERWISE = "OLD_LINKED_OTHERWISE"
NEW_LINKED_OTHERWISE = "NEW_LINKED_OTHERWISE"
SAME_PSEUDONYM = "SAME_PSEUDONYM"
LINK_UNDONE = "LINK_UNDONE"

REFUSALS: Mapping[str, tuple[str, str]] = {
    OLD_LINKED_OTHERWISE: (
        "the old pseudonym has another successor; look for a mistake in what identifies the worker, "
        "else ask the administrator to undo the link that is wrong",
        "旧化名已关联到另一新化名；请核对该劳动者的身份标识，如原关联有误，请联系管理员撤销",
    ),
    NEW_LINKED_OTHERWISE: (
        "the new pseudonym follows another one; look for a mistake in what identifies the worker, "
        "else ask the administrator to undo the link that is wrong",
        "新化名已承接另一旧化名；请核对该劳动者的身份标识，如原关联有误，请联系管理员撤销",
    ),
    SAME_PSEUDONYM: (
        "both pseudonyms are one; make the new one under the new version of the key",
        "新旧化名相同；请用新版本密钥生成新化名",
    ),
    LINK_UNDONE: (
        "an administrator undid this link as wrong; each of the two can be linked with another one",
        "该关联已被管理员作为错误撤销；两个化名可分别与其他化名关联",
    ),
}
"""Why a link is not taken in → what people are told. No pseudonym is in it."""


class Refused(NamedTuple):
    """A link that is not taken in."""

    place: int
    """In the request."""
    reason: str


@dataclass(frozen=True, slots=True)
class Sorted:
    """What becomes of a request's links."""

    fresh: tuple[Link, ...]
    """To be taken in."""
    known_count: int
    """Said before, or twice in the request."""
    refused: tuple[Refused, ...]


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
        check_link(link, f"links[{place}].")


def check_link(link: Link, within: str = "") -> None:
    """Raise FieldError unless both can be pseudonyms; ``within`` stands before the field's name."""
    for field, text in (("old_pseudonym", link.old), ("new_pseudonym", link.new)):
        # The text is not shown: a platform that mixes its columns up would have sent who the worker is.
        if not _FORM.fullmatch(text):
            raise FieldError(
                f"{within}{field}",
                "PSEUDONYM_FORM",
                "is not 16–64 characters A–Z a–z 0–9 _ -; send the pseudonym",
                "应为 16–64 个字符（A–Z a–z 0–9 _ -）；请填写化名",
            )


def sort_links(
    links: Sequence[Link],
    new_of_old: Mapping[str, str],
    old_of_new: Mapping[str, str],
    undone: Container[Link] = frozenset(),
) -> Sorted:
    """Tell fresh links from known ones, and from those that contradict.

    Args:
        links: a request's.
        new_of_old: what is known of the old pseudonyms among them.
        old_of_new: what is known of the new ones.
        undone: links that were wrong.
    """
    forth, back = dict(new_of_old), dict(old_of_new)
    fresh: list[Link] = []
    refused: list[Refused] = []
    known_count = 0
    for place, link in enumerate(links):
        new, old = forth.get(link.old), back.get(link.new)
        if (new, old) == (link.new, link.old):
            known_count += 1
        elif link.old == link.new:
            refused.append(Refused(place, SAME_PSEUDONYM))
        elif new is not None:
            refused.append(Refused(place, OLD_LINKED_OTHERWISE))
        elif old is not None:
            refused.append(Refused(place, NEW_LINKED_OTHERWISE))
        elif link in undone:
            refused.append(Refused(place, LINK_UNDONE))
        else:
            forth[link.old], back[link.new] = link.new, link.old
            fresh.append(link)
    return Sorted(tuple(fresh), known_count, tuple(refused))
