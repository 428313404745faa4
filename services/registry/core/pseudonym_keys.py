"""Versions of the pseudonyms' key: which answers when, and what schedule makes sense.

    version 1  ├───────── events carry it ─────────┤── answers still ──┤ destroyed
    version 2            ├─ answers, is linked ────┤──────── events carry it ─────────
                        added                  not_before            retire
                                              of version 2         of version 1

A version answers from when it is added, so that pseudonyms can be made and linked beforehand; events carry
the highest version whose ``not_before`` has come.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from services.registry.core.field_error import FieldError
from services.registry.core.shanghai import SHANGHAI

LEAST_OVERLAP_MS = 86_400_000
"""24 h: so late events are taken in at once (QUZHONG_WORKHOURS_LATE_HOURS). A platform that hands in
yesterday's has to be able to make yesterday's pseudonyms."""


@dataclass(frozen=True, slots=True)
class KeyVersion:
    """What everybody may know of a version."""

    version: int
    """From 1."""
    not_before_ms: int
    """From when on events carry its pseudonyms, epoch milliseconds."""
    retire_ms: int | None
    """From when on it does not answer; None: no end is planned."""
    public_key: bytes
    """32 bytes."""


class KeySchedule:
    """The versions there are, ascending."""

    def __init__(self, versions: Sequence[KeyVersion]) -> None:
        """Check that at every moment there is one that events carry.

        Raises:
            FieldError: for no version at all, numbers or dates that do not ascend, an end without a successor
                or too soon after its beginning.
        """
        self._versions = tuple(versions)
        if not versions:
            raise _wrong("there is no version; add one", "没有任何版本；请添加")
        for earlier, later in pairwise(versions):
            _check_succession(earlier, later)
        last = versions[-1]
        if versions[0].version < 1:
            raise _wrong(f"version {versions[0].version}; they count from 1", "版本号从 1 开始")
        if last.retire_ms is not None:
            raise _wrong(
                f"version {last.version} ends and none follows; add its successor first",
                f"版本 {last.version} 设有终止时间，但没有后续版本；请先添加后续版本",
            )

    def answering(self, now_ms: int) -> list[KeyVersion]:
        """Those that answer now."""
        return [each for each in self._versions if each.retire_ms is None or now_ms < each.retire_ms]

    def current(self, now_ms: int) -> KeyVersion:
        """The one events carry now; before the first begins, the first."""
        begun = [each for each in self._versions if each.not_before_ms <= now_ms]
        return begun[-1] if begun else self._versions[0]

    def known(self, version: int) -> bool:
        """Whether there is or was such a version."""
        return any(each.version == version for each in self._versions)

    def successor(self, version: int) -> int | None:
        """The version after this one."""
        numbers = [each.version for each in self._versions]
        place = numbers.index(version) + 1 if version in numbers else len(numbers)
        return numbers[place] if place < len(numbers) else None


def _check_succession(earlier: KeyVersion, later: KeyVersion) -> None:
    if later.version <= earlier.version:
        raise _wrong(
            f"version {later.version} stands after {earlier.version}; let numbers ascend",
            f"版本 {later.version} 排在 {earlier.version} 之后；版本号应递增",
        )
    if later.not_before_ms <= earlier.not_before_ms:
        raise _wrong(
            f"version {later.version} begins on {_shown(later.not_before_ms)}, not after version "
            f"{earlier.version}; let dates ascend",
            f"版本 {later.version} 自 {_shown(later.not_before_ms)} 起用，不晚于版本 {earlier.version}；"
            "起用时间应递增",
        )
    least_ms = later.not_before_ms + LEAST_OVERLAP_MS
    if earlier.retire_ms is not None and earlier.retire_ms < least_ms:
        raise _wrong(
            f"version {earlier.version} ends on {_shown(earlier.retire_ms)}; it has to answer until "
            f"{_shown(least_ms)}, while events of before may still come",
            f"版本 {earlier.version} 于 {_shown(earlier.retire_ms)} 终止；"
            f"{_shown(least_ms)} 之前仍可能收到此前的事件，须继续应答",
        )


def _shown(moment_ms: int) -> str:
    try:
        return datetime.fromtimestamp(moment_ms / 1000, SHANGHAI).strftime("%Y-%m-%d %H:%M %Z")
    except (OverflowError, ValueError, OSError):
        return f"{moment_ms} ms"


def _wrong(message: str, zh: str) -> FieldError:
    return FieldError("pseudonym keys", "KEY_SCHEDULE", message, zh)
