"""A worker's data are removed on request (个人信息保护法 第四十七条): whose, up to when, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from services.registry.core.field_error import FieldError
from services.registry.core.pseudonym_links import Link

MOST_PSEUDONYMS = 32
"""Of one worker: keys change once in years. More are a chain of false links, by which whoever said them would
have other workers' data removed."""
LONGEST_REASON = 500
"""As the ledger keeps one."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """What is kept of an erasure, and told to every service. Moments in epoch milliseconds."""

    erasure_id: str
    worker_sha256: tuple[bytes, ...]
    """Of each of the worker's pseudonyms, ascending: which is the present one is not told."""
    party_id: str
    """Who had it done."""
    erase_ms: int
    """Events from before this moment are gone."""
    gone_ms: int
    """From here on no log holds any of them."""


def all_linked(worker_id: str, links_of: Callable[[Sequence[str]], Iterable[Link]]) -> list[str]:
    """All pseudonyms that links lead to from one, either way; ascending, itself included.

    Args:
        worker_id: where to begin.
        links_of: the links that any of some pseudonyms is an end of.

    Returns:
        All of them, or, if they are more than ``MOST_PSEUDONYMS``, some, but more than that.
    """
    found = {worker_id}
    fresh = [worker_id]
    while fresh and len(found) <= MOST_PSEUDONYMS:
        ends = {end for link in links_of(fresh) for end in link}
        fresh = sorted(ends - found)
        found |= ends
    return sorted(found)


def checked_reason(reason: str) -> str:
    """The reason without blanks around it. Raises FieldError, REASON_LENGTH."""
    trimmed = reason.strip()
    if not 1 <= len(trimmed) <= LONGEST_REASON:
        raise FieldError(
            "reason",
            "REASON_LENGTH",
            f"{len(trimmed)} characters; say in 1–{LONGEST_REASON} who asked and how, for the ledger",
            f"{len(trimmed)} 个字符；请用 1–{LONGEST_REASON} 个字符说明由谁、以何方式提出，将记入账本",
        )
    return trimmed


def check_names_nobody(reason: str, pseudonyms: Iterable[str]) -> None:
    """Raise FieldError, REASON_NAMES_WORKER, if a reason that the ledger keeps for ever holds a pseudonym."""
    if any(each in reason for each in pseudonyms):
        raise FieldError(
            "reason",
            "REASON_NAMES_WORKER",
            "holds the worker's pseudonym; the ledger keeps reasons for ever: leave it out",
            "含有该劳动者的化名；账本将永久保存理由，请勿写入化名",
        )
